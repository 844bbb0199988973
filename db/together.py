"""Acts of one thread under one commit: what the server does with marks that wait together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from db.groups import Group
from db.turns import Turns

Result = TypeVar("Result")


def together(turns: Turns, acts: Sequence[Callable[[], Result]]) -> list[Result | BaseException]:
    """Do acts one after another; return what each returned or raised, once all is committed.

    An act whose commit failed has the error of that, whatever it returned.
    """
    done: list[tuple[Result | BaseException, Sequence[Group]]] = []
    with turns.gathering() as gathering:
        for act in acts:
            outcome: Result | BaseException
            try:
                outcome = act()
            except Exception as error:
                outcome = error
            done.append((outcome, gathering.taken()))
    return [
        next((turns.in_words(group.error) for group in groups if group.error), outcome)
        for outcome, groups in done
    ]
