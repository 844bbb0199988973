"""A round in draft that was made by mistake, and a judge entered by mistake."""

import pytest

from competition import log
from competition.errors import LinkRefused, Missing, NotNow, Refused
from competition.lineup import drawing, seating
from competition.lineup.errors import HasEntered, StillSeated
from competition.people import people
from competition.results import copying, standings
from competition.rounds import removing, rounds
from competition.saying import sentence
from competition.stage import hall_links
from db.invariants import verify
from db.store import Store
from tests.competition.event import AT, Event

OF_A_ROUND = ("criteria", "sessions", "round_entrants", "seats", "assignments", "recusals")


def remove(event: Event, round_id: str = "") -> None:
    """The organizer deletes a round."""
    removing.remove_round(event.store, event.organizer, round_id or event.round_id, at=AT)


def count(store: Store, table: str) -> int:
    """Rows of a table."""
    with store.reading() as tx:
        return int(tx.value(f"SELECT count(*) FROM {table}"))


def test_a_deleted_draft_takes_all_that_is_its_own(draft: Event):
    """Rubric, order, seats, assignments, draw and screens go; lists of the competition stay."""
    drawing.seal_draw(draft.store, draft.organizer, draft.round_id, seed="甲乙", at=AT)
    screen = hall_links.make_hall_link(draft.store, draft.organizer, draft.round_id, at=AT)
    remove(draft)
    assert [count(draft.store, table) for table in OF_A_ROUND] == [0] * len(OF_A_ROUND)
    assert (count(draft.store, "panels"), count(draft.store, "draws")) == (0, 0)
    assert count(draft.store, "entrants") == 5
    assert len(people.all_people(draft.store, draft.organizer)) >= 7
    assert rounds.rounds_of(draft.store, draft.organizer) == []
    assert verify(draft.store) == []
    with pytest.raises(LinkRefused):
        hall_links.open_hall_link(draft.store, screen)


def test_the_log_still_names_a_deleted_round(draft: Event):
    """It is never shortened: what was done in the round is read there."""
    remove(draft)
    last = log.log(draft.store, draft.organizer)[0]
    assert (last["kind"], last["titles"]) == ("round_removed", ["村级决赛"])


def test_nothing_can_be_done_in_a_deleted_round(draft: Event):
    """It is as if it had never been there."""
    remove(draft)
    for attempt in (
        lambda: remove(draft),
        lambda: rounds.open_round(
            draft.store, draft.organizer, draft.round_id, signed="all", at=AT
        ),
        lambda: rounds.round_view(draft.store, draft.organizer, draft.round_id),
        lambda: standings.standings(draft.store, draft.organizer, draft.round_id, at=AT),
    ):
        with pytest.raises(Missing):
            attempt()


def test_a_round_made_after_a_deleted_one_has_a_place_of_its_own(draft: Event):
    """Also one made from a copy before; and the first may have the same title again."""
    values = {"title": "决赛二", "stage": "final", "category": "village"}
    copy = copying.copy_round(draft.store, draft.organizer, draft.round_id, at=AT, **values)
    remove(draft)
    rounds.create_round(draft.store, draft.organizer, title="村级决赛", at=AT)
    found = rounds.rounds_of(draft.store, draft.organizer)
    assert [row["title"] for row in found] == ["决赛二", "村级决赛"]
    remove(draft, copy)
    assert [row["title"] for row in rounds.rounds_of(draft.store, draft.organizer)] == ["村级决赛"]
    assert verify(draft.store) == []


def test_an_opened_round_is_not_deleted(event: Event):
    """Open with marks, closed, certified: refused in plain words, and nothing is gone."""
    before = count(event.store, "events")
    with pytest.raises(NotNow) as refused:
        remove(event)
    assert sentence(refused.value, "zh") == "本轮评分进行中，现在不能进行这一步。"
    assert count(event.store, "events") == before
    event.fill_all()
    marks = count(event.store, "marks")
    event.close()
    for _ in range(2):
        with pytest.raises(NotNow):
            remove(event)
        if event.standing().round["state"] == "closed":
            event.certify()
    assert count(event.store, "marks") == marks


@pytest.mark.parametrize("role", ["supervisor", "host", "scorekeeper"])
def test_only_the_organizer_deletes_a_round(draft: Event, role: str):
    """And nothing is written."""
    with pytest.raises(Refused):
        removing.remove_round(draft.store, draft.visitor(role), draft.round_id, at=AT)
    assert count(draft.store, "round_entrants") == 5


def test_a_judge_entered_by_mistake_goes_with_the_seat(draft: Event):
    """Off the list of people too; one who sits elsewhere or has come in keeps the seat."""
    who, judge = draft.organizer, draft.judges[6]
    seating.remove_judge(draft.store, who, draft.round_id, judge, at=AT)
    assert judge not in {one["id"] for one in people.all_people(draft.store, who)}
    assert verify(draft.store) == []
    values = {"title": "决赛二", "stage": "final", "category": "village"}
    copying.copy_round(draft.store, who, draft.round_id, at=AT, **values)
    seats = count(draft.store, "seats")
    with pytest.raises(StillSeated):
        seating.remove_judge(draft.store, who, draft.round_id, draft.judges[5], at=AT)
    assert count(draft.store, "seats") == seats


def test_a_judge_who_has_come_in_keeps_the_seat(draft: Event):
    """The log names them."""
    with draft.store.writing() as tx:
        link = tx.value("SELECT id FROM links LIMIT 1")
        tx.run(
            """INSERT INTO sign_ins (id_hash, person_id, link_id, device, lang, created_at,
            last_seen) VALUES ('h', :p, :l, '', 'zh', '', '')""",
            p=draft.judges[6],
            l=link,
        )
    seats = count(draft.store, "seats")
    with pytest.raises(HasEntered):
        seating.remove_judge(draft.store, draft.organizer, draft.round_id, draft.judges[6], at=AT)
    assert count(draft.store, "seats") == seats
