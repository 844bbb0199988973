"""Papers of a composite: 评分办法, 综合成绩汇总表, 综合成绩说明."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from competition.invented import invented
from competition.results.composite_explaining import ComposedExplanation, Summary
from competition.results.decision_words import line_name, said
from competition.results.recipe_words import number
from competition.rounds.composite_words import composite_texts
from competition.saying import in_a_row
from competition.shapes import PartRow
from exports.explanation import distance_line
from exports.papers.document import Block, Cell, Document, Grid, Heading, Paragraph, Signatures
from exports.papers.frame import Frame, Words, framed
from exports.papers.scoring_rules import Clauses, RoundFacts, check_code, recheck
from scoring.exact import quantize
from words import t

SHORT = 12
SIGN = ("scorekeeper", "checker", "supervisor", "chair")
EXAMPLE = (Decimal("86.53"), Decimal("91.27"), Decimal("83.75"), Decimal("88.00"))
"""Invented part scores of the worked example, repeated where there are more parts."""
BEFORE, AFTER = (("official",), ("outside",), ("decimals",)), (("top", "quota"), ("keys",))


def frame_of(summary: Summary, rules_code: str) -> Frame:
    """The composite: the certificate's code where there is one, else the rules'."""
    result = summary.standings
    return Frame(
        competition=result.competition["title"],
        round_title=result.round["title"],
        code=summary.sha256[:SHORT] if summary.version else rules_code,
        invented=invented(result.competition),
        version=summary.version,
        head=summary.head,
    )


def composite_table(summary: Summary, rules_code: str, lang: str) -> Document:
    """综合成绩汇总表: a row an entrant; of each part the published score and what it counts."""
    say = Words("composite", lang)
    parts = summary.explained[0].terms if summary.explained else ()
    head = (
        *say.head("rank", "number", "entrant", "county"),
        *(Cell(f"{term.title}\n{term.weight}", is_bold=True) for term in parts),
        *say.head("sum", "official", "note"),
    )
    rows = [_row(one, say) for one in summary.explained]
    widths = (0.8, 0.9, 2.2, 1.8, *[1.5] * len(parts), 1.5, 1.3, 1.4)
    blocks: list[Block] = [
        Grid((head, *rows), widths=widths, size=10.5 if len(parts) <= 5 else 9),
        Paragraph(say("how", decimals=summary.standings.rules.scoring.decimals)),
        *[Paragraph(say("round", **values)) for values in _sources(summary)],
        Paragraph(t("organizers.certify.second_rounds", lang)),
    ]
    if summary.standings.late:
        blocks.append(Paragraph(say("late", reason=summary.standings.late)))
    blocks.append(Signatures(tuple(t(f"exports.papers.tally.sign.{who}", lang) for who in SIGN)))
    frame = frame_of(summary, rules_code)
    return framed(frame, "composite", lang, tuple(blocks), is_landscape=True)


def _sources(summary: Summary) -> list[dict[str, object]]:
    """The certificates of the rounds it is made of."""
    return [
        {"part": part.title, "version": part.version, "sha256": part.sha256[:SHORT]}
        for part in summary.standings.parts
        if part.source_id
    ]


def _row(one: ComposedExplanation, say: Words) -> tuple[Cell, ...]:
    line = one.line
    outcome = "unranked" if line.rank is None else "in" if line.selected else ""
    return (
        Cell("" if line.rank is None else f"{line.rank}{'=' if line.tied else ''}"),
        Cell("" if line.number is None else str(line.number)),
        Cell(line.village or line.township),
        Cell(line.county),
        *(Cell(say("missing") if term.score is None else number(term.score)) for term in one.terms),
        Cell("" if one.total is None else number(_plain(one.total))),
        Cell("" if line.official is None else number(line.official), is_bold=True),
        Cell(say(outcome) if outcome else ""),
    )


def _plain(value: Decimal) -> Decimal:
    """Without idle zeros behind the point."""
    shown = value.normalize()
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def composite_explanation(why: ComposedExplanation, rules_code: str, lang: str) -> Document:
    """综合成绩说明: one entrant's parts, weights, products, sum, and the one rounding."""
    say = Words("composed", lang)
    line, certificate = why.line, why.certificate
    result = why.standings
    frame = Frame(
        competition=result.competition["title"],
        round_title=result.round["title"],
        code=certificate["sha256"][:SHORT] if certificate else rules_code,
        invented=invented(result.competition),
        version=certificate["version"] if certificate else None,
        head=certificate["head"] if certificate else result.head,
    )
    around = f"{line.county}{line.township if line.village else ''} {line.title}".strip()
    blocks: tuple[Block, ...] = (
        Paragraph(line_name(line, lang), align="center"),
        Paragraph(around, align="center", is_italic_face=True),
        Grid(
            (say.head("part", "score", "weight", "product"), *term_rows(why, lang)),
            widths=(3, 2, 2, 2),
            size=14,
        ),
        *[Paragraph(text) for text in sum_lines(why, lang)],
        Heading(say("cut")),
        *[Paragraph(text) for text in cut_lines(why, lang)],
        Heading(t("results.paper.recheck", lang)),
        Paragraph(recheck(lang)),
        Signatures(tuple(t(f"results.paper.{key}", lang) for key in SIGNED)),
    )
    return framed(frame, "composed", lang, blocks)


