"""An open page goes on at the laptop that took over, with its sign-in, and nowhere else."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import db
from competition import sign_ins
from competition.errors import Replaced, SignInNeeded
from competition.generations import begin_generation
from competition.ids import digest
from competition.people import links, own_entries
from competition.standby import fencing, passes
from competition.standby.passes import Pass
from competition.visitor import Visitor
from tests.competition.event import AT, Event, later
from tests.competition.standby.second import follow, paired

ROLES = ("organizer", "timekeeper", "supervisor")


def signed_in(event: Event, role: str = "organizer", at: datetime = AT) -> Visitor:
    """A browser in which this person's link is open."""
    secret = links.make_link(event.store, event.organizer, event.people[role], at=at)
    cookie = links.open_link(event.store, secret, at=at, address="x", device="Safari")
    return sign_ins.who_is(event.store, cookie, at=at)


def taken(event: Event, who: Visitor) -> Pass:
    found = passes.pass_of(event.store, who)
    assert found is not None
    return found


@pytest.fixture
def copy_of(event: Event, tmp_path: Path) -> Iterator[list[db.Store]]:
    """The store of the second laptop, once `promoted` has copied the event."""
    made: list[db.Store] = []
    paired(event, tmp_path / "second")
    yield made
    for store in made:
        store.close()


def promoted(event: Event, made: list[db.Store], tmp_path: Path) -> db.Store:
    """Copy the event as it is now, and take over there."""
    path = tmp_path / "other.db"
    shutil.copyfile(follow(event, tmp_path / "second").path, path)
    made.append(db.Store(path))
    begin(made[0], event)
    return made[0]


def begin(store: db.Store, event: Event) -> None:
    with store.writing() as tx:
        begin_generation(tx, str(event.organizer.competition_id), "promoted", at=later(60))


@pytest.mark.parametrize("role", ROLES)
def test_a_page_of_the_staff_enters_where_another_laptop_took_over(
    event: Event, copy_of: list[db.Store], tmp_path: Path, role: str
):
    """The same person by the same link, in the same language; the secret in no event."""
    who = signed_in(event, role)
    sign_ins.choose_language(event.store, who, "en")
    kept = taken(event, who)
    other = promoted(event, copy_of, tmp_path)
    cookie = passes.enter(other, kept["ticket"], device="Safari", at=later(61))
    here = sign_ins.who_is(other, cookie, at=later(62))
    assert (here.person_id, sign_ins.language(other, here)) == (who.person_id, "en")
    assert digest(cookie) not in kept["ticket"]


def test_a_supervisor_carried_over_is_no_news_to_themselves(
    event: Event, copy_of: list[db.Store], tmp_path: Path
):
    """Nor is what they had read at the first laptop; a second browser with the ticket is."""
    who = signed_in(event, "supervisor")
    links.make_link(event.store, event.organizer, event.people["supervisor"], at=later(1))
    own_entries.note_shown(event.store, who, at=later(2))
    kept = taken(event, who)
    other = promoted(event, copy_of, tmp_path)
    cookie = passes.enter(other, kept["ticket"], device="Safari", at=later(61))
    here = sign_ins.who_is(other, cookie, at=later(62))
    assert own_entries.own_entries(other, here).is_empty
    passes.enter(other, kept["ticket"], device="Android", at=later(63))
    (entry,) = own_entries.own_entries(other, here).entries
    assert (entry.device, entry.is_live) == ("android", True)


def test_who_brings_the_supervisors_ticket_first_hides_nothing(
    event: Event, copy_of: list[db.Store], tmp_path: Path
):
    """A thief took the place of the sign-in; the supervisor's own browser reads of it."""
    kept = taken(event, signed_in(event, "supervisor"))
    other = promoted(event, copy_of, tmp_path)
    passes.enter(other, kept["ticket"], device="Android", at=later(61))
    cookie = passes.enter(other, kept["ticket"], device="Safari", at=later(62))
    found = own_entries.own_entries(other, sign_ins.who_is(other, cookie, at=later(63)))
    assert "android" in {entry.device for entry in found.entries if entry.is_live}


def test_the_page_knows_the_laptop_that_has_the_copy(
    event: Event, copy_of: list[db.Store], tmp_path: Path
):
    """It alone can answer; a rogue at its address has the question and no answer."""
    kept = taken(event, signed_in(event))
    other = promoted(event, copy_of, tmp_path)
    owner = str(event.organizer.competition_id)
    asked = {"above": kept["generation"], "question": kept["question"]}
    assert fencing.told(other, owner, **asked)["answer"] == kept["answer"] != ""
    wrong = {**asked, "question": "0" * 32}
    assert fencing.told(other, owner, **wrong)["answer"] != kept["answer"]
    assert fencing.told(other, owner)["answer"] == ""


