"""Imports as a whole: recorded with what they changed and learnt, undone by one act."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

from competition import fields
from competition.acting import acting, changed
from competition.errors import Missing
from competition.ids import mint
from competition.lineup.errors import ChangedSince
from competition.lineup.expectations import renew, renew_drafts
from competition.lineup.roster import put_place
from competition.rights import require_read
from competition.rounds.removing import clear_round, require_no_part
from competition.times import stamp
from competition.visitor import Visitor
from db import (
    Store,
    Transaction,
    document_files,
    documents,
    entrants,
    filings,
    panel,
    people,
    setup,
)
from db import imports as rows
from db import rounds as round_rows
from db.store import Row


class Before(TypedDict):
    """A row that an import changed, as it was: of entrants, people or shelf_marks."""

    table: str
    row: Mapping[str, Any]


class LastImport(TypedDict):
    """The import that can be undone: its id, its files' names, and its round, if it made one."""

    id: str
    name: str
    round_id: str | None


def event_number(store: Store, who: Visitor) -> int:
    """The number of the last event, read before an import enters its first row."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        return rows.last_event(tx, str(who.competition_id))


def record_import(
    store: Store,
    who: Visitor,
    *,
    name: str,
    round_id: str,
    made_round: bool,
    since: int,
    columns: Mapping[str, str],
    at: datetime,
    before: Sequence[Before] = (),
) -> str:
    """Record that everything since an event was one import; return its id.

    Parameters
    ----------
    round_id : str
        The round it was entered in; empty for lists of the competition alone.
    since : int
        `event_number` before it.
    columns : mapping
        Headers that a person assigned to a field: they are taken so from now on.
    before : sequence of Before
        What the import changed, as it was before.
    """
    import_id = mint()
    competition_id = str(who.competition_id)
    with acting(store, who, "record_import", at=at) as (act, tx):
        tx.put(
            "imports",
            {
                "id": import_id,
                "competition_id": competition_id,
                "name": fields.text(name, "name"),
                "round_id": round_id or None,
                "made_round": int(made_round),
                "first_event": since + 1,
                "last_event": rows.last_event(tx, competition_id),
                "undone_at": None,
                "before": json.dumps(before, ensure_ascii=False) if before else None,
            },
        )
        for header, field in columns.items():
            tx.put(
                "column_names",
                {"competition_id": competition_id, "header": header[:200], "field": field[:40]},
            )
        act.record("import_entered", competition_id, reason=fields.text(name, "name"))
    return import_id


def last_import(store: Store, who: Visitor) -> LastImport | None:
    """The last import that was not undone."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        row = rows.last(tx, str(who.competition_id))
    if row is None:
        return None
    return {"id": row["id"], "name": row["name"], "round_id": row["round_id"]}


def undo_import(store: Store, who: Visitor, import_id: str, *, at: datetime) -> None:
    """Remove what an import entered, as one event: its round, entrants, documents and people.

    A county's list that it entered waits for an answer again.

    Raises
    ------
    ChangedSince
        If its round was changed or opened, an entrant or a person is used elsewhere, or a
        document was in view when a mark was given.
    """
    with acting(store, who, "undo_import", at=at) as (act, tx):
        row = rows.find(tx, import_id)
        if row is None or row["competition_id"] != who.competition_id or row["undone_at"]:
            raise Missing(what="import")
        _undo_round(tx, row, act.at)
        for was in json.loads(row["before"] or "[]"):
            _put_back(tx, row, was)
        for document in rows.documents_added(tx, row):
            _remove_document(tx, store, document)
        for entrant_id in rows.subjects(tx, row, "entrant_added"):
            _remove_entrant(tx, store, entrant_id)
        for person_id in rows.subjects(tx, row, "person_added"):
            _remove_person(tx, person_id)
        for filing in filings.of_import(tx, import_id):
            tx.put("filings", changed(filing, state="filed", import_id=None))
        tx.put("imports", changed(row, undone_at=stamp(act.at), before=None))
        act.record("import_undone", str(who.competition_id), reason=row["name"])


