"""Invariants of every database: named rules, hashes, the log; ``verify`` checks them all."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path

from db import (
    chain_rules,
    composites,
    entrants,
    readings,
    rounds,
    sheets,
    sightings,
    vote_rules,
)
from db.canonical import sha256
from db.document_files import damaged
from db.named_rules import RULES
from db.replay import Finding, Visit, broken_links, differences
from db.store import Row, Store, Transaction


def violations(tx: Transaction) -> list[Finding]:
    """Everything that breaks a named rule."""
    findings: list[Finding] = []
    for name, sql in RULES.items():
        findings += answered(name, partial(_offenders, tx, sql))
    for name, broken in CHECKS.items():
        findings += answered(name, partial(broken, tx))
    return findings


def _offenders(tx: Transaction, sql: str) -> Iterator[object]:
    return (row[0] for row in tx.db.execute(sql))


def answered(check: str, ask: Callable[[], Iterable[object]]) -> list[Finding]:
    """The subjects of one check as findings.

    A check that a damaged file stops halfway is a finding itself: bytes changed at will can
    raise almost anything, and every other check is still worth asking.
    """
    findings: list[Finding] = []
    try:
        for subject in ask():
            findings.append(
                subject if isinstance(subject, Finding) else Finding(check, str(subject))
            )
    except Exception as error:
        findings.append(Finding(check, f"cannot be checked: {type(error).__name__}"))
    return findings


def _changed_rules(tx: Transaction) -> Iterator[str]:
    for row in tx.rows("SELECT id, rules, rules_hash FROM rounds WHERE state <> 'draft'"):
        if not _rules_hash_fits(tx, row["id"], row["rules"], row["rules_hash"]):
            yield row["id"]


def _weights_off(tx: Transaction) -> Iterator[str]:
    for round_ in tx.rows("SELECT id FROM rounds WHERE state <> 'draft'"):
        weighed = (*rounds.rubric_rows(tx, round_["id"]), *composites.parts(tx, round_["id"]))
        weights = [row["weight"] for row in weighed]
        try:
            is_whole = sum((Fraction(str(weight)) for weight in weights), Fraction()) == 1
        except (ValueError, ZeroDivisionError):
            is_whole = False
        if weights and not is_whole:
            yield round_["id"]


def _foreign_ruled(tx: Transaction) -> Iterator[str]:
    places = {
        (row["round_id"], row["entrant_id"])
        for row in tx.rows("SELECT round_id, entrant_id FROM round_entrants")
    }
    for row in tx.rows("SELECT id, round_id, entrants FROM rulings"):
        named = _read(row["entrants"])
        if not isinstance(named, list) or any((row["round_id"], e) not in places for e in named):
            yield row["id"]


def _changed_snapshots(tx: Transaction) -> Iterator[str]:
    for row in _snapshots(tx):
        if sha256(row["content"]) != row["sha256"]:
            yield row["id"]


def _changed_releases(tx: Transaction) -> Iterator[str]:
    for row in tx.rows("SELECT id, content, sha256 FROM releases"):
        if sha256(row["content"]) != row["sha256"]:
            yield row["id"]


def _uprooted_snapshots(tx: Transaction) -> Iterator[str]:
    """Snapshots that name another event's hash than the one they stand on."""
    for row in _snapshots(tx):
        content = _read(row["content"])
        named = content.get("event") if isinstance(content, dict) else None
        stored = tx.value("SELECT hash FROM events WHERE seq = :s", s=row["seq"])
        if not isinstance(named, dict) or named.get("hash") != stored:
            yield row["id"]


def _in_force(tx: Transaction) -> Iterator[tuple[Row, dict[str, object]]]:
    """The newest certificate of each certified round, with its content."""
    for row in _snapshots(tx):
        is_last = row["kind"] == "certify" and row["version"] == tx.value(
            "SELECT max(version) FROM snapshots WHERE round_id = :r AND kind = 'certify'",
            r=row["round_id"],
        )
        if is_last and row["state"] not in ("draft", "open", "closed"):
            content = _read(row["content"])
            yield row, content if isinstance(content, dict) else {}


