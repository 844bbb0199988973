"""An audience vote as a composite's part declares it: what each card may choose, and its score.

The votes become the part's outside score: by the highest number of votes, which has the part's
maximum, or by the share of ballots.
"""

import json
from dataclasses import asdict, dataclass, fields
from fractions import Fraction

from competition import typed
from db.canonical import canonical

SCALES = ("top", "share")
SHOWS = ("count", "result")
OPENS = ("after_stage", "any_time")
MOST_CHOICES = 20


@dataclass(frozen=True)
class VoteRules:
    """The rules of one audience vote.

    Attributes
    ----------
    most : int
        How many entrants a ballot may name at most, each once.
    scale : str
        ``top``: the most voted entrant has the part's maximum, the others in proportion;
        ``share``: the maximum times the share of ballots that name the entrant.
    hall : str
        What the hall is shown after closing: ``count``, the number of ballots alone, or
        ``result``, then the votes as well.
    opens : str
        ``after_stage``: only once every entrant has been on stage; ``any_time``.
    """

    most: int = 1
    scale: str = "top"
    hall: str = "count"
    opens: str = "after_stage"

    def as_typed(self) -> dict[str, str]:
        """The fields of a typed part; `read_vote` reads them back."""
        return {name: str(value) for name, value in asdict(self).items()}

    def to_json(self) -> str:
        """In the one spelling that is stored and hashed."""
        return canonical(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "VoteRules":
        """As stored."""
        stored = json.loads(text)
        return cls(**{one.name: stored[one.name] for one in fields(cls)})


def read_vote(form: typed.Typed, place: int) -> VoteRules:
    """The rules of a part's vote as typed."""
    return VoteRules(
        most=form.read(f"{place}.most", typed.whole(1, MOST_CHOICES), 1),
        scale=form.read(f"{place}.scale", typed.one_of(SCALES), SCALES[0]),
        hall=form.read(f"{place}.hall", typed.one_of(SHOWS), SHOWS[0]),
        opens=form.read(f"{place}.opens", typed.one_of(OPENS), OPENS[0]),
    )


def score_of(
    votes: int, *, ballots: int, highest: int, rules: VoteRules, maximum: int, step: int
) -> int | None:
    """An entrant's outside score in thousandths, half up to the step; None where no vote was cast.

    Parameters
    ----------
    votes, ballots, highest : int
        The entrant's votes, all ballots, and the votes of the most voted entrant.
    maximum, step : int
        The part's, in thousandths.
    """
    whole = highest if rules.scale == "top" else ballots
    if not whole:
        return None
    steps = Fraction(votes * maximum, whole * step)
    return int(steps + Fraction(1, 2)) * step