def _undo_round(tx: Transaction, row: Row, at: datetime) -> None:
    """Remove the import's round, or what the import entered in a round that was there."""
    if row["round_id"] is None:
        return
    round_row = round_rows.find(tx, row["round_id"])
    if round_row is None or round_row["state"] != "draft" or rows.is_touched(tx, row):
        raise ChangedSince(what=round_row["title"] if round_row else "")
    if row["made_round"]:
        require_no_part(tx, row["round_id"])
        clear_round(tx, row["round_id"])
        tx.put("rounds", changed(round_row, removed_at=stamp(at)))
        return
    entered = set(rows.subjects(tx, row, "entrant_entered"))
    seated = set(rows.subjects(tx, row, "judge_seated"))
    pairs: tuple[tuple[str, Sequence[Mapping[str, Any]]], ...] = (
        ("assignments", panel.assignments(tx, row["round_id"])),
        ("recusals", panel.recusals(tx, row["round_id"])),
    )
    for table, stored in pairs:
        for pair in stored:
            if pair["entrant_id"] in entered or pair["person_id"] in seated:
                names = ("round_id", "entrant_id", "person_id")
                tx.remove(table, **{name: pair[name] for name in names})
    for entrant_id in entered:
        tx.remove("round_entrants", round_id=row["round_id"], entrant_id=entrant_id)
    added = set(rows.subjects(tx, row, "session_added"))
    for session in round_rows.sessions(tx, row["round_id"]):
        for member in panel.members(tx, session["id"]):
            if session["id"] in added or member["person_id"] in seated:
                tx.remove("panels", session_id=session["id"], person_id=member["person_id"])
    for place in entrants.in_round(tx, row["round_id"]):
        if place["session_id"] in added:
            put_place(tx, row["round_id"], place["id"], None)
    for session_id in added:
        tx.remove("sessions", id=session_id)
    for person_id in seated:
        for grant in setup.grants_in_round(tx, person_id, row["round_id"]):
            tx.remove("grants", id=grant["id"])
        tx.remove("seats", round_id=row["round_id"], person_id=person_id)
    renew(tx, round_row)


def _put_back(tx: Transaction, imported: Row, was: Before) -> None:
    """Restore a row as it was, unless it was changed since or lies in an opened round."""
    subject = was["row"].get("entrant_id") or was["row"]["id"]
    is_fixed = subject in entrants.in_opened_rounds(tx, imported["competition_id"])
    if is_fixed or rows.is_subject_since(tx, imported, subject):
        raise ChangedSince(what=was["row"].get("village") or was["row"].get("name", ""))
    if was["table"] == "shelf_marks":
        there = documents.shelf_mark(tx, subject) or {"rev": 0}
        tx.put("shelf_marks", {**was["row"], "rev": there["rev"] + 1})
        return
    tx.put(was["table"], was["row"])
    of_subject = setup.rounds_of_entrant if was["table"] == "entrants" else setup.rounds_of_judge
    renew_drafts(tx, of_subject(tx, subject))


def _remove_document(tx: Transaction, store: Store, document: Row) -> None:
    """Remove a document, also of an entrant that was there before, unless it has been read."""
    if documents.marked_since(tx, document["entrant_id"], document["added_at"]):
        raise ChangedSince(what=document["name"])
    document_files.drop(tx, store, document)


def _remove_entrant(tx: Transaction, store: Store, entrant_id: str) -> None:
    used = setup.rounds_of_entrant(tx, entrant_id)
    if used:
        raise ChangedSince(what=used[0]["title"])
    document_files.drop_all(tx, store, entrant_id)
    tx.remove("entrants", id=entrant_id)


def _remove_person(tx: Transaction, person_id: str) -> None:
    used = setup.rounds_of_judge(tx, person_id)
    if used or setup.has_entered(tx, person_id):
        person = people.find(tx, person_id)
        raise ChangedSince(what=used[0]["title"] if used else person["name"] if person else "")
    for grant in people.grants(tx, person_id):
        tx.remove("grants", id=grant["id"])
    for link in people.links(tx, person_id):
        tx.remove("links", id=link["id"])
    tx.remove("people", id=person_id)
