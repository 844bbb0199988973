"""The button of an act: absent for a role that never has it, disabled with its reason else."""

from competition.errors import Forbidden, NotNow
from competition.rights import refusal
from competition.saying import in_a_row, sentence, way_out
from ui.access import Visit
from ui.frame import Action
from words import t


def offer(now: Visit, act: str, *, primary: bool = False, reason: str = "") -> list[Action]:
    """Return the act's button for a page's title, or nothing.

    Parameters
    ----------
    reason
        Why it cannot be pressed though the round's state allows it.
    """
    problem = refusal(now.store, now.who, act, now.round_id)
    if isinstance(problem, Forbidden) and not isinstance(problem, NotNow):
        return []
    if problem is not None:
        reason = in_a_row([sentence(problem, now.lang), way_out(problem, now.lang)], now.lang)
    return [Action(act, t(f"organizers.act.{act}", now.lang), primary=primary, reason=reason)]


def can(now: Visit, act: str) -> bool:
    """Whether an act is open to the visitor in the round's present state."""
    return refusal(now.store, now.who, act, now.round_id) is None
