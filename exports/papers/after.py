"""Papers of the result: 统分表, 评委评分汇总表."""

from collections.abc import Sequence
from decimal import Decimal

from competition.invented import invented
from competition.results.explained_sheets import SheetMarks
from competition.results.explaining import Explanation
from competition.results.recipe_words import number
from competition.results.tally_sheets import TallySheets
from exports.papers.document import Block, Cell, Document, Grid, NewPage, Paragraph
from exports.papers.document import Signatures as Sign
from exports.papers.frame import Frame, Words, framed
from words import t

SHORT = 12
SIGN_TALLY = ("scorekeeper", "checker", "supervisor", "chair")


def frame_of(sheets: TallySheets, rules_code: str) -> Frame:
    """The round of these sheets: the certificate's code where there is one, else the rules'."""
    result = sheets.standings
    return Frame(
        competition=result.competition["title"],
        round_title=result.round["title"],
        code=sheets.sha256[:SHORT] if sheets.version else rules_code,
        invented=invented(result.competition),
        version=sheets.version,
        head=sheets.head,
    )


def tally_table(sheets: TallySheets, rules_code: str, lang: str) -> Document:
    """统分表: a row an entrant, a column a seat; totals that the rule drops are struck."""
    say = Words("tally", lang)
    seats = sorted(sheets.standings.judges.values())
    head = (
        *say.head("number", "entrant"),
        *(Cell(f"{seat:02d}", is_bold=True) for seat in seats),
        *say.head("time", "mean", "deduction", "score"),
        *say.head("adjusted") * sheets.standings.official_is_adjusted,
        *say.head("rank"),
    )
    rows = [_tally_row(one, seats, sheets, lang) for one in sheets.explained]
    scores = (1.2, *[1.4] * sheets.standings.official_is_adjusted)
    widths = (1.1, 2.3, *[1.05] * len(seats), 1, 1.4, 1, *scores, 1.0)
    blocks: tuple[Block, ...] = (
        Grid((head, *rows), widths=widths, size=10 if len(seats) <= 11 else 8),
        Paragraph(say("struck")),
        *[Paragraph(say("is_adjusted"))] * sheets.standings.official_is_adjusted,
        Sign(tuple(say(f"sign.{who}") for who in SIGN_TALLY)),
    )
    return framed(frame_of(sheets, rules_code), "tally", lang, blocks, is_landscape=True)


def _tally_row(
    one: Explanation, seats: Sequence[int], sheets: TallySheets, lang: str
) -> tuple[Cell, ...]:
    shown, line = one.announced, one.line
    fates = {part.judge: part for part in shown.parts} if shown is not None else {}
    totals = {sheet.seat: sheet for sheet in one.sheets}
    absent = {entry.seat: entry.state for entry in one.uncounted}
    cells = []
    for seat in seats:
        sheet = totals.get(seat)
        if sheet is None:
            cells.append(Cell(_absence(absent[seat], lang) if seat in absent else "—"))
            continue
        part = fates.get(sheet.judge)
        is_out = part is not None and part.value is None
        cells.append(Cell(number(sheet.total), is_struck=is_out))
    used = sheets.seconds_used.get(line.entrant_id)
    scores = [line.announced, *[line.official] * sheets.standings.official_is_adjusted]
    return (
        Cell("" if line.number is None else str(line.number)),
        Cell(line.village or line.township),
        *cells,
        Cell("" if used is None else f"{used // 60}:{used % 60:02d}"),
        Cell(_gross(shown.gross) if shown is not None else ""),
        Cell(number(shown.deduction) if shown is not None and shown.deduction else ""),
        *(Cell(_score(score), is_bold=True) for score in scores),
        Cell("" if line.rank is None else str(line.rank)),
    )


def _absence(state: str, lang: str) -> str:
    """Why a seat has no total, in a word that fits its column."""
    key = f"exports.papers.tally.{state}" if state in ("recused", "absent") else f"state.{state}"
    return t(key, lang)


def _score(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _gross(value: Decimal) -> str:
    return number(round(value, 4))


def judge_summaries(sheets: TallySheets, rules_code: str, lang: str) -> Document:
    """评委评分汇总表: a page a judge, every counted sheet of that judge, signed once."""
    say = Words("summary", lang)
    blocks: list[Block] = []
    for judge, seat in sorted(sheets.standings.judges.items(), key=lambda pair: pair[1]):
        own = [
            (one, sheet) for one in sheets.explained for sheet in one.sheets if sheet.judge == judge
        ]
        if not own:
            continue
        if blocks:
            blocks.append(NewPage(has_titles=True))
        blocks += [
            _summary(say, own, say("judge", seat=f"{seat:02d}", count=len(own))),
            Paragraph(say("statement")),
            Sign((say("sign.judge"), say("date"))),
        ]
    return framed(frame_of(sheets, rules_code), "summary", lang, tuple(blocks), is_landscape=True)


def _summary(say: Words, own: Sequence[tuple[Explanation, SheetMarks]], judge: str) -> Grid:
    rubric = own[0][0].rubric
    head = (
        *say.head("number", "entrant"),
        *(Cell(f"{one.name}\n{number(one.maximum)}", is_bold=True) for one in rubric),
        *say.head("total", "note"),
    )
    rows = [
        (
            Cell("" if one.line.number is None else str(one.line.number)),
            Cell(one.line.village or one.line.township),
            *(Cell(number(mark)) for mark in sheet.marks),
            Cell(number(sheet.total), is_bold=True),
            Cell(t(f"came.{sheet.came}", say.lang) if sheet.came else ""),
        )
        for one, sheet in own
    ]
    widths = (0.9, 2.3, *[1.5] * len(rubric), 1.2, 1.6)
    return Grid((head, *rows), widths=widths, size=10.5, caption=judge)
