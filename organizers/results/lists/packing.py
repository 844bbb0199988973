"""The button 全部材料: makes the bundle while the page shows how far it is, then offers it."""

from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from competition.errors import Refused
from competition.rights import refusal
from competition.rounds.rules import RoundRules
from competition.times import stamp
from exports.bundle import Packed, Packing
from organizers import naming
from organizers.offers import can
from organizers.results.lists import apart, whole
from ui.access import Visit, saying
from ui.downloads import download
from ui.frame import refused
from ui.html import element
from ui.plain import plain

_say = saying("organizers.whole")
MADE = "whole-made"
"""Where a browser tab keeps the bundle it made last."""
MIME = "application/zip"


@dataclass(frozen=True)
class Made:
    """A bundle as this tab made it, with the time on the competition's clock."""

    round_id: str
    edition: str
    at: str
    packed: Packed


def panel(now: Visit, read: str) -> None:
    """Offer the whole and, once certified, the public version; ``read`` is the page's own right."""
    proved = refusal(now.store, now.who, "record", now.round_id) is None
    st.html(element("h2", _say(now, "title"), cls="a-h2 a-over"))
    st.html(element("p", _say(now, "note"), cls="a-reason"))
    edition = _edition(now) if proved else "whole"
    said = _say(now, f"public_note.{_published(now)}" if edition == "public" else "whole_note")
    st.html(element("p", said, cls="a-reason"))
    if st.button(_say(now, "make"), key="make-whole", type="primary"):
        _make(now, edition)
    made: Made | None = st.session_state.get(MADE)
    if made is not None and (made.round_id, made.edition) == (now.round_id, edition):
        _offer(now, made, "record" if proved and can(now, "record") else read)


def _edition(now: Visit) -> str:
    chosen = st.segmented_control(
        _say(now, "edition"),
        ["whole", "public"],
        default="whole",
        required=True,
        format_func=lambda key: _say(now, key),
        key="whole-edition",
    )
    return str(chosen)


def _published(now: Visit) -> str:
    return RoundRules.from_json(now.round["rules"]).published if now.round else "winners"


def _make(now: Visit, edition: str) -> None:
    """Make the bundle in a separate process; a press on the button beside the bar ends it."""
    place = st.empty()
    with place.container():
        st.button(_say(now, "stop"), key="stop-whole")
        try:
            packed: Packed | Refused = _made(now, apart.making(now, public=edition == "public"))
        except Refused as problem:
            packed = problem
    place.empty()  # nothing may be drawn into the container from here on
    if isinstance(packed, Refused):
        refused(packed, now.lang)
        return
    st.session_state[MADE] = Made(now.round_id, edition, stamp(now.at), packed)


def _made(now: Visit, packing: Packing) -> Packed:
    """Run the packing to its end; the bar names the file being made."""
    bar = st.progress(0.0, text=_say(now, "title"))
    with closing(packing):  # the page may be left, or drawn again, in the middle
        while True:
            try:
                step = next(packing)
            except StopIteration as end:
                packed: Packed = end.value
                return packed
            values = {"n": step.done + 1, "of": step.of, "path": plain(step.path)}
            bar.progress(step.done / step.of, text=_say(now, "making", **values))


def _offer(now: Visit, made: Made, read: str) -> None:
    size = f"{len(made.packed.content) / 1e6:.1f}"
    at = naming.clock(now, made.at)
    st.html(element("p", _say(now, "made", at=at, files=made.packed.files, size=size)))
    download(
        now,
        _say(now, "take"),
        key=f"whole-{made.edition}",
        read=read,
        name=whole.file_name(now, public=made.edition == "public"),
        media_type=MIME,
        build=lambda: made.packed.content,
        primary=True,
    )
    code = made.packed.manifest
    parts = " ".join(code[at : at + 8] for at in range(0, len(code), 8))  # to be copied by hand
    st.html(element("p", _say(now, "manifest", code=parts), cls="a-reason"))
