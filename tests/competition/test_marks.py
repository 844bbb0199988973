"""Marks as they are typed: read as meant, or refused with nothing written."""

import unicodedata

import pytest

import db
from competition import fields
from competition.errors import MarkNotANumber, MarkOffStep, MarkOutOfRange, Missing
from competition.lineup.errors import NotAssigned, Recused
from competition.marks import own_work
from competition.marks.errors import SheetIncomplete, StaleMark, Withdrawn
from competition.marks.sheets import MarkChange
from competition.saying import sentence
from competition.stage import moves
from tests.competition import event as events
from tests.competition.event import AT, Event

CRITERION = {"name": "规划", "maximum": 25000, "step": 500}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("9.5", 9500),
        ("9,5", 9500),
        ("９．５", 9500),
        ("９，５", 9500),
        ("9。5", 9500),
        (" 12 ", 12000),
        ("０", 0),
        ("25", 25000),
        ("25.000", 25000),
        ("007", 7000),
        (".5", 500),
        ("7.", 7000),
        ("-0", 0),
    ],
)
def test_what_is_meant_is_read(typed: str, value: int):
    """Full-width digits, a comma for a point, blanks around."""
    assert fields.parse_mark(typed, CRITERION) == value


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", MarkNotANumber),
        ("  ", MarkNotANumber),
        ("abc", MarkNotANumber),
        ("9.5.5", MarkNotANumber),
        ("9 5", MarkNotANumber),
        ("+9", MarkNotANumber),
        ("1e1", MarkNotANumber),
        ("0x10", MarkNotANumber),
        ("NaN", MarkNotANumber),
        ("inf", MarkNotANumber),
        ("-inf", MarkNotANumber),
        ("--5", MarkNotANumber),
        ("1_0", MarkNotANumber),
        ("九", MarkNotANumber),
        ("½", MarkNotANumber),
        ("5²", MarkNotANumber),
        ("٩", MarkNotANumber),
        ("9" * 100_000, MarkNotANumber),
        ("\ud800", MarkNotANumber),
        ("<script>", MarkNotANumber),
        ("25.5", MarkOutOfRange),
        ("101", MarkOutOfRange),
        ("999999999999999", MarkOutOfRange),
        ("-1", MarkOutOfRange),
        ("−0.5", MarkOutOfRange),
        ("－5", MarkOutOfRange),
        ("25.000000001", MarkOutOfRange),
        ("9.3", MarkOffStep),
        ("9.5001", MarkOffStep),
        ("0.000000001", MarkOffStep),
    ],
)
def test_what_is_not_a_mark_is_refused(typed: str, error: type[Exception]):
    """The refusal names the criterion and what was typed, and can be said in both languages."""
    with pytest.raises(error) as refused:
        fields.parse_mark(typed, CRITERION)
    assert refused.value.values["criterion"] == "规划"
    assert len(refused.value.values["mark"]) <= 20
    for lang in ("zh", "en"):
        assert sentence(refused.value, lang).encode()


def test_one_thousand_with_a_comma_is_not_one(event: Event):
    """A comma is the decimal sign here: 1,000 is read as 1.000, which the echo shows."""
    assert fields.parse_mark("1,000", CRITERION) == 1000


def written(store: db.Store) -> tuple[int, int]:
    with store.reading() as tx:
        return tx.value("SELECT count(*) FROM marks"), tx.value("SELECT max(seq) FROM events")


@pytest.mark.parametrize(
    ("value", "error"), [(101000, MarkOutOfRange), (-1, MarkOutOfRange), (9250, MarkOffStep)]
)
def test_a_mark_in_thousandths_is_of_its_criterion(value: int, error: type[Exception]):
    """What a tablet sends is checked like what is typed, and named in points."""
    with pytest.raises(error) as refused:
        fields.check_mark(value, CRITERION)
    assert float(refused.value.values["mark"]) * 1000 == value


@pytest.mark.parametrize("value", ["101", "9.25", "-1"])
def test_a_bad_mark_writes_nothing(event: Event, value: str):
    """Nor an event."""
    before = written(event.store)
    with pytest.raises((MarkOutOfRange, MarkOffStep)):
        event.record(1, 1, event.change(0, value))
    assert written(event.store) == before


def test_the_echo_is_what_is_stored(event: Event):
    """Saved n of n comes from here and from nowhere else."""
    echo = event.record(1, 1, event.change(0, "9.5", client_id="a"))
    mark = echo["marks"][event.criteria[0]]
    assert (mark["value"], mark["rev"], mark["id"]) == (9500, 1, "a")
    assert (echo["saved"], echo["of"], echo["rev"], echo["state"]) == (1, 2, 1, "draft")
    held = own_work.own_sheet(
        event.store, event.visitor(1), event.round_id, event.entrants[1], at=AT
    )
    assert {name: echo[name] for name in held} == held


