"""Papers for the host: 串词 in running order, and 唱分条, a strip for each score to be read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from competition.shapes import Place
from competition.stage.host import HostScript
from competition.stage.reading_lines import reading_lines
from competition.stage.spoken import in_brackets
from exports.papers.document import Block, Cell, Document, Grid, Heading, Paragraph
from exports.papers.frame import Frame, Words, framed
from words import t

ROW = 9.0


def host_script(
    frame: Frame, script: HostScript, named: Callable[[Place], str], lang: str
) -> Document:
    """串词: every line in the order it is spoken, the reading after each hard character.

    Parameters
    ----------
    named
        An entrant as the heading over its lines names it.
    """
    say = Words("host_script", lang)
    blocks: list[Block] = [Heading(say("opening")), Paragraph(in_brackets(script.opening))]
    for place, lines in script.turns:
        blocks.append(Heading(in_brackets(named(place))))
        blocks += [Paragraph(in_brackets(line)) for line in lines if line]
    blocks += [Heading(say("closing")), Paragraph(in_brackets(script.closing))]
    return framed(frame, "host_script", lang, tuple(blocks))


def reading_strips(
    frame: Frame,
    scores: Sequence[Mapping[str, Any]],
    named: Callable[[Mapping[str, Any]], str],
    lang: str,
) -> Document:
    """唱分条: a strip for each score, every figure in digits and in characters.

    Parameters
    ----------
    scores
        As in `competition.stage.stage_scores`.
    named
        An entrant as the heading over its strip names it.
    """
    say = Words("reading_strips", lang)
    blocks: list[Block] = []
    for score in scores:
        counts = {"counted": score["counted"], "expected": score["expected"]}
        blocks.append(Heading(in_brackets(named(score))))
        blocks.append(_strip(score, say, t("hall.counted", lang, **counts)))
    if not blocks:
        blocks.append(Paragraph(say("none")))
    return framed(frame, "reading_strips", lang, tuple(blocks))


def _strip(score: Mapping[str, Any], say: Words, counted: str) -> Grid:
    lines = reading_lines(score, say.lang)
    rows = [
        (
            Cell(
                say("noted", label=line.label, note=line.note) if line.note else line.label,
                is_bold=line is lines[-1],
            ),
            Cell(line.figure, is_bold=line is lines[-1]),
            Cell(line.spoken, is_bold=line is lines[-1]),
        )
        for line in lines
    ]
    head = say.head("label", "figure", "spoken")
    return Grid(
        (head, *rows), (2.4, 1.6, 3), size=14, row_height=ROW, caption=counted, is_whole=True
    )
