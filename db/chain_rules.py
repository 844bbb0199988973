"""Rules of the two chains that take more than one query: generations, sightings, time, closing."""

import json
from collections.abc import Iterator

from db import sightings
from db.events import FIRST
from db.store import Row, Transaction

MARKING = ("marks_recorded", "sheet_submitted", "marks_resent")
"""Kinds of event that write on sheets as their judges do."""


def misplaced_generations(tx: Transaction) -> Iterator[str]:
    """Generations that do not rise with the chain, or whose last event is not on it.

    A number may be missing: another laptop began it.
    """
    reached: dict[str, int] = {}
    for row in tx.rows("SELECT * FROM generations ORDER BY competition_id, number"):
        stored = FIRST
        if row["last_n"]:
            stored = tx.value(
                "SELECT hash FROM events WHERE competition_id = :c AND n = :n",
                c=row["competition_id"],
                n=row["last_n"],
            )
        rises = row["last_n"] > reached.get(row["competition_id"], -1)
        reached[row["competition_id"]] = row["last_n"]
        if not rises or row["last_hash"] != stored:
            yield f"{row['competition_id']} {row['number']}"


def uncounted_sightings(tx: Transaction) -> Iterator[str]:
    """Events that name another last sighting than there was."""
    chained = {
        (row["competition_id"], f"{row['n']}.{row['hash']}"): row["n"]
        for row in tx.rows("SELECT competition_id, n, hash FROM sightings")
    }
    before: dict[str, int] = {}
    for event in tx.rows("SELECT seq, competition_id, payload FROM events ORDER BY seq"):
        named = json.loads(event["payload"]).get("sightings")
        if named is None:  # written by an earlier version
            continue
        owner = event["competition_id"]
        n = 0 if named == sightings.NONE else chained.get((owner, named), -1)
        if n < before.get(owner, 0):
            yield str(event["seq"])
        before[owner] = max(n, before.get(owner, 0))


def backward_times(tx: Transaction) -> Iterator[str]:
    """Events that say an earlier time than the one before them, since the first generation."""
    begun = {
        row["competition_id"]: row["last_n"]
        for row in tx.rows("SELECT competition_id, last_n FROM generations WHERE number = 1")
    }
    before: dict[str, str] = {}
    for event in tx.rows("SELECT seq, competition_id, n, at FROM events ORDER BY seq"):
        owner = event["competition_id"]
        is_watched = owner in begun and event["n"] > begun[owner] + 1
        if is_watched and event["at"] < before.get(owner, ""):
            yield f"{event['seq']}: {event['at']} after {before[owner]}"
        before[owner] = event["at"]


def marks_after_closing(tx: Transaction) -> Iterator[str]:
    """Events that mark in a round, or a practice, between its closing event and a reopening."""
    closed: set[str] = set()
    for event in tx.rows(
        "SELECT seq, round_id, kind FROM events WHERE round_id IS NOT NULL ORDER BY seq"
    ):
        if event["kind"] in CLOSING:
            closed.add(event["round_id"])
        elif event["kind"] == "round_reopened":
            closed.discard(event["round_id"])
        elif event["kind"] in MARKING and event["round_id"] in closed:
            yield str(event["seq"])


def unopened_rounds(tx: Transaction) -> Iterator[str]:
    """Rounds that are open, closed or certified without the event that says so."""
    said: dict[str, set[str]] = {}
    for event in _round_events(tx):
        said.setdefault(event["round_id"], set()).add(event["kind"])
    for row in tx.rows("SELECT id, state FROM rounds WHERE state <> 'draft'"):
        kinds = said.get(row["id"], set())
        is_closed = row["state"] == "open" or bool(kinds & set(CLOSING))
        if not (kinds & set(OPENING) and is_closed):
            yield row["id"]


def misplaced_pins(tx: Transaction) -> Iterator[str]:
    """PINs that another person set, or their owner reset; and acts confirmed by PIN without one.

    The PIN of an act's actor must have been set before and not reset since, and the device must
    be another person's.
    """
    held: set[str] = set()
    for event in tx.rows("SELECT seq, actor, kind, subject, payload FROM events ORDER BY seq"):
        is_owner = event["actor"] == event["subject"]
        if event["kind"] in ("pin_set", "pin_changed"):
            held.add(event["subject"])
        elif event["kind"] == "pin_reset":
            held.discard(event["subject"])
        if event["kind"] in PIN_BY_OWNER and PIN_BY_OWNER[event["kind"]] != is_owner:
            yield str(event["seq"])
        machine_of = json.loads(event["payload"]).get("machine_of")
        if machine_of is not None and (
            event["actor"] not in held
            or machine_of == event["actor"]
            or event["kind"] not in BY_PIN
        ):
            yield str(event["seq"])


PIN_BY_OWNER = {"pin_set": True, "pin_changed": True, "pin_reset": False}
"""Events of a PIN to whether its owner does it."""
BY_PIN = (
    "deduction_confirmed",
    "reopening_approved",
    "reopening_refused",
    "change_approved",
    "change_refused",
    "sheet_transcribed",
    "transcription_refused",
    "ruling_confirmed",
    "reading_confirmed",
    "correction_confirmed",
    "correction_refused",
)
"""Kinds of event that a second person leaves by PIN."""


OPENING = ("round_opened", "practice_begun", "reading_opened")
CLOSING = ("round_closed", "practice_ended", "reading_closed")


def _round_events(tx: Transaction) -> list[Row]:
    kinds = ", ".join(f"'{kind}'" for kind in (*OPENING, *CLOSING))
    return tx.rows(f"SELECT round_id, kind FROM events WHERE kind IN ({kinds})")
