"""An audience vote from its declaration to the composite's score, and the forgers that it meets."""

import json
import math
import sqlite3
from decimal import Decimal

import pytest

import db
from competition.errors import BadFields, Forbidden, Missing
from competition.ids import digest
from competition.marks import outside
from competition.results import record, second_verifier, standings
from competition.rounds import rounds
from competition.rounds.composites import VOTE, TypedPart, set_parts
from competition.rounds.errors import VoteRuns
from competition.rounds.vote_rules import VoteRules, score_of
from competition.stage.hall import hall
from competition.voting import ballots, cards, codes, holding, views
from competition.voting.ballots import Answer, Sent
from competition.voting.cards import Card
from competition.voting.errors import (
    CardCancelled,
    CardVoted,
    NoVote,
    ResultNotForHall,
    StageGoesOn,
    VoteMovedOn,
)
from db import composites, snapshots, votes
from db import rounds as round_rows
from db.canonical import sha256
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import Event, later
from tests.competition.registry import composite_rows
from tests.competition.registry import vote_rows as rows

T = later(2000)


class Hall:
    """A certified round, a composite of it with an open vote, and cards."""

    def __init__(self, event: Event, id_: str, cards: list[str]) -> None:
        self.event, self.id, self.cards = event, id_, cards

    def open(self) -> "Hall":
        rows.open_(self.event, self.id, at=T)
        return self

    def send(self, card: int, *entrants: int, device: str = "") -> Answer:
        return rows.send(
            self.event, self.id, self.cards[card - 1], *entrants, device=device, at=later(2001)
        )

    def close(self) -> None:
        rows.close(self.event, self.id, at=later(2100))

    def view(self, who: str = "host") -> views.VoteView:
        return views.vote_view(self.event.store, self.event.visitor(who), self.id)

    def votes(self) -> dict[int, int]:
        return {place["number"]: found for place, found in self.view().lines}

    def scene(self) -> dict[str, object]:
        return hall(self.event.store, self.event.organizer, self.event.round_id).content


def held(event: Event, count: int = 6, **vote: str) -> Hall:
    """A vote in an event, and its cards."""
    id_ = rows.begin(event, at=T, **vote)
    return Hall(event, id_, rows.make(event, id_, count, at=T))


def prepared(store: db.Store) -> tuple[Event, tuple[str, list[str]]]:
    """A certified round with a vote."""
    event = events.closed(store)
    event.certify(at=later(1000))
    hall = held(event)
    return event, (hall.id, hall.cards)


BEGINNINGS = {"hall_of": prepared}


@pytest.fixture
def hall_of(begun: Begun) -> Hall:
    return Hall(begun[1], *begun[2])


def test_the_vote_counts_as_declared(hall_of: Hall):
    """3, 2, 1 votes at most 100: 100, 66.67, 33.33, 0; with .7 of the stage, exactly."""
    hall_of.open()
    for card, entrant in zip(range(1, 7), (1, 1, 1, 2, 2, 4), strict=True):
        assert hall_of.send(card, entrant).state == "voted"
    hall_of.close()
    assert hall_of.votes() == {1: 3, 2: 2, 3: 0, 4: 1, 5: 0}
    event = hall_of.event
    stage = {one.number: one.official for one in event.standing().lines}
    listed = rows.list_of(event, hall_of.id)
    before = standings.standings(event.store, event.organizer, hall_of.id, at=later(2200)).lines
    assert all(line.official is None for line in before)
    outside.answer_outside(
        event.store, event.visitor("checker"), listed, approve=True, at=later(2201)
    )
    given = {1: "100", 2: "66.67", 3: "0", 4: "33.33", 5: "0"}
    lines = standings.standings(event.store, event.organizer, hall_of.id, at=later(2300)).lines
    for line in lines:
        exact = Decimal("0.7") * stage[line.number] + Decimal("0.3") * Decimal(given[line.number])
        assert line.official == exact.quantize(Decimal("0.01"), "ROUND_HALF_UP")
    rounds.close_round(event.store, event.organizer, hall_of.id, at=later(2400))
    composite_rows.certify(event, hall_of.id, at=later(2500))
    with event.store.reading() as tx:
        certified = snapshots.latest(tx, hall_of.id, "certify")
    assert certified is not None
    part = json.loads(certified["content"])["parts"][1]
    assert part["scores"][event.entrants[2]] == "66.67"
    shown = json.loads(record.record(event.store, event.organizer, hall_of.id))
    assert [fault for _, faults in second_verifier.check(shown) for fault in faults] == []
    assert verify(event.store) == []


