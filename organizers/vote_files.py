"""The files of a vote that was closed: the list of its ballots, and the votes by entrant."""

from competition.errors import Refused
from competition.voting import views
from exports import csv
from exports.table import Column, Table
from organizers import naming
from ui.access import Visit
from words import t

NAMES = ("entrant", "number", "code", "place", "votes")


def is_declared(now: Visit) -> bool:
    """Whether the visit's composite declares a vote that the visitor may see."""
    try:
        views.vote_view(now.store, now.who, now.round_id)
    except Refused:
        return False
    return True


def none_yet(now: Visit) -> str:
    """Why there is no list yet, in words; empty once the vote is closed."""
    state = views.vote_view(now.store, now.who, now.round_id).state
    return "" if state in ("closed", "shown") else t("organizers.vote.not_closed", now.lang)


def ballots(now: Visit) -> bytes:
    """The list of ballots, as it was hashed; refused as `views.ballots_file`."""
    return views.ballots_file(now.store, now.who, now.round_id)


def totals(now: Visit) -> bytes:
    """The votes by the entrants' ids, so that those of the list of ballots can be read."""
    heads = tuple(Column(name, t(f"organizers.vote.file.{name}", now.lang)) for name in NAMES)
    lines = views.totals_file(now.store, now.who, now.round_id)
    rows = tuple(
        (one["id"], str(one["number"] or ""), one["code"], naming.title(one), str(votes))
        for one, votes in lines
    )
    title = t("organizers.vote.result", now.lang)
    return csv.render(Table("vote_totals", now.lang, title, title, heads, rows))
