"""The overview: the round's state, its next act, and an honest empty install."""

from html import unescape

import pytest

import competition
from competition.marks import deductions
from competition.people import links
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from examples.entering import Entered
from scoring import Rules
from tests.opening import BOTH, Open, Sample, html
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
    set_rules,
    state,
)
from ui.pages import PAGE as PAGE_OF
from words import t

PAGE = "organizers/overview.py"
LATER = (
    "stage",
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


@pytest.mark.parametrize("lang", BOTH)
def test_an_open_round_shows_its_figures_and_what_comes_next(open_page: Open, lang: str):
    """Sheets in of those expected, and the missing ones first."""
    page = html(open_page("organizer", lang, PAGE))
    assert "343/348" in page
    assert t("organizers.check.step.collect", lang, missing=5) in page


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
    assert t("organizers.check.step.export", "zh") in html(at)
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

    @pytest.mark.parametrize("lang", BOTH)
    def test_says_what_can_be_done_now(self, open_page: Open, lang: str):
        """A round, an import, or the sample: each by a link or a button."""
        at = open_page("organizer", lang, PAGE, title=None)
        page = html(at)
        assert t("organizers.overview.empty.title", lang) in page
        assert t("ui.state.not_begun", lang) in page
        assert [button.key for button in at.button] == ["act-begin_sample"]

    def test_the_sample_is_entered_by_a_button(self, open_page: Open, sample: Sample):
        """Ready to be opened, and marked as sample data from then on."""
        at = press(open_page("organizer", "zh", PAGE, title=None), "act-begin_sample")
        press(at, "confirm-begin_sample")
        page = html(at)
        assert t("ui.state.sample", "zh") in page
        assert t("organizers.check.done.rubric", "zh", have=7) in page
        assert has(at, "act-open_round")
        assert "sample_begun" in events(sample)

    @pytest.mark.parametrize("lang", BOTH)
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


def test_closing_names_the_scores_that_were_not_announced(open_page: Open, sample: Sample):
    """With eight of twenty-six unannounced, closing said nothing."""
    scoring = Rules(official="trimmed", top=13)
    set_rules(sample, scoring=scoring, hall="scores", held_first=0)
    at = press(open_page("organizer", "zh", PAGE), "act-close_round")
    assert t("organizers.check.unannounced", "zh", count=40) in html(at)
    assert t("organizers.check.unannounced_way", "zh") in html(at)


def test_certifying_names_the_scores_that_were_not_announced(open_page: Open, sample: Sample):
    """Afterwards they cannot be announced."""
    scoring = Rules(official="trimmed", top=13)
    set_rules(sample, scoring=scoring, hall="scores", held_first=0)
    close(sample)
    page = "organizers/results/standings/page.py"
    at = press(open_page("organizer", "zh", page), "act-sign_certificate")
    assert t("organizers.check.unannounced", "zh", count=40) in html(at)
    assert t("organizers.check.unannounced_way", "zh") in html(at)
    press(at, "confirm-sign_certificate")
    at = press(open_page("supervisor", "zh", page), "act-certify")
    assert t("organizers.check.unannounced", "zh", count=40) in html(at)
    assert t("organizers.check.unannounced_way", "zh") in html(at)


def test_a_supervisor_lands_on_what_waits_for_a_signature(open_page: Open, sample: Sample):
    """A deduction that the scorekeeper entered; the organizer cannot sign it."""
    with sample.store.reading() as tx:
        first = tx.value("SELECT entrant_id FROM round_entrants WHERE number = 1")
    who = sample.who("scorekeeper")
    deductions.deduct(
        sample.store, who, sample.round_id, str(first), "0.1", reason="超时", at=now()
    )
    front = html(open_page("supervisor", "zh", "", title=None))
    assert t("organizers.waiting.kind.deduction", "zh") in front
    assert "超时" in front
    title = t("organizers.check.sign.title", "zh")
    at = open_page("supervisor", "zh", PAGE)
    assert title in html(at)
    (link,) = [one for one in at.main.get("page_link") if "扣分" in one.proto.label]
    assert (link.proto.page, link.proto.label) == ("organizers-stage", "扣分 1")
    assert title not in html(open_page("organizer", "zh", PAGE))


def test_the_next_step_of_an_open_round_looks_at_the_links(open_page: Open, sample: Sample):
    """A judge whose link was revoked cannot come in: that comes before collecting sheets."""
    with sample.store.writing() as tx:
        tx.run(
            "UPDATE links SET revoked_at = created_at WHERE person_id = :p",
            p=sample.person("judge1"),
        )
    page = html(open_page("organizer", "zh", PAGE))
    with sample.store.reading() as tx:
        judges = int(tx.value("SELECT count(*) FROM seats WHERE round_id = :r", r=sample.round_id))
    step = t("organizers.check.step.links", "zh", have=judges - 1, of=judges)
    assert page.index(step) < page.index(t("organizers.check.step.collect", "zh", missing=5))


def test_a_round_without_anything_has_nothing_ticked(open_page: Open, sample: Sample):
    """Nothing entered: each line says what is missing, and leads to where it is entered."""
    new = rounds.create_round(
        sample.store,
        sample.who("organizer"),
        title="新轮次",
        stage="final",
        category="village",
        rules=RoundRules(),
        at=now(),
    )
    at = open_page("organizer", "zh", PAGE, round_id=new)
    page = html(at)
    for key in ("rubric", "entrants", "seats"):
        assert t(f"organizers.check.open.{key}", "zh") in page
    assert t("organizers.overview.ready.count", "zh", done=1, of=7) in page
    links = {link.proto.page for link in at.main.get("page_link")}
    assert {"organizers-rubric", "organizers-entrants", "organizers-panel"} <= links


def test_the_overview_says_the_rules_as_the_rules_page_does(open_page: Open, sample: Sample):
    """A round whose official score is the plain mean speaks of no dropped marks."""
    set_rules(sample, scoring=Rules(official="mean", top=13))
    page = html(open_page("organizer", "zh", PAGE))
    method, note = t("method.mean", "zh"), t("method_note.mean", "zh")
    assert t("organizers.rules.official_other", "zh", method=method, note=note) in page
    assert "去掉" not in page


def test_a_dialog_can_be_left(open_page: Open, sample: Sample):
    """Cancel closes it and nothing happened."""
    at = press(open_page("organizer", "zh", PAGE), "act-close_round")
    press(at, "cancel-close_round")
    assert not has(at, "confirm-close_round")
    assert state(sample) == "open"
