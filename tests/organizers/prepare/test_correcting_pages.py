"""Mistakes put right on the pages: a round deleted, a person removed, details corrected."""

from datetime import UTC, datetime
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from competition.lineup import correcting
from competition.people import links, people
from competition.results import copying
from competition.rounds import rounds
from competition.sign_ins import visitor_of
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import Event
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import has, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

LIST = "organizers/prepare/entrants/page.py"
SETUP = "organizers/prepare/event.py"


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens."""
    return served(event, event.store.path)


def opened(event: Event) -> None:
    """Open the event's round."""
    rounds.open_round(event.store, event.organizer, event.round_id, signed="all", at=events.AT)


def certified(event: Event) -> None:
    """Lead the event's round to its certificate."""
    opened(event)
    event.fill_all()
    event.close()
    event.certify()


def begin_correcting(at: AppTest, event: Event, number: int = 1) -> str:
    """Choose an entrant and open the dialog; return how its fields' keys begin."""
    at.selectbox(key="entrants-chosen").set_value(event.entrants[number]).run()
    press(at, "act-correct_entrant")
    return f"correct-{event.entrants[number]}-0"


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_a_draft_round_is_deleted_in_two_steps(event: Event, open_page: Open, lang: str):
    """The first says what goes with it and what stays; nothing is gone before the second."""
    at = open_page("organizer", lang, SETUP)
    press(at, f"remove-{event.round_id}")
    shown = unescape(html(at))
    for key, count in (("criteria", 2), ("entrants", 5), ("judges", 7), ("sessions", 2)):
        assert t(f"organizers.setup.remove_{key}", lang, count=count) in shown
    assert t("organizers.setup.remove_stays", lang) in shown
    press(at, "cancel-remove_round")
    assert len(rounds.rounds_of(event.store, event.organizer)) == 1
    press(at, f"remove-{event.round_id}")
    press(at, "confirm-remove_round")
    assert rounds.rounds_of(event.store, event.organizer) == []
    assert t("organizers.setup.rounds_none", lang) in html(at)
    assert verify(event.store) == []


def test_an_opened_round_offers_no_deleting(event: Event, open_page: Open):
    """A copy of it in draft does."""
    values = {"title": "加赛", "stage": "final", "category": "village"}
    copy = copying.copy_round(event.store, event.organizer, event.round_id, at=events.AT, **values)
    opened(event)
    at = open_page("organizer", "zh", SETUP)
    assert not has(at, f"remove-{event.round_id}")
    assert has(at, f"remove-{copy}")


def test_a_round_opened_meanwhile_is_refused_in_the_dialog(event: Event, open_page: Open):
    """Another organizer pressed first: plain words, and the round stays."""
    at = open_page("organizer", "zh", SETUP)
    press(at, f"remove-{event.round_id}")
    opened(event)
    press(at, "confirm-remove_round")
    assert t("error.not_now", "zh", state=t("round_state.open", "zh")) in html(at)
    assert len(rounds.rounds_of(event.store, event.organizer)) == 1


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_details_are_corrected_after_opening(event: Event, open_page: Open, lang: str):
    """The page says that it can be done; without a reason it is refused; then the list has it."""
    opened(event)
    at = open_page("organizer", lang, LIST)
    assert t("organizers.entrants.fixed", lang, at="|").split("|")[1] in html(at)
    form = begin_correcting(at, event)
    assert t("organizers.entrants.correct_reaches", lang, rounds="村级决赛") in unescape(html(at))
    at.text_input(key=f"{form}-village").input("团山村")
    at.text_input(key=f"{form}-code").input("53")
    at.text_input(key=f"{form}-reason").input("录错")
    send = f"correct-{event.entrants[1]}-send"
    press(at, send)
    assert t("error.bad_code", lang, code="53") in html(at)
    assert at.text_input(key=f"{form}-village").value == "团山村"
    at.text_input(key=f"{form}-code").input("532501100200")
    at.text_input(key=f"{form}-reason").input(" ")
    press(at, send)
    assert t("error.reason_needed", lang) in html(at)
    at.text_input(key=f"{form}-reason").input("录错")
    press(at, send)
    assert "团山村" in html(at)
    assert verify(event.store) == []
    village = t("organizers.entrants.field.village", lang)
    told = t("organizers.log.changed", lang, field=village, before="龙潭村", after="团山村")
    assert told in html(open_page("organizer", lang, "organizers/log/page.py"))


