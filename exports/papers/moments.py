"""The papers of opening and closing: each with the head that a later change would not fit."""

from dataclasses import replace

from competition.results.moments import Moment
from competition.times import local
from exports.papers.document import Cell, Document, Grid, Paragraph, Signatures
from exports.papers.frame import Frame, Words, framed, in_groups

STATES = ("in", "recused", "absent", "withdrawn")
SIGN = ("supervisor", "chair", "scorekeeper", "organizer")


def opening_paper(frame: Frame, moment: Moment, timezone: str, lang: str) -> Document:
    """开评确认单: the rules' code, the head before the first mark, the list as it was fixed."""
    say = Words("opening", lang)
    head = say.head("number", "county", "township", "village")
    rows = [
        (
            Cell(str(one["number"] or "")),
            *(Cell(one[name]) for name in ("county", "township", "village")),
        )
        for one in moment.entrants
    ]
    blocks = (
        Paragraph(
            say(
                "text",
                at=_clock(moment, timezone),
                entrants=len(moment.entrants),
                judges=len(moment.sheets),
            )
        ),
        Paragraph(say("rules", sha256=in_groups(moment.rules_hash))),
        Paragraph(say("keep")),
        Grid((head, *rows), widths=(1, 2.4, 3, 3), size=12),
        Signatures(tuple(say(f"sign.{who}") for who in SIGN)),
    )
    return framed(replace(frame, head=moment.head), "opening", lang, blocks)


def closing_paper(frame: Frame, moment: Moment, timezone: str, lang: str) -> Document:
    """收表确认单: the closing head and how many sheets came from each judge."""
    say = Words("closing", lang)
    head = say.head("seat", *STATES)
    rows = [
        (Cell(f"{seat:02d}"), *(Cell(str(counts[state])) for state in STATES))
        for seat, counts in sorted(moment.sheets.items())
    ]
    sums = [sum(counts[state] for counts in moment.sheets.values()) for state in STATES]
    total = (Cell(say("all"), is_bold=True), *(Cell(str(n), is_bold=True) for n in sums))
    blocks = (
        Paragraph(say("text", at=_clock(moment, timezone), sheets=sums[0])),
        Paragraph(say("keep")),
        Grid((head, *rows, total), widths=(1.4, 1, 1, 1, 1), size=12),
        Signatures(tuple(say(f"sign.{who}") for who in SIGN)),
    )
    return framed(replace(frame, head=moment.head), "closing", lang, blocks)


def _clock(moment: Moment, timezone: str) -> str:
    return f"{local(moment.at, timezone):%Y-%m-%d %H:%M:%S}"
