"""The standings page: what it says, who may see it, and how a result is certified from it."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl

import pytest

from competition.marks import deductions
from competition.results import certification, certifying, standings
from competition.times import local
from organizers.results.standing_rows import in_order
from tests.opening import ANY_LANG, BOTH, Open, Sample, html
from tests.organizers.acting import (
    certify,
    close,
    confirm,
    events,
    has,
    is_refused,
    now,
    press,
    refused,
    state,
)
from words import t

PAGE = "organizers/results/standings/page.py"


@pytest.mark.parametrize("lang", BOTH)
def test_both_scores_and_the_line_are_shown_as_computed(open_page: Open, sample: Sample, lang: str):
    """Every entrant has a row with both figures; provisional until certified."""
    page = html(open_page("organizer", lang, PAGE))
    found = standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())
    rows = re.findall(r"<tr[^>]*data-verdict.*?</tr>", page)
    assert len(rows) == len(found.lines) == 40
    for row, line in zip(rows, in_order(found), strict=True):
        assert line.village in row
        assert f">{line.official}<" in row
        assert f">{line.announced}<" in row
    assert t("ui.state.provisional", lang) in page
    assert t("organizers.standings.note_missing", lang, missing=5) in page


@pytest.mark.parametrize("role", ["judge1", "judge5", "host"])
def test_no_figure_reaches_anybody_else(open_page: Open, role: str):
    """Judges, the chair and the host are refused in words; no score is in the page."""
    at = open_page(role, "zh", PAGE, title=None)
    assert is_refused(at, PAGE)
    assert "a-official" not in html(at).partition("</style>")[2]


@pytest.mark.parametrize("role", ["supervisor", "scorekeeper"])
def test_who_may_look_may_not_sign_first(open_page: Open, sample: Sample, role: str):
    """Supervisor and scorekeeper read standings; an organizer signs first."""
    close(sample)
    at = open_page(role, "zh", PAGE)
    assert not has(at, "act-sign_certificate")
    assert not has(at, "act-certify")
    assert has(at, "act-export")


def deduct(sample: Sample) -> str:
    """A deduction that waits for the supervisor."""
    return deductions.deduct(
        sample.store,
        sample.who("scorekeeper"),
        sample.round_id,
        next(iter(sample.entered.entrants.values())),
        "0.10",
        reason="超时",
        at=now(),
    )


def test_each_look_before_certifying_is_logged(open_page: Open, sample: Sample):
    """The supervisor can see who looked early."""
    open_page("scorekeeper", "zh", PAGE)
    with sample.store.reading() as tx:
        seen = tx.rows("SELECT p.name FROM views v JOIN people p ON p.id = v.person_id")
    assert [row["name"] for row in seen] == ["吴敏"]


def test_an_open_round_cannot_be_certified_and_the_list_says_why(open_page: Open, sample: Sample):
    """No button; the reason with the act that clears it."""
    at = open_page("organizer", "zh", PAGE)
    assert not has(at, "act-sign_certificate")
    assert t("organizers.certify.panel.blocked", "zh") in html(at)
    assert t("clears.close_round", "zh") in html(at)


def test_every_blocker_is_listed_with_its_way_and_there_is_no_button(
    open_page: Open, sample: Sample
):
    """A deduction that waits: who clears it, and the page where."""
    close(sample)
    deduct(sample)
    at = open_page("organizer", "zh", PAGE)
    waits = t("error.signature.confirm_deduction", "zh")
    assert t("error.signatures_wait", "zh", waits=waits, count=1) in html(at)
    assert t("clears.confirm_deduction", "zh") in html(at)
    assert not has(at, "act-sign_certificate")


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_certifying_repeats_what_it_does_and_leaves_edition_and_hash(
    open_page: Open, sample: Sample, lang: str
):
    """The dialog repeats N and the log entry; afterwards the hash are on the page."""
    close(sample)
    at = open_page("organizer", lang, PAGE)
    shown = standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())
    at_last = local(shown.as_of, "Asia/Shanghai").strftime("%Y-%m-%d %H:%M:%S")
    press(at, "act-sign_certificate")
    assert t("organizers.certify.event_value", lang, at=at_last, seq=shown.seq) in html(at)
    assert t("organizers.certify.top_value", lang, top=13, selected=13) in html(at)
    digest = certifying.to_sign(sample.store, sample.who("organizer"), sample.round_id).sha256
    assert digest[:12] in html(at)
    press(at, "confirm-sign_certificate")
    assert state(sample) == "closed"
    assert not has(at, "act-certify")
    at = open_page("supervisor", lang, PAGE)
    assert sample.who("organizer").name in html(at)
    press(at, "act-certify")
    press(at, "confirm-certify")
    found = certification.certified(sample.store, sample.who("organizer"), sample.round_id)
    page = html(at)
    assert state(sample) == "certified"
    assert found["sha256"] in page
    assert t("organizers.certify.version_value", lang, version=1) in page
    assert t("organizers.certify.disagrees", lang) not in page
    assert t("ui.state.provisional", lang) not in page


def test_a_standing_that_changed_under_the_dialog_is_not_certified(open_page: Open, sample: Sample):
    """What is certified is what was seen: a deduction confirmed meanwhile refuses it."""
    close(sample)
    at = press(open_page("organizer", "zh", PAGE), "act-sign_certificate")
    one = deduct(sample)
    deductions.confirm_deduction(sample.store, sample.who("supervisor"), one, at=now())
    before = events(sample)
    press(at, "confirm-sign_certificate")
    assert refused(at)
    assert t("error.stale_standing", "zh") in html(at)
    assert (state(sample), events(sample)) == ("closed", before)


def test_cancelling_certifies_nothing(open_page: Open, sample: Sample):
    """The way back leaves everything as it was."""
    close(sample)
    at = press(open_page("organizer", "zh", PAGE), "act-sign_certificate")
    press(at, "cancel-sign_certificate")
    assert not has(at, "confirm-sign_certificate")
    assert state(sample) == "closed"


def test_a_certificate_is_taken_back_only_with_a_reason(open_page: Open, sample: Sample):
    """Without one nothing happens; with one the round is closed again, the snapshot kept."""
    certify(sample)
    at = open_page("organizer", "zh", PAGE)
    confirm(at, "revoke_certificate", "")
    assert refused(at)
    assert state(sample) == "certified"
    confirm(at, "revoke_certificate", "发现漏录一张扣分单")
    assert state(sample) == "closed"
    with sample.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM snapshots WHERE kind = 'certify'") == 1


def test_the_page_shows_the_certified_figures(open_page: Open, sample: Sample):
    """Screen and snapshot agree, figure by figure."""
    content = certify(sample)["content"]
    page = html(open_page("supervisor", "zh", PAGE))
    rows = re.findall(r"<tr[^>]*data-verdict.*?</tr>", page)
    shown = [re.search(r'a-official">([\d.]+)<', row) for row in rows]
    assert [Decimal(one[1]) for one in shown if one] == [
        Decimal(line["official"]) for line in content["entrants"]
    ]


def test_a_row_leads_to_the_explanation_of_its_score(open_page: Open, sample: Sample):
    """The address names round and entrant, and the page opens on that entrant."""
    close(sample)
    page = html(open_page("organizer", "zh", PAGE))
    found = re.findall(r'href="/organizers-why\?([^"]+)"', page)
    assert len(found) == 40
    asked = dict(parse_qsl(unescape(found[5])))
    assert asked["round"] == sample.round_id
    at = open_page("organizer", "zh", "organizers/results/why/page.py", entrant=asked["entrant"])
    assert at.selectbox(key="why-entrant").value == asked["entrant"]


def test_while_the_round_is_open_no_row_leads_anywhere(open_page: Open):
    """Marks are not explained before marking has ended; nor does a button lead there."""
    at = open_page("organizer", "zh", PAGE)
    assert "/organizers-why" not in html(at)
    assert not has(at, "act-why")


def test_of_equal_ranks_the_selected_stand_first(sample: Sample):
    """The line is drawn below the last selected one; nobody outside stands above it."""
    found = standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())
    first, second = found.lines[12], found.lines[13]
    tie = replace(second, rank=first.rank, selected=True, place=13, number=99)
    out = replace(first, rank=first.rank, selected=False, place=None, number=1)
    tied = replace(found, lines=(*found.lines[:12], out, tie, *found.lines[14:]))
    assert [line.number for line in in_order(tied)][12:14] == [99, 1]
