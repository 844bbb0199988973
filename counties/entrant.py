"""The form of one entrant: its place, title and presenter, and its documents."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from competition.documents import documents
from competition.documents.document_kinds import ENDINGS
from competition.filing import attaching, listing, views
from competition.filing.shapes import FilingView, Listed, Paper
from counties.papers import paper_link
from intake.looking_up import FoundPlace, places_called
from intake.roster import plan_title
from ui import pressing
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.uploads import upload
from words import t

_say = saying("counties.entrant")

KINDS = [*ENDINGS.values(), "jpeg"]
OTHER = ""


def form_part(now: Visit, view: FilingView, one: Listed | None, close: Callable[[], None]) -> None:
    """The form of an entrant, or of a new one, in a box below its row."""
    with st.container(key="county-entrant", border=True):
        heading = _say(now, "new") if one is None else _say(now, "change", place=one.place)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("h2", heading, cls="a-h2"), width="stretch")
            st.button(_say(now, "close"), key="county-close", type="tertiary", on_click=close)
        _facts(now, view, one, close)
        if one is not None:
            _papers(now, view, one)
            _remove(now, view, one, close)


def _facts(now: Visit, view: FilingView, one: Listed | None, close: Callable[[], None]) -> None:
    form = Form(now, f"filed-{view.row['id']}-{one.id if one else 'new'}")
    typed = form.text(
        "code",
        _say(now, "place"),
        one.code if one else "",
        hint=_say(now, "place_hint", county=view.row["county"]),
        placeholder=_say(now, "place_example"),
    )
    further = views.further_places(now.store, now.who, view.row["id"])
    places = places_called(typed, view.row["county_code"], further)
    place = _place(now, form, typed, places)
    title = plan_title(place.village or place.township) if place else ""
    form.text("title", _say(now, "title"), one.title if one else "", placeholder=title)
    with st.container(key="county-person", horizontal=True, gap="small", wrap=True):
        form.text("presenter", t("field.presenter", now.lang), one.presenter if one else "")
        form.text("post", t("field.post", now.lang), one.post if one else "")
    form.text("unit", t("field.unit", now.lang), one.unit if one else "")

    def save(values: Values, at: datetime) -> None:
        chosen = next((p for p in places if p.code == values.get("place")), place)
        listing.put_filed_entrant(
            now.store,
            now.who,
            view.row["id"],
            listing.Line(
                code=chosen.code if chosen else str(values["code"]),
                township=chosen.township if chosen else "",
                village=chosen.village if chosen else "",
                title=str(values["title"]),
                presenter=str(values["presenter"]),
                post=str(values["post"]),
                unit=str(values["unit"]),
            ),
            entrant_id=one.id if one else "",
            at=at,
        )

    form.send(_say(now, "save"), save, after=close if one is None else None)


def _place(now: Visit, form: Form, typed: str, places: tuple[FoundPlace, ...]) -> FoundPlace | None:
    """The place that is meant; where several may be, one is chosen."""
    if not typed.strip():
        return None
    if not places:
        st.html(element("div", _say(now, "not_found"), cls="a-hint"))
        return None
    if len(places) == 1:
        st.html(element("div", _say(now, "found", place=places[0].shown), cls="a-hint c-found"))
        return places[0]
    by_code = {one.code: one for one in places}
    chosen = form.choose(
        "place",
        _say(now, "which", count=len(places)),
        list(by_code),
        places[0].code,
        lambda code: by_code[code].shown,
    )
    return by_code.get(chosen)


def _papers(now: Visit, view: FilingView, one: Listed) -> None:
    """The documents that are there, each removable, and a further one."""
    st.html(element("h3", _say(now, "papers"), cls="a-h2 a-over"))
    for paper in one.papers:
        _paper(now, view, paper)
    form = Form(now, f"paper-{one.id}", watch=False)
    kinds = [*view.wanted, OTHER]
    first = next(iter(one.missing), OTHER)
    if view.wanted:
        form.choose(
            "kind", _say(now, "kind"), kinds, first, lambda kind: kind or _say(now, "other")
        )
    file = upload(_say(now, "choose"), KINDS, form.key("file"), now.lang)
    form.problem("document")
    limits = {"megabytes": documents.MOST_MEGABYTES, "count": documents.MOST_FILES}
    st.html(element("div", _say(now, "limits", **limits), cls="a-hint"))
    if file is not None:
        name, content = file

        def add(values: Values, at: datetime) -> None:
            attaching.add_filed_document(
                now.store,
                now.who,
                view.row["id"],
                one.id,
                name,
                content,
                kind=str(values.get("kind") or OTHER),
                at=at,
            )

        form.send(_say(now, "upload"), add, done=_say(now, "uploaded"))


def _paper(now: Visit, view: FilingView, paper: Paper) -> None:
    with st.container(
        key=f"county-paper-{paper.id}", horizontal=True, gap="small", vertical_alignment="center"
    ):
        st.html(paper_link(now, view.row["id"], paper), width="stretch")
        pressing.button(
            now,
            _say(now, "remove_paper"),
            f"county-unpaper-{paper.id}",
            lambda at: attaching.remove_filed_document(
                now.store, now.who, view.row["id"], paper.id, at=at
            ),
            kind="tertiary",
        )


def _remove(now: Visit, view: FilingView, one: Listed, close: Callable[[], None]) -> None:
    def remove(at: datetime) -> None:
        listing.remove_filed_entrant(now.store, now.who, view.row["id"], one.id, at=at)
        close()

    with st.popover(_say(now, "remove")):
        st.html(element("p", _say(now, "remove_text", place=one.place)))
        pressing.button(now, _say(now, "remove_sure"), f"county-remove-{one.id}", remove)
