"""The forms of the page on which a village is reported: a step, a plan, people, funds, a need."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import streamlit as st

from competition import typed
from competition.programme import evidence, needs, plans, reporting
from competition.programme.village import VillageView
from competition.rights import refusal
from overview.choice import Choice
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.uploads import upload
from words import t

_say = saying("overview.report")
TYPES = ("pdf", "jpg", "jpeg", "png", "docx")
DAY = 200
YUAN = 10_000


def forms(now: Visit, choice: Choice, view: VillageView) -> None:
    """What is to be reported, and its form."""
    may_return = refusal(now.store, now.who, "return_step", None) is None
    part = str(
        st.segmented_control(
            _say(now, "what"),
            [key for key in PARTS if key != "back" or may_return],
            default="step",
            required=True,
            format_func=lambda key: _say(now, f"part_{key}"),
            key="report-part",
        )
    )
    with st.container(border=True, key="report-form"):
        PARTS[part](now, choice, view, Form(now, f"report-{part}-{view.line.code}"))


def _step(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    """A step, its day, and the photo or document that shows it, sent together."""
    names = {str(one.step["number"]): one.step["title"] for one in view.steps}
    first = str(view.line.next) if view.line.next else None
    form.pick(
        "step", _say(now, "step"), list(names), first, lambda key: f"{key} {names.get(key, '')}"
    )
    form.text("done_on", _say(now, "done_on"), choice.today, width=DAY)
    file = _file(now, form)
    form.send(
        _say(now, "send_step"),
        lambda values, at: _report_step(now, choice, view.line.code, values, file, at),
        done=_done(now, file),
    )


def _report_step(
    now: Visit,
    choice: Choice,
    code: str,
    values: Values,
    file: tuple[str, bytes] | None,
    at: datetime,
) -> None:
    """The file first: where it is refused, the step is not reported either."""
    step = typed.whole(1, 60)(values["step"], "step")
    if file is not None:
        evidence.add_evidence(now.store, now.who, choice.id, code, str(step), *file, at=at)
    done = [reporting.StepDone(code, step, values["done_on"])]
    reporting.report_steps(now.store, now.who, choice.id, done, at=at)


def _file(now: Visit, form: Form) -> tuple[str, bytes] | None:
    file = upload(_say(now, "file"), TYPES, form.key("file"), now.lang)
    form.problem("document")
    limits = {"megabytes": evidence.MOST_MEGABYTES, "budget": evidence.BUDGET}
    hint = _say(now, "limits", **limits) if file is None else _say(now, "goes_with", name=file[0])
    st.html(element("div", hint, cls="a-hint"))
    return file


def _done(now: Visit, file: tuple[str, bytes] | None) -> str:
    """What was sent: a file that had not arrived when the button was pressed is not among it."""
    return _say(now, "sent_alone" if file is None else "sent_with")


def _plan(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    """A plan's days, with what stands of it already."""
    kind = str(
        st.selectbox(
            _say(now, "plan"),
            plans.PLANS,
            format_func=lambda key: t(f"programme.plan.{key}", now.lang),
            key=f"plan-{view.line.code}",
        )
    )
    form = Form(now, f"report-plan-{view.line.code}-{kind}")
    row = view.plans.get(kind)
    with st.container(horizontal=True, gap="small", wrap=True):
        for name in ("finished_on", "reviewed_on", "filed_on"):
            form.text(name, _say(now, name), (row[name] or "") if row else "", width=DAY)
        form.text("version", _say(now, "version"), str(row["version"]) if row else "1", width=120)
    form.text("gist", _say(now, "gist"), row["gist"] if row else "")
    file = _file(now, form)

    def send(values: Values, at: datetime) -> None:
        if file is not None:
            code = view.line.code
            evidence.add_evidence(now.store, now.who, choice.id, code, kind, *file, at=at)
        made = plans.PlanMade(
            view.line.code,
            kind,
            values["finished_on"],
            values["reviewed_on"],
            values["filed_on"],
            typed.whole(1, 99)(values["version"], "version"),
            values["gist"],
        )
        plans.report_plans(now.store, now.who, choice.id, [made], at=at)

    form.send(_say(now, "send_plan"), send, done=_done(now, file))


def _people(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    form.text("figure_amount", _say(now, "people"), hint=_say(now, "zero"), width=DAY)
    _figure(now, choice, view, form, "people", _say(now, "people_list"), _count)


def _fund(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    form.text("figure_amount", _say(now, "fund"), hint=_say(now, "zero"), width=DAY)
    _figure(now, choice, view, form, "fund", "", _yuan)


def _count(amount: str) -> int:
    return typed.whole(0, plans.MOST)(amount, "figure_amount")


def _yuan(amount: str) -> int:
    """Yuan of what was typed in units of ten thousand."""
    return int(Decimal(typed.decimal("0", "1000000")(amount, "figure_amount")) * YUAN)


def _figure(
    now: Visit,
    choice: Choice,
    view: VillageView,
    form: Form,
    kind: str,
    source: str,
    read: Callable[[str], int],
) -> None:
    """Source and day; a figure of the same source and day takes the place of the one before."""
    form.text("source", _say(now, f"source_{kind}"), source)
    form.text("said_on", _say(now, "said_on"), choice.today, width=DAY)
    form.send(
        _say(now, "send_figure"),
        lambda values, at: plans.report_figures(
            now.store,
            now.who,
            choice.id,
            [
                plans.FigureSaid(
                    view.line.code,
                    kind,
                    values["source"],
                    read(values["figure_amount"]),
                    values["said_on"],
                )
            ],
            at=at,
        ),
    )


def _need(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    form.text("need", _say(now, "need"), hint=_say(now, "need_hint"))
    form.send(
        _say(now, "send_need"),
        lambda values, at: needs.put_need(
            now.store,
            now.who,
            choice.id,
            [needs.NeedSaid(view.line.code, values["need"])],
            at=at,
        ),
    )


def _back(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    """A step sent back with a reason, also one that was confirmed."""
    done = {
        str(one.step["number"]): one.step["title"]
        for one in view.steps
        if one.reported is not None and one.reported["done_on"] is not None
    }
    form.pick("step", _say(now, "step"), list(done), None, lambda key: f"{key} {done.get(key, '')}")
    form.text("reason", _say(now, "back_reason"))
    form.send(
        _say(now, "send_back"),
        lambda values, at: reporting.return_step(
            now.store,
            now.who,
            choice.id,
            view.line.code,
            typed.whole(1, 60)(values["step"], "step"),
            reason=values["reason"],
            at=at,
        ),
        reason="" if done else _say(now, "nothing_done"),
        done=_say(now, "sent_back"),
    )


PARTS = {
    "step": _step,
    "plan": _plan,
    "people": _people,
    "fund": _fund,
    "need": _need,
    "back": _back,
}
"""What can be reported, each with its form."""
