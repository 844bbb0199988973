"""评分凭证: a page a judge, each sheet with its total and its code, signed."""

from collections.abc import Mapping

from competition.results.receipts import in_groups
from competition.results.recipe_words import number
from competition.results.tally_sheets import TallySheets
from exports.papers.after import frame_of
from exports.papers.document import Block, Cell, Document, Grid, NewPage, Paragraph, Signatures
from exports.papers.frame import Words, framed


def receipts(
    sheets: TallySheets, codes: Mapping[tuple[str, str], str], rules_code: str, lang: str
) -> Document:
    """Every counted sheet of each judge: entrant, total, the code that looks it up."""
    say = Words("receipts", lang)
    blocks: list[Block] = []
    for judge, seat in sorted(sheets.standings.judges.items(), key=lambda pair: pair[1]):
        own = [
            (one.line, sheet.total)
            for one in sheets.explained
            for sheet in one.sheets
            if sheet.judge == judge
        ]
        if not own:
            continue
        if blocks:
            blocks.append(NewPage(has_titles=True))
        rows = [
            (
                Cell("" if line.number is None else str(line.number)),
                Cell(line.village or line.township),
                Cell(number(total), is_bold=True),
                Cell(in_groups(codes[line.entrant_id, judge])),
            )
            for line, total in own
        ]
        head = say.head("number", "entrant", "total", "code")
        caption = say("judge", seat=f"{seat:02d}", count=len(own))
        blocks += [
            Grid((head, *rows), widths=(1, 3, 1.4, 2.4), size=12, caption=caption),
            Paragraph(say("how")),
            Signatures((say("sign.judge"), say("date"))),
        ]
    return framed(frame_of(sheets, rules_code), "receipts", lang, tuple(blocks))
