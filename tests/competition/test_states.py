"""Every move of round, stage, clock, sheet and seat: allowed or refused, from one table each."""

import json
from datetime import timedelta
from itertools import product

import pytest

import db
from commands import ROOT
from competition.errors import NotNow, ReasonNeeded, WrongState
from competition.lineup import entrants, panel
from competition.marks import own_work
from competition.marks.errors import SheetIncomplete
from competition.results import certification
from competition.rounds import rounds
from competition.rounds.errors import OpenSheets, RulesUnsigned
from competition.rounds.readiness import CHECKS
from competition.stage import moves
from competition.states import (
    BY_ACT,
    CLOCK,
    ROUND,
    SEAT,
    SHEET,
    STAGE,
    VOTE,
    allows,
    sheet_state,
    way_to,
)
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from words import LANGS, t

TABLES = {
    "round": (
        ROUND,
        "draft>open open>closed closed>open closed>certified certified>closed",
    ),
    "stage": (
        STAGE,
        "waiting>called waiting>withdrawn called>waiting called>presenting called>withdrawn "
        "called>fault presenting>answering presenting>marking presenting>withdrawn "
        "presenting>fault answering>marking answering>fault marking>done done>marking "
        "withdrawn>waiting fault>called fault>presenting fault>withdrawn",
    ),
    "clock": (CLOCK, "ready>running running>paused running>stopped paused>running paused>stopped"),
    "vote": (VOTE, "waiting>open open>closed closed>shown"),
    "sheet": (SHEET, "draft>submitted submitted>locked locked>reopened reopened>submitted"),
    "seat": (
        SEAT,
        "not_arrived>present not_arrived>away present>away present>not_arrived away>present",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_exactly_these_moves_are_allowed(name: str):
    """All others are refused, from every state to every state."""
    moves, written = TABLES[name]
    allowed = {tuple(move.split(">")) for move in written.split()}
    assert {(a, b) for a, b in product(moves, moves) if allows(moves, a, b)} == allowed


def stage_of(event: Event, entrant: int) -> str:
    view = moves.stage_view(event.store, event.organizer, event.round_id)
    return next(e["stage"] for e in view["order"] if e["number"] == entrant)


def put_stage(event: Event, entrant: int, stage: str) -> None:
    """Set a stage behind the acts' back, to begin from it."""
    with event.store.writing() as tx:
        tx.run(
            "UPDATE round_entrants SET stage = :s WHERE entrant_id = :e",
            s=stage,
            e=event.entrants[entrant],
        )


@pytest.mark.parametrize("before", STAGE)
def test_the_act_moves_the_stage_exactly_so(event: Event, before: str):
    """What the table refuses, the act refuses, and nothing is written."""
    for after in [*STAGE, "gone"]:
        put_stage(event, 1, before)

        def move(to: str = after) -> None:
            moves.move_stage(
                event.store,
                event.organizer,
                event.round_id,
                event.entrants[1],
                to,
                at=AT,
                reason="说明",
            )

        if after in STAGE and allows(STAGE, before, after):
            move()
            assert stage_of(event, 1) == after
        else:
            with pytest.raises(WrongState):
                move()
            assert stage_of(event, 1) == before


def test_one_entrant_is_on_stage_at_a_time(event: Event):
    """Calling the next ends the marking of the one before; nobody is cut off in mid-speech."""

    def move(entrant: int, *stages: str) -> None:
        for stage in stages:
            moves.move_stage(
                event.store, event.organizer, event.round_id, event.entrants[entrant], stage, at=AT
            )

    move(1, "called", "presenting")
    move(2, "called")
    with pytest.raises(WrongState):
        move(2, "presenting")
    move(1, "answering", "marking")
    move(2, "presenting")
    assert (stage_of(event, 1), stage_of(event, 2)) == ("done", "presenting")


@pytest.mark.parametrize("stage", ["withdrawn", "fault"])
def test_a_withdrawal_and_a_fault_want_a_reason(event: Event, stage: str):
    """A participant will ask for it."""
    put_stage(event, 1, "called")
    with pytest.raises(ReasonNeeded):
        moves.move_stage(
            event.store,
            event.organizer,
            event.round_id,
            event.entrants[1],
            stage,
            at=AT,
            reason=" ",
        )


@pytest.mark.parametrize(("before", "after"), [*product(SEAT, [*SEAT, "asleep"])])
def test_the_act_moves_a_seat_exactly_so(event: Event, before: str, after: str):
    """Not arrived, present, away."""
    with event.store.writing() as tx:
        tx.run("UPDATE seats SET presence = :p WHERE number = 1", p=before)
    who, judge = event.organizer, event.judges[1]
    if after in SEAT and allows(SEAT, before, after):
        panel.set_presence(event.store, who, event.round_id, judge, after, at=AT)
    else:
        with pytest.raises(WrongState):
            panel.set_presence(event.store, who, event.round_id, judge, after, at=AT)


ROUND_ACTS = {
    "open_round": lambda e: rounds.open_round(
        e.store, e.organizer, e.round_id, signed="all", at=AT
    ),
    "close_round": lambda e: rounds.close_round(e.store, e.organizer, e.round_id, at=AT),
    "reopen_round": lambda e: rounds.reopen_round(
        e.store, e.organizer, e.round_id, reason="漏评", at=AT
    ),
    "certify": lambda e: e.certify(),
    "revoke_certificate": lambda e: certification.revoke_certificate(
        e.store, e.organizer, e.round_id, reason="复核", at=AT
    ),
}


def test_a_round_is_led_through_its_states_and_back(store: db.Store):
    """Each act in its own state only; a wrong one writes nothing."""
    event = events.draft(store)
    filled = False
    for state, act in (
        ("draft", "open_round"),
        ("open", "close_round"),
        ("closed", "certify"),
        ("certified", "revoke_certificate"),
        ("closed", "reopen_round"),
        ("open", "close_round"),
        ("closed", "certify"),
    ):
        if state == "open" and not filled:
            event.fill_all()
            filled = True
        view = rounds.round_view(store, event.organizer, event.round_id)
        assert view["state"] == state
        before = store._writer.conn.total_changes
        for name in set(ROUND_ACTS) - {act, "certify", "reopen_round"}:
            with pytest.raises(NotNow):
                ROUND_ACTS[name](event)
        assert store._writer.conn.total_changes == before
        ROUND_ACTS[act](event)


def test_closing_with_open_sheets_wants_a_reason(event: Event):
    """It names them; with a reason the judges are recorded absent there, never as a zero."""
    event.fill_all(but=[(2, 5), (4, 1)])
    event.record(2, 5, event.change(0, "10"))
    with pytest.raises(OpenSheets) as refused:
        event.close()
    assert refused.value.values == {"count": 2, "pairs": [(1, 4), (5, 2)]}
    event.close(reason="设备故障")
    lines = {line.number: line for line in event.standing().lines}
    assert (lines[5].counted, lines[1].counted, lines[3].counted) == (4, 4, 5)
    with event.store.reading() as tx:
        kept = tx.value(
            "SELECT value FROM marks m JOIN sheets s ON s.id = m.sheet_id WHERE s.state = 'draft'"
        )
    assert kept == 10000


def test_a_round_opens_only_when_everything_is_there(store: db.Store):
    """What is missing is named, and the round stays in draft."""
    event = events.begin(store)
    event.round_id = rounds.create_round(store, event.organizer, title="空", at=AT)
    with pytest.raises(WrongState) as refused:
        rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    assert refused.value.values["missing"] == list(CHECKS[:-1])
    assert rounds.round_view(store, event.organizer, event.round_id)["state"] == "draft"


def test_a_round_opens_with_signed_rules_or_a_reason(draft: Event):
    """Neither given: it stays in draft. What was said stands in the log before the opening."""
    who, round_id = draft.organizer, draft.round_id
    with pytest.raises(RulesUnsigned):
        rounds.open_round(draft.store, who, round_id, signed=" ", waived="", at=AT)
    assert rounds.round_view(draft.store, who, round_id)["state"] == "draft"
    rounds.open_round(draft.store, who, round_id, waived="领队会改在下午", at=AT)
    with draft.store.reading() as tx:
        last = tx.rows("SELECT kind, payload FROM events ORDER BY seq DESC LIMIT 2")
    assert [row["kind"] for row in last] == ["round_opened", "rules_waived"]
    assert json.loads(last[1]["payload"])["reason"] == "领队会改在下午"


def test_an_entrant_moved_to_another_session_waits_for_its_panel(draft: Event):
    """The judges of the session it left do not go with it."""
    entrants.enter_entrant(
        draft.store,
        draft.organizer,
        draft.round_id,
        draft.entrants[1],
        number=1,
        session_id=draft.sessions[2],
        at=AT,
    )
    with pytest.raises(WrongState) as refused:
        rounds.open_round(draft.store, draft.organizer, draft.round_id, signed="all", at=AT)
    assert "assignments" in refused.value.values["missing"]


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, "submitted"), (119.999, "submitted"), (120, "locked"), (9e5, "locked")],
)
def test_a_sheet_locks_when_its_grace_time_is_over(event: Event, seconds: float, state: str):
    """The time is passed in, never looked up; from the very second on."""
    event.fill(1, 1, ("50", "30"))
    echo = own_work.own_sheet(
        event.store, event.visitor(1), event.round_id, event.entrants[1], at=later(seconds)
    )
    assert echo["state"] == state
    change = event.change(0, "51", rev=1, client_id="again")
    answer = event.take(1, 1, change, at=later(seconds))
    assert answer["results"][0]["outcome"] == ("requested" if state == "locked" else "done")
    assert answer["locked_at"] == echo["locked_at"]


