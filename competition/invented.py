"""Whether a competition's data are invented: a sample, or the copy that a rehearsal runs on."""

from collections.abc import Mapping
from typing import Any

FACTS = ("id", "title", "sample")


def invented(competition: Mapping[str, Any] | None) -> str:
    """``rehearsal``, ``sample``, or empty: the last part of the words' keys of the mark."""
    if not competition:
        return ""
    if competition.get("rehearsal"):
        return "rehearsal"
    return "sample" if competition["sample"] else ""


def facts_of(competition: Mapping[str, Any]) -> dict[str, Any]:
    """What a snapshot keeps of a competition; only a rehearsal's says that it is one."""
    more = {"rehearsal": 1} if competition.get("rehearsal") else {}
    return {name: competition[name] for name in FACTS} | more
