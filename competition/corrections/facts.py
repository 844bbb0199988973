"""What a correction is about, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict


class What(TypedDict, total=False):
    """What a correction changes; which of these there are depends on its kind.

    Attributes
    ----------
    entrant, other : str
        The entrant concerned; of a moved sheet, the one it belongs to.
    judge, taking : str
        The judge concerned; of a seat, the one who takes it over.
    first : int
        The first entrant concerned, by number.
    marks : dict
        Criterion's id to the mark in thousandths.
    rules : str
        The whole rules as stored.
    rubric : list of dict
        The whole rubric as stored.
    """

    entrant: str
    other: str
    judge: str
    taking: str
    first: int
    marks: dict[str, int]
    rules: str
    rubric: list[dict[str, Any]]


@dataclass(frozen=True)
class Facts:
    """The state that a correction changes.

    Attributes
    ----------
    ground : mapping
        All that it rests on; when any of it is another at the confirmation, it is refused.
    old, new : mapping
        What people read: the same names in both, a name being a key, or a key and an id.
    """

    ground: Mapping[str, Any]
    old: Mapping[str, str]
    new: Mapping[str, str]
