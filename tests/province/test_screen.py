"""The province's page: a line a competition, awards by certificates only, a search over all."""

from datetime import timedelta

import pytest

from competition.errors import Forbidden, SignInNeeded
from competition.people import people
from competition.province import places, standing
from competition.province.errors import NotProvince
from competition.province.over_all import find, lines
from competition.province.serving import Installation
from competition.sign_ins import visitor_of, who_is
from competition.visitor import PUBLIC
from tests.opening import html
from tests.province.conftest import AT, Look
from words import LANGS, t


def test_each_competition_has_its_line_and_no_mark_or_judge_is_in_it(
    province: tuple[Installation, str], look: Look
):
    """In both languages; what was awarded is of the certified one, and no judge is named."""
    installation, _ = province
    judges = []
    for store in installation.competitions().values():
        with store.reading() as tx:
            judges += tx.rows("SELECT p.name FROM people p JOIN seats s ON s.person_id = p.id")
    assert judges
    for lang in LANGS:
        shown = html(look("", lang))
        for state in ("draft", "open", "certified", "fault"):
            assert t(f"province.screen.state.{state}", lang) in shown
        assert "样例：正在评分" in shown
        assert "missing.contest.test" in shown
        assert not [one["name"] for one in judges if f">{one['name']}<" in shown]


def test_awards_are_given_by_certificates_alone(province: tuple[Installation, str]):
    """None of the open one, whose sheets are all in; of the certified one its winners."""
    installation, cookie = province
    store = installation.province
    assert store is not None
    shown = {
        one.name: one for one in lines(installation, store, who_is(store, cookie, at=AT), at=AT)
    }
    assert shown["missing"].fault == "database_empty"
    made = {name: one.summary for name, one in shown.items() if one.summary}
    assert {name: one.state for name, one in made.items()} == {
        "draft": "draft",
        "open": "open",
        "certified": "certified",
    }
    assert made["open"].awards == made["draft"].awards == ()
    assert {one.rank for one in made["certified"].awards} == {1, 2}
    now = made["open"].now
    assert now is not None
    assert 0 < now.expected >= now.submitted
    assert made["draft"].late(AT) == ()


def test_what_is_late_follows_from_the_time(province: tuple[Installation, str]):
    """A day that has passed without a round open is late; a certified one never is."""
    installation, cookie = province
    store = installation.province
    assert store is not None
    draft = installation.competitions()["draft"]
    with draft.reading() as tx:
        starts_on = tx.value("SELECT starts_on FROM competitions")
    later = {
        one.name: one.late
        for one in lines(
            installation, store, who_is(store, cookie, at=AT), at=AT + timedelta(days=800)
        )
    }
    assert later["draft"] == (("unopened",) if starts_on else ())
    assert not {"unopened", "uncertified"} & set(later["certified"])


def test_the_first_look_finds_all_read(province: tuple[Installation, str]):
    """At the start each competition is read once, so no person waits for the names' spelling."""
    installation, _ = province
    installation.warming.thread.join()
    for store in installation.competitions().values():
        assert store.path in standing._kept
        assert store.path in places._kept


@pytest.mark.parametrize("typed", ["石屏", "shiping", "sp", "ｓｐ"])
def test_one_search_finds_in_all(province: tuple[Installation, str], look: Look, typed: str):
    """By name, pinyin and initials, full width too; each hit says of which competition it is."""
    installation, cookie = province
    store = installation.province
    assert store is not None
    found = find(installation, store, who_is(store, cookie, at=AT), typed, at=AT)
    assert {line.name for line, _ in found.entrants} == {"draft", "open", "certified"}
    assert {place.county for _, place in found.entrants} == {"石屏县"}
    if typed == "sp":
        assert "certified.contest.test" in html(look("", find=typed))


def test_only_the_provinces_people_read_it(province: tuple[Installation, str]):
    """A competition's organizer, the public, and a judge's role at the province are refused."""
    installation, cookie = province
    store, other = installation.province, installation.competitions()["open"]
    assert store is not None
    with other.reading() as tx:
        organizer = visitor_of(
            tx, tx.value("SELECT person_id FROM grants WHERE role = 'organizer'")
        )
    for read in (lines, lambda *a, at: find(*a, "石屏", at=at)):
        with pytest.raises(NotProvince):
            read(installation, other, organizer, at=AT)
        with pytest.raises(NotProvince):
            read(None, other, organizer, at=AT)
        with pytest.raises(SignInNeeded):
            read(installation, store, PUBLIC, at=AT)
    chief = who_is(store, cookie, at=AT)
    person = people.add_person(store, chief, name="样例·主持", at=AT)
    people.grant_role(store, chief, person, "host", at=AT)
    with store.reading() as tx:
        host = visitor_of(tx, person)
    with pytest.raises(Forbidden):
        lines(installation, store, host, at=AT)
