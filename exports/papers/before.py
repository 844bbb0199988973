"""Papers of the days before: 抽签记录表, 回避登记表, 评分表 to be filled in by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from competition import fields
from competition.rounds.readiness import Recusal
from exports.papers.document import (
    Block,
    Cell,
    Document,
    Grid,
    NewPage,
    Paragraph,
    Signatures,
)
from exports.papers.frame import Frame, Words, framed, in_groups
from words import t

Entrants = Sequence[Mapping[str, Any]]
Criteria = Sequence[Mapping[str, Any]]
BLANK = Cell("")
ROW, SHEET_ROW = 9.0, 8.0
"""Heights of a row to write in, in millimetres."""


def draw_record(
    frame: Frame, entrants: Entrants, draw: Mapping[str, Any] | None, lang: str
) -> Document:
    """抽签记录表: who drew which number, each signed for.

    Parameters
    ----------
    entrants
        With ``number`` (None before the draw), county, township, village, title.
    draw
        The sealed draw: ``seed_hash, sealed_at, seed, drawn_at``; None for one by hand.
    """
    say = Words("draw_record", lang)
    listed = sorted(entrants, key=lambda one: (one["number"] is None, one["number"] or one["code"]))
    head = say.head("at", "county", "township", "village", "number", "signature")
    rows = [
        (
            Cell(str(at)),
            Cell(one["county"]),
            Cell(one["township"]),
            Cell(one["village"]),
            Cell("" if one["number"] is None else str(one["number"])),
            BLANK,
        )
        for at, one in enumerate(listed, start=1)
    ]
    how = say("by_hand")
    if draw is not None:
        how = say("sealed", hash=in_groups(draw["seed_hash"]), seed=draw["seed"] or say("unopened"))
    blocks: tuple[Block, ...] = (
        Paragraph(how),
        Grid((head, *rows), widths=(0.8, 2.4, 2.4, 2.2, 1.3, 2.5), row_height=ROW, size=12),
        Signatures((say("sign.drawer"), say("sign.supervisor"), say("sign.recorder"), say("date"))),
    )
    return framed(frame, "draw_record", lang, blocks)


def recusal_register(frame: Frame, level: str, recusals: Sequence[Recusal], lang: str) -> Document:
    """回避登记表: every recusal with its cause, signed by its judge, and blank lines for more.

    Parameters
    ----------
    level
        The recusal level of the round's rules.
    """
    say = Words("recusals", lang)
    head = say.head("seat", "judge", "number", "village", "cause", "signature")
    ordered = sorted(recusals, key=lambda one: (one.seat["number"], one.entrant["number"] or 0))
    rows = [
        (
            Cell(f"{one.seat['number']:02d}"),
            Cell(one.seat["name"]),
            Cell("" if one.entrant["number"] is None else str(one.entrant["number"])),
            Cell(one.entrant["village"] or one.entrant["township"]),
            Cell(_cause(one, say)),
            BLANK,
        )
        for one in ordered
    ]
    blank = (BLANK,) * len(head)
    blocks: tuple[Block, ...] = (
        Paragraph(say("rule", level=t(f"organizers.rules.recusal.{level}.text", lang))),
        Grid(
            (head, *rows, *[blank] * 3),
            widths=(1.1, 1.6, 1.1, 2.1, 3, 1.9),
            row_height=ROW,
            size=12,
        ),
        Signatures((say("sign.chair"), say("sign.supervisor"))),
    )
    return framed(frame, "recusals", lang, blocks)


def _cause(one: Recusal, say: Words) -> str:
    """The reason as it was declared; else what judge and entrant have in common."""
    if one.cause == "declared" and one.reason:
        return one.reason
    cause = t(f"organizers.panel.cause.{one.cause}", say.lang)
    return say("because", cause=cause, reason=one.reason) if one.reason else cause


def score_sheets(
    frame: Frame,
    criteria: Criteria,
    seats: Sequence[int],
    entrants: Mapping[int, Entrants],
    lang: str,
) -> Document:
    """评分表 to be filled in by hand, a page a judge; one blank page where no seat is given.

    Parameters
    ----------
    seats
        The judges' seat numbers.
    entrants
        Seat number to the entrants that its judge marks, in the order of their numbers.
    """
    say = Words("score_sheet", lang)
    blocks: list[Block] = []
    for seat in seats or (0,):
        if blocks:
            blocks.append(NewPage(has_titles=True))
        marked = entrants.get(seat, ()) if seat else ({"number": "", "village": ""},) * 8
        judge = say("judge", seat=f"{seat:02d}") if seat else say("judge_blank")
        blocks += [
            _sheet(say, criteria, marked, judge),
            Paragraph(say("hint")),
            Signatures((say("sign.judge"), say("date"))),
        ]
    return framed(frame, "score_sheet", lang, tuple(blocks), is_landscape=True)


def _sheet(say: Words, criteria: Criteria, entrants: Entrants, judge: str) -> Grid:
    heads = (
        Cell(say("column.number"), is_bold=True),
        Cell(say("column.village"), is_bold=True),
        *(
            Cell(f"{one['name']}\n{fields.decimal_text(one['maximum'])}", is_bold=True)
            for one in criteria
        ),
        Cell(say("column.total"), is_bold=True),
        Cell(say("column.remark"), is_bold=True),
    )
    rows = [
        (
            Cell(str(one["number"] or "")),
            Cell(str(one["village"] or one.get("township", ""))),
            *[BLANK] * (len(criteria) + 2),
        )
        for one in entrants
    ]
    widths = (1, 2.2, *[1.6] * len(criteria), 1.2, 2.2)
    return Grid((heads, *rows), widths=widths, size=10.5, row_height=SHEET_ROW, caption=judge)


def reading_lists(frame: Frame, orders: Mapping[int, Entrants], lang: str) -> Document:
    """评委阅评清单: a page a judge, the entrants in the order to read them.

    Parameters
    ----------
    orders
        Seat number to its judge's entrants, in the order to read them.
    """
    say = Words("reading_list", lang)
    blocks: list[Block] = []
    for seat, own in orders.items():
        if blocks:
            blocks.append(NewPage(has_titles=True))
        head = say.head("at", "number", "county", "township", "village", "title")
        rows = [
            (
                Cell(str(at)),
                Cell("" if one["number"] is None else str(one["number"])),
                *(Cell(one[name]) for name in ("county", "township", "village", "title")),
            )
            for at, one in enumerate(own, start=1)
        ]
        blocks.append(
            Grid(
                (head, *rows),
                widths=(0.7, 0.7, 2.3, 2.3, 1.7, 4.3),
                size=11,
                aligns=("center", "center", "center", "center", "center", "left"),
                caption=say("judge", seat=f"{seat:02d}", count=len(own)),
            )
        )
    return framed(frame, "reading_list", lang, tuple(blocks))
