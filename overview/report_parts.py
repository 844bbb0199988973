"""The forms of the page on which a village is reported: a step, a plan, people, funds, a need."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from competition import typed
from competition.errors import Blank
from competition.programme import evidence, needs, plans, reporting
from competition.programme.village import VillageView
from competition.rights import refusal
from overview.choice import Choice
from overview.report_figures import fund_form, people_form
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.uploads import upload
from words import t

_say = saying("overview.report")
TYPES = ("pdf", "jpg", "jpeg", "png", "docx")
DAY = 200
NEW = "new"
"""Of the needs to choose from: one that is not there yet."""


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
    form.send(
        _say(now, "take_back"),
        lambda values, at: _put_step(now, choice, view.line.code, values, "", at),
        key="back",
        primary=False,
        done=_say(now, "taken_back"),
    )


def _put_step(
    now: Visit, choice: Choice, code: str, values: Values, day: str, at: datetime
) -> None:
    step = typed.whole(1, 60)(values["step"], "step")
    done = [reporting.StepDone(code, step, day)]
    reporting.report_steps(now.store, now.who, choice.id, done, at=at)


def _report_step(
    now: Visit,
    choice: Choice,
    code: str,
    values: Values,
    file: tuple[str, bytes] | None,
    at: datetime,
) -> None:
    """With its file where there is one: both, or neither."""
    day = typed.day(values["done_on"], "done_on")
    if not day:
        raise Blank(field="done_on")

    def report() -> str:
        _put_step(now, choice, code, values, day, at)
        return str(typed.whole(1, 60)(values["step"], "step"))

    _shown(now, choice, code, file, report, at)


def _shown(
    now: Visit,
    choice: Choice,
    code: str,
    file: tuple[str, bytes] | None,
    report: Callable[[], str],
    at: datetime,
) -> None:
    """Report; with the file that shows it where there is one."""
    if file is None:
        report()
        return
    evidence.report_shown(now.store, now.who, choice.id, code, file, report, at=at)


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
        made = plans.PlanMade(
            view.line.code,
            kind,
            values["finished_on"],
            values["reviewed_on"],
            values["filed_on"],
            typed.whole(1, 99)(values["version"], "version"),
            values["gist"],
        )

        def report() -> str:
            plans.report_plans(now.store, now.who, choice.id, [made], at=at)
            return kind

        _shown(now, choice, made.code, file, report, at)

    form.send(_say(now, "send_plan"), send, done=_done(now, file))


def _need(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    """A need with what shows it; or a further file of one that is there."""
    names = {NEW: _say(now, "new_need"), **{one["id"]: one["text"] for one in view.needs}}
    about = form.pick("about", _say(now, "which_need"), list(names), NEW, names.__getitem__)
    if about == NEW:
        form.text("need", _say(now, "need"), hint=_say(now, "need_hint"))
    file = _file(now, form)
    code = view.line.code

    def send(values: Values, at: datetime) -> None:
        def report() -> str:
            if values["about"] != NEW:
                return str(values["about"])
            said = [needs.NeedSaid(code, values["need"])]
            return needs.put_need(now.store, now.who, choice.id, said, at=at)[0]

        _shown(now, choice, code, file, report, at)

    form.send(
        _say(now, "send_need" if about == NEW else "send_file"),
        send,
        reason="" if about == NEW or file else _say(now, "pick_new"),
        done=_done(now, file),
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
    "people": people_form,
    "fund": fund_form,
    "need": _need,
    "back": _back,
}
"""What can be reported, each with its form."""
