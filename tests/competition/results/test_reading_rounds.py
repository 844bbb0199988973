"""The second reading on tablets: its readers mark on pads, blind; the sheets join the round."""

from dataclasses import replace

import pytest

import db
from competition.corrections.facts import What
from competition.errors import BadFields, Forbidden, NeverInReading, Refused
from competition.lineup import panel
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.people import people
from competition.results import certification, readings, standings
from competition.results.errors import NoReadingRuns, NoSecondReading, ReadingRuns
from competition.results.reading_rounds import open_reading, take_readings
from competition.results.rechecking import recomputing
from competition.results.second_reading import SecondReading, second_reading
from competition.rights import require_act
from competition.rounds import rounds
from competition.rounds.errors import OpenSheets
from competition.rounds.rounds import rounds_of
from competition.sign_ins import visitor_of
from competition.stage.pad_work import pad_work
from competition.visitor import Visitor
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.corrections.cases import ask, confirm
from tests.competition.event import AT, Event, later
from tests.competition.results.test_readings import BASE, JURY

NAMES = ("甲", "乙")


def to_be_read(store: db.Store) -> Event:
    """A closed round whose zone, entrants 2 and 3, is to be read; two people from outside."""
    event = events.draft(store, rules=JURY)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(base=BASE)
    event.close()
    for name in NAMES:
        event.people[name] = people.add_person(store, event.organizer, name=f"复评·{name}", at=AT)
    return event


BEGINNINGS = {"jury": to_be_read}


@pytest.fixture
def jury(begun: Begun) -> Event:
    """A closed round whose zone, entrants 2 and 3, is to be read; two people from outside."""
    return begun[1]


def begin(event: Event, *names: str) -> str:
    chosen = [event.people[name] for name in names or NAMES]
    return open_reading(event.store, event.organizer, event.round_id, chosen, at=later(1))


def take(event: Event) -> int:
    return take_readings(event.store, event.organizer, event.round_id, at=later(9))


def reader(event: Event, name: str) -> Visitor:
    with event.store.reading() as tx:
        return visitor_of(tx, event.people[name])


def shown(event: Event) -> SecondReading:
    return second_reading(event.store, event.organizer, event.round_id)


def mark(event: Event, reading: str, name: str, number: int, first: int) -> None:
    """A reader marks an entrant on the pad and submits the sheet."""
    who, store = reader(event, name), event.store
    with store.reading() as tx:
        keys = [row["id"] for row in db.rounds.criteria(tx, reading)]
    values = dict(zip(keys, (first * 1000, 30000), strict=True))
    taps = [
        MarkChange(key, value, f"{name}-{number}-{key[:8]}", 0) for key, value in values.items()
    ]
    pair = {"round_id": reading, "entrant_id": event.entrants[number]}
    pad_marks.record_marks(store, who, **pair, changes=taps, at=later(2))
    change_id = f"submit-{name}-{number}"
    pad_marks.submit_sheet(store, who, **pair, change_id=change_id, seen=values, at=later(3))


def read_all(event: Event, reading: str, *names: str) -> None:
    for name in names or NAMES:
        mark(event, reading, name, 2, 40)
        mark(event, reading, name, 3, 42)


def confirm_all(event: Event) -> None:
    for one in shown(event).entered:
        readings.confirm_reading(event.store, event.visitor("supervisor"), one.id, at=later(10))


def test_the_readers_sheets_join_the_first_marks_and_decide(jury: Event):
    """As typed from paper: the same pooled figures, the certificate and the replay with them."""
    reading = begin(jury)
    read_all(jury, reading)
    assert take(jury) == 4
    assert {one.state for one in shown(jury).entered} == {"waiting"}
    confirm_all(jury)
    assert jury.standing().awaiting == ()
    chosen = {line.number: line.decided_by for line in jury.standing().lines if line.selected}
    assert chosen == {1: "official", 3: "reading"}
    jury.certify(at=later(20))
    content = certification.certified(jury.store, jury.organizer, jury.round_id)["content"]
    assert len(content["readings"]) == 2 * 2 * 2
    assert verify(jury.store, visit=recomputing(jury.store)) == []


def test_a_readers_pad_holds_the_zone_and_no_score(jury: Event):
    """Two blank sheets; the reader sees no standing, of neither round."""
    reading = begin(jury)
    who = reader(jury, "甲")
    work = pad_work(jury.store, who, at=later(2))
    assert work["round"] == reading
    assert [sheet["entrant"]["number"] for sheet in work["sheets"]] == [2, 3]
    assert all(not sheet["echo"]["marks"] for sheet in work["sheets"])
    for round_id in (reading, jury.round_id):
        with pytest.raises(Forbidden):
            standings.standings(jury.store, who, round_id, at=later(2))


def test_one_reader_sees_nothing_of_the_other(jury: Event):
    """甲 has submitted; 乙's pad is as it was."""
    reading = begin(jury)
    before = pad_work(jury.store, reader(jury, "乙"), at=later(4))["sheets"]
    mark(jury, reading, "甲", 2, 40)
    assert pad_work(jury.store, reader(jury, "乙"), at=later(4))["sheets"] == before


