"""The panels of a village's page."""

import re
from datetime import date

from competition.programme.plans import PLANS
from competition.programme.shapes import Evidence
from competition.programme.village import StepBeside, VillageView
from overview.choice import link
from overview.figures import by_number, marked, nb_day, said
from overview.states import need_state, plan_state, step_state
from overview.village_head import PARTS, about_what, counted, panel, steps_done_of
from ui.access import Visit, saying
from ui.html import Markup, card, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.village")
WAN = 10_000
MOST_HAPPENED = 24
FIGURES = ("number", "due", "done")
"""Columns of the steps whose values are figures."""
BRACKET = re.compile("\\s*[(\uff08]")


def plans(now: Visit, view: VillageView) -> Markup:
    """The village plan and the five special plans, each with version, day and documents."""
    rows = []
    for kind in PLANS:
        plan = view.plans.get(kind)
        proofs = [one for one in view.evidence if one["about"] == kind]
        last = plan and (plan["filed_on"] or plan["reviewed_on"] or plan["finished_on"])
        rows.append(
            (
                element("b", t(f"programme.plan.{kind}", now.lang)),
                plan["gist"] if plan else "",
                element("span", _say(now, "version", number=plan["version"]), cls="a-nb")
                if plan
                else "",
                nb_day(last) if last else "",
                plan_state(now, plan),
                join([_file(one) for one in proofs], " "),
            )
        )
    columns = [
        Column(_say(now, f"plan_{key}"), "right" if key == "day" else "left")
        for key in ("kind", "gist", "version", "day", "state", "files")
    ]
    made = counted(now, view, "made", len(view.plans))
    title = join([_say(now, "plans"), made], " · ")
    table = list_table(columns, rows, now.lang, stacks=True)
    return panel(now, view, "plans", title, table)


def steps(now: Visit, view: VillageView) -> Markup:
    """All steps as numbered squares by stage, and the latest of them as a table."""
    stages: dict[str, list[StepBeside]] = {}
    for one in view.steps:
        stages.setdefault(one.step["stage_title"], []).append(one)
    squares = [
        element(
            "div",
            element("span", _short(view, title)),
            element("div", *(_square(one, view.day) for one in steps)),
        )
        for title, steps in stages.items()
    ]
    ahead = next((at for at, one in enumerate(view.steps) if not _is_done(one)), len(view.steps))
    shown = view.steps[max(0, ahead - 5) : ahead + 2][::-1]
    is_sample = bool(view.programme["sample_steps"])
    keys = ("number", "name", "due", "done", "state", "proof", "by")
    columns = [
        Column(_say(now, f"step_{key}"), "right" if key in FIGURES else "left")
        for key in keys
        if not (is_sample and key == "name")
    ]
    table = list_table(columns, [_row(now, view, one) for one in shown], now.lang, stacks=True)
    title = said(now.lang, f"{PARTS}.steps", **steps_done_of(view))
    if is_sample:
        title = join([title, element("small", _say(now, "sample_steps"))], " ")
    return panel(now, view, "steps", title, element("div", *squares, cls="o-squares"), table)


def _short(view: VillageView, name: str) -> str:
    """A stage's name; of a sample without its bracket, which the panel's note says once."""
    return BRACKET.split(name, maxsplit=1)[0] if view.programme["sample_steps"] else name


def _is_done(one: StepBeside) -> bool:
    return one.reported is not None and one.reported["done_on"] is not None


def _square(one: StepBeside, day: str) -> Markup:
    row = one.reported
    state = "o"
    if row is not None and row["confirmed_on"]:
        state = "d"
    elif row is not None and row["done_on"]:
        state = "h"
    elif one.step["due_on"] < day:
        state = "l"
    name = f"{one.step['number']} {one.step['title']}"
    return element("i", one.step["number"], cls=f"o-no o-s{state}", title=name)


def _row(now: Visit, view: VillageView, one: StepBeside) -> tuple[object, ...]:
    row = one.reported
    done = row["done_on"] if row else None
    reporter = view.names.get(row["said_by"], "") if row else ""
    by = view.names.get(row["confirmed_by"] or "", "") if row else ""
    who = _say(now, "by_both", said=reporter, by=by) if by else reporter
    late = _days(done, one.step["due_on"]) if done else 0
    return (
        by_number(one.step["number"]),
        *([] if view.programme["sample_steps"] else [one.step["title"]]),
        nb_day(one.step["due_on"]),
        join(filter(None, [_days_late(now, view, one, late), nb_day(done)]), " ") if done else "",
        step_state(now, one, view.day),
        join([_file(proof) for proof in one.evidence], " "),
        who or t(f"programme.answers.{one.step['answers']}", now.lang),
    )


def _days_late(now: Visit, view: VillageView, one: StepBeside, days: int) -> Markup | str:
    where = (view.village["code"], one.step["number"])
    shown = marked(days, "step_late", *where)
    return said(now.lang, f"{PARTS}.days_late", days=shown) if days else ""


