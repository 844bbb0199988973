"""图表: the charts of a certified result and its award board, as pieces of the bundle."""

from collections.abc import Iterator
from functools import partial

from competition.results.judges_report import judges_report
from competition.results.standings import RoundStandings, standings
from competition.rights import refusal
from exports.bundle import Piece
from organizers.results import pictured
from organizers.results.analysis.annex_charts import ANNEX
from organizers.results.lists.boards import BOARD, board_file
from ui.access import Visit
from ui.pictures import FORMATS, Picture, drawn
from words import t

FOLDER = "charts"


def charted(now: Visit) -> Iterator[Piece]:
    """Every picture of the certified result that the reader may have, in each format."""

    def boards() -> Iterator[tuple[str, bytes]]:
        return ((f".{form}", board_file(now, form)) for form in BOARD)

    yield Piece(FOLDER, t("organizers.awards.board.name", now.lang), boards)
    result = standings(now.store, now.who, now.round_id, at=now.at)
    for one in _pictures(now, result):
        if refusal(now.store, now.who, one.read, now.round_id) is None:
            yield _piece(now, result, one)


def _pictures(now: Visit, result: RoundStandings) -> Iterator[Picture]:
    yield from pictured.of_standing(result, now.lang)
    if result.parts:
        return
    yield from filter(None, (make(result, now.lang) for make in ANNEX))
    if refusal(now.store, now.who, "judges_report", now.round_id) is None:
        report = judges_report(now.store, now.who, now.round_id, at=now.at)
        yield from pictured.of_judges(report, now.lang)


def _piece(now: Visit, result: RoundStandings, one: Picture) -> Piece:
    """A picture in each format: drawn once, when its turn has come."""
    said, name = partial(pictured.caption, now, result), t(f"charts.name.{one.name}", now.lang)

    def build() -> Iterator[tuple[str, bytes]]:
        svg = drawn(one, said)
        return ((f".{ending}", write(svg)) for ending, (write, _) in FORMATS.items())

    return Piece(FOLDER, name, build)