def test_a_score_is_made_exactly():
    """By the most voted or by the share of ballots; no vote at all is no score, never a zero."""

    def score(votes: int, *, scale: str, highest: int, ballots: int) -> int | None:
        rules = VoteRules(scale=scale)
        return score_of(
            votes, ballots=ballots, highest=highest, rules=rules, maximum=100_000, step=10
        )

    assert score(2, scale="top", highest=3, ballots=9) == 66_670
    assert score(1, scale="share", highest=3, ballots=8) == 12_500
    assert score(0, scale="share", highest=3, ballots=8) == 0
    assert score(1, scale="share", highest=2, ballots=3) == 33_330
    assert score(0, scale="top", highest=0, ballots=0) is None


def test_a_vote_without_a_ballot_gives_no_score(hall_of: Hall):
    """Nothing is entered: what is missing stays missing until it is entered by hand."""
    hall_of.open().close()
    assert hall_of.view().lines
    with hall_of.event.store.reading() as tx:
        assert composites.outside_lists(tx, hall_of.id) == []
    assert verify(hall_of.event.store) == []


def test_one_request_sent_again_is_one_ballot(hall_of: Hall):
    """Two taps, a replay, another choice from the same phone: the first ballot, each time."""
    hall_of.open()
    first = hall_of.send(1, 3)
    assert hall_of.send(1, 3) == hall_of.send(1, 5) == hall_of.send(1) == first
    assert (first.choices, len(first.receipt)) == ((hall_of.event.entrants[3],), 11)
    twice = [Sent(hall_of.id, codes.hash_of(hall_of.cards[1].code), digest("b"), first.choices)] * 2
    assert {one.state for one in ballots.answer_all(hall_of.event.store, twice, at=T)} == {"voted"}
    hall_of.close()
    assert hall_of.view().counts["voted"] == 2


def test_a_card_belongs_to_the_first_phone_and_a_phone_holds_one(hall_of: Hall):
    """A photographed card opens nothing; a second card is sent to another phone."""
    assert hall_of.send(1, device="mine").state == "waiting"
    hall_of.open()
    assert hall_of.send(1, 2, device="thief").state == "other"
    held = hall_of.send(2, 2, device="mine")
    assert (held.state, held.number) == ("held", 1)
    assert hall_of.send(1, 2, device="mine").state == "voted"
    assert hall_of.send(1, device="thief").choices == ()
    assert hall_of.view().counts == {"issued": 6, "claimed": 1, "voted": 1, "cancelled": 0}


def test_a_lost_card_is_made_again_with_a_reason_and_never_votes(hall_of: Hall):
    """A new phone gets a new card; a card that has voted gets no second one."""
    event = hall_of.event
    hall_of.open()
    hall_of.send(1, device="old")
    hall_of.send(2, 4)

    def cancel(number: str, reason: str = "手机没电") -> Card | None:
        return cards.cancel_code(
            event.store, event.organizer, hall_of.id, number, reason=reason, at=later(2002)
        )

    new = cancel("1")
    assert new is not None
    assert new.number == 7
    assert hall_of.send(1, 2, device="old").state == "cancelled"
    assert rows.send(event, hall_of.id, new, 3, device="old", at=T).state == "voted"
    for number, problem in (
        ("1", CardCancelled),
        ("2", CardVoted),
        ("99", Missing),
        ("x", Missing),
    ):
        with pytest.raises(BadFields) as refused:
            cancel(number)
        assert isinstance(refused.value.problems["number"], problem)
    counts = hall_of.view().counts
    assert counts == {"issued": 7, "claimed": 3, "voted": 2, "cancelled": 1}
    hall_of.close()
    assert verify(event.store) == []


