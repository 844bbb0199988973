"""The hall: what it sees, when, and that nothing else ever gets there."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import db
from competition import sign_ins
from competition.errors import (
    BadInput,
    Forbidden,
    LinkRefused,
    LinkRevoked,
    SignInNeeded,
    StillMarking,
)
from competition.rounds import rounds
from competition.rounds.errors import BadRules
from competition.rounds.rules import RoundRules
from competition.stage import hall, hall_links, releasing, screens, turns
from competition.stage.errors import Frozen, HallShowsNoScores, NotReleased
from competition.visitor import PUBLIC, ROLES
from db.invariants import verify
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, QUICK, later
from tests.competition.stage.hall import (
    SCORES,
    TRIMMED,
    change_locked,
    figures,
    opened,
    release,
    seen,
    stage,
)
from tests.db.copies import whole

# What the rules let the hall see


def test_by_default_the_hall_sees_no_score(store: db.Store):
    """A round whose rules say nothing shows progress, and refuses to announce."""
    event = opened(store, QUICK)
    assert RoundRules().hall == "progress"
    with pytest.raises(HallShowsNoScores):
        release(event, 1)
    assert figures(seen(event)) == []
    assert "lines" not in seen(event)


def test_nothing_is_nothing(store: db.Store):
    """Not even who is on stage."""
    event = opened(store, QUICK, hall="nothing")
    stage(event, 1, "called", "presenting")
    content = seen(event)
    assert content["scene"] == "waiting"
    assert set(content) == {
        "scene", "competition", "venue", "sample", "round", "state", "hall", "frozen", "head",
    }  # fmt: skip


def test_a_draft_is_waited_for(store: db.Store):
    """Before the opening the screen shows the names of competition and round."""
    event = events.draft(store, rules=SCORES)
    content = seen(event)
    assert (content["scene"], content["round"]) == ("waiting", "村级决赛")
    assert "entrant" not in content


def test_progress_tells_who_is_on_and_how_many_are_in(store: db.Store):
    """Numbers of sheets, never a mark."""
    event = events.opened(store)
    stage(event, 1, "called", "presenting")
    event.fill(1, 1, ("50", "30"))
    content = seen(event)
    assert content["scene"] == "progress"
    assert (content["entrant"]["number"], content["entrant"]["stage"]) == (1, "presenting")
    assert content["sheets"] == [1, 5]
    assert content["done"] == [0, 5]
    assert figures(content) == []


def test_a_desk_review_counts_what_is_complete(store: db.Store):
    """Nobody is on a stage: entrants with all sheets in are done."""
    event = events.opened(store)
    for judge in (1, 2, 3, 4, 5):
        event.fill(judge, 1, ("50", "30"))
    content = seen(event)
    assert (content["scene"], content["entrant"]) == ("progress", None)
    assert content["done"] == [1, 5]


@pytest.mark.parametrize("hall", ["", "everything", "score"])
def test_an_unknown_rule_is_refused(hall: str):
    with pytest.raises(BadRules):
        RoundRules(hall=hall)


def test_ranks_are_not_shown_where_scores_are_adjusted():
    """An adjusted score moves with every sheet: announced ranks would move after the fact."""
    with pytest.raises(BadRules):
        RoundRules(hall="ranks")
    RoundRules(scoring=Rules(official="mean"), hall="ranks")


@pytest.mark.parametrize("held", [-1, 10])
def test_a_silly_hold_is_refused(held: int):
    with pytest.raises(BadRules):
        RoundRules(held_first=held)


# Scenes


def test_the_screen_follows_what_happened_last(store: db.Store):
    """Announced: the score; the next on stage: that one; nobody left: the list."""
    event = opened(store)
    stage(event, 1, "called", "presenting", "answering", "marking")
    assert seen(event)["scene"] == "progress"
    release(event, 1)
    assert (seen(event)["scene"], seen(event)["score"]["number"]) == ("score", 1)
    stage(event, 2, "called")
    assert seen(event)["scene"] == "score"
    stage(event, 2, "presenting")
    assert (seen(event)["scene"], seen(event)["entrant"]["number"]) == ("progress", 2)
    release(event, 2)
    stage(event, 2, "answering", "marking", "done")
    stage(event, 3, "called", "presenting", "answering", "marking", "done")
    assert seen(event)["scene"] == "list"


def test_the_host_chooses_what_is_shown(store: db.Store):
    event = opened(store)
    release(event, 1)
    release(event, 2)

    def show(scene: str, number: int = 0) -> str:
        screens.set_screen(
            store, event.visitor("host"), event.round_id, scene,
            entrant_id=event.entrants.get(number, ""), at=AT,
        )  # fmt: skip
        return str(seen(event)["scene"])

    assert show("waiting") == "waiting"
    assert show("list") == "list"
    assert show("score", 1) == "score"
    assert seen(event)["score"]["number"] == 1
    with pytest.raises(NotReleased):
        show("score", 3)
    with pytest.raises(BadInput):
        show("everything")
    assert show("auto") == "score"
    assert seen(event)["score"]["number"] == 2


def test_a_choice_cannot_show_what_the_rules_hide(store: db.Store):
    """Where the hall sees progress only, neither list nor score can be chosen into view."""
    event = opened(store, QUICK)
    screens.set_screen(store, event.visitor("host"), event.round_id, "list", at=AT)
    assert (seen(event)["scene"], figures(seen(event))) == ("progress", [])


def test_the_list_is_by_number_or_by_rank(store: db.Store):
    """Ranks only where the rules show them; ties share one; the next is skipped."""
    event = opened(store)
    for number in (3, 1, 2):
        release(event, number)
    found = seen(event)["lines"]
    assert [line["number"] for line in found] == [1, 2, 3]
    assert {line["rank"] for line in found} == {None}


def test_ranks_are_those_among_the_announced(tmp_path: Any):
    store = db.Store(tmp_path / "ranks.db")
    event = events.opened(store, rules=TRIMMED)
    event.fill_all(base={1: "50", 2: "53", 3: "50", 4: "40", 5: "41"})
    event.fill(3, 2, ("53", "30.3"))
    for number in (1, 2, 3):
        release(event, number)
    found = seen(event)["lines"]
    assert [line["rank"] for line in found] == [1, 2, 2]
    assert [line["tied"] for line in found] == [False, True, True]
    store.close()


# Pausing


def test_paused_the_hall_sees_the_moment_of_pausing(store: db.Store):
    """Whatever happens meanwhile; a new announcement is refused; then the present again."""
    event = opened(store)
    release(event, 1)
    before = seen(event)
    releasing.freeze(store, event.visitor("host"), event.round_id, at=AT)
    stage(event, 2, "called", "presenting")
    change_locked(event, 1, 1, "20")
    assert seen(event) == {**before, "frozen": True}
    with pytest.raises(Frozen):
        release(event, 2)
    with pytest.raises(Forbidden):
        releasing.unfreeze(store, event.visitor("host"), event.round_id, at=AT)
    releasing.unfreeze(store, event.organizer, event.round_id, at=AT)
    assert seen(event)["entrant"]["number"] == 2


def test_pausing_twice_is_pausing_once(store: db.Store):
    """A second press does not move the picture."""
    event = opened(store)
    for _ in range(2):
        releasing.freeze(store, event.organizer, event.round_id, at=AT)
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM snapshots WHERE kind = 'freeze'") == 1
    releasing.unfreeze(store, event.organizer, event.round_id, at=AT)
    releasing.unfreeze(store, event.organizer, event.round_id, at=AT)
    releasing.freeze(store, event.organizer, event.round_id, at=AT)
    with store.reading() as tx:
        versions = tx.rows("SELECT version FROM snapshots WHERE kind = 'freeze' ORDER BY version")
    assert [row["version"] for row in versions] == [1, 2]


def test_a_round_without_a_sheet_can_be_paused(store: db.Store):
    """There is no standing yet; the snapshot says so."""
    event = events.opened(store, rules=SCORES)
    releasing.freeze(store, event.organizer, event.round_id, at=AT)
    with store.reading() as tx:
        content = json.loads(tx.value("SELECT content FROM snapshots"))
    assert content["standing"] == []
    assert content["hall"]["scene"] == "progress"
    assert verify(store) == []


# Who may look


@pytest.mark.parametrize("frozen", [False, True])
def test_every_role_looks_or_is_refused(store: db.Store, frozen: bool):
    """Staff and host look; judges, whoever else, and the public do not; paused or not."""
    event = opened(store)
    release(event, 1)
    if frozen:
        releasing.freeze(store, event.organizer, event.round_id, at=AT)
    allowed = {"organizer", "scorekeeper", "supervisor", "host"}
    for role in set(ROLES) - {"public", "judge", "chair"}:
        if role in allowed:
            assert seen(event, role)["frozen"] is frozen
        else:
            with pytest.raises(Forbidden):
                seen(event, role)
    for judge in (1, 2):
        with pytest.raises(Forbidden):
            seen(event, judge)
    with pytest.raises(SignInNeeded):
        hall.hall(store, PUBLIC, event.round_id)
    with pytest.raises(SignInNeeded):
        turns.turns(store, PUBLIC, event.round_id)


def test_an_organizer_who_is_still_marking_does_not_look(store: db.Store):
    """Whoever has a sheet to submit reads no other judge's total, wherever it is shown."""
    event = events.opened(store, rules=SCORES)
    event.fill_all(but=[(4, 5)])
    release(event, 1)
    who = event.visitor(4)
    both = replace(who, grants=(*who.grants, *event.organizer.grants))
    with pytest.raises(StillMarking):
        hall.hall(store, both, event.round_id)


