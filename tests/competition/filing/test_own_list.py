"""A county's own list: what it may write, until when, and nothing of another county's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import db
from competition.documents.errors import BadDocument
from competition.errors import BadFields, BadInput, Duplicate, Missing, Refused
from competition.filing import (
    answering,
    attaching,
    handing_in,
    inviting,
    listing,
    terms,
    uploading,
    views,
)
from competition.filing.errors import (
    FilingAccepted,
    FilingEnded,
    NothingToFile,
    NotOwnCounty,
    TooManyEntrants,
    UploadWaits,
)
from competition.lineup import importing
from competition.people import links, people
from competition.visitor import Visitor
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event, later
from tests.competition.registry import filing_rows
from tests.competition.registry.document_rows import PDF
from tests.competition.registry.filing_rows import HONGHE, MENGDIAN, OPEN_FOR, YUANYANG, county
from tests.db.damage import fingerprint

ENDS = AT + OPEN_FOR


def all_invited(store: db.Store) -> tuple[Event, dict[str, str]]:
    """The event with its counties invited."""
    event = events.begin(store)
    return event, filing_rows.invite(event, at=AT)


BEGINNINGS = {"ids": all_invited, "invited": events.begin}


@pytest.fixture
def invited(begun: Begun) -> Event:
    """Two counties are invited; nothing is filed."""
    return begun[1]


@pytest.fixture
def ids(begun: Begun) -> dict[str, str]:
    """County's code to the id of its filing."""
    return begun[2]


@pytest.fixture
def honghe(invited: Event, ids: dict[str, str]) -> Visitor:
    """The visitor of 红河县's link."""
    return county(invited)


def put(store: db.Store, who: Visitor, filing_id: str, **values: str) -> str:
    line = replace(MENGDIAN, **values)
    return listing.put_filed_entrant(store, who, filing_id, line, at=AT)


def nothing_written(store: db.Store, act: Callable[[], object], error: type[Refused]) -> Any:
    before = fingerprint(store)
    with pytest.raises(error) as refused:
        act()
    assert fingerprint(store) == before
    return refused.value


OTHERS: dict[str, Callable[[db.Store, Visitor, dict[str, str]], object]] = {
    "add": lambda s, w, i: listing.put_filed_entrant(s, w, i["filing"], MENGDIAN, at=AT),
    "change": lambda s, w, i: listing.put_filed_entrant(
        s, w, i["filing"], MENGDIAN, entrant_id=i["entrant"], at=AT
    ),
    "remove": lambda s, w, i: listing.remove_filed_entrant(s, w, i["filing"], i["entrant"], at=AT),
    "attach": lambda s, w, i: attaching.add_filed_document(
        s, w, i["filing"], i["entrant"], "图.pdf", PDF, at=AT
    ),
    "detach": lambda s, w, i: attaching.remove_filed_document(
        s, w, i["filing"], i["document"], at=AT
    ),
    "upload": lambda s, w, i: uploading.keep_upload(
        s, w, i["filing"], "a.xlsx", b"PK", stops=0, at=AT
    ),
    "edit": lambda s, w, i: uploading.edit_upload(s, w, i["filing"], [], stops=0, at=AT),
    "drop": lambda s, w, i: uploading.drop_upload(s, w, i["filing"], at=AT),
    "take": lambda s, w, i: listing.take_upload(s, w, i["filing"], [MENGDIAN], at=AT),
    "file": lambda s, w, i: handing_in.file_list(s, w, i["filing"], at=AT),
    "see": lambda s, w, i: views.own_filing(s, w, i["filing"], at=AT),
    "workbook": lambda s, w, i: uploading.upload_content(s, w, i["filing"]),
    "open": lambda s, w, i: attaching.open_filed_document(s, w, i["filing"], i["document"]),
}


@pytest.mark.parametrize("act", OTHERS)
def test_another_countys_link_reaches_nothing_of_a_filing(invited: Event, act: str):
    """Its id is as good as none: no word of it, and nothing is written."""
    store = invited.store
    filing_id = filing_rows.enter(invited, at=AT)
    with store.reading() as tx:
        theirs = {
            "filing": filing_id,
            "entrant": tx.value("SELECT id FROM filed_entrants"),
            "document": tx.value("SELECT id FROM filed_documents"),
        }
    stranger = county(invited, YUANYANG[0])
    error = nothing_written(store, lambda: OTHERS[act](store, stranger, theirs), Missing)
    assert error.values == {"what": "filing"}