def test_a_laptop_below_or_superseded_answers_no_question(event: Event, copy_of: list[db.Store]):
    """Else a rogue could ask the first laptop and pass its answer off as its own."""
    owner = str(event.organizer.competition_id)
    kept = taken(event, signed_in(event))
    asked = {"above": "2-0123456789abcdef", "question": kept["question"]}
    assert fencing.told(event.store, owner, **asked)["answer"] == ""
    event.store.superseded = "2-0123456789abcdef"
    asked["above"] = kept["generation"]
    assert fencing.told(event.store, owner, **asked)["answer"] == ""


def test_the_ticket_is_worth_nothing_in_its_own_generation(event: Event):
    """A script that stole it from the page opens nothing where the page is signed in."""
    kept = taken(event, signed_in(event))
    with pytest.raises(SignInNeeded):
        passes.enter(event.store, kept["ticket"], device="", at=later(1))


def test_a_superseded_laptop_takes_no_ticket(event: Event, copy_of: list[db.Store], tmp_path: Path):
    """Nor one of a generation that is not below."""
    kept = taken(event, signed_in(event))
    other = promoted(event, copy_of, tmp_path)
    other.superseded = "9-0123456789abcdef"
    with pytest.raises(SignInNeeded):
        passes.enter(other, kept["ticket"], device="", at=later(61))


def test_a_link_revoked_before_the_takeover_enters_nowhere(
    event: Event, copy_of: list[db.Store], tmp_path: Path
):
    """The page still holds its ticket."""
    who = signed_in(event, "timekeeper")
    kept = taken(event, who)
    links.revoke_link(event.store, event.organizer, kept["ticket"].split(".")[2], at=later(1))
    other = promoted(event, copy_of, tmp_path)
    with pytest.raises(SignInNeeded):
        passes.enter(other, kept["ticket"], device="", at=later(61))


def test_a_seat_that_became_another_persons_enters_nowhere(
    event: Event, copy_of: list[db.Store], tmp_path: Path
):
    """Another link was opened in that browser since the ticket."""
    secret = links.make_link(event.store, event.organizer, event.people["timekeeper"], at=AT)
    cookie = links.open_link(event.store, secret, at=AT, address="x")
    kept = taken(event, sign_ins.who_is(event.store, cookie, at=AT))
    other_link = links.make_link(event.store, event.organizer, event.people["host"], at=AT)
    links.open_link(event.store, other_link, at=AT, address="x", former=cookie)
    other = promoted(event, copy_of, tmp_path)
    with pytest.raises(Replaced):
        passes.enter(other, kept["ticket"], device="", at=later(61))


def test_a_sign_in_after_the_last_copy_enters_by_a_known_link(
    event: Event, copy_of: list[db.Store], tmp_path: Path
):
    """The copy has the link and not the sign-in; a link that came later is not known."""
    secret = links.make_link(event.store, event.organizer, event.people["host"], at=AT)
    other = promoted(event, copy_of, tmp_path)
    cookie = links.open_link(event.store, secret, at=later(1), address="x")
    kept = taken(event, sign_ins.who_is(event.store, cookie, at=later(1)))
    assert passes.enter(other, kept["ticket"], device="", at=later(61))
    unknown = taken(event, signed_in(event, "host", later(2)))
    with pytest.raises(SignInNeeded):
        passes.enter(other, unknown["ticket"], device="", at=later(61))


FORGED = {
    "another person": lambda event, ticket: ticket.replace(
        event.people["timekeeper"], str(event.organizer.person_id)
    ),
    "a later generation": lambda event, ticket: ticket.replace(".1-", ".0-"),
    "another MAC": lambda event, ticket: ticket[:-1] + ("0" if ticket[-1] != "0" else "1"),
    "no MAC": lambda event, ticket: ticket.rpartition(".")[0] + ".",
    "a person who is not here": lambda event, ticket: "a.b.c.1-d.e",
    "nothing": lambda event, ticket: "",
    "no ASCII": lambda event, ticket: "评.委.席.1-位.９",
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_ticket_is_nobodys(
    event: Event, copy_of: list[db.Store], tmp_path: Path, what: str
):
    """And no sign-in is written."""
    kept = taken(event, signed_in(event, "timekeeper"))
    other = promoted(event, copy_of, tmp_path)
    with other.reading() as tx:
        before = tx.value("SELECT count(*) FROM sign_ins")
    with pytest.raises(SignInNeeded):
        passes.enter(other, FORGED[what](event, kept["ticket"]), device="", at=later(61))
    with other.reading() as tx:
        assert tx.value("SELECT count(*) FROM sign_ins") == before


def test_a_screen_without_a_person_has_a_question_and_no_ticket(event: Event):
    """Another one at each look, so that one screen's guest knows no other's answer."""
    one, two = (passes.pass_of_screen(event.store, event.round_id) for _ in range(2))
    assert one is not None
    assert two is not None
    assert (one["ticket"], one["question"] == two["question"]) == ("", False)
    assert passes.pass_of_screen(event.store, "no-such-round") is None