SIGNED = ("scorekeeper", "supervisor", "received")


def term_rows(why: ComposedExplanation, lang: str) -> list[tuple[Cell, ...]]:
    """Part, published score, weight and product; what is missing is named."""
    say = Words("composed", lang)
    return [
        (
            Cell(term.title),
            Cell(say("missing") if term.score is None else number(term.score)),
            Cell(term.weight),
            Cell("" if term.product is None else number(_plain(term.product))),
        )
        for term in why.terms
    ]


def sum_lines(why: ComposedExplanation, lang: str) -> list[str]:
    """The sum and its one rounding; or which parts are missing."""
    say = Words("composed", lang)
    line = why.line
    if why.total is None or line.official is None:
        names = [term.title for term in why.terms if term.score is None]
        return [say("unranked", parts=t("list.between", lang).join(names))]
    products = [number(_plain(p)) for term in why.terms if (p := term.product) is not None]
    summed = say("sum", sum=" + ".join(products), total=number(_plain(why.total)))
    decimals = why.standings.rules.scoring.decimals
    rounded = say("rounded", score=number(line.official), decimals=decimals)
    key = "rank_tied" if line.tied else "rank"
    ranked = say(key, rank=line.rank)
    return [f"{summed}{rounded}", ranked]


def cut_lines(why: ComposedExplanation, lang: str) -> list[str]:
    """The distance to the line, and the decision if it was close."""
    decided = [
        said(why.standings, decision, lang).text
        for decision in why.decisions
        if decision.status != "clear"
    ]
    return [distance_line(why, lang), *decided]


def composite_rules(facts: RoundFacts, parts: Sequence[PartRow], lang: str) -> Document:
    """评分办法 of a composite: its sum, one worked example, the line, ties, what is public."""
    say = Words("rules", lang)
    texts = composite_texts(facts.rules, parts, lang)
    texts |= {"recheck": recheck(lang), "change": say("change")}
    clauses = Clauses(lang)

    def clause(names: Sequence[str]) -> str:
        return in_a_row([texts.get(name, "") for name in names], lang)

    code = check_code(facts.rules_hash)
    blocks: list[Block] = [
        Paragraph(
            say(f"state_{'fixed' if facts.is_fixed else 'draft'}"),
            align="center",
            is_italic_face=True,
        ),
        *clauses(clause(names) for names in BEFORE),
        Paragraph(say("example.plain")),
        Paragraph(_example(facts, parts, lang)),
        *clauses(clause(names) for names in (*AFTER, ("published", "recheck"), ("change",))),
        Paragraph(say("signing")),
        Signatures(tuple(say(f"sign.{who}") for who in ("chair", "supervisor", "scorekeeper"))),
    ]
    frame = Frame(facts.competition, facts.round_title, code, facts.invented, head=facts.head)
    note = say("foot_note", sha256=facts.rules_hash)
    return framed(frame, "rules", lang, tuple(blocks), foot=(note,))


def _example(facts: RoundFacts, parts: Sequence[PartRow], lang: str) -> str:
    """Invented scores of the parts, their exact sum, rounded once."""
    say = Words("composed", lang)
    scores = [EXAMPLE[at % len(EXAMPLE)] for at in range(len(parts))]
    weighed = [Decimal(p["weight"]) * score for p, score in zip(parts, scores, strict=True)]
    total = sum(weighed, Decimal(0))
    terms = " + ".join(
        f"{number(score)} × {Decimal(part['weight']) * 100:f}%".replace(".0%", "%")
        for part, score in zip(parts, scores, strict=True)
    )
    decimals = facts.rules.scoring.decimals
    rounded = Decimal(quantize(Fraction(total), decimals)).scaleb(-decimals)
    shown = say("sum", sum=terms, total=number(_plain(total)))
    return f"{shown}{say('rounded', score=number(rounded), decimals=decimals)}"