def test_a_certified_list_names_the_act_that_opens_it(event: Event, open_page: Open):
    """The choice is there, and why nothing can be chosen."""
    certified(event)
    at = open_page("organizer", "zh", LIST)
    assert at.selectbox(key="entrants-chosen").disabled
    assert at.button(key="act-correct_entrant").disabled
    assert t("clears.revoke_certificate", "zh") in html(at)


def test_a_draft_asks_for_a_reason_where_a_certified_round_keeps_its_own(
    event: Event, open_page: Open, sample: Sample
):
    """One who was selected, corrected for the final: the dialog says what the other keeps."""
    certified(event)
    values = {"title": "总决赛", "stage": "final", "category": "village", "takes": "selected"}
    copying.copy_round(event.store, event.organizer, event.round_id, at=datetime.now(UTC), **values)
    at = open_page("organizer", "zh", LIST)
    at.selectbox(key="entrants-chosen").set_value(event.entrants[1]).run()
    press(at, "act-update_entrant")
    assert t("organizers.entrants.correct_keeps", "zh", rounds="村级决赛") in html(at)
    form = f"correct-{event.entrants[1]}-0"
    at.text_input(key=f"{form}-title").input("新名")
    at.text_input(key=f"{form}-reason").input("来函更正")
    press(at, f"correct-{event.entrants[1]}-send")
    assert "新名" in html(at)
    found = correcting.reach(sample.store, event.organizer, event.entrants[1])
    assert found.kept == ("村级决赛",)
    assert verify(event.store) == []


def test_a_judge_is_taken_off_the_list_with_the_seat(event: Event, open_page: Open):
    """One tick in the dialog; one who has come in stays, with the reason."""
    for number, gone in ((6, True), (5, False)):
        if not gone:
            _come_in(event, number)
        at = open_page("organizer", "zh", "organizers/prepare/panel/page.py")
        at.selectbox(key="seat-chosen").set_value(event.judges[number]).run()
        press(at, "act-unseat")
        at.checkbox(key=f"unseat-whole-{event.judges[number]}").check().run()
        press(at, "confirm-unseat")
        everybody = {one["id"] for one in people.all_people(event.store, event.organizer)}
        assert (event.judges[number] not in everybody) is gone
    assert t("error.has_entered", "zh") in html(at)


def test_somebody_entered_by_mistake_is_deleted_from_the_list(event: Event, open_page: Open):
    """A judge with a seat is not, and the refusal says what to do first."""
    wrong = people.add_person(event.store, event.organizer, name="录错·某", at=events.AT)
    at = open_page("organizer", "zh", "organizers/prepare/people/page.py")
    for person, name in ((event.judges[2], "评委·赵2"), (wrong, "录错·某")):
        at.selectbox(key="links-person").set_value(person).run()
        press(at, "act-remove_person")
        press(at, "confirm-remove_person")
        if person != wrong:
            assert t("clears.unseat", "zh") in html(at)
            press(at, "cancel-remove_person")
        names = [one["name"] for one in people.all_people(event.store, event.organizer)]
        assert (name in names) is (person != wrong)
    assert verify(event.store) == []


def _come_in(event: Event, number: int) -> None:
    """A judge opens their link once."""
    store = event.store
    secret = links.make_link(store, event.organizer, event.judges[number], at=events.AT)
    links.open_link(store, secret, at=events.AT, address="", device="", former=None)
    with store.reading() as tx:
        assert visitor_of(tx, event.judges[number]).person_id
