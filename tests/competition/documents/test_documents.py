"""Plan documents and shelf marks: who enters, who reads, what is refused, what verify knows."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

import db
from competition.documents import documents, materials
from competition.documents.document_kinds import DOCX, JPEG, PDF, PNG, kind_of
from competition.documents.documents import MOST_FILES, MOST_MEGABYTES
from competition.documents.errors import (
    BadDocument,
    BeingMarked,
    DocumentGone,
    DocumentRead,
    TooManyDocuments,
)
from competition.errors import Duplicate, Forbidden, Missing
from competition.lineup import entrants, panel, roster
from competition.lineup.errors import NotAssigned, Recused
from competition.marks import own_work
from competition.rounds import rounds
from competition.saying import sentence
from competition.stage import pad_work
from db.backup import backup
from db.document_files import folder_of, path_of
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from tests.competition.registry import document_rows
from tests.db.damage import damaged
from words import LANGS


def packed(*names: str, types: bytes = b"wordprocessingml.document.main+xml") -> bytes:
    """A zip with these files in it, and what it says it is."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("[Content_Types].xml", types)
        for name in names:
            file.writestr(name, b"<x/>")
    return content.getvalue()


KINDS = {
    PDF: document_rows.PDF,
    JPEG: b"\xff\xd8\xff\xe0" + bytes(8),
    PNG: b"\x89PNG\r\n\x1a\n" + bytes(8),
    DOCX: packed("word/document.xml"),
}

NOT_DOCUMENTS = {
    "empty": b"",
    "a page": b"<html><script>alert(1)</script></html>",
    "a picture that is a page": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "a page that calls itself PDF later on": b"<html>%PDF-1.4</html>",
    "a program": b"MZ" + bytes(64),
    "a zip": packed("notes.txt"),
    "a workbook": packed("xl/workbook.xml", types=b"spreadsheetml.sheet.main+xml"),
    "Word with macros": packed("word/document.xml", "word/vbaProject.bin"),
    "Word that says it has macros": packed(
        "word/document.xml", types=b"application/vnd.ms-word.document.macroEnabled.main+xml"
    ),
    "half a zip": packed("word/document.xml")[:60],
}


def add(event: Event, entrant: int = 1, content: bytes = document_rows.PDF, **values: Any) -> str:
    """A document of an entrant."""
    given = {"name": "规划.pdf", "at": AT} | values
    return documents.add_document(
        event.store, event.organizer, event.entrants[entrant], content=content, **given
    )


def rows(store: db.Store) -> int:
    """How many documents and events there are."""
    with store.reading() as tx:
        return int(
            tx.value("SELECT (SELECT count(*) FROM documents) * 1000 + count(*) FROM events")
        )


def files(store: db.Store) -> list[str]:
    """The names of the contents that are kept: in PostgreSQL, or in the folder beside the file."""
    with store.reading() as tx:
        if tx.db.holds_contents:
            return [row["sha256"] for row in tx.rows("SELECT sha256 FROM contents ORDER BY 1")]
    folder = folder_of(store.path)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def spoil(store: db.Store, sha256: str, *, goes: bool) -> None:
    """Remove a content, or add a byte to it, behind the app's back."""
    with store.reading() as tx:
        are_rows = tx.db.holds_contents
    path, where = path_of(store.path, sha256), f"WHERE sha256 = '{sha256}'"
    if are_rows:
        change = "DELETE FROM contents" if goes else "UPDATE contents SET bytes = bytes || 'x'"
        damaged(store, f"{change} {where}")
    elif goes:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b"x")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_known_by_what_is_in_it(kind: str):
    """Whatever it is called."""
    assert kind_of(KINDS[kind]) == kind


@pytest.mark.parametrize("what", NOT_DOCUMENTS)
def test_anything_else_is_refused_and_nothing_is_kept(event: Event, what: str):
    """Though its name ends in .pdf; the refusal says what would do."""
    before = rows(event.store)
    with pytest.raises(BadDocument) as refused:
        add(event, content=NOT_DOCUMENTS[what])
    for lang in LANGS:
        assert "规划.pdf" in sentence(refused.value, lang)
        assert str(MOST_MEGABYTES) in sentence(refused.value, lang)
    assert (rows(event.store), files(event.store)) == (before, [])


