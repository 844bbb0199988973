"""The table of rights: every act and every read, tried by every role in every state."""

import ast
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest

import db
from commands import ROOT
from commands.bench.cluster import programs
from competition.corrections.kinds import KINDS
from competition.errors import Forbidden, NotNow, Refused, SignInNeeded
from competition.event_kinds import COMMANDS, EVENTS
from competition.marks import remarks
from competition.people import people
from competition.results import publishing, verifying
from competition.rights import ACTS, ANY_STATE, READS, Right
from competition.states import way_to
from competition.times import stamp
from competition.visitor import ROLES
from db.postgres.store import ServedStore
from tests import once
from tests.cluster import SERVED, Cluster
from tests.competition.registry import (
    calls,
    clock_calls,
    composite_calls,
    document_calls,
    hall_calls,
    pad_calls,
    programme_calls,
    vote_calls,
)
from tests.competition.registry.calls import ACT_CALLS, NEXT, READ_CALLS, Call, Prepared
from tests.db.copies import copied

CODE = sorted((ROOT / "competition").rglob("*.py"))


class Undo(Exception):
    """Nothing was refused; and nothing shall be kept."""


@dataclass
class Stage:
    """The same event in each state, lent to every test and never changed by one."""

    reached: dict[str, Prepared]
    everything: dict[str, Prepared]

    def outcome(self, call: Call, state: str, role: str, expected: object) -> object:
        """What becomes of a call where something is expected: what is refused, in a full event."""
        return outcome((self.everything if expected else self.reached)[state], call, role)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Each state reached by acts; and, for refusals, one full event put into each state.

    The full one was verified before it was certified.  Their stores are closed.
    """
    folder = tmp_path_factory.mktemp("rights")

    def copy(before: Prepared, name: str, state: str = "") -> Prepared:
        path = copied(before.event.store.path, folder / name)
        if state:
            with closing(sqlite3.connect(path)) as changed, changed:
                changed.execute("UPDATE rounds SET state = ?", (state,))
        with closing(db.Store(path)) as store:
            there = replace(deepcopy(replace(before.event, store=None)), store=store)
            made = Prepared(there, dict(before.visitors), dict(before.ids))
            return made if state else NEXT[path.stem](made)

    with closing(db.Store(folder / "draft.db")) as store:
        prepared = calls.in_draft(store)
    reached = {"draft": prepared}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verifying, "unclean", once.VERIFIED)
        for state in NEXT:
            reached[state] = prepared = copy(prepared, f"{state}.db")
    return Stage(reached, {state: copy(prepared, f"all-{state}.db", state) for state in ANY_STATE})


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, files: Stage, stage_in: str) -> Iterator[Stage]:
    """The states in files or in PostgreSQL, opened."""
    with ExitStack() as stack:
        yield opened(
            files, stack, request.getfixturevalue("cluster") if stage_in == SERVED else None
        )


def opened(files: Stage, stack: ExitStack, cluster: Cluster | None, *more: str) -> Stage:
    """The states with their stores, which the stack closes; of the full event all or some."""

    def _opened(prepared: Prepared) -> Prepared:
        path = prepared.event.store.path
        store = db.Store(path) if cluster is None else ServedStore(cluster.clone(path), path)
        return replace(
            prepared, event=replace(prepared.event, store=stack.enter_context(closing(store)))
        )

    return Stage(
        {state: _opened(one) for state, one in files.reached.items()},
        {state: _opened(files.everything[state]) for state in more or ANY_STATE},
    )


def outcome(prepared: Prepared, call: Call, role: str) -> tuple[type[Refused] | None, int]:
    """What a call was refused with, and how many rows it touched; then all is undone."""
    store = prepared.event.store
    before = store._writer.conn.total_changes
    try:
        with store.writing():
            call(prepared, prepared.visitors[role])
            raise Undo
    except Undo:
        return None, 0
    except Refused as error:
        return type(error), store._writer.conn.total_changes - before


def denial(right: Right, role: str, state: str) -> type[Refused] | None:
    """What the table says."""
    if role not in right.roles:
        return SignInNeeded if role == "public" else Forbidden
    return NotNow if right.states and state not in right.states else None


INSTEAD = {"record_marks": "request_change"}
"""What an act becomes where it comes too late: marks after the lock are a request."""


def home(right: Right) -> str:
    """The first state in which something may be done."""
    return next(iter(right.states), "draft")


def crossed(right: Right) -> list[tuple[str, str]]:
    """Every role in one state in which the thing may be done; one that may in the other states."""
    others = [state for state in ANY_STATE if state != home(right)]
    return [*product([home(right)], ROLES), *product(others, right.roles[:1])]


def tries(
    stage: Stage, rights: dict[str, Right], name: str, cases: Iterable[tuple[str, str]]
) -> None:
    """Try an act or a read, each time undone, and compare what became of it with the table."""
    called = [ACT_CALLS[name]] if rights is ACTS else READ_CALLS[name]
    for (state, role), call in product(cases, called):
        expected = denial(rights[name], role, state)
        if expected is NotNow and name in INSTEAD:
            expected = denial(ACTS[INSTEAD[name]], role, state)
        assert stage.outcome(call, state, role, expected) == (expected, 0), (state, role)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_or_refused_as_the_table_says(stage: Stage, act: str):
    """Each role and each state: done where the table allows, else refused and nothing written."""
    tries(stage, ACTS, act, crossed(ACTS[act]))


@pytest.mark.parametrize("read", READ_CALLS)
def test_a_read_is_given_or_refused_as_the_table_says(stage: Stage, read: str):
    """Each role and each state, for each function that asks for this read."""
    tries(stage, READS, read, crossed(READS[read]))


@pytest.mark.long(
    "competition/registry/test_rights.py::test_an_act_is_done_or_refused_as_the_table_says"
)
@pytest.mark.parametrize("act", ACTS)
def test_every_role_does_it_or_is_refused_in_every_state(stage: Stage, act: str):
    """Rights come of role and state together, and of nothing else."""
    tries(stage, ACTS, act, product(ANY_STATE, ROLES))


@pytest.mark.long(
    "competition/registry/test_rights.py::test_a_read_is_given_or_refused_as_the_table_says"
)
@pytest.mark.parametrize("read", READ_CALLS)
def test_every_role_reads_it_or_is_refused_in_every_state(stage: Stage, read: str):
    """The same of reads."""
    tries(stage, READS, read, product(ANY_STATE, ROLES))


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")
def test_each_kind_of_right_holds_on_the_second_store(files: Stage, request: pytest.FixtureRequest):
    """Of the acts and reads with equal rights one: done once, and refused in each way once.

    What is refused is refused by the table, before the store is asked.
    """
    with ExitStack() as stack:
        stage = opened(files, stack, request.getfixturevalue("cluster"), "certified", "draft")
        for rights, called in ((ACTS, ACT_CALLS), (READS, READ_CALLS)):
            kinds = {(rights[name].roles, rights[name].states): name for name in called}
            for name in kinds.values():
                right = rights[name]
                stranger = [("draft", role) for role in ROLES if role not in right.roles]
                late = [
                    (one, right.roles[0])
                    for one in ("draft", "certified")
                    if one not in right.states
                ]
                cases = [
                    (home(right), right.roles[0]),
                    *stranger[:1],
                    *(late if right.states else []),
                ]
                tries(stage, rights, name, cases)


BEFORE = {"unfreeze": "freeze", "resume": "adjourn"}
"""What must be done before an act changes anything."""


@pytest.mark.parametrize("act", ACTS)
def test_no_act_writes_a_time_before_the_last_event(
    stage: Stage, act: str, monkeypatch: pytest.MonkeyPatch
):
    """The clock stepped back two seconds: event and rows have the last event's time, or later."""
    behind, ahead = calls.AT + timedelta(milliseconds=1357), calls.AT + timedelta(seconds=3)
    modules = (calls, clock_calls, composite_calls, document_calls, hall_calls, pad_calls)
    modules += (programme_calls, vote_calls)
    for module in modules:
        if hasattr(module, "AT"):
            monkeypatch.setattr(module, "AT", behind)
    prepared = stage.reached[next(iter(ACTS[act].states), "draft")]
    store, who = prepared.event.store, prepared.visitors[ACTS[act].roles[0]]
    with suppress(Undo), store.writing() as tx:
        people.add_person(store, prepared.event.organizer, name="钟·快", at=ahead)
        if act in BEFORE:
            ACT_CALLS[BEFORE[act]](prepared, who)
        last = tx.value("SELECT max(seq) FROM events")
        ACT_CALLS[act](prepared, who)
        written = tx.rows("SELECT * FROM events WHERE seq > :last", last=last)
        assert written
        assert [one["kind"] for one in written if one["at"] < stamp(ahead)] == []
        assert [one["kind"] for one in written if stamp(behind) in one["payload"]] == []
        raise Undo


