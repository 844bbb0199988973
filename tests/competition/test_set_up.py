"""List, order, judges, sessions and recusals while a round is in draft."""

from dataclasses import replace

import pytest

from competition.errors import BadFields, BadInput, Duplicate, Missing, NotNow, ReasonNeeded
from competition.lineup import assigning, drawing, panel, roster, seating, sessions
from competition.lineup.errors import (
    AlreadyDrawn,
    BadCode,
    HasEntered,
    InOpenRound,
    ListChanged,
    NotSealed,
    StillSeated,
    WrongSeed,
)
from competition.results import copying
from competition.rounds import readiness, rounds
from competition.rounds.rules import RoundRules
from db.invariants import verify
from scoring import Rules
from tests.competition.event import AT, COUNTIES, Event


def view(event: Event) -> readiness.PanelView:
    """What the organizer sees of the panel."""
    return readiness.panel_view(event.store, event.organizer, event.round_id)


def numbers(event: Event) -> dict[str, int | None]:
    """Entrant's id to its number in the round."""
    return {line.entrant["id"]: line.entrant["number"] for line in view(event).expected}


def recused(event: Event) -> set[tuple[int, int, str]]:
    """Seat, entrant and cause of every recusal."""
    return {(r.seat["number"], r.entrant["number"], r.cause) for r in view(event).recusals}


def codes(refused: BadFields) -> dict[str, str]:
    """Field to the code of its refusal."""
    return {field: error.code for field, error in refused.problems.items()}


def act(event: Event, function, *about, **values):
    """An act of the organizer in the event's round."""
    return function(event.store, event.organizer, event.round_id, *about, at=AT, **values)


def test_a_number_passes_from_one_entrant_to_another(draft: Event):
    """A whole order may be turned round in one act."""
    ids = draft.entrants
    act(draft, drawing.set_order, {ids[n]: str(6 - n) for n in ids})
    assert numbers(draft) == {ids[n]: 6 - n for n in ids}
    assert verify(draft.store) == []


def test_a_number_given_twice_is_refused_at_both_and_nothing_is_written(draft: Event):
    """Also where the other one was not typed in now."""
    before, ids = numbers(draft), draft.entrants
    with pytest.raises(BadFields) as refused:
        act(draft, drawing.set_order, {ids[1]: "9", ids[2]: "９", ids[3]: "x", ids[4]: ""})
    assert codes(refused.value) == {
        ids[1]: "duplicate",
        ids[2]: "duplicate",
        ids[3]: "bad_whole",
    }
    with pytest.raises(BadFields) as refused:
        act(draft, drawing.set_order, {ids[1]: "2"})
    assert set(refused.value.problems) == {ids[1], ids[2]}
    assert numbers(draft) == before


def test_a_sealed_draw_can_be_done_again_by_anybody(draft: Event):
    """Ascending SHA-256 of competition, round, seed and entrant, session by session."""
    seed = "红河2022"
    competition_id = str(draft.organizer.competition_id)
    act(draft, drawing.seal_draw, seed=seed)
    sealed = drawing.draw_view(draft.store, draft.organizer, draft.round_id)
    assert sealed is not None
    assert (sealed["seed"], sealed["is_current"]) == (None, True)
    act(draft, drawing.draw_order, seed=seed)
    ids = draft.entrants

    def ticket(n: int) -> str:
        return drawing.ticket(competition_id, draft.round_id, seed, ids[n])

    order = sorted((1, 2, 3), key=ticket) + sorted((4, 5), key=ticket)
    assert numbers(draft) == {ids[n]: place for place, n in enumerate(order, start=1)}
    with pytest.raises(AlreadyDrawn):
        act(draft, drawing.draw_order, seed=seed)
    with pytest.raises(AlreadyDrawn):
        act(draft, drawing.seal_draw, seed="另一粒")
    assert verify(draft.store) == []


