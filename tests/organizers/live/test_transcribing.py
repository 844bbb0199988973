"""Sheets typed in by two people, changes that wait for a second person, calls from tablets."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.sign_ins import visitor_of
from competition.stage import calls
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import events, has, press, refused
from words import t

PAGE = "organizers/live/collect/transcribing.py"
MARKS = ("20", "12", "12", "8", "12", "8", "8")


def one(sample: Sample, sql: str) -> Any:
    with sample.store.reading() as tx:
        return tx.value(sql, r=sample.round_id)


def submitted(sample: Sample) -> int:
    return int(
        one(sample, "SELECT count(*) FROM sheets WHERE round_id = :r AND state = 'submitted'")
    )


def type_in(at: AppTest, kind: str, marks: tuple[str, ...] = MARKS) -> AppTest:
    """Fill the form of the first open sheet."""
    at.button_group(key="transcribe-kind").set_value(kind).run()
    at.selectbox(key="transcribe-pair").select_index(0).run()
    for field, mark in zip(
        [i for i in at.text_input if str(i.key).startswith("mark-")], marks, strict=True
    ):
        field.input(mark)
    return press(at, "transcribe-enter")


def key_of(at: AppTest, start: str) -> str:
    (found,) = [str(b.key) for b in at.button if str(b.key).startswith(start)]
    return found


def test_what_one_typed_another_reads_back(open_page: Open, sample: Sample):
    """Whoever typed it sees no button to confirm; then the sheet is submitted."""
    before = submitted(sample)
    at = type_in(open_page("scorekeeper", "zh", PAGE), "dictated")
    assert submitted(sample) == before
    assert not any(str(b.key).startswith("confirm-") for b in at.button)
    second = open_page("supervisor", "zh", PAGE)
    assert "12.0" in html(second)
    press(second, key_of(second, "confirm-"))
    assert submitted(sample) == before + 1
    assert events(sample)[-1] == "sheet_transcribed"
    shown = html(open_page("organizer", "zh", "organizers/live/collect/progress.py"))
    assert shown.count(t("came.dictated", "zh")) == 1


def test_paper_is_keyed_twice_and_differences_are_named(open_page: Open, sample: Sample):
    """The first keying is not shown to the second; a difference stops it, naming the criterion."""
    before = submitted(sample)
    type_in(open_page("scorekeeper", "zh", PAGE), "paper")
    second = open_page("organizer", "zh", PAGE)
    shown = re.sub(r"<style.*?</style>", "", html(second), flags=re.DOTALL)
    assert not re.findall(r"\d+\.\d", re.sub(r"<[^>]+>", " ", shown))
    at = type_in(second, "paper", ("20.5", *MARKS[1:]))
    assert refused(at)
    assert submitted(sample) == before
    type_in(open_page("organizer", "zh", PAGE), "paper")
    assert submitted(sample) == before + 1


def test_a_mark_out_of_range_is_refused_and_nothing_is_kept(open_page: Open, sample: Sample):
    """At the form, in words."""
    before = events(sample)
    at = type_in(open_page("organizer", "zh", PAGE), "dictated", ("26", *MARKS[1:]))
    assert refused(at)
    assert events(sample) == before


@pytest.mark.parametrize("lang", BOTH)
def test_a_change_asked_for_is_approved_by_somebody_else(
    open_page: Open, sample: Sample, lang: str
):
    """Old and new stand side by side; the mark is written, the sheet stays locked."""
    with sample.store.reading() as tx:
        row = tx.one(
            """SELECT s.*, m.criterion_id, m.value FROM sheets s JOIN marks m ON m.sheet_id = s.id
            JOIN criteria c ON c.id = m.criterion_id AND c.position = 1
            WHERE s.round_id = :r AND s.state = 'submitted' AND m.value <> 10000
            ORDER BY s.id LIMIT 1""",
            r=sample.round_id,
        )
        judge = visitor_of(tx, row["person_id"])
    pad_marks.record_marks(
        sample.store,
        judge,
        round_id=sample.round_id,
        entrant_id=row["entrant_id"],
        changes=[MarkChange(row["criterion_id"], 10000, "late")],
        at=datetime.now(UTC),
    )
    at = open_page("supervisor", lang, PAGE)
    assert "10.0" in html(at)
    press(at, key_of(at, "change-approve-"))
    with sample.store.reading() as tx:
        mark = tx.one(
            "SELECT * FROM marks WHERE sheet_id = :s AND criterion_id = :c",
            s=row["id"],
            c=row["criterion_id"],
        )
    assert mark["value"] == 10000


def test_a_call_from_a_tablet_is_on_the_desk_until_somebody_went(open_page: Open, sample: Sample):
    """By seat; without a mark."""
    who = sample.who("judge3")
    calls.call_staff(
        sample.store,
        who,
        round_id=sample.round_id,
        call_id="c",
        at=datetime.now(UTC),
    )
    at = open_page("host", "zh", "organizers/live/desk/page.py")
    seat = t("organizers.seat", "zh", number="03")
    assert t("organizers.tablets.call", "zh", seat=seat) in html(at)
    press(at, "came-c")
    assert t("organizers.tablets.call", "zh", seat=seat) not in html(at)
    assert events(sample)[-1] == "call_answered"


def test_a_judge_does_not_get_the_page(open_page: Open):
    """It shows other judges' marks."""
    at = open_page("judge3", "zh", PAGE, title=None)
    assert refused(at)
    assert not has(at, "transcribe-enter")
