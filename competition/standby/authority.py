"""Who may take over on the second laptop's page: by its secret, or by an organizer's PIN.

Both are tried against what this laptop has; wrong ones are counted on its disk before they are
looked at, so that neither a restart nor many windows give more tries.
"""

import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from competition.people.pin_rules import digits, fits
from competition.standby import copies, pairing
from competition.standby.codes import read_code
from competition.standby.pairing import Pairing
from competition.times import parse, stamp
from db import people, pins
from db.looking import looking

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)


class TakeoverRefused(Exception):
    """The secret is wrong (``wrong``), or was wrong too often (``locked``)."""

    def __init__(self, code: str, left: int = 0) -> None:
        self.code, self.left = code, left
        super().__init__(code)


def require_authority(folder: Path, typed: str, *, at: datetime) -> Pairing:
    """The pairing, if what was typed is this laptop's secret or an organizer's PIN.

    Raises
    ------
    TakeoverRefused
        Also where nothing was typed.
    """
    paired = pairing.kept(folder)
    if paired is None:
        raise TakeoverRefused("wrong")
    if paired.wrong >= TRIES:
        if at < parse(paired.wrong_at) + LOCKED_FOR:
            raise TakeoverRefused("locked")
        paired = replace(paired, wrong=0, wrong_at="")
    tried = replace(paired, wrong=paired.wrong + 1, wrong_at=stamp(at))
    pairing.keep(folder, tried)
    if not (_is_secret(paired, typed) or _is_pin(folder, paired, typed)):
        raise TakeoverRefused("wrong", TRIES - tried.wrong)
    right = replace(tried, wrong=0, wrong_at="")
    pairing.keep(folder, right)
    return right


def _is_secret(paired: Pairing, typed: str) -> bool:
    return bool(typed.strip()) and hmac.compare_digest(
        read_code(typed).encode(), paired.secret.encode()
    )


def _is_pin(folder: Path, paired: Pairing, typed: str) -> bool:
    """Whether it is the PIN of an organizer of the whole competition, by the newest copy."""
    newest = copies.newest(folder, paired.event)
    if newest is None or not digits(typed):
        return False
    with looking(newest.path) as looked, looked.store.reading() as tx:
        organizers = [
            grant["person_id"]
            for grant in people.grants_in(tx, paired.event)
            if grant["role"] == "organizer" and grant["round_id"] is None
        ]
        stored = [(one, pins.of_person(tx, one)) for one in organizers]
    return any(row is not None and fits(digits(typed), row["hash"], one) for one, row in stored)
