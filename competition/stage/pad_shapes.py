"""The answers to a tablet about its work, by name and type; docs/en/pad.md says it for a reader.

Marks and points are in thousandths throughout.
"""

from typing import TypedDict

from competition.marks.echoes import Echo
from competition.stage.clock_now import Ticking


class OnStage(TypedDict):
    """The entrant on stage: its id and number, and the stage's state."""

    entrant: str
    number: int
    stage: str


class PadNow(TypedDict):
    """What a tablet asks for every few seconds.

    Attributes
    ----------
    time : str
        The server's time.
    state : str
        The round's state.
    holder : str or None
        The device that holds the seat.
    call : str or None
        When the judge's unanswered call was made.
    version : str
        Changes whenever something of the judge's own does: then the work is fetched again.
    clock : dict or None
        The clock of the entrant on stage, which the tablet counts on by itself.
    """

    event: str
    seat: str
    time: str
    state: str
    stage: OnStage | None
    holder: str | None
    call: str | None
    version: str
    name: str
    clock: Ticking | None


class PadAnchor(TypedDict):
    """A level of a criterion with its range."""

    level: str
    text: str
    low: int
    high: int


class PadCriterion(TypedDict):
    """A criterion; ``points`` says what to look for."""

    id: str
    name: str
    points: str
    maximum: int
    step: int
    anchors: list[PadAnchor]


class PadDocument(TypedDict):
    """A document: its kind by the ending of its name, its size in megabytes."""

    id: str
    name: str
    kind: str
    size: str


class PadMaterials(TypedDict):
    """Where an entrant's paper lies, and its documents."""

    shelf_mark: str
    documents: list[PadDocument]


class PadEntrant(TypedDict):
    """An entrant; in a blind round the names are empty."""

    id: str
    number: int
    county: str
    township: str
    village: str
    title: str
    presenter: str
    post: str
    code: str


class PadSheet(TypedDict):
    """One assigned entrant and the judge's sheet of it.

    Attributes
    ----------
    state : str
        As in `competition.marks.own_work.own_work`.
    reason : str
        Why the judge is recused or absent.
    held : bool
        True if it waits to be announced together with others.
    seat_of : int or None
        The number of the seat that a judge in reserve has taken over.
    remark, note : str
        The judge's words.
    """

    entrant: PadEntrant
    state: str
    reason: str
    held: bool
    seat_of: int | None
    materials: PadMaterials
    echo: Echo
    remark: str
    note: str


class PadRound(TypedDict):
    """A round that the judge may turn to."""

    id: str
    title: str
    state: str


class PadWork(PadNow):
    """All a tablet has to know to go on alone.

    Attributes
    ----------
    number : int or None
        The seat's number.
    chair, reserve, blind : bool
        True for the chair of the panel, a reserve judge, a blind round.
    sample : str
        ``sample`` or ``rehearsal`` where the data are invented; else empty.
    timezone : str
        The clock that times are shown by.
    """

    number: int | None
    chair: bool
    reserve: bool
    sample: str
    timezone: str
    round: str
    blind: bool
    rounds: list[PadRound]
    criteria: list[PadCriterion]
    sheets: list[PadSheet]
