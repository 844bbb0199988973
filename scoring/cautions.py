"""Warnings beside a result: a code and the values of its sentence."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Caution:
    """One warning; words live under ``warning.<code>``."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        listed = ", ".join(f"{k}={v}" for k, v in self.values.items())
        return f"{self.code}: {listed}" if listed else self.code
