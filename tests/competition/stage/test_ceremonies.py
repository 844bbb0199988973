"""The ceremony: computed from the certificate, moved to and fro, and never ahead of its step."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import db
from competition.errors import BadInput, BadWhole, NotNow
from competition.results import certification, deciding
from competition.results.errors import CertificateDiffers
from competition.results.prizes import Prized, PrizeGroup, Reason
from competition.rounds import rounds
from competition.rounds.prizing import declare_prizes
from competition.stage import ceremonies, hall, hall_links, screens
from competition.stage.ceremony_steps import Step, as_json, from_json, lay_out, revealed
from competition.stage.errors import CeremonyMoved, CeremonyStale, NoCeremony
from competition.visitor import PUBLIC
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event, later
from tests.competition.registry import composite_rows as rows
from tests.competition.registry.prize_rows import TYPED
from tests.db.copies import whole


def with_prizes(store: db.Store) -> Event:
    """First and second prize, one each, certified."""
    closed = events.closed(store)
    values = {**TYPED, "organizing": "优秀组织奖", "count": "1", "formula": "selected"}
    which = (closed.store, closed.organizer, closed.round_id)
    declare_prizes(*which, {**values, "why": "办法第九条"}, at=AT)
    closed.certify()
    return closed


BEGINNINGS = {"certified": with_prizes}


@pytest.fixture
def certified(begun: Begun) -> Event:
    """First and second prize, one each, certified."""
    return begun[1]


def laid_out(event: Event, order: str = "places") -> ceremonies.Ceremony:
    """The ceremony with its usual steps."""
    which = (event.store, event.visitor("host"), event.round_id)
    ceremonies.lay_out_ceremony(*which, order, at=AT)
    return ceremonies.ceremony(*which)


def move(event: Event, to: int, seen: int) -> None:
    """Press a key."""
    which = (event.store, event.visitor("host"), event.round_id)
    ceremonies.move_ceremony(*which, to, seen=seen, at=AT)


def seen(event: Event) -> dict[str, Any]:
    """What a screen gets."""
    return hall.hall(event.store, event.visitor("host"), event.round_id).content


def names(event: Event) -> dict[str, str]:
    """Place of a winner to what would give it away."""
    with event.store.reading() as tx:
        content = certification.latest_certified(tx, event.round_id)["content"]
    return {str(one["place"]): one["title"] for one in content["entrants"] if one["selected"]}


def group(kind: str, count: int, *, name: str = "", unordered: bool = False) -> PrizeGroup:
    return PrizeGroup(
        kind, name, tuple(Prized("县", Reason("rank")) for _ in range(count)), unordered
    )


GROUPS = (
    group("prize", 1, name="一等奖"),
    group("prize", 4, name="二等奖"),
    group("prize", 8, name="三等奖"),
    group("organizing", 2, name="组织奖"),
)


def told(steps: tuple[Step, ...]) -> list[str]:
    return [f"{s.kind}{'' if s.group is None else s.group}" for s in steps]


def test_where_scores_were_shown_prizes_come_group_by_group_the_first_by_name():
    """Third prizes as a list, the counties' before the first, whose place is called beforehand."""
    assert told(lay_out(GROUPS, "prizes")) == [
        "message", "prize2", "list2", "prize1", "list1", "prize3", "list3",
        "prize0", "call0", "reveal0", "photo", "message",
    ]  # fmt: skip


def test_where_scores_were_held_places_come_from_the_last_to_the_first():
    """Thirteen to one, every place once."""
    steps = lay_out(GROUPS, "places")
    order = [(s.group, *s.members) for s in steps if s.kind == "reveal"]
    assert order == [
        *((2, n) for n in range(7, -1, -1)),
        *((1, n) for n in range(3, -1, -1)),
        (0, 0),
    ]
    assert set(revealed(steps, len(steps))) == {
        (g, n) for g, one in enumerate(GROUPS) for n in range(len(one.members))
    }


def test_an_order_that_says_nothing_is_never_shown_as_places():
    """排名不分先后: a list, whichever order was asked for; long ones take several screens."""
    steps = lay_out((group("shortlist", 30, unordered=True),), "places")
    assert told(steps) == ["message", "prize0", "list0", "list0", "list0", "photo", "message"]
    assert [len(s.members) for s in steps if s.kind == "list"] == [12, 12, 6]


def test_steps_come_back_as_they_were_stored():
    """JSON both ways, the first member and group too."""
    steps = (*lay_out(GROUPS, "prizes"), Step("countdown", seconds=5, text="{x}"))
    assert from_json(as_json(steps)) == steps


