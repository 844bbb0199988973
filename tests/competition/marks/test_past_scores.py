"""Scores given elsewhere are entered whole, never over what a judge gave here."""

import pytest

import db
from competition.errors import (
    BadInput,
    Duplicate,
    Forbidden,
    MarkOffStep,
    MarkOutOfRange,
    Missing,
    NotNow,
    ReasonNeeded,
    Refused,
)
from competition.lineup import panel
from competition.lineup.errors import NotAssigned, Recused
from competition.marks import past_scores
from competition.marks.errors import Absent, MarksHere
from competition.marks.past_scores import PastSheet, enter_past_scores
from competition.people import links
from competition.results import standings
from competition.rounds.errors import OpenSheets
from db.invariants import verify
from tests.competition.event import AT, Event


def sheet(event: Event, judge: int, entrant: int, *marks: str) -> PastSheet:
    """A judge's marks in the order of the rubric; fewer make it incomplete."""
    given = dict(zip(event.criteria, marks, strict=False))
    return PastSheet(event.entrants[entrant], event.judges[judge], given)


def enter(event: Event, *sheets: PastSheet, source: str = "初评汇总表.xlsx") -> int:
    """The organizer enters them."""
    return enter_past_scores(
        event.store, event.organizer, event.round_id, sheets, source=source, at=AT
    )


def events(store: db.Store) -> int:
    with store.reading() as tx:
        return int(tx.value("SELECT count(*) FROM events"))


def test_sheets_are_entered_submitted_and_locked_with_one_event(event: Event):
    """The reason says where they come from; the marks say that they were imported."""
    before = events(event.store)
    assert enter(event, sheet(event, 1, 1, "52", "35.5"), sheet(event, 2, 1, "50", "33")) == 4
    assert events(event.store) == before + 1
    with event.store.reading() as tx:
        states = tx.rows("SELECT state, submitted_at, locked_at FROM sheets")
        (last,) = tx.rows("SELECT kind, payload FROM events ORDER BY seq DESC LIMIT 1")
        clients = tx.rows("SELECT client_id FROM marks")
    assert last["kind"] == "past_scores_entered"
    assert "初评汇总表.xlsx" in last["payload"]
    assert {row["state"] for row in states} == {"submitted"}
    assert all(row["locked_at"] == row["submitted_at"] for row in states)
    assert all(row["client_id"].startswith("import-") for row in clients)
    assert verify(event.store) == []


def test_a_round_filled_from_elsewhere_can_be_closed_and_ranked(event: Event):
    """Every pair that is expected has a sheet; the higher marks come first."""
    sheets = [sheet(event, j, e, str(57 - 2 * e), "30") for j, e in event.pairs()]
    enter(event, *sheets)
    event.close()
    lines = standings.standings(event.store, event.organizer, event.round_id, at=AT).lines
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert verify(event.store) == []


def test_an_incomplete_sheet_is_kept_and_wants_a_reason_at_closing(event: Event):
    """No total can be made of it, so it is not submitted and does not count."""
    complete = [sheet(event, j, e, "50", "30") for j, e in event.pairs()[1:]]
    judge, entrant = event.pairs()[0]
    enter(event, *complete, sheet(event, judge, entrant, "50"))
    with pytest.raises(OpenSheets):
        event.close()
    event.close(reason="原始评分表缺一项")
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM marks") == 2 * len(complete) + 1
    assert event.standing().sheets == len(complete)
    assert verify(event.store) == []


@pytest.mark.parametrize(
    ("judge", "entrant", "marks", "refusal"),
    [
        (3, 2, ("50", "30"), Recused),
        (1, 4, ("50", "30"), NotAssigned),
        (5, 1, ("50", "30"), Absent),
        (1, 1, ("60.5", "30"), MarkOutOfRange),
        (1, 1, ("50.25", "30"), MarkOffStep),
        (1, 1, (), Missing),
    ],
)
def test_one_sheet_that_is_refused_keeps_all_out(
    event: Event, judge: int, entrant: int, marks: tuple[str, ...], refusal: type[Refused]
):
    """Recused, absent, not assigned, or a mark that the rubric does not know."""
    pair = (event.round_id, event.entrants[1], event.judges[5])
    panel.mark_absent(event.store, event.organizer, *pair, reason="离席", at=AT)
    before = events(event.store)
    with pytest.raises(refusal):
        enter(event, sheet(event, 2, 1, "50", "30"), sheet(event, judge, entrant, *marks))
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM sheets") == 0
    assert events(event.store) == before


def test_a_sheet_that_exists_is_never_replaced(event: Event):
    """Not even by the same marks."""
    enter(event, sheet(event, 1, 1, "50", "30"))
    with pytest.raises(Duplicate):
        enter(event, sheet(event, 1, 1, "50", "30"))


def test_a_source_is_named_and_something_is_entered(event: Event):
    """An event without a reason would explain nothing; an empty one nothing either."""
    with pytest.raises(ReasonNeeded):
        enter(event, sheet(event, 1, 1, "50", "30"), source=" ")
    with pytest.raises(BadInput):
        enter(event)


def test_only_the_organizer_and_only_while_the_round_is_open(event: Event, store: db.Store):
    """A judge enters marks through their own sheet."""
    given = [sheet(event, 1, 1, "50", "30")]
    for role in ("scorekeeper", "supervisor", 1):
        with pytest.raises(Forbidden):
            past_scores.enter_past_scores(
                store, event.visitor(role), event.round_id, given, source="纸质", at=AT
            )
    event.close(reason="散会")
    with pytest.raises(NotNow):
        enter(event, *given)


def test_nobody_alone_enters_marks_for_a_judge_who_has_come_in(event: Event):
    """Their marks are theirs to give; a paper sheet is typed in by two people."""
    secret = links.make_link(event.store, event.organizer, event.judges[1], at=AT)
    links.open_link(event.store, secret, at=AT, address="")
    with pytest.raises(MarksHere) as refused:
        enter(event, sheet(event, 1, 1, "50", "30"))
    assert refused.value.clears == "transcribe"
