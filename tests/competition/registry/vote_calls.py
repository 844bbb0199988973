"""The acts and reads of an audience vote, called with arguments that are valid."""

from typing import Any

from competition.marks import outside
from competition.rounds import rounds
from competition.voting import cards, holding, views
from tests.competition.event import later
from tests.competition.registry import composite_rows, vote_rows

AT = later(3600)


def begin(p: Any) -> None:
    """Three composites in draft, each with a vote: to be opened, to be closed, to be shown."""
    for name in ("vote", "vote_open", "vote_done"):
        p.ids[name] = vote_rows.declare(p.event, source=p.ids["desk"], at=AT, hall="result")
    vote_rows.make(p.event, p.ids["vote"], 2, at=AT)


def prepare(p: Any) -> None:
    """All open; the vote of the second is open, that of the third is closed."""
    for name in ("vote", "vote_open", "vote_done"):
        composite_rows.begin(p.event, p.ids[name], at=AT)
    for name in ("vote_open", "vote_done"):
        (card,) = vote_rows.make(p.event, p.ids[name], 1, at=AT)
        vote_rows.open_(p.event, p.ids[name], at=AT)
        vote_rows.choose(p.event, p.ids[name], card, p.ids["spare"], at=AT)
    vote_rows.close(p.event, p.ids["vote_done"], at=AT)


def close(p: Any) -> None:
    """The last vote closed, the lists refused, and the composites closed with them."""
    vote_rows.close(p.event, p.ids["vote_open"], at=AT)
    checker = p.event.visitor("checker")
    for name in ("vote_open", "vote_done"):
        list_id = vote_rows.list_of(p.event, p.ids[name])
        outside.answer_outside(p.event.store, checker, list_id, approve=False, at=AT)
    for name in ("vote", "vote_open", "vote_done"):
        rounds.close_round(p.event.store, p.event.organizer, p.ids[name], at=AT)


def _shown(p: Any, who: Any) -> object:
    return holding.show_vote(p.event.store, who, p.ids["vote_done"], at=AT)


ACTS = {
    "issue_codes": lambda p, w: cards.issue_codes(p.event.store, w, p.ids["vote"], "2", at=AT),
    "cancel_code": lambda p, w: cards.cancel_code(
        p.event.store, w, p.ids["vote"], "1", reason="遗失", at=AT
    ),
    "open_vote": lambda p, w: holding.open_vote(p.event.store, w, p.ids["vote"], at=AT),
    "close_vote": lambda p, w: holding.close_vote(p.event.store, w, p.ids["vote_open"], at=AT),
    "show_vote": _shown,
}
READS = {
    "vote": (lambda p, w: views.vote_view(p.event.store, w, p.ids["vote_open"]),),
    "ballots": (
        lambda p, w: views.ballots_file(p.event.store, w, p.ids["vote_done"]),
        lambda p, w: views.totals_file(p.event.store, w, p.ids["vote_done"]),
    ),
}
