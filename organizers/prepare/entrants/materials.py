"""成果材料 / What judges read: where each entrant's paper lies, and its documents."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from competition.blind import is_blind
from competition.documents import documents
from competition.documents.document_kinds import ENDINGS
from competition.documents.materials import Document, Materials, materials
from competition.rounds.rounds import RoundView
from competition.shapes import Place
from organizers import naming
from organizers.asking import ask
from organizers.prepare.entrants import forms as entrant_forms
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import Markup, element, join
from ui.icons import state_label
from ui.long_table import long_table
from ui.tables import Column, list_table
from ui.uploads import upload, uploads
from words import t

_say = saying("organizers.materials")

Dialog = tuple[str, Callable[..., None]]
KINDS = [*ENDINGS.values(), "jpeg"]


def materials_part(now: Visit, view: RoundView, places: Sequence[Place]) -> None:
    """What there is of every entrant, and the ways to add to it."""
    by_entrant = materials(now.store, now.who, now.round_id)
    st.html(element("p", _say(now, "text"), cls="a-reason a-text"))
    if is_blind(view):
        warning = state_label("zone", now.lang, word=_say(now, "blind"))
        st.html(element("p", warning, cls="a-item"))
    by_id = {place["id"]: place for place in places}
    with st.container(
        key="materials-one", horizontal=True, gap="small", vertical_alignment="bottom"
    ):
        chosen = st.selectbox(
            _say(now, "which"),
            list(by_id),
            index=None,
            format_func=lambda one: entrant_forms.name(now, by_id[one]),
            key="materials-chosen",
            placeholder=t("ui.form.pick", now.lang),
            width=480,
        )
        st.button(
            _say(now, "edit"),
            key="act-materials",
            on_click=ask,
            args=("materials",),
            kwargs={"entrant_id": chosen},
            disabled=chosen is None,
        )
        st.button(_say(now, "many"), key="act-many", on_click=ask, args=("many_documents",))
    _table(now, places, by_entrant)


def _table(now: Visit, places: Sequence[Place], materials: dict[str, Materials]) -> None:
    columns = [
        Column(t("organizers.entrants.column.number", now.lang), "right"),
        Column(t("organizers.entrants.column.entrant", now.lang)),
        Column(_say(now, "shelf_mark")),
        Column(_say(now, "documents")),
    ]
    rows = []
    for place in places:
        there = materials.get(place["id"], Materials())
        name = [element("b", naming.title(place)), " ", element("small", naming.around(place))]
        none = element("span", _say(now, "none"), cls="a-mute")
        links = join([_link(now, one) for one in there.documents])
        rows.append(
            (place["number"] or "", element("span", *name), there.shelf_mark, links or none)
        )
    title = _say(now, "title")
    long_table(now, "materials", title, columns, rows, read="people", keeps=2)


def _link(now: Visit, one: Document) -> Markup:
    """A document's name, which opens it, and its size."""
    address = f"/documents/{one.id}?round={now.round_id}"
    name = element("a", one.name, href=address, target="_blank", rel="noopener")
    about = t("judges.documents.about", now.lang, kind=one.ending.upper(), size=one.megabytes)
    return element("div", name, " ", element("small", about, cls="a-nb"), cls="a-doc")


def dialogs(now: Visit, places: Sequence[Place]) -> dict[str, Dialog]:
    """The dialogs of this part."""
    by_id = {place["id"]: place for place in places}
    return {
        "materials": (_say(now, "title"), lambda entrant_id: _edit(now, by_id[entrant_id])),
        "many_documents": (_say(now, "many_title"), lambda: _many(now, places)),
    }


def _edit(now: Visit, place: Place) -> None:
    """Shelf mark and documents of one entrant."""
    there = materials(now.store, now.who, now.round_id).get(place["id"], Materials())
    st.html(element("p", element("b", entrant_forms.name(now, place)), cls="a-item"))
    shelf = Form(now, f"shelf-{place['id']}")
    shelf.text(
        "shelf_mark",
        _say(now, "shelf_mark"),
        there.shelf_mark,
        hint=_say(now, "shelf_hint"),
        placeholder=_say(now, "shelf_example"),
    )

    def save(values: Values, at: datetime) -> None:
        mark = str(values["shelf_mark"])
        documents.set_shelf_mark(now.store, now.who, place["id"], mark, at=at)

    shelf.send(t("organizers.entrants.save", now.lang), save)
    st.html(element("h2", _say(now, "documents"), cls="a-h2 a-over"))
    form = Form(now, f"documents-{place['id']}", watch=False)
    for one in there.documents:
        _document(now, form, one)
    file = upload(_say(now, "choose"), KINDS, form.key("file"), now.lang)
    form.problem("document")
    st.html(element("div", _say(now, "limits", **_limits()), cls="a-hint"))
    if file is not None:
        name, content = file
        form.send(
            _say(now, "upload"),
            lambda _, at: documents.add_document(
                now.store, now.who, place["id"], name, content, at=at
            ),
            done=_say(now, "uploaded"),
        )


def _limits() -> dict[str, int]:
    return {"megabytes": documents.MOST_MEGABYTES, "count": documents.MOST_FILES}


def _document(now: Visit, form: Form, one: Document) -> None:
    with st.container(
        key=f"document-{one.id}", horizontal=True, gap="small", vertical_alignment="center"
    ):
        st.html(_link(now, one), width="stretch")
        form.send(
            _say(now, "remove"),
            lambda _, at: documents.remove_document(now.store, now.who, one.id, at=at),
            key=f"remove-{one.id}",
            primary=False,
            done=_say(now, "removed"),
        )


def _many(now: Visit, places: Sequence[Place]) -> None:
    """Many files at once, each of the entrant whose number or code its name begins with."""
    st.html(element("p", _say(now, "many_text"), cls="a-reason"))
    form = Form(now, f"many-{now.round_id}", watch=False)
    files = uploads(_say(now, "choose_many"), KINDS, form.key("files"), now.lang)
    form.problem("document")
    st.html(element("div", _say(now, "limits", **_limits()), cls="a-hint"))
    matched = documents.by_file_name(places, [name for name, _ in files])
    by_id = {place["id"]: place for place in places}
    lost = [name for name, entrant_id in matched.items() if entrant_id is None]
    if files:
        rows = [
            (name, entrant_forms.name(now, by_id[one]) if one else _say(now, "no_match"))
            for name, one in matched.items()
        ]
        columns = [Column(_say(now, "file")), Column(_say(now, "goes_to"))]
        st.html(list_table(columns, rows, now.lang))

    def add(_: Values, at: datetime) -> None:
        given = [(str(matched[name]), name, content) for name, content in files]
        documents.add_documents(now.store, now.who, given, at=at)

    reason = _say(now, "lost", count=len(lost)) if lost else ""
    if not files:
        reason = _say(now, "choose_first")
    form.send(
        _say(now, "upload_many", count=len(files)), add, reason=reason, done=_say(now, "uploaded")
    )
