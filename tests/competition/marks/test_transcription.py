"""Sheets typed in for a judge: one types and another reads back, or two key the same paper."""

import pytest

from competition.errors import MarkOutOfRange, SecondPersonNeeded, WrongState
from competition.lineup.errors import Recused
from competition.marks import transcription
from competition.marks.errors import SheetIncomplete, TranscriptionDiffers
from competition.marks.own_work import own_work
from competition.marks.progress import progress
from competition.marks.transcription import answer_transcription, transcribe
from competition.results.explaining import explain
from competition.results.presenting import presenter_sheet
from competition.results.standings import standings
from competition.results.typed_in_words import typed_in
from competition.stage.pad_work import pad_work
from db.invariants import verify
from exports.explanation import explanation_paper
from tests.competition.event import AT, Event


def type_in(event: Event, who, *, kind="paper", first="50", judge=1, entrant=1) -> str:
    return transcribe(
        event.store,
        event.visitor(who),
        round_id=event.round_id,
        entrant_id=event.entrants[entrant],
        person_id=event.judges[judge],
        kind=kind,
        values=dict(zip(event.criteria, (first, "30"), strict=True)),
        at=AT,
    )


def marks(event: Event) -> list[int]:
    with event.store.reading() as tx:
        return [row["value"] for row in tx.rows("SELECT value FROM marks ORDER BY rev")]


def listed(event: Event) -> list[dict]:
    return transcription.transcriptions(event.store, event.organizer, event.round_id)


def test_paper_counts_when_a_second_person_keyed_the_same(event: Event):
    """Then the sheet is submitted, and known as entered from paper."""
    assert type_in(event, "organizer") == "typed"
    assert marks(event) == []
    assert type_in(event, "scorekeeper") == "confirmed"
    assert marks(event) == [50000, 30000]
    with event.store.reading() as tx:
        assert tx.value("SELECT state FROM sheets") == "submitted"
    assert {row["state"] for row in listed(event)} == {"confirmed"}
    assert verify(event.store) == []


def test_paper_keyed_differently_is_refused_and_names_the_criteria(event: Event):
    """The second keying is not kept: both look at the paper again."""
    type_in(event, "organizer")
    with pytest.raises(TranscriptionDiffers) as refused:
        type_in(event, "scorekeeper", first="49.5")
    assert refused.value.values["criteria"] == ["规划实用性"]
    assert marks(event) == []
    assert len(listed(event)) == 1


def test_one_person_cannot_key_twice(event: Event):
    """Two people, two pairs of eyes."""
    type_in(event, "organizer")
    with pytest.raises(SecondPersonNeeded):
        type_in(event, "organizer")


def test_what_was_dictated_is_read_back_by_another(event: Event):
    """Whoever typed it cannot confirm it."""
    type_in(event, "scorekeeper", kind="dictated")
    (row,) = listed(event)
    with pytest.raises(SecondPersonNeeded):
        answer_transcription(
            event.store, event.visitor("scorekeeper"), row["id"], approve=True, at=AT
        )
    answer_transcription(event.store, event.visitor("supervisor"), row["id"], approve=True, at=AT)
    assert marks(event) == [50000, 30000]
    with pytest.raises(WrongState):
        answer_transcription(event.store, event.organizer, row["id"], approve=False, at=AT)


def test_a_wrong_keying_is_refused_and_keyed_again(event: Event):
    """By anybody who may answer, the typist too."""
    type_in(event, "organizer", first="5")
    (row,) = listed(event)
    answer_transcription(event.store, event.organizer, row["id"], approve=False, at=AT)
    type_in(event, "organizer")
    assert type_in(event, "scorekeeper") == "confirmed"


def test_paper_is_never_confirmed_without_keying_it(event: Event):
    """Reading back is for what was dictated."""
    type_in(event, "organizer")
    (row,) = listed(event)
    with pytest.raises(SecondPersonNeeded):
        answer_transcription(
            event.store, event.visitor("supervisor"), row["id"], approve=True, at=AT
        )


def test_marks_begun_on_the_tablet_are_replaced(event: Event):
    """It broke down in the middle; the judge says all of them again."""
    event.record(1, 1, event.change(0, "40"))
    type_in(event, "scorekeeper", kind="dictated")
    (row,) = listed(event)
    answer_transcription(event.store, event.visitor("supervisor"), row["id"], approve=True, at=AT)
    assert marks(event) == [50000, 30000]
    assert verify(event.store) == []


def test_a_sheet_is_typed_whole_and_within_its_maxima(event: Event):
    """As on a tablet; and nobody types for a judge who is recused."""
    with pytest.raises(MarkOutOfRange):
        type_in(event, "organizer", first="61")
    with pytest.raises(SheetIncomplete):
        type_in(event, "organizer", first=" ")
    with pytest.raises(Recused):
        type_in(event, "organizer", judge=3, entrant=2)
    assert listed(event) == []


def typed_from_paper(event: Event) -> None:
    """Judge 1's sheet of entrant 1 from paper; every other sheet on a tablet; closed."""
    type_in(event, "organizer")
    type_in(event, "scorekeeper")
    event.fill_all(but=[(1, 1)])
    event.close()


def test_what_was_typed_in_is_marked_on_the_judges_own_sheets(event: Event):
    """From the second keying on, and on that sheet alone."""

    def came() -> list[str]:
        work = own_work(event.store, event.visitor(1), event.round_id, at=AT)
        return [row["came"] for row in work["sheets"]]

    type_in(event, "organizer")
    assert came() == ["", "", ""]
    type_in(event, "scorekeeper")
    assert came() == ["paper", "", ""]
    pad = pad_work(event.store, event.visitor(1), event.round_id, at=AT)
    assert [sheet["echo"]["came"] for sheet in pad["sheets"]] == ["paper", "", ""]


def test_what_was_typed_in_is_marked_wherever_the_staff_reads_it(event: Event):
    """Progress, the table of an entrant's marks, the presenter's page, the table of scores."""
    typed_from_paper(event)
    who, pair = event.organizer, (event.entrants[1], event.judges[1])
    cells = progress(event.store, who, event.round_id, at=AT).cells
    assert [key for key, cell in cells.items() if cell.came] == [pair]
    why = explain(event.store, who, event.round_id, event.entrants[1], at=AT)
    assert [(sheet.seat, sheet.came) for sheet in why.sheets if sheet.came] == [(1, "paper")]
    (line,) = typed_in(why.standings, "zh")
    assert "1号 评委01（补录）" in line
    assert line.count("评委0") == 1
    event.certify()
    sheet = presenter_sheet(event.store, who, event.round_id, event.entrants[1], at=AT)
    seats = [row[0] for row in explanation_paper(sheet, "en").rows]
    assert seats[0] == "Judge 01 (from paper)"
    assert not any("(" in seat for seat in seats[1:])


def test_where_nothing_was_typed_in_nothing_is_said(event: Event):
    """No line under the table of scores."""
    event.fill_all()
    event.close()
    found = standings(event.store, event.organizer, event.round_id, at=AT)
    assert typed_in(found, "zh") == ()
