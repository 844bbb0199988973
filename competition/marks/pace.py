"""How fast one seat may write words and ask for changes: each is kept in the log for ever."""

from datetime import datetime, timedelta

from competition.marks.errors import TooOften
from competition.times import stamp
from db import Transaction
from db import changes as rows

MINUTE = timedelta(minutes=1)
WORDS_A_MINUTE = 30
LATE_MARKS_A_MINUTE = 120
"""A tablet that was offline brings all it has kept: a whole session's marks in two minutes."""


def require_words_pace(tx: Transaction, person_id: str, at: datetime) -> None:
    """Refuse a judge's 31st remark or note within a minute; the pad sends it later.

    Raises
    ------
    TooOften
    """
    written = rows.done_since(tx, person_id, stamp(at - MINUTE))
    _require(sum(one["kind"] in ("remark", "note") for one in written), WORDS_A_MINUTE)


def require_late_pace(tx: Transaction, person_id: str, at: datetime) -> None:
    """Refuse further marks after the lock, once a judge has sent 120 within a minute.

    Raises
    ------
    TooOften
    """
    asked = rows.done_since(tx, person_id, stamp(at - MINUTE))
    _require(sum(one["outcome"] == "requested" for one in asked), LATE_MARKS_A_MINUTE)


def _require(count: int, most: int) -> None:
    if count >= most:
        raise TooOften(count=most)
