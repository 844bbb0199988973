"""A reserve takes over a seat on the pages: the dialog, and where it is told afterwards."""

import pytest

from competition.acting import Act, changed
from competition.lineup import seat_candidates, substituting
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
    substituting.substitute(
        store,
        who,
        sample.round_id,
        holder.person_id,
        holder.takers[0].person_id,
        first=str(holder.firsts[0]),
        reason=REASON,
        at=now(),
    )
    return holder


@pytest.mark.parametrize("lang", [ANY_LANG])
@pytest.mark.parametrize("page", [STAGE, PANEL])
def test_the_organizer_seats_a_reserve(open_page: Open, reserved: Sample, page: str, lang: str):
    """Without a reason nothing happens; with one it is done, and the page tells it."""
    at = press(open_page("organizer", lang, page), "act-substitute")
    before = events(reserved)
    press(at, "confirm-substitute")
    assert refused(at)
    assert events(reserved) == before
    at.text_area(key="reason-substitute").input(REASON)
    press(at, "confirm-substitute")
    assert events(reserved)[-1] == "judge_substituted"
    said = html(open_page("organizer", lang, page))
    assert t("seat_change.heading", lang) in said
    assert REASON in said


def test_without_a_reserve_the_dialog_says_so(open_page: Open, sample: Sample):
    """And offers no act."""
    at = press(open_page("organizer", "zh", STAGE), "act-substitute")
    assert t("organizers.substitute.none", "zh") in html(at)
    assert not has(at, "confirm-substitute")


@pytest.mark.parametrize("role", ["scorekeeper", "supervisor", "host"])
def test_nobody_else_is_offered_it(open_page: Open, reserved: Sample, role: str):
    """An absence is the scorekeeper's to note; who sits in a seat is not."""
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
