"""Recusals on the page of the judges: declared with a reason, asked about, taken back in event."""

import pytest
from streamlit.testing.v1 import AppTest

from competition.lineup.panel import declare_recusal
from competition.lineup.seating import update_person
from competition.rounds.readiness import panel_view
from tests.competition.event import AT, Event
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import has, press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PANEL = "organizers/prepare/panel/page.py"
REASON = "样例：配偶在该村任职"


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens: the round in event."""
    return served(event, event.store.path)


def opened(open_page: Open, lang: str) -> AppTest:
    """The page at its part of recusals."""
    return open_page("organizer", lang, PANEL).button_group(key="panel-part").set_value(
        "recusals"
    ).run()  # fmt: skip


def declared(event: Event) -> list[tuple[int, str, str]]:
    """Seat, entrant and reason of each declared recusal."""
    view = panel_view(event.store, event.organizer, event.round_id)
    return [
        (one.seat["number"], str(one.entrant["id"]), one.reason)
        for one in view.recusals
        if one.cause == "declared"
    ]


def box(at: AppTest, name: str):
    """A choice of the dialog by its field."""
    return next(one for one in at.selectbox if str(one.key).endswith(name))


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_a_recusal_is_declared_with_its_reason(event: Event, open_page: Open, lang: str):
    """What follows from the rules is listed with why; without a reason nothing is written."""
    at = opened(open_page, lang)
    assert t("organizers.panel.cause.county", lang) in html(at)
    before = declared(event)
    press(at, "act-declare_recusal")
    box(at, "person_id").set_value(event.judges[1])
    box(at, "entrant_id").set_value(event.entrants[2])
    at.run()
    send = next(str(one.key) for one in at.button if str(one.key).endswith("-send"))
    press(at, send)
    assert t("error.reason_needed", lang) in html(at)
    assert declared(event) == before == []
    next(one for one in at.text_input if str(one.key).endswith("reason")).set_value(REASON)
    press(at, send)
    assert declared(event) == [(1, event.entrants[2], REASON)]
    assert REASON in html(at)


def test_a_shared_native_county_is_a_question_to_the_judge(event: Event, open_page: Open):
    """The question leads to the dialog with judge and entrant chosen; nothing is recused by it."""
    person = event.judges[1]
    county = next(
        line.entrant["county"]
        for line in panel_view(event.store, event.organizer, event.round_id).expected
        if line.entrant["id"] == event.entrants[2]
    )
    facts = {"name": "评委·赵1", "county": "", "unit": "州局1", "native_county": county}
    update_person(event.store, event.organizer, person, at=AT, **facts)
    at = opened(open_page, "zh")
    assert has(at, f"ask-{person}")
    press(at, f"ask-{person}")
    assert box(at, "person_id").value == person
    assert box(at, "entrant_id").value is not None
    assert declared(event) == []


def test_a_declared_recusal_is_taken_back_while_the_round_is_a_draft(event: Event, open_page: Open):
    """It is chosen by judge and entrant; without one declared, nothing is offered."""
    assert not has(opened(open_page, "zh"), "act-withdraw_recusal")
    declare_recusal(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[2],
        event.judges[1],
        reason=REASON,
        at=AT,
    )
    at = press(opened(open_page, "zh"), "act-withdraw_recusal")
    box(at, "pair").set_value(f"{event.entrants[2]} {event.judges[1]}").run()
    press(at, next(str(one.key) for one in at.button if str(one.key).endswith("-send")))
    assert declared(event) == []
