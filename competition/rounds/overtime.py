"""The table of overtime: what the seconds over the limit cost, in points of the printed scale.

Stored as one text: steps ``10=0.02,20=0.05,0.1`` (up to 10 seconds, up to 20, any more), or the
points of each begun minute.
"""

import re

from competition import fields
from competition.errors import BadInput
from competition.rounds.errors import BadRules

BY = ("none", "steps", "minute")
MINUTE = 60
_STEP = re.compile(r"(?:(\d{1,4})\s*[=:])?\s*([\d.]{1,8})")


def check(by: str, text: str) -> None:
    """Refuse a table that cannot be used.

    Raises
    ------
    BadRules
    """
    if by not in BY or (by == "none") != (text == ""):
        raise BadRules(rule="overtime_by", value=by)
    if by == "none":
        return
    steps = _steps(text)
    bounds = [upto for upto, _ in steps if upto is not None]
    is_open = bool(steps) and steps[-1][0] is None
    rises = bounds == sorted(set(bounds)) and len(bounds) == len(steps) - 1
    if not (is_open and rises) or any(points <= 0 for _, points in steps):
        raise BadRules(rule="overtime", value=text)
    if by == "minute" and len(steps) != 1:
        raise BadRules(rule="overtime", value=text)


def cost(by: str, text: str, over: int) -> int:
    """What some whole seconds over the limit cost, in thousandths."""
    if by == "none" or over <= 0:
        return 0
    steps = _steps(text)
    if by == "minute":
        return -(-over // MINUTE) * steps[0][1]
    return next(points for upto, points in steps if upto is None or over <= upto)


def read(typed: str, field: str) -> str:
    """A table as an organizer types it, in the form it is stored in.

    Full-width signs are read as meant, and 分 or 秒 after a number is left out.

    Raises
    ------
    BadInput
    """
    plain = re.sub(r"[^\d.=:,;]", "", typed.translate(_MEANT))
    parts = [part for part in re.split(r"[,;]", plain) if part]
    if not parts or not all(_STEP.fullmatch(part) for part in parts):
        raise BadInput(field=field, value=typed[:40])
    return ",".join(part.replace(":", "=") for part in parts)


def steps(text: str) -> list[tuple[int, int | None, str]]:
    """Each step for people: from which second, to which (None: any more), points."""
    told, first = [], 1
    for part in text.split(","):
        upto, _, points = part.rpartition("=")
        told.append((first, int(upto) if upto else None, points))
        first = int(upto) + 1 if upto else first
    return told


_MEANT = {0xFF00 + n: 0x20 + n for n in range(1, 0x5F)} | {0x3000: " ", 0x3001: ",", 0x3002: "."}


def _steps(text: str) -> list[tuple[int | None, int]]:
    steps = []
    for part in text.split(","):
        match = _STEP.fullmatch(part)
        amount = fields.amount(match[2]) if match else None
        value = None if amount is None else fields.thousandths(amount)
        if match is None or value is None or value > 100 * fields.THOUSAND:
            raise BadRules(rule="overtime", value=text)
        steps.append((int(match[1]) if match[1] else None, value))
    return steps