def _days(done: str, due: str) -> int:
    return max(0, (date.fromisoformat(done) - date.fromisoformat(due)).days)


def _file(one: Evidence) -> Markup:
    return element("a", one["name"], href=f"/evidence/{one['id']}", target="_blank", rel="noopener")


def documents(now: Visit, view: VillageView) -> Markup:
    """Photos and documents, newest first."""
    rows = [
        (
            _file(one),
            about_what(now, view, one["about"]),
            nb_day(one["said_on"]),
            view.names.get(one["said_by"]),
        )
        for one in view.evidence
    ]
    columns = [Column(_say(now, f"file_{key}")) for key in ("name", "about", "day", "by")]
    title = counted(now, view, "files", len(rows))
    table = list_table(columns, rows, now.lang, stacks=True)
    body = table if rows else element("p", _say(now, "no_files"), cls="a-reason o-said")
    return panel(now, view, "documents", title, body)


def history(now: Visit, view: VillageView) -> Markup:
    """What happened, the last first."""
    rows = []
    for one in view.history[:MOST_HAPPENED]:
        values = dict(one.values)
        if "plan" in values:
            values["plan"] = t(f"programme.plan.{values['plan']}", now.lang)
        text = t(f"overview.happened.{one.kind}", now.lang, **values)
        rows.append((element("span", one.on, cls="a-nb"), text))
    columns = [Column(_say(now, "next_on")), Column(_say(now, "next_what"))]
    count = counted(now, view, "happened", len(view.history))
    title = join([_say(now, "history"), count], " · ")
    table = list_table(columns, rows, now.lang)
    return element("div", panel(now, view, "history", title, table), cls="o-last")


def presenter(now: Visit, view: VillageView) -> Markup:
    """The plan's title in the contest and who presents it."""
    if view.entrant is None:
        return card(_say(now, "contest"), element("p", _say(now, "no_entrant"), cls="a-reason"))
    one = view.entrant
    text = f"{one['presenter']} {one['post']}".strip()
    rows = [
        element("div", element("span", _say(now, "title_of")), element("b", one["title"])),
        element("div", element("span", _say(now, "presenter")), element("b", text)),
    ]
    return panel(now, view, "entrant", _say(now, "contest"), element("div", *rows, cls="c-lines"))


def needs(now: Visit, view: VillageView) -> Markup:
    """What the village needs, offered by whom, and whether it is met."""
    rows = [
        (
            element("b", one["text"]),
            one["offered_by"] or _say(now, "no_unit"),
            nb_day(one["asked_on"]),
            need_state(now, one),
            join([_file(each) for each in view.evidence if each["about"] == one["id"]], " "),
        )
        for one in view.needs
    ]
    keys = ("text", "unit", "day", "state", "files")
    columns = [Column(_say(now, f"need_{key}")) for key in keys]
    title = counted(now, view, "needs", len(rows))
    table = list_table(columns, rows, now.lang, stacks=True)
    body = table if rows else element("p", _say(now, "no_needs"), cls="a-reason o-said")
    return panel(now, view, "promised", title, body)


def figures_said(now: Visit, view: VillageView) -> Markup:
    """People who came home, funds and awards, each as it was said."""
    rows = []
    for one in view.figures:
        values = {
            "amount": marked(f"{one['amount']:,}", "said", one["id"]),
            "wan": marked(f"{one['amount'] / WAN:,.1f}", "said_wan", one["id"]),
        }
        text = said(now.lang, f"programme.figure.{one['kind']}", **values)
        rows.append((nb_day(one["said_on"]), text, one["source"], view.names.get(one["said_by"])))
    columns = [Column(_say(now, f"figure_{key}")) for key in ("day", "amount", "source", "by")]
    table = list_table(columns, rows, now.lang)
    return panel(now, view, "reports", _say(now, "figures"), table)


def next_steps(now: Visit, view: VillageView) -> Markup:
    """Meetings here and dispatches that name the village."""
    rows: list[tuple[object, ...]] = [
        (nb_day(one["held_on"]), link(one["title"], "overview.meetings")) for one in view.meetings
    ]
    rows += [
        (
            nb_day(str(one["due_on"])),
            link(_say(now, "letter", number=one["number"]), "overview.dispatches"),
        )
        for one in view.dispatches
    ]
    if view.line.next:
        step = next(one.step for one in view.steps if one.step["number"] == view.line.next)
        rows.append((nb_day(step["due_on"]), _say(now, "step_next", number=step["number"])))
    rows.sort(key=lambda row: str(row[0]))
    columns = [Column(_say(now, "next_on")), Column(_say(now, "next_what"))]
    return panel(now, view, "next", _say(now, "next"), list_table(columns, rows, now.lang))