def test_nothing_is_kept_after_the_closing(hall_of: Hall):
    """Whatever the phone's clock says: the vote's state is read where a ballot is written."""
    hall_of.open()
    hall_of.send(1, 1)
    hall_of.send(2)
    hall_of.close()
    late = [
        Sent(hall_of.id, codes.hash_of(card.code), digest(card.code), (hall_of.event.entrants[1],))
        for card in hall_of.cards[1:3]
    ]
    assert [one.state for one in ballots.answer_all(hall_of.event.store, late, at=later(-900))] == [
        "closed",
        "closed",
    ]
    assert hall_of.send(1, 2).choices == (hall_of.event.entrants[1],)
    assert hall_of.view().counts["voted"] == 1


def test_what_is_no_ballot_is_refused(hall_of: Hall):
    """Another competition's entrant, the same one twice, too many: the phone may choose again."""
    hall_of.open()
    card = hall_of.cards[0]
    one, other = hall_of.event.entrants[1], hall_of.event.entrants[2]
    for wrong in (("nobody",), (one, one), (one, other), (f"{one} {other}",)):
        sent = rows.choose(hall_of.event, hall_of.id, card, *wrong, at=T)
        assert sent.state == "bad"
    assert hall_of.send(1, 1).state == "voted"


def test_several_may_be_chosen_where_the_rules_say_so(closed: Event):
    """Up to two: each gets a vote of the ballot."""
    closed.certify(at=later(1000))
    vote = held(closed, most="2", scale="share").open()
    vote.send(1, 1, 2)
    vote.send(2, 2)
    assert vote.send(3, 1, 2, 3).state == "bad"
    vote.close()
    assert vote.votes() == {2: 2, 1: 1, 3: 0, 4: 0, 5: 0}
    with closed.store.reading() as tx:
        scores = composites.scores_of(tx, rows.list_of(closed, vote.id))
    assert {one["value"] for one in scores} == {100_000, 50_000, 0}


def test_a_code_cannot_be_guessed(hall_of: Hall):
    """80 bits: the whole budget of a day finds one of 50,000 cards once in 10^12 days."""
    made = {card.code for card in rows.make(hall_of.event, hall_of.id, 500, at=T)}
    assert len(made) == 500
    assert {len(code) for code in made} == {codes.LENGTH}
    chance = cards.MOST * 600 * 86_400 / len(codes.SIGNS) ** codes.LENGTH
    assert math.log10(chance) < -11
    with hall_of.event.store.reading() as tx:
        stored = str(tx.rows("SELECT * FROM vote_codes") + tx.rows("SELECT payload FROM events"))
    assert not any(code in stored for code in made)
    typed = codes.in_groups(hall_of.cards[0].code).lower()
    assert codes.hash_of(f" {typed} ") == digest(hall_of.cards[0].code)
    assert codes.hash_of("0" * 15) == codes.hash_of("") == ""
    key = cards.key_of(hall_of.event.store, hall_of.id)
    assert all(codes.hash_of(code, key) == digest(code) for code in made)
    guesses = [codes.mint_code(b"another key") for _ in range(500)]
    assert not any(codes.hash_of(code, key) for code in guesses)
    right = hall_of.cards[0].code
    mistyped = ("Z" if right[0] != "Z" else "Y") + right[1:]
    assert codes.hash_of(mistyped, key) == ""
    assert cards.key_of(hall_of.event.store, "elsewhere") == b""
    guess = [Sent(hall_of.id, digest("guess"), digest("x"), None), Sent("other", "", "", None)]
    assert ballots.answer_all(hall_of.event.store, guess, at=T) == [ballots.UNKNOWN] * 2


def test_nobody_sees_a_vote_before_the_closing(hall_of: Hall):
    """Not the organizer, the host, the hall, an outside list: no read has a total to give."""
    event = hall_of.event
    hall_of.open()
    hall_of.send(1, 1)
    for who in ("host", "supervisor", "scorekeeper"):
        view = hall_of.view(who)
        assert (view.lines, view.sha256) == ((), "")
    for file in (views.ballots_file, views.totals_file):
        with pytest.raises(VoteRuns):
            file(event.store, event.organizer, hall_of.id)
    scene = hall_of.scene()
    assert scene["scene"] == "vote"
    assert scene["vote"] == {"title": "大众评审", "state": "open", "ballots": None, "lines": []}
    with event.store.reading() as tx:
        assert votes.totals(tx, hall_of.id) == {}
        assert composites.outside_lists(tx, hall_of.id) == []
    with pytest.raises(VoteRuns):
        rounds.close_round(event.store, event.organizer, hall_of.id, at=T)
    with pytest.raises(Forbidden):
        views.vote_view(event.store, event.visitor(1), hall_of.id)


