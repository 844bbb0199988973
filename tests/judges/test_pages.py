"""The pages around the sheet: home after scanning, own sheets, and the landing page."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from competition.marks.own_work import own_work
from competition.results import copying
from competition.rounds.competitions import update_competition
from intake.places import short_county
from tests.judges.pairs import TAGS, pair
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import close
from ui.access import CHOSEN_ROUND
from words import t


def words(at: object) -> str:
    """What a page says."""
    return " ".join(TAGS.sub(" ", html(at)).split())  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", BOTH)
def test_home_says_who_you_are_and_which_sessions(open_page: Open, sample: Sample, lang: str):
    """Number, competition, sessions with their numbers, four lines, one button."""
    update_competition(
        sample.store,
        sample.entered.organizer,
        title="村庄规划擂台赛",
        venue="州会议中心",
        at=datetime.now(UTC),
    )
    at = open_page("judge3", lang, "judges/home.py")
    assert t("judges.seat", lang, seat="03") in words(at)
    assert f"{t('role.judge', lang)} · 州会议中心" in words(at)
    numbers = t("judges.home.sessions", lang, session="第.场", first=r"\d+", last=r"\d+")
    assert len(re.findall(numbers.replace("\u3000", " "), words(at))) >= 2
    assert t("judges.home.step_submit", lang, count=7) in words(at)
    assert at.button[0].label == t("judges.home.go", lang)


def test_home_leads_to_the_pad(open_page: Open, sample: Sample):
    """One large button to marking."""
    at = open_page("judge3", "zh", "judges/home.py")
    at.button[0].click().run()
    assert not at.exception
    assert any(one.key.startswith("pad-") for one in at.get("bidi_component"))


def in_preparation(sample: Sample) -> str:
    """A further round with the same judges, later than the one that is open."""
    return copying.copy_round(
        sample.store,
        sample.entered.organizer,
        sample.round_id,
        title="加赛",
        stage="final",
        category="village",
        takes="all",
        at=datetime.now(UTC),
    )


def test_a_round_in_preparation_does_not_hide_the_one_that_is_over(open_page: Open, sample: Sample):
    """The judge comes back in the evening: their sheets, not a page without content."""
    close(sample)
    in_preparation(sample)
    assert t("judges.home.step_submit", "zh", count=7) in words(
        open_page("judge3", "zh", "judges/home.py")
    )


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("page", ["home", "pad", "my_sheets"])
def test_before_marking_begins_a_judge_is_told_what_will_be_here(
    open_page: Open, sample: Sample, page: str, lang: str
):
    """Calm, and no link to a page that is not theirs."""
    draft = in_preparation(sample)
    at = open_page("judge3", lang, f"judges/{page}.py", title=None)
    at.session_state[CHOSEN_ROUND] = draft
    at.run()
    assert t("judges.will_be", lang) in unescape(words(at))
    assert t("clears.open_round", lang) in words(at)
    assert 'class="a-refused"' not in html(at)
    assert not at.main.get("page_link")


@pytest.mark.parametrize("lang", BOTH)
def test_own_sheets_are_listed_with_states_and_totals(open_page: Open, sample: Sample, lang: str):
    """Every own sheet with its word; recusals with their reason; nobody else's."""
    role, entrant = pair(sample, "recused")
    at = open_page(role, lang, "judges/my_sheets.py")
    work = own_work(sample.store, sample.who(role), sample.round_id, at=datetime.now(UTC))
    shown = words(at)
    for row in work["sheets"]:
        assert t("judges.number", lang, number=row["number"]) in shown
        if row["total"]:
            assert row["total"] in shown
    assert "自治县" not in shown
    reason = next(row["reason"] for row in work["sheets"] if row["id"] == entrant)
    assert f"{t('judges.state.recused', lang)} {short_county(reason)}" in shown
    own = sample.who(role).name
    others = [n for n in sample.entered.judges if f"judge{n}" != role]
    for number in others:
        assert t("judges.seat", lang, seat=f"{number:02d}") not in shown.replace(own, "")


def test_a_sheet_is_opened_from_the_list(open_page: Open, sample: Sample):
    """The button beside a row opens that entrant's sheet."""
    role, entrant = pair(sample, "recused")
    at = open_page(role, "zh", "judges/my_sheets.py")
    at.button(key=f"open-sheet-{entrant}").click().run()
    assert not at.exception
    assert f">{t('judges.pad.title', 'zh')}</h1>" in html(at)
    assert entrant in at.get("bidi_component")[0].proto.json


@pytest.mark.parametrize("lang", BOTH)
def test_whoever_is_not_signed_in_sees_how_to_come_in(open_page: Open, sample: Sample, lang: str):
    """What this is and how to scan; nobody's data."""
    at = open_page("public", lang, "judges/landing.py")
    assert t("judges.landing.not_you", lang) in words(at)
    assert sample.who("judge1").name not in words(at)
