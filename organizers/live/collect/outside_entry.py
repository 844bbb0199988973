"""Outside scores entered: typed entrant by entrant, or read from a workbook."""

from datetime import datetime
from decimal import Decimal

import streamlit as st

from competition.marks.outside import enter_outside
from competition.marks.outside_lists import Outside, OutsidePart
from exports.formats import EXPORTS, safe_name
from intake.apart import outside_apart
from intake.outside import Bounds, OutsideRead, outside_template
from intake.saying import summary
from organizers import naming
from ui.access import Visit, saying
from ui.downloads import download
from ui.forms import Form, Values
from ui.html import element
from ui.icons import state_label
from ui.plain import plain
from ui.uploads import upload

_say = saying("organizers.outside")

MANY = 80
"""Entrants from which scores come by workbook only."""
HOWS = ("typed", "workbook")
KINDS = ("xlsx", "xls", "csv")


def entry(now: Visit, scores: Outside, part: OutsidePart) -> None:
    """One of the two ways; many entrants have only the workbook."""
    if not scores.places:
        return
    hows = HOWS if len(scores.places) <= MANY else HOWS[1:]
    with st.expander(_say(now, "enter"), expanded=bool(part.missing)):
        how = st.segmented_control(
            _say(now, "how"),
            hows,
            default=hows[0],
            required=True,
            format_func=lambda one: _say(now, f"how_{one}"),
            key=f"how-{part.row['id']}",
        )
        if how == "typed":
            _typed(now, scores, part)
        else:
            _workbook(now, scores, part)


def _typed(now: Visit, scores: Outside, part: OutsidePart) -> None:
    """A field an entrant, beginning with the score that counts; only changed ones are sent."""
    form = Form(now, f"outside-{part.row['id']}")
    st.html(element("p", _say(now, "blank_hint"), cls="a-reason"))
    for place in scores.places:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=False):
            name = element("div", naming.heading(place, now.lang), cls="a-item")
            st.html(name, width="stretch")
            label = plain(f"{naming.number(place['number'], now.lang)} {naming.title(place)}")
            form.text(
                place["id"],
                label,
                part.scores.get(place["id"], ""),
                quiet=True,
                below=False,
                width=110,
            )
        form.problem(place["id"])
    form.text("source", _say(now, "source"), "", hint=_say(now, "source_hint"))

    def send(values: Values, at: datetime) -> None:
        source = str(values.pop("source", ""))
        given = {one: str(score).strip() for one, score in values.items()}
        changed = {one: s for one, s in given.items() if s != part.scores.get(one, "")}
        _enter(now, part, changed, source, at)

    form.send(_say(now, "send"), send, done=_say(now, "sent"))


def _enter(
    now: Visit, part: OutsidePart, scores: dict[str, str], source: str, at: datetime
) -> None:
    enter_outside(now.store, now.who, now.round_id, part.row["id"], scores, source=source, at=at)


def _workbook(now: Visit, scores: Outside, part: OutsidePart) -> None:
    """A blank table to fill in; a file read back, its faults by cell, nothing entered by halves."""
    title = part.row["title"]
    download(
        now,
        _say(now, "template"),
        key=f"outside-{part.row['id']}",
        read="outside",
        name=safe_name([_say(now, "title")], ".xlsx"),
        media_type=EXPORTS["xlsx"].mime,
        build=lambda: outside_template(title, scores.places, now.lang),
    )
    form = Form(now, f"outside-file-{part.row['id']}", watch=False)
    file = upload(_say(now, "choose"), KINDS, form.key("file"), now.lang)
    if file is None:
        return
    bounds = Bounds(title, Decimal(part.maximum), Decimal(part.step))
    read = outside_apart(file[1], file[0], scores.places, bounds)
    _found(now, read)
    if read.stops or not read.scores:
        return
    form.text("source", _say(now, "source"), file[0], hint=_say(now, "source_hint"))
    form.send(
        _say(now, "send_count", count=len(read.scores)),
        lambda values, at: _enter(now, part, read.scores, str(values["source"]), at),
        done=_say(now, "sent"),
    )


def _found(now: Visit, read: OutsideRead) -> None:
    """The faults, what was repaired, and whom the table leaves out."""
    if read.stops:
        head = state_label("attention", now.lang, word=_say(now, "stops", count=len(read.stops)))
        st.html(element("p", head, cls="a-item"))
    lines = summary([*read.stops, *(one for one in read.findings if one.kind != "stop")], now.lang)
    if lines:
        st.html(element("ul", *[element("li", line) for line in lines]))
    if read.missing and not read.stops:
        numbers = [one["number"] or one["village"] for one in read.missing][:MANY]
        entrants = naming.numbers(numbers, now.lang)
        text = _say(now, "left_out", count=len(read.missing), entrants=entrants)
        st.html(element("p", text, cls="a-reason"))
