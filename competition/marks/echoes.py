"""The answers to a tablet, by name and type; docs/pad.md says the same for a reader."""

from typing import Any, NotRequired, TypedDict


class HeldMark(TypedDict):
    """One stored mark: thousandths or None, its revision, the change's id, when it came."""

    value: int | None
    rev: int
    id: str
    at: str


class Request(TypedDict):
    """An unanswered change request: criterion's id to the mark asked for, in thousandths."""

    id: str
    at: str
    marks: dict[str, int]


class Echo(TypedDict):
    """One judge's sheet of one entrant as the server holds it.

    Attributes
    ----------
    state : str
        draft, submitted, locked or reopened.
    came : str
        ``dictated`` or ``paper`` where the sheet was typed in for the judge, else empty.
    saved, of : int
        How many criteria have a mark, and how many there are.
    marks : dict
        A criterion's id to its mark.
    request : Request or None
        The change request that waits for a second person.
    asked : bool
        True if a request to reopen the sheet waits for an answer.
    version : str
        Changes whenever something of this judge's in the round does.
    """

    event: str
    seat: str
    round: str
    entrant: str
    state: str
    came: str
    rev: int
    saved: int
    of: int
    saved_at: str | None
    submitted_at: str | None
    locked_at: str | None
    marks: dict[str, HeldMark]
    request: Request | None
    asked: bool
    version: str


class Outcome(TypedDict):
    """The outcome of one change.

    Attributes
    ----------
    outcome : str
        ``done``; ``requested`` (it came after the lock and waits for a second person);
        ``conflict`` (a newer value is ``held``, ``value`` is the one sent); ``refused``
        (``code`` and ``error`` say why).
    """

    id: str
    outcome: str
    value: NotRequired[int | None]
    held: NotRequired[HeldMark | None]
    code: NotRequired[str]
    error: NotRequired[Any]


class Answer(Echo):
    """The echo of a write, with what became of each change sent."""

    results: list[Outcome]
