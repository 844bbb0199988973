"""Rules and rubric changed after opening: a new version, both standings, signed again."""

from dataclasses import replace

import pytest

import db
from competition.corrections import changed_rules, signing_rules
from competition.corrections.errors import CriteriaFixed, MarksUnfit, RuleFixed
from competition.corrections.facts import What
from competition.corrections.listing import corrections_of
from competition.errors import Forbidden, NothingChanged, WrongState
from competition.results.errors import CorrectionWaits
from competition.rounds.errors import RulesUnsigned
from competition.rounds.rubric import criteria_of
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rubric import TypedCriterion, as_typed
from competition.rounds.typed_rules import as_typed as rules_as_typed
from db.invariants import verify
from tests.competition.corrections.cases import AT, ask, confirm, count, lines
from tests.competition.event import Event


def row_of(event: Event) -> db.store.Row:
    """The round as stored."""
    with event.store.reading() as tx:
        return tx.one("SELECT * FROM rounds WHERE id = :r", r=event.round_id)


def rules(event: Event, **typed: str) -> What:
    """The rules there are with some typed otherwise."""
    now = rules_as_typed(RoundRules.from_json(row_of(event)["rules"]))
    return changed_rules.changed_rules(
        event.store, event.organizer, event.round_id, {**now, **typed}
    )


def rubric(event: Event, *lines: TypedCriterion) -> What:
    """A rubric as typed."""
    return changed_rules.changed_rubric(
        event.store, event.organizer, event.round_id, lines, full="100", floor=""
    )


def typed_rubric(event: Event) -> list[TypedCriterion]:
    """The rubric there is, as its form shows it."""
    with event.store.reading() as tx:
        return list(as_typed(criteria_of(tx, event.round_id)))


def test_changed_rules_are_a_new_version_with_both_standings(closed: Event):
    """Three seats in place of two: version 2, another hash, one entrant gained."""
    before = row_of(closed)
    confirm(closed, ask(closed, "rules", rules(closed, top="3"), reason="名额有变"))
    after = row_of(closed)
    assert (before["rules_version"], after["rules_version"]) == (1, 2)
    assert before["rules_hash"] != after["rules_hash"]
    shown = corrections_of(closed.store, closed.organizer, closed.round_id)[0]
    assert sum(line.was_selected for line in shown.standings) == 2
    assert sum(line.is_selected for line in shown.standings) == 3
    assert verify(closed.store) == []


def test_the_result_waits_until_the_new_rules_are_signed_or_waived(closed: Event):
    """Certifying is refused with the act that clears it; a reason in place of a signature too."""
    confirm(closed, ask(closed, "rules", rules(closed, top="3"), reason="名额有变"))
    with pytest.raises(RulesUnsigned) as refused:
        closed.certify(at=AT)
    assert refused.value.clears == "sign_rules"
    with pytest.raises(RulesUnsigned):
        signing_rules.sign_rules(closed.store, closed.organizer, closed.round_id, at=AT)
    signing_rules.sign_rules(
        closed.store, closed.organizer, closed.round_id, waived="只增名额，各队当场无异议", at=AT
    )
    with pytest.raises(WrongState):
        signing_rules.sign_rules(
            closed.store, closed.organizer, closed.round_id, signed="各队", at=AT
        )
    closed.certify(at=AT)
    assert verify(closed.store) == []


def test_a_result_is_not_certified_while_a_correction_waits(closed: Event):
    """Rules or marks: the second person first."""
    ask(closed, "rules", rules(closed, top="3"), reason="名额有变")
    with pytest.raises(CorrectionWaits):
        closed.certify(at=AT)


def test_marks_that_do_not_fit_a_changed_maximum_are_listed(closed: Event):
    """Refused when it is asked for, each with entrant, judge and mark; nothing is written."""
    first, second = typed_rubric(closed)
    smaller = [replace(first, maximum="30"), replace(second, maximum="70")]
    about = rubric(closed, *smaller)
    written = count(closed)
    with pytest.raises(MarksUnfit) as refused:
        ask(closed, "rules", about, reason="分值印错")
    assert refused.value.values["count"] > 0
    assert all(first.name in line for line in refused.value.values["marks"])
    assert count(closed) == written


def test_a_changed_weight_moves_scores_and_keeps_marks(closed: Event):
    """The maxima stay, the weights are given apart."""
    first, second = typed_rubric(closed)
    before = {number: line.official for number, line in lines(closed).items()}
    about = rubric(closed, replace(first, weight="20"), replace(second, weight="80"))
    confirm(closed, ask(closed, "rules", about, reason="权重印错"))
    assert {number: line.official for number, line in lines(closed).items()} != before
    assert verify(closed.store) == []


def test_what_the_opening_decided_for_good_is_refused_at_its_field(event: Event):
    """Who marks, what the hall was shown, who sees names; criteria added or taken away."""
    with pytest.raises(RuleFixed) as refused:
        ask(event, "rules", rules(event, recusal_level="none"))
    assert refused.value.values["field"] == "recusal_level"
    with pytest.raises(NothingChanged):
        ask(event, "rules", rules(event))
    first, second = typed_rubric(event)
    more = [replace(first, maximum="40"), second, TypedCriterion("新指标", "20")]
    with pytest.raises(CriteriaFixed):
        ask(event, "rules", rubric(event, *more))
    swapped = [replace(first, name=second.name), replace(second, name=first.name)]
    with pytest.raises(CriteriaFixed):
        ask(event, "rules", rubric(event, *swapped))


def test_only_an_organizer_asks_for_other_rules(closed: Event):
    """The scorekeeper asks for marks, not for rules."""
    about = rules(closed, top="3")
    with pytest.raises(Forbidden):
        ask(closed, "rules", about, who=closed.visitor("scorekeeper"))
