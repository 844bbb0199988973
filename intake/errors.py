"""Refusals of entering a workbook.

IntakeRefused
├── PlanStopped    the plan has stops; the workbook must be fixed first
└── RoundThere     the competition has a round with this title, usually from this workbook
"""

import re
from typing import Any


class IntakeRefused(Exception):
    """Base of this package's refusals.

    Attributes
    ----------
    code : str
        The type's name in snake_case; the message is ``error.<code>`` in ``words``.
    values : dict
        Values of the message's placeholders.
    """

    code = "intake_refused"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}")


class PlanStopped(IntakeRefused):
    """A plan with stops is never entered."""


class RoundThere(IntakeRefused):
    """The competition already has a round with this title."""