def test_a_draw_holds_to_what_was_sealed(draft: Event):
    """Another seed, or another list than of then, draws nothing."""
    before = numbers(draft)
    with pytest.raises(NotSealed):
        act(draft, drawing.draw_order, seed="甲乙")
    with pytest.raises(BadFields):
        act(draft, drawing.seal_draw, seed="  ")
    act(draft, drawing.seal_draw, seed="甲乙")
    with pytest.raises(WrongSeed):
        act(draft, drawing.draw_order, seed="乙甲")
    assert numbers(draft) == before
    act(draft, roster.leave_round, draft.entrants[1])
    with pytest.raises(ListChanged) as refused:
        act(draft, drawing.draw_order, seed="甲乙")
    assert refused.value.clears == "seal_draw"


def test_an_order_pasted_whole_goes_down_the_list(draft: Event):
    """Blanks, commas, full-width digits; a count that differs and a number twice write nothing."""
    ids = [draft.entrants[n] for n in sorted(draft.entrants)]
    act(draft, drawing.set_pasted_order, ids, " 5号、4，３\n2 1 ")
    assert [numbers(draft)[one] for one in ids] == [5, 4, 3, 2, 1]
    for text, code in (("1 2 3", "wrong_count"), ("1 1 2 3 4", "duplicate"), ("", "wrong_count")):
        with pytest.raises(BadFields) as refused:
            act(draft, drawing.set_pasted_order, ids, text)
        assert codes(refused.value) == {"numbers": code}
    assert [numbers(draft)[one] for one in ids] == [5, 4, 3, 2, 1]


def test_a_draw_at_once_keeps_its_seed_and_is_made_once(draft: Event):
    """Sealed and drawn in one press: anybody can redo it, and no second press changes it."""
    act(draft, drawing.draw_at_once, seed="a1b2")
    drawn = numbers(draft)
    sealed = drawing.draw_view(draft.store, draft.organizer, draft.round_id)
    assert sealed is not None
    assert sealed["seed"] == "a1b2"
    with pytest.raises(AlreadyDrawn):
        act(draft, drawing.draw_at_once, seed="c3d4")
    assert numbers(draft) == drawn
    assert verify(draft.store) == []


def test_the_first_judge_forms_the_one_panel_where_it_is_wanted(draft: Event):
    """All entrants and judges join it; where a judge is assigned already nothing changes."""
    round_id = rounds.create_round(draft.store, draft.organizer, title="决赛", at=AT)
    other = replace(draft, round_id=round_id)
    act(other, roster.place_entrants, [draft.entrants[1], draft.entrants[2]])
    act(other, seating.add_judge, name="甲", number="1")
    assert view(other).sessions == ()
    act(other, seating.add_judge, name="乙", number="2", panel_title="第1场")
    act(other, seating.add_judge, name="丙", number="3", panel_title="第1场")
    (session,) = view(other).sessions
    assert (session["judges"], len(session["entrants"])) == ([1, 2, 3], 2)
    before = view(draft).sessions
    act(draft, seating.add_judge, name="丁", number="90", panel_title="又一场")
    assert len(view(draft).sessions) == len(before)
    assert verify(draft.store) == []


def test_a_desk_review_is_numbered_by_code(draft: Event):
    """Whatever the numbers were before."""
    ids = draft.entrants
    act(draft, drawing.set_order, {ids[n]: str(6 - n) for n in ids})
    act(draft, drawing.number_by_code)
    assert numbers(draft) == {ids[n]: n for n in ids}


def test_an_entrant_corrected_moves_its_recusals(draft: Event):
    """Judge 3 works in the county of entrant 2; entrant 1 moved there is recused too."""
    assert recused(draft) == {(3, 2, "county")}
    who, ids = draft.organizer, draft.entrants
    roster.update_entrant(draft.store, who, ids[1], county=COUNTIES[1], at=AT)
    assert recused(draft) == {(3, 1, "county"), (3, 2, "county")}
    roster.update_entrant(draft.store, who, ids[2], county=COUNTIES[4], at=AT)
    assert recused(draft) == {(3, 1, "county")}
    assert verify(draft.store) == []