def test_a_screens_link_shows_its_round_and_nothing_else(store: db.Store):
    """Nobody is signed in by it; revoked, it ends at once; no token is stored."""
    event, other = opened(store), events.opened(store, title="另一场", rules=SCORES)
    host = event.visitor("host")
    key = hall_links.make_hall_link(store, host, event.round_id, at=AT)
    assert hall_links.open_hall_link(store, key) == event.round_id
    assert hall.hall(store, PUBLIC, event.round_id, key=key).content["round"] == "村级决赛"
    with pytest.raises(LinkRefused):
        hall.hall(store, PUBLIC, other.round_id, key=key)
    with pytest.raises(SignInNeeded):
        turns.turns(store, PUBLIC, event.round_id)
    assert hall_links.revoke_hall_links(store, host, event.round_id, at=AT) == 1
    with pytest.raises(LinkRevoked):
        hall.hall(store, PUBLIC, event.round_id, key=key)
    with pytest.raises(LinkRefused):
        hall.hall(store, PUBLIC, event.round_id, key="guess")
    assert key.encode() not in whole(store)


def test_a_persons_link_is_no_screens_link(store: db.Store):
    """Nor the reverse."""
    event = opened(store)
    with pytest.raises(LinkRefused):
        hall_links.open_hall_link(store, event.token)
    key = hall_links.make_hall_link(store, event.organizer, event.round_id, at=AT)
    with pytest.raises(SignInNeeded):
        sign_ins.who_is(store, key, at=AT)


