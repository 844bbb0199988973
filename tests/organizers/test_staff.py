"""Staff: a competition made from nothing has its supervisor, scorekeeper and host."""

import pytest

from competition import people, staffing
from competition.errors import Blank, Forbidden, Missing
from tests.opening import Open, Sample
from tests.organizers.acting import now, press
from words import t

PAGE = "organizers/links.py"


def test_the_organizer_adds_a_supervisor(open_page: Open, sample: Sample):
    """One act, two events: the person, and the role."""
    at = press(open_page("organizer", "zh", PAGE), "act-add_staff")
    at.text_input(key="staff-new-0-name").set_value("样例·监督").run()
    press(at, "staff-new-send")
    (one,) = (
        row
        for row in people.everybody(sample.store, sample.who("organizer"))
        if row["name"] == "样例·监督"
    )
    assert one["roles"] == ["supervisor"]


@pytest.mark.parametrize("role", ["judge", "public", "nobody"])
def test_only_roles_of_the_staff(sample: Sample, role: str):
    """A judge comes by a seat; nothing is written."""
    before = len(people.everybody(sample.store, sample.who("organizer")))
    with pytest.raises(Missing):
        staffing.add_staff(sample.store, sample.who("organizer"), name="某人", role=role, at=now())
    assert len(people.everybody(sample.store, sample.who("organizer"))) == before


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