def test_what_cannot_be_an_entrant_is_refused(draft: Event):
    """A wrong code, a blank county, another one's code and title."""
    who, ids = draft.organizer, draft.entrants
    for error, values in (
        (BadCode, {"code": "5325"}),
        (BadInput, {"county": " "}),
        (Duplicate, {"code": "532502100200", "title": "规划2"}),
    ):
        with pytest.raises(error):
            roster.update_entrant(draft.store, who, ids[1], at=AT, **values)
    with pytest.raises(TypeError):
        roster.update_entrant(draft.store, who, ids[1], at=AT, number="9")


def test_the_list_of_an_opened_round_is_fixed(event: Event):
    """The refusal names the round."""
    for change in (
        lambda: roster.update_entrant(
            event.store, event.organizer, event.entrants[1], village="改", at=AT
        ),
        lambda: roster.remove_entrant(event.store, event.organizer, event.entrants[1], at=AT),
    ):
        with pytest.raises(InOpenRound) as refused:
            change()
        assert refused.value.values == {"round": "村级决赛"}


def test_taken_off_the_list_means_out_of_every_draft(draft: Event):
    """With its judges and recusals; the others stay."""
    roster.remove_entrant(draft.store, draft.organizer, draft.entrants[2], at=AT)
    assert len(view(draft).expected) == 4
    assert recused(draft) == set()
    assert verify(draft.store) == []


def test_whoever_joins_a_round_of_one_session_joins_the_session(draft: Event):
    """Entrants and judges alike; the panel need not be set again."""
    act(draft, sessions.one_panel, title="第1场")
    act(draft, sessions.remove_session, draft.sessions[2])
    roster.enter_new(
        draft.store,
        draft.organizer,
        draft.round_id,
        code="532509100200",
        county="绿春县",
        at=AT,
    )
    act(draft, seating.add_judge, name="新评委", number="8", county="绿春县")
    found = view(draft)
    assert [len(line.judges) + len(line.recused) for line in found.expected] == [7] * 6
    assert (8, None, "county") in recused(draft)
    assert verify(draft.store) == []


def test_a_judge_corrected_moves_their_recusals(draft: Event):
    """Unit and county of work recuse; the native county only asks."""
    who, judge = draft.organizer, draft.judges[3]
    values = {"county": "", "native_county": COUNTIES[0], "unit": "某单位3"}
    seating.update_person(draft.store, who, judge, at=AT, **values)
    assert recused(draft) == {(3, 3, "unit")}
    asked = [(q.seat["number"], q.entrant["number"]) for q in view(draft).questions]
    assert asked == [(3, 1)]
    assert verify(draft.store) == []


def test_a_new_judge_has_a_name_and_a_free_number(draft: Event):
    """All refusals at once, and nobody is left without a seat."""
    with pytest.raises(BadFields) as refused:
        act(draft, seating.add_judge, name=" ", number="3")
    assert codes(refused.value) == {"name": "blank", "number": "duplicate"}
    assert len(view(draft).seats) == 7


def test_one_judge_is_chair_or_not(draft: Event):
    """The role follows the seat; so does the reserve."""
    judge = draft.judges[4]
    for seat, chair, reserve in (
        ("chair", True, 0),
        ("chair", True, 0),
        ("reserve", False, 1),
        ("judge", False, 0),
    ):
        act(draft, seating.change_seat, judge, number="14", seat=seat)
        row = next(s for s in view(draft).seats if s["person_id"] == judge)
        assert (row["number"], row["chair"], row["reserve"]) == (14, chair, reserve)
    with pytest.raises(BadFields):
        act(draft, seating.change_seat, judge, number="1")
    assert verify(draft.store) == []


