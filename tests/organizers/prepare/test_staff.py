"""Staff: a competition made from nothing has its supervisor, scorekeeper and host."""

import pytest

from competition.errors import Blank, Forbidden, Missing
from competition.people import links, people, staffing
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import events, now, press, refused
from words import t

PAGE = "organizers/prepare/people/page.py"


def test_the_organizer_adds_a_supervisor(open_page: Open, sample: Sample):
    """One act, two events: the person, and the role."""
    at = press(open_page("organizer", "zh", PAGE), "act-add_staff")
    at.text_input(key="staff-new-0-name").set_value("样例·监督").run()
    press(at, "staff-new-send")
    (one,) = (
        row
        for row in people.all_people(sample.store, sample.who("organizer"))
        if row["name"] == "样例·监督"
    )
    assert one["roles"] == ["supervisor"]


@pytest.mark.parametrize("role", ["judge", "public", "nobody"])
def test_only_roles_of_the_staff(sample: Sample, role: str):
    """A judge comes by a seat; nothing is written."""
    before = len(people.all_people(sample.store, sample.who("organizer")))
    with pytest.raises(Missing):
        staffing.add_staff(sample.store, sample.who("organizer"), name="某人", role=role, at=now())
    assert len(people.all_people(sample.store, sample.who("organizer"))) == before


def test_a_name_is_needed_and_only_organizers_add(sample: Sample):
    """No person is left behind without a role."""
    with pytest.raises(Blank):
        staffing.add_staff(
            sample.store, sample.who("organizer"), name=" ", role="supervisor", at=now()
        )
    with pytest.raises(Forbidden):
        staffing.add_staff(sample.store, sample.who("host"), name="某人", role="host", at=now())


@pytest.mark.parametrize("role", staffing.STAFF_ROLES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_role_says_what_it_does(role: str, lang: str):
    assert t(f"organizers.staff.does.{role}", lang)
    assert t(f"role.{role}", lang)


def test_a_role_is_taken_away_on_the_page(open_page: Open, sample: Sample):
    """Chosen, with a reason; without one nothing happens and the page says so."""
    person = sample.person("scorekeeper")
    at = open_page("organizer", "zh", PAGE)
    at.selectbox(key="links-person").set_value(person).run()
    press(at, "act-take_role")
    press(at, "confirm-take_role")
    assert refused(at)
    at.text_area(key="reason-take_role").input("换人").run()
    press(at, "confirm-take_role")
    assert {grant.role for grant in sample.who("scorekeeper").grants} == set()
    assert events(sample)[-1] == "role_revoked"


def test_a_pair_that_is_forbidden_is_refused_on_the_page(open_page: Open, sample: Sample):
    """The scorekeeper cannot be the supervisor as well; the page says what would clear it."""
    at = open_page("organizer", "zh", PAGE)
    at.selectbox(key="links-person").set_value(sample.person("scorekeeper")).run()
    press(at, "act-give_role")
    press(at, "confirm-give_role")
    assert refused(at)
    assert "取消原岗位" in html(at)
    at.selectbox(key="role-given").set_value(("timekeeper", None, None)).run()
    press(at, "confirm-give_role")
    roles = {grant.role for grant in sample.who("scorekeeper").grants}
    assert roles == {"scorekeeper", "timekeeper"}


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_the_supervisor_reads_of_another_link_first(open_page: Open, sample: Sample, lang: str):
    """On whatever page, until read; and the others can be ended there."""
    assert "own-entries" not in html(open_page("supervisor", lang, "organizers/log/page.py"))
    links.make_link(sample.store, sample.who("organizer"), sample.person("supervisor"), at=now())
    at = open_page("supervisor", lang, "organizers/log/page.py")
    assert t("ui.entries.title", lang) in html(at)
    press(at, "entries-told")
    assert t("ui.entries.title", lang) not in html(at)
    links.make_link(sample.store, sample.who("organizer"), sample.person("supervisor"), at=now())
    press(open_page("supervisor", lang, "organizers/live/desk/page.py"), "entries-end")
    assert events(sample)[-1] == "other_entries_ended"
