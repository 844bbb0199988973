"""The lines of a composite's parts: a source, a title, a weight, and bounds of an outside one."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import streamlit as st

from competition import fields
from competition.rounds.composites import (
    MOST_PARTS,
    OF_VOTE,
    OUTSIDE,
    VOTE,
    TypedPart,
    may_be_part,
    percent,
)
from competition.rounds.vote_rules import OPENS, SCALES, SHOWS, VoteRules
from competition.shapes import PartRow
from ui.access import Visit, saying
from ui.forms import Form, Values

_say = saying("organizers.parts")

FEWEST = 3
UNUSED = ""


@dataclass(frozen=True)
class Line:
    """One line as it is stored; ``source`` is `UNUSED` of a blank one."""

    source: str = UNUSED
    title: str = ""
    weight: str = ""
    maximum: str = "100"
    step: str = "0.01"
    id: str = ""
    most: str = "1"
    scale: str = SCALES[0]
    hall: str = SHOWS[0]
    opens: str = OPENS[0]


FIELDS = ("title", "weight", "maximum", "step", *OF_VOTE)
PICKED = {"scale": SCALES, "hall": SHOWS, "opens": OPENS}


def stored(parts: Sequence[PartRow]) -> list[Line]:
    """The stored parts as lines."""
    return [
        Line(
            source=part["source_id"] or (OUTSIDE if part["vote"] is None else VOTE),
            title=part["title"],
            weight=percent(Fraction(part["weight"])),
            maximum="100" if part["maximum"] is None else _figure(part["maximum"]),
            step="0.01" if part["step"] is None else _figure(part["step"]),
            id=part["id"],
            **(VoteRules.from_json(part["vote"]).as_typed() if part["vote"] is not None else {}),
        )
        for part in parts
    ]


def _figure(thousandths: int) -> str:
    text = fields.decimal_text(thousandths, 1)
    return text.rstrip("0").rstrip(".")


def draw(now: Visit, form: Form, lines: Sequence[Line]) -> None:
    """Every stored line, then blank ones; more of them on request."""
    count = _count(now, lines)
    sources = [UNUSED, *(row["id"] for row in now.rounds if may_be_part(row)), OUTSIDE, VOTE]
    titles = {row["id"]: row["title"] for row in now.rounds}

    def name(source: str) -> str:
        return titles.get(source) or _say(now, f"source.{source or 'unused'}")

    for place in range(count):
        line = lines[place] if place < len(lines) else Line()
        with st.container(border=True, key=f"part-line-{place}", gap="small"):
            _line(now, form, place, line, (sources, name))
    if count < MOST_PARTS and not form.disabled:
        st.button(_say(now, "more"), key="more-parts", on_click=_more, args=(now, count))
    form.problem("parts")


def _count(now: Visit, lines: Sequence[Line]) -> int:
    wanted = int(st.session_state.get(_key(now), FEWEST))
    return max(len(lines), wanted)


def _key(now: Visit) -> str:
    return f"part-lines-{now.round_id}"


def _more(now: Visit, count: int) -> None:
    st.session_state[_key(now)] = count + 1


def _line(now: Visit, form: Form, place: int, line: Line, among: tuple[list[str], object]) -> None:
    sources, name = among
    assert callable(name)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", wrap=True):
        source = form.pick(
            f"{place}.source", _say(now, "source_label", n=place + 1), sources, line.source, name
        )
        form.text(
            f"{place}.title",
            _say(now, "title_label"),
            line.title,
            placeholder=_say(now, "title_hint"),
            below=False,
        )
        form.text(
            f"{place}.weight",
            _say(now, "weight_label"),
            line.weight,
            placeholder="30%",
            below=False,
            width=110,
        )
    if source in (OUTSIDE, VOTE):
        with st.container(horizontal=True, gap="small", wrap=True):
            form.text(
                f"{place}.maximum", _say(now, "maximum_label"), line.maximum, below=False, width=110
            )
            form.text(f"{place}.step", _say(now, "step_label"), line.step, below=False, width=110)
    if source == VOTE:
        _vote(now, form, place, line)
    for field in ("source", *FIELDS):
        form.problem(f"{place}.{field}")


def _vote(now: Visit, form: Form, place: int, line: Line) -> None:
    """What the audience votes on, how votes become a score, when, and what the hall is shown."""
    form.text(f"{place}.most", _say(now, "most_label"), line.most, below=False, width=110)
    for field, among in PICKED.items():
        form.pick(
            f"{place}.{field}",
            _say(now, f"{field}_label"),
            among,
            getattr(line, field),
            partial(_picked, now, field),
        )


def _picked(now: Visit, field: str, value: str) -> str:
    return _say(now, f"{field}.{value}")


def typed(values: Values, lines: Sequence[Line]) -> tuple[list[TypedPart], list[int]]:
    """The used lines as they are in the fields, and the place of each on the page."""
    parts, places = [], []
    for place in range(MOST_PARTS):
        source = str(values.get(f"{place}.source", UNUSED))
        if source == UNUSED:
            continue
        before = lines[place] if place < len(lines) else Line()
        given = {name: str(values.get(f"{place}.{name}", getattr(before, name))) for name in FIELDS}
        parts.append(TypedPart(source=source, id=before.id, **given))
        places.append(place)
    return parts, places