def test_a_seat_taken_away_leaves_nothing_behind(draft: Event):
    """Panel, assignments, recusals and roles of that round; then the person may go too."""
    who, judge = draft.organizer, draft.judges[3]
    with pytest.raises(StillSeated) as refused:
        seating.remove_person(draft.store, who, judge, at=AT)
    assert refused.value.clears == "unseat"
    act(draft, seating.unseat, judge)
    assert recused(draft) == set()
    assert verify(draft.store) == []
    seating.remove_person(draft.store, who, judge, at=AT)
    assert verify(draft.store) == []
    with pytest.raises(Missing):
        seating.remove_person(draft.store, who, judge, at=AT)


def test_whoever_has_done_something_cannot_be_removed(draft: Event):
    """The log names them."""
    with pytest.raises(HasEntered):
        seating.remove_person(draft.store, draft.organizer, draft.people["organizer"], at=AT)


def test_a_session_is_set_whole(draft: Event):
    """Time, venue, entrants by number and the panel; who is left out has no judges."""
    act(
        draft,
        sessions.update_session,
        draft.sessions[1],
        title="上午场",
        starts_at="2022年3月18日 9:00",
        venue="一楼",
        numbers="1, 4-5",
        person_ids=[draft.judges[n] for n in (1, 2, 3, 4, 5)],
    )
    session = view(draft).sessions[0]
    assert (session["title"], session["starts_at"]) == ("上午场", "2022-03-18 09:00")
    assert session["numbers"] == "1, 4-5"
    judges = {line.entrant["number"]: line.judges for line in view(draft).expected}
    assert judges == {1: (1, 2, 3, 4, 5), 2: (), 3: (), 4: (1, 2, 3, 4, 5), 5: (1, 2, 3, 4, 5)}
    assert verify(draft.store) == []


def test_a_session_is_refused_whole(draft: Event):
    """An unknown number, no title, a time that is none: all named, nothing moved."""
    before = view(draft).sessions
    with pytest.raises(BadFields) as refused:
        act(
            draft,
            sessions.update_session,
            draft.sessions[1],
            title="",
            starts_at="早上",
            numbers="1-9",
        )
    assert codes(refused.value) == {
        "title": "blank",
        "starts_at": "bad_day",
        "numbers": "unknown_number",
    }
    assert view(draft).sessions == before


def test_a_removed_session_leaves_a_place_for_the_next(draft: Event):
    """Its entrants wait without judges; a new session has a position of its own."""
    act(draft, sessions.remove_session, draft.sessions[1])
    rounds.add_session(draft.store, draft.organizer, draft.round_id, title="补场", at=AT)
    assert [s["title"] for s in view(draft).sessions] == ["第2场", "补场"]
    assert {line.entrant["number"] for line in view(draft).short} == {1, 2, 3}
    assert verify(draft.store) == []


def test_a_declared_recusal_can_be_taken_back_and_a_derived_one_cannot(draft: Event):
    """It would be derived again at once."""
    pair = (draft.entrants[1], draft.judges[2])
    act(draft, panel.declare_recusal, *pair, reason="参与编制")
    assert recused(draft) == {(3, 2, "county"), (2, 1, "declared")}
    act(draft, sessions.withdraw_recusal, *pair)
    assert recused(draft) == {(3, 2, "county")}
    with pytest.raises(Missing):
        act(draft, sessions.withdraw_recusal, draft.entrants[2], draft.judges[3])
    assert verify(draft.store) == []


def test_a_reserve_is_not_counted_towards_enough(draft: Event):
    """Five of six in session 1 count: with 1 and 1 dropped that is just enough."""
    rules = RoundRules(scoring=Rules(top=2, official="trimmed"), recusal_level="none")
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=AT)
    found = view(draft)
    assert found.needed == 5
    first = found.expected[0]
    assert (first.judges, first.reserves, first.is_enough) == ((1, 2, 3, 4, 5), (7,), True)
    act(draft, seating.change_seat, draft.judges[5], number="5", seat="reserve")
    short = {line.entrant["number"] for line in view(draft).short}
    assert short == {1, 2, 3, 4, 5}
    missing = rounds.round_view(draft.store, draft.organizer, draft.round_id)["missing"]
    assert missing == ["enough_judges"]


