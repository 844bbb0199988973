"""One row of the standings table, and the format of a figure."""

from dataclasses import dataclass
from decimal import Decimal

from competition.results.standing_lines import Verdict

Figure = Decimal | float | None

IN_ZONE = ("zone_in", "zone_out", "awaiting")
SELECTED = ("above", "zone_in")
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """One entrant as the table shows it.

    Attributes
    ----------
    number
        Order of appearance, shown as 12号; None where no lot was drawn (then ``code`` shows).
    title, place
        Village; county and township. Never the village alone.
    official, other
        The published official score, and the score shown beside it. None: no score.
    rank, other_rank, tied, other_tied
        Rank on either score; tied shows ``=`` after it.
    counted, expected
        Counted sheets of those assigned; dotted where short.
    verdict
        Row state. ``awaiting``: in the zone, a ruling is missing; ``unranked``: listed last.
    seat
        Place in the list of winners.
    differs
        In by one score and out by the other: ◆.
    deduction
        Points subtracted; the column appears if any row has a deduction.
    word
        Its word, where it is another than the verdict's.
    note
        A word below the outcome: why unranked, too few judges.
    parts
        Published scores of a composite's parts; None where one is missing.
    link
        Address that a press on the row opens: the explanation of its score.
    """

    number: int | str | None
    title: str
    place: str
    official: Figure
    rank: int | None
    verdict: Verdict
    counted: int
    expected: int
    code: str = ""
    other: Figure = None
    other_rank: int | None = None
    tied: bool = False
    other_tied: bool = False
    seat: int | None = None
    differs: bool = False
    deduction: Figure = None
    word: str = ""
    note: str = ""
    link: str = ""
    parts: tuple[Figure, ...] = ()


def figure(value: Figure, decimals: int, *, signed: bool = False) -> str:
    """Return a number with a true minus; with a plus, too, where it is a difference."""
    text = f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"
    if not text.strip("+-0."):
        text = text.lstrip("+-")
    return text.replace("-", MINUS)