@pytest.mark.parametrize("act", ["change", "remove", "attach", "detach", "open"])
def test_an_id_of_another_county_opens_nothing_within_ones_own_filing(invited: Event, act: str):
    """The own filing is named, but an entrant or a document of another one."""
    store = invited.store
    filing_rows.enter(invited, at=AT)
    stranger = county(invited, YUANYANG[0])
    with store.reading() as tx:
        theirs = {
            "filing": tx.value("SELECT id FROM filings WHERE county_code = '532528'"),
            "entrant": tx.value("SELECT id FROM filed_entrants"),
            "document": tx.value("SELECT id FROM filed_documents"),
        }
    nothing_written(store, lambda: OTHERS[act](store, stranger, theirs), Missing)


def test_a_county_lists_its_own_filing_alone(invited: Event, ids: dict[str, str]):
    """Thirteen were invited; each sees one."""
    for code, filing_id in ids.items():
        mine = views.own_filings(invited.store, county(invited, code))
        assert [one["id"] for one in mine] == [filing_id]


def test_a_role_without_a_county_reaches_no_filing(invited: Event, ids: dict[str, str]):
    """A grant that names no county opens none, not all."""
    who = invited.visitor("county")
    assert views.own_filings(invited.store, who) == []
    with pytest.raises(Missing):
        views.own_filing(invited.store, who, ids[HONGHE[0]], at=AT)


def test_a_filing_of_another_competition_is_missing(invited: Event, ids: dict[str, str]):
    """Even for an organizer and for a county of the same code."""
    store = invited.store
    organizer, _ = links.begin(store, title="另一场", organizer="别人", at=AT)
    with pytest.raises(Missing):
        views.filing(store, organizer, ids[HONGHE[0]], at=AT)
    person_id = people.add_person(store, organizer, name="红河县", at=AT)
    people.grant_role(store, organizer, person_id, "county", county=HONGHE[0], at=AT)
    who = Visitor(person_id, organizer.competition_id, grants=county(invited).grants)
    with pytest.raises(Missing):
        views.own_filing(store, who, ids[HONGHE[0]], at=AT)


@pytest.mark.parametrize(
    ("values", "field", "error"),
    [
        ({"code": "532528100201"}, "code", NotOwnCounty),
        ({"code": "5325291002"}, "code", BadInput),
        ({"code": ""}, "code", BadInput),
        ({"title": " "}, "title", BadInput),
    ],
)
def test_a_wrong_line_is_refused_at_its_field(
    honghe: Visitor, ids: dict[str, str], store: db.Store, values: dict[str, str],
    field: str, error: type[Refused],
):  # fmt: skip
    """A code of another county, no code, no title: nothing is written."""
    act = lambda: put(store, honghe, ids[HONGHE[0]], **values)  # noqa: E731
    refused = nothing_written(store, act, BadFields)
    assert isinstance(refused.problems[field], error)


def test_one_village_is_filed_once(honghe: Visitor, ids: dict[str, str], store: db.Store):
    """The same code again is one fault, by form and in a workbook; an own row may keep its code."""
    filing_id = ids[HONGHE[0]]
    first = put(store, honghe, filing_id)
    refused = nothing_written(store, lambda: put(store, honghe, filing_id, title="又"), BadFields)
    assert isinstance(refused.problems["code"], Duplicate)
    uploading.keep_upload(store, honghe, filing_id, "a.xlsx", b"PK", stops=0, at=AT)
    nothing_written(
        store,
        lambda: listing.take_upload(store, honghe, filing_id, [MENGDIAN, MENGDIAN], at=AT),
        Duplicate,
    )
    changed = replace(MENGDIAN, title="勐甸村热区产业规划")
    listing.put_filed_entrant(store, honghe, filing_id, changed, entrant_id=first, at=AT)
    (one,) = views.own_filing(store, honghe, filing_id, at=AT).listed
    assert (one.id, one.title) == (first, "勐甸村热区产业规划")


