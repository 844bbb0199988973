"""The standing: one for each event number, computed once, and whoever looks is noted."""

import threading
from datetime import datetime

import pytest

import db
from competition import log
from competition.people import links, people
from competition.results import standings
from competition.results.errors import NoCommonRanking, NothingToRank
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from organizers.results.standing_rows import table_rows
from organizers.results.standings.claims import meanings
from scoring import Rules
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from words import t


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The event numbers at which a standing was really computed."""
    numbers: list[int] = []
    compute = standings._compute

    def counting(tx, store, row, seq):
        numbers.append(seq)
        return compute(tx, store, row, seq)

    monkeypatch.setattr(standings, "_compute", counting)
    return numbers


def test_a_standing_is_computed_once_for_a_number(closed: Event, computed: list[int]):
    """However often and by whomever it is asked for."""
    first = closed.standing()
    assert closed.standing() is first
    supervisor = closed.visitor("supervisor")
    assert standings.standings(closed.store, supervisor, closed.round_id, at=AT) is first
    assert computed == [first.seq]


def test_ten_at_once_compute_it_once(closed: Event, computed: list[int]):
    """Single flight: the others wait for the one."""
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(closed.standing())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(computed) == 1
    assert len({id(one) for one in found}) == 1


def test_a_new_event_makes_it_new(event: Event, computed: list[int]):
    """Of the round or of the whole competition; one of another competition does not."""
    event.fill(1, 1, ("50", "30"))
    first = event.standing()
    event.fill(2, 1, ("50", "30"))
    second = event.standing()
    people.add_person(event.store, event.organizer, name="某人", at=AT)
    third = event.standing()
    assert first.seq < second.seq < third.seq
    events.begin(event.store, title="另一场")
    assert event.standing() is third
    assert len(computed) == 3


def test_what_is_rolled_back_is_not_remembered(event: Event):
    """A standing computed inside an act that fails is nobody's standing."""
    event.fill_all()
    before = event.standing()

    def act() -> None:
        with event.store.writing():
            event.fill(events.RESERVE, 1, ("0", "0"))
            event.record(2, 1, event.change(0, "0", rev=1, client_id="gone"))
            assert event.standing().lines != before.lines
            raise KeyError

    with pytest.raises(KeyError):
        act()
    event.fill(events.RESERVE, 2, ("0", "0"))
    assert [line.official for line in event.standing().lines] == [
        line.official for line in before.lines
    ]


def views(event: Event) -> list[dict]:
    return log.views_of(event.store, event.visitor("supervisor"), event.round_id)


def test_each_view_before_the_certificate_is_noted_once(closed: Event):
    """Per person and state of the standing; the supervisor sees who, what and when."""
    for seconds in (0, 1, 2):
        closed.standing(at=later(seconds))
    standings.standings(closed.store, closed.visitor("scorekeeper"), closed.round_id, at=later(3))
    assert sorted((view["name"], view["at"]) for view in views(closed)) == [
        ("scorekeeper·李", "2022-03-18T01:00:03.000Z"),
        ("赛务·杨一", "2022-03-18T01:00:00.000Z"),
    ]


def test_after_the_certificate_views_are_not_noted(closed: Event):
    """There is nothing left to leak."""
    closed.certify()
    before = len(views(closed))
    closed.standing(at=later(9))
    assert len(views(closed)) == before


def test_looking_records_no_event(closed: Event):
    """A look does not make the standing new: else two watchers would chase each other."""
    seq = closed.standing().seq
    standings.standings(closed.store, closed.visitor("supervisor"), closed.round_id, at=AT)
    assert closed.standing().seq == seq


def test_without_a_sheet_there_is_nothing_to_rank(event: Event):
    """In words."""
    with pytest.raises(NothingToRank):
        event.standing()


