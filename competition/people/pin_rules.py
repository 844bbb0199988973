"""What a PIN is: six digits that are not guessed first, kept as a slow salted hash.

The person's id is part of the salt: a hash that is copied to another person fits no PIN.
"""

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from competition.people.errors import BadPin, EasyPin
from competition.typed import plain

DIGITS = 6
COST = 2**15
BLOCK = 8
MOST_MEMORY = 2**26
MOST_DAYS = 60
"""Days of an event whose dates are refused, should it be entered as a very long one."""
DATES = ("%y%m%d", "%d%m%y", "%m%d%y", "%Y%m", "%m%Y")


def read_pin(typed: str, competition: Mapping[str, Any], field: str) -> str:
    """Six digits as typed, full-width ones read as meant.

    Raises
    ------
    BadPin, EasyPin
        Neither names the digits.
    """
    pin = digits(typed)
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise BadPin(field=field)
    if _is_run(pin) or _is_repeated(pin) or pin in _dates(competition):
        raise EasyPin(field=field)
    return pin


def digits(typed: str) -> str:
    """What was typed, with half-width digits and without blanks."""
    return plain(typed).replace(" ", "")[: DIGITS + 1]


def _is_run(pin: str) -> bool:
    """123456 and 654321, also over zero."""
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    return steps in ({1}, {9})


def _is_repeated(pin: str) -> bool:
    """000000, 121212, 123123; and 112233, 111222."""
    parts = [pin[: DIGITS // n] * n for n in (2, 3, 6)]
    doubled = all(pin[i] == pin[i + 1] for i in (0, 2, 4))
    tripled = all(len(set(pin[i : i + 3])) == 1 for i in (0, 3))
    return pin in parts or doubled or tripled


def _dates(competition: Mapping[str, Any]) -> set[str]:
    first = competition.get("starts_on") or competition.get("ends_on")
    last = competition.get("ends_on") or first
    if not first or not last:
        return set()
    begin = date.fromisoformat(str(first))
    length = (date.fromisoformat(str(last)) - begin).days
    days = [begin + timedelta(days=n) for n in range(min(max(length, 0), MOST_DAYS) + 1)]
    return {day.strftime(form) for day in days for form in DATES}


def hashed(pin: str, person_id: str) -> str:
    """A PIN as it is stored: ``scrypt$cost$block$salt$key``."""
    salt = secrets.token_hex(16)
    return f"scrypt${COST}${BLOCK}${salt}${_key(pin, person_id, salt, COST, BLOCK)}"


def fits(pin: str, stored: str, person_id: str) -> bool:
    """Whether a PIN is the one stored for this person; False for a hash that is damaged."""
    try:
        _, cost, block, salt, key = stored.split("$")
        return hmac.compare_digest(_key(pin, person_id, salt, int(cost), int(block)), key)
    except (ValueError, TypeError, MemoryError):
        return False


def _key(pin: str, person_id: str, salt: str, cost: int, block: int) -> str:
    return hashlib.scrypt(
        pin.encode(),
        salt=f"{salt}:{person_id}".encode(),
        n=cost,
        r=block,
        p=1,
        maxmem=MOST_MEMORY,
        dklen=32,
    ).hex()