def test_a_workbook_replaces_what_it_names_and_keeps_documents(
    honghe: Visitor, ids: dict[str, str], store: db.Store
):
    """Same code: new words, same documents; another county's code takes none of it."""
    filing_id = ids[HONGHE[0]]
    first = put(store, honghe, filing_id)
    attaching.add_filed_document(store, honghe, filing_id, first, "a.pdf", PDF, at=AT)
    uploading.keep_upload(store, honghe, filing_id, "a.xlsx", b"PK", stops=0, at=AT)
    other = replace(MENGDIAN, code="532529100202", village="齐心寨村")
    foreign = replace(MENGDIAN, code="532528100201")
    nothing_written(
        store,
        lambda: listing.take_upload(store, honghe, filing_id, [other, foreign], at=AT),
        BadFields,
    )
    renamed = replace(MENGDIAN, title="新名")
    listing.take_upload(store, honghe, filing_id, [renamed, other], at=AT)
    view = views.own_filing(store, honghe, filing_id, at=AT)
    assert [(one.title, len(one.papers)) for one in view.listed] == [("新名", 1), (other.title, 0)]
    assert view.upload is None
    with pytest.raises(Missing):
        listing.take_upload(store, honghe, filing_id, [other], at=AT)


def test_the_deadline_closes_every_act_of_a_county(invited: Event):
    """At the very minute; what was there stays readable."""
    store = invited.store
    filing_id = filing_rows.enter(invited, at=AT)
    who = county(invited)
    view = views.own_filing(store, who, filing_id, at=ENDS)
    assert not view.is_open
    with store.reading() as tx:
        entrant_id = tx.value("SELECT id FROM filed_entrants")
        document_id = tx.value("SELECT id FROM filed_documents")
    for act in (
        lambda: listing.put_filed_entrant(store, who, filing_id, MENGDIAN, at=ENDS),
        lambda: listing.remove_filed_entrant(store, who, filing_id, entrant_id, at=ENDS),
        lambda: attaching.add_filed_document(
            store, who, filing_id, entrant_id, "a.pdf", PDF, at=ENDS
        ),
        lambda: attaching.remove_filed_document(store, who, filing_id, document_id, at=ENDS),
        lambda: uploading.keep_upload(store, who, filing_id, "a", b"PK", stops=0, at=ENDS),
        lambda: uploading.edit_upload(store, who, filing_id, [], stops=0, at=ENDS),
        lambda: uploading.drop_upload(store, who, filing_id, at=ENDS),
        lambda: listing.take_upload(store, who, filing_id, [], at=ENDS),
        lambda: handing_in.file_list(store, who, filing_id, at=ENDS),
    ):
        assert nothing_written(store, act, FilingEnded).values == {"until": "2022-03-28 09:00"}


def test_a_clock_that_steps_back_reopens_nothing(invited: Event, ids: dict[str, str]):
    """The end is on record once a page has seen it; an earlier time then counts as that one."""
    store, who = invited.store, county(invited)
    assert terms.filing_end_is_due(store, who, at=ENDS)
    terms.note_filing_end(store, who, at=ENDS + timedelta(minutes=1))
    assert not terms.filing_end_is_due(store, who, at=ENDS + timedelta(hours=1))
    before = fingerprint(store)
    terms.note_filing_end(store, who, at=ENDS + timedelta(hours=1))
    assert fingerprint(store) == before
    nothing_written(store, lambda: put(store, who, ids[HONGHE[0]]), FilingEnded)
    assert not verify(store)


def test_before_the_deadline_its_end_cannot_be_recorded(invited: Event, ids: dict[str, str]):
    """A county cannot close filing for the others."""
    store, before = invited.store, fingerprint(invited.store)
    terms.note_filing_end(store, county(invited), at=AT)
    assert fingerprint(store) == before


def test_an_accepted_list_is_closed_until_the_import_is_undone(invited: Event):
    """Accepted: the county changes nothing; undone by the organizers: it may again."""
    store, organizer = invited.store, invited.organizer
    filing_id, who = filing_rows.enter(invited, at=AT), county(invited)
    import_id = importing.record_import(
        store, organizer, name="红河县", round_id="", made_round=False, since=9999,
        columns={}, at=AT,
    )  # fmt: skip
    answering.accept_filing(store, organizer, filing_id, import_id, version=1, at=AT)
    for act in ("add", "upload", "drop", "file"):
        nothing_written(
            store, lambda a=act: OTHERS[a](store, who, {"filing": filing_id}), FilingAccepted
        )
    importing.undo_import(store, organizer, import_id, at=AT)
    view = views.own_filing(store, who, filing_id, at=AT)
    assert (view.row["state"], view.is_open) == ("filed", True)
    uploading.drop_upload(store, who, filing_id, at=AT)
    assert not verify(store)


