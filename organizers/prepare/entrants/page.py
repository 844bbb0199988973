"""参评名单与出场顺序 / Entrants and order: who takes part in the round, and in which order."""

from collections.abc import Mapping, Sequence

import streamlit as st

from competition.lineup.drawing import draw_view
from competition.lineup.entrants import all_entrants
from competition.rights import refusal
from competition.rounds.readiness import PanelView, panel_view
from competition.rounds.rounds import RoundView
from competition.saying import in_a_row, sentence, way_out
from competition.shapes import Entrant, Place
from organizers import naming
from organizers.asking import answer, ask
from organizers.prepare import round_page as preparing
from organizers.prepare.entrants import forms as entrant_forms
from organizers.prepare.entrants import materials as material_forms
from organizers.prepare.entrants import order as order_forms
from ui.access import Visit, saying
from ui.frame import Action
from ui.html import element
from ui.long_table import long_table
from ui.tables import Column
from ui.ways import to_page
from words import t

_say = saying("organizers.entrants")

PARTS = ("list", "order", "materials")


def page(now: Visit, view: RoundView) -> None:
    """The list, the order, or what judges read: one at a time."""
    panel = panel_view(now.store, now.who, now.round_id)
    places = [line.entrant for line in panel.expected]
    acts = [
        Action(
            "paste_entrants", t("organizers.pasting.entrants.open", now.lang), primary=not places
        ),
        Action("add_entrant", _say(now, "add")),
    ]
    spare = _spare(now, places)
    if spare:
        acts.append(Action("take_entrants", _say(now, "take", count=len(spare))))
    note = _say(now, "note", count=len(places)) if places else ""
    fixed = "organizers.entrants.fixed"
    pressed = preparing.head(now, view, "entrants", note=note, actions=acts, fixed=fixed)
    if pressed:
        ask(pressed)
    if places:
        _parts(now, view, panel, places)
    else:
        _empty(now)
    dialogs = entrant_forms.dialogs(now, places, spare, panel)
    answer(now, dialogs | material_forms.dialogs(now, places))
    preparing.next_step(now, view, "organizers.entrants")


def _spare(now: Visit, places: Sequence[Place]) -> list[Entrant]:
    """Entrants of the competition that are not in this round."""
    here = {place["id"] for place in places}
    return [one for one in all_entrants(now.store, now.who) if one["id"] not in here]


def _empty(now: Visit) -> None:
    heading, text = element("h2", _say(now, "empty")), element("p", _say(now, "will_be"))
    st.html(element("section", heading, text, cls="a-empty"))
    to_page("organizers.import_page", _say(now, "by_file"))


def _parts(now: Visit, view: RoundView, panel: PanelView, places: Sequence[Place]) -> None:
    part = st.segmented_control(
        _say(now, "part"),
        PARTS,
        default="list",
        required=True,
        format_func=lambda name: _say(now, f"part_{name}"),
        key="entrants-part",
        label_visibility="collapsed",
    )
    if part == "order":
        draw = draw_view(now.store, now.who, now.round_id)
        order_forms.order(now, view, panel, places, draw)
        return
    if part == "materials":
        material_forms.materials_part(now, view, places)
        return
    if view["state"] == "draft":
        _one(now, places, "which", ("update_entrant", "leave_round"))
    else:
        _wrong(now, places)
    _table(now, panel, places)


def _wrong(now: Visit, places: Sequence[Place]) -> None:
    """After opening: choose one whose details are wrong, or read which act lets you."""
    problem = refusal(now.store, now.who, "correct_entrant", now.round_id)
    reason = ""
    if problem is not None:
        said = [sentence(problem, now.lang), way_out(problem, now.lang)]
        reason = in_a_row(said, now.lang)
    _one(now, places, "which_wrong", ("correct_entrant",), reason=reason)


def _one(
    now: Visit,
    places: Sequence[Place],
    label: str,
    acts: tuple[str, ...],
    *,
    reason: str = "",
) -> None:
    """Choose one, and what to do with it; a reason says why nothing can be done."""
    by_id = {place["id"]: place for place in places}
    with st.container(
        key="entrants-one", horizontal=True, gap="small", vertical_alignment="bottom"
    ):
        chosen = st.selectbox(
            _say(now, label),
            list(by_id),
            index=None,
            format_func=lambda one: entrant_forms.name(now, by_id[one]),
            key="entrants-chosen",
            placeholder=t("ui.form.pick", now.lang),
            width=480,
            disabled=bool(reason),
        )
        for act in acts:
            st.button(
                _say(now, act),
                key=f"act-{act}",
                on_click=ask,
                args=(act,),
                kwargs={"entrant_id": chosen},
                disabled=chosen is None or bool(reason),
            )
    if reason:
        st.html(element("p", reason, cls="a-reason"))


def _table(now: Visit, panel: PanelView, places: Sequence[Place]) -> None:
    titles = {session["id"]: session["title"] for session in panel.sessions}
    columns = [
        Column(_say(now, "column.number"), "right"),
        Column(_say(now, "column.entrant")),
        Column(_say(now, "column.title")),
        Column(_say(now, "column.presenter")),
        Column(_say(now, "column.session")),
        Column(_say(now, "column.code"), "right"),
    ]
    rows = [
        (
            place["number"] or element("span", _say(now, "no_number"), cls="a-mute"),
            element(
                "span",
                element("b", naming.title(place)),
                " ",
                element("small", naming.around(place)),
            ),
            place["title"],
            element("span", place["presenter"], " ", element("small", place["post"], cls="a-nb")),
            titles.get(place["session_id"] or "", ""),
            place["code"],
        )
        for place in places
    ]
    title, file = _say(now, "title"), _file(now, titles, places)
    long_table(now, "entrants", title, columns, rows, read="people", keeps=2, file=file)


FILED = ("code", "county", "township", "village", "title", "presenter", "post", "unit")


def _file(
    now: Visit, titles: Mapping[str, str], places: Sequence[Place]
) -> tuple[Sequence[Column], Sequence[Sequence[object]]]:
    """The same list with a column for each fact, as an import reads it."""
    said = saying("organizers.pasting")
    columns = [
        Column(_say(now, "column.number"), "right"),
        *(Column(said(now, f"column.{name}")) for name in FILED),
        Column(_say(now, "column.session")),
    ]
    facts: Sequence[Mapping[str, object]] = places
    rows = [
        (
            place["number"] or "",
            *(place[name] for name in FILED),
            titles.get(str(place["session_id"] or ""), ""),
        )
        for place in facts
    ]
    return columns, rows


page(*preparing.round_page("entrants"))