def test_the_hall_is_shown_a_count_and_the_result_where_the_rules_say_so(closed: Event):
    """After the closing the number alone; the votes by the host's act; then what comes next."""
    closed.certify(at=later(1000))
    vote = held(closed, hall="result").open()
    vote.send(1, 2)
    vote.close()
    assert vote.scene()["vote"]["ballots"] == 1  # type: ignore[index]
    assert vote.scene()["vote"]["lines"] == []  # type: ignore[index]
    holding.show_vote(closed.store, closed.visitor("host"), vote.id, at=later(2200))
    lines = vote.scene()["vote"]["lines"]  # type: ignore[index]
    assert [(line["number"], line["votes"]) for line in lines][:2] == [(2, 1), (1, 0)]
    counted = held(closed).open()
    counted.close()
    with pytest.raises(ResultNotForHall):
        holding.show_vote(closed.store, closed.organizer, counted.id, at=later(2300))


def test_the_steps_of_a_vote(hall_of: Hall):
    """Not opened twice over a closing; a second press changes nothing."""
    event, host = hall_of.event, hall_of.event.visitor("host")
    with pytest.raises(VoteMovedOn):
        holding.close_vote(event.store, host, hall_of.id, at=T)
    hall_of.open().open()
    with pytest.raises(VoteMovedOn):
        holding.show_vote(event.store, host, hall_of.id, at=T)
    hall_of.close()
    assert holding.close_vote(event.store, host, hall_of.id, at=later(2101)) is None
    with pytest.raises(VoteMovedOn):
        holding.open_vote(event.store, host, hall_of.id, at=later(2102))


def test_the_vote_waits_for_the_stage_where_the_rules_say_so(event: Event):
    """Entrants who have not been heard cannot be voted on; a round that is closed has no stage."""
    vote = held(event, opens="after_stage")
    with pytest.raises(StageGoesOn) as refused:
        vote.open()
    assert refused.value.values == {"count": 5}
    with event.store.reading() as tx:
        assert votes.vote(tx, vote.id) is None
    event.fill_all()
    event.close(at=later(2001))
    vote.open()
    assert vote.view().state == "open"


@pytest.mark.on_file
def test_anybody_can_count_again(hall_of: Hall):
    """The list's SHA-256 is in the log; it names no phone; a changed ballot is named by verify."""
    event = hall_of.event
    hall_of.open()
    for card, entrant in ((1, 1), (2, 1), (3, 4)):
        hall_of.send(card, entrant)
    hall_of.close()
    text = views.ballots_file(event.store, event.organizer, hall_of.id)
    view = hall_of.view()
    assert sha256(text.decode()) == view.sha256
    with event.store.reading() as tx:
        closing = tx.one("SELECT payload FROM events WHERE kind = 'vote_closed'")
    assert closing is not None
    assert view.sha256 in closing["payload"]
    head, *lines = text.decode().splitlines()
    assert (head, len(lines), lines == sorted(lines)) == ("code_sha256,entrants", 3, True)
    mine = codes.hash_of(hall_of.cards[2].code)
    assert f"{mine},{event.entrants[4]}" in lines
    assert [entrant for entrant, n in _counted(lines).items() if n == 2] == [event.entrants[1]]
    assert verify(event.store) == []
    _forge(event, "UPDATE vote_ballots SET choices = ? WHERE hash = ?", event.entrants[2], mine)
    found = {(one.check, one.subject) for one in verify(event.store)}
    assert (
        "ballots_are_those_counted",
        f"{hall_of.id} {event.entrants[2]}: 0 votes counted, 1 kept",
    ) in found
    assert any(check == "schema_as_made" for check, _ in found)


