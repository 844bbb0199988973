"""Texts of 奖状 and 荣誉证书: samples until edited, names filled once, faults at their field."""

import pytest

from competition.errors import BadFields, BadInput
from competition.results.award_texts import PLACEHOLDERS, award_texts, set_award_texts
from tests.competition.event import AT, Event


def edited(event: Event, **texts: str) -> dict[str, str]:
    """奖状 as it stands after some parts were set."""
    set_award_texts(event.store, event.organizer, event.round_id, "award", texts, at=AT)
    return award_texts(event.store, event.organizer, event.round_id, "zh")["award"]


def test_an_edited_part_stays_and_an_emptied_one_is_the_sample_again(event: Event):
    """One part at a time; the other kind keeps its sample."""
    sample = award_texts(event.store, event.organizer, event.round_id, "zh")
    assert edited(event, wish="再接再厉。")["wish"] == "再接再厉。"
    now = award_texts(event.store, event.organizer, event.round_id, "zh")
    assert now["honour"] == sample["honour"]
    assert edited(event, wish="") == sample["award"]


@pytest.mark.parametrize(
    ("part", "text"),
    [("body", "{score}分"), ("body", "{0}"), ("title", "{prize"), ("frame", "gold"), ("seal", "x")],
)
def test_a_fault_is_named_at_its_field_and_nothing_is_written(event: Event, part: str, text: str):
    """A score is no name that a certificate of award may have; nor is there a part for a seal."""
    before = award_texts(event.store, event.organizer, event.round_id, "zh")
    with pytest.raises(BadFields) as refused:
        edited(event, wish="好。", **{part: text})
    assert list(refused.value.problems) == [part]
    assert award_texts(event.store, event.organizer, event.round_id, "zh") == before


def test_a_third_kind_is_refused(event: Event):
    """There are two kinds."""
    with pytest.raises(BadInput):
        set_award_texts(event.store, event.organizer, event.round_id, "x", {}, at=AT)


def test_a_name_in_a_value_is_not_filled_again():
    """A plan whose title is {prize} is printed so: each name of the text is replaced once."""
    filled = list(PLACEHOLDERS.parts("《{title}》{prize}", {"title": "{prize}", "prize": "一等奖"}))
    assert "".join(text for text, _ in filled) == "《{prize}》一等奖"
    assert [text for text, name in filled if name == "prize"] == ["一等奖"]
