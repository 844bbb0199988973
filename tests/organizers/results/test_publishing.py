"""The pages and papers that follow a certificate."""

from datetime import timedelta

import pytest

from competition.marks import deductions
from competition.results import deciding, publishing, versions
from competition.results.awards import award_list
from competition.results.standings import standings
from examples.certifying import certify_by_two
from exports.papers import publishing as papers
from tests.competition.registry.publishing_calls import TYPED
from tests.opening import ANY_LANG, BOTH, Open, Sample, html
from tests.organizers.acting import certify, events, has, now, press
from tests.organizers.results.test_official import printed
from words import t

PAGE = "organizers/results/publishing/page.py"
LISTS = "organizers/results/publishing/decided.py"
PAPERS = "organizers/results/lists/official.py"


def publish(sample: Sample, *kinds: str, **typed: str) -> None:
    """Some facts, by the organizer."""
    where = (sample.store, sample.who("organizer"), sample.round_id)
    for kind in kinds:
        code = publishing.course(*where).sha256
        publishing.publish(*where, kind, {**TYPED, **typed}, sha256=code, at=now())


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_each_fact_has_its_button_in_its_turn(open_page: Open, sample: Sample, lang: str):
    """Announced by a press; then the notice wants its fields, each refusal under its own."""
    certify(sample)
    code = publishing.course(sample.store, sample.who("organizer"), sample.round_id).sha256[:12]
    at = open_page("organizer", lang, PAGE)
    assert not has(at, f"publish-{code}-noticed-send")
    press(at, f"publish-{code}-announced-send")
    assert events(sample)[-1] == "result_announced"
    press(at, f"publish-{code}-noticed-send")
    assert events(sample)[-1] == "result_announced"
    assert html(at).count("a-wrong") >= 4
    assert "/results?lang=" in html(at)


def test_a_supervisor_sees_the_facts_and_records_none(open_page: Open, sample: Sample):
    """The course is read by the staff; its acts are the organizers'."""
    certify(sample)
    at = open_page("supervisor", "zh", PAGE)
    assert t("organizers.publishing.about.announced", "zh") in html(at)
    assert not [button for button in at.button if str(button.key).startswith("publish-")]


def test_a_change_of_the_list_is_signed_by_another(open_page: Open, sample: Sample):
    """Its own person has no button; the supervisor has, and both lists then differ."""
    certify(sample)
    where = (sample.store, sample.who("organizer"), sample.round_id)
    last = deciding.lists(*where).suggested[0].members[-1].line
    assert last is not None
    key = deciding.enter_list_change(*where, last["entrant_id"], None, reason="材料不实", at=now())
    assert not has(open_page("organizer", "zh", LISTS), f"sign-{key}")
    at = press(open_page("supervisor", "zh", LISTS), f"sign-{key}")
    assert t("organizers.decided.state.confirmed", "zh") in html(at)
    both = deciding.lists(*where)
    assert len(both.decided[0].members) == len(both.suggested[0].members) - 1
    said = printed(papers.decided_lists(award_list(*where), both, "zh"))
    assert "材料不实" in said
    assert sample.who("supervisor").name in said


@pytest.mark.parametrize("lang", BOTH)
def test_papers_carry_what_was_recorded(sample: Sample, lang: str):
    """Dates and contact on the notice; number, objections and the decided list on the 通报."""
    certify(sample)
    yesterday = f"{now() - timedelta(days=2):%Y-%m-%d}"
    publish(sample, "announced", "noticed", "decided", "commended", ends=yesterday)
    where = (sample.store, sample.who("organizer"), sample.round_id)
    awards, course, both = award_list(*where), publishing.course(*where), deciding.lists(*where)
    notice = printed(papers.public_notice(awards, course, lang))
    assert TYPED["contact"] in notice
    assert yesterday in notice
    commended = printed(papers.commendation(awards, course, both, 3, lang))
    assert TYPED["number"] in commended
    assert TYPED["day"] in commended


def test_the_replacement_names_who_is_in_and_out_and_no_score(open_page: Open, sample: Sample):
    """Both codes, the reason, and the moves that the rules make public; no paper before.

    A signed change of the list is asked again on the page of the lists.
    """
    certify(sample)
    publish(sample, "announced")
    store, who, round_id = where = (sample.store, sample.who("organizer"), sample.round_id)
    never = t("error.never_replaced", "zh")
    assert never in html(open_page("organizer", "zh", PAPERS))
    last = deciding.lists(*where).suggested[0].members[-1].line
    assert last is not None
    change = deciding.enter_list_change(*where, last["entrant_id"], None, reason="不实", at=now())
    deciding.confirm_list_change(store, sample.who("supervisor"), change, at=now())
    first = publishing.course(*where).sha256
    asked = versions.ask_version(*where, reason="漏记超时", at=now())
    supervisor = sample.who("supervisor")
    versions.confirm_version(store, supervisor, asked, at=now())
    winner = standings(*where, at=now()).lines[0]
    cost = deductions.deduct(*where, winner.entrant_id, "30", reason="漏记超时", at=now())
    deductions.confirm_deduction(store, supervisor, cost, at=now())
    certify_by_two(store, who, supervisor, round_id, at=now())
    assert never not in html(open_page("organizer", "zh", PAPERS))
    at = press(open_page("organizer", "zh", LISTS), f"carry-{change}")
    assert t("organizers.decided.carried.since", "zh", version=1) in html(at)
    assert not has(at, f"carry-{change}")
    ((again),) = deciding.lists(*where).changes
    assert has(open_page("supervisor", "zh", LISTS), f"sign-{again.id}")
    awards = award_list(*where)
    said = printed(papers.replacement(awards, versions.replacement(*where), "zh"))
    assert first[:12] in said
    assert awards.sha256[:12] in said
    assert "漏记超时" in said
    assert winner.village in said
    assert str(winner.official) not in said
