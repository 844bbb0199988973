"""The second verifier: agrees with scoring, shares nothing with it, and names each alteration."""

import ast
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from competition.errors import NotNow
from competition.generations import begin_generation
from competition.results import second_verifier
from competition.results.errors import VerifierDisagrees
from competition.results.record import record, shown_events, verifier_source
from competition.rounds import rounds
from db import Store
from db.canonical import canonical, sha256
from examples.made_records import contest
from exports.bundle import RECORD, VERIFIER
from tests.competition.event import AT, Event, later
from tests.competition.results.forged import (
    certificate_of,
    invent_prizes,
    moved_mark,
    raise_mark,
    raise_top,
    recertified,
    relinked,
    rewrite,
    set_line,
    swap,
    swap_places,
)

SOURCE = Path(second_verifier.__file__)


def faults(content: dict, events: list[dict]) -> list[str]:
    text = canonical(content)
    snapshot = {"content": text, "sha256": sha256(text)}
    checks = second_verifier.check_certificate(snapshot, events)
    return [f"{name}: {fault}" for name, found in checks for fault in found]


def test_it_imports_the_standard_library_alone():
    """No package, and nothing of ours: it could not agree by sharing a fault."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    named = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert named <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "seeds",
    [
        range(10),
        pytest.param(
            range(10, 80),
            marks=pytest.mark.long(
                "competition/results/test_second_verifier.py::test_random_contests_agree"
            ),
        ),
    ],
)
def test_random_contests_agree(seeds: range):
    """Every figure, rank, zone and seat of ten contests drawn at random, with deductions.

    The contests of commands/test_agree hold every method, key and way at the cut.
    """
    for one in seeds:
        content, events = contest(one)
        assert faults(content, events) == [], one


def whole(closed: Event) -> dict:
    closed.certify()
    return json.loads(record(closed.store, closed.organizer, closed.round_id))


def results(one: dict, *heads: str) -> dict[str, list[str]]:
    return {name.rpartition(": ")[2]: found for name, found in second_verifier.check(one, heads)}


def test_a_record_made_by_the_acts_holds(closed: Event):
    """Every check of a round that people marked, with the head of its paper."""
    one = whole(closed)
    assert [found for found in results(one, one["head"]).values() if found] == []
    assert len(results(one)) == 15


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (raise_mark, "marks"),
        (raise_top, "rules and rubric"),
        (set_line("adjusted", "99.99"), "scores"),
        (set_line("deduction", "1.0"), "scores"),
        (set_line("adjusted_rank", 9), "ranks"),
        (swap, "line and zone"),
        (swap_places, "places"),
        (invent_prizes, "rules and rubric"),
        (lambda content: content.update(sheets_root="0" * 64), "root over the sheets"),
    ],
    ids=("mark", "places", "score", "deduction", "rank", "selection", "place", "prizes", "root"),
)
def test_a_forged_certificate_is_named(closed: Event, change, check: str):
    """Hash and chain fit: what was altered is named by its own check."""
    one = whole(closed)
    one["events"] = recertified(one["events"], change)
    found = results(one)
    assert found[check]
    assert not found["text and hash"]
    assert not found["chain of events"]


def test_an_altered_mark_is_named_though_its_chain_fits(closed: Event):
    """A forger who rewrites the mark, every link and the event's hash in the certificate."""
    one = whole(closed)
    one["events"] = moved_mark(one["events"])
    found = results(one, one["head"])
    assert found["marks"]
    assert found["heads from paper and tablets (1)"]


def test_who_rewrites_everything_is_found_by_what_others_hold(event: Event, tmp_path: Path):
    """A forger with the program and all data gives one other mark: the file holds in itself.

    The head on a paper, the certificate's hash and the root of the sheets are others.
    """
    with event.store.reading() as tx, closing(sqlite3.connect(tmp_path / "forged.db")) as copy:
        tx.db.copy_into(copy)
    forged_store = Store(tmp_path / "forged.db")
    made = []
    for one, mark in ((event, "40"), (replace(event, store=forged_store), "40.5")):
        one.fill_all(but=[(1, 1)])
        one.fill(1, 1, (mark, "30"))
        one.close()
        made.append(whole(one))
    forged_store.close()
    printed, forgery = made
    assert [found for found in results(forgery).values() if found] == []
    assert results(forgery, printed["head"])["heads from paper and tablets (1)"]
    certified = [second_verifier.certificates(one["events"])[0] for one in made]
    assert certified[0]["sha256"] != certified[1]["sha256"]
    roots = {json.loads(one["content"])["sheets_root"] for one in certified}
    assert len(roots) == 2


