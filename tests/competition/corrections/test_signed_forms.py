"""A correction confirmed by the photograph of its form: who signed, and what cannot be a form."""

import pytest

import db
from competition.corrections.errors import BadPhotograph
from competition.corrections.listing import corrections_of
from competition.corrections.signed_forms import MOST_MEGABYTES, confirm_by_form, photograph
from competition.errors import Forbidden, Missing, Refused, SecondPersonNeeded, WrongState
from db.invariants import verify
from tests.competition.corrections.cases import AT, ask, confirm, lines, what
from tests.competition.event import Event
from tests.competition.registry.correction_calls import PHOTO

JPEG = b"\xff\xd8\xff\xe0" + bytes(64)


def by_form(event: Event, key: str, signer: str = "supervisor", **more: object) -> None:
    """The organizer takes the photograph in."""
    given = {"name": "申请单.jpg", "content": JPEG, "at": AT, **more}
    who = given.pop("who", event.organizer)
    person = event.people.get(signer, signer)
    confirm_by_form(event.store, who, key, person, **given)  # type: ignore[arg-type]


def asked(event: Event) -> str:
    """A recusal asked for by the scorekeeper."""
    return ask(event, "recusal", what(event, 1, 2), who=event.visitor("scorekeeper"))


def test_the_form_stands_in_the_place_of_the_pin(closed: Event):
    """The correction is done, the signer is who confirmed it; photograph and names are shown."""
    key = asked(closed)
    before = lines(closed)[1].counted
    by_form(closed, key)
    assert lines(closed)[1].counted == before - 1
    (one,) = corrections_of(closed.store, closed.visitor("supervisor"), closed.round_id)
    assert one.form is not None
    assert (one.answered_by, one.form.signed_by) == ("supervisor·李", "supervisor·李")
    assert one.form.taken_by == "赛务·杨一"
    assert photograph(closed.store, closed.visitor("supervisor"), key) == JPEG
    assert verify(closed.store) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg onload=alert(1)>", b"GIF89a"])
def test_only_a_photograph_is_taken(closed: Event, content: bytes):
    """By what is in it; nothing is kept and nothing changes."""
    key = asked(closed)
    with pytest.raises(BadPhotograph) as refused:
        by_form(closed, key, content=content, name="../../x.jpg")
    assert refused.value.values["field"] == "photo"
    assert refused.value.values["name"] == "x.jpg"
    assert not db.document_files.folder_of(closed.store.path).exists()


def test_a_photograph_has_a_size(closed: Event):
    key = asked(closed)
    with pytest.raises(BadPhotograph):
        by_form(closed, key, content=PHOTO + bytes(MOST_MEGABYTES * 10**6))


def test_who_asked_or_photographed_it_has_not_signed_it(closed: Event):
    """Two people besides the camera: one person alone confirms nothing."""
    key = asked(closed)
    for signer, error in (
        ("organizer", Refused),
        ("second", Forbidden),
        ("host", Forbidden),
        ("nobody", Missing),
        ("", Missing),
    ):
        with pytest.raises(error):
            by_form(closed, key, signer)
    with closed.store.reading() as tx:
        supervisor = closed.people["supervisor"]
        assert db.corrections.signed_form(tx, key) is None
    own = ask(closed, "set_aside", what(closed, 2, 4), who=closed.visitor("supervisor"))
    with pytest.raises(SecondPersonNeeded):
        by_form(closed, own, supervisor)


def test_only_who_asks_for_corrections_takes_a_photograph_in(closed: Event):
    """Not the host, nor a judge; the supervisor signs on an own page."""
    key = asked(closed)
    for role in ("host", "supervisor", 1):
        with pytest.raises(Forbidden):
            by_form(closed, key, who=closed.visitor(role))


def test_what_has_an_answer_or_has_moved_is_not_signed(closed: Event):
    """A second photograph of the same form, and a form that was signed on other data."""
    key = asked(closed)
    other = ask(closed, "set_aside", what(closed, 1, 2), who=closed.visitor("supervisor"))
    assert other
    by_form(closed, key)
    with pytest.raises(WrongState):
        by_form(closed, key)
    moved = ask(closed, "mark", what(closed, 3, 2, marks=(40,)))
    confirm(closed, ask(closed, "recusal", what(closed, 3, 2), who=closed.visitor("second")))
    with pytest.raises(Refused):
        by_form(closed, moved, who=closed.visitor("second"))


def test_a_judge_sees_no_photograph(closed: Event):
    key = asked(closed)
    by_form(closed, key)
    for role in ("host", 1):
        with pytest.raises(Forbidden):
            photograph(closed.store, closed.visitor(role), key)


@pytest.mark.on_file
def test_a_backup_and_verify_need_the_photograph(closed: Event):
    """Its content belongs to what a copy takes along, and a missing one is found."""
    key = asked(closed)
    by_form(closed, key)
    with closed.store.reading() as tx:
        form = db.corrections.signed_form(tx, key)
        assert form is not None
        assert form["sha256"] in db.document_files.kept(tx)
        db.document_files.path_of(closed.store.path, form["sha256"]).unlink()
        found = [one.check for one in db.document_files.damaged(tx, closed.store.path)]
    assert found == ["document_there"]
