"""The certificate: what was seen, hashed once, never changed; and the award list that is it."""

import json
from dataclasses import replace
from itertools import product

import pytest

import db
from competition.errors import NotNow
from competition.lineup import entrants, panel
from competition.results import awards, certification, rulings
from competition.results.errors import AwaitingRuling, NothingToRank
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from competition.saying import sentence
from competition.stage import moves
from db.canonical import sha256
from db.invariants import verify
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, COUNTIES, Event, later

TIE = RoundRules(scoring=Rules(top=2, draws=100, at_cut="exact", keys=("ruling",)))


def content(event: Event) -> dict:
    return certification.certified(event.store, event.organizer, event.round_id)["content"]


def test_the_snapshot_is_hashed_whole(closed: Event):
    """SHA-256 of the text as stored; rules, rubric, marks, lines and the event are in it."""
    given = closed.certify()
    found = certification.certified(closed.store, closed.organizer, closed.round_id)
    with closed.store.reading() as tx:
        stored = tx.one("SELECT content, sha256 FROM snapshots")
    assert found["sha256"] == given["sha256"] == sha256(stored["content"]) == stored["sha256"]
    whole = content(closed)
    assert set(whole) >= {"rules", "rules_hash", "rubric", "entrants", "judges", "marks", "event"}
    assert len(whole["marks"]) == 2 * len(closed.pairs())


def test_the_snapshot_names_no_judge_and_no_presenter(closed: Event):
    """It may be handed out; people are in it by their numbers."""
    closed.certify()
    text = json.dumps(content(closed), ensure_ascii=False)
    assert [name for name in ("评委·", "汇报·", "赛务·", "书记", "州局") if name in text] == []


@pytest.mark.usefixtures("whole_file_verified")
def test_certified_twice_needs_a_way_back_between(closed: Event):
    """A second certificate is a second version; the first stays as it was."""
    first = closed.certify()
    with pytest.raises(NotNow):
        closed.certify()
    certification.revoke_certificate(
        closed.store, closed.organizer, closed.round_id, reason="复核", at=later(1)
    )
    second = closed.certify(at=later(2))
    assert (first["version"], second["version"]) == (1, 2)
    assert first["sha256"] != second["sha256"]
    with closed.store.reading() as tx:
        kept = tx.rows("SELECT sha256 FROM snapshots ORDER BY version DESC")
    assert [row["sha256"] for row in kept] == [second["sha256"], first["sha256"]]
    assert verify(closed.store) == []


def test_a_revoked_certificate_shows_nothing(closed: Event):
    """Back to closed: no award list, no certified standing."""
    closed.certify()
    certification.revoke_certificate(
        closed.store, closed.organizer, closed.round_id, reason="复核", at=AT
    )
    with pytest.raises(NotNow):
        awards.award_list(closed.store, closed.organizer, closed.round_id)


def test_the_award_list_is_the_snapshot(closed: Event):
    """Place by place and figure by figure, with its version and hash."""
    given = closed.certify()
    listed = awards.award_list(closed.store, closed.organizer, closed.round_id)
    chosen = [line for line in content(closed)["entrants"] if line["selected"]]
    assert [(w.place, w.rank, w.code, str(w.official)) for w in listed.winners] == [
        (line["place"], line["rank"], line["code"], line["official"]) for line in chosen
    ]
    assert (listed.sha256, listed.version, listed.at) == (
        given["sha256"],
        given["version"],
        given["at"],
    )
    assert len(listed.winners) == listed.top == 2
    assert [w.presenter for w in listed.winners] == ["汇报·钱1", "汇报·钱2"]


def tied(store: db.Store, rules: RoundRules = TIE) -> Event:
    """Entrants 2 and 3 share one score, and there is one seat for them."""
    event = events.opened(store, rules=rules)
    event.fill_all(base={1: "55", 2: "50", 3: "50", 4: "40", 5: "30"}, but=[(3, 3)])
    panel.mark_absent(
        store,
        event.organizer,
        event.round_id,
        event.entrants[3],
        event.judges[3],
        reason="x",
        at=AT,
    )
    event.close()
    return event


def test_who_has_no_number_waits_by_name(store: db.Store):
    """A missing number is neither 0 nor a way past the ruling."""
    event = tied(store)
    with store.writing() as tx:
        tx.run(
            "UPDATE round_entrants SET number = NULL WHERE round_id = :r AND entrant_id = :e",
            r=event.round_id,
            e=event.entrants[2],
        )
    with pytest.raises(AwaitingRuling) as refused:
        event.certify()
    number, name = refused.value.values["entrants"]
    assert number == 3
    assert sentence(refused.value, "zh").startswith(f"3号、{name}等待评委组议定")


def test_a_tie_at_the_cut_waits_for_a_ruling(store: db.Store):
    """Named by number; a ruling by two people settles it, one not yet confirmed does not."""
    event = tied(store)
    with pytest.raises(AwaitingRuling) as refused:
        event.certify()
    assert refused.value.values == {"entrants": [2, 3]}
    assert refused.value.clears == "enter_ruling"
    ruling = rulings.enter_ruling(
        store,
        event.visitor(1),
        event.round_id,
        [event.entrants[3], event.entrants[2]],
        reason="评委组议定",
        at=AT,
    )
    with pytest.raises(AwaitingRuling):
        event.certify()
    rulings.confirm_ruling(store, event.visitor("supervisor"), ruling, at=AT)
    event.certify()
    listed = awards.award_list(store, event.organizer, event.round_id)
    assert [winner.number for winner in listed.winners] == [1, 3]