def test_a_role_in_another_round_is_no_role_in_this_one(stage: Stage):
    """A grant for one round opens nothing elsewhere."""
    for prepared in stage.everything.values():
        for act, right in ACTS.items():
            if not right.states:
                continue
            for role in right.roles:
                who = prepared.visitors[role]
                grants = tuple(replace(grant, round_id="another") for grant in who.grants)
                moved = replace(prepared, visitors={role: replace(who, grants=grants)})
                assert outcome(moved, ACT_CALLS[act], role) == (Forbidden, 0), (act, role)


def test_every_refusal_for_the_state_names_the_act_that_clears_it(stage: Stage):
    """Nothing refuses without saying what would help, where there is something."""
    for act, named in ACTS.items():
        right = ACTS[INSTEAD.get(act, act)] if named.states else named
        for state in set(ANY_STATE) - set(right.states):
            if not right.states:
                continue
            prepared = stage.everything[state]
            with pytest.raises(NotNow) as refused:
                ACT_CALLS[act](prepared, prepared.visitors[right.roles[0]])
            assert refused.value.clears == way_to(state, right.states)
            assert refused.value.values["state"] == state


def test_every_role_of_the_table_exists():
    """A misspelt role would silently deny."""
    named = {role for right in [*ACTS.values(), *READS.values()] for role in right.roles}
    assert named <= set(ROLES)
    states = {state for right in [*ACTS.values(), *READS.values()] for state in right.states}
    assert states <= set(ANY_STATE)


