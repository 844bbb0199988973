"""The judges report: by number, after closing; names only in the log's sight."""

import math
import sqlite3

import pytest

from competition import log
from competition.errors import Forbidden, NotNow
from competition.results import judges_report
from tests.competition.event import Event
from tests.opening import Sample
from tests.organizers.acting import close, events, now


def report(sample: Sample, role: str = "organizer") -> judges_report.JudgesReport:
    return judges_report.judges_report(sample.store, sample.who(role), sample.round_id, at=now())


def test_judges_stand_from_severe_to_lenient(sample: Sample):
    """By severity; the interval holds it; severities average to nothing over judges."""
    close(sample)
    lines = report(sample, "supervisor").lines
    assert sorted(line.seat for line in lines) == list(range(1, 16))
    severities = [line.severity for line in lines]
    assert severities == sorted(severities)
    assert abs(sum(severities)) < 1e-9
    assert all(line.low < line.severity < line.high for line in lines)


def test_only_organizer_and_supervisor_and_only_after_closing(sample: Sample):
    """The scorekeeper may read sheets, not judges; nobody may while marking goes on."""
    with pytest.raises(NotNow):
        report(sample)
    close(sample)
    for role in ("scorekeeper", "host", "judge1"):
        with pytest.raises(Forbidden):
            report(sample, role)


def test_a_home_difference_needs_five_entries(sample: Sample):
    """Below five nothing is said; a figure always comes with its interval."""
    close(sample)
    for line in report(sample).lines:
        assert line.home.is_known == (line.home.n >= 5)
        if line.home.is_known:
            assert line.home.low < line.home.difference < line.home.high


def test_a_judge_who_favours_home_is_seen(sample: Sample):
    """Twelve of a county, each marked five points higher by one judge from there."""
    close(sample)
    judge = sample.entered.judges[1]
    raw = sqlite3.connect(sample.path)
    raw.execute("DROP TRIGGER IF EXISTS marks_changed")
    raw.execute("UPDATE people SET native_county = '样县' WHERE id = ?", (judge,))
    raw.execute(
        """UPDATE entrants SET county = '样县' WHERE id IN (
            SELECT entrant_id FROM sheets WHERE person_id = ? AND state = 'submitted'
            ORDER BY entrant_id LIMIT 12)""",
        (judge,),
    )
    raw.execute(
        """UPDATE marks SET value = value - 2000 WHERE sheet_id IN (
            SELECT s.id FROM sheets s JOIN entrants e ON e.id = s.entrant_id
            WHERE s.person_id = ? AND e.county <> '样县') AND value > 4000""",
        (judge,),
    )
    raw.commit()
    raw.close()
    line = next(line for line in report(sample).lines if line.seat == 1)
    assert line.home.kind == "native"
    assert line.home.n == 12
    assert line.home.low > 0


def test_leaving_out_names_who_would_change(sample: Sample):
    """As many gain as lose, and none of them twice."""
    close(sample)
    for line in report(sample).lines:
        assert line.seats is not None
        assert len(line.gained) == len(line.lost) == line.seats
        assert not {one.entrant_id for one in line.gained} & {one.entrant_id for one in line.lost}


def test_too_few_sheets_say_nothing(event: Event):
    """A judge with a single sheet has no severity: blank, last in the list, no zero."""
    event.fill_all(but=[(1, 2), (1, 3)])
    event.close(reason="离席")
    lines = judges_report.judges_report(
        event.store, event.organizer, event.round_id, at=now()
    ).lines
    assert lines[-1].seat == 1
    assert math.isnan(lines[-1].severity)


def test_names_are_given_and_the_asking_is_in_the_log(sample: Sample):
    """One event each time, by whoever asked, readable by organizers and supervisor."""
    close(sample)
    before = len(events(sample))
    names = judges_report.reveal_judges(
        sample.store, sample.who("supervisor"), sample.round_id, at=now()
    )
    assert sorted(names) == list(range(1, 16))
    assert events(sample)[before:] == ["judges_revealed"]
    newest = log.log(sample.store, sample.who("organizer"), limit=1)[0]
    assert (newest["kind"], newest["actor"]) == ("judges_revealed", "陈刚")


def test_nothing_in_a_report_is_a_name(sample: Sample):
    """Lines hold seats, figures and why a comparison fails: who passes one on passes no name."""
    close(sample)
    texts = {
        value
        for line in report(sample).lines
        for value in vars(line).values()
        if isinstance(value, str)
    }
    assert texts <= {"", "disconnected", "too_few_to_trim"}