def test_a_document_too_large_is_refused(event: Event):
    """A byte more than the limit."""
    with pytest.raises(BadDocument):
        add(event, content=document_rows.PDF.ljust(MOST_MEGABYTES * 10**6 + 1))
    assert files(event.store) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\plans\\龙潭村.pdf",
        "a\x00b\r\nSet-Cookie: x.pdf",
        "\u202efdp.exe",
        "",
    ],
)
def test_no_name_that_anybody_typed_reaches_a_path(event: Event, name: str):
    """The file is called by its hash; the name is a line of text; the download has a plain name."""
    document_id = add(event, name=name)
    (kept,) = files(event.store)
    assert len(kept) == 64
    assert kept.isalnum()
    found = materials.staff_document(event.store, event.organizer, event.round_id, document_id)
    assert (found.path, found.name) == (path_of(event.store.path, kept), "001-1.pdf")
    with event.store.reading() as tx:
        stored = tx.value("SELECT name FROM documents")
    assert stored
    assert not set(stored) & set("/\\\r\n\x00\u202e")


def test_the_same_content_twice_is_one_file(event: Event):
    """Refused for the same entrant; for another it is a second row of one file."""
    first = add(event)
    with pytest.raises(Duplicate):
        add(event, name="另一个名字.pdf")
    second = add(event, 2)
    assert len(files(event.store)) == 1
    remove(event, first)
    assert len(files(event.store)) == 1
    remove(event, second)
    assert files(event.store) == []


def remove(event: Event, document_id: str) -> None:
    documents.remove_document(event.store, event.organizer, document_id, at=AT)


def test_an_entrant_has_a_few_documents(event: Event):
    """One more is refused, and says how many there may be."""
    for n in range(MOST_FILES):
        add(event, content=document_rows.PDF + bytes([n]))
    with pytest.raises(TooManyDocuments):
        add(event)
    assert len(files(event.store)) == MOST_FILES


def test_all_judges_read_the_same(event: Event):
    """From the first mark on nothing is added or removed; after the certificate it may be."""
    document_id = add(event)
    event.record(1, 1, event.change(0, "50"), at=later(10))
    for lang in LANGS:
        with pytest.raises(BeingMarked) as refused:
            add(event, content=KINDS[PNG])
        assert "村级决赛" in sentence(refused.value, lang)
    with pytest.raises(DocumentRead):
        remove(event, document_id)
    assert len(files(event.store)) == 1
    add(event, 2)
    event.close(reason="散会")
    with pytest.raises(BeingMarked):
        add(event, content=KINDS[PNG])


def test_after_the_certificate_a_new_plan_may_be_uploaded(store: db.Store):
    """For the next round; what was read stays, what was not may go again."""
    event = events.certified(store)
    fresh = add(event, content=KINDS[PNG], at=later(600))
    with store.reading() as tx:
        read = tx.value("SELECT id FROM documents WHERE id <> :id", id=fresh)
    with pytest.raises(DocumentRead):
        remove(event, read)
    remove(event, fresh)
    assert verify(store) == []


def test_a_shelf_mark_may_change_at_any_time(event: Event):
    """A cabinet is moved while the judges are at it; saying the same again is no event."""
    event.record(1, 1, event.change(0, "50"))
    for mark in ("A-07 号柜\n3 层", "B-01", "B-01", ""):
        documents.set_shelf_mark(event.store, event.organizer, event.entrants[1], mark, at=AT)
    with event.store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT kind FROM events")]
        assert tx.value("SELECT mark FROM shelf_marks") == ""
    assert kinds.count("shelf_mark_set") == 3
    assert verify(event.store) == []


def test_a_removed_entrant_leaves_nothing(event: Event):
    """Neither a row nor a file."""
    loose = entrants.add_entrant(
        event.store, event.organizer, code="532509100201", county="绿春县", at=AT
    )
    documents.add_document(event.store, event.organizer, loose, "a.pdf", document_rows.PDF, at=AT)
    documents.set_shelf_mark(event.store, event.organizer, loose, "A", at=AT)
    roster.remove_entrant(event.store, event.organizer, loose, at=AT)
    assert files(event.store) == []
    assert verify(event.store) == []


def test_what_is_rolled_back_removes_no_file(event: Event):
    """The file goes once its row is certainly gone."""
    document_id = add(event)
    with pytest.raises(Missing), event.store.writing():
        [remove(event, one) for one in (document_id, "no-such-document")]
    assert len(files(event.store)) == 1
    assert verify(event.store) == []


def opened(event: Event, who: int | str, document_id: str) -> str:
    """The name under which a reader is handed a document."""
    visitor = event.visitor(who)
    return materials.open_document(event.store, visitor, event.round_id, document_id).name


