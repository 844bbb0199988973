"""The contest beside the programme: rounds and sheets, and who was chosen or given which prize.

Of a round that is not certified only counts are given; no mark and no judge's name ever is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from competition.errors import Missing
from competition.programme.scope import reach, reaches
from competition.results.certification import latest_certified
from competition.results.deciding import groups_in_force
from competition.results.versions import is_public
from competition.rights import require_read
from competition.rounds.rules import RoundRules
from competition.visitor import Visitor
from db import Store, Transaction, entrants, sheets, snapshots
from db import rounds as round_rows
from db.shapes import RoundRow

WHICH = ("all", "missing", "chosen")


@dataclass(frozen=True)
class RoundProgress:
    """A round's counts: entrants, how many are chosen, sheets in and expected."""

    id: str
    title: str
    state: str
    stage: str
    entrants: int
    top: int
    submitted: int
    expected: int
    on: str


@dataclass(frozen=True)
class Awarded:
    """An entrant that a certified round chose.

    Attributes
    ----------
    kind, prize : str
        As in `competition.results.prizes.PrizeGroup`: shortlist is no prize, but leads on.
    """

    round_id: str
    round: str
    kind: str
    prize: str
    county: str
    township: str
    village: str
    code: str
    title: str
    rank: int
    place: int


@dataclass(frozen=True)
class Contest:
    """The contest as a leader, the office or a county sees it.

    Attributes
    ----------
    giving : dict
        Certified finals, id to title; while none is certified, the rounds that lead on to them.
    """

    rounds: tuple[RoundProgress, ...]
    awarded: tuple[Awarded, ...]
    giving: dict[str, str]

    @property
    def prized(self) -> tuple[Awarded, ...]:
        """What the rounds of ``giving`` gave."""
        return tuple(one for one in self.awarded if one.round_id in self.giving)

    def of_county(self, code: str) -> tuple[Awarded, ...]:
        """As `prized`, of a county by its code."""
        return tuple(one for one in self.prized if one.code[:6] == code)


@dataclass(frozen=True)
class EntrantLine:
    """An entrant of a round: its place, sheets in and expected, and the prize it was given."""

    code: str
    county: str
    township: str
    village: str
    title: str
    number: int | None
    submitted: int
    expected: int
    won: Awarded | None


def contest(store: Store, who: Visitor) -> Contest:
    """Rounds with their counts, and the results the visitor reads; a county sees its own alone."""
    with store.reading() as tx:
        require_read(tx, who, "programme")
        there = _rounds(tx, who)
        sees_counts = reach(who) is None
        known = [row for row in there if reads_result(tx, who, row)]
        finals = [row for row in known if row["stage"] == "final"]
        return Contest(
            tuple(_progress(tx, row) for row in there if sees_counts),
            tuple(one for row in known for one in _awarded(tx, who, row)),
            {row["id"]: row["title"] for row in finals or known},
        )


def entrants_of(store: Store, who: Visitor, round_id: str, which: str = "all") -> list[EntrantLine]:
    """The entrants behind a round's counts that the visitor reaches, by number.

    Parameters
    ----------
    which : str
        ``missing`` for those with sheets missing, ``chosen`` for those chosen, ``all``. How many
        sheets an entrant has is for those who see all counties.

    Raises
    ------
    Missing
        If it is no round of the visitor's competition.
    """
    with store.reading() as tx:
        require_read(tx, who, "programme")
        row = next((one for one in _rounds(tx, who) if one["id"] == round_id), None)
        if row is None:
            raise Missing(what="round")
        won = {
            one.code: one for one in reversed([*_awarded(tx, who, row)])
        }  # a list before singles
        sees_counts = reach(who) is None
        counts = {
            one["entrant_id"]: (one["submitted"], one["counted"])
            for one in sheets.counted_of_entrants(tx, round_id)
            if sees_counts
        }
        lines = [
            EntrantLine(
                one["code"],
                one["county"],
                one["township"],
                one["village"],
                one["title"],
                one["number"],
                *counts.get(one["id"], (0, 0)),
                won.get(one["code"]),
            )
            for one in entrants.in_round(tx, round_id)
            if reaches(who, one["code"][:6])
        ]
    if which == "missing":
        return [one for one in lines if one.submitted < one.expected]
    return [one for one in lines if which != "chosen" or one.won is not None]


def _rounds(tx: Transaction, who: Visitor) -> list[RoundRow]:
    there = round_rows.of_competition(tx, str(who.competition_id))
    return [row for row in there if row["practice_of"] is None]


def _progress(tx: Transaction, row: RoundRow) -> RoundProgress:
    counts = sheets.counted_of_entrants(tx, row["id"])
    on = row["certified_at"] or row["closed_at"] or row["opened_at"] or ""
    return RoundProgress(
        row["id"],
        row["title"],
        row["state"],
        row["stage"],
        len(entrants.in_round(tx, row["id"])),
        RoundRules.from_json(row["rules"]).scoring.top,
        sum(one["submitted"] for one in counts),
        sum(one["counted"] for one in counts),
        on,
    )


def _awarded(tx: Transaction, who: Visitor, row: RoundRow) -> Iterator[Awarded]:
    if not reads_result(tx, who, row):
        return
    certificate = latest_certified(tx, row["id"])
    for group in groups_in_force(tx, certificate["id"], certificate["content"]):
        for one in group.members:
            line = one.line
            if line is not None and line["rank"] and reaches(who, line["code"][:6]):
                yield Awarded(
                    row["id"],
                    row["title"],
                    group.kind,
                    group.name,
                    line["county"],
                    line["township"],
                    line["village"],
                    line["code"],
                    line["title"],
                    line["rank"],
                    line["place"] or line["rank"],
                )


def reads_result(tx: Transaction, who: Visitor, row: RoundRow) -> bool:
    """Whether a visitor may read what a round gave.

    Leaders, the office and organizers from its certificate on; a county once it was announced.
    """
    if row["state"] != "certified":
        return False
    latest = snapshots.latest(tx, row["id"], "certify")
    return latest is not None and (reach(who) is None or is_public(tx, latest["id"]))
