"""成绩反馈单: a page an entrant; criteria beside field and selected, remarks, what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from competition.results.decision_words import line_name
from competition.results.explaining import Explanation
from competition.results.recipe_words import MINUS, number
from competition.results.strengths import CriterionStanding, strongest, weakest
from competition.results.tally_sheets import TallySheets
from exports.papers import learning
from exports.papers.after import frame_of
from exports.papers.document import (
    Block,
    Cell,
    Document,
    Dots,
    Grid,
    Heading,
    NewPage,
    Paragraph,
)
from exports.papers.frame import Words, framed
from exports.papers.learning import Model
from exports.papers.remarks import Remark, Room, in_room, merged, shortened, wide

Remarks = Mapping[tuple[str, str], str]
"""Entrant's and judge's id to the judge's remark."""
LINES, PLAIN = 10, 6
"""Lines of remarks that the page holds beside a rubric of so many criteria with short names."""
SIZE = 10.5
NAME = {"zh": 22, "en": 30}
"""Half-width characters of a criterion's name that stand on one line."""
TITLE = 56


@dataclass(frozen=True)
class Field:
    """The others: bars by criterion, means, and where the axis begins."""

    low: Mapping[str, float]
    high: Mapping[str, float]
    selected: Mapping[str, float]
    models: Mapping[str, Model]
    begins: float
    scores: Sequence[float]
    best: Sequence[float]

    def at(self, value: float, criterion: CriterionStanding) -> float:
        """Where a mean mark stands on the axis, from 0 to 1."""
        share = value / float(criterion.maximum)
        return min(1.0, max(0.0, (share - self.begins) / (1 - self.begins)))


def feedback_sheets(
    sheets: TallySheets, remarks: Remarks, rules_code: str, lang: str, *, county: str = ""
) -> Document:
    """A page for each entrant of a county, or of all; no judge is named or numbered.

    Remarks without room stand whole on an annex behind the entrant's page.
    """
    say, frame = Words("feedback", lang), frame_of(sheets, rules_code)
    field = _field(sheets.explained)
    about = [frame.competition, frame.round_title]
    if frame.version is not None:
        about.append(say("version", version=frame.version))
    blocks: list[Block] = []
    for one in sheets.explained:
        if one.line.official is None or county not in ("", one.line.county):
            continue
        if blocks:
            blocks.append(NewPage(has_titles=True))
        blocks.append(Paragraph("\N{IDEOGRAPHIC SPACE}".join(about), align="center"))
        said = merged(text for (entrant, _), text in remarks.items() if entrant == _id(one))
        blocks += _page(say, one, field, in_room(said, _lines(one, lang)))
    return framed(
        frame,
        "feedback",
        lang,
        tuple(blocks),
        foot=(say("only"),),
        is_compact=True,
        titles=(say("title"),),
    )


def _id(one: Explanation) -> str:
    return one.line.entrant_id