def test_judges_of_the_entrant_and_those_who_run_the_round_read_it(event: Event):
    """Not a judge who is recused, of another panel, or of another round; nobody else at all."""
    own, other = add(event, 2), add(event, 4)
    for who in (1, 2, 7, "second", "supervisor"):
        assert opened(event, who, own) == "002-1.pdf"
    refusals: list[tuple[int | str, str, type[Exception]]] = [
        (3, own, Recused),
        (1, other, NotAssigned),
        *((role, own, Forbidden) for role in ("scorekeeper", "timekeeper", "host", "leader")),
        (1, "no-such-document", Missing),
    ]
    for who, document_id, refusal in refusals:
        with pytest.raises(refusal):
            opened(event, who, document_id)


def test_a_document_of_another_competition_is_not_there(event: Event):
    """Even for its organizer."""
    other = events.opened(event.store, title="另一场")
    with pytest.raises(Missing):
        opened(event, "second", add(other))


def test_a_judge_reads_nothing_before_the_round_is_open(store: db.Store):
    """Then at once."""
    event = events.draft(store)
    document_id = add(event)
    with pytest.raises(Forbidden):
        opened(event, 1, document_id)
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    assert opened(event, 1, document_id)


def test_the_pad_is_told_what_there_is_to_read(event: Event):
    """Shelf mark, names, kinds and sizes; of an entrant it is recused for nothing; soon."""
    version = pad_work.stage_now(event.store, event.visitor(3), event.round_id, at=AT)["version"]
    documents.set_shelf_mark(event.store, event.organizer, event.entrants[1], "A-07", at=AT)
    for entrant in (1, 2):
        add(event, entrant)
    pad = pad_work.pad_work(event.store, event.visitor(3), event.round_id, at=AT)
    told = {sheet["entrant"]["number"]: sheet["materials"] for sheet in pad["sheets"]}
    (document,) = told[1]["documents"]
    assert told[1]["shelf_mark"] == "A-07"
    assert {k: document[k] for k in ("name", "kind", "size")} == {
        "name": "规划.pdf",
        "kind": "PDF",
        "size": "0.1",
    }
    assert told[2] == told[4] == {"shelf_mark": "", "documents": []}
    assert pad["version"] != version
    work = own_work.own_work(event.store, event.visitor(3), event.round_id, at=AT)
    assert event.entrants[2] not in work["materials"]


def test_a_recusal_closes_the_papers(event: Event):
    """Declared with the document open: from then on it is refused."""
    document_id = add(event)
    who = event.visitor(2)
    pair = (event.round_id, event.entrants[1], event.judges[2])
    panel.declare_recusal(event.store, who, *pair, reason="参与编制", at=AT)
    with pytest.raises(Recused):
        opened(event, 2, document_id)


def test_verify_names_a_missing_and_an_altered_file(event: Event):
    """By entrant and name, so that an organizer can look for it; a judge reads plain words."""
    first, second = add(event), add(event, 2, KINDS[PNG], name="图纸.png")
    with event.store.reading() as tx:
        kept = {row["id"]: row["sha256"] for row in tx.rows("SELECT * FROM documents")}
    spoil(event.store, kept[first], goes=True)
    spoil(event.store, kept[second], goes=False)
    found = {finding.check: finding.subject for finding in verify(event.store)}
    assert set(found) == {"document_there", "document_unchanged"}
    assert "龙潭村 规划.pdf" in found["document_there"]
    assert "图纸.png" in found["document_unchanged"]
    with pytest.raises(DocumentGone) as refused:
        opened(event, 1, first)
    assert all(sentence(refused.value, lang) for lang in LANGS)


def test_a_backup_takes_the_documents_along(event: Event, tmp_path: Path):
    """And is no good without one of them."""
    document_id = add(event)
    target = tmp_path / "usb" / "copy.db"
    assert backup(event.store, target) == []
    copy = db.Store(target)
    assert verify(copy) == []
    moved = materials.staff_document(copy, event.organizer, event.round_id, document_id)
    assert moved.path.read_bytes() == document_rows.PDF
    copy.close()
    spoil(event.store, files(event.store)[0], goes=True)
    other = tmp_path / "usb" / "other.db"
    assert [finding.check for finding in backup(event.store, other)] == ["document_there"]
    assert sorted(path.name for path in other.parent.iterdir()) == [
        "copy.db",
        "copy.db.documents",
    ]


def test_a_files_name_enters_the_log_as_a_hash(event: Event):
    """It may be a person's name."""
    add(event, name="张三的规划.pdf")
    with event.store.reading() as tx:
        payloads = [row["payload"] for row in tx.rows("SELECT payload FROM events")]
    assert not any("张三" in payload for payload in payloads)
    assert verify(event.store) == []
