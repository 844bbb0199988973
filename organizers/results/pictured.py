"""The charts of a standing, as pages show them and as files for reports."""

from collections.abc import Iterator
from functools import partial
from math import isnan
from typing import Any, Literal

from charts.around import around
from charts.caterpillar import Of, caterpillar
from charts.palette import Palette
from charts.rank_intervals import rank_intervals
from charts.slope import slope
from competition.invented import invented
from competition.results.certification import certified, require_recomputed
from competition.results.findings import findings, is_moving
from competition.results.judges_report import JudgesReport
from competition.results.standings import RoundStandings
from exports import seal
from exports.explanation import ADVANCING
from exports.papers.scoring_rules import check_code
from organizers import naming
from organizers.results.analysis import judge_rows
from organizers.results.standing_rows import interval_rows, line_rows, slope_rows
from ui import pictures
from ui.access import Visit
from ui.drawn import Drawable
from ui.pictures import Picture
from words import t

Line = Literal["advancing", "final"]
COMPOSITE, WHOLE = 420, 300
"""Pixels of a composite's line, and of the intervals when no table stands beside them."""
NARROW: dict[Of, dict[str, Any]] = {
    "severity": {},
    "home": {"band": 0, "width": 230},
    "drift": {"band": 0, "width": 230},
}


def line_of(result: RoundStandings) -> Line:
    """Whether the line is one of advancing or of awards."""
    return "advancing" if result.round["stage"] in ADVANCING else "final"


def of_standing(result: RoundStandings, lang: str) -> Iterator[Picture]:
    """The charts of the standings page, each whole; of a big round once it is closed."""
    if result.parts:
        drawn = [composite(result, lang)]
    elif is_moving(result):
        drawn = []
    else:
        drawn = [intervals(result, lang), seats(result, lang)]
    yield from filter(None, drawn)


def intervals(result: RoundStandings, lang: str) -> Picture | None:
    """The rank intervals with every entrant's name."""
    rows = interval_rows(result, lang)
    if rows.empty:
        return None

    def draw(palette: Palette) -> Drawable:
        line = line_of(result)
        return rank_intervals(rows, lang, palette, top=result.top, line=line, width=WHOLE)

    return Picture("intervals", "standings", draw)


def seats(result: RoundStandings, lang: str) -> Picture | None:
    """Announced against adjusted, where seats differ."""
    at_line = findings(result)
    if not at_line.gained and not at_line.lost:
        return None

    def draw(palette: Palette) -> Drawable:
        rows = slope_rows(result, lang)
        return slope(rows, lang, palette, top=result.top, line=line_of(result))

    return Picture("slope", "standings", draw)


def composite(result: RoundStandings, lang: str) -> Picture | None:
    """Composites near the line, the line between the last in and the first out, the open zone."""
    rows, ranking = line_rows(result, lang), result.ranked.ranking
    decision = ranking.selection.decisions[-1]
    if rows.empty or decision.last_in is None or decision.first_out is None:
        return None
    low, high, spread = rows["value"].min(), rows["value"].max(), 0.1
    if not isnan(ranking.sed):
        low, high = rows["low"].min(), rows["high"].max()
        spread = max(float(high - low), spread)
    draw = partial(
        around,
        rows,
        lang,
        kind="composite",
        values={"top": result.top, "width": decision.width},
        domain=(float(low) - spread / 20, float(high) + spread / 20),
        line=float(decision.last_in + decision.first_out) / 2,
        width=COMPOSITE,
    )
    return Picture("composite", "standings", draw)


def of_judges(report: JudgesReport, lang: str) -> Iterator[Picture]:
    """Severities, home differences and drifts, by number."""
    for of, drawn in judge_rows.figures(report, lang).items():
        draw = partial(caterpillar, drawn, lang, of=of, **NARROW[of])
        yield Picture(of, "judges_report", draw)


def show(now: Visit, result: RoundStandings, one: Picture | None) -> bool:
    """Show a chart with its files; whether there was one."""
    if one is None:
        return False
    pictures.show(now, one, (now.round_id, result.seq), partial(caption, now, result))
    return True


def links(now: Visit, result: RoundStandings, one: Picture) -> None:
    """Offer a chart's files alone."""
    pictures.links(now, one, partial(caption, now, result))


def caption(now: Visit, result: RoundStandings) -> str:
    """Of which standing a picture is: provisional, or of which version.

    Raises
    ------
    CertificateDiffers
        If the marks do not give the certificate: no picture bears its version then.
    """
    of, said = f"{result.competition['title']} {result.round['title']}", []
    if result.round["certified_at"] is None:
        at = naming.clock(now, result.as_of, day=True)
        said.append(t("charts.caption.provisional", now.lang, at=at))
    else:
        certificate = certified(now.store, now.who, now.round_id)
        require_recomputed(result, certificate)
        code, version = check_code(certificate["sha256"]), certificate["version"]
        said.append(t("charts.caption.certified", now.lang, version=version, code=code))
    said.append(t("charts.caption.head", now.lang, head=seal.shown(result.head)))
    mark = invented(result.competition)
    said += [t(f"exports.paper.{mark}", now.lang)] if mark else []
    return f"{of}\n" + "\N{IDEOGRAPHIC SPACE}".join(said)
