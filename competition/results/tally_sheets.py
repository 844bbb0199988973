"""All counted sheets of a round with what became of each: for the papers that are signed."""

from dataclasses import dataclass
from datetime import datetime

from competition.results.certification import latest_certified, require_recomputed
from competition.results.explaining import Explanation, explanations
from competition.results.standings import RoundStandings, current, note_view
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, entrants


@dataclass(frozen=True)
class TallySheets:
    """The sheets of a closed round.

    Attributes
    ----------
    explained
        One for each entrant with a counted sheet, in the order of the numbers on stage.
    seconds_used
        Entrant's id to the seconds it used, where that was recorded.
    version, sha256, head
        The certified edition; version None before there is one.
    """

    standings: RoundStandings
    explained: tuple[Explanation, ...]
    seconds_used: dict[str, int]
    version: int | None
    sha256: str
    head: str


def tally_sheets(store: Store, who: Visitor, round_id: str, *, at: datetime) -> TallySheets:
    """Every counted sheet: for the staff, after closing; the view is logged as of the sheets.

    Raises
    ------
    Forbidden, NotNow, StillMarking
        As the table of rights says for reading sheets.
    CertificateDiffers
        If the round is certified and the stored marks give another result.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "sheets", round_id)
        result = current(tx, store, row)
        snapshot = latest_certified(tx, round_id) if row["state"] == "certified" else None
        if snapshot is not None:
            require_recomputed(result, snapshot)
        explained = explanations(tx, store, result)
        used = {
            place["id"]: place["seconds_used"]
            for place in entrants.in_round(tx, round_id)
            if place["seconds_used"] is not None
        }
    note_view(store, who, result, "sheets", at=at)
    if snapshot is None:
        return TallySheets(result, explained, used, None, "", result.head)
    edition = snapshot["version"], snapshot["sha256"], snapshot["head"]
    return TallySheets(result, explained, used, *edition)