def test_within_the_grace_time_a_mark_may_change_but_not_go(event: Event):
    """A submitted sheet stays complete."""
    event.fill(1, 1, ("50", "30"))
    with pytest.raises(SheetIncomplete):
        event.record(1, 1, event.change(0, None, rev=1, client_id="gone"), at=later(1))


@pytest.mark.parametrize("state", ["closed", "certified"])
def test_a_submitted_sheet_is_locked_once_its_round_is_not_open(state: str):
    """Even before its grace time is over."""
    sheet = {"state": "submitted", "locked_at": "2099-01-01T00:00:00.000Z"}
    assert sheet_state(sheet, state, AT) == "locked"
    assert sheet_state(sheet, "open", AT + timedelta(days=1)) == "submitted"


@pytest.mark.parametrize(
    ("state", "wanted", "act"),
    [
        ("draft", ("open",), "open_round"),
        ("draft", ("closed", "certified"), "open_round"),
        ("open", ("certified",), "close_round"),
        ("open", ("draft",), None),
        ("closed", ("open",), "reopen_round"),
        ("closed", ("certified",), "certify"),
        ("certified", ("open",), "revoke_certificate"),
    ],
)
def test_a_refusal_names_the_first_act_on_the_shortest_way(
    state: str, wanted: tuple[str, ...], act: str | None
):
    """A closed round is reopened, not opened; nothing leads back to a draft."""
    assert way_to(state, wanted) == act