def test_the_hall_reads_nothing_of_a_later_step(certified: Event):
    """The adversary in the hall reads the whole answer at each step: forward, then back."""
    steps = laid_out(certified).steps
    winners = names(certified)
    at = dict.fromkeys(winners)
    for way in (range(1, len(steps) + 1), range(len(steps) - 1, 0, -1)):
        for to in way:
            move(certified, to, seen=seen(certified).get("step", 0))
            said = json.dumps(seen(certified), ensure_ascii=False)
            shown = [m for m in revealed(steps, to) if m[0] < 2]
            for place, title in winners.items():
                is_shown = (int(place) - 1, 0) in shown
                assert (title in said) == is_shown, (to, place)
                at[place] = to
    assert all(at.values())


def test_a_second_press_of_the_same_key_moves_nothing(certified: Event):
    """Two remotes, one step: the later press reads that the ceremony has moved."""
    laid_out(certified)
    move(certified, 1, seen=0)
    with pytest.raises(CeremonyMoved):
        move(certified, 1, seen=0)
    assert seen(certified)["step"] == 1


def test_every_move_is_an_event_the_way_back_too(certified: Event):
    """Forward, back, off: three events; standing still is none."""
    laid_out(certified)
    move(certified, 2, seen=0)
    move(certified, 1, seen=2)
    move(certified, 1, seen=1)
    move(certified, 0, seen=1)
    with certified.store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT kind FROM events ORDER BY seq")]
    assert kinds.count("ceremony_moved") == 3
    assert "step" not in seen(certified)


def test_a_withdrawn_certificate_takes_the_ceremony_off_every_screen(certified: Event):
    """And the next version needs new steps; those who hand over are kept."""
    steps = laid_out(certified).steps
    prize = next(n for n, s in enumerate(steps, 1) if s.kind == "prize")
    which = (certified.store, certified.organizer, certified.round_id)
    ceremonies.edit_step(*which, prize, "州领导", at=AT)
    last = next(n for n, s in enumerate(steps, 1) if s.kind == "reveal")
    move(certified, last, seen=0)
    assert seen(certified)["scene"] == "ceremony"
    certification.revoke_certificate(*which, reason="复核", at=AT)
    assert seen(certified)["scene"] != "ceremony"
    with pytest.raises(NotNow):
        move(certified, 1, seen=last)
    certified.certify()
    assert seen(certified)["scene"] != "ceremony"
    assert ceremonies.ceremony(*which).is_stale
    with pytest.raises(CeremonyStale):
        move(certified, 1, seen=last)
    assert laid_out(certified).steps[prize - 1].hands == "州领导"
    assert ceremonies.ceremony(*which).step == 0


def test_no_award_is_shown_that_the_marks_do_not_give(certified: Event, tmp_path: Path):
    """A forger changed marks in the file: the next key is refused, nothing moves."""
    laid_out(certified)
    with certified.store.writing() as tx:
        tx.run("UPDATE marks SET value = value - 500 WHERE value > 30000")
    (tmp_path / "copy.db").write_bytes(whole(certified.store))
    with closing(db.Store(tmp_path / "copy.db")) as forged, pytest.raises(CertificateDiffers):
        ceremonies.move_ceremony(
            forged, certified.visitor("host"), certified.round_id, 1, seen=0, at=AT
        )


def test_free_steps_come_and_go_awards_stay(certified: Event):
    """A message before the prize, then removed; a reveal is neither removed nor retold."""
    before = laid_out(certified).steps
    which = (certified.store, certified.organizer, certified.round_id)
    ceremonies.insert_step(*which, 2, "countdown", seconds=10, at=AT)
    ceremonies.insert_step(*which, 2, "message", text="请全体起立", at=AT)
    kinds = [s.kind for s in ceremonies.ceremony(*which).steps]
    assert kinds[1:3] == ["message", "countdown"]
    ceremonies.remove_step(*which, 2, at=AT)
    ceremonies.remove_step(*which, 2, at=AT)
    assert ceremonies.ceremony(*which).steps == before
    award = next(n for n, s in enumerate(before, 1) if s.kind == "reveal")
    with pytest.raises(BadInput):
        ceremonies.remove_step(*which, award, at=AT)
    with pytest.raises(BadInput):
        ceremonies.edit_step(*which, award, "另一个村", at=AT)
    with pytest.raises(BadInput):
        ceremonies.insert_step(*which, 2, "reveal", at=AT)
    with pytest.raises(BadWhole):
        ceremonies.insert_step(*which, 2, "countdown", seconds=1, at=AT)


def test_what_the_hall_has_seen_is_not_changed_any_more(certified: Event):
    """Nor are the steps laid out again under a running ceremony."""
    laid_out(certified)
    move(certified, 2, seen=0)
    which = (certified.store, certified.organizer, certified.round_id)
    for number in (1, 2):
        with pytest.raises(CeremonyMoved):
            ceremonies.insert_step(*which, number, "pause", at=AT)
    with pytest.raises(CeremonyMoved):
        laid_out(certified)
    ceremonies.insert_step(*which, 3, "pause", at=AT)


