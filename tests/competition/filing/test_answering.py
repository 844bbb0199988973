"""The organizers' side: thirteen lines, nudges, returns and what each needs."""

from datetime import datetime, timedelta

import pytest

import db
from competition import log
from competition.errors import BadFields, Missing, ReasonNeeded
from competition.filing import answering, handing_in, inviting, listing, terms, uploading, views
from competition.filing.errors import FiledAgain, FilingTermsNeeded, FilingTimeNeeded, NotFiled
from competition.filing.shapes import FilingLine
from competition.lineup.errors import BadCode
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.competition.registry import filing_rows
from tests.competition.registry.filing_rows import HONGHE, MENGDIAN, OPEN_FOR, YUANYANG, county

ENDS = AT + OPEN_FOR


@pytest.fixture
def filed(store: db.Store) -> tuple[Event, str]:
    """红河县 has filed one village, 元阳县 nothing."""
    event = events.begin(store)
    filing_id = filing_rows.enter(event, at=AT)
    uploading.drop_upload(store, county(event), filing_id, at=AT)
    return event, filing_id


def lines(event: Event, at: datetime = AT) -> dict[str, FilingLine]:
    return {one.row["county"]: one for one in views.filings(event.store, event.organizer, at=at)}


def test_no_county_is_invited_without_a_deadline(store: db.Store):
    """And the code must be a county's."""
    event = events.begin(store)
    with pytest.raises(FilingTermsNeeded):
        inviting.invite_counties(store, event.organizer, [HONGHE], at=AT)
    terms.set_filing_terms(store, event.organizer, closes_at="2022-03-28", at=AT)
    with pytest.raises(BadCode):
        inviting.invite_counties(store, event.organizer, [("532529100", "红河县")], at=AT)
    assert terms.terms_as_typed(store, event.organizer) == ("2022-03-28 23:59", "")


@pytest.mark.parametrize("typed", ["", "明天", "2022-02-30 18:00", "2022-03-28 25:00"])
def test_a_deadline_is_a_day_and_a_time(store: db.Store, typed: str):
    event = events.begin(store)
    with pytest.raises(BadFields):
        terms.set_filing_terms(store, event.organizer, closes_at=typed, at=AT)


def test_each_county_has_its_line(filed: tuple[Event, str]):
    """未报, 已报 n, 有误 n; overdue and late ones are named."""
    event, _ = filed
    store, yuanyang = event.store, county(event, YUANYANG[0])
    (theirs,) = views.own_filings(store, yuanyang)
    now = lines(event)
    assert (now["红河县"].state, now["红河县"].count, now["红河县"].incomplete) == ("filed", 1, 1)
    assert (now["元阳县"].state, now["元阳县"].count) == ("draft", 0)
    uploading.keep_upload(store, yuanyang, theirs["id"], "a.xlsx", b"PK", stops=3, at=AT)
    assert (lines(event)["元阳县"].state, lines(event)["元阳县"].stops) == ("faulty", 3)
    after = lines(event, at=ENDS)
    assert (after["元阳县"].is_overdue, after["红河县"].is_overdue) == (True, False)
    assert not after["红河县"].is_late


def test_a_nudge_is_on_record(filed: tuple[Event, str]):
    event, filing_id = filed
    for _ in range(2):
        answering.nudge_county(event.store, event.organizer, filing_id, at=AT)
    assert lines(event)["红河县"].row["nudges"] == 2
    newest = log.log(event.store, event.organizer)[0]
    assert (newest["kind"], newest["titles"]) == ("county_nudged", ["红河县"])


def test_a_list_is_returned_with_a_reason_and_filed_again(filed: tuple[Event, str]):
    """The reason and the entrants it is about are the county's to see; mended, it waits again."""
    event, filing_id = filed
    store, organizer, who = event.store, event.organizer, county(event)
    (entrant,) = views.own_filing(store, who, filing_id, at=AT).listed
    with pytest.raises(ReasonNeeded):
        answering.return_filing(store, organizer, filing_id, version=1, reason=" ", at=AT)
    answering.return_filing(
        store, organizer, filing_id, version=1, reason="缺农田图层", entrant_ids=[entrant.id], at=AT
    )
    view = views.own_filing(store, who, filing_id, at=AT)
    assert (view.row["state"], view.row["returned_reason"]) == ("returned", "缺农田图层")
    assert view.listed[0].is_returned
    assert (view.history[0].kind, view.history[0].reason) == ("filing_returned", "缺农田图层")
    with pytest.raises(NotFiled):
        answering.return_filing(store, organizer, filing_id, version=1, reason="再退", at=AT)
    listing.put_filed_entrant(store, who, filing_id, MENGDIAN, entrant_id=entrant.id, at=AT)
    assert not views.own_filing(store, who, filing_id, at=AT).listed[0].is_returned
    handing_in.file_list(store, who, filing_id, at=AT)
    assert lines(event)["红河县"].state == "filed"
    assert not verify(store)


def test_after_the_deadline_a_return_gives_the_county_time(filed: tuple[Event, str]):
    """Otherwise it could mend nothing; what it files then is named late."""
    event, filing_id = filed
    store, organizer, who = event.store, event.organizer, county(event)
    after = ENDS + timedelta(hours=1)
    for until in ("", "2022-03-28 09:30"):
        with pytest.raises(FilingTimeNeeded):
            answering.return_filing(
                store, organizer, filing_id, version=1, reason="缺图", until=until, at=after
            )
    answering.return_filing(
        store, organizer, filing_id, version=1, reason="缺图", until="2022-03-30 18:00", at=after
    )
    handing_in.file_list(store, who, filing_id, at=after)
    assert lines(event, at=after)["红河县"].is_late
    (theirs,) = views.own_filings(store, county(event, YUANYANG[0]))
    assert not views.own_filing(store, county(event, YUANYANG[0]), theirs["id"], at=after).is_open


def test_a_list_filed_again_is_not_answered_unseen(filed: tuple[Event, str]):
    """The organizer looked at version 1; version 2 may be another list."""
    event, filing_id = filed
    store, organizer = event.store, event.organizer
    handing_in.file_list(store, county(event), filing_id, at=AT)
    with pytest.raises(FiledAgain):
        answering.return_filing(store, organizer, filing_id, version=1, reason="缺图", at=AT)
    with pytest.raises(FiledAgain):
        answering.accept_filing(store, organizer, filing_id, "x", version=1, at=AT)


def test_a_return_names_entrants_of_this_list_only(filed: tuple[Event, str]):
    event, filing_id = filed
    with pytest.raises(Missing):
        answering.return_filing(
            event.store, event.organizer, filing_id, version=1, reason="缺图",
            entrant_ids=["another"], at=AT,
        )  # fmt: skip
    with pytest.raises(Missing):
        answering.accept_filing(
            event.store, event.organizer, filing_id, "no-import", version=1, at=AT
        )
