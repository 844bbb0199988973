"""Rows of what follows a certificate, for the event that has one in every table."""

from datetime import datetime
from typing import Any

from competition.results import audits, award_texts
from competition.stage import ceremonies


def enter(event: Any, *, at: datetime) -> None:
    """The closing words of 奖状 are the organizer's."""
    award_texts.set_award_texts(
        event.store, event.organizer, event.round_id, "award", {"wish": "以资鼓励。"}, at=at
    )


def enter_certified(event: Any, *, at: datetime) -> None:
    """The ceremony is laid out, its first step shown and taken off; an audit agrees."""
    which = (event.store, event.organizer, event.round_id)
    ceremonies.lay_out_ceremony(*which, "places", at=at)
    ceremonies.edit_step(*which, 2, "州领导", at=at)
    ceremonies.move_ceremony(*which, 1, seen=0, at=at)
    ceremonies.move_ceremony(*which, 0, seen=1, at=at)
    audit = audits.begin_audit(*which, "4261533621", count=5, at=at)
    audits.record_audit(event.store, event.visitor("supervisor"), audit, [], at=at)
