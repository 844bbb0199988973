"""``demo --live``: the rest of the sample, played over HTTP through everybody's own links."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import db
from commands import ROOT, live, serve
from competition.marks import progress
from competition.results import standings
from competition.stage import turns
from db.invariants import verify
from examples import live_plan
from examples.entering import Entered
from tests.browser import server as servers
from tests.templates import Templates, one_round, three_rounds


@dataclass
class Played:
    """What is left when the player has come to its end."""

    path: Path
    entered: Entered
    plan: dict[str, Any]
    lines: list[str]
    player: live.Player
    is_whole: bool
    before: int


SOME = 3
"""Townships heard in each run; the long one hears all ten that wait."""


@pytest.fixture(
    scope="module",
    params=[
        "some",
        pytest.param(
            "all",
            marks=pytest.mark.long(
                "commands/test_live.py::test_every_acknowledged_mark_is_in_the_database",
                "examples/test_three_rounds.py::test_two_are_equal_at_the_township_cut_now_and_at_the_end",
            ),
        ),
    ],
)
def played(
    request: pytest.FixtureRequest,
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Played:
    """What is still to happen in the sample of three rounds, without a pause, in the real app."""
    path = tmp_path_factory.mktemp("live") / "demo.db"
    entered = templates.copy("three_rounds", three_rounds, path)
    store = db.Store(path)
    plan = live_plan.plan(store, entered, seed=1, lang="zh")
    with store.reading() as tx:
        before = tx.value("SELECT max(seq) FROM events")
    store.close()
    village = entered.rounds["village_final"]
    where = [step["body"] for step in plan["steps"] if step["body"]["round"] != village]
    townships = list(dict.fromkeys(body["entrant"] for body in where))
    is_whole = request.param == "all"
    left_out = set() if is_whole else {*townships[SOME:]}
    steps = [step for step in plan["steps"] if step["body"]["entrant"] not in left_out]
    lines: list[str] = []
    server = servers.start(path)
    try:
        player = live.Player(server.port, plan["tokens"], lines.append)
        player.play(steps, 0)
    finally:
        server.stop()
    assert "Traceback" not in server.log
    return Played(path, entered, {**plan, "steps": steps}, lines, player, is_whole, before)


def test_every_acknowledged_mark_is_in_the_database(played: Played):
    """What the server said it holds is what it holds; the log of a whole play replays to it."""
    store = db.Store(played.path)
    with store.reading() as tx:
        stored = {
            (row["person_id"], row["entrant_id"], row["criterion_id"]): row["value"]
            for row in tx.rows("SELECT * FROM marks m JOIN sheets s ON s.id = m.sheet_id")
        }
    assert len(played.player.acknowledged) > (400 if played.is_whole else 80)
    for key, value in played.player.acknowledged.items():
        assert stored[key] == value
    if played.is_whole:
        assert verify(store) == []
    store.close()


def test_an_open_round_is_played_to_its_end(played: Played):
    """No sheet is left, every entrant has left the stage, and it can be ranked.

    Of the townships, where all is played: the tenth and the eleventh have one announced score, and
    the declared ladder decides.
    """
    store, at = db.Store(played.path), datetime.now(UTC)
    who, rounds = played.entered.organizer, played.entered.rounds
    found = {}
    for key in ("village_final", "township_final")[: 1 + played.is_whole]:
        seen = progress.progress(store, who, rounds[key], at=at)
        assert seen.missing == []
        assert {entrant["stage"] for entrant in seen.entrants} == {"done"}
        found[key] = standings.standings(store, who, rounds[key], at=at)
        assert all(line.rank is not None for line in found[key].lines)
    store.close()
    if played.is_whole:
        last = found["township_final"]
        assert last.lines[last.top - 1].official == last.lines[last.top].official
        assert sum(line.selected for line in last.lines) == 10


def test_the_host_announces_every_township(played: Played):
    """Each announced score is the standing's; the village final, by its rules, announces none."""
    store, at = db.Store(played.path), datetime.now(UTC)
    who, rounds = played.entered.organizer, played.entered.rounds
    told = turns.turns(store, who, rounds["township_final"]).announced
    found = standings.standings(store, who, rounds["township_final"], at=at)
    final = {turn.number: turn.final for turn in told}
    heard = [line for line in found.lines if line.number in final]
    assert final == {line.number: str(line.official) for line in heard}
    released = {one["body"]["entrant"] for one in played.plan["steps"] if one["kind"] == "release"}
    assert released <= {line.entrant_id for line in heard}
    assert len(heard) == 26 if played.is_whole else len(released) == SOME
    assert not any(turn.stale for turn in told)
    assert turns.turns(store, who, rounds["village_final"]).announced == ()
    store.close()


