"""成绩反馈单: each criterion beside the field and the selected, remarks without names."""

from collections.abc import Mapping, Sequence

from competition.results.decision_words import line_name
from competition.results.explaining import Explanation
from competition.results.recipe_words import MINUS, number
from competition.results.strengths import CriterionStanding, strongest, weakest
from competition.results.tally_sheets import TallySheets
from exports.papers import learning
from exports.papers.after import frame_of
from exports.papers.document import Block, Cell, Document, Grid, Heading, NewPage, Paragraph
from exports.papers.frame import Words, framed
from exports.papers.learning import Model

Remarks = Mapping[tuple[str, str], str]
"""Entrant's and judge's id to the judge's remark."""


def feedback_sheets(
    sheets: TallySheets, remarks: Remarks, rules_code: str, lang: str, *, county: str = ""
) -> Document:
    """A page for each entrant of a county, or of all; no judge is named or numbered."""
    say = Words("feedback", lang)
    selected = learning.mean_of(sheets.explained, None, selected=True)
    models = learning.models(sheets.explained)
    blocks: list[Block] = []
    for one in sheets.explained:
        if one.line.official is None or county not in ("", one.line.county):
            continue
        if blocks:
            blocks.append(NewPage(has_titles=True))
        blocks += _page(say, one, selected, _of_entrant(remarks, one))
        blocks += _next(say, one, selected, models, has_remarks=bool(_of_entrant(remarks, one)))
    return framed(frame_of(sheets, rules_code), "feedback", lang, tuple(blocks))


def _page(
    say: Words, one: Explanation, selected: Mapping[str, float], remarks: Sequence[str]
) -> list[Block]:
    line = one.line
    rank = say("rank_tied" if line.tied else "rank", rank=line.rank)
    score = number(line.official) if line.official is not None else ""
    values = {"score": score, "rank": rank, "counted": line.counted, "expected": line.expected}
    head = say.head("criterion", "maximum", "own", "field", "selected", "gap")
    rows = [_row(criterion, selected) for criterion in one.criteria]
    aligns = ("left", *["right"] * (len(head) - 1))
    blocks: list[Block] = [
        Paragraph(f"{line_name(line, say.lang)} {line.title}", lead=say("entrant")),
        Paragraph(say("result", **values)),
        Heading(say("criteria")),
        Grid((head, *rows), widths=(3.6, 1, 1.2, 1.2, 1.2, 1.8), size=11, aligns=aligns),
        Heading(say("strong_weak")),
        *[Paragraph(_told(say, "strong", criterion)) for criterion in strongest(one.criteria)],
        *[Paragraph(_told(say, "weak", criterion)) for criterion in weakest(one.criteria)],
    ]
    if remarks:
        blocks += [Heading(say("remarks")), *[Paragraph(text, lead="·") for text in remarks]]
    return blocks


def _row(criterion: CriterionStanding, selected: Mapping[str, float]) -> tuple[Cell, ...]:
    best = selected.get(criterion.name)
    return (
        Cell(criterion.name),
        Cell(number(criterion.maximum)),
        Cell(f"{criterion.mean:.2f}"),
        Cell(f"{criterion.field:.2f}"),
        Cell("" if best is None else f"{best:.2f}"),
        Cell("" if best is None else signed(criterion.mean - best)),
    )


def signed(value: float) -> str:
    """A difference as it is printed: with its sign, and none for what rounds to zero."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", MINUS)


def _told(say: Words, key: str, criterion: CriterionStanding) -> str:
    gap = criterion.mean - criterion.field
    values = {"criterion": criterion.name, "mean": f"{criterion.mean:.2f}"}
    return say(f"{key}_{side_of(criterion)}", points=f"{abs(gap):.2f}", **values)


def side_of(criterion: CriterionStanding) -> str:
    """Whether a mean, as printed, is above the field's, below it or level with it."""
    gap = criterion.mean - criterion.field
    if signed(gap) == "0.00":
        return "level"
    return "above" if gap > 0 else "below"


def _next(
    say: Words,
    one: Explanation,
    selected: Mapping[str, float],
    models: Mapping[str, Model],
    *,
    has_remarks: bool,
) -> list[Block]:
    """What to do: each weak criterion with a selected plan; who and when is written in."""
    own = {criterion.name: criterion.mean for criterion in one.criteria}
    behind = learning.furthest(one.criteria, own, dict(selected))
    wanted = [name for name in behind if models[name].entrant is not one]
    if not wanted:
        return []
    rows = [
        (
            Cell(name),
            Cell(say("read", entrant=line_name(models[name].entrant.line, say.lang))),
            Cell(""),
        )
        for name in wanted
    ]
    heading = say("next") if has_remarks else say("next_third")
    aligns = ("left", "left", "left")
    head = say.head("criterion", "what", "who")
    return [
        Heading(heading),
        Grid((head, *rows), widths=(2.4, 4, 2.2), size=11, aligns=aligns, row_height=8),
    ]


def _of_entrant(remarks: Remarks, one: Explanation) -> list[str]:
    """Texts in an order that says nothing of their judges."""
    return sorted(text for (entrant, _), text in remarks.items() if entrant == one.line.entrant_id)