def test_panels_that_share_no_judge_have_no_common_ranking(event: Event):
    """Judge 1 hears session 1 only and judge 6 session 2 only: named by their numbers."""
    for entrant in (1, 2, 3):
        event.fill(1, entrant, ("50", "30"))
    for entrant in (4, 5):
        event.fill(6, entrant, ("40", "30"))
    with pytest.raises(NoCommonRanking) as refused:
        event.standing()
    assert refused.value.values == {"groups": "1, 2, 3 | 4, 5"}


def test_incomplete_and_open_sheets_do_not_count(event: Event):
    """Only what was submitted, of those expected."""
    event.fill_all(but=[(2, 1)])
    before = event.standing()
    event.record(2, 1, event.change(0, "1"))
    after = event.standing()
    assert [line.official for line in after.lines] == [line.official for line in before.lines]
    assert after.missing == before.missing == 1


def test_the_order_of_submission_changes_nothing(store: db.Store):
    """The same marks, entered the other way round."""
    one, two = events.opened(store), events.opened(store, title="另一场")
    one.fill_all()
    for judge, entrant in reversed(two.pairs()):
        two.fill(judge, entrant, (f"{56 - 3 * entrant}", f"{30 + judge / 10:.1f}"))
    assert [(line.number, line.official, line.rank) for line in one.standing().lines] == [
        (line.number, line.official, line.rank) for line in two.standing().lines
    ]


HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "'); DROP TABLE people; --",
    "%s {name} {0}",
    "👩‍🌾🏞️",
    "a\nb\r\nc\td",
    "x" * 5000,
    "\u202egnp.exe",
    "ﬀ̈́ é\u0301",
    "\x00\x1b[31m",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_and_nothing_else(event: Event, name: str):
    """Stored on one line, of bounded length, found again; nothing of it is executed."""
    person = people.add_person(event.store, event.organizer, name=f"评{name}", unit=name, at=AT)
    found = next(
        row for row in people.all_people(event.store, event.organizer) if row["id"] == person
    )
    for text in (found["name"], found["unit"]):
        assert len(text) <= 200
        assert not set(text) & set("\n\r\t\x00\x1b\u202e")
    assert ("<script>" in name) == ("<script>" in found["name"])
    assert links.make_link(event.store, event.organizer, person, at=AT)
    assert db.Store  # the tables are still there
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM people") > 10


def test_a_time_has_a_zone(event: Event):
    """A local time without one is a fault of the caller, not a time."""
    with pytest.raises(ValueError, match="zone"):
        people.add_person(event.store, event.organizer, name="某人", at=datetime(2022, 3, 18))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("official", "trims"),
    [("trimmed", True), ("least_squares", True), ("mean", False), ("median", False)],
)
def test_too_few_to_trim_matter_only_where_marks_are_dropped(
    store: db.Store, official: str, trims: bool
):
    """Entrant 1 has three sheets, five are needed: a plain mean of them is what was said."""
    scoring = Rules(top=2, official=official, at_cut="exact", draws=9)
    rules = RoundRules(scoring=scoring, recusal_level="none")
    event = events.draft(store, rules=rules)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(but=[(5, 1), (4, 1)])
    found = event.standing()
    assert found.trims is trims
    notes = [row.note for row in table_rows(found, "zh")]
    few = t("organizers.standings.not_comparable", "zh")
    assert (few in notes) is trims
    told = " ".join(meanings("zh", found, with_intervals=False))
    assert (few in told) is trims


def test_too_few_judges_are_named_once_where_every_entrant_has_too_few(store: db.Store):
    """A note on each of 401 rows says nothing: one sentence under the table says it."""
    scoring = Rules(top=2, official="trimmed", at_cut="exact", draws=9)
    rules = RoundRules(scoring=scoring, recusal_level="none")
    event = events.draft(store, rules=rules)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    event.fill_all(but=[pair for pair in event.pairs() if pair[0] in (4, 5)])
    found = event.standing()
    assert not any(line.comparable for line in found.lines if line.counted)
    assert {row.note for row in table_rows(found, "zh")} == {""}
    told = " ".join(meanings("zh", found, with_intervals=False))
    assert t("organizers.standings.not_comparable", "zh") in told