def test_the_reserve_may_read_what_it_has_not_marked(jury: Event):
    """Judge 6 heard session 2 only; judge 1 has marked both and is refused by name."""
    jury.people["六"], jury.people["一"] = jury.judges[6], jury.judges[1]
    with pytest.raises(BadFields) as refused:
        begin(jury, "六", "一")
    assert refused.value.problems["readers"].code == "reader_has_marked"
    reading = begin(jury, "六")
    read_all(jury, reading, "六")
    assert take(jury) == 2


@pytest.mark.parametrize("name", ["supervisor", "host", "organizer"])
def test_who_sees_scores_reads_nothing(jury: Event, name: str):
    with pytest.raises(BadFields) as refused:
        begin(jury, name)
    assert refused.value.problems["readers"].code == "reader_sees_scores"


def test_without_a_reader_nothing_is_opened(jury: Event):
    with pytest.raises(BadFields):
        open_reading(jury.store, jury.organizer, jury.round_id, [], at=later(1))
    assert shown(jury).tablets is None


def test_sheets_are_taken_once_all_are_in(jury: Event):
    """A missing one is named; recorded absent, its reader's other sheet does not count either."""
    reading = begin(jury)
    read_all(jury, reading, "甲")
    mark(jury, reading, "乙", 2, 40)
    with pytest.raises(OpenSheets) as refused:
        take(jury)
    assert refused.value.values["count"] == 1
    assert shown(jury).entered == ()
    absent = (jury.store, jury.organizer, reading, jury.entrants[3], jury.people["乙"])
    panel.mark_absent(*absent, reason="身体不适", at=later(4))
    assert take(jury) == 2
    assert {one.reader for one in shown(jury).entered} == {"复评·甲"}


def test_once_taken_it_is_over(jury: Event):
    """A late tap of a reader changes nothing; a second taking finds nothing."""
    reading = begin(jury)
    read_all(jury, reading)
    take(jury)
    with pytest.raises(NoReadingRuns):
        take(jury)
    with pytest.raises(Refused):
        mark(jury, reading, "甲", 2, 45)
    assert verify(jury.store) == []


def test_a_second_reading_is_open_once(jury: Event):
    begin(jury)
    with pytest.raises(ReadingRuns):
        begin(jury)


def test_rules_without_a_second_reading_have_none(closed: Event):
    with pytest.raises(NoSecondReading):
        open_reading(
            closed.store, closed.organizer, closed.round_id, [closed.judges[1]], at=later(1)
        )


@pytest.mark.parametrize("act", ["close_round", "certify", "copy_round", "release_score"])
def test_it_has_no_result_of_its_own(jury: Event, act: str):
    """Neither closed, certified nor announced like a round; it has no standing."""
    reading = begin(jury)
    with jury.store.reading() as tx, pytest.raises(NeverInReading):
        require_act(tx, jury.organizer, act, reading)
    with pytest.raises(NeverInReading):
        standings.standings(jury.store, jury.organizer, reading, at=later(2))


def test_the_zone_is_frozen_and_a_later_correction_is_said(jury: Event):
    """Entrant 2's marks are corrected: the zone of now is another than the one that is read."""
    reading = begin(jury)
    assert shown(jury).has_moved is False
    mark_of = {jury.criteria[0]: 20000}
    about: What = {"entrant": jury.entrants[2], "judge": jury.judges[1], "marks": mark_of}
    confirm(jury, ask(jury, "mark", about, reason="纸质底稿"))
    found = shown(jury)
    assert found.has_moved is True
    assert found.tablets is not None
    assert len(found.tablets.zone) == 2
    assert found.tablets.round_id == reading


def test_it_is_listed_while_it_runs(jury: Event):
    """For the organizers, who follow who has submitted; then no more."""
    titles = [row["title"] for row in rounds_of(jury.store, jury.organizer)]
    reading = begin(jury)
    now = [row["title"] for row in rounds_of(jury.store, jury.organizer)]
    assert len(now) == len(titles) + 1
    read_all(jury, reading)
    take(jury)
    assert [row["title"] for row in rounds_of(jury.store, jury.organizer)] == titles


def test_another_countys_person_is_no_reader(jury: Event):
    """An id that is not of this competition."""
    with pytest.raises(Refused):
        open_reading(jury.store, jury.organizer, jury.round_id, ["nobody"], at=later(1))


def test_recused_readers_are_refused(store: db.Store):
    """Someone who works in the county of an entrant of the zone."""
    event = events.draft(store, rules=replace(JURY, recusal_level="county"))
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(base=BASE)
    event.close()
    event.people["近"] = people.add_person(
        store, event.organizer, name="复评·近", county=events.COUNTIES[1], at=AT
    )
    with pytest.raises(BadFields) as refused:
        begin(event, "近")
    assert refused.value.problems["readers"].code == "reader_recused"
