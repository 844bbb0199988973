"""A second person at the organizers' computer: asked for a PIN, and confirms by it."""

import pytest
from streamlit.testing.v1 import AppTest

from competition.marks import deductions, reopening
from competition.people import pins
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import events, has, now, press
from words import t

STAGE = "organizers/live/desk/page.py"
LOG = "organizers/log/page.py"
OWN = "organizers/prepare/people/pin.py"
PEOPLE = "organizers/prepare/people/page.py"
PIN = "506172"


def give_pin(sample: Sample, role: str = "supervisor") -> None:
    """The owner sets it on the own device."""
    pins.set_pin(sample.store, sample.who_is(role), PIN, PIN, at=now())


def deducted(sample: Sample) -> str:
    """A deduction that the scorekeeper entered."""
    who = sample.who("scorekeeper")
    with sample.store.reading() as tx:
        entrant = tx.value(
            "SELECT entrant_id FROM round_entrants WHERE round_id = :r AND number = 40",
            r=sample.round_id,
        )
    return deductions.deduct(
        sample.store, who, sample.round_id, entrant, "0.1", reason="超时", at=now()
    )


def dialog(open_page: Open, sample: Sample, lang: str = "zh") -> tuple[AppTest, str]:
    """The organizer's desk with the dialog open, and the deduction it is about."""
    made = deducted(sample)
    return press(open_page("organizer", lang, STAGE), f"second-{made}"), made


def answer(at: AppTest, made: str, pin: str, button: str = "send") -> AppTest:
    """Type the PIN and press."""
    at.text_input(key=f"second-{made}-0-pin").set_value(pin)
    return press(at, f"second-{made}-{button}")


def test_the_supervisor_confirms_on_the_organizers_desk(open_page: Open, sample: Sample):
    """The one person with a PIN is chosen already; the log says on whose device it was."""
    give_pin(sample)
    at, made = dialog(open_page, sample)
    assert t("organizers.attention.deduction", "zh", number="40号", points="0.10") in html(at)
    answer(at, made, PIN)
    assert events(sample)[-1] == "deduction_confirmed"
    who, device = sample.who("supervisor").name, sample.who("organizer").name
    shown = html(open_page("organizer", "zh", LOG))
    assert t("organizers.log.by_pin", "zh", name=who, device=device) in shown


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_a_wrong_pin_is_said_at_its_field_and_cleared(open_page: Open, sample: Sample, lang: str):
    """In the reader's language; who was chosen stays, and nothing is written."""
    give_pin(sample)
    at, made = dialog(open_page, sample, lang)
    answer(at, made, "918273")
    assert t("error.pin_wrong", lang, left=4) in html(at)
    assert at.text_input(key=f"second-{made}-0-pin").value == ""
    assert at.selectbox(key=f"second-{made}-0-second").value == sample.person("supervisor")
    assert events(sample)[-1] == "deduction_entered"
    answer(at, made, PIN)
    assert events(sample)[-1] == "deduction_confirmed"


def test_who_may_sign_alone_is_not_offered_it(open_page: Open, sample: Sample):
    """The supervisor's page has its own button; so has an organizer's for another's request."""
    give_pin(sample)
    made = deducted(sample)
    assert not has(open_page("supervisor", "zh", STAGE), f"second-{made}")
    with sample.store.reading() as tx:
        sheet = tx.value(
            "SELECT id FROM sheets WHERE round_id = :r AND locked_at IS NOT NULL LIMIT 1",
            r=sample.round_id,
        )
    asked = reopening.ask_reopening(
        sample.store, sample.who("organizer"), sheet, reason="看错", at=now()
    )
    at = open_page("organizer", "zh", STAGE)
    assert not has(at, f"approve-{asked}")
    press(at, f"second-{asked}")
    answer(at, asked, PIN, "no")
    assert events(sample)[-1] == "reopening_refused"


def test_a_person_without_a_pin_is_named_so(open_page: Open, sample: Sample):
    """And pointed to the own device."""
    sample.cookie("supervisor")
    at, made = dialog(open_page, sample)
    assert at.selectbox(key=f"second-{made}-0-second").value is None
    (option,) = at.selectbox(key=f"second-{made}-0-second").options
    name, role = sample.who("supervisor").name, t("role.supervisor", "zh")
    assert option == t("organizers.second.no_pin", "zh", name=name, roles=role)


def test_the_first_page_asks_for_a_pin_once(open_page: Open, sample: Sample):
    """Postponed it is named below the menu; set, that says so."""
    at = open_page("supervisor", "zh", "organizers/overview.py")
    press(at, "pin-later")
    at = open_page("supervisor", "zh", "organizers/overview.py")
    assert not has(at, "pin-later")
    labels = [link.label for link in at.get("page_link")]
    assert t("ui.pin.unset", "zh") in labels
    assert not has(open_page("judge3", "zh", "judges/home.py"), "pin-later")
    assert not has(open_page("host", "zh", STAGE), "pin-later")


def test_its_owner_sets_and_changes_it(open_page: Open, sample: Sample):
    """An easy one is refused at its field; a change asks for the present one."""
    at = open_page("supervisor", "en", OWN)
    for typed in ("123456", PIN):
        at.text_input(key="own-pin-0-pin").set_value(typed)
        at.text_input(key="own-pin-0-again").set_value(typed)
        press(at, "own-pin-send")
        if typed == "123456":
            assert t("error.easy_pin", "en") in html(at)
    assert events(sample)[-1] == "pin_set"
    at.text_input(key="own-pin-1-former").set_value("111111")
    at.text_input(key="own-pin-1-pin").set_value("681403")
    at.text_input(key="own-pin-1-again").set_value("681403")
    press(at, "own-pin-send")
    assert t("error.pin_wrong", "en", left=4) in html(at)
    assert events(sample)[-1] == "pin_set"


def test_an_organizer_resets_it_with_a_reason(open_page: Open, sample: Sample):
    """Only where there is one."""
    give_pin(sample)
    at = open_page("organizer", "zh", PEOPLE)
    at.selectbox(key="links-person").set_value(sample.person("scorekeeper")).run()
    assert at.button(key="act-reset_pin").disabled
    at.selectbox(key="links-person").set_value(sample.person("supervisor")).run()
    press(at, "act-reset_pin")
    at.text_area(key="reason-reset_pin").input("忘记了")
    press(at, "confirm-reset_pin")
    assert events(sample)[-1] == "pin_reset"