def _lines(one: Explanation, lang: str) -> int:
    """Lines that the page has for remarks: fewer beside many criteria or long names."""
    extra = sum(1 + (wide(c.name) > NAME[lang]) for c in one.criteria) - PLAIN
    return max(2, LINES - max(0, extra) * 5 // 3 - 2 * (lang == "en"))


def _field(explained: Sequence[Explanation]) -> Field:
    ranked = [one for one in explained if one.line.official is not None]
    marks: dict[str, list[float]] = {}
    shares = []
    for one in ranked:
        for criterion in one.criteria:
            marks.setdefault(criterion.name, []).append(criterion.mean)
            shares.append(criterion.mean / float(criterion.maximum))
    scores = [(float(one.line.official or "nan"), one.line.selected) for one in ranked]
    return Field(
        low={name: min(values) for name, values in marks.items()},
        high={name: max(values) for name, values in marks.items()},
        selected=learning.mean_of(explained, None, selected=True),
        models=learning.models(explained),
        begins=max(0.0, min(0.9, floor(min(shares, default=0.0) * 10) / 10)),
        scores=[score for score, _ in scores],
        best=[score for score, selected in scores if selected],
    )


def _page(say: Words, one: Explanation, field: Field, room: Room) -> list[Block]:
    strong, weak = strongest(one.criteria), weakest(one.criteria)
    count = max(len(strong), len(weak))
    both = tuple(
        (_said(say, "strong", at, strong), _said(say, "weak", at, weak)) for at in range(count)
    )
    scale = {"begins": f"{field.begins:.0%}", "count": len(field.best)}
    blocks: list[Block] = [
        _facts(say, one),
        Heading(say("criteria")),
        _criteria(say, one, field),
        Paragraph(say("legend", **scale), align="left"),
    ]
    if both:
        rows = (say.head("strong", "weak"), *both)
        blocks.append(Heading(say("strong_weak")))
        blocks.append(Grid(rows, widths=(1, 1), size=SIZE, aligns=("left", "left"), row_height=7))
    if room.shown or room.left:
        blocks += [Heading(say("remarks")), *[_remark(say, remark) for remark in room.shown]]
    if room.annex:
        blocks.append(Paragraph(say("more", count=room.left) if room.left else say("whole")))
    blocks += _next(say, one, field, has_remarks=bool(room.shown or room.left))
    if room.annex:
        title = f"{say('annex')}\N{IDEOGRAPHIC SPACE}{line_name(one.line, say.lang)}"
        blocks += [NewPage(), Heading(title), *[_remark(say, remark) for remark in room.annex]]
    return blocks


def _remark(say: Words, one: Remark) -> Paragraph:
    several = say("several", count=one.judges) if one.judges > 1 else ""
    return Paragraph(f"· {one.text}{several}", align="left")


def _facts(say: Words, one: Explanation) -> Grid:
    """Who, where, by whom presented; number, judges and result."""
    line = one.line
    place = "".join((line.county, line.township, line.village))
    rank = say("rank_tied" if line.tied else "rank", rank=line.rank)
    score = number(line.official) if line.official is not None else ""
    stage = "" if line.number is None else say("number", number=line.number)
    rows = (
        ("entrant", shortened(line.title or place, TITLE), "stage", stage),
        ("place", f"{place}\N{IDEOGRAPHIC SPACE}{line.code}", "judges", _counted(one)),
        ("presenter", shortened(line.presenter, TITLE), "score", f"{score}  {rank}"),
    )
    cells = tuple(
        (Cell(say(a), is_bold=True), Cell(b), Cell(say(c), is_bold=True), Cell(d))
        for a, b, c, d in rows
    )
    aligns = ("center", "left", "center", "left")
    return Grid(
        cells, widths=(1.4, 4.6, 1.4, 2.6), head_rows=0, size=SIZE, aligns=aligns, row_height=7.5
    )


def _counted(one: Explanation) -> str:
    return f"{one.line.counted}/{one.line.expected}"


def _criteria(say: Words, one: Explanation, field: Field) -> Grid:
    head = say.head("criterion", "maximum", "own", "chart", "field", "selected", "gap")
    rows = [_row(criterion, field) for criterion in one.criteria]
    aligns = ("left", "right", "right", "center", "right", "right", "right")
    last = _sum(say, one, field)
    return Grid(
        (head, *rows, last),
        widths=(3.6, 1, 1.2, 3.9, 1.2, 1.2, 1.4),
        size=SIZE,
        aligns=aligns,
        row_height=7.5,
    )


def _row(criterion: CriterionStanding, field: Field) -> tuple[Cell, ...]:
    best = field.selected.get(criterion.name)
    dots = Dots(
        low=field.at(field.low[criterion.name], criterion),
        high=field.at(field.high[criterion.name], criterion),
        mean=field.at(criterion.field, criterion),
        own=field.at(criterion.mean, criterion),
        best=None if best is None else field.at(best, criterion),
    )
    return (
        Cell(criterion.name),
        Cell(number(criterion.maximum)),
        Cell(f"{criterion.mean:.2f}", is_bold=True),
        Cell("", dots=dots),
        Cell(f"{criterion.field:.2f}"),
        Cell("" if best is None else f"{best:.2f}"),
        Cell("" if best is None else signed(criterion.mean - best)),
    )


def _sum(say: Words, one: Explanation, field: Field) -> tuple[Cell, ...]:
    """The official score beside the means of the field's and the selected's."""
    own = float(one.line.official or "nan")
    mean = sum(field.scores) / len(field.scores)
    best = sum(field.best) / len(field.best) if field.best else None
    return (
        Cell(say("official"), is_bold=True),
        Cell(""),
        Cell("" if one.line.official is None else number(one.line.official), is_bold=True),
        Cell(say("of", rank=one.line.rank, count=len(field.scores))),
        Cell(f"{mean:.2f}"),
        Cell("" if best is None else f"{best:.2f}"),
        Cell("" if best is None else signed(own - best)),
    )


def signed(value: float) -> str:
    """A difference as it is printed: with its sign, and none for what rounds to zero."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", MINUS)


def _said(say: Words, key: str, at: int, criteria: Sequence[CriterionStanding]) -> Cell:
    """A strength or a weakness in a sentence; nothing where there are fewer."""
    if at >= len(criteria):
        return Cell("")
    criterion = criteria[at]
    gap = criterion.mean - criterion.field
    values = {"criterion": criterion.name, "mean": f"{criterion.mean:.2f}"}
    return Cell(say(f"{key}_{side_of(criterion)}", points=f"{abs(gap):.2f}", **values))


def side_of(criterion: CriterionStanding) -> str:
    """Whether a mean, as printed, is above the field's, below it or level with it."""
    gap = criterion.mean - criterion.field
    if signed(gap) == "0.00":
        return "level"
    return "above" if gap > 0 else "below"


def _next(say: Words, one: Explanation, field: Field, *, has_remarks: bool) -> list[Block]:
    """What to do: each weak criterion with a selected plan; who and when is written in."""
    own = {criterion.name: criterion.mean for criterion in one.criteria}
    behind = learning.furthest(one.criteria, own, dict(field.selected))
    wanted = [name for name in behind if field.models[name].entrant is not one]
    if not wanted:
        return []
    rows = [
        (
            Cell(name),
            Cell(say("read", entrant=line_name(field.models[name].entrant.line, say.lang))),
            Cell(""),
        )
        for name in wanted
    ]
    heading = say("next") if has_remarks else say("next_third")
    aligns = ("left", "left", "left")
    head = say.head("criterion", "what", "who")
    return [
        Heading(heading),
        Grid((head, *rows), widths=(2.6, 4.4, 2.6), size=SIZE, aligns=aligns, row_height=9),
    ]
