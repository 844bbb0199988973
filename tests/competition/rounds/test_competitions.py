"""The competition's own facts: title, days, venue, logo."""

import pytest

from competition.errors import BadFields, Missing
from competition.people import links, people
from competition.rounds import competitions
from competition.rounds.errors import BadImage
from competition.sign_ins import who_is
from db.invariants import verify
from tests.competition.event import AT, Event, later
from tests.competition.registry.calls import PNG

TITLE = "红河州“干部规划家乡行动”村庄规划擂台赛"


def test_days_are_read_as_people_write_them(draft: Event):
    """2022年3月18日 and 2022.3.19 are days; they are kept in one spelling."""
    competitions.update_competition(
        draft.store,
        draft.organizer,
        title=TITLE,
        starts_on="2022年3月18日",
        ends_on="2022.3.19",
        venue="州会议中心",
        at=AT,
    )
    row = people.current_competition(draft.store, draft.organizer)
    assert (row["title"], row["starts_on"], row["ends_on"]) == (TITLE, "2022-03-18", "2022-03-19")
    assert verify(draft.store) == []


def test_days_that_end_the_own_link_are_refused_with_the_way(draft: Event):
    """A mistyped year would lock out the person who types it; a fresh link lasts its month."""
    store, days = draft.store, 24 * 3600
    cookie = links.open_link(store, draft.token, at=AT, address="10.0.0.9")
    organizer, at = who_is(store, cookie, at=AT), later(31 * days)
    before = people.current_competition(store, organizer)
    for field in ("starts_on", "ends_on"):
        with pytest.raises(BadFields) as refused:
            competitions.update_competition(
                store, organizer, title=TITLE, at=at, **{field: "2021-03-18"}
            )
        assert {k: e.code for k, e in refused.value.problems.items()} == {field: "ends_own_link"}
    assert people.current_competition(store, organizer) == before
    made = links.make_link(store, organizer, str(organizer.person_id), at=at)
    fresh = links.open_link(store, made, at=at, address="10.0.0.9")
    organizer = who_is(store, fresh, at=at)
    competitions.update_competition(store, organizer, title=TITLE, starts_on="2021-03-18", at=at)
    assert who_is(store, fresh, at=later(32 * days)) == organizer


def test_every_field_that_cannot_be_used_is_named_and_nothing_is_written(draft: Event):
    """An empty title, a 30th of February, a last day before the first: all at once."""
    before = people.current_competition(draft.store, draft.organizer)
    with pytest.raises(BadFields) as refused:
        competitions.update_competition(
            draft.store, draft.organizer, title=" ", starts_on="2022-02-30", at=AT
        )
    assert {k: e.code for k, e in refused.value.problems.items()} == {
        "title": "blank",
        "starts_on": "bad_day",
    }
    with pytest.raises(BadFields) as refused:
        competitions.update_competition(
            draft.store,
            draft.organizer,
            title=TITLE,
            starts_on="2022-03-18",
            ends_on="2022-03-17",
            at=AT,
        )
    assert list(refused.value.problems) == ["ends_on"]
    assert people.current_competition(draft.store, draft.organizer) == before


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", PNG + bytes(600 * 1024)])
def test_a_logo_is_known_by_how_it_begins_and_by_its_size(draft: Event, content: bytes):
    """What the file was called says nothing."""
    with pytest.raises(BadImage):
        competitions.set_logo(draft.store, draft.organizer, content, at=AT)
    assert competitions.logo(draft.store, draft.organizer) == ""


def test_a_logo_is_kept_in_the_database_and_its_bytes_stay_out_of_the_log(draft: Event):
    """Shown as a data address; the event has a salted hash; removed means gone."""
    competitions.set_logo(draft.store, draft.organizer, PNG, at=AT)
    shown = competitions.logo(draft.store, draft.organizer)
    assert shown.startswith("data:image/png;base64,iVBOR")
    with draft.store.reading() as tx:
        payload = tx.value("SELECT payload FROM events WHERE kind = 'logo_set'")
    assert shown.partition(",")[2] not in payload
    assert verify(draft.store) == []
    competitions.remove_logo(draft.store, draft.organizer, at=AT)
    assert competitions.logo(draft.store, draft.organizer) == ""
    with pytest.raises(Missing):
        competitions.remove_logo(draft.store, draft.organizer, at=AT)
    assert verify(draft.store) == []