@cache
def trees() -> dict[Path, ast.Module]:
    """The code of the acts and reads, parsed once."""
    return {path: ast.parse(path.read_text("utf-8")) for path in CODE}


@cache
def nodes() -> dict[Path, list[ast.AST]]:
    """Every node of that code, walked through once."""
    return {path: list(ast.walk(tree)) for path, tree in trees().items()}


@cache
def functions() -> list[tuple[str, list[ast.expr]]]:
    """Each function with what it calls."""
    return [
        (f"{path.stem}.{node.name}", [x.func for x in ast.walk(node) if isinstance(x, ast.Call)])
        for path, found in nodes().items()
        for node in found
        if isinstance(node, ast.FunctionDef)
    ]


def names(asked: list[ast.expr]) -> set[str]:
    return {n.attr if isinstance(n, ast.Attribute) else getattr(n, "id", "") for n in asked}


def runs_sql(asked: list[ast.expr]) -> bool:
    """Whether a statement is run: `run` or `execute`, but not of the module subprocess."""
    return any(
        one.attr in ("run", "execute") and getattr(one.value, "id", "") != "subprocess"
        for one in asked
        if isinstance(one, ast.Attribute)
    )


def texts(node: ast.AST) -> set[str]:
    return {
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


WITHOUT_ACT = {
    "acting.acting": "every act",
    "acting.acting_on": "an act on a stored row: it finds the row and calls acting",
    "people.begin_competition": "the command's act: there is nobody yet who could hold a right",
    "links.begin": "two acts in one: the command's, and a link",
    "links.organizer_again": "the command's act, when every organizer's link is lost",
    "links.open_link": "the link is the right; a sign-in is telemetry",
    "codes.pair": "a second laptop's code is the right; the event is pair_standby's",
    "bearers.know_sign_in": "telemetry: a sign-in that the other laptop wrote down",
    "passes.enter": "the ticket of an open page is the right; a sign-in is telemetry",
    "pairing.begin_pairing": "four digits for a tablet: nobody is signed in, and nothing is told",
    "pairing.enter_paired": "the tablet's secret is the right; a sign-in is telemetry",
    "elapsed.write_down": "telemetry: how far a running clock is",
    "generations.start_serving": "the command's act: a generation begun at a server's start",
    "restoring.begin_restored": "the command's act: the generation of a restored file",
    "promoting._begin": "the command's act: the generation of a second laptop that takes over",
    "heads._witness": "telemetry: a head shown; and a tablet that proves more is waited for",
    "pad_marks.record_marks": "one of two acts: marks recorded, or a change requested",
    "reopening.ask_for_own": "asks once: the act is ask_reopening",
    "reopening.answer_reopening": "the request is found before its sheet, and that before the act",
    "sign_ins._note_seen": "telemetry: last seen",
    "sign_ins.choose_language": "telemetry: a device's own language",
    "own_entries.note_shown": "telemetry: what a device has been told",
    "pins.postpone": "telemetry: a device's person has been asked for a PIN",
    "pins._take_try": "telemetry: a try of a PIN is counted before it is looked at",
    "pins._forget_tries": "telemetry: the PIN was right",
    "confirming.confirm_here": "the second person's own act, in the transaction that holds the PIN",
    "drawing.draw_at_once": "two acts in one",
    "confirming.sign_here": "the person's own act, in the transaction that holds the PIN",
    "receipts.look_up": "telemetry: a wrong code from an address is counted",
    "seating.remove_judge": "two acts in one",
    "staffing.add_staff": "two acts in one",
    "ballots.answer_all": "a card's code is the right; the closing's event counts the ballots",
    "moving.move": "the command's act: a competition carried whole into another store",
    "standings.note_view": "telemetry: who looked, written for the supervisor",
}


def test_every_write_is_an_act():
    """A function that opens a write is `acting`, or on the short list with its reason.

    Rows put in a transaction without an event are refused by the store; so what is on the
    list writes telemetry, or calls acts.
    """
    assert {name for name, asked in functions() if "writing" in names(asked)} == set(WITHOUT_ACT)


def test_only_an_act_appends_an_event():
    """So no event is left without its right asked, nor of a kind that is not the act's."""
    appending = {
        name
        for name, asked in functions()
        if any(ast.unparse(one) == "events.append" for one in asked)
    }
    assert appending == {"acting.record"}


VARIABLE = {
    *("mark_absent", "undo_absence", "record_marks", "request_change", "confirm_here"),
    *("start_clock", "pause_clock", "stop_clock"),
    *(f"write_{kind}" for kind in remarks.KINDS),
    *publishing.ACTS.values(),
    *(act for kind in KINDS.values() for act in (kind.asks, kind.answers)),
}
"""Acts whose name is a variable where they are done."""


def test_every_act_and_read_asked_for_is_in_the_table_and_tried_here():
    """And every act in the table is really asked for."""
    asked: dict[str, set[str]] = {"acting": set(), "acting_on": set(), "require_read": set()}
    for found in nodes().values():
        for node in found:
            name = getattr(getattr(node, "func", None), "id", "")
            if name in asked and isinstance(node, ast.Call):
                asked[name] |= texts(node.args[2])
    acts = asked["acting"] | asked["acting_on"] | VARIABLE
    assert acts == set(ACTS) == set(ACT_CALLS)
    assert asked["require_read"] <= set(READS)
    assert asked["require_read"] == set(READ_CALLS)


def test_every_act_leaves_a_kind_of_event_and_every_kind_is_an_acts():
    """The registry of events and the table of rights name the same acts."""
    named = {act for kind in EVENTS.values() for act in kind.acts}
    assert named == {*ACTS, *COMMANDS}


def test_only_the_store_writes_around_the_events():
    """Outside db, rows are put and removed, which the event records; nothing runs SQL.

    A process is run by `subprocess.run`, which is no transaction's.
    """
    assert [name for name, asked in functions() if runs_sql(asked)] == []
