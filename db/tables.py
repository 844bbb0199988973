"""Which tables there are, how each is keyed, and what of it may leave in an event.

A state table is written by acts and rebuilt by replay.  A telemetry table (sign-ins,
views, failed attempts) stands outside the events; sightings are a separate chain that every
event counts.  Personal columns enter an event only
as a salted hash.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """How a state table is keyed and what of it is personal."""

    key: tuple[str, ...] = ("id",)
    personal: tuple[str, ...] = ()


TABLES: dict[str, Table] = {
    "competitions": Table(),
    "people": Table(personal=("name", "county", "native_county", "unit")),
    "grants": Table(),
    "links": Table(),
    "rounds": Table(),
    "criteria": Table(),
    "parts": Table(),
    "sessions": Table(),
    "entrants": Table(personal=("presenter", "post", "unit")),
    "round_entrants": Table(key=("round_id", "entrant_id")),
    "kept_facts": Table(key=("round_id", "entrant_id"), personal=("presenter", "post", "unit")),
    "shelf_marks": Table(key=("entrant_id",)),
    "documents": Table(personal=("name",)),
    "clocks": Table(key=("round_id", "entrant_id", "phase", "take")),
    "host_texts": Table(key=("round_id", "kind")),
    "award_texts": Table(key=("round_id", "kind", "part")),
    "audits": Table(),
    "ceremonies": Table(key=("round_id",), personal=("steps",)),
    "seats": Table(key=("round_id", "person_id")),
    "panels": Table(key=("session_id", "person_id")),
    "recusals": Table(key=("round_id", "entrant_id", "person_id"), personal=("reason",)),
    "assignments": Table(key=("round_id", "entrant_id", "person_id"), personal=("reason",)),
    "substitutions": Table(personal=("reason",)),
    "sheets": Table(),
    "marks": Table(key=("sheet_id", "criterion_id")),
    "reopenings": Table(),
    "deductions": Table(),
    "rulings": Table(),
    "readings": Table(),
    "reading_marks": Table(key=("reading_id", "criterion_id")),
    "outside_lists": Table(),
    "outside_scores": Table(key=("list_id", "entrant_id")),
    "corrections": Table(),
    "signed_rules": Table(key=("round_id", "version")),
    "signed_forms": Table(key=("correction_id",)),
    "reviews": Table(personal=("asked_by",)),
    "prize_plans": Table(key=("round_id",)),
    "snapshots": Table(),
    "certifications": Table(),
    "publications": Table(),
    "objections": Table(personal=("raised_by",)),
    "list_changes": Table(),
    "version_requests": Table(),
    "logos": Table(key=("competition_id",), personal=("content",)),
    "draws": Table(key=("round_id",)),
    "applied_changes": Table(),
    "change_requests": Table(),
    "requested_marks": Table(key=("request_id", "criterion_id")),
    "remarks": Table(key=("round_id", "entrant_id", "person_id", "kind"), personal=("text",)),
    "calls": Table(),
    "holders": Table(key=("person_id",)),
    "releases": Table(),
    "withdrawn_releases": Table(key=("release_id",)),
    "screens": Table(key=("round_id",)),
    "adjournments": Table(),
    "hall_links": Table(),
    "transcriptions": Table(),
    "transcribed_marks": Table(key=("transcription_id", "criterion_id")),
    "imports": Table(personal=("before",)),
    "column_names": Table(key=("competition_id", "header")),
    "places": Table(key=("competition_id", "code")),
    "filing_terms": Table(key=("competition_id",)),
    "filings": Table(),
    "filed_entrants": Table(personal=("presenter", "post", "unit")),
    "filed_documents": Table(personal=("name",)),
    "filing_uploads": Table(key=("filing_id",), personal=("name", "edits")),
    "filing_versions": Table(key=("filing_id", "version"), personal=("content",)),
    "generations": Table(key=("competition_id", "number")),
    "awaited": Table(key=("competition_id", "device")),
    "returned": Table(),
    "pins": Table(key=("person_id",), personal=("hash",)),
    "standbys": Table(),
    "programmes": Table(),
    "programme_steps": Table(key=("programme_id", "number")),
    "task_villages": Table(key=("programme_id", "code")),
    "village_steps": Table(key=("programme_id", "code", "number")),
    "village_plans": Table(key=("programme_id", "code", "kind")),
    "village_figures": Table(),
    "evidence": Table(personal=("name",)),
    "needs": Table(),
    "meetings": Table(),
    "meeting_tasks": Table(),
    "dispatches": Table(),
}

TELEMETRY = (
    "salts",
    "sign_ins",
    "views",
    "attempts",
    "pin_tries",
    "pairings",
    "printed_links",
    "clock_marks",
    "witnesses",
    "sightings",
)
