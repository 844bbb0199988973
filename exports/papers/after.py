"""Papers of the result: 统分表, 评委评分汇总表, 公示, 通报."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from competition.invented import invented
from competition.results.awards import AwardList, Winner, winner_of
from competition.results.explaining import Explanation, SheetMarks
from competition.results.recipe_words import number
from competition.results.standing_lines import CertifiedLine
from competition.results.tally_sheets import TallySheets
from competition.saying import listed
from competition.times import local
from exports.papers.document import Block, Cell, Document, Grid, Heading, NewPage, Paragraph
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


def public_notice(awards: AwardList, lang: str) -> Document:
    """公示: the selected, in an order that says nothing, with how to object.

    The days of the notice, contact and office stand as blanks: the host fills them in.
    """
    say = Words("notice", lang)
    values = {
        "competition": awards.competition,
        "round": awards.round,
        "count": len(awards.winners),
    }
    blocks: tuple[Block, ...] = (
        Paragraph(""),
        Paragraph(say("text", **values)),
        Paragraph(say("period")),
        Paragraph(say("contact")),
        Heading(say(f"list_{_stage(awards)}")),
        _winners(say, sorted(awards.winners, key=lambda one: one.code)),
        Paragraph(say("order")),
        *_closing(say),
    )
    return framed(_frame(awards), "notice", lang, blocks)


def commendation(awards: AwardList, lang: str) -> Document:
    """通报: the decision's text with blanks for what only the host knows, the list as its annex."""
    say = Words("commendation", lang)
    at = local(awards.at, awards.timezone)
    values = {
        "competition": awards.competition,
        "round": awards.round,
        "count": len(awards.winners),
        "version": awards.version,
        "at": f"{at:%Y-%m-%d}",
    }
    blocks: tuple[Block, ...] = (
        Paragraph(""),
        Paragraph(say("addressed"), align="left"),
        Paragraph(say("text", **values)),
        Paragraph(say("hope")),
        Paragraph(""),
        Paragraph(say("annex_line")),
        *_closing(say),
        NewPage(),
        Heading(say("annex")),
        Paragraph(say(f"list_{_stage(awards)}"), align="center"),
        *_prizes(say, awards),
    )
    return framed(_frame(awards), "commendation", lang, blocks)


def _prizes(say: Words, awards: AwardList) -> Iterator[Block]:
    """Each prize with those who get it, counties as one line; the undivided list as one table."""
    by_id = {one.entrant_id: one for one in awards.winners}
    for group in awards.groups:
        if group.name:
            count = say("prize", name=group.name, count=len(group.members))
            yield Paragraph(count, align="center")
        if group.kind == "organizing":
            counties = [one.county for one in group.members]
            yield Paragraph(listed(counties, say.lang), align="center")
            continue
        lines = [one.line for one in group.members if one.line is not None]
        yield _winners(say, [by_id.get(one["entrant_id"]) or _other(awards, one) for one in lines])
    if any(group.unordered for group in awards.groups):
        yield Paragraph(say("unordered"))


def _other(awards: AwardList, line: CertifiedLine) -> Winner:
    """An entrant with a single prize that is not among the selected."""
    return winner_of(line, awards.presenters[line["entrant_id"]])


def _closing(say: Words) -> tuple[Paragraph, ...]:
    """Office and date: the date four characters from the right, the office over its middle."""
    return (
        Paragraph(""),
        Paragraph(say("office"), align="right", space=2),
        Paragraph(say("day"), align="right", space=4),
    )


def _stage(awards: AwardList) -> str:
    return "final" if awards.stage == "final" else "advancing"


def _frame(awards: AwardList) -> Frame:
    return Frame(
        competition=awards.competition,
        round_title=awards.round,
        code=awards.sha256[:SHORT],
        invented=awards.invented,
        version=awards.version,
        head=awards.head,
    )


def _winners(say: Words, winners: Sequence[Winner]) -> Grid:
    columns = ("at", "county", "township", "village", "title", "presenter")
    head = Words("winners", say.lang).head(*columns)
    rows = [
        (
            Cell(str(at)),
            Cell(one.county),
            Cell(one.township),
            Cell(one.village),
            Cell(one.title),
            Cell(one.presenter),
        )
        for at, one in enumerate(winners, start=1)
    ]
    aligns = ("center", "center", "center", "center", "left", "center")
    return Grid((head, *rows), widths=(0.7, 1.6, 2, 1.9, 3.7, 1.9), size=12, aligns=aligns)
