"""The dialog of a pasted list: what each line was read as, what stops, then all entered at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

import intake
from competition.lineup import learnt
from competition.rounds.readiness import PanelView, panel_view
from intake.gazetteer import with_further
from intake.pasted import pasted
from intake.saying import said
from organizers import naming
from organizers.asking import close_when_done, done
from organizers.prepare.importing import chosen
from organizers.prepare.importing.found import stops
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.pasting")

ENTRANTS = ("code", "county", "township", "village", "presenter", "post", "title", "unit")
JUDGES = ("name", "county", "unit")


def paste(now: Visit, table: str) -> None:
    """One field for the whole list; what was read of it stands below, with one button."""
    close_when_done(f"paste_{table}")
    form = Form(now, f"paste-{table}", watch=False)
    text = form.area(
        "text",
        _say(now, f"{table}.field"),
        hint=_say(now, f"{table}.hint"),
        placeholder=_say(now, f"{table}.sample"),
    )
    panel = panel_view(now.store, now.who, now.round_id)
    read = st.empty()
    if text.strip():
        plan = _read(now, table, text, panel)
        _shown(now, plan, table)
    else:
        plan = intake.Plan()
    count = len(plan.entrants if table == "entrants" else plan.judges)
    if table == "judges":
        one_panel(now, form, panel)
    read.button(
        _say(now, "read"), key=f"paste-{table}-read", type="secondary" if count else "primary"
    )
    if count:
        form.send(
            _say(now, f"{table}.confirm", count=count),
            lambda values, at: _enter(now, plan, values, at),
            reason=_say(now, "stopped", count=len(plan.stops)) if plan.stops else "",
            after=done,
        )


def one_panel(now: Visit, form: Form, panel: PanelView) -> None:
    """Offer the one session of all entrants and judges, where no judge is assigned yet."""
    if not panel.sessions and not any(line.judges for line in panel.expected):
        hint = _say(now, "one_panel_hint")
        form.tick("one_panel", _say(now, "one_panel"), value=True, hint=hint)


def panel_title(now: Visit, values: Values) -> str:
    """The title of that session; empty where it is not wanted."""
    wanted = values.pop("one_panel", False)
    return t("intake.session_title", now.lang, number=1) if wanted else ""


def _read(now: Visit, table: str, text: str, panel: PanelView) -> intake.Plan:
    places = learnt.further_places(now.store, now.who)
    first = max((seat["number"] for seat in panel.seats), default=0) + 1
    file = pasted(table, text, with_further(tuple(places)), first=first)
    chosen.begin([file])
    return intake.read_all([file], chosen.asked(panel.level, {}, places))


def _shown(now: Visit, plan: intake.Plan, table: str) -> None:
    """What stops, then every line as it was read, then what was put right."""
    stops(now, [_by_line(now, stop) for stop in plan.stops], lambda stop: [_line(now, stop.cell)])
    rows: Sequence[Sequence[object]]
    if table == "entrants":
        used = [name for name in ENTRANTS if any(getattr(one, name) for one in plan.entrants)]
        rows = [[getattr(one, name) for name in used] for one in plan.entrants]
    else:
        used = ["number", *(n for n in JUDGES if any(getattr(one, n) for one in plan.judges))]
        rows = [
            [naming.seat(one.number, now.lang), *(getattr(one, name) for name in used[1:])]
            for one in plan.judges
        ]
    columns = [Column(_say(now, f"column.{name}")) for name in used]
    if rows:
        st.html(element("div", list_table(columns, rows, now.lang), cls="a-people a-pasted"))
    fixes = [
        element("li", _line(now, fix.cell), " ", said(fix, now.lang))
        for fix in plan.fixes
        if fix.code not in EXPECTED
    ]
    if fixes:
        st.html(element("ul", *fixes, cls="a-found"))


def _by_line(now: Visit, stop: intake.Finding) -> intake.Finding:
    """A stop that names lines of the text, not cells of the table made of it."""
    values = {k: _line(now, str(v)) if k == "other" else v for k, v in stop.values.items()}
    ways = [
        replace(way, shown=str(int(way.shown) - 1)) if way.edit.kind == "drop" else way
        for way in stop.choices
    ]
    return replace(stop, values=values, choices=tuple(ways))


def _line(now: Visit, cell: str) -> str:
    """The line of a cell: the table has its header above them."""
    digits = "".join(filter(str.isdigit, cell))
    return _say(now, "line", number=int(digits) - 1) if digits else cell


EXPECTED = ("code_by_name", "county", "county_by_code", "village_by_code", "village_name")
"""What the table itself shows."""


def _enter(now: Visit, plan: intake.Plan, values: Values, at: datetime) -> None:
    title = panel_title(now, values)
    intake.enter(
        now.store,
        now.who,
        plan,
        at=at,
        lang=now.lang,
        round_id=now.round_id,
        panel_title=title,
    )
