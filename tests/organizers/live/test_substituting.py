"""A reserve takes over a seat on the pages: the dialog, and where it is said afterwards."""

import pytest

from competition.acting import Act, changed
from competition.corrections.facts import What
from competition.corrections.listing import corrections_of
from competition.corrections.requests import answer_correction, request_correction
from competition.lineup import seat_candidates
from db import panel
from exports.formats import EXPORTS
from organizers.results.lists import papers
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import close, events, has, now, press, refused
from tests.organizers.results.test_results_pages import found
from words import t

STAGE, PANEL = "organizers/live/desk/page.py", "organizers/prepare/panel/page.py"
RESERVE = 15
REASON = "突发不适"


@pytest.fixture
def reserved(sample: Sample) -> Sample:
    """The sample with its last judge in reserve."""
    who = sample.who("organizer")
    with sample.store.writing() as tx:
        row = panel.seat(tx, sample.round_id, sample.person(f"judge{RESERVE}")) or {}
        tx.put("seats", changed(row, reserve=1))
        act = Act(tx, who, "change_seat", now())
        act.record("seat_changed", row["person_id"], round_id=sample.round_id)
    return sample


def take(sample: Sample) -> seat_candidates.Holder:
    """The reserve takes over the first seat that can be taken."""
    who, store = sample.who("organizer"), sample.store
    holder = next(
        one
        for one in seat_candidates.seat_holders(store, who, sample.round_id)
        if one.takers and one.firsts
    )
    about: What = {
        "judge": holder.person_id,
        "taking": holder.takers[0].person_id,
        "first": holder.firsts[0],
    }
    request_correction(store, who, sample.round_id, "reserve", about, reason=REASON, at=now())
    confirm(sample)
    return holder


def confirm(sample: Sample) -> None:
    """The supervisor confirms the correction that waits."""
    who = sample.who("supervisor")
    (one,) = corrections_of(sample.store, who, sample.round_id, waiting=True)
    answer_correction(sample.store, who, one.id, approve=True, at=now())


@pytest.mark.parametrize("lang", [ANY_LANG])
@pytest.mark.parametrize("page", [STAGE, PANEL])
def test_the_organizer_seats_a_reserve(open_page: Open, reserved: Sample, page: str, lang: str):
    """Without a reason nothing happens; with one it waits, and the supervisor's word does it."""
    at = press(open_page("organizer", lang, page), "act-substitute")
    before = events(reserved)
    press(at, "confirm-substitute")
    assert refused(at)
    assert events(reserved) == before
    at.text_area(key="reason-substitute").input(REASON)
    press(at, "confirm-substitute")
    assert events(reserved)[-1] == "correction_asked"
    assert t("seat_change.heading", lang) not in html(open_page("organizer", lang, page))
    confirm(reserved)
    said = html(open_page("organizer", lang, page))
    assert t("seat_change.heading", lang) in said
    assert REASON in said


def test_without_a_reserve_the_dialog_says_so(open_page: Open, sample: Sample):
    """And offers no act."""
    at = press(open_page("organizer", "zh", STAGE), "act-substitute")
    assert t("organizers.substitute.none", "zh") in html(at)
    assert not has(at, "confirm-substitute")


@pytest.mark.parametrize("role", ["supervisor", "host"])
def test_nobody_else_is_offered_it(open_page: Open, reserved: Sample, role: str):
    """The supervisor confirms it, and so does not ask."""
    assert not has(open_page(role, "zh", STAGE), "act-substitute")


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_reports_and_papers_say_who_sat_when(open_page: Open, reserved: Sample, lang: str):
    """On screens with the reason, on the table of scores without it."""
    take(reserved)
    close(reserved)
    for page in ("organizers/results/analysis/judges.py", "organizers/results/standings/page.py"):
        said = html(open_page("organizer", lang, page))
        assert t("seat_change.heading", lang) in said
        assert REASON in said
    table = papers.shown_sheet(found(reserved), lang)
    (line,) = [one for one in table.footnotes if f"{RESERVE}" in one]
    assert REASON not in line
    assert EXPORTS["csv"].render(table)


def test_a_change_of_seat_waits_among_what_is_to_do(open_page: Open, reserved: Sample):
    """The supervisor is led to the page where it is compared; the organizer is not."""
    at = press(open_page("organizer", "zh", STAGE), "act-substitute")
    at.text_area(key="reason-substitute").input(REASON)
    press(at, "confirm-substitute")
    kind = t("correction.kind.reserve", "zh")
    for role in ("organizer", "supervisor"):
        said = html(open_page(role, "zh", STAGE))
        assert t("organizers.attention.correction", "zh", kind=kind, about="").strip() in said
        assert REASON in said
    assert kind not in html(open_page("host", "zh", STAGE))
