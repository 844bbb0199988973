"""Places by county on the page of rules: a table of counties, refusals at the cell."""

import pytest
from streamlit.testing.v1 import AppTest

from competition.lineup import entrants
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from scoring import Groups
from tests.competition.event import AT, COUNTIES, Event
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import press
from tests.organizers.prepare.test_setup_pages import field, served
from words import t

PAGE = "organizers/prepare/rules/page.py"


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens."""
    return served(event, event.store.path)


def choose(at: AppTest, ending: str, value: str) -> AppTest:
    """One of the buttons of a field of choices."""
    found = next(one for one in at.segmented_control if (one.key or "").endswith(f"-{ending}"))
    return found.set_value(value).run()


def save(at: AppTest, event: Event) -> AppTest:
    """Press the button under the fields."""
    return press(at, next(b.key for b in at.button if (b.key or "").endswith("-send")))


def groups(event: Event) -> Groups:
    """The quotas that are stored."""
    view = rounds.round_view(event.store, event.organizer, event.round_id)
    return RoundRules.from_json(view["rules"]).scoring.groups


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_single_counties_in_a_table(open_page: Open, event: Event, lang: str):
    """One for each of five; two for the first, which has one: refused at its cell. None: kept."""
    at = open_page("organizer", lang, PAGE)
    form = f"rules-{event.round_id}"
    field(at, form, "-top").input("5").run()
    at = choose(at, "quota", "floor")
    assert not any("floor_in." in (one.key or "") for one in at.text_input)
    at = choose(at, "quota_scope", "single")
    cells = [one for one in at.text_input if "floor_in." in (one.key or "")]
    assert len(cells) == len(COUNTIES)
    assert {cell.placeholder for cell in cells} == {"(1)"}
    first = f"-floor_in.{COUNTIES[0]}"
    field(at, form, first).input("2").run()
    at = save(at, event)
    told = t("error.county_too_few", lang, county=COUNTIES[0], count=1, floor=2)
    assert told in html(at)
    assert groups(event) == Groups()
    field(at, form, first).input("0").run()
    said = t("organizers.rules.quota_floor_nothing", lang, counties=COUNTIES[0])
    assert t("organizers.rules.quota_floor_but", lang, n=1, own=said) in html(at)
    at = save(at, event)
    assert groups(event) == Groups(floors={"*": 1, COUNTIES[0]: 0})
    assert field(at, form, first).value == "0"


def test_limits_that_leave_places_empty_are_said(open_page: Open, event: Event):
    """Six entrants of five counties: at most one each fills five of six places."""
    sixth = entrants.add_entrant(
        event.store, event.organizer, code="532525100201", county=COUNTIES[0], at=AT
    )
    entrants.enter_entrant(event.store, event.organizer, event.round_id, sixth, at=AT)
    at = open_page("organizer", "zh", PAGE)
    form = f"rules-{event.round_id}"
    field(at, form, "-top").input("6").run()
    told = t("organizers.rules.quota_short", "zh", most=5, top=6)
    at = choose(at, "quota", "cap")
    assert told not in html(at)
    field(at, form, "-cap_each").input("1").run()
    assert told in html(at)
