"""Denials that must hold whatever the table of rights says: written by hand, not generated."""

from dataclasses import replace

import pytest

import db
from competition import log
from competition.errors import (
    Forbidden,
    Missing,
    NotNow,
    SecondPersonNeeded,
    SignInNeeded,
    StillMarking,
)
from competition.lineup import entrants, panel
from competition.lineup.errors import NotAssigned
from competition.marks import deductions, own_work, pending, progress, reopening
from competition.people import links, people
from competition.results import awards, certification, certifying, explaining, rulings, standings
from competition.rights import ACTS, READS
from competition.rounds import rounds
from competition.stage import moves
from competition.visitor import PUBLIC, Grant
from tests.competition import event as events
from tests.competition.event import AT, Event, later


def test_the_public_does_nothing_and_reads_only_what_was_made_public():
    """Without a sign-in: no act, and of the reads the one of announced results."""
    assert [name for name, right in ACTS.items() if "public" in right.roles] == []
    assert [name for name, right in READS.items() if "public" in right.roles] == ["public_results"]


def test_a_judge_reads_no_other_judges_sheet(event: Event):
    """One's own sheet of an entrant, whatever the others have given it."""
    event.fill(1, 1, ("50", "30"))
    mine = own_work.own_sheet(
        event.store, event.visitor(2), event.round_id, event.entrants[1], at=AT
    )
    assert (mine["seat"], mine["marks"], mine["saved"]) == (event.judges[2], {}, 0)
    work = own_work.own_work(event.store, event.visitor(2), event.round_id, at=AT)
    assert {sheet["marked"] for sheet in work["sheets"]} == {0}


@pytest.mark.parametrize("judge", [1, 2])
def test_a_judge_reads_neither_progress_nor_standings(closed: Event, judge: int):
    """Not while open, not after closing; the chair neither."""
    who = closed.visitor(judge)
    for read in (
        lambda: progress.progress(closed.store, who, closed.round_id, at=AT),
        lambda: standings.standings(closed.store, who, closed.round_id, at=AT),
        lambda: log.log(closed.store, who),
        lambda: people.all_people(closed.store, who),
    ):
        with pytest.raises(Forbidden):
            read()


def test_an_organizer_who_judges_sees_no_standing_while_a_sheet_is_open(store: db.Store):
    """The role opens the page; the open sheet closes it."""
    event = events.draft(store)
    event.hold(2, "organizer")
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(but=[(2, 5)])
    with pytest.raises(StillMarking) as refused:
        standings.standings(store, event.visitor(2), event.round_id, at=AT)
    assert refused.value.clears == "submit_sheet"
    event.fill(2, 5, ("40", "30"))
    assert standings.standings(store, event.visitor(2), event.round_id, at=AT).lines


def test_who_has_seen_a_standing_changes_no_mark_any_more(store: db.Store):
    """Submitting, looking, and adjusting within the grace time is refused."""
    event = events.draft(store)
    event.hold(2, "organizer")
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all()
    change = event.change(0, "0", rev=1, client_id="late")
    event.record(4, 1, change, at=later(60))
    standings.standings(store, event.visitor(2), event.round_id, at=later(60))
    echo = event.record(2, 1, replace(change, client_id="late-2"), at=later(61))
    assert echo["results"][0]["outcome"] == "requested"
    assert echo["marks"][event.criteria[0]]["value"] != 0


def test_the_host_reads_only_what_is_certified(closed: Event):
    """Neither standings nor progress; the award list after the certificate."""
    host = closed.visitor("host")
    with pytest.raises(Forbidden):
        standings.standings(closed.store, host, closed.round_id, at=AT)
    with pytest.raises(NotNow) as refused:
        awards.award_list(closed.store, host, closed.round_id)
    assert refused.value.clears == "certify"
    closed.certify()
    assert awards.award_list(closed.store, host, closed.round_id).winners


@pytest.mark.parametrize("role", ["timekeeper", "scorekeeper", "supervisor", "host", "chair"])
def test_only_the_organizer_signs_first(closed: Event, role: str):
    """And no other role closes, opens, or takes back."""
    who = closed.visitor(1) if role == "chair" else closed.visitor(role)
    shown = certifying.to_sign(closed.store, closed.organizer, closed.round_id).sha256
    signed = (closed.store, who, closed.round_id)
    for act in (
        lambda: certifying.sign_certificate(*signed, sha256=shown, at=AT),
        lambda: certifying.certify_alone(*signed, sha256=shown, reason="x", at=AT),
        lambda: rounds.reopen_round(closed.store, who, closed.round_id, reason="x", at=AT),
    ):
        with pytest.raises(Forbidden):
            act()