def test_every_act_that_moves_a_round_is_a_move():
    """The names of the acts stand on moves that exist."""
    assert all(allows(ROUND, before, after) for before, after in BY_ACT)


PRINTED: dict[str, str] = {
    "round": "round_state",
    "stage": "state",
    "sheet": "state",
    "seat": "state",
    "clock": "state",
    "vote": "organizers.vote.state",
}


@pytest.mark.parametrize("lang", LANGS)
def test_the_printed_tables_are_those_of_the_program(lang: str):
    """docs/<lang>/states.md lists every move, in the order of the program, and no other."""
    page = (ROOT / "docs" / lang / "states.md").read_text("utf-8")
    printed = [line for line in page.splitlines() if line.startswith("| ") and "`" in line]
    assert printed == [
        _line(TABLES[name][0], before, words, lang)
        for name, words in PRINTED.items()
        for before in TABLES[name][0]
    ]


def _line(moves_of: dict[str, frozenset[str]], before: str, words: str, lang: str) -> str:
    after = [t(f"{words}.{one}", lang) for one in moves_of if one in moves_of[before]]
    nothing = {"zh": "不再变", "en": "nothing further"}[lang]
    joined = {"zh": "、", "en": ", "}[lang].join(after) or nothing
    return f"| {t(f'{words}.{before}', lang)} `{before}` | {joined} |"
