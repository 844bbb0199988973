"""A plan beside the database: the counts on the page are what entering then does."""

from dataclasses import replace

import db
import intake
from competition.lineup import importing
from competition.lineup.entrants import all_entrants
from competition.lineup.known import known
from competition.people.people import all_people
from competition.rounds import rounds
from competition.visitor import Visitor
from db.invariants import verify
from intake.comparing import Compared, compare
from tests.intake.books import Sheets, spoilt
from tests.intake.conftest import AT
from tests.intake.test_entering import to_come


def compared(store: db.Store, who: Visitor, plan: intake.Plan) -> tuple[int, int, int]:
    found = beside(store, who, plan)
    return found.new, found.changed, found.same


def beside(store: db.Store, who: Visitor, plan: intake.Plan) -> Compared:
    return compare(plan, known(store, who))


def rows(store: db.Store, who: Visitor) -> tuple[list[object], list[object]]:
    """What there is, without what an act counts up."""
    people = [
        {k: v for k, v in one.items() if k in ("name", "unit", "county")}
        for one in all_people(store, who)
    ]
    return list(all_entrants(store, who)), list(people)


def test_the_same_workbook_again_changes_nothing(store: db.Store, who: Visitor):
    """All new, then all the same: entered again in its round, it writes no row of either list."""
    plan = intake.read(spoilt(to_come), name="名单.xlsx")
    lines = len(plan.entrants) + len(plan.judges)
    assert compared(store, who, plan) == (lines, 0, 0)
    done = intake.enter(store, who, plan, at=AT)
    assert compared(store, who, plan) == (0, 0, lines)
    before, events = rows(store, who), importing.event_number(store, who)
    view = rounds.round_view(store, who, done.round_id)
    again = intake.enter(store, who, plan, round_id=done.round_id, at=AT)
    assert (again.entrants, again.judges) == (0, 0)
    assert rows(store, who) == before
    after = rounds.round_view(store, who, done.round_id)
    assert {k: after[k] for k in ("entrants", "judges", "missing")} == {
        k: view[k] for k in ("entrants", "judges", "missing")
    }
    assert len(after["sessions"]) == len(view["sessions"])
    assert importing.event_number(store, who) > events  # the import itself is logged
    assert verify(store) == []


def test_what_differs_is_changed_and_put_back_by_the_undo(store: db.Store, who: Visitor):
    """Another presenter, a shelf mark, a judge's unit; a blank cell erases nothing."""
    plan = intake.read(spoilt(to_come), name="名单.xlsx")
    done = intake.enter(store, who, plan, at=AT)
    before = rows(store, who)
    first, second, *rest = plan.entrants
    later = replace(
        plan,
        name="改.xlsx",
        entrants=(
            replace(first, presenter="新汇报人", shelf_mark="3 柜"),
            replace(second, presenter="", unit="", title=""),
            *rest,
        ),
    )
    assert compared(store, who, later) == (0, 1, len(plan.entrants) + len(plan.judges) - 1)
    intake.enter(store, who, later, round_id=done.round_id, at=AT)
    changed = {one["code"]: one["presenter"] for one in all_entrants(store, who)}
    assert changed[first.code] == "新汇报人"
    assert changed[second.code] == second.presenter
    assert compared(store, who, later) == (0, 0, len(plan.entrants) + len(plan.judges))
    last = importing.last_import(store, who)
    assert last is not None
    importing.undo_import(store, who, last["id"], at=AT)
    assert rows(store, who) == before
    assert known(store, who).shelf_marks.get(all_entrants(store, who)[0]["id"], "") == ""
    assert verify(store) == []


def test_an_opened_round_keeps_its_entrants_facts(store: db.Store, who: Visitor):
    """They are counted apart, and the import goes through without touching them."""
    plan = intake.read(spoilt(to_come), name="名单.xlsx")
    done = intake.enter(store, who, plan, at=AT)
    rounds.open_round(store, who, done.round_id, signed="all", at=AT)
    before = rows(store, who)
    entrants = tuple(replace(e, presenter="别人") for e in plan.entrants if e.in_round)
    later = replace(plan, entrants=entrants, assignments=(), sessions=())
    found = beside(store, who, later)
    assert (found.new, found.changed, len(found.fixed)) == (0, 0, len(entrants))
    intake.enter(store, who, later, round_title="复评", at=AT)
    assert rows(store, who) == before


def test_two_plans_of_one_village_stay_two(store: db.Store, who: Visitor):
    """Another title is another entrant; a title that was missing is filled in."""

    def without_titles(book: Sheets) -> None:
        to_come(book)
        column = (
            book["参赛名单"][0].index("成果名称") if "成果名称" in book["参赛名单"][0] else None
        )
        for row in book["参赛名单"][1:]:
            if column is not None:
                row[column] = None

    plan = intake.read(spoilt(without_titles), name="名单.xlsx")
    done = intake.enter(store, who, plan, at=AT)
    titled = replace(plan, entrants=tuple(replace(e, title=f"规划{e.key}") for e in plan.entrants))
    assert beside(store, who, titled).changed == len(plan.entrants)
    intake.enter(store, who, titled, round_id=done.round_id, at=AT)
    other = replace(plan, entrants=(replace(plan.entrants[0], title="另一个规划"),), judges=())
    assert compared(store, who, other) == (1, 0, 0)