def test_another_competitions_organizer_finds_nothing(store: db.Store):
    """Every id of one competition is unknown in the other; nothing is said beyond that."""
    mine, other = events.opened(store), events.opened(store, title="另一场")
    mine.fill_all()
    who = other.organizer
    pair = (mine.round_id, mine.entrants[1], mine.judges[1])
    sheet = mine.sheet(1, 1)
    cost = deductions.deduct(
        store, mine.organizer, mine.round_id, mine.entrants[1], "1", reason="超时", at=AT
    )
    with store.reading() as tx:
        link = tx.value("SELECT id FROM links WHERE person_id = :p", p=mine.organizer.person_id)
    supervisor = other.visitor("supervisor")
    before = store._writer.conn.total_changes
    for act in (
        lambda: rounds.close_round(store, who, mine.round_id, reason="x", at=AT),
        lambda: rounds.round_view(store, who, mine.round_id),
        lambda: standings.standings(store, who, mine.round_id, at=AT),
        lambda: progress.progress(store, who, mine.round_id, at=AT),
        lambda: panel.mark_absent(store, who, *pair, reason="x", at=AT),
        lambda: panel.declare_recusal(store, who, *pair, reason="x", at=AT),
        lambda: moves.move_stage(store, who, mine.round_id, mine.entrants[1], "called", at=AT),
        lambda: people.grant_role(store, who, mine.judges[1], "organizer", at=AT),
        lambda: people.grant_role(
            store, who, other.judges[1], "supervisor", round_id=mine.round_id, at=AT
        ),
        lambda: links.make_link(store, who, mine.judges[1], at=AT),
        lambda: links.revoke_link(store, who, link, at=AT),
        lambda: reopening.ask_reopening(store, who, sheet, reason="x", at=later(999)),
        lambda: deductions.confirm_deduction(store, supervisor, cost, at=AT),
        lambda: deductions.withdraw_deduction(store, supervisor, cost, reason="x", at=AT),
        lambda: log.views_of(store, supervisor, mine.round_id),
    ):
        with pytest.raises(Missing):
            act()
    assert store._writer.conn.total_changes == before


def test_entrants_and_sessions_of_another_round_are_unknown(store: db.Store):
    """An id is looked up in its round, not in the whole database."""
    mine, other = events.opened(store), events.draft(store, title="另一场")
    with pytest.raises(Missing):
        deductions.deduct(
            store, mine.organizer, mine.round_id, other.entrants[1], "1", reason="x", at=AT
        )
    for act in (
        lambda: entrants.enter_entrant(
            store, other.organizer, other.round_id, mine.entrants[1], at=AT
        ),
        lambda: panel.set_panel(
            store, other.organizer, other.round_id, mine.sessions[1], [other.judges[1]], at=AT
        ),
        lambda: panel.set_panel(
            store, other.organizer, other.round_id, other.sessions[1], [mine.judges[1]], at=AT
        ),
        lambda: panel.seat_judge(
            store, other.organizer, other.round_id, mine.judges[1], number=9, at=AT
        ),
    ):
        with pytest.raises(Missing):
            act()


def test_the_log_of_one_competition_shows_nothing_of_another(store: db.Store):
    """Though a round's id of the other is asked for by name."""
    mine, other = events.opened(store), events.begin(store, title="另一场")
    found = log.log(store, other.organizer, round_id=mine.round_id)
    assert found == []
    assert {row["kind"] for row in log.log(store, other.organizer)} <= {
        "competition_begun",
        "link_made",
        "person_added",
        "role_granted",
    }


def test_a_judge_recuses_nobody_else(event: Event):
    """For oneself only; the organizer for anybody."""
    with pytest.raises(NotAssigned):
        panel.declare_recusal(
            event.store,
            event.visitor(1),
            event.round_id,
            event.entrants[1],
            event.judges[2],
            reason="亲属",
            at=AT,
        )


def test_a_judge_asks_only_for_an_own_sheet(event: Event):
    """Reopening another judge's sheet is not theirs to ask for."""
    event.fill(1, 1, ("50", "30"))
    with pytest.raises(NotAssigned):
        reopening.ask_reopening(
            event.store, event.visitor(2), event.sheet(1, 1), reason="x", at=later(999)
        )


def test_nobody_signs_twice(closed: Event):
    """Who entered does not confirm, though holding the second role as well."""
    closed.hold("timekeeper", "chair")
    closed.hold("scorekeeper", "supervisor")
    who = closed.visitor("scorekeeper")
    cost = deductions.deduct(
        closed.store, who, closed.round_id, closed.entrants[1], "1", reason="超时", at=AT
    )
    with pytest.raises(SecondPersonNeeded):
        deductions.confirm_deduction(closed.store, who, cost, at=AT)
    ruling = rulings.enter_ruling(
        closed.store, who, closed.round_id, [closed.entrants[1]], reason="x", at=AT
    )
    with pytest.raises(SecondPersonNeeded):
        rulings.confirm_ruling(closed.store, who, ruling, at=AT)


def test_a_forged_visitor_of_the_public_gets_nowhere(event: Event):
    """Grants without a person are no grants."""
    forged = replace(PUBLIC, grants=(Grant("organizer"),))
    with pytest.raises(SignInNeeded):
        rounds.close_round(event.store, forged, event.round_id, reason="x", at=AT)


def test_the_chair_reads_no_standing_before_the_certificate(store: db.Store):
    """Not with a sheet to submit, not with all submitted, not after closing; then the certified."""
    event = events.opened(store)
    chair = event.visitor(1)
    assert "chair" in {grant.role for grant in chair.grants}
    event.fill_all(but=[(1, 3)])
    for then in (lambda: None, lambda: event.fill(1, 3, ("40", "30")), event.close):
        then()
        for read in (
            lambda: standings.standings(store, chair, event.round_id, at=AT),
            lambda: progress.progress(store, chair, event.round_id, at=AT),
            lambda: explaining.explain(store, chair, event.round_id, event.entrants[1], at=AT),
        ):
            with pytest.raises(Forbidden):
                read()
        with pytest.raises(Forbidden):
            certification.certified(store, chair, event.round_id)
    event.certify()
    assert certification.certified(store, chair, event.round_id)["content"]["entrants"]


def test_the_chair_reads_rulings_after_closing_only(store: db.Store):
    """They are what the chair signs; while marking goes on there are none to read."""
    event = events.opened(store)
    with pytest.raises(Forbidden):
        pending.rulings(store, event.visitor(1), event.round_id)
    event.fill_all()
    event.close()
    assert pending.rulings(store, event.visitor(1), event.round_id) == []
    with pytest.raises(Forbidden):
        pending.rulings(store, event.visitor(2), event.round_id)
