"""What a reader must be told beside the result: a code and what its sentence needs."""

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
