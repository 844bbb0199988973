"""The overview: the round's state, its next act, and an honest empty install."""

from html import unescape

import pytest

import competition
from competition.people import links
from examples.entering import Entered
from tests.opening import Open, Sample, html
from tests.organizers.acting import (
    REASON,
    certify,
    close,
    confirm,
    events,
    has,
    now,
    press,
    refused,
    state,
)
from ui.pages import PAGE as PAGE_OF
from words import t

PAGE = "organizers/overview.py"
LATER = (
    "stage",
    "board",
    "pairing",
    "progress",
    "transcribing",
    "standings",
    "why",
    "judges_report",
    "annex",
    "what_if",
    "awards",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_open_round_shows_its_figures_and_what_comes_next(open_page: Open, lang: str):
    """Sheets in of those expected, and the missing ones first."""
    page = html(open_page("organizer", lang, PAGE))
    assert "343/348" in page
    assert t("organizers.overview.step.collect", lang, missing=5) in page


def test_closing_with_sheets_missing_names_them_and_wants_a_reason(open_page: Open, sample: Sample):
    """Without a reason nothing is written."""
    at = open_page("organizer", "zh", PAGE)
    before = events(sample)
    confirm(at, "close_round", "")
    assert refused(at)
    assert "40号评委02" in html(at)
    assert (state(sample), events(sample)) == ("open", before)


def test_closing_with_a_reason_records_the_missing_absent(open_page: Open, sample: Sample):
    """Blank is not zero: five judges were absent for an entrant."""
    at = open_page("organizer", "zh", PAGE)
    confirm(at, "close_round", REASON)
    assert state(sample) == "closed"
    with sample.store.reading() as tx:
        absent = tx.value(
            "SELECT count(*) FROM assignments WHERE state = 'absent' AND reason = :r", r=REASON
        )
    assert absent == 5


def test_reopening_wants_a_reason(open_page: Open, sample: Sample):
    """A closed round goes back to open only so."""
    close(sample)
    at = open_page("organizer", "zh", PAGE)
    confirm(at, "reopen_round", " ")
    assert refused(at)
    assert state(sample) == "closed"
    confirm(at, "reopen_round", "评委07的表在平板上，已找到")
    assert state(sample) == "open"


@pytest.mark.parametrize("role", ["supervisor", "scorekeeper", "host"])
def test_others_see_the_state_and_no_act(open_page: Open, role: str):
    """Opening and closing are the organizers' acts."""
    at = open_page(role, "zh", PAGE)
    assert not has(at, "act-close_round")
    assert t("round_state.open", "zh") in html(at)


def test_the_host_sees_no_progress_figures(open_page: Open):
    """Progress is for organizer, scorekeeper and supervisor."""
    assert "343/348" not in html(open_page("host", "zh", PAGE))


def test_a_certified_round_points_to_its_papers(open_page: Open, sample: Sample):
    """No act is left on this page."""
    certify(sample)
    at = open_page("organizer", "zh", PAGE)
    assert t("organizers.overview.step.export", "zh") in html(at)
    assert not has(at, "act-close_round")


class TestEmptyInstall:
    """A competition begun, and nothing in it."""

    @pytest.fixture
    def sample(self, tmp_path, monkeypatch):
        path = tmp_path / "arena.db"
        monkeypatch.setenv("ARENA_DB", str(path))
        store = competition.open_store(path)
        who, token = links.begin(store, title="村庄规划擂台赛", organizer="李梅", at=now())
        entered = Entered(who, who, who, who, {str(who.person_id): token})
        yield Sample(path, store, entered)
        competition.close_all()

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_says_what_can_be_done_now(self, open_page: Open, lang: str):
        """The sample by its command, links by their page; no button that leads nowhere."""
        at = open_page("organizer", lang, PAGE, title=None)
        page = html(at)
        assert t("organizers.overview.empty.title", lang) in page
        assert "python3 arena.py demo" in page
        assert t("ui.state.not_begun", lang) in page
        assert [button.key for button in at.button] == []

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_other_page_says_what_will_be_there(self, open_page: Open, lang: str):
        """Calm, for nothing went wrong: there is no round yet, and the way to make one."""
        for page in LATER:
            at = open_page("organizer", lang, PAGE_OF[f"organizers.{page}"].path)
            text = unescape(html(at))
            assert t(f"organizers.{page}.will_be", lang) in text, page
            assert t("error.no_round", lang) in text, page
            assert t("clears.create_round", lang) in text, page
            assert 'class="a-refused"' not in text, page
            assert "<table" not in text, page
            assert [link.proto.page for link in at.main.get("page_link")][-1] == "organizers-setup"


def test_a_dialog_can_be_left(open_page: Open, sample: Sample):
    """Cancel closes it and nothing happened."""
    at = press(open_page("organizer", "zh", PAGE), "act-close_round")
    press(at, "cancel-close_round")
    assert not has(at, "confirm-close_round")
    assert state(sample) == "open"
