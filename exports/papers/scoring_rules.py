"""《评分办法》 / The scoring rules: from the rules in force, with one worked example."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competition import fields
from competition.results.recipe_words import equations
from competition.rounds.rule_words import rule_texts
from competition.rounds.rules import RoundRules
from competition.saying import in_a_row
from exports.papers.document import Block, Cell, Document, Grid, Heading, Paragraph, Signatures
from exports.papers.frame import Frame, framed
from exports.papers.worked_example import RECUSED_SEAT, worked_example
from words import t

CODE = 12
"""Characters of the rules' hash that are printed as the check code."""
GROUP = 4
BEFORE = (("panel", "blind", "floor"), ("official", "decimals"), ("time", "overtime", "deduction"))
"""The rules of each clause before the example."""
AFTER = (
    ("recusal", "absence"),
    ("top", "quota"),
    ("keys",),
    ("hall", "grace"),
    ("published", "recheck"),
    ("change",),
)
"""The rules of each clause after it; every rule of a round stands in one of them."""
RECHECK = ("recheck_when", "recheck_what")
SIGN = ("chair", "supervisor", "scorekeeper", "leaders")


@dataclass(frozen=True)
class RoundFacts:
    """What the paper is made from.

    Attributes
    ----------
    competition, round_title
        As the organizer wrote them.
    rules
        The rules of the round.
    criteria
        Its criteria: id, name, points (what to look for), maximum.
    maximum
        What the maxima sum to, as it is printed.
    judges
        How many judges have a seat.
    rules_hash
        SHA-256 of rules and rubric.
    is_fixed
        Whether the round has been opened, so that rules and rubric cannot change.
    """

    competition: str
    round_title: str
    rules: RoundRules
    criteria: Sequence[Mapping[str, Any]]
    maximum: str
    judges: int
    rules_hash: str
    is_fixed: bool
    invented: str
    head: str = ""


def check_code(rules_hash: str) -> str:
    """The first characters of a hash in groups, as they are printed and read out."""
    signs = rules_hash[:CODE].upper()
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def scoring_rules(facts: RoundFacts, lang: str) -> Document:
    """The paper in words."""

    def say(key: str, **values: object) -> str:
        return t(f"exports.papers.rules.{key}", lang, **values)

    texts = rule_texts(facts.rules, {c["id"]: c["name"] for c in facts.criteria}, lang)
    panel = {"judges": facts.judges, "criteria": len(facts.criteria), "maximum": facts.maximum}
    texts |= {"panel": say("panel", **panel), "recheck": recheck(lang)}
    texts["official"] = say("official", text=texts["official"])
    texts |= {name: say(name) for name in ("deduction", "absence", "change")}

    def clause(names: Sequence[str]) -> str:
        return in_a_row([texts.get(name, "") for name in names], lang)

    clauses = Clauses(lang)
    state = "fixed" if facts.is_fixed else "draft"
    code = check_code(facts.rules_hash)
    blocks: list[Block] = [
        Paragraph(say(f"state_{state}"), align="center", is_italic_face=True),
        *clauses(clause(names) for names in BEFORE),
        *_example(facts, lang),
        *clauses(clause(names) for names in AFTER),
        Heading(say("rubric")),
        _rubric(facts, lang),
        Paragraph(say("signing")),
        Signatures(tuple(say(f"sign.{who}") for who in SIGN)),
    ]
    frame = Frame(facts.competition, facts.round_title, code, facts.invented, head=facts.head)
    note = say("foot_note", sha256=facts.rules_hash)
    return framed(frame, "rules", lang, tuple(blocks), foot=(note,))


class Clauses:
    """Numbers clauses through the whole paper."""

    def __init__(self, lang: str) -> None:
        self.lang, self.count = lang, 0

    def __call__(self, texts: Iterable[str]) -> list[Paragraph]:
        """A numbered paragraph for each text there is."""
        return [Paragraph(text, lead=self._lead()) for text in texts if text]

    def _lead(self) -> str:
        self.count += 1
        numerals = t("exports.papers.numerals", self.lang).split("|")
        return t("exports.papers.rules.clause", self.lang, number=numerals[self.count - 1])


def _example(facts: RoundFacts, lang: str) -> list[Block]:
    """Totals of one entrant, what the rule does with each, and the sum to the published score."""

    def say(key: str, **values: object) -> str:
        return t(f"exports.papers.rules.example.{key}", lang, **values)

    made = worked_example(facts.rules.scoring, facts.judges)
    parts = {part.judge: part for part in made.recipe.parts}
    seats = range(1, made.judges + 1)
    is_converted = any(
        part.value is not None and part.value != part.total for part in parts.values()
    )
    has_dropped = any(part.fate in ("high", "low") for part in parts.values())
    heads = [
        say("judge"),
        say("total"),
        *[say("value")] * is_converted,
        *[say("note")] * has_dropped,
    ]
    columns = [
        [
            f"{seat:02d}",
            _figure(parts[seat].total)
            if seat in parts
            else t("exports.papers.tally.recused", lang),
            *([_figure(parts[seat].value) if seat in parts else ""] * is_converted),
            *([_note(parts[seat].fate, lang) if seat in parts else ""] * has_dropped),
        ]
        for seat in seats
    ]
    struck = {seat for seat, part in parts.items() if part.value is None}
    rows = tuple(
        (
            Cell(head, is_bold=True),
            *(
                Cell(column[at], is_struck=at == 1 and seat in struck)
                for seat, column in zip(seats, columns, strict=True)
            ),
        )
        for at, head in enumerate(heads)
    )
    steps = equations(facts.rules.scoring, made.criteria(lang), made.recipe, lang)
    return [
        Paragraph(say("begin", seat=f"{RECUSED_SEAT:02d}") if made.has_recusal else say("plain")),
        Grid(rows, widths=(1.6, *[1.0] * made.judges), head_rows=1, size=10.5),
        Paragraph(t("exports.papers.rules.steps_between", lang).join(steps)),
    ]


def recheck(lang: str) -> str:
    """When and what may be rechecked."""
    return in_a_row([t(f"results.paper.{key}", lang) for key in RECHECK], lang)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _note(fate: str, lang: str) -> str:
    return t(f"fate.short_{fate}", lang) if fate in ("high", "low") else ""


def _rubric(facts: RoundFacts, lang: str) -> Grid:
    def say(key: str) -> str:
        return t(f"exports.papers.rules.column.{key}", lang)

    head = tuple(Cell(say(key), is_bold=True) for key in ("number", "criterion", "points", "max"))
    lines = tuple(
        (
            Cell(str(at)),
            Cell(c["name"]),
            Cell(c["points"] or ""),
            Cell(fields.decimal_text(c["maximum"])),
        )
        for at, c in enumerate(facts.criteria, start=1)
    )
    aligns = ("center", "left", "left", "center")
    return Grid((head, *lines), widths=(0.6, 2.4, 5.2, 0.8), size=11, aligns=aligns)