def test_each_alteration_of_the_events_has_its_check(closed: Event):
    """A broken link, a clock that stepped back, a mark before the opening, a text not hashed."""
    with closed.store.writing() as tx:
        owner = tx.value("SELECT competition_id FROM rounds WHERE id = :r", r=closed.round_id)
        begin_generation(tx, owner, "replaced", at=AT)
    text = json.dumps(whole(closed))

    def altered(change) -> set[str]:
        one = json.loads(text)
        change(one["events"])
        return {name for name, found in results(one).items() if found}

    def cut(events: list[dict]) -> None:
        del events[5]

    def back(events: list[dict]) -> None:
        events[9]["at"] = "2001-01-01T00:00:00.000Z"
        relinked(events)

    def early(events: list[dict]) -> None:
        next(e for e in events if e["kind"] == "round_opened")["kind"] = "round_created"
        relinked(events)

    def unhashed(events: list[dict]) -> None:
        rewrite(certificate_of(events), "snapshots", lambda row: row.update(sha256="0" * 64))
        relinked(events)

    def unfounded(events: list[dict]) -> None:
        made = next(e for e in events if e["kind"] == "generation_begun")
        rewrite(made, "generations", lambda row: row.update(last_hash="1" * 64))
        relinked(events)

    assert "chain of events" in altered(cut)
    assert "times never go back" in altered(back)
    assert "marks only while a round is open" in altered(early)
    assert "text and hash" in altered(unhashed)
    assert "generations" in altered(unfounded)
    assert "heads from paper and tablets (1)" in {
        name for name, found in results(json.loads(text), "1.5.0123456789ab").items() if found
    }


def test_certifying_is_refused_where_the_events_say_otherwise(closed: Event):
    """A mark changed in the file behind the log's back: nothing is certified, and it is named."""
    with closed.store.writing() as tx:
        sheet = tx.value("SELECT id FROM sheets ORDER BY id LIMIT 1")
        tx.run("UPDATE marks SET value = value - 500 WHERE sheet_id = :s", s=sheet)
    with pytest.raises(VerifierDisagrees) as refused:
        closed.certify(at=later(9))
    assert refused.value.values["check"] == "marks"
    with closed.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM snapshots") == 0


def test_a_record_shows_no_mark_of_another_round(closed: Event):
    """Another round's events stand in it by their entries, and the chain still holds."""
    other = rounds.create_round(closed.store, closed.organizer, title="另一轮", at=AT)
    closed.certify()
    one = json.loads(record(closed.store, closed.organizer, closed.round_id))
    hidden = [event for event in one["events"] if "payload" not in event]
    assert [sorted(event) for event in hidden] == [["entry", "hash", "n", "prev"]] * len(hidden)
    assert hidden
    assert other not in json.dumps(one)
    assert [found for found in results(one).values() if found] == []


def test_before_certifying_there_is_no_record(closed: Event):
    """It holds every mark."""
    with pytest.raises(NotNow):
        record(closed.store, closed.organizer, closed.round_id)


def test_the_file_runs_alone(closed: Event, tmp_path: Path):
    """As a reader would: unpacked elsewhere, without this program; 0, 1 and 2 as it ends."""
    closed.certify()
    key = (closed.store, closed.organizer, closed.round_id)
    (tmp_path / RECORD).write_bytes(record(*key))
    (tmp_path / VERIFIER).write_bytes(verifier_source())

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", VERIFIER]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
        )

    good = run()
    assert (good.returncode, "FAILS" in good.stdout) == (0, False)
    text = (tmp_path / RECORD).read_text("utf-8")
    (tmp_path / RECORD).write_text(text.replace("marks_recorded", "marks_resent", 1), "utf-8")
    bad = run()
    assert (bad.returncode, "1/15 FAILS chain of events" in bad.stdout) == (1, True)
    (tmp_path / RECORD).write_text("{}", "utf-8")
    assert run().returncode == 2


def test_events_of_all_rounds_are_in_order(closed: Event):
    """Entries alone or whole, none is left out."""
    with closed.store.reading() as tx:
        row = tx.one("SELECT competition_id FROM rounds WHERE id = :r", r=closed.round_id)
        shown = shown_events(tx, row["competition_id"], closed.round_id)
    assert [event["n"] for event in shown] == list(range(1, len(shown) + 1))
