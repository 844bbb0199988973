"""Sheets that were not marked on a tablet, in words: 补录 from paper, 代录 by dictation."""

from competition.results.standings import RoundStandings
from words import t


def came_word(came: str, lang: str) -> str:
    """补录; empty for a sheet marked by the judge's own hand."""
    return t(f"came.{came}", lang) if came else ""


def with_came(name: str, came: str, lang: str) -> str:
    """评委07, with 补录 in brackets if it was."""
    return t("came.named", lang, name=name, how=came_word(came, lang)) if came else name


def typed_in(result: RoundStandings, lang: str) -> tuple[str, ...]:
    """Which sheets of a round were typed in, as a line under its figures; or nothing."""
    listed = [
        with_came(
            t("came.sheet", lang, number=line.called, seat=f"{result.judges[judge]:02d}"),
            result.came[line.entrant_id, judge],
            lang,
        )
        for line in sorted(result.lines, key=lambda line: line.by_number)
        for judge in sorted(result.judges, key=result.judges.__getitem__)
        if (line.entrant_id, judge) in result.came
    ]
    return (t("came.listed", lang, sheets=t("came.between", lang).join(listed)),) if listed else ()
