"""A county's workbook: its own places alone, the usual repairs and proposals, entered whole."""

from dataclasses import replace

import pytest

import db
import intake
from competition.documents import documents, materials
from competition.filing import attaching, handing_in, listing, uploading, views
from competition.filing.errors import FiledAgain, NotFiled, PlaceThere
from competition.lineup import entrants, importing
from competition.rounds import rounds
from db import document_files
from db.invariants import verify
from intake.accepting import accept
from intake.county_list import lines_of, read_county_list
from intake.saying import said
from intake.template import county_template
from tests.competition import event as events
from tests.competition.event import AT, Event
from tests.competition.registry import filing_rows
from tests.competition.registry.document_rows import PDF
from tests.competition.registry.filing_rows import HONGHE, YUANYANG, county
from tests.intake import books
from tests.intake.test_many_files import HEAD, listed, rows_of, xlsx

OURS = intake.Asked(county=HONGHE[0])


def read(rows: list[list[object]], *edits: intake.Edit) -> intake.Plan:
    return read_county_list(
        [("红河县.xlsx", xlsx([["红河县参评名单"], *rows]))], replace(OURS, edits=edits)
    )


def test_a_clean_list_is_read_whole():
    """Names alone tell the villages; the title row and the total are left out."""
    plan = read(rows_of(HONGHE[0], HONGHE[1])[1:])
    assert not plan.stops
    assert len(lines_of(plan)) == 31
    assert {line.code[:6] for line in lines_of(plan)} == {HONGHE[0]}


def test_columns_named_by_hand_are_taken_and_the_last_choice_counts():
    """A header that says nothing to us, and a workbook of which nothing was understood."""
    own = listed(HONGHE[0], 2)
    lines = [[one.township, one.name, "规划", "李志华"] for one in own]
    head = ["片区", "庄子名", "材料题目", "上台人"]
    assert [line.presenter for line in lines_of(read([head, *lines]))] == ["", ""]
    named = [intake.Edit("column", "Sheet", "D", field) for field in ("post", "presenter")]
    plan = read([head, *lines], *named)
    assert [(line.presenter, line.post) for line in lines_of(plan)] == [("李志华", "")] * 2
    bare = [["A1", "B1", "C1", "D1"], *lines]
    assert "李志华" not in {line.presenter for line in lines_of(read(bare))}
    fields = ("township", "village", "title", "presenter")
    by_hand = [
        intake.Edit("column", "Sheet", at, name) for at, name in zip("ABCD", fields, strict=True)
    ]
    plan = read(bare, *by_hand, *(intake.Edit("drop", "Sheet", f"A{row}") for row in (1, 2)))
    assert not plan.stops
    assert [line.code for line in lines_of(plan)] == [one.code for one in own]
    assert {line.presenter for line in lines_of(plan)} == {"李志华"}


def test_a_list_without_a_header_loses_no_entrant():
    """Where township and village sound like names of columns, the first row is an entrant."""
    own = listed(HONGHE[0], 3)
    lines = [[one.township, one.name, "规划", "李志华"] for one in own]
    plan = read(lines)
    assert [line.code for line in lines_of(plan)] == [one.code for one in own]


def test_a_place_of_another_county_stops_at_its_cell():
    """By code and by name: another county's village is not taken, whatever the row says."""
    own, other = listed(HONGHE[0], 2), listed(YUANYANG[0], 2)
    rows: list[list[object]] = [
        ["县市", "乡镇", "村级代码", "村名", "成果名称"],
        ["红河县", own[0].township, own[0].code, own[0].name, "规划一"],
        ["元阳县", other[0].township, other[0].code, other[0].name, "规划二"],
        ["元阳县", other[1].township, None, other[1].name, "规划三"],
    ]
    plan = read(rows)
    assert [(stop.code, stop.cell) for stop in plan.stops] == [
        ("other_county", "C4"),
        ("other_county", "D5"),
    ]
    assert "红河县" in said(plan.stops[0], "zh")
    mended = read(rows, *(stop.choices[-1].edit for stop in plan.stops))
    assert not mended.stops
    assert [line.code for line in lines_of(mended)] == [own[0].code]