def test_an_empty_list_and_a_waiting_workbook_are_not_filed(
    honghe: Visitor, ids: dict[str, str], store: db.Store
):
    """What a county believes to have filed is all that it sees."""
    filing_id = ids[HONGHE[0]]
    file = lambda: handing_in.file_list(store, honghe, filing_id, at=AT)  # noqa: E731
    nothing_written(store, file, NothingToFile)
    put(store, honghe, filing_id)
    uploading.keep_upload(store, honghe, filing_id, "红河.xlsx", b"PK", stops=3, at=AT)
    assert nothing_written(store, file, UploadWaits).values == {"name": "红河.xlsx"}


def test_a_changed_list_leaves_what_was_filed_until_it_is_filed_again(
    honghe: Visitor, ids: dict[str, str], store: db.Store
):
    """The last version counts, and its documents are kept though the list has dropped them."""
    filing_id = ids[HONGHE[0]]
    entrant_id = put(store, honghe, filing_id)
    document_id = attaching.add_filed_document(
        store, honghe, filing_id, entrant_id, "../../a.pdf", PDF, kind="规划图", at=AT
    )
    assert handing_in.file_list(store, honghe, filing_id, at=AT) == 1
    listing.remove_filed_entrant(store, honghe, filing_id, entrant_id, at=AT)
    view = views.own_filing(store, honghe, filing_id, at=AT)
    assert (view.listed, view.is_changed, len(view.filed)) == ((), True, 1)
    assert view.filed[0].missing == ("规划文本",)
    opened = attaching.open_filed_document(store, honghe, filing_id, document_id)
    assert opened.path.read_bytes() == PDF
    assert ".." not in opened.name
    put(store, honghe, filing_id, code="532529100202")
    assert handing_in.file_list(store, honghe, filing_id, at=AT) == 2
    again = views.own_filing(store, honghe, filing_id, at=AT)
    assert ([one.code for one in again.filed], again.is_changed) == (["532529100202"], False)
    assert not verify(store)


def test_a_dropped_draft_document_leaves_no_file(
    honghe: Visitor, ids: dict[str, str], store: db.Store
):
    """A file stays only while a list or a version needs it."""
    filing_id = ids[HONGHE[0]]
    entrant_id = put(store, honghe, filing_id)
    document_id = attaching.add_filed_document(
        store, honghe, filing_id, entrant_id, "a.pdf", PDF, at=AT
    )
    path = attaching.open_filed_document(store, honghe, filing_id, document_id).path
    attaching.remove_filed_document(store, honghe, filing_id, document_id, at=AT)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"MZ\x90 program", b"<html><script>"])
def test_what_is_no_document_is_refused(
    honghe: Visitor, ids: dict[str, str], store: db.Store, content: bytes
):
    """By what is in it; its name proves nothing."""
    filing_id = ids[HONGHE[0]]
    entrant_id = put(store, honghe, filing_id)
    nothing_written(
        store,
        lambda: attaching.add_filed_document(
            store, honghe, filing_id, entrant_id, "plan.pdf", content, at=AT
        ),
        BadDocument,
    )


def test_a_list_has_an_end(
    honghe: Visitor, ids: dict[str, str], store: db.Store, monkeypatch: pytest.MonkeyPatch
):
    """A link that leaked fills no disk."""
    monkeypatch.setattr(listing, "MOST_ENTRANTS", 1)
    put(store, honghe, ids[HONGHE[0]])
    nothing_written(
        store, lambda: put(store, honghe, ids[HONGHE[0]], code="532529100202"), TooManyEntrants
    )


def test_a_new_link_ends_the_former_one(invited: Event, ids: dict[str, str]):
    """A county's lost link is dead once another was made."""
    store, organizer = invited.store, invited.organizer
    first = inviting.invite_counties(store, organizer, [HONGHE], at=AT)[HONGHE[0]]
    second = inviting.invite_counties(store, organizer, [HONGHE], at=AT)[HONGHE[0]]
    assert links.whose(store, first, at=later(1)) is None
    person = links.whose(store, second, at=later(1))
    assert person is not None
    assert person["name"] == "红河县报送员"
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM filings") == 2
