"""The presenter's page: the entrant's score step by step, judges by number only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from competition.invented import invented
from competition.lineup.seat_words import sitter
from competition.results.composite_explaining import ComposedExplanation
from competition.results.decision_words import line_name, said
from competition.results.explaining import Explanation
from competition.results.presenting import PresenterSheet
from competition.results.recipe_words import column, equations, last_line, number, short
from competition.results.strengths import CriterionStanding
from competition.results.typed_in_words import with_came
from competition.times import parse
from exports.paper import PaperMeta, Snapshot, paper_lines, round_name
from scoring.exact import quantize
from words import t

ADVANCING = ("preliminary", "second")


def announced_name(round_: Mapping[str, Any]) -> str:
    """Word key of the printed score: nothing is announced in a round that advances."""
    return "judges_mean" if round_["stage"] in ADVANCING else "announced"


NOT_IN_POINTS = ("zscore", "minmax", "rank")


@dataclass(frozen=True)
class ExplanationPaper:
    """The page in words, independent of the file it goes into.

    Attributes
    ----------
    head, rows
        The table of totals; every row as long as the head.
    how, cut, strong, weak, recheck
        Lines under their headings.
    marks
        Warnings on the page: sample data, not yet certified.
    foot_line
        The edition with its hash.
    seal
        The whole head it stands on, drawn as a code.
    certified_at
        When the edition was certified, in UTC.
    stem
        The ASCII part of a file's name.
    """

    lang: str
    title: str
    subtitle: str
    entrant: str
    around: str
    presenter: str
    score: str
    standing: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    signatures: tuple[str, ...]
    marks: tuple[str, ...]
    foot_line: str
    seal: str
    certified_at: datetime
    stem: str

    @property
    def score_words(self) -> str:
        """The final score with its name."""
        return t("results.paper.score_words", self.lang, score=self.score)


def explanation_paper(sheet: PresenterSheet, lang: str) -> ExplanationPaper:
    """Put a presenter's sheet into words."""

    def say(key: str, **values: object) -> str:
        return t(f"results.paper.{key}", lang, **values)

    standings, line = sheet.explanation.standings, sheet.explanation.line
    snapshot = Snapshot(sheet.version, sheet.sha256, parse(sheet.certified_at), sheet.head)
    meta = PaperMeta(
        competition=standings.competition["title"],
        round=standings.round["title"],
        round_name=round_name(standings.round, lang),
        top=standings.top,
        official="adjusted" if standings.official_is_adjusted else "announced",
        snapshot=snapshot,
        invented=invented(standings.competition),
        timezone=standings.competition["timezone"],
    )
    lines = paper_lines(meta, lang)
    head, rows = _table(sheet, lang)
    return ExplanationPaper(
        lang=lang,
        title=say("title"),
        subtitle=say("subtitle", competition=meta.competition, round=meta.round),
        entrant=line_name(line, lang),
        around=f"{line.county}{line.township if line.village else ''} {line.title}".strip(),
        presenter=say("presenter", name=line.presenter) if line.presenter else "",
        score=number(sheet.score),
        standing=_standing(sheet, lang),
        head=head,
        rows=rows,
        sections=_sections(sheet, lang),
        signatures=tuple(say(key) for key in ("scorekeeper", "supervisor", "received")),
        marks=lines["marks"],
        foot_line=lines["foot_line"],
        seal=sheet.head,
        certified_at=snapshot.certified_at,
        stem=f"{lines['round']}_{line.number or line.code}-{lines['stem']}",
    )


def _standing(sheet: PresenterSheet, lang: str) -> str:
    line = sheet.explanation.line
    key = "rank_tied" if line.tied else "rank"
    verdict = f"{'in' if line.selected else 'out'}_{_stage(sheet)}"
    words = (t(f"results.paper.{key}", lang, rank=line.rank), t(f"results.paper.{verdict}", lang))
    return " · ".join(words)


def _stage(sheet: PresenterSheet) -> str:
    stage = sheet.explanation.standings.round["stage"]
    return "advancing" if stage in ADVANCING else "final"