def test_there_is_no_step_before_it_is_laid_out_and_none_beyond_the_last(certified: Event):
    """Refused, named."""
    with pytest.raises(NoCeremony):
        move(certified, 1, seen=0)
    count = len(laid_out(certified).steps)
    for to in (-1, count + 1):
        with pytest.raises(BadWhole):
            move(certified, to, seen=0)


def test_the_next_step_is_seen_by_organizers_before_the_hall_sees_it(certified: Event):
    """The preview has the name; the hall's own view still has not."""
    steps = laid_out(certified).steps
    number = next(n for n, s in enumerate(steps, 1) if s.kind == "reveal")
    which = (certified.store, certified.visitor("host"), certified.round_id)
    shown = json.dumps(hall.ceremony_step(*which, number).content, ensure_ascii=False)
    assert any(title in shown for title in names(certified).values())
    assert not any(
        t in json.dumps(seen(certified), ensure_ascii=False) for t in names(certified).values()
    )


def test_a_break_and_black_cover_the_ceremony_and_the_next_step_uncovers_it(certified: Event):
    """The same step is there afterwards."""
    laid_out(certified)
    move(certified, 1, seen=0)
    which = (certified.store, certified.organizer, certified.round_id)
    for shows in ("black", "break", "waiting"):
        screens.set_screen(*which, shows, at=AT)
        assert seen(certified)["scene"] == shows
    move(certified, 2, seen=1)
    assert (seen(certified)["scene"], seen(certified)["step"]) == ("ceremony", 2)


def test_a_changed_list_takes_the_ceremony_off_and_lays_out_without_places(certified: Event):
    """审定 moves the second into the first prize: old steps end, nobody is called by a place."""
    steps = laid_out(certified).steps
    move(certified, len(steps) - 1, seen=0)
    which = (certified.store, certified.organizer, certified.round_id)
    with certified.store.reading() as tx:
        content = certification.latest_certified(tx, certified.round_id)["content"]
    second = next(one for one in content["entrants"] if one["place"] == 2)
    change = deciding.enter_list_change(
        *which, second["entrant_id"], "一等奖", reason="领导小组会议", at=AT
    )
    assert seen(certified)["scene"] == "ceremony"
    deciding.confirm_list_change(certified.store, certified.visitor("supervisor"), change, at=AT)
    assert seen(certified)["scene"] != "ceremony"
    with pytest.raises(CeremonyStale):
        move(certified, 1, seen=len(steps) - 1)
    again = laid_out(certified).steps
    assert {step.kind for step in again} == {"message", "prize", "list", "photo"}
    last = max(n for n, step in enumerate(again, 1) if step.kind == "list")
    move(certified, last, seen=0)
    shown = seen(certified)
    assert {line["title"] for line in shown["lines"]} == set(names(certified).values())
    assert {line["place"] for line in shown["lines"]} == {0}


def test_a_composite_has_its_ceremony_from_its_own_certificate(closed: Event):
    """Sums decide who is called, not the round's scores; a screen waits before, on its own link.

    The adversary is a screen that shows the round's stage or order under the composite's name.
    """
    round_id = rows.declare(closed, at=AT)
    rows.begin(closed, round_id, at=AT)
    closed.certify(at=later(1000))
    scores = {closed.entrants[n]: str(score) for n, score in enumerate((100, 90, 20, 10, 0), 1)}
    rows.confirm(closed, rows.enter(closed, round_id, scores, at=later(1001)), at=later(1002))
    key = hall_links.make_hall_link(closed.store, closed.organizer, round_id, at=later(1003))

    def screen() -> dict[str, Any]:
        return hall.hall(closed.store, PUBLIC, round_id, key=key).content

    waiting = screen()
    assert (waiting["scene"], waiting["round"]) == ("waiting", "综合成绩")
    assert not {"entrant", "lines", "score"} & set(waiting)
    rounds.close_round(closed.store, closed.organizer, round_id, at=later(1100))
    which = (closed.store, closed.visitor("host"), round_id)
    with pytest.raises(NotNow):
        ceremonies.lay_out_ceremony(*which, "places", at=later(1101))
    rows.certify(closed, round_id, at=later(1102))
    ceremonies.lay_out_ceremony(*which, "places", at=later(1103))
    shown = ceremonies.ceremony(*which)
    ceremonies.move_ceremony(*which, len(shown.steps), seen=0, at=later(1104))
    last = screen()
    listed = shown.certificate["content"]["entrants"]
    chosen = {one["title"]: one["place"] for one in listed if one["selected"]}
    assert last["scene"] == "ceremony"
    assert {line["title"]: line["place"] for line in last["ladder"]} == chosen
    assert hall.hall(closed.store, closed.organizer, closed.round_id).content["scene"] != "ceremony"
