"""县市成绩小结: a page a county, its entrants, its criteria beside the field and the selected."""

from collections.abc import Sequence

from competition.results.decision_words import line_name
from competition.results.explaining import Explanation
from competition.results.recipe_words import number
from competition.results.tally_sheets import TallySheets
from exports.papers import learning
from exports.papers.after import frame_of
from exports.papers.document import Block, Cell, Document, Grid, Heading, NewPage, Paragraph
from exports.papers.feedback import signed
from exports.papers.frame import Words, framed


def county_summaries(sheets: TallySheets, rules_code: str, lang: str) -> Document:
    """Of each county: no judge, no remark, no other county's entrant but the selected models."""
    say = Words("county_summary", lang)
    ranked = [one for one in sheets.explained if one.line.official is not None]
    blocks: list[Block] = []
    for county in sorted({one.line.county for one in ranked}):
        if blocks:
            blocks.append(NewPage(has_titles=True))
        blocks += _page(say, ranked, county)
    return framed(frame_of(sheets, rules_code), "county_summary", lang, tuple(blocks))


def _page(say: Words, ranked: Sequence[Explanation], county: str) -> list[Block]:
    own = sorted(
        (one for one in ranked if one.line.county == county), key=lambda one: one.line.rank or 0
    )
    selected = sum(one.line.selected for one in own)
    values = {"county": county, "count": len(own), "selected": selected}
    return [
        Paragraph(say("text", **values)),
        Heading(say("entrants")),
        _entrants(say, own),
        Heading(say("criteria")),
        _criteria(say, ranked, own, county),
        Heading(say("learn")),
        *_learn(say, ranked, own, county),
    ]


def _entrants(say: Words, own: Sequence[Explanation]) -> Grid:
    head = say.head("number", "entrant", "score", "rank", "outcome")
    rows = [
        (
            Cell("" if one.line.number is None else str(one.line.number)),
            Cell(one.line.village or one.line.township),
            Cell("" if one.line.official is None else number(one.line.official)),
            Cell(f"{one.line.rank}{'=' if one.line.tied else ''}"),
            Cell(say("selected" if one.line.selected else "not_selected")),
        )
        for one in own
    ]
    return Grid((head, *rows), widths=(1, 3, 1.4, 1, 1.6), size=12)


def _criteria(
    say: Words, ranked: Sequence[Explanation], own: Sequence[Explanation], county: str
) -> Grid:
    ours, all_ = learning.mean_of(ranked, county), learning.mean_of(ranked, None)
    best = learning.mean_of(ranked, None, selected=True)
    head = say.head("criterion", "maximum", "own", "field", "best", "gap")
    rows = [
        (
            Cell(one.name),
            Cell(number(one.maximum)),
            Cell(f"{ours[one.name]:.2f}"),
            Cell(f"{all_[one.name]:.2f}"),
            Cell(f"{best[one.name]:.2f}" if one.name in best else ""),
            Cell(signed(ours[one.name] - best[one.name]) if one.name in best else ""),
        )
        for one in own[0].criteria
        if one.name in ours
    ]
    aligns = ("left", *["right"] * (len(head) - 1))
    return Grid((head, *rows), widths=(3.6, 1, 1.2, 1.2, 1.2, 1.8), size=11, aligns=aligns)


def _learn(
    say: Words, ranked: Sequence[Explanation], own: Sequence[Explanation], county: str
) -> list[Block]:
    """The criteria furthest behind the selected, each with a plan of theirs to read."""
    ours, best = learning.mean_of(ranked, county), learning.mean_of(ranked, None, selected=True)
    models = learning.models(ranked)
    behind = learning.furthest(own[0].criteria, ours, best)
    if not behind:
        return [Paragraph(say("ahead"))]
    return [
        Paragraph(
            say(
                "model",
                criterion=name,
                points=f"{best[name] - ours[name]:.2f}",
                entrant=f"{line_name(models[name].entrant.line, say.lang)}",
                title=models[name].entrant.line.title,
                mean=f"{models[name].mean:.2f}",
            )
        )
        for name in behind
    ]