def test_shared_out_from_a_typed_number(draft: Event):
    """A desk review: judges for each entrant, evenly; a number that is none is refused."""
    for session in draft.sessions.values():
        act(draft, sessions.remove_session, session)
    with pytest.raises(BadFields):
        act(draft, assigning.share_and_assign, per_entrant="三")
    act(draft, assigning.share_and_assign, per_entrant="3")
    assert [len(line.judges) for line in view(draft).expected] == [3] * 5
    assert verify(draft.store) == []


def test_a_round_from_a_copy_has_its_own_rubric_under_the_same_rules(draft: Event):
    """Seats, chair and the criterion that breaks ties come along; sessions do not."""
    before = rounds.round_view(draft.store, draft.organizer, draft.round_id)
    rules = RoundRules.from_json(before["rules"])
    first = (before["criteria"][1]["id"],)
    rules = replace(rules, scoring=replace(rules.scoring, first_criteria=first))
    rounds.set_rules(draft.store, draft.organizer, draft.round_id, rules, at=AT)
    values = {"title": "加赛", "stage": "final", "category": "village"}
    new_id = act(draft, copying.copy_round, takes="all", **values)
    after = rounds.round_view(draft.store, draft.organizer, new_id)
    named = RoundRules.from_json(after["rules"]).scoring.first_criteria
    assert named == (after["criteria"][1]["id"],)
    assert named != first
    assert [(c["name"], c["maximum"]) for c in after["criteria"]] == [
        (c["name"], c["maximum"]) for c in before["criteria"]
    ]
    assert (after["entrants"], after["judges"], after["sessions"]) == (5, 7, [])
    seats = readiness.panel_view(draft.store, draft.organizer, new_id).seats
    assert [seat["number"] for seat in seats if seat["chair"]] == [1]
    assert verify(draft.store) == []


def test_only_a_certified_result_sends_its_selected_on(closed: Event):
    """Before that, the refusal names the act that clears it; after, the two selected go on."""
    values = {"title": "决赛", "stage": "final", "category": "village", "takes": "selected"}
    with pytest.raises(NotNow) as refused:
        act(closed, copying.copy_round, **values)
    assert refused.value.clears == "certify"
    selected = {line.entrant_id for line in closed.standing().lines if line.selected}
    closed.certify()
    new_id = act(closed, copying.copy_round, **values)
    found = readiness.panel_view(closed.store, closed.organizer, new_id)
    assert {line.entrant["id"] for line in found.expected} == selected
    assert verify(closed.store) == []


def test_a_wild_card_goes_on_with_its_reason_in_the_log(closed: Event):
    """Beside the selected; not without a reason, not for one who is selected, nor a stranger."""
    closed.certify()
    values = {"title": "决赛", "stage": "final", "category": "village", "takes": "selected"}
    lines = closed.standing().lines
    out = next(line.entrant_id for line in lines if not line.selected)
    inside = next(line.entrant_id for line in lines if line.selected)
    with pytest.raises(ReasonNeeded):
        act(closed, copying.copy_round, wild_cards=[out], wild_reason=" ", **values)
    for wrong in (inside, "nobody"):
        with pytest.raises(Missing):
            act(closed, copying.copy_round, wild_cards=[wrong], wild_reason="边境村", **values)
    assert len(rounds.rounds_of(closed.store, closed.organizer)) == 1
    new_id = act(closed, copying.copy_round, wild_cards=[out], wild_reason="边境村", **values)
    found = readiness.panel_view(closed.store, closed.organizer, new_id)
    assert out in {line.entrant["id"] for line in found.expected}
    assert len(found.expected) == sum(line.selected for line in lines) + 1
    with closed.store.reading() as tx:
        event = tx.rows(
            "SELECT subject, round_id, payload FROM events WHERE kind = 'wild_card_given'"
        )
    assert [(row["subject"], row["round_id"]) for row in event] == [(out, new_id)]
    assert "边境村" in event[0]["payload"]
    assert verify(closed.store) == []
