"""The dialogs of entrants: a new one by its place, corrected, taken in, taken out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from competition.lineup import learnt, roster
from competition.lineup.correcting import correct_entrant, reach
from competition.rounds.readiness import PanelView
from competition.saying import listed
from competition.shapes import Entrant, Place
from intake import places as place_names
from organizers import naming
from organizers.asking import act_buttons, close_when_done, done
from organizers.prepare.pasting import paste
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.entrants")

Dialog = tuple[str, Callable[..., None]]
NAMES = ("title", "presenter", "post", "unit")


def dialogs(
    now: Visit,
    places: Sequence[Place],
    spare: Sequence[Entrant],
    panel: PanelView,
) -> dict[str, Dialog]:
    """The dialogs that the page of entrants may open."""
    by_id = {place["id"]: place for place in places}
    return {
        "correct_entrant": (
            _say(now, "correct_title"),
            lambda entrant_id: _correct(now, by_id[entrant_id]),
        ),
        "add_entrant": (_say(now, "add_title"), lambda: _add(now)),
        "paste_entrants": (
            t("organizers.pasting.entrants.title", now.lang),
            lambda: paste(now, "entrants"),
        ),
        "update_entrant": (
            _say(now, "update_title"),
            lambda entrant_id: _update(now, by_id[entrant_id], panel),
        ),
        "leave_round": (
            _say(now, "leave_title"),
            lambda entrant_id: _leave(now, by_id[entrant_id]),
        ),
        "take_entrants": (_say(now, "take_title"), lambda: _take(now, spare, panel)),
    }


def name(now: Visit, place: Mapping[str, Any]) -> str:
    """3号 团山村 建水县西庄镇: never the village alone."""
    number = naming.number(place["number"], now.lang) if place.get("number") else ""
    parts = [number, naming.title(place), naming.around(place)]
    return " ".join(part for part in parts if part)


def _add(now: Visit) -> None:
    close_when_done("add_entrant")
    form = Form(now, "entrant-new", watch=False)
    own = form.choose(
        "way",
        _say(now, "field.way"),
        ("listed", "other"),
        "listed",
        lambda way: _say(now, f"way.{way}"),
    )
    if own == "listed":
        _listed(now, form)
    else:
        _typed_place(now, form, {})
    _about(now, form, {})

    def add(values: Values, at: datetime) -> None:
        roster.enter_new(now.store, now.who, now.round_id, **_row(now, values), at=at)

    form.send(
        _say(now, "add_confirm"),
        add,
        again=_say(now, "add_more"),
        done=_say(now, "added"),
        after=done,
    )


def _listed(now: Visit, form: Form) -> None:
    """County, then township, then village; a township itself takes part where none is picked."""
    known = _directory(now)
    counties = {place.code: place.name for place in known.counties()}
    county = form.pick(
        "county_code", _say(now, "field.county"), list(counties), None, counties.__getitem__
    )
    townships = {place.code: place.name for place in known.within(county)}
    township = form.pick(
        f"township_code_{county}",
        _say(now, "field.township"),
        list(townships),
        None,
        townships.__getitem__,
    )
    villages = {place.code: place.name for place in known.within(township)}
    form.pick(
        f"village_code_{township}",
        _say(now, "field.village"),
        list(villages),
        None,
        villages.__getitem__,
        hint=_say(now, "hint.village"),
    )
    form.problem("code")


def _typed_place(now: Visit, form: Form, was: Mapping[str, Any]) -> None:
    form.text(
        "code",
        _say(now, "field.code"),
        was.get("code", ""),
        hint=_say(now, "hint.code"),
        placeholder="532524103205",
    )
    with st.container(horizontal=True, gap="small"):
        form.text("county", _say(now, "field.county"), was.get("county", ""))
        form.text("township", _say(now, "field.township"), was.get("township", ""))
        form.text("village", _say(now, "field.village"), was.get("village", ""))


def _about(now: Visit, form: Form, was: Mapping[str, Any]) -> None:
    form.text("title", _say(now, "field.title"), was.get("title", ""), hint=_say(now, "hint.title"))
    with st.container(horizontal=True, gap="small"):
        form.text("presenter", _say(now, "field.presenter"), was.get("presenter", ""))
        form.text("post", _say(now, "field.post"), was.get("post", ""))
    form.text("unit", _say(now, "field.unit"), was.get("unit", ""), hint=_say(now, "hint.unit"))


def _row(now: Visit, values: Values) -> dict[str, str]:
    """The columns of an entrant from the fields of the form."""
    names = {name: str(values.get(name, "")) for name in NAMES}
    if values.get("way") != "listed":
        return names | {c: str(values.get(c, "")) for c in roster.PLACES}
    county = str(values.get("county_code", ""))
    township = str(values.get(f"township_code_{county}", ""))
    village = str(values.get(f"village_code_{township}", ""))
    known = _directory(now)
    return names | {
        "code": village or township,
        "county": _called(known.counties(), county),
        "township": _called(known.within(county), township),
        "village": _called(known.within(township), village),
    }


def _directory(now: Visit) -> place_names.Directory:
    """The built-in places and those imported beside them."""
    return place_names.directory(learnt.further_places(now.store, now.who))


def _called(called: tuple[place_names.Place, ...], code: str) -> str:
    return next((place.name for place in called if place.code == code), "")


def _correct(now: Visit, was: Place, dialog: str = "correct_entrant") -> None:
    """After opening: what is printed, with a reason, and how far the correction reaches."""
    close_when_done(dialog)
    form = Form(now, f"correct-{was['id']}", watch=False)
    _typed_place(now, form, was)
    _about(now, form, was)
    form.text("reason", _say(now, "correct_reason"), hint=_say(now, "correct_reason_hint"))
    rounds_of = reach(now.store, now.who, was["id"])
    effects = [
        _say(now, key, rounds=listed(list(rounds), now.lang))
        for key, rounds in (
            ("correct_reaches", rounds_of.opened),
            ("correct_keeps", rounds_of.kept),
        )
        if rounds
    ]
    notes = [element("div", text) for text in (*effects, _say(now, "correct_recusal"))]
    st.html(element("div", *notes, cls="a-hint"))

    def correct(values: Values, at: datetime) -> None:
        correct_entrant(now.store, now.who, now.round_id, was["id"], **values, at=at)

    form.send(_say(now, "correct_confirm"), correct, after=done)


def _update(now: Visit, was: Place, panel: PanelView) -> None:
    if reach(now.store, now.who, was["id"]).wants_reason:
        _correct(now, was, "update_entrant")
        return
    close_when_done("update_entrant")
    form = Form(now, f"entrant-{was['id']}", watch=False)
    _typed_place(now, form, was)
    _about(now, form, was)
    titles = {session["id"]: session["title"] for session in panel.sessions}
    if titles:
        form.pick(
            "session",
            _say(now, "field.session"),
            list(titles),
            was["session_id"],
            titles.__getitem__,
            placeholder=_say(now, "no_session"),
        )

    def update(values: Values, at: datetime) -> None:
        session = values.pop("session", was["session_id"] or "") or None
        roster.correct(
            now.store, now.who, now.round_id, was["id"], session_id=session, **values, at=at
        )

    form.send(_say(now, "save"), update, after=done)


def _leave(now: Visit, was: Place) -> None:
    heading = element("b", name(now, was))
    st.html(element("p", heading, " — ", _say(now, "leave_text"), cls="a-item"))
    whole = st.checkbox(_say(now, "leave_whole"), key=f"leave-whole-{was['id']}")

    def leave(at: datetime) -> None:
        if whole:
            roster.remove_entrant(now.store, now.who, was["id"], at=at)
        else:
            roster.leave_round(now.store, now.who, now.round_id, was["id"], at=at)

    act_buttons(now, _say(now, "leave_confirm"), "leave_round", leave)


def _take(now: Visit, spare: Sequence[Entrant], panel: PanelView) -> None:
    """Entrants of the competition's list into this round, all or one by one."""
    session_id = panel.sessions[0]["id"] if len(panel.sessions) == 1 else None
    close_when_done("take_entrants")
    form = Form(now, f"take-{now.round_id}", watch=False)
    by_id = {one["id"]: one for one in spare}
    every = form.tick("all", _say(now, "take_all", count=len(spare)), value=True)
    if not every:
        form.several(
            "chosen", _say(now, "take_which"), list(by_id), [], lambda one: name(now, by_id[one])
        )

    def take(values: Values, at: datetime) -> None:
        chosen = list(by_id) if values["all"] else list(values.get("chosen", []))
        roster.place_entrants(
            now.store, now.who, now.round_id, chosen, session_id=session_id, at=at
        )

    form.send(_say(now, "take_confirm"), take, after=done)
