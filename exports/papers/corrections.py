"""Papers that two people sign: a correction, a review, and a tally to fill in by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from competition.corrections.listing import Correction
from competition.corrections.reviews import GROUNDS, Review
from competition.corrections.saying import changes, heading
from competition.times import local
from exports.papers.document import Block, Cell, Document, Grid, NewPage, Paragraph, Signatures
from exports.papers.frame import Frame, Words, framed
from words import t

BLANK = Cell("")
ROW = 12.0
"""Height of a row to write in, in millimetres."""
SPARE = 2
"""Blank lines for entrants that come late to a tally by hand."""


def correction_forms(
    frame: Frame, listed: Sequence[Correction], timezone: str, lang: str
) -> Document:
    """改分申请单: a page a correction, who and why, old and new, two signatures; one blank."""
    say = Words("correction_form", lang)
    blocks: list[Block] = []
    for one in listed:
        facts = {
            "kind": t(f"correction.kind.{one.kind}", lang),
            "about": heading(one, lang),
            "by": f"{one.asked_by} {_time(one.asked_at, timezone)}",
            "reason": one.reason,
            "state": _state(one, timezone, lang),
        }
        blocks += _form(say, facts, changes(one, lang))
    blocks += _form(say, {}, [("", "", "")] * 3)
    return framed(frame, "correction_form", lang, tuple(blocks[:-1]))


def _form(
    say: Words, facts: Mapping[str, str], changed: Sequence[tuple[str, str, str]]
) -> list[Block]:
    names = ("kind", "about", "by", "reason", "state")
    rows = [(Cell(say(name), is_bold=True), Cell(facts.get(name, ""))) for name in names]
    head = say.head("what", "old", "new")
    lines = [(Cell(name), Cell(old, is_struck=bool(old)), Cell(new)) for name, old, new in changed]
    return [
        Grid(tuple(rows), (1.4, 4), 0, row_height=ROW, aligns=("center", "left")),
        Paragraph(""),
        Grid((head, *lines), widths=(2, 2, 2), row_height=ROW),
        Paragraph(say("rule")),
        Signatures((say("sign.asks"), say("sign.confirms"), say("date"), say("date"))),
        NewPage(has_titles=True),
    ]


def _state(one: Correction, timezone: str, lang: str) -> str:
    state = t(f"correction.state.{one.state}", lang)
    parts = [state, one.answered_by, _time(one.answered_at, timezone), one.answer]
    return " ".join(filter(None, parts))


def _time(stamp: str, timezone: str) -> str:
    return local(stamp, timezone).strftime("%Y-%m-%d %H:%M") if stamp else ""


def review_forms(frame: Frame, listed: Sequence[Review], timezone: str, lang: str) -> Document:
    """现场复核单: a page a review, what was asked and what was found; one blank."""
    say = Words("review_form", lang)
    grounds = "\u3000".join(f"□ {t(f'organizers.reviews.ground.{g}', lang)}" for g in GROUNDS)
    blocks: list[Block] = []
    for one in listed:
        place = one.entrant
        number = t("list.number", lang, number=place["number"])
        finding = t(f"organizers.reviews.finding.{one.finding}", lang) if one.finding else ""
        blocks += _review(
            say,
            {
                "about": f"{number} {place['village'] or place['township']} {place['county']}",
                "by": f"{one.asked_by} {_time(one.entered_at, timezone)}",
                "since": f"{_time(one.since, timezone)} – {_time(one.until, timezone)}",
                "ground": t(f"organizers.reviews.ground.{one.ground}", lang),
                "claim": one.claim,
                "finding": " ".join(filter(None, [finding, one.answer])),
            },
        )
    blocks += _review(say, {"ground": grounds})
    return framed(frame, "review_form", lang, tuple(blocks[:-1]))


def _review(say: Words, facts: Mapping[str, str]) -> list[Block]:
    names = ("about", "by", "since", "ground", "claim", "finding")
    rows = [(Cell(say(name), is_bold=True), Cell(facts.get(name, ""))) for name in names]
    return [
        Grid(tuple(rows), (1.4, 4), 0, row_height=15, aligns=("center", "left")),
        Paragraph(say("rule")),
        Signatures(
            (say("sign.asks"), say("sign.scorekeeper"), say("sign.supervisor"), say("sign.chair"))
        ),
        NewPage(has_titles=True),
    ]


def hand_tally(
    frame: Frame, entrants: Sequence[Mapping[str, Any]], seats: Sequence[int], lang: str
) -> Document:
    """统分表 to fill in by hand when the system is gone: rows entrants, columns judges."""
    say = Words("hand_tally", lang)
    head = (
        *say.head("number", "village"),
        *(Cell(f"{seat:02d}", is_bold=True) for seat in seats),
        *say.head("sum", "used", "deduction", "final", "rank"),
    )
    ordered = sorted(entrants, key=lambda one: (one["number"] is None, one["number"] or 0))
    rows = [
        (
            Cell("" if one["number"] is None else str(one["number"])),
            Cell(str(one["village"] or one["township"])),
            *[BLANK] * (len(seats) + 5),
        )
        for one in ordered
    ]
    widths = (1.2, 2, *[1.0] * len(seats), 1.4, 1.2, 1.0, 1.4, 1.1)
    signs = ("scorekeeper", "checker", "supervisor", "chair")
    blocks: tuple[Block, ...] = (
        Paragraph(say("unverified"), align="center"),
        Grid(
            (head, *rows, *[(BLANK,) * len(head)] * SPARE), widths=widths, size=10.5, row_height=8
        ),
        Paragraph(say("how")),
        Signatures(tuple(say(f"sign.{name}") for name in signs)),
    )
    return framed(frame, "hand_tally", lang, blocks, is_landscape=True)
