"""An import is undone by one act, as long as nothing leans on what it entered."""

from datetime import UTC, datetime

import pytest

import db
import intake
from competition.errors import Missing
from competition.lineup import entrants, importing, learnt
from competition.lineup.errors import BadCode, ChangedSince
from competition.people import links
from competition.rounds import readiness, rounds
from competition.visitor import Visitor
from db.invariants import verify
from intake.gazetteer import built_in
from intake.pasted import pasted
from tests.competition.registry.import_rows import PLACE
from tests.intake.books import Sheets, spoilt
from tests.intake.test_entering import to_come

AT = datetime(2022, 3, 18, 1, 0, tzinfo=UTC)
TABLES = ("entrants", "people", "seats", "assignments", "criteria", "sessions", "round_entrants")


@pytest.fixture
def who(store: db.Store) -> Visitor:
    visitor, _ = links.begin(store, title="擂台赛", organizer="赛务组", at=AT)
    return visitor


def counted(store: db.Store) -> dict[str, int]:
    with store.reading() as tx:
        return {table: tx.value(f"SELECT count(*) FROM {table}") for table in TABLES}


def entered(store: db.Store, who: Visitor, **values: object) -> importing.LastImport:
    plan = intake.read(spoilt(to_come), name="名单.xlsx")
    intake.enter(store, who, plan, at=AT, **values)  # type: ignore[arg-type]
    last = importing.last_import(store, who)
    assert last is not None
    return last


def test_undoing_leaves_nothing_but_the_log(store: db.Store, who: Visitor):
    """Entrants, judges, seats, rubric and round are gone, by one event; the database verifies."""
    before = counted(store)
    last = entered(store, who)
    assert counted(store) != before
    events = importing.event_number(store, who)
    importing.undo_import(store, who, last["id"], at=AT)
    assert counted(store) == before
    assert importing.event_number(store, who) == events + 1
    assert (rounds.rounds_of(store, who), importing.last_import(store, who)) == ([], None)
    assert verify(store) == []
    with pytest.raises(Missing):
        importing.undo_import(store, who, last["id"], at=AT)


def test_what_was_added_to_a_round_leaves_it_again(store: db.Store, who: Visitor):
    """The round stays as it was before."""
    round_id = rounds.create_round(store, who, title="初评", at=AT)
    before = counted(store)
    last = entered(store, who, round_id=round_id)
    importing.undo_import(store, who, last["id"], at=AT)
    after = counted(store)
    assert {t: n for t, n in after.items() if n != before[t]}.keys() <= {"criteria", "sessions"}
    assert [row["title"] for row in rounds.rounds_of(store, who)] == ["初评"]
    assert verify(store) == []


def test_what_was_used_since_is_not_torn_out(store: db.Store, who: Visitor):
    """An entrant in another round, and a round that was changed: the whole import stays."""
    last = entered(store, who)
    other = rounds.create_round(store, who, title="复评", at=AT)
    entrant_id = entrants.all_entrants(store, who)[0]["id"]
    entrants.enter_entrant(store, who, other, entrant_id, at=AT)
    before = counted(store)
    with pytest.raises(ChangedSince):
        importing.undo_import(store, who, last["id"], at=AT)
    assert counted(store) == before
    assert last["round_id"] is not None
    rounds.add_session(store, who, last["round_id"], title="加场", at=AT)
    with pytest.raises(ChangedSince):
        importing.undo_import(store, who, last["id"], at=AT)


def test_a_header_named_by_hand_is_remembered(store: db.Store, who: Visitor):
    """地方 says nothing by itself; after one import with it named it is the village."""

    def odd(book: Sheets) -> None:
        to_come(book)
        book["参赛名单"][0][4] = "甲乙丙"
        for row in book["参赛名单"][1:]:
            row[4] = {"郑营村": "郑营"}.get(row[4], row[4])

    plan = intake.read(spoilt(odd))
    intake.enter(store, who, plan, at=AT, columns={"甲乙丙": "remark"})
    remembered = learnt.remembered_columns(store, who)
    again = intake.read(spoilt(odd), asked=intake.Asked(remembered=remembered))
    fields = {s.title: s.fields for s in again.sheets_read}
    assert fields["参赛名单"]["E"] == "remark"


def test_places_of_another_prefecture_are_known_after_their_table(store: db.Store, who: Visitor):
    """Codes and names by level, as statistics offices publish them; ids stay text."""
    table = (
        "代码,名称\n530102000000,五华区\n530102001000,华山街道\n530102001001,翠湖社区居委会\n"
    ).encode("gbk")
    plan = intake.read(table, name="区划代码.csv")
    assert plan.stops == ()
    intake.enter(store, who, plan, at=AT)
    places = learnt.further_places(store, who)
    assert places == ((*PLACE[:5], "翠湖社区居委会"),)
    listed = "县（市）,村名,成果名称\n五华区,翠湖社区,一\n".encode()
    found = intake.read(listed, asked=intake.Asked(places=places))
    assert [entrant.code for entrant in found.entrants] == ["530102001001"]
    with pytest.raises(BadCode):
        learnt.set_places(store, who, [(*PLACE[:4], "5301020010", "x")], name="x", at=AT)


def test_lists_of_judges_alone_need_no_round(store: db.Store, who: Visitor):
    """They are added to the competition's people."""

    def only(book: Sheets) -> None:
        for title in list(book):
            if title != "评委名单":
                del book[title]

    done = intake.enter(store, who, intake.read(spoilt(only)), at=AT)
    assert (done.judges, done.round_id, rounds.rounds_of(store, who)) == (4, "", [])


def pasted_into(store: db.Store, who: Visitor, round_id: str, table: str, text: str, **more: str):
    """A pasted list entered in a round in draft."""
    first = len(readiness.panel_view(store, who, round_id).seats) + 1
    plan = intake.read_all([pasted(table, text, built_in(), first=first)], intake.Asked())
    intake.enter(store, who, plan, round_id=round_id, at=AT, **more)


def test_pasted_lists_form_one_panel_and_the_last_is_undone_alone(store: db.Store, who: Visitor):
    """Entrants, judges, more judges: all in one session; undoing leaves the former list as it was.

    The session that a list of judges made is removed with it, and the entrants stay.
    """
    round_id = rounds.create_round(store, who, title="决赛", at=AT)
    pasted_into(store, who, round_id, "entrants", "石屏县 异龙镇 大水村\n建水县 临安镇")
    alone = counted(store)
    pasted_into(store, who, round_id, "judges", "甲某 石屏县\n乙某", panel_title="第1场")
    two = counted(store)
    pasted_into(store, who, round_id, "judges", "丙某", panel_title="第1场")
    pasted_into(store, who, round_id, "entrants", "弥勒市 弥阳街道")
    (session,) = readiness.panel_view(store, who, round_id).sessions
    assert (session["judges"], len(session["entrants"])) == ([1, 2, 3], 3)
    for expected in (None, two, alone):
        last = importing.last_import(store, who)
        assert last is not None
        importing.undo_import(store, who, last["id"], at=AT)
        assert verify(store) == []
        assert expected is None or counted(store) == expected