def test_candidates_are_of_the_own_county_alone():
    """A misspelt village: what is proposed lies in the county that files."""
    rows = [list(HEAD), [1, "甲寅镇", "他萨村", "他萨村规划", "李批龙", "村支书"]]
    (stop,) = read(rows).stops
    assert stop.cell == "C3"
    *places, leave_out = stop.choices
    assert {way.edit.value[:6] for way in places} == {HONGHE[0]}
    assert leave_out.edit.kind == "drop"
    assert not lines_of(read(rows, leave_out.edit))
    mended = read(rows, places[0].edit)
    assert [line.village for line in lines_of(mended)] == ["他撒村"]


def test_a_village_twice_is_one_fault_with_both_cells_and_is_never_kept_twice():
    """Neither by a proposal nor by an edit that accepts it."""
    village = listed(HONGHE[0], 1)[0]
    rows = [list(HEAD), *([n, village.township, village.name, f"规划{n}"] for n in (1, 2))]
    (stop,) = read(rows).stops
    assert (stop.code, len(stop.also)) == ("double", 1)
    assert {way.edit.kind for way in stop.choices} == {"drop"}
    forged = intake.Edit("accept", "Sheet", stop.cell, "double")
    assert read(rows, forged).stops == (stop,)


def test_a_list_without_titles_names_each_after_its_village():
    """It is noted; a single blank title among others stops with that proposal."""
    village = listed(HONGHE[0], 2)
    bare = read([["乡镇", "村名"], *([v.township, v.name] for v in village)])
    assert [line.title for line in lines_of(bare)] == [f"{v.name}村庄规划" for v in village]
    assert [note.code for note in bare.notes] == ["title_by_place"]
    first, second = village
    rows: list[list[object]] = [
        list(HEAD),
        [1, first.township, first.name, "规划一"],
        [2, second.township, second.name, None],
    ]
    (stop,) = read(rows).stops
    assert (stop.cell, stop.choices[0].edit.value) == ("D4", f"{second.name}村庄规划")


def test_other_sheets_of_a_workbook_are_not_read():
    """Judges and marks in a county's file are noted, and none of their faults is the county's."""
    plan = read_county_list([("全.xlsx", books.content(books.sheets()))], OURS)
    assert not plan.judges
    assert not plan.sheets
    assert {stop.code for stop in plan.stops} == {"other_county"}
    assert "other_sheets" in [note.code for note in plan.notes]


def test_a_workbook_without_a_list_of_entrants_stops():
    rows: list[list[object]] = [["评委编号", "姓名", "单位"], ["J1", "甲", "某局"]]
    assert read(rows).stops[0].code in ("missing_sheet", "nothing_known")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_countys_template_is_read_back_empty(lang: str):
    """Its sample row is no entrant, and its columns are all known."""
    plan = read_county_list([("模板.xlsx", county_template(lang))], OURS)
    assert not plan.entrants
    assert [stop.code for stop in plan.stops] == ["empty_sheet"]


@pytest.fixture
def filed(store: db.Store) -> tuple[Event, str, str]:
    """红河县 has filed; the round in draft; ids of filing and round."""
    event = events.begin(store)
    filing_id = filing_rows.enter(event, at=AT)
    uploading.drop_upload(store, county(event), filing_id, at=AT)
    round_id = rounds.create_round(store, event.organizer, title="村级初评", at=AT)
    return event, filing_id, round_id


def second(event: Event) -> str:
    """元阳县 files one village too."""
    store, who = event.store, county(event, YUANYANG[0])
    (mine,) = views.own_filings(store, who)
    village = listed(YUANYANG[0], 1)[0]
    line = listing.Line(village.code, village.township, village.name, "梯田规划")
    listing.put_filed_entrant(store, who, mine["id"], line, at=AT)
    handing_in.file_list(store, who, mine["id"], at=AT)
    return str(mine["id"])


def do(event: Event, filing_id: str, round_id: str, *, version: int = 1) -> None:
    accept(
        event.store, event.organizer, filing_id, version=version, round_id=round_id, lang="zh",
        at=AT,
    )  # fmt: skip


def test_an_accepted_list_is_in_the_round_with_its_documents(filed: tuple[Event, str, str]):
    event, filing_id, round_id = filed
    do(event, filing_id, round_id)
    (one,) = entrants.all_entrants(event.store, event.organizer)
    assert (one["county"], one["village"], one["presenter"]) == ("红河县", "勐甸村", "李志华")
    read = materials.materials(event.store, event.organizer, round_id)[one["id"]]
    assert [paper.name for paper in read.documents] == ["规划文本 勐甸.pdf"]
    with pytest.raises(NotFiled):
        do(event, filing_id, round_id)
    assert not verify(event.store)


