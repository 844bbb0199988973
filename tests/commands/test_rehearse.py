"""`arena.py rehearse`: the copy is apart from the event in every way, and complete."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from commands import rehearse
from competition.lineup.entrants import all_entrants
from competition.rounds.composites import OUTSIDE, TypedPart, set_parts
from competition.rounds.readiness import panel_view
from competition.rounds.rounds import create_round, open_round, round_view, rounds_of
from competition.rounds.rules import RoundRules
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import competitions, people
from db.invariants import verify
from tests.competition.event import AT
from tests.templates import Templates, one_round


@pytest.fixture
def source(templates: Templates, tmp_path: Path) -> Path:
    """The invented final, open, with marks."""
    path = tmp_path / "final.db"
    templates.copy("one_round", one_round, path)
    return path


def run(*arguments: str) -> str:
    """Run the command; it must succeed."""
    done = CliRunner().invoke(rehearse.command, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def organizer(store: db.Store) -> Visitor:
    """An organizer of the file's one event."""
    with store.reading() as tx:
        (event,) = competitions.all_of(tx)
        grants = people.grants_in(tx, event["id"])
        return visitor_of(
            tx, next(row["person_id"] for row in grants if row["role"] == "organizer")
        )


def seen(store: db.Store) -> dict[str, object]:
    """What an organizer sees of the event's round, without ids."""
    who = organizer(store)
    (row, *_) = rounds_of(store, who)
    view, panel = round_view(store, who, row["id"]), panel_view(store, who, row["id"])
    rules = RoundRules.from_json(view["rules"]).scoring
    return {
        "rubric": [(c["name"], c["maximum"], c["step"], c["weight"]) for c in view["criteria"]],
        "rules": (rules.official, rules.top, rules.keys, len(rules.first_criteria)),
        "seats": [(s["number"], s["name"], s["reserve"], s["chair"]) for s in panel.seats],
        "sessions": [(s["title"], s["judges"], s["numbers"]) for s in panel.sessions],
        "recused": {(e.entrant["number"], e.recused) for e in panel.expected},
        "places": sorted(e["code"] for e in all_entrants(store, who)),
    }


def test_a_rehearsal_has_all_of_the_event_and_nothing_in_common(source: Path, tmp_path: Path):
    """The same lineup and rules; other ids; presenters invented; sample; the source unchanged."""
    before = source.read_bytes()
    target = tmp_path / "practice.db"
    run(str(source), str(target))
    assert source.read_bytes() == before
    first, copy = db.Store(source, read_only=True), db.Store(target)
    try:
        assert seen(copy) == seen(first)
        assert verify(copy) == []
        who = organizer(copy)
        real = {e["presenter"] for e in all_entrants(first, organizer(first))}
        assert real.isdisjoint(e["presenter"] for e in all_entrants(copy, who))
        with copy.reading() as tx, first.reading() as old:
            assert tx.value("SELECT sample FROM competitions") == 1
            assert tx.value("SELECT count(*) FROM sheets") == 0
            for table in ("competitions", "rounds", "people", "entrants", "criteria", "links"):
                ids = f"SELECT * FROM {table}"
                mine = {next(iter(row.values())) for row in tx.rows(ids)}
                assert mine.isdisjoint(next(iter(row.values())) for row in old.rows(ids)), table
        (row, *_) = rounds_of(copy, who)
        open_round(copy, who, row["id"], signed="all", at=AT)
    finally:
        first.close()
        copy.close()


def test_a_template_has_rounds_rules_and_rubric_only(source: Path, tmp_path: Path):
    """No person, entrant or link of the past; not a sample."""
    run(str(source), str(tmp_path / "next.db"), "--template")
    first, copy = db.Store(source, read_only=True), db.Store(tmp_path / "next.db")
    try:
        assert seen(copy)["rubric"] == seen(first)["rubric"]
        assert seen(copy)["rules"] == seen(first)["rules"]
        assert seen(copy)["seats"] == seen(copy)["places"] == []
        with copy.reading() as tx:
            assert tx.value("SELECT sample FROM competitions") == 0
            assert tx.value("SELECT count(*) FROM people") == 1
    finally:
        first.close()
        copy.close()


def test_nothing_is_overwritten_or_left_behind(source: Path, tmp_path: Path):
    """A second rehearsal of the same name is refused."""
    target = tmp_path / "practice.db"
    run(str(source), str(target))
    kept = target.read_bytes()
    done = CliRunner().invoke(rehearse.command, [str(source), str(target)])
    assert done.exit_code == 1
    assert target.read_bytes() == kept
    assert not list(tmp_path.glob("*.part*"))


def test_a_composite_is_made_of_the_copies_of_its_rounds(source: Path, tmp_path: Path):
    """Parts, weights and the key that names a part; in draft, and nothing of it a judged round."""
    target, store = tmp_path / "practice.db", db.Store(source)
    who = organizer(store)
    final = rounds_of(store, who)[-1]["id"]
    whole = create_round(store, who, title="综合成绩", kind="composite", at=AT)
    parts = [
        TypedPart(final, title="现场", weight="70%"),
        TypedPart(OUTSIDE, title="考察", weight="30%", maximum="50", step="0.5"),
    ]
    set_parts(store, who, whole, parts, {}, at=AT)
    stored = round_view(store, who, whole)["parts"]
    same = [replace(one, id=row["id"]) for one, row in zip(parts, stored, strict=True)]
    keys = {"keys": "first_criteria,ruling", "first_criteria": stored[1]["id"]}
    set_parts(store, who, whole, same, keys, at=AT)
    store.close()
    run(str(source), str(target))
    copy = db.Store(target)
    view = round_view(copy, organizer(copy), rounds_of(copy, organizer(copy))[-1]["id"])
    assert (view["kind"], view["state"], view["missing"]) == ("composite", "draft", [])
    found = [(p["title"], p["weight"], p["maximum"], p["step"]) for p in view["parts"]]
    assert found == [("现场", "0.7", None, None), ("考察", "0.3", 50000, 500)]
    assert view["parts"][0]["source_id"] == rounds_of(copy, organizer(copy))[-2]["id"]
    assert RoundRules.from_json(view["rules"]).scoring.first_criteria == (view["parts"][1]["id"],)
    assert verify(copy) == []
    copy.close()