def _altered_facts(tx: Transaction) -> Iterator[str]:
    """Certified rounds that show an entrant otherwise than their certificate."""
    for row, content in _in_force(tx):
        shown: dict[str, Mapping[str, object]] = {
            place["id"]: place for place in entrants.in_round(tx, row["round_id"])
        }
        for line in lines if isinstance(lines := content.get("entrants"), list) else ():
            place = shown.get(line["entrant_id"], {})
            if any(line[name] != place.get(name) for name in CERTIFIED_FACTS):
                yield f"{row['id']} {line['entrant_id']}"


CERTIFIED_FACTS = ("code", "county", "township", "village", "title")


def _outdated_certificates(tx: Transaction) -> Iterator[str]:
    """Certified rounds whose marks are no longer those of the certificate."""
    for row, content in _in_force(tx):
        marks = content.get("marks")
        stored = [list(mark.values()) for mark in sheets.counted_marks(tx, row["round_id"])]
        again = [list(mark.values()) for mark in readings.counted_marks(tx, row["round_id"])]
        is_same = isinstance(marks, list) and sorted(marks) == sorted(stored)
        if not is_same or content.get("readings", []) != again:
            yield row["id"]


def _snapshots(tx: Transaction) -> list[Row]:
    return tx.rows("SELECT s.*, r.state FROM snapshots s JOIN rounds r ON r.id = s.round_id")


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


CHECKS: dict[str, Callable[[Transaction], Iterable[str]]] = {
    "integrity": lambda tx: tx.db.damage(),
    "schema_as_made": lambda tx: tx.db.altered(),
    "foreign_keys": lambda tx: tx.db.loose_references(),
    "rules_hash_fits": _changed_rules,
    "weights_sum_to_one": _weights_off,
    "ruling_of_the_rounds_entrants": _foreign_ruled,
    "snapshot_hash_fits": _changed_snapshots,
    "release_hash_fits": _changed_releases,
    "snapshot_stands_on_its_event": _uprooted_snapshots,
    "certificate_has_the_stored_marks": _outdated_certificates,
    "certificate_has_the_facts_shown": _altered_facts,
    "generation_begins_on_the_chain": chain_rules.misplaced_generations,
    "sightings_unbroken": sightings.broken,
    "sightings_counted": chain_rules.uncounted_sightings,
    "views_and_sign_ins_chained": sightings.unlisted,
    "time_runs_forward": chain_rules.backward_times,
    "no_mark_after_closing": chain_rules.marks_after_closing,
    "opening_and_closing_logged": chain_rules.unopened_rounds,
    "pin_is_its_owners": chain_rules.misplaced_pins,
    "cards_are_those_issued": vote_rules.other_cards,
    "ballot_of_a_card_in_use": vote_rules.loose_ballots,
    "ballots_are_those_counted": vote_rules.recounted,
}
"""The rules that take more than one query, by name."""


def _rules_hash_fits(tx: Transaction, round_id: str, rules: str, stored: str) -> bool:
    """Whether a round's stored hash is that of its rules and rubric."""
    try:
        return rounds.rules_hash(tx, round_id, rules) == stored
    except (TypeError, ValueError):
        return False


def verify(
    store: Store, *, beside: Path | None = None, visit: Visit = lambda *_: ()
) -> list[Finding]:
    """Replay, chain, hashes and every named rule; an empty list is a clean database.

    Parameters
    ----------
    beside : Path
        The file beside which the documents lie, where the store reads a copy of it.
    visit
        Asked after each event of the replay; see `db.replay.differences`.
    """
    path = beside or store.path
    with store.reading() as tx:
        findings = answered("chain_unbroken", lambda: broken_links(tx))
        findings += violations(tx)
        findings += answered("document_unchanged", lambda: damaged(tx, path))
    return findings + answered("replay_equal", lambda: differences(store, visit))