@pytest.mark.parametrize("keys", [("lots",), ("lots", "ruling"), ("ruling", "lots")], ids=str)
def test_lots_drawn_in_the_room_are_entered_as_a_ruling_is(store: db.Store, keys: tuple[str, ...]):
    """The order drawn or ruled gives the seat, whichever of the two the rules come to first."""
    event = tied(store, replace(TIE, scoring=replace(TIE.scoring, keys=keys)))
    assert event.standing().line(event.entrants[3]).decided_by == f"awaiting_{keys[0]}"
    order = [event.entrants[3], event.entrants[2]]
    drawn = rulings.enter_ruling(
        store, event.visitor(1), event.round_id, order, reason="当场抽签", at=AT
    )
    rulings.confirm_ruling(store, event.visitor("supervisor"), drawn, at=AT)
    line = event.standing().line(event.entrants[3])
    assert (line.selected, line.decided_by) == (True, keys[0])
    event.certify()


def test_a_ruling_withdrawn_waits_again(store: db.Store):
    """The seat is open as before."""
    event = tied(store)
    order = [event.entrants[2], event.entrants[3]]
    ruling = rulings.enter_ruling(
        store, event.visitor(1), event.round_id, order, reason="议定", at=AT
    )
    rulings.confirm_ruling(store, event.visitor("supervisor"), ruling, at=AT)
    assert not event.standing().awaiting
    rulings.withdraw_ruling(store, event.visitor("supervisor"), ruling, reason="误记", at=AT)
    with pytest.raises(AwaitingRuling):
        event.certify()


def test_trimmed_by_too_few_waits_for_a_ruling(store: db.Store):
    """Where the trimmed score is official, an entrant heard by too few is ruled comparable."""
    rules = RoundRules(scoring=Rules(official="trimmed", top=2, draws=100), recusal_level="none")
    event = events.opened(store, rules=rules)
    panel.declare_recusal(
        store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        event.judges[1],
        reason="x",
        at=AT,
    )
    event.fill_all(but=[(1, 1)])
    event.fill(3, 2, ("50", "30.3"))
    event.close()
    with pytest.raises(AwaitingRuling) as refused:
        event.certify()
    assert refused.value.values == {"entrants": [1]}
    ruling = rulings.enter_ruling(
        store,
        event.organizer,
        event.round_id,
        [event.entrants[1]],
        kind="comparable",
        reason="议定",
        at=AT,
    )
    rulings.confirm_ruling(store, event.visitor("supervisor"), ruling, at=AT)
    assert event.certify()["version"] == 1


def test_a_round_without_marks_cannot_be_certified(event: Event):
    """Closed with a reason, nothing submitted: there is nothing to certify."""
    event.close(reason="改期")
    with pytest.raises(NothingToRank):
        event.standing()
    with pytest.raises(NothingToRank):
        event.certify()


def test_a_withdrawn_entrant_wins_nothing(event: Event):
    """Though it was first."""
    event.fill_all()
    moves.move_stage(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        "withdrawn",
        at=AT,
        reason="x",
    )
    event.close()
    event.certify()
    listed = awards.award_list(event.store, event.organizer, event.round_id)
    assert [winner.number for winner in listed.winners] == [2, 3]


HOSTILE = ("=1+1", "<b>1</b>", "龙潭\n村", "村" * 300)


def test_hostile_names_go_through_to_the_list(store: db.Store):
    """As text, on one line; the hash is of what is shown."""
    rules = replace(events.QUICK, scoring=Rules(top=len(HOSTILE), draws=100))
    event = events.draft(store, rules=rules)
    who, session = event.organizer, event.sessions[2]
    for number, text in enumerate(HOSTILE, 6):
        event.entrants[number] = entrants.add_entrant(
            store,
            who,
            code=f"53251{number}100",
            county=COUNTIES[0],
            title=text,
            village=text,
            at=AT,
        )
        entrants.enter_entrant(
            store,
            who,
            event.round_id,
            event.entrants[number],
            number=number,
            session_id=session,
            at=AT,
        )
    sits = [event.judges[n] for n in events.SITS[2]]
    panel.set_panel(store, who, event.round_id, session, sits, at=AT)
    rounds.open_round(store, who, event.round_id, signed="all", at=AT)
    event.fill_all(base={n: f"{40 - n}" for n in event.entrants})
    for number, judge in product(range(6, 6 + len(HOSTILE)), events.SITS[2]):
        event.fill(judge, number, (f"{66 - number}", f"{30 + judge / 10:.1f}"))
    event.close()
    event.certify()
    first = awards.award_list(store, event.organizer, event.round_id).winners
    assert [winner.number for winner in first] == [6, 7, 8, 9]
    assert [one.title for one in first[:3]] == ["=1+1", "<b>1</b>", "龙潭 村"]
    for winner in first:
        assert "\n" not in winner.title + winner.village
        assert len(winner.title) <= 200
    assert verify(store) == []
