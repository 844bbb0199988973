"""Submitting, the time until it locks, and asking for a locked sheet to be reopened."""

import pytest

from competition.marks import reopening
from competition.rounds import rounds
from tests.judges.pad import Pad, open_pad, untouched
from tests.opening import Open, Sample
from words import t


def locked(sample: Sample) -> tuple[str, str]:
    """A judge and the first entrant whose sheet has locked."""
    with sample.store.reading() as tx:
        rows = tx.rows(
            """SELECT x.number, s.entrant_id FROM sheets s
            JOIN seats x ON x.round_id = s.round_id AND x.person_id = s.person_id
            JOIN round_entrants e ON e.round_id = s.round_id AND e.entrant_id = s.entrant_id
            WHERE s.round_id = :r AND s.state = 'submitted' ORDER BY x.number, e.number""",
            r=sample.round_id,
        )
    return f"judge{rows[0]['number']}", str(rows[0]["entrant_id"])


def test_an_incomplete_sheet_says_how_many_are_left(pad: Pad):
    """The button is off, and its own words say why."""
    pad.fill(but=2)
    button = pad.at.button(key="submit-sheet")
    assert button.disabled
    assert button.label == t("judges.sheet.submit_left", "zh", count=2)


def test_a_complete_sheet_is_submitted_and_shown_to_read(pad: Pad):
    """After submitting no criterion is open; total and time until the lock are."""
    pad.fill()
    pad.press("submit-sheet")
    assert pad.view.state == "submitted"
    assert t("judges.state.submitted", "zh") in pad.words
    assert "100.0" in pad.words
    assert not pad.at.text_input
    assert "submit-sheet" not in pad.button_keys
    assert pad.view.locks_in is not None
    assert "1 分" in pad.words
    assert t("judges.sheet.may_change", "zh", time="").strip("，。")[-6:] in pad.words


def test_until_the_lock_a_mark_may_still_be_changed_but_not_emptied(pad: Pad):
    """A slip seen after submitting is put right by the judge alone."""
    pad.fill()
    pad.press("submit-sheet")
    pad.open(0)
    assert pad.at.button(key=f"clear-{pad.line(0).id}").disabled
    pad.enter(0, "20")
    assert pad.stored[0] == "20.0"
    assert pad.view.state == "submitted"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_locked_sheet_takes_no_mark_and_offers_to_ask(open_page: Open, sample: Sample, lang: str):
    """No input is left but the reason; a request without one is refused at the field."""
    pad = open_pad(open_page, sample, *locked(sample), lang=lang)
    assert t("judges.state.locked", lang) in pad.words
    assert not pad.at.text_input
    assert not [key for key in pad.button_keys if key.startswith("open-")]
    pad.press("ask-reopening")
    assert t("error.reason_needed", lang) in pad.words
    assert not pad.view.asked
    pad.at.text_area[0].set_value("第 3 项和第 4 项打反了")
    pad.press("ask-reopening")
    assert pad.view.asked
    assert t("judges.sheet.asked", lang) in pad.words
    assert not pad.at.text_area


def test_a_reopened_sheet_can_be_changed_and_submitted_again(open_page: Open, sample: Sample):
    """Once a second person has approved, the marks are inputs again."""
    pad = open_pad(open_page, sample, *locked(sample))
    pad.at.text_area[0].set_value("打反了")
    pad.press("ask-reopening")
    with sample.store.reading() as tx:
        asked = tx.value("SELECT id FROM reopenings WHERE state = 'asked'")
    reopening.answer_reopening(
        sample.store, sample.who("supervisor"), str(asked), approve=True, at=pad.now
    )
    pad.press("look-again")
    assert t("judges.state.reopened", "zh") in pad.words
    pad.enter(0, "17")
    pad.press("submit-sheet")
    assert pad.stored[0] == "17.0"
    assert pad.view.state == "submitted"


def test_a_tap_after_the_lock_is_refused_in_words(pad: Pad):
    """The page was drawn while it could still be changed; the act decides."""
    pad.fill()
    pad.press("submit-sheet")
    pad.open(0)
    with pad.sample.store.writing() as tx:
        tx.run(
            "UPDATE sheets SET locked_at = '2022-01-01T00:00:00.000Z' WHERE id = :s",
            s=pad.view.sheet_id,
        )
    pad.enter(0, "20")
    assert pad.stored[0] == "25.0"
    assert t("judges.state.locked", "zh") in pad.words
    assert not pad.at.text_input


def test_the_last_sheet_leads_back_to_the_list_and_others_to_the_next(
    open_page: Open, sample: Sample
):
    """Where to go on is one tap away."""
    pad = open_pad(open_page, sample, *locked(sample))
    following = pad.view.after
    assert following is not None
    pad.press("next-entrant")
    assert pad.shown == following["id"]


def test_a_closed_round_shows_an_unfinished_sheet_to_read(open_page: Open, sample: Sample):
    """What was not submitted is shown, and nothing more is taken."""
    role, entrant = untouched(sample)
    pad = open_pad(open_page, sample, role, entrant)
    pad.enter(0, "20")
    rounds.close_round(
        sample.store, sample.who("organizer"), sample.round_id, reason="演示", at=pad.now
    )
    pad.run(pad.at)
    assert not pad.at.text_input
    assert "submit-sheet" not in pad.button_keys
