"""运行情况: quiet where all is well, and what to do where it is not."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

import db
from competition.machine import LEAST_SPARE, Machine, Memory, memory
from competition.running import Running, Tablets, running
from competition.stage import beats
from competition.standby.lag import Lag
from competition.standby.sticks import StickState
from competition.visitor import Visitor
from organizers.live.running_lines import NEEDS_CARE, lines
from tests.competition.event import Event, opened
from tests.opening import Open, html
from ui.access import Visit
from ui.unexpected import noted
from ui.watch.beside import Beside
from ui.watch.counts import Counts
from words import LANGS, t

PAGE = "organizers/live/running.py"
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
WELL = Running(
    machine=Machine(50 * 10**9, 0, Memory(300 * 10**6, 4 * 10**9)),
    database=10**7,
    journal=10**6,
    events=100,
    head_age=5.0,
    has_begun=True,
    backup_age=60.0,
    copies=StickState("/media/usb", 20),
    tablets=Tablets(9, 0, 0, 0, 1),
    standby=Lag("online", 0, 0),
)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """No error yet: other tests of the process may have had some."""
    fresh = Counts()
    for module in ("organizers.live.running_lines", "ui.unexpected"):
        monkeypatch.setattr(f"{module}.COUNTS", fresh)
    monkeypatch.setattr("ui.watch.counts.COUNTS", fresh)
    return fresh


def now(store: db.Store, lang: str = "zh") -> Visit:
    """A visit of an organizer's, at a time."""
    return Visit(store, Visitor(), lang, AT, None, (), None)


def test_where_all_is_well_nothing_is_asked_for(store: db.Store, counts: Counts):
    """Every line is said, none with advice."""
    found = lines(now(store), WELL)
    assert len(found) == 8
    assert [line.do for line in found] == [""] * 8
    assert NEEDS_CARE not in {line.state for line in found}


@pytest.mark.parametrize("lang", LANGS)
def test_a_process_that_is_gone_is_named(
    store: db.Store, counts: Counts, monkeypatch: pytest.MonkeyPatch, lang: str
):
    """One alone has no line; two have one, with the memory of both; then one of them ends."""
    beside = Beside()
    monkeypatch.setattr("organizers.live.running_lines.BESIDE", beside)

    def shown() -> tuple[list[str], str]:
        found = lines(now(store, lang), WELL)
        texts = {line.name: line.text for line in found}
        first = t("organizers.running.name.processes", lang)
        memory = texts[t("organizers.running.name.memory", lang)]
        return [line.do for line in found if line.name == first], memory

    assert shown()[0] == []
    beside.hear(store, [200 * 10**6])
    assert (beside.count, shown()[0]) == (2, [""])
    assert "500" in shown()[1]
    beside.hear(store, [])
    assert shown()[0] == [t("organizers.running.do.processes", lang)]


def test_an_error_of_a_contest_is_shown_to_it_by_every_process(store: db.Store):
    """Not to another contest; and the process itself counts its own only."""
    one, other = Counts(), Counts()
    one.failed("1A2B3C4D", "/api/work", "honghe")
    one.failed("5E6F7A8B", "/api/work")
    told = json.loads(json.dumps(one.tell(store)))
    other.hear(store, [told])
    assert (other.errors, other.own_errors) == (2, 0)
    for of, number in (("honghe", "1A2B3C4D"), ("", "5E6F7A8B")):
        assert other.errors_of(of) == 1
        assert [failure.number for failure in other.last_errors(of)] == [number]
    assert other.errors_of("mengzi") == 0


TROUBLES = {
    "backup": {"backup_age": 4000.0},
    "copies": {"copies": StickState("/media/usb", 900)},
    "standby": {"standby": Lag("silent", 3, 9, 40)},
    "tablets": {"tablets": Tablets(8, 1, 0, 0, 1)},
    "disk": {"machine": Machine(10**8, 0)},
    "journal": {"journal": 2 * 10**9},
    "clock": {"machine": Machine(50 * 10**9, 90)},
    "memory": {"machine": Machine(50 * 10**9, 0, Memory(10**9, LEAST_SPARE - 1))},
}


@pytest.mark.parametrize("lang", LANGS)
def test_each_trouble_comes_first_with_what_to_do(store: db.Store, counts: Counts, lang: str):
    """One trouble, one line that asks for care; tablets' clocks accuse the machine's together."""
    for trouble, values in TROUBLES.items():
        found = lines(now(store, lang), WELL.__class__(**{**vars(WELL), **values}))
        assert [line.state == NEEDS_CARE for line in found] == [True, *[False] * 7], trouble
        assert found[0].do == t(f"organizers.running.do.{trouble}", lang)
    for ahead, key in ((120, "clock_ahead"), (-120, "clock_behind")):
        skewed = WELL.__class__(**{**vars(WELL), "tablets": Tablets(9, 0, 0, 0, ahead)})
        assert lines(now(store, lang), skewed)[0].text == t(
            f"organizers.running.{key}", lang, seconds=120
        )


def test_before_a_round_was_opened_no_backup_is_missed(store: db.Store, counts: Counts):
    """An event in preparation is not alarmed."""
    early = WELL.__class__(**{**vars(WELL), "backup_age": None, "has_begun": False})
    assert NEEDS_CARE not in {line.state for line in lines(now(store), early)}


def test_an_error_needs_care_for_an_hour_and_stays_findable(
    open_page: Open, counts: Counts, monkeypatch: pytest.MonkeyPatch
):
    """Its number, as the reader was shown it, stands on the page; its text does not."""
    monkeypatch.setattr("organizers.live.running_lines.RECENT", timedelta(days=365 * 20))
    said = noted(ValueError("secret of 甲"))
    text = unescape(html(open_page("organizer", "zh", PAGE)))
    assert str(said.values["number"]) in text
    assert t("organizers.running.do.errors", "zh") in text
    assert "secret of 甲" not in text


def test_only_this_competition_s_open_tablets_are_counted(store: db.Store):
    """Another competition in the file has its own; fewer than three clocks accuse no server."""
    event, other = opened(store), opened(store, title="另一场")
    beats.forget()

    def beat(of: Event, judge: int, unsent: int, ahead: int) -> None:
        beats.keep_beat(
            store,
            of.round_id,
            of.judges[judge],
            tab="t",
            entrant_id="",
            unsent=unsent,
            at=AT,
            ahead=ahead,
        )

    for judge, ahead in ((1, 2), (2, 700)):
        beat(event, judge, 2, ahead)
    beat(other, 1, 5, 1)
    tablets = running(store, event.organizer, at=AT, now=1.0).tablets
    assert (tablets.online, tablets.unsent, tablets.holding, tablets.ahead) == (2, 4, 2, None)
    beat(event, 3, 0, 3)
    assert running(store, event.organizer, at=AT, now=1.0).tablets.ahead == 3
    beats.forget()


def test_memory_is_what_the_system_says():
    """This process takes more than a megabyte."""
    known = memory()
    assert known is None or (known.used > 10**6 and known.spare > 0)