def _table(sheet: PresenterSheet, lang: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Rows by seat: total, counted or dropped; then seats that do not count."""
    totals = column([judge.total for judge in sheet.judges])
    values = column([judge.value for judge in sheet.judges])
    changed = any(j.value not in (None, j.total) for j in sheet.judges) and sheet.is_shown_whole
    head = ["seat", "total", *(["counted"] if changed else []), "note"]
    rows = []
    for judge, total, value in zip(sheet.judges, totals, values, strict=True):
        fate = t(f"fate.{judge.fate}", lang) if judge.fate else ""
        seat = with_came(sitter(judge.seat, judge.stands_for, lang), judge.came, lang)
        rows.append((judge.seat, (seat, total, *([value] if changed else []), fate)))
    for one in sheet.uncounted:
        state = t(f"state.{one.state}", lang)
        seat = t("organizers.seat", lang, number=f"{one.seat:02d}")
        text = t("results.paper.uncounted", lang, state=state)
        rows.append((one.seat, (seat, "", *([""] if changed else []), text)))
    ordered = tuple(cells for _, cells in sorted(rows, key=lambda row: row[0]))
    return tuple(t(f"results.paper.{key}", lang) for key in head), ordered


def _sections(sheet: PresenterSheet, lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    line_word = t(f"results.{_stage(sheet)}", lang)
    parts = (
        (t("results.paper.how", lang), how_lines(sheet, lang)),
        (t("results.paper.cut", lang, line=line_word), cut_lines(sheet, lang)),
        (t("results.paper.strong", lang), _criteria(sheet.strongest, lang)),
        (t("results.paper.weak", lang), _criteria(sheet.weakest, lang)),
        (
            t("results.paper.recheck", lang),
            tuple(t(f"results.paper.recheck_{key}", lang) for key in ("when", "what", "notice")),
        ),
    )
    return tuple((title, lines) for title, lines in parts if lines)


def how_lines(sheet: PresenterSheet, lang: str) -> tuple[str, ...]:
    """The steps from totals to score, without any judge's severity."""
    standings, official = sheet.explanation.standings, sheet.explanation.official
    assert official is not None
    if sheet.is_shown_whole:
        lines = equations(standings.rules.scoring, standings.criteria, official, lang)
    else:
        values = {"n": sheet.n, "top": number(short(sheet.sum)), "gross": number(sheet.mean)}
        lines = [t("results.paper.mean", lang, **values), _corrected(sheet, lang)]
        lines.append(last_line(standings.rules.scoring, official, lang))
    return (*lines, *deduction_lines(sheet.explanation.deductions, lang))


def deduction_lines(deductions: Sequence[tuple[Decimal, str]], lang: str) -> tuple[str, ...]:
    """Each confirmed deduction with its reason."""
    return tuple(
        t("results.paper.deduction", lang, points=number(points.normalize()), reason=reason)
        for points, reason in deductions
    )


def _corrected(sheet: PresenterSheet, lang: str) -> str:
    official = sheet.explanation.official
    assert official is not None
    gross = number(official.gross)
    if sheet.method in NOT_IN_POINTS:
        return t("results.paper.carried", lang, gross=gross)
    way = "none" if not sheet.correction else "up" if sheet.correction > 0 else "down"
    points = number(abs(sheet.correction))
    return t(f"results.paper.correction_{way}", lang, points=points, gross=gross)


def cut_lines(sheet: PresenterSheet, lang: str) -> tuple[str, ...]:
    """The distance to the line, and the decision if it was close."""
    why = sheet.explanation
    decided = [
        said(why.standings, decision, lang).text
        for decision in sheet.decisions
        if decision.status != "clear"
    ]
    return (distance_line(why, lang), *decided)


def distance_line(why: Explanation | ComposedExplanation, lang: str) -> str:
    """An entrant's distance to the nearest on the other side of the line, in points."""

    def say(key: str) -> str:
        points = "" if distance is None else number(abs(distance))
        rank = "" if why.across is None else why.across.rank
        return t(f"organizers.why.line_at.{key}", lang, points=points, rank=rank)

    line, distance = why.line, why.distance
    if line.official is None:
        return say("none")
    if distance is None:
        return say("all_in")
    if distance == 0:
        return say("level")
    if line.selected:
        return say("above" if distance > 0 else "zone_in")
    return say("below" if distance < 0 else "zone_out")


def _criteria(criteria: Sequence[CriterionStanding], lang: str) -> tuple[str, ...]:
    return tuple(criterion_line(one, lang) for one in criteria)


def criterion_line(one: CriterionStanding, lang: str) -> str:
    """An entrant's mean on a criterion and the mean of all entrants, to two decimals."""
    mean, field = (quantize(value, 2) for value in (one.mean, one.field))
    gap = mean - field
    way = "level" if gap == 0 else "ahead" if gap > 0 else "behind"
    return t(
        f"results.paper.{way}",
        lang,
        criterion=one.name,
        mean=f"{mean / 100:.2f}",
        maximum=number(one.maximum.normalize() if one.maximum % 1 else one.maximum // 1),
        points=f"{abs(gap) / 100:.2f}",
    )