# Once per change


def test_the_view_is_made_once_per_change(store: db.Store, monkeypatch: pytest.MonkeyPatch):
    """However many look: a hundred screens cost one computing; a new event one more."""
    event = opened(store)
    made: list[int] = []
    scene_of: Callable[..., dict[str, Any]] = hall.scene_of

    def counting(*args: Any) -> dict[str, Any]:
        made.append(1)
        return scene_of(*args)

    monkeypatch.setattr(hall, "scene_of", counting)
    threads = [threading.Thread(target=seen, args=(event,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    release(event, 1)
    seen(event)
    seen(event)
    assert len(made) == 2


def test_the_version_changes_with_what_is_seen_and_only_then(store: db.Store):
    """A link made at the desk is an event, and no reason to draw the hall again."""
    event = opened(store)
    before = hall.hall(store, event.organizer, event.round_id)
    hall_links.make_hall_link(store, event.organizer, event.round_id, at=AT)
    after = hall.hall(store, event.organizer, event.round_id)
    assert (after.version, after.seq > before.seq) == (before.version, True)
    release(event, 1)
    assert hall.hall(store, event.organizer, event.round_id).version != before.version


def test_an_act_that_is_undone_leaves_nothing_on_the_screen(store: db.Store):
    """What was read inside a transaction that rolled back is not kept."""
    event = opened(store)

    class Undo(Exception):
        pass

    def undone() -> None:
        with store.writing():
            release(event, 1)
            assert seen(event)["lines"]
            raise Undo

    with pytest.raises(Undo):
        undone()
    assert seen(event)["lines"] == []


def test_announcing_goes_on_after_closing(store: db.Store):
    """Results held until the round is closed are announced then."""
    event = opened(store)
    rounds.close_round(store, event.organizer, event.round_id, at=later(100))
    release(event, 1)
    assert seen(event)["score"]["number"] == 1
