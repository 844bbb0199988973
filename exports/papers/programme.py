"""Papers of the programme: 督办单 to a county, and the weekly report on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.papers.document import Block, Cell, Document, Grid, Paragraph, Signatures
from exports.papers.frame import Frame, Words, framed


@dataclass(frozen=True)
class Letter:
    """What a dispatch says.

    Attributes
    ----------
    villages : tuple of str
        Names with township.
    earlier : tuple of tuple
        Answers that were not taken: day and answer, then day and what was asked instead.
    """

    number: int
    county: str
    reason: str
    villages: tuple[str, ...]
    issued_on: str
    due_on: str
    answer: str
    answered_on: str
    earlier: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Week:
    """What a weekly report says: lines of figures, counties behind, late work, what comes."""

    day: str
    before: str
    claim: str
    figures: tuple[tuple[str, ...], ...]
    counties: tuple[tuple[str, ...], ...]
    coming: tuple[str, ...]
    late: tuple[str, ...] = ()


def dispatch_letter(frame: Frame, letter: Letter, lang: str) -> Document:
    """A dispatch: what is urged, which villages, until when; room for the answer."""
    say = Words("dispatch", lang)
    blocks: list[Block] = [
        Paragraph(say("number", number=letter.number), align="center", is_italic_face=True),
        Paragraph(say("to", county=letter.county)),
        Paragraph(letter.reason),
    ]
    if letter.villages:
        names = say("between").join(letter.villages)
        blocks.append(Paragraph(names, lead=say("villages", count=len(letter.villages))))
    for answered_on, answer, asked_on, asked in letter.earlier:
        blocks.append(Paragraph(answer, lead=say("answered", day=answered_on)))
        blocks.append(Paragraph(asked, lead=say("asked", day=asked_on)))
    blocks.append(Paragraph(say("until", day=letter.due_on)))
    blocks.append(Paragraph(letter.answer or say("blank"), lead=say("answer")))
    if letter.answered_on:
        blocks.append(Paragraph(letter.answered_on, align="right"))
    blocks.append(Signatures((say("office"), say("county"))))
    blocks.append(Paragraph(letter.issued_on, align="right"))
    return framed(frame, "dispatch", lang, tuple(blocks), titles=(say("title"),))


def weekly_report(frame: Frame, week: Week, lang: str) -> Document:
    """One page: the finding, the figures of the week, counties behind, what comes next."""
    say = Words("weekly", lang)
    blocks: list[Block] = [
        Paragraph(say("spell", before=week.before, day=week.day), align="center"),
        Paragraph(week.claim),
        _grid(say.head("figure", "now", "share", "change", "source"), week.figures, 2.2),
    ]
    if week.counties:
        heads = say.head("county", "step", "villages", "due", "late")
        blocks.append(Paragraph(say("behind")))
        blocks.append(_grid(heads, week.counties, 1.6))
    else:
        blocks.append(Paragraph(say("none_late")))
    if week.late:
        blocks.append(Paragraph(say("between").join(week.late), lead=say("work_late")))
    if week.coming:
        blocks.append(Paragraph(say("between").join(week.coming), lead=say("next")))
    return framed(frame, "weekly", lang, tuple(blocks), titles=(say("title"),))


def _grid(head: tuple[Cell, ...], rows: Sequence[tuple[str, ...]], first: float) -> Grid:
    lines = [tuple(Cell(text) for text in row) for row in rows]
    widths = (first, *[1.0] * (len(head) - 2), 1.4)
    aligns = ("left", *["right"] * (len(head) - 1))
    return Grid((head, *lines), widths=widths, size=10, aligns=aligns)
