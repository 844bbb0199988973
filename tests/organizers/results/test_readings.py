"""The second reading on the standings page: entered, confirmed by another, then certified."""

import pytest
from streamlit.testing.v1 import AppTest

from competition.people import people
from competition.results import reading_rounds, readings, standings
from competition.results.second_reading import SecondReading, second_reading
from examples.certifying import certify_by_two
from scoring import Rules
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import close, has, is_blocked, now, press, set_rules, state
from words import t

PAGE = "organizers/results/standings/page.py"
WHY = "organizers/results/why/page.py"


def jury(sample: Sample) -> None:
    """Rules with a second reading, the round closed; no fresh reader yet."""
    set_rules(sample, scoring=Rules(top=13, at_cut="jury", band="0.2"))
    close(sample)


@pytest.fixture
def sample(sample: Sample) -> Sample:
    """A round that waits for second readings."""
    sample.reach(jury)
    return sample


def reading_of(sample: Sample) -> SecondReading:
    return second_reading(sample.store, sample.who("organizer"), sample.round_id)


def filled(at: AppTest, entrant: str, reader: str, marks: dict[str, str]) -> AppTest:
    """The dialog with a sheet typed in, and sent."""
    stem = next(one.key for one in at.selectbox if str(one.key).endswith("-entrant"))
    stem = stem.removesuffix("entrant")
    at.selectbox(key=f"{stem}entrant").set_value(entrant)
    at.selectbox(key=f"{stem}reader").set_value(reader)
    for criterion, mark in marks.items():
        at.text_input(key=f"{stem}{criterion}").input(mark)
    return press(at, next(str(b.key) for b in at.button if str(b.key).endswith("-send")))


def named(at: AppTest, name: str) -> AppTest:
    """The dialog of a new reader with a name typed in."""
    at.text_input(
        key=next(one.key for one in at.text_input if str(one.key).endswith("-name"))
    ).input(name)
    return at


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_a_sheet_is_typed_in_with_refusals_at_the_field(open_page: Open, sample: Sample, lang: str):
    """What waits is said; a wrong mark keeps the dialog; then the sheet waits for another."""
    found = reading_of(sample)
    assert len(found.zone) >= 2
    at = open_page("organizer", lang, PAGE)
    assert is_blocked(at, sample, "awaiting_ruling", lang)
    assert t("clears.enter_reading", lang) in html(at)
    assert t("organizers.reading.title", lang) in html(at)
    assert not has(at, "act-enter_ruling")
    assert t("key.awaiting_reading", lang) in html(at)
    assert t("ui.state.awaiting", lang) not in html(at)
    at = press(at, "act-add_reader")
    at = press(named(at, "复评·甲"), next(b.key for b in at.button if str(b.key).endswith("-send")))
    found = reading_of(sample)
    at = press(at, "act-enter_reading")
    reader = next(key for key, name in found.readers.items() if name == "复评·甲")
    marks = {row["id"]: row["maximum"] for row in found.criteria}
    first = found.criteria[0]["id"]
    at = filled(at, found.zone[0], reader, marks | {first: "999"})
    assert "999" in html(at)
    assert reading_of(sample).entered == ()
    at = filled(at, found.zone[0], reader, marks)
    [entered] = reading_of(sample).entered
    assert (entered.reader, entered.state) == ("复评·甲", "waiting")
    assert t("organizers.reading.waiting", lang) in html(at)
    assert not has(at, f"confirm-{entered.id}")
    second = open_page("supervisor", lang, PAGE)
    assert not has(second, "act-enter_reading")
    press(second, f"confirm-{entered.id}")
    assert [one.state for one in reading_of(sample).entered] == ["confirmed"]


def test_with_every_reading_confirmed_the_result_is_certified(open_page: Open, sample: Sample):
    """The page says the pooled figures, and offers the signature."""
    reader = people.add_person(sample.store, sample.who("organizer"), name="复评·甲", at=now())
    found = reading_of(sample)
    for place, entrant in enumerate(found.zone):
        marks = {row["id"]: row["maximum"] for row in found.criteria}
        marks[found.criteria[0]["id"]] = str(place)
        key = readings.enter_reading(
            sample.store, sample.who("organizer"), sample.round_id, entrant, reader, marks, at=now()
        )
        readings.confirm_reading(sample.store, sample.who("supervisor"), key, at=now())
    at = open_page("organizer", "zh", PAGE)
    assert t("organizers.reading.complete", "zh") in html(at)
    assert "复评与原评合并、按一致性加权" in html(at)
    assert has(at, "act-sign_certificate")
    who, second = sample.who("organizer"), sample.who("supervisor")
    certify_by_two(sample.store, who, second, sample.round_id, at=now())
    assert state(sample) == "certified"
    why = open_page("organizer", "zh", WHY, entrant=found.zone[-1])
    assert "复评与原评合并、按一致性加权" in html(why)
    result = standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())
    decided = {line.entrant_id for line in result.lines if line.decided_by == "reading"}
    assert decided == set(found.zone)


def test_the_zone_is_read_on_tablets(open_page: Open, sample: Sample):
    """Without a reader nothing is opened; then how far it is is said, and taking waits for all."""
    person = people.add_person(sample.store, sample.who("organizer"), name="复评·甲", at=now())
    at = press(open_page("organizer", "zh", PAGE), "act-open_reading")
    send = next(str(one.key) for one in at.button if str(one.key).endswith("-send"))
    at = press(at, send)
    assert reading_of(sample).tablets is None
    reading_rounds.open_reading(
        sample.store, sample.who("organizer"), sample.round_id, [person], at=now()
    )
    at = open_page("organizer", "zh", PAGE)
    count = len(reading_of(sample).zone)
    assert t("organizers.reading.tablets", "zh", submitted=0, expected=count) in html(at)
    assert at.button(key="act-take_readings").disabled
    assert not has(at, "act-open_reading")
    assert not has(open_page("supervisor", "zh", PAGE), "act-take_readings")
