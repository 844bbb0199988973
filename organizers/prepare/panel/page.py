"""评委、席位与回避 / Judges: seats, sessions and panels, recusals, the judges of each entrant."""

import streamlit as st

from competition.lineup.substituting import substitutions
from competition.people.people import PersonView, all_people
from competition.rounds.readiness import PanelView, SeatView, panel_view
from competition.rounds.rounds import RoundView
from competition.visitor import excluded_by
from intake.places import short_county
from organizers import naming, substituting
from organizers.asking import answer, ask
from organizers.prepare import round_page as preparing
from organizers.prepare.panel import recusals as recusal_forms
from organizers.prepare.panel import seats as seat_forms
from organizers.prepare.panel import sessions as panel_sessions
from organizers.prepare.panel.promises import promises
from ui.access import Visit, saying
from ui.frame import Action
from ui.html import element
from ui.icons import state_label
from ui.long_table import long_table
from ui.tables import Column
from words import t

_say = saying("organizers.panel")

PARTS = ("seats", "sessions", "recusals", "counts")


def page(now: Visit, view: RoundView) -> None:
    """Seats, sessions, recusals, counts: one of them at a time."""
    panel = panel_view(now.store, now.who, now.round_id)
    people = all_people(now.store, now.who)
    seated = {seat["person_id"] for seat in panel.seats}
    others = [one for one in people if one["id"] not in seated and _may_judge(one)]
    acts = [
        Action(
            "paste_judges", t("organizers.pasting.judges.open", now.lang), primary=not panel.seats
        ),
        Action("add_judge", _say(now, "add")),
    ]
    if others:
        acts.append(Action("seat_person", _say(now, "seat_person")))
    note = _note(now, panel) if panel.seats else ""
    fixed = "organizers.panel.fixed"
    pressed = preparing.head(now, view, "panel", note=note, actions=acts, fixed=fixed)
    if pressed:
        ask(pressed)
    if panel.seats:
        _parts(now, view, panel)
    else:
        heading, text = element("h2", _say(now, "empty")), element("p", _say(now, "will_be"))
        st.html(element("section", heading, text, cls="a-empty"))
    answer(
        now,
        seat_forms.dialogs(now, panel, others)
        | recusal_forms.dialogs(now, panel)
        | panel_sessions.dialogs(now, panel)
        | substituting.dialogs(now),
    )
    preparing.next_step(now, view, "organizers.panel")


def _may_judge(one: PersonView) -> bool:
    return not set(one["roles"]) & excluded_by("judge")


def _note(now: Visit, panel: PanelView) -> str:
    reserves = sum(bool(seat["reserve"]) for seat in panel.seats)
    return _say(now, "note", count=len(panel.seats) - reserves, reserves=reserves)


def _parts(now: Visit, view: RoundView, panel: PanelView) -> None:
    is_draft = view["state"] == "draft"
    part = st.segmented_control(
        _say(now, "part"),
        PARTS,
        default="seats",
        required=True,
        format_func=lambda name: _say(now, f"part_{name}"),
        key="panel-part",
        label_visibility="collapsed",
    )
    if part == "seats":
        if is_draft:
            seat_forms.one(now, panel)
        _seats(now, panel)
        if not is_draft:
            _day(now)
    elif part == "sessions":
        panel_sessions.sessions(now, view, panel)
    elif part == "recusals":
        recusal_forms.recusals(now, view, panel)
    else:
        _counts(now, panel)


def _day(now: Visit) -> None:
    """On the day: the seats taken over, and the act of a substitution."""
    substituting.show(now, substitutions(now.store, now.who, now.round_id))
    substituting.button(now)


def _seats(now: Visit, panel: PanelView) -> None:
    columns = [
        Column(_say(now, "column.number")),
        Column(_say(now, "column.name")),
        Column(_say(now, "column.county")),
        Column(_say(now, "column.unit")),
        Column(_say(now, "column.native")),
        Column(_say(now, "column.sessions")),
    ]
    rows = [
        (
            element("b", naming.seat(seat["number"], now.lang)),
            element("span", seat["name"], " ", element("small", _role(now, seat))),
            short_county(seat["county"]),
            seat["unit"],
            short_county(seat["native_county"]),
            t("list.between", now.lang).join(seat["sessions"]),
        )
        for seat in panel.seats
    ]
    title = _say(now, "part_seats")
    hint = t("organizers.links.find_hint", now.lang)
    file_columns = [*columns[:2], Column(_say(now, "column.role")), *columns[2:]]
    file_rows = [
        (
            naming.seat(seat["number"], now.lang),
            seat["name"],
            _role(now, seat),
            seat["county"],
            seat["unit"],
            seat["native_county"],
            t("list.between", now.lang).join(seat["sessions"]),
        )
        for seat in panel.seats
    ]
    file = (file_columns, file_rows)
    long_table(now, "seats", title, columns, rows, read="people", keeps=2, hint=hint, file=file)


def _role(now: Visit, seat: SeatView) -> str:
    if seat["reserve"]:
        return _say(now, "seat.reserve")
    return _say(now, "seat.chair") if seat["chair"] else ""


def _counts(now: Visit, panel: PanelView) -> None:
    """Each entrant's judges, and whether the trim still has enough to drop from."""
    short = len(panel.short)
    key = "counts_short" if short else "counts_ok"
    label = _say(now, key, needed=panel.needed, short=short)
    st.html(element("p", state_label("attention" if short else "done", now.lang, word=label)))
    promises(now)
    columns = [
        Column(t("organizers.entrants.column.number", now.lang), "right"),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.expected"), "right"),
        Column(_say(now, "column.judges")),
        Column(_say(now, "column.recused")),
        Column(_say(now, "column.enough")),
    ]
    rows = [
        (
            line.entrant["number"] or "",
            element(
                "span",
                element("b", naming.title(line.entrant)),
                " ",
                element("small", naming.around(line.entrant)),
            ),
            len(line.judges),
            _numbers(line.judges),
            _numbers(line.recused),
            state_label(
                "done" if line.is_enough else "attention",
                now.lang,
                word=_say(now, "enough" if line.is_enough else "short"),
                size=16,
            ),
        )
        for line in panel.expected
    ]
    title = _say(now, "part_counts")
    long_table(now, "counts", title, columns, rows, read="people", keeps=2)


def _numbers(seats: tuple[int, ...]) -> str:
    return " ".join(f"{number:02d}" for number in seats)


page(*preparing.round_page("panel"))
