"""An announced score as the host reads it: line by line, figures and characters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from competition.stage.spoken import in_characters
from words import t


@dataclass(frozen=True)
class ReadingLine:
    """One line that is read out.

    Attributes
    ----------
    label : str
        What is said before the figure.
    figure : str
        As printed; several where several scores are dropped.
    spoken : str
        The figure in characters.
    note : str
        What stands small beside it and is not read.
    """

    label: str
    figure: str
    spoken: str
    note: str = ""


def reading_lines(score: Mapping[str, Any], lang: str) -> list[ReadingLine]:
    """The lines of a score of `competition.stage.stage_scores`, the final one last."""
    lines = [*_dropped(score, "high", lang), *_dropped(score, "low", lang)]
    lines.append(_line(_average(score, lang), score["average"]))
    if score["deduction"]:
        note = score["reasons"][0] if len(score["reasons"]) == 1 else ""
        lines.append(_line(t("organizers.host.deduction", lang), score["deduction"], note))
    name = t(f"hall.name.{'official' if score['is_official'] else 'announced'}", lang)
    return [*lines, _line(name, score["final"])]


def _line(label: str, figure: str, note: str = "") -> ReadingLine:
    spoken = t("spoken.points", "zh", figure=in_characters(figure))
    return ReadingLine(label, figure, spoken, note)


def _dropped(score: Mapping[str, Any], fate: str, lang: str) -> list[ReadingLine]:
    figures = [total for _, total, how in score["totals"] if how == fate]
    if not figures:
        return []
    key = f"organizers.host.dropped_{fate}{'s' if len(figures) > 1 else ''}"
    between = t("list.between", lang)
    spoken = between.join(t("spoken.points", "zh", figure=in_characters(one)) for one in figures)
    label = t(key, lang, count=_count(len(figures), lang))
    return [ReadingLine(label, between.join(figures), spoken)]


def _average(score: Mapping[str, Any], lang: str) -> str:
    if score["method"] == "trimmed":
        return t("organizers.host.rest", lang, count=_count(score["kept"], lang))
    return t(f"hall.average.{score['method']}", lang, count=score["kept"])


def _count(number: int, lang: str) -> str:
    """How many, as people say it: 两 for two before a measure word."""
    if lang != "zh":
        return str(number)
    return t("spoken.two", lang) if number == 2 else in_characters(str(number))
