"""The competition's own facts: title, days, venue, logo."""

import pytest

from competition.errors import BadFields, BadImage, Missing
from competition.people import people
from competition.rounds import competitions
from db.invariants import verify
from tests.competition.event import AT, Event
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
