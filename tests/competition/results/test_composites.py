"""A composite from declaring its parts to its certificate, and what makes that stale."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest

import db
from competition.errors import (
    BadFields,
    MarkOffStep,
    MarkOutOfRange,
    Missing,
    NothingChanged,
    NotNow,
    OnlyComposite,
    OnlyJudged,
    SecondPersonNeeded,
)
from competition.marks import outside
from competition.marks.outside_lists import outside as outside_of
from competition.results import awards, certification, copying, rulings, standings
from competition.results.errors import PartsDiffer, PartsNotCertified
from competition.results.rechecking import recomputing
from competition.rounds import removing, rounds
from competition.rounds.composites import OUTSIDE, TypedPart, set_parts
from competition.rounds.errors import (
    BadWeight,
    IsPart,
    ListsWait,
    NoRoundPart,
    NotReady,
    PartIsComposite,
    PartsBegun,
    WeightsDoNotSum,
)
from db import composites
from db import rounds as round_rows
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event, later
from tests.competition.registry import composite_rows as rows
from tests.competition.registry.calls import READ_CALLS, Prepared
from tests.db.damage import damaged


@dataclass
class Whole:
    """The event's round certified, a composite of it open."""

    event: Event
    id: str

    def scores(self, **by_number: str) -> dict[str, str]:
        """Scores by the entrants' numbers: ``e1="80"``."""
        return {self.event.entrants[int(name[1:])]: score for name, score in by_number.items()}

    def enter(self, *, at: float = 1001, **by_number: str) -> str:
        """Scores entered and confirmed."""
        listed = rows.enter(self.event, self.id, self.scores(**by_number), at=later(at))
        rows.confirm(self.event, listed, at=later(at + 1))
        return listed

    def standing(self) -> standings.RoundStandings:
        """As the organizer sees it."""
        return standings.standings(self.event.store, self.event.organizer, self.id, at=later(1500))

    def close(self, *, at: float = 1100) -> None:
        """No outside score is taken any more."""
        rounds.close_round(self.event.store, self.event.organizer, self.id, at=later(at))


ALL = {"e1": "60", "e2": "70", "e3": "80", "e4": "90.5", "e5": "100"}


def composed(store: db.Store) -> tuple[Event, str]:
    """The event with a composite, opened before the round was certified."""
    event = events.closed(store)
    round_id = rows.declare(event, at=AT)
    rows.begin(event, round_id, at=AT)
    event.certify(at=later(1000))
    return event, round_id


BEGINNINGS = {"whole": composed}


@pytest.fixture
def whole(begun: Begun) -> Whole:
    """The round is certified after the composite was opened."""
    return Whole(begun[1], begun[2])


def test_the_sum_is_exact_and_rounded_once(whole: Whole):
    """.7 of the published score and .3 of the inspection, half-up at the second decimal."""
    whole.enter(**ALL)
    stage = {line.entrant_id: line.official for line in whole.event.standing().lines}
    for number, line in enumerate(sorted(whole.standing().lines, key=lambda one: one.number), 1):
        given = Fraction(ALL[f"e{number}"])
        exact = Fraction(7, 10) * Fraction(stage[line.entrant_id]) + Fraction(3, 10) * given
        assert line.official == Decimal(int(exact * 100 + Fraction(1, 2))) / 100
        assert (line.counted, line.expected) == (2, 2)


def test_a_missing_part_is_never_a_zero(whole: Whole):
    """Named, unranked, listed last; and a score taken away is missing again."""
    whole.enter(e1="60", e2="70", e4="0")
    by_number = {line.number: line for line in whole.standing().lines}
    assert [n for n, line in by_number.items() if line.rank is None] == [3, 5]
    assert by_number[4].official is not None
    assert (by_number[3].counted, by_number[3].official) == (1, None)
    view = outside_of(whole.event.store, whole.event.organizer, whole.id)
    assert [place["number"] for place in view.parts[0].missing] == [3, 5]
    whole.enter(at=1010, e4="")
    assert {line.number: line.rank for line in whole.standing().lines}[4] is None