def test_an_older_page_does_not_overwrite_a_newer_mark(event: Event):
    """The second tab reads so; the newer value stays."""
    event.record(1, 1, event.change(0, "50"))
    event.record(1, 1, event.change(0, "51", rev=1))
    before = written(event.store)
    for rev in (0, 1, 3):
        with pytest.raises(StaleMark):
            event.record(1, 1, event.change(0, "52", rev=rev, client_id=f"tab-{rev}"))
    assert written(event.store) == before


def test_the_same_tap_sent_twice_is_one_change(event: Event):
    """A lost answer is asked for again; nothing is doubled, and the echo is the same."""
    change = event.change(0, "50", client_id="tap")
    first = event.record(1, 1, change)
    before = written(event.store)
    assert event.record(1, 1, change) == first
    assert event.record(1, 1, change, change)["marks"] == first["marks"]
    assert written(event.store) == before


def test_the_same_tap_twice_in_one_request_is_one_change(event: Event):
    """Also when both arrive together, the first time."""
    change = event.change(0, "50", client_id="tap")
    assert event.record(1, 1, change, change)["rev"] == 1


def test_a_tap_overtaken_by_a_later_one_is_not_done_again(event: Event):
    """Sent once more after a lost answer, it changes nothing; the echo shows the later mark."""
    first = event.change(0, "50", client_id="one")
    event.record(1, 1, first)
    held = event.record(1, 1, event.change(0, "51", rev=1, client_id="two"))["marks"]
    before = written(event.store)
    assert event.record(1, 1, first)["marks"] == held
    assert written(event.store) == before


def test_a_mark_can_be_taken_back_before_submitting(event: Event):
    """Cleared is blank, not zero; the sheet is then incomplete."""
    event.record(1, 1, event.change(0, "50"), event.change(1, "30"))
    echo = event.record(1, 1, event.change(0, None, rev=1))
    assert (echo["marks"][event.criteria[0]]["value"], echo["saved"]) == (None, 1)
    with pytest.raises(SheetIncomplete) as refused:
        event.submit(1, 1)
    assert refused.value.values == {"count": 1}


def test_a_zero_is_a_mark_and_a_blank_is_none(event: Event):
    """Nought out of forty is complete; nothing is not."""
    assert event.record(1, 1, event.change(0, "0"), event.change(1, "0"))["saved"] == 2
    assert event.submit(1, 1)["state"] == "submitted"


def test_an_incomplete_sheet_is_kept_and_not_submitted(event: Event):
    """However often it is tried."""
    with pytest.raises(SheetIncomplete):
        event.submit(1, 1)
    event.record(1, 1, event.change(0, "50"))
    with pytest.raises(SheetIncomplete):
        event.submit(1, 1)
    assert written(event.store)[0] == 1


def test_who_does_not_mark_this_entrant_is_refused(event: Event):
    """Another session's judge, a recused one: each in its own words."""
    before = written(event.store)
    for judge, entrant, error in ((6, 1, NotAssigned), (3, 2, Recused)):
        with pytest.raises(error) as refused:
            event.record(judge, entrant, event.change(0, "50"))
        assert type(refused.value) is error
    assert written(event.store) == before


def test_a_withdrawn_entrant_takes_no_marks(event: Event):
    """Those given before stay stored, and do not count."""
    event.fill_all()
    moves.move_stage(
        event.store,
        event.organizer,
        event.round_id,
        event.entrants[5],
        "withdrawn",
        at=AT,
        reason="x",
    )
    with pytest.raises(Withdrawn):
        event.record(2, 5, event.change(0, "50", rev=1, client_id="late"))
    event.close()
    line = next(line for line in event.standing().lines if line.number == 5)
    assert (line.rank, line.selected) == (None, False)


def test_a_criterion_of_another_round_is_unknown(store: db.Store):
    """An id is looked up in the round's own rubric."""
    event, other = events.opened(store), events.opened(store, title="另一场")
    before = written(store)
    with pytest.raises(Missing):
        event.record(1, 1, MarkChange(other.criteria[0], 1000, "x"))
    assert written(store) == before


def test_all_digits_of_the_world_are_either_read_or_refused():
    """No digit is silently read as another number."""
    for code in range(0x110000):
        character = chr(code)
        if unicodedata.category(character) not in ("Nd", "No", "Nl"):
            continue
        try:
            value = fields.parse_mark(character, CRITERION)
        except MarkNotANumber:
            continue
        assert value == int(unicodedata.normalize("NFKC", character)) * 1000
        assert unicodedata.name(character).startswith(("DIGIT", "FULLWIDTH DIGIT"))