def _counted(lines: list[str]) -> dict[str, int]:
    given: dict[str, int] = {}
    for line in lines:
        for entrant in line.partition(",")[2].split():
            given[entrant] = given.get(entrant, 0) + 1
    return given


def _forge(event: Event, sql: str, *values: str) -> None:
    """A person with the file: the triggers dropped, then a row changed."""
    with sqlite3.connect(event.store.path) as conn:
        for table in ("vote_ballots", "vote_codes", "vote_claims"):
            conn.execute(f"DROP TRIGGER {table}_stay")
            conn.execute(f"DROP TRIGGER {table}_remain")
        conn.execute(sql, values)


@pytest.mark.on_file
def test_cards_of_an_earlier_version_are_taken(hall_of: Hall):
    """Their batch is covered plainly and their codes have no check: any code may be one."""
    event = hall_of.event
    with event.store.reading() as tx:
        plain = sha256("\n".join(votes.codes(tx, hall_of.id, 1, 6)))
    assert cards.key_of(event.store, hall_of.id)
    _forge(event, "UPDATE vote_batches SET sha256 = ?", plain)
    assert cards.key_of(event.store, hall_of.id) == b""
    assert "cards_are_those_issued" not in {one.check for one in verify(event.store)}


@pytest.mark.on_file
@pytest.mark.parametrize(
    ("sql", "check"),
    [
        ("DELETE FROM vote_ballots WHERE hash = :h", "ballots_are_those_counted"),
        ("UPDATE votes SET ballots = 9", "replay_equal"),
        ("UPDATE vote_totals SET votes = votes + 1", "replay_equal"),
        ("UPDATE outside_scores SET value = 1000", "replay_equal"),
        (
            "INSERT INTO vote_codes SELECT substr(hash, 2) || substr(hash, 1, 1), round_id, 99"
            " FROM vote_codes WHERE hash = :h",
            "cards_are_those_issued",
        ),
        ("DELETE FROM vote_claims WHERE hash = :h", "ballot_of_a_card_in_use"),
    ],
)  # fmt: skip
def test_verify_names_what_was_changed(hall_of: Hall, sql: str, check: str):
    """Each table's forger, with the file in hand."""
    hall_of.open()
    hall_of.send(1, 1)
    hall_of.close()
    _forge(hall_of.event, sql.replace(":h", f"'{codes.hash_of(hall_of.cards[0].code)}'"))
    assert check in {one.check for one in verify(hall_of.event.store)}


def test_a_vote_is_declared_once_and_hashed_with_the_rules(draft: Event):
    """Two votes, a choice that is none: refused at the field; without a vote nothing changes."""
    round_id = rows.declare(draft, at=T)
    with draft.store.reading() as tx:
        (judged, vote) = composites.parts_as_hashed(tx, round_id)
        stored = round_rows.get(tx, round_id)["rules_hash"]
    assert "vote" not in judged
    assert VoteRules.from_json(str(vote["vote"])) == VoteRules(opens="any_time")
    again = TypedPart(VOTE, title="再投", weight="0.3")
    parts = [
        TypedPart(draft.round_id, weight="0.4"),
        TypedPart(VOTE, title="大众", weight="0.3", most="0", scale="loudest"),
        again,
    ]
    with pytest.raises(BadFields) as refused:
        set_parts(draft.store, draft.organizer, round_id, parts, {}, at=T)
    assert set(refused.value.problems) == {"1.most", "1.scale", "2.source"}
    plain = composite_rows.declare(draft, at=T, title="没有投票的")
    for act in (
        lambda: cards.issue_codes(draft.store, draft.organizer, plain, "3", at=T),
        lambda: views.vote_view(draft.store, draft.organizer, plain),
    ):
        with pytest.raises(NoVote):
            act()
    with draft.store.reading() as tx:
        assert round_rows.get(tx, round_id)["rules_hash"] == stored


def test_cards_are_made_in_bounds(hall_of: Hall):
    """None, a fraction, too many at once: refused at the field, and no card is made."""
    for count in ("0", "2.5", "", "-3", "1001", "NaN"):
        with pytest.raises(BadFields):
            cards.issue_codes(hall_of.event.store, hall_of.event.organizer, hall_of.id, count, at=T)
    assert hall_of.view().counts["issued"] == 6
