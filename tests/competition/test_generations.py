"""Generations: each restored file's is above all that its tablets can have seen."""

from competition.generations import begin_generation
from db import heads
from tests.competition.event import AT, Event


def test_a_generation_is_above_the_one_that_was_lost(event: Event):
    """An early backup put back twice does not get the number of the first time again."""
    owner = str(event.organizer.competition_id)
    with event.store.reading() as tx:
        before = heads.last(tx, owner)
    assert before is not None
    lost = f"{before.number + 5}-{'a' * 16}.9.{'b' * 64}"
    with event.store.writing() as tx:
        begin_generation(tx, owner, "restored", at=AT, lost=lost)
    with event.store.reading() as tx:
        after = heads.last(tx, owner)
    assert after is not None
    assert after.number == before.number + 6
