"""The standing of a round: computed once for each event number, for every page and file."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from competition import fields
from competition.decisions import deductions_of, rulings_frame
from competition.errors import NoCommonRanking, NothingToRank
from competition.rights import require_read
from competition.rules import RoundRules
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entrants, events, panel, sheets, snapshots
from db import competitions as competition_rows
from db import rounds as round_rows
from scoring import Standings, compute_standings
from scoring.errors import DisconnectedPanel, NoScores
from scoring.exact import published, quantize
from scoring.methods import rank_units

ON_PRINTED_RULE = ("mean", "trimmed", "median", "clip")


@dataclass(frozen=True)
class Line:
    """One entrant in a standing: who it is, both scores, and where it stands.

    Attributes
    ----------
    official, announced, adjusted : Decimal or None
        Published figures, net of the deduction; None where there is none.
    rank, announced_rank, adjusted_rank : int or None
        1, 2, 2, 4 on each of them.
    place : int or None
        Place among the selected.
    counted, expected : int
        Sheets that count, of those assigned (recused and absent judges included).
    comparable : bool
        False where absence left fewer sheets than the trim needs.
    label : str
        in, open or out; empty for an entrant that is not ranked.
    """

    entrant_id: str
    number: int | None
    code: str
    county: str
    township: str
    village: str
    title: str
    presenter: str
    official: Decimal | None
    announced: Decimal | None
    adjusted: Decimal | None
    rank: int | None
    announced_rank: int | None
    adjusted_rank: int | None
    place: int | None
    tied: bool
    announced_tied: bool
    adjusted_tied: bool
    selected: bool
    label: str
    in_zone: bool
    decided_by: str
    counted: int
    expected: int
    deduction: Decimal
    comparable: bool


@dataclass(frozen=True)
class RoundStandings:
    """A round's standing at one event number.

    Attributes
    ----------
    seq : int
        The event it stands on; two standings with one number are the same.
    official_is_adjusted : bool
        Whether the adjusted score ranks (else the announced one does).
    lines : tuple of Line
        By rank, then by number on stage; entrants without a score last.
    missing : int
        Expected sheets that are not submitted.
    differing : frozenset of str
        Entrants that have a seat and are not in the top N by the other score, or the reverse.
    numbers : Standings
        What ``scoring`` computed, by entrant and judge id.
    """

    competition: dict[str, Any]
    round: dict[str, Any]
    rules: RoundRules
    seq: int
    official_is_adjusted: bool
    lines: tuple[Line, ...]
    missing: int
    sheets: int
    judges: dict[str, int]
    differing: frozenset[str]
    numbers: Standings

    @property
    def top(self) -> int:
        """Seats at the cut."""
        return self.rules.scoring.top

    @property
    def awaiting(self) -> tuple[Line, ...]:
        """Entrants whose seat waits for a ruling."""
        waiting = set(self.numbers.cut.waiting)
        return tuple(line for line in self.lines if line.entrant_id in waiting)


def standings(store: Store, who: Visitor, round_id: str, *, at: datetime) -> RoundStandings:
    """The standing as it is now; before certifying each new view of it is logged.

    Raises
    ------
    Forbidden, StillMarking
        As the table of rights says.
    NothingToRank
        If no sheet is submitted yet.
    NoCommonRanking
        If the panels share no judge; names the groups of entrants.
    """
    with store.reading() as tx:
        row = require_read(tx, who, "standings", round_id)
        found = current(tx, store, row)
    if row["certified_at"] is None:
        _log_view(store, who, found, at)
    return found


_cache: dict[tuple[Path, str], RoundStandings] = {}
_locks: dict[tuple[Path, str], threading.Lock] = {}
_guard = threading.Lock()
_viewed: set[tuple[Path, str, str, int]] = set()


def current(tx: Transaction, store: Store, row: dict[str, Any]) -> RoundStandings:
    """The standing at the event number this transaction sees: computed once, then lent.

    Inside an act that has written already it is computed for that act alone: what it
    reads may still be rolled back, and its number given to another event.
    """
    key = (store.path, row["id"])
    with _guard:
        lock = _locks.setdefault(key, threading.Lock())
    seq = events.last_seq(tx, row["id"], row["competition_id"])
    if tx.is_written:
        return _compute(tx, row, seq)
    with lock:
        cached = _cache.get(key)
        if cached is None or cached.seq != seq:
            cached = _compute(tx, row, seq)
            _cache[key] = cached
        return cached


def _log_view(store: Store, who: Visitor, found: RoundStandings, at: datetime) -> None:
    key = (store.path, found.round["id"], str(who.person_id), found.seq)
    if key in _viewed:
        return
    with store.writing() as tx:
        snapshots.note_view(
            tx,
            {
                "round_id": found.round["id"],
                "person_id": who.person_id,
                "what": "standings",
                "seq": found.seq,
                "at": stamp(at),
            },
        )
    _viewed.add(key)


def _compute(tx: Transaction, row: dict[str, Any], seq: int) -> RoundStandings:
    rules = RoundRules.from_json(row["rules"])
    places = {place["id"]: place for place in entrants.in_round(tx, row["id"])}
    pairs = panel.assignments(tx, row["id"])
    reserve = {s["person_id"] for s in panel.seats(tx, row["id"]) if s["reserve"]}
    pairs = [pair for pair in pairs if pair["person_id"] not in reserve]
    numbers = _numbers(tx, row, rules, places, pairs)
    adjusted = rules.scoring.official not in ON_PRINTED_RULE
    lines = _lines(numbers, rules, places, pairs)
    return RoundStandings(
        competition=competition_rows.find(tx, row["competition_id"]) or {},
        round=row,
        rules=rules,
        seq=seq,
        official_is_adjusted=adjusted,
        lines=lines,
        missing=len(sheets.open_pairs(tx, row["id"])),
        sheets=int(numbers.entrants["n_judges"].sum()),
        judges={s["person_id"]: s["number"] for s in panel.seats(tx, row["id"])},
        differing=_differing(lines, rules.scoring.top, official_is_adjusted=adjusted),
        numbers=numbers,
    )


def _numbers(
    tx: Transaction,
    row: dict[str, Any],
    rules: RoundRules,
    places: dict[str, dict[str, Any]],
    pairs: list[dict[str, Any]],
) -> Standings:
    marks = sheets.counted_marks(tx, row["id"])
    criteria = round_rows.criteria(tx, row["id"])
    costs = deductions_of(tx, row["id"])
    try:
        return compute_standings(
            pd.DataFrame(
                {
                    "entrant": [m["entrant"] for m in marks],
                    "judge": [m["judge"] for m in marks],
                    "criterion": [m["criterion"] for m in marks],
                    "score": [Decimal(m["value"]) / fields.THOUSAND for m in marks],
                }
            ),
            rubric_frame(criteria),
            entrants=pd.DataFrame(
                {
                    "entrant": list(places),
                    "group": [place["county"] for place in places.values()],
                    "order": [place["number"] for place in places.values()],
                    "deduction": [
                        Decimal(costs.get(entrant_id, 0)) / fields.THOUSAND for entrant_id in places
                    ],
                    "eligible": [place["stage"] != "withdrawn" for place in places.values()],
                }
            ),
            assignments=pd.DataFrame(
                {
                    "entrant": [pair["entrant_id"] for pair in pairs],
                    "judge": [pair["person_id"] for pair in pairs],
                    "state": [pair["state"] for pair in pairs],
                }
            ),
            rulings=rulings_frame(tx, row["id"]),
            rules=rules.scoring,
        )
    except NoScores as error:
        raise NothingToRank from error
    except DisconnectedPanel as error:
        raise NoCommonRanking(groups=_named_components(error, places)) from error


def rubric_frame(criteria: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Stored criteria as the frame that scoring reads."""
    return pd.DataFrame(
        {
            "criterion": [c["id"] for c in criteria],
            "max": [Decimal(c["maximum"]) / fields.THOUSAND for c in criteria],
            "weight": [Fraction(c["weight"]) for c in criteria],
            "step": [Decimal(c["step"]) / fields.THOUSAND for c in criteria],
        }
    )


