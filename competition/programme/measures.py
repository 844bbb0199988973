"""The measures of the programme: which villages each counts, its source, and of how many.

A measure is a row here; its words are ``programme.measure.<key>`` with ``_source`` and ``_asks``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from competition.programme.lines import VillageLine
from competition.programme.plans import SPECIAL


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    of : callable
        What a village adds to the figure.
    out_of : callable or None
        What it adds to the number below the line; None for a plain count.
    source : str
        Key of `db.programme_counts.LAST_DAYS`, whose last day is the figure's; empty for the
        list of task villages.
    more_is_better : bool
        Whether a darker tile means more done; else more to act on.
    """

    key: str
    of: Callable[[VillageLine], int]
    out_of: Callable[[VillageLine], int] | None
    source: str
    more_is_better: bool = True


def _one(_: VillageLine) -> int:
    return 1


def _special(at: int) -> Callable[[VillageLine], int]:
    return lambda village: village.specials >> at & 1


MEASURES: dict[str, Measure] = {
    one.key: one
    for one in (
        Measure("villages", _one, None, ""),
        Measure("finished", lambda v: v.finished, _one, "plans"),
        Measure("reviewed", lambda v: v.reviewed, _one, "plans"),
        Measure("filed", lambda v: v.filed, _one, "plans"),
        Measure("special", lambda v: v.special, _one, "plans"),
        *(Measure(kind, _special(at), _one, "plans") for at, kind in enumerate(SPECIAL)),
        Measure("people", lambda v: v.people, None, "people"),
        Measure("needs", lambda v: v.needs, None, "needs"),
        Measure("met", lambda v: v.met, lambda v: v.needs, "needs"),
        Measure("fund", lambda v: v.fund, None, "funds"),
        Measure("overdue", lambda v: int(v.overdue > 0), _one, "steps", more_is_better=False),
        Measure("all_steps", lambda v: int(v.next == 0), _one, "steps"),
    )
}
SHARES = tuple(key for key, one in MEASURES.items() if one.out_of is not None)


@dataclass(frozen=True)
class Figure:
    """A measure of a county, or of all, by a day and a week before."""

    value: int
    out_of: int | None
    before: int

    @property
    def change(self) -> int:
        """What the week has added."""
        return self.value - self.before

    @property
    def percent(self) -> float | None:
        """Share in percent; None for a plain count, or of nothing."""
        return 100 * self.value / self.out_of if self.out_of else None


def figure(measure: Measure, now: Sequence[VillageLine], before: Iterable[VillageLine]) -> Figure:
    """A measure over lines of a day and of a week before."""
    return Figure(
        sum(map(measure.of, now)),
        None if measure.out_of is None else sum(map(measure.out_of, now)),
        sum(map(measure.of, before)),
    )