def test_two_counties_are_accepted_and_the_first_is_undone_alone(filed: tuple[Event, str, str]):
    """In whichever order: what the other county filed stays in the round."""
    event, filing_id, round_id = filed
    do(event, filing_id, round_id)
    first = importing.last_import(event.store, event.organizer)
    do(event, second(event), round_id)
    assert first is not None
    importing.undo_import(event.store, event.organizer, first["id"], at=AT)
    left = entrants.all_entrants(event.store, event.organizer)
    assert [one["county"] for one in left] == ["元阳县"]
    states = {
        line.row["county"]: line.state
        for line in views.filings(event.store, event.organizer, at=AT)
    }
    assert states == {"红河县": "filed", "元阳县": "accepted"}
    view = views.filing(event.store, event.organizer, filing_id, at=AT)
    paper = view.filed[0].papers[0]
    file = attaching.open_filed_document(event.store, event.organizer, filing_id, paper.id)
    assert file.path.is_file()
    do(event, filing_id, round_id)
    assert not verify(event.store)


def test_documents_added_to_an_entrant_that_was_there_are_undone(filed: tuple[Event, str, str]):
    """The entrant stays, with the document it had; the county's copy of its own is kept."""
    event, filing_id, round_id = filed
    store, who = event.store, event.organizer
    one = views.filing(store, who, filing_id, at=AT).filed[0]
    entrant_id = entrants.add_entrant(
        store, who, code=one.code, county="红河县", village=one.village, title=one.title, at=AT
    )
    documents.add_document(store, who, entrant_id, "先有的.pdf", PDF + b"%1", at=AT)
    do(event, filing_id, round_id)
    last = importing.last_import(store, who)
    assert last is not None
    assert len(documents.hashes_of(store, who, entrant_id)) == 2
    importing.undo_import(store, who, last["id"], at=AT)
    assert [row["id"] for row in entrants.all_entrants(store, who)] == [entrant_id]
    (left,) = documents.hashes_of(store, who, entrant_id)
    assert document_files.path_of(store.path, left).read_bytes() == PDF + b"%1"
    paper = views.filing(store, who, filing_id, at=AT).filed[0].papers[0]
    file = attaching.open_filed_document(store, who, filing_id, paper.id)
    assert file.path.is_file()
    do(event, filing_id, round_id)
    assert len(documents.hashes_of(store, who, entrant_id)) == 2
    assert not verify(store)


def test_a_round_that_the_first_county_made_is_undone_last(filed: tuple[Event, str, str]):
    """It holds the second county's entrants until they are undone."""
    event, filing_id, _ = filed
    store, who = event.store, event.organizer
    done = accept(store, who, filing_id, version=1, round_title="村级决赛", lang="zh", at=AT)
    first = importing.last_import(store, who)
    do(event, second(event), done.round_id)
    last = importing.last_import(store, who)
    assert first is not None
    assert last is not None
    with pytest.raises(importing.ChangedSince):
        importing.undo_import(store, who, first["id"], at=AT)
    importing.undo_import(store, who, last["id"], at=AT)
    importing.undo_import(store, who, first["id"], at=AT)
    assert not entrants.all_entrants(store, who)
    assert not verify(store)


def test_nothing_is_entered_of_a_list_that_differs_from_the_one_seen(
    filed: tuple[Event, str, str],
):
    """Filed again meanwhile, or a place that the competition has under another title."""
    event, filing_id, round_id = filed
    store, who = event.store, event.organizer
    handing_in.file_list(store, county(event), filing_id, at=AT)
    with pytest.raises(FiledAgain):
        do(event, filing_id, round_id)
    assert not entrants.all_entrants(store, who)
    entrants.add_entrant(
        store, who, code="532529100201", county="红河县", village="勐甸村", title="别的", at=AT
    )
    with pytest.raises(PlaceThere):
        do(event, filing_id, round_id, version=2)
    assert len(entrants.all_entrants(store, who)) == 1


def test_a_document_that_was_exchanged_on_the_disk_is_found(filed: tuple[Event, str, str]):
    """Verify looks at the files of filings too."""
    event, filing_id, _ = filed
    view = views.filing(event.store, event.organizer, filing_id, at=AT)
    file = attaching.open_filed_document(
        event.store, event.organizer, filing_id, view.filed[0].papers[0].id
    )
    file.path.write_bytes(PDF + b"exchanged")
    assert [finding.check for finding in verify(event.store)] == ["document_unchanged"]