def test_the_score_confirmed_last_counts_when_the_clock_was_set_back(whole: Whole):
    """Acts of such a clock have one time; the log knows their order."""
    first = whole.event.entrants[1]
    for score in ("60", "71", "62", "73", "64", "75"):
        whole.enter(at=500, e1=score)
        view = outside_of(whole.event.store, whole.event.organizer, whole.id)
        assert Decimal(view.parts[0].scores[first]) == Decimal(score)


def test_nothing_counts_before_a_second_person_has_checked_it(whole: Whole):
    """Who entered a list cannot confirm it; a refused list never counts."""
    listed = rows.enter(whole.event, whole.id, whole.scores(**ALL), at=later(1001))
    store, who = whole.event.store, whole.event.organizer
    assert all(line.official is None for line in whole.standing().lines)
    with pytest.raises(SecondPersonNeeded):
        outside.answer_outside(store, who, listed, approve=True, at=later(1002))
    with pytest.raises(ListsWait):
        whole.close(at=1002)
    checker = whole.event.visitor("checker")
    outside.answer_outside(store, checker, listed, approve=False, at=later(1003))
    outside.answer_outside(store, checker, listed, approve=False, at=later(1004))
    assert all(line.official is None for line in whole.standing().lines)


def test_scores_are_read_within_their_bounds(whole: Whole):
    """101, a third decimal, another round's entrant: each refused at its entrant; none is kept."""
    scores = whole.scores(e1="101", e2="70.05", e3="８０．５") | {"nobody": "5"}
    with pytest.raises(BadFields) as refused:
        rows.enter(whole.event, whole.id, scores, at=later(1001))
    kinds = {name: type(error) for name, error in refused.value.problems.items()}
    assert kinds == {
        whole.event.entrants[1]: MarkOutOfRange,
        whole.event.entrants[2]: MarkOffStep,
        "nobody": Missing,
    }
    assert outside_of(whole.event.store, whole.event.organizer, whole.id).lists == ()
    whole.enter(e3="８０．５")
    with pytest.raises(NothingChanged):
        rows.enter(whole.event, whole.id, whole.scores(e3="80.5"), at=later(1005))


def test_weights_sum_to_exactly_one(draft: Event):
    """Thirds as decimals, a bare 30, no round, another part twice: refused at the field."""
    round_id = rows.declare(draft, at=AT)
    inspection, stage = TypedPart(OUTSIDE, title="考察"), TypedPart(draft.round_id)
    cases: list[tuple[list[TypedPart], str, type[Exception]]] = [
        (
            [replace(stage, weight="0.7"), replace(inspection, weight="0.29")],
            "parts",
            WeightsDoNotSum,
        ),
        ([replace(stage, weight="70"), replace(inspection, weight="30")], "0.weight", BadWeight),
        ([replace(inspection, weight="1")], "parts", NoRoundPart),
        ([replace(stage, source="another", weight="1")], "0.source", Missing),
        ([replace(stage, source=round_id, weight="1")], "0.source", PartIsComposite),
    ]
    for parts, field, error in cases:
        with pytest.raises(BadFields) as refused:
            set_parts(draft.store, draft.organizer, round_id, parts, {}, at=AT)
        assert type(refused.value.problems[field]) is error
    with draft.store.reading() as tx:
        assert [part["weight"] for part in composites.parts(tx, round_id)] == ["0.7", "0.3"]


def test_the_weights_are_fixed_by_the_hash_when_opened(draft: Event):
    """Before any round of it begins no reason is asked; afterwards the hash holds, and no act."""
    empty = rounds.create_round(draft.store, draft.organizer, title="空", kind="composite", at=AT)
    with pytest.raises(NotReady):
        rounds.open_round(draft.store, draft.organizer, empty, signed="全体", at=AT)
    round_id = rows.declare(draft, at=AT)
    fixed = rounds.open_round(draft.store, draft.organizer, round_id, signed="全体", at=AT)
    with pytest.raises(NotNow):
        set_parts(draft.store, draft.organizer, round_id, [], {}, at=AT)
    with draft.store.reading() as tx:
        row = round_rows.get(tx, round_id)
        assert row["rules_hash"] == fixed == round_rows.rules_hash(tx, round_id, row["rules"])
    assert verify(draft.store) == []
    damaged(draft.store, "UPDATE parts SET weight = '0.5'")
    assert {one.check for one in verify(draft.store)} >= {"rules_hash_fits", "replay_equal"}