def test_one_plain_line_is_printed_for_each_entrant(played: Played):
    """Round, number, place and how many sheets came in; nothing was refused."""
    waiting = Counter(step["kind"] for step in played.plan["steps"])["line"]
    assert len(played.lines) == waiting == len(set(played.lines))
    assert not any("{" in line for line in played.lines)
    submitted = Counter(s["body"]["entrant"] for s in played.plan["steps"] if s["kind"] == "submit")
    assert played.player.submitted == submitted


def test_the_host_and_the_judges_act_as_themselves(played: Played):
    """Every event of the play names the person whose link was opened."""
    store = db.Store(played.path)
    with store.reading() as tx:
        actors = {
            row["actor"]: row["kind"]
            for row in tx.rows("SELECT actor, kind FROM events WHERE seq > :s", s=played.before)
        }
    assert set(actors) <= set(played.plan["tokens"])
    assert str(played.entered.host.person_id) in actors
    store.close()


def test_the_plan_is_of_the_real_links_and_knows_no_quality(played: Played):
    """Tokens of judges and host only; marks within a share of the time, in order."""
    entered, plan = played.entered, played.plan
    people = {*entered.judges.values(), entered.host.person_id}
    assert set(plan["tokens"]) <= people
    assert all(entered.tokens[person] == token for person, token in plan["tokens"].items())
    due = [step["due"] for step in plan["steps"]]
    assert due == sorted(due)
    assert 0 <= due[0] <= due[-1] <= 1
    assert "quality" not in json.dumps(plan)


def test_without_a_server_the_player_ends_by_itself(monkeypatch: pytest.MonkeyPatch):
    """A server that never comes, or goes, is said in one plain line."""
    monkeypatch.setattr(live, "PAUSE_SECONDS", 0)
    player = live.Player(servers.free_port(), {"judge": "token"}, lambda _: None)
    step = {"due": 0, "kind": "submit", "person": "judge", "body": {"round": "r", "entrant": "e"}}
    with pytest.raises(live.Stopped):
        player.play([step], 0)
    monkeypatch.setattr(live, "PATIENCE_SECONDS", 0)
    with pytest.raises(live.Stopped):
        live.wait_for_server(servers.free_port())


def test_a_refused_step_is_said_once_and_the_play_goes_on(templates: Templates, tmp_path: Path):
    """A link that does not open, a stage that another person has moved, a judge as the host."""
    path = tmp_path / "demo.db"
    entered = templates.copy("one_round", one_round, path)
    host, round_id = str(entered.host.person_id), entered.rounds["village_final"]
    judge, sample = entered.judges[1], entered.samples["village_final"]
    last = entered.entrants[str(sample.on_stage)]
    body = {"round": round_id, "entrant": last}
    steps = [
        {"due": 0, "kind": "submit", "person": "stranger", "body": body},
        {"due": 0, "kind": "stage", "person": host, "body": {**body, "stage": "called"}},
        {"due": 0, "kind": "stage", "person": host, "body": {**body, "stage": "waiting"}},
        {"due": 0, "kind": "stage", "person": judge, "body": {**body, "stage": "done"}},
        {"due": 0, "kind": "line", "body": body, "line": "{n}"},
    ]
    lines: list[str] = []
    server = servers.start(path)
    try:
        player = live.Player(server.port, {**entered.tokens, "stranger": "wrong"}, lines.append)
        player.play(steps, 0)
    finally:
        server.stop()
    assert len(lines) == 4
    assert lines[-1] == "0"
    store = db.Store(path)
    with store.reading() as tx:
        stage = tx.value("SELECT stage FROM round_entrants WHERE entrant_id = :e", e=last)
    store.close()
    assert stage == "marking"


def test_the_player_is_a_process_that_is_told_everything_by_its_input(
    templates: Templates, tmp_path: Path
):
    """As ``demo`` starts it: port and minutes as arguments, the plan through a pipe."""
    path = tmp_path / "demo.db"
    templates.copy("one_round", one_round, path)
    server = servers.start(path)
    steps = [{"due": 0, "kind": "line", "body": {"entrant": "e"}, "line": "played {n}"}]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "commands.live", str(server.port), "0"],
            input=json.dumps({"tokens": {}, "steps": steps}),
            cwd=ROOT,
            env={**serve.environment(path), "ARENA_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.stop()
    assert done.returncode == 0, done.stderr
    assert "played 0" in done.stdout.splitlines()
