"""Whom a sheet is for: recusal, absence, another on stage, another person at this device."""

from datetime import UTC, datetime

import pytest

from competition.people import links
from competition.stage import moves
from db import people as people_rows
from tests.judges.pad import Pad, open_pad, pair, untouched
from tests.opening import Open, Sample, html
from words import t


@pytest.mark.parametrize("state", ["recused", "absent"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_judge_who_does_not_mark_is_told_why(
    open_page: Open, sample: Sample, state: str, lang: str
):
    """The reason stands there, and there is no input to try."""
    pad = open_pad(open_page, sample, *pair(sample, state), lang=lang)
    assert pad.view.reason
    assert t(f"judges.sheet.{state}_text", lang, reason=pad.view.reason) in pad.words
    clears = {"recused": "judges.sheet.ask_staff", "absent": "clears.undo_absence"}[state]
    assert t(clears, lang) in pad.words
    assert not pad.at.text_input
    assert "submit-sheet" not in pad.button_keys


def test_an_entrant_of_another_panel_is_not_opened(open_page: Open, sample: Sample):
    """An address with a foreign entrant leads to one of the judge's own."""
    role, _ = untouched(sample)
    with sample.store.reading() as tx:
        foreign = tx.value(
            """SELECT e.entrant_id FROM round_entrants e WHERE e.round_id = :r
            AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.entrant_id = e.entrant_id
                AND a.round_id = :r AND a.person_id = :p)""",
            r=sample.round_id,
            p=sample.person(role),
        )
    at = open_page(role, "zh", "judges/sheet.py")
    at.query_params["entrant"] = str(foreign)
    at.run()
    assert at.query_params["entrant"] != [str(foreign)]


def test_the_sheet_turns_to_the_stage_only_by_a_tap(pad: Pad):
    """Another is called: one button offers to go there, and nothing else moves."""
    current = moves.stage_view(pad.sample.store, pad.sample.who(pad.role), pad.sample.round_id)[
        "current"
    ]
    pad.press("go-before")
    before = pad.shown
    assert current["id"] != before
    pad.run(pad.at)
    assert pad.shown == before
    assert (
        t("judges.stage.go", "zh", number=current["number"])
        == pad.at.button(key="go-on-stage").label
    )
    pad.press("go-on-stage")
    assert pad.shown == current["id"]
    assert "go-on-stage" not in pad.button_keys


def test_the_neighbours_are_one_tap_away(pad: Pad):
    """Previous and next in the judge's own order."""
    before = pad.view.before
    assert before is not None
    pad.press("go-before")
    assert pad.shown == before["id"]
    pad.press("go-after")
    assert pad.shown == pad.entrant


def test_the_page_of_a_seat_that_was_replaced_writes_nothing(pad: Pad):
    """Another judge's link was opened in this browser: the old page says whose it is now."""
    pad.anchor(0, 1)
    other = "judge1" if pad.role != "judge1" else "judge2"
    secret = pad.sample.entered.tokens[pad.sample.person(other)]
    links.open_link(
        pad.sample.store,
        secret,
        at=datetime.now(UTC),
        address="",
        former=pad.sample.cookie(pad.role),
    )
    pad.tap(0, 1, "19.5")
    with pad.sample.store.reading() as tx:
        name = people_rows.find(tx, pad.sample.person(other))["name"]
        written = tx.value(
            "SELECT count(*) FROM sheets WHERE entrant_id = :e AND person_id = :p",
            e=pad.entrant,
            p=pad.sample.person(pad.role),
        )
    assert written == 0
    assert t("error.replaced", "zh", name=name) in pad.words
    assert t("judges.landing.ended_title", "zh") in pad.words
    assert not pad.at.text_input


def test_a_page_made_for_another_seat_is_refused(pad: Pad):
    """The seat is kept from the page's first run; it is not asked anew of the cookie."""
    pad.at.session_state["sheet-seat"] = pad.sample.person("judge9")
    pad.run(pad.at)
    assert not pad.at.text_input
    name = pad.sample.who(pad.role).name
    assert t("error.wrong_seat", "zh", name=name) in pad.words


def test_a_revoked_link_ends_the_page(pad: Pad):
    """The next tap is refused, and the page says how to come in again."""
    pad.anchor(0, 1)
    with pad.sample.store.reading() as tx:
        link = tx.value(
            "SELECT link_id FROM sign_ins WHERE person_id = :p", p=pad.sample.person(pad.role)
        )
    links.revoke_link(
        pad.sample.store, pad.sample.who("organizer"), str(link), at=datetime.now(UTC)
    )
    pad.tap(0, 1, "19.5")
    assert t("error.sign_in_needed", "zh") in pad.words
    assert not pad.at.text_input


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["organizer", "supervisor", "host", "scorekeeper"])
@pytest.mark.parametrize("page", ["judges/home.py", "judges/sheet.py", "judges/my_sheets.py"])
def test_a_judges_pages_are_for_judges(
    open_page: Open, sample: Sample, role: str, page: str, lang: str
):
    """Whoever marks nothing sees no sheet, only whom the page is for."""
    at = open_page(role, lang, page, title=None)
    assert t("role.judge", lang) in html(at)
    assert 'class="a-refused"' in html(at)
    assert not at.text_input