def _named_components(error: DisconnectedPanel, places: dict[str, dict[str, Any]]) -> str:
    """The groups that share no judge, by the numbers of their entrants."""
    groups = []
    for component in error.values["components"]:
        names = sorted(places[e]["number"] or 0 for e in component.entrants)
        groups.append(", ".join(str(name) for name in names))
    return " | ".join(groups)


def _lines(
    numbers: Standings,
    rules: RoundRules,
    places: dict[str, dict[str, Any]],
    pairs: list[dict[str, Any]],
) -> tuple[Line, ...]:
    frame = numbers.entrants
    decimals, rounding = rules.scoring.decimals, rules.scoring.rounding
    official = rules.scoring.official
    printed = official if official in ON_PRINTED_RULE else "trimmed"
    units = {
        "official": [None if v is None else int(v.scaleb(decimals)) for v in frame["official"]],
        "announced": _units(frame["trimmed"], decimals, rounding),
        "adjusted": _units(frame["adjusted"], decimals, rounding),
    }
    if printed != "trimmed":
        units["announced"] = units["official"]
    ranks = {name: rank_units(column) for name, column in units.items()}
    expected: dict[str, int] = {}
    for pair in pairs:
        expected[pair["entrant_id"]] = expected.get(pair["entrant_id"], 0) + 1

    lines = []
    for at, (entrant_id, row) in enumerate(frame.iterrows()):
        place = places[str(entrant_id)]
        rank = ranks["official"][at]

        def figure(name: str, at: int = at) -> Decimal | None:
            unit = units[name][at]
            return None if unit is None else Decimal(published(unit, decimals))

        def tied(name: str, at: int = at) -> bool:
            return ranks[name][at] is not None and ranks[name].count(ranks[name][at]) > 1

        lines.append(
            Line(
                **{k: place[k] for k in _IDENTITY},
                entrant_id=str(entrant_id),
                official=figure("official"),
                announced=figure("announced"),
                adjusted=figure("adjusted"),
                rank=rank,
                announced_rank=ranks["announced"][at],
                adjusted_rank=ranks["adjusted"][at],
                place=None if pd.isna(row["place"]) else int(row["place"]),
                tied=tied("official"),
                announced_tied=tied("announced"),
                adjusted_tied=tied("adjusted"),
                selected=bool(row["selected"]),
                label="" if rank is None else str(row.get("label", "")),
                in_zone=bool(row.get("in_zone", False)),
                decided_by=str(row.get("decided_by") or ""),
                counted=int(row["n_judges"]),
                expected=expected.get(str(entrant_id), 0),
                deduction=Decimal(str(row["deduction"])),
                comparable=bool(row["comparable"]),
            )
        )
    return tuple(sorted(lines, key=_order))


_IDENTITY = ("number", "code", "county", "township", "village", "title", "presenter")


def _units(column: "pd.Series[float]", decimals: int, rounding: str) -> list[int | None]:
    return [None if pd.isna(v) else quantize(float(v), decimals, rounding) for v in column]


def _order(line: Line) -> tuple[bool, int, int, str]:
    return (line.rank is None, line.rank or 0, line.number or 0, line.code)


def _differing(lines: Sequence[Line], top: int, *, official_is_adjusted: bool) -> frozenset[str]:
    """Entrants that have a seat and would not by the other score's rank, or the reverse."""

    def inside(line: Line) -> bool:
        rank = line.announced_rank if official_is_adjusted else line.adjusted_rank
        return rank is not None and rank <= top

    return frozenset(line.entrant_id for line in lines if line.selected != inside(line))