def test_late_weights_need_a_reason_which_is_kept(event: Event):
    """The round has begun, so its scores may be known."""
    round_id = rows.declare(event, at=AT)
    with pytest.raises(PartsBegun) as refused:
        rounds.open_round(event.store, event.organizer, round_id, signed="全体", at=AT)
    assert refused.value.values == {"rounds": ["村级决赛"]}
    rows.begin(event, round_id, at=AT)
    with event.store.reading() as tx:
        payloads = tx.rows("SELECT payload FROM events WHERE kind = 'weights_late'")
    assert "办法3月1日已印发" in payloads[0]["payload"]


def test_there_is_no_composite_before_its_rounds_are_certified(closed: Event):
    """It would be made of scores that may still change."""
    round_id = rows.declare(closed, at=AT)
    rows.begin(closed, round_id, at=AT)
    with pytest.raises(PartsNotCertified) as refused:
        standings.standings(closed.store, closed.organizer, round_id, at=AT)
    assert refused.value.values == {"rounds": ["村级决赛"]}


def certified(whole: Whole) -> dict[str, object]:
    whole.enter(**ALL)
    whole.close()
    return rows.certify(whole.event, whole.id, at=later(1200))


def test_the_certificate_names_the_certificates_of_its_rounds(whole: Whole):
    """Parts with weights, versions, hashes and scores; verify computes it again."""
    given = certified(whole)
    store, who = whole.event.store, whole.event.organizer
    content = certification.certified(store, who, whole.id)["content"]
    of_round = certification.certified(store, who, whole.event.round_id)
    stage, inspection = content["parts"]
    assert (stage["weight"], stage["version"], stage["sha256"]) == ("0.7", 1, of_round["sha256"])
    assert inspection["scores"][whole.event.entrants[4]] == "90.5"
    assert given["version"] == 1
    assert len(awards.award_list(store, who, whole.id).winners) == 2
    assert verify(store, visit=recomputing(store)) == []


def test_a_round_certified_again_makes_the_composite_stale(whole: Whole):
    """Version 2 of a part, though every score is the same: nothing is handed out any more."""
    certified(whole)
    event, store, who = whole.event, whole.event.store, whole.event.organizer
    certification.revoke_certificate(store, who, event.round_id, reason="复核", at=later(1300))
    with pytest.raises(PartsNotCertified):
        awards.award_list(store, who, whole.id)
    event.certify(at=later(1301))
    with pytest.raises(PartsDiffer) as refused:
        awards.award_list(store, who, whole.id)
    assert refused.value.values["parts"] == ["现场展示"]
    certification.revoke_certificate(store, who, whole.id, reason="部分重新确认", at=later(1302))
    assert rows.certify(event, whole.id, at=later(1303))["version"] == 2
    assert len(awards.award_list(store, who, whole.id).winners) == 2
    assert verify(store, visit=recomputing(store)) == []


def test_an_outside_score_changed_behind_the_certificate_is_found(whole: Whole):
    """By the acts it cannot be; in the file it is refused, and verify names it."""
    certified(whole)
    store, who = whole.event.store, whole.event.organizer
    with pytest.raises(NotNow):
        rows.enter(whole.event, whole.id, whole.scores(e1="99"), at=later(1300))
    damaged(store, "UPDATE outside_scores SET value = 99000 WHERE value = 60000")
    standings._cache.clear()
    with pytest.raises(PartsDiffer):
        awards.award_list(store, who, whole.id)
    assert "replay_equal" in {one.check for one in verify(store)}


