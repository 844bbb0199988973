"""A county's filed list accepted: entered like an import, with its documents, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from competition import Store
from competition.documents import documents
from competition.filing import answering, views
from competition.filing.errors import PlaceThere
from competition.lineup import entrants, importing
from competition.visitor import Visitor
from intake.entering import Entered, enter
from intake.gazetteer import VILLAGE
from intake.plan import Plan, PlannedEntrant
from words import t

FACTS = ("code", "township", "village", "title", "presenter", "post", "unit")


def accept(
    store: Store,
    who: Visitor,
    filing_id: str,
    *,
    version: int,
    lang: str,
    at: datetime,
    round_id: str = "",
    round_title: str = "",
) -> Entered:
    """Enter the entrants and documents that a county filed, in one transaction.

    It is recorded as an import, and undone by the same act; then the list waits again.

    Parameters
    ----------
    version : int
        The version that the organizer has looked at.
    round_id : str
        A round in draft to add to; empty for a new round with ``round_title``.

    Raises
    ------
    PlaceThere
        If the competition has an entrant of the same place with another title.
    competition.errors.Refused, intake.errors.IntakeRefused
        As each act and `enter`; nothing is written then.
    """
    view = views.filing(store, who, filing_id, at=at)
    listed = views.filed_content(store, who, filing_id, version)
    county = view.row["county"]
    with store.writing():
        _require_new_places(store, who, listed)
        plan = _plan(t("intake.filing_name", lang, county=county), county, listed)
        done = enter(
            store,
            who,
            plan,
            at=at,
            round_title=round_title,
            lang=lang,
            round_id=round_id,
            besides=partial(_attach, store, who, listed, at),
        )
        entered = importing.last_import(store, who)
        import_id = entered["id"] if entered else ""
        answering.accept_filing(store, who, filing_id, import_id, version=version, at=at)
    return done


def _plan(name: str, county: str, listed: Sequence[Mapping[str, Any]]) -> Plan:
    planned = tuple(
        PlannedEntrant(key=one["id"], county=county, **{fact: one[fact] for fact in FACTS})
        for one in listed
    )
    is_village = {len(one.code) == VILLAGE for one in planned}
    category = "all" if len(is_village) > 1 else "village" if True in is_village else "township"
    return Plan(name=name, category=category, entrants=planned)


def _require_new_places(store: Store, who: Visitor, listed: Sequence[Mapping[str, Any]]) -> None:
    there = {row["code"]: row["title"] for row in entrants.all_entrants(store, who)}
    for one in listed:
        title = there.get(one["code"], one["title"])
        if title != one["title"]:
            place = one["village"] or one["township"]
            raise PlaceThere(place=place, code=one["code"], title=title)


def _attach(store: Store, who: Visitor, listed: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """The documents of every entrant, named by what they are."""
    ids = {(row["code"], row["title"]): row["id"] for row in entrants.all_entrants(store, who)}
    for one in listed:
        entrant_id = ids[one["code"], one["title"]]
        there = documents.hashes_of(store, who, entrant_id)
        for paper in one["documents"]:
            if paper["sha256"] not in there:
                documents.add_kept_document(
                    store,
                    who,
                    entrant_id,
                    _name(paper),
                    kind=paper["media_type"],
                    size=paper["size"],
                    sha256=paper["sha256"],
                    at=at,
                )


def _name(paper: Mapping[str, Any]) -> str:
    kind, name = str(paper["kind"]), str(paper["name"])
    return f"{kind} {name}" if kind and kind not in name else name