def test_a_composite_is_not_marked(whole: Whole):
    """Acts and reads of judging are refused there, those of parts in a round."""
    event = whole.event
    here = Prepared(replace(event, round_id=whole.id), {})
    for read in ("stage", "progress", "judges_report", "what_if", "readings"):
        for call in READ_CALLS[read][:1]:
            with pytest.raises(OnlyJudged):
                call(here, event.organizer)
    with pytest.raises(OnlyComposite):
        outside_of(event.store, event.organizer, event.round_id)


def test_a_part_is_not_deleted(draft: Event):
    """The composite would rank nobody."""
    rows.declare(draft, at=AT)
    with pytest.raises(IsPart):
        removing.remove_round(draft.store, draft.organizer, draft.round_id, at=AT)


def test_a_composite_in_draft_is_deleted_with_its_parts(draft: Event):
    """Nothing of it stays but its row."""
    round_id = rows.declare(draft, at=AT)
    removing.remove_round(draft.store, draft.organizer, round_id, at=AT)
    removing.remove_round(draft.store, draft.organizer, draft.round_id, at=AT)
    assert verify(draft.store) == []


def test_the_next_round_is_made_from_the_composite(whole: Whole):
    """Its selected go on, with rubric and judges of the round it ranks; and a wild card."""
    certified(whole)
    event, store, who = whole.event, whole.event.store, whole.event.organizer
    lines = certification.certified(store, who, whole.id)["content"]["entrants"]
    selected = {line["entrant_id"] for line in lines if line["selected"]}
    wild = next(line["entrant_id"] for line in lines if not line["selected"])
    new_id = copying.copy_round(
        store,
        who,
        whole.id,
        title="州级决赛",
        stage="final",
        category="village",
        takes="selected",
        wild_cards=[wild],
        wild_reason="主办方推荐",
        at=later(1400),
    )
    view = rounds.round_view(store, who, new_id)
    assert view["kind"] == "judged"
    assert [one["name"] for one in view["criteria"]] == ["规划实用性", "现场展示"]
    assert view["judges"] == len(event.judges)
    with store.reading() as tx:
        placed = tx.rows("SELECT entrant_id FROM round_entrants WHERE round_id = :r", r=new_id)
    assert {row["entrant_id"] for row in placed} == selected | {wild}
    assert verify(store) == []


def test_a_tie_is_ruled_as_in_a_round(closed: Event):
    """Two with one composite at the line wait for a ruling, which a second person signs."""
    round_id = rows.declare(closed, at=AT)
    set_parts(
        closed.store,
        closed.organizer,
        round_id,
        [TypedPart(closed.round_id, weight="0.5"), TypedPart(OUTSIDE, title="考察", weight="0.5")],
        {"top": "1", "keys": "ruling"},
        at=AT,
    )
    rows.begin(closed, round_id, at=AT)
    closed.certify(at=later(1000))
    whole = Whole(closed, round_id)
    official = {line.number: line.official for line in closed.standing().lines}
    needs = {n: str(Decimal(150) - score) for n, score in official.items() if score is not None}
    listed = {f"e{n}": needs[n] if n in (1, 2) else "0" for n in needs}
    with closed.store.reading() as tx:
        assert composites.parts(tx, round_id)[1]["step"] == 10
    whole.enter(**listed)
    whole.close()
    standing = whole.standing()
    assert sorted(line.number for line in standing.awaiting) == [1, 2]
    ruling = rulings.enter_ruling(
        closed.store,
        closed.organizer,
        round_id,
        [closed.entrants[2], closed.entrants[1]],
        reason="评委组议定",
        at=later(1110),
    )
    rulings.confirm_ruling(closed.store, closed.visitor("supervisor"), ruling, at=later(1111))
    assert [line.number for line in whole.standing().lines if line.selected] == [2]
    assert events.later(0) == AT


def test_a_composite_is_shown_only_where_it_was_chosen(whole: Whole):
    """The hall, the desk and a first page come to a round of judges, though it is certified."""
    mine = rounds.rounds_of(whole.event.store, whole.event.organizer)
    assert [row["kind"] for row in mine] == ["judged", "composite"]
    first = rounds.round_at_first(mine)
    assert first is not None
    assert first["id"] == whole.event.round_id
