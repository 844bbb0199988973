"""Budgets by sign-in: they fill again with time, and one sign-in's is not another's."""

from dataclasses import dataclass

from ui.door.budgets import MOST_KEPT, Allowances, Bucket


@dataclass
class Clock:
    """A time that moves only when it is told."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_bucket_gives_as_much_as_it_holds_and_fills_again():
    """Three at once, then one a second."""
    clock = Clock()
    bucket = Bucket(3, 1, clock)
    assert [bucket.allows() for _ in range(4)] == [True, True, True, False]
    clock.at = 2
    assert [bucket.allows() for _ in range(3)] == [True, True, False]


def test_a_debt_is_said_in_seconds():
    """The fifth message of two a second waits for one second."""
    bucket = Bucket(3, 2, Clock())
    assert [bucket.take() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]


def test_what_was_refused_costs_nothing():
    """A stranger that is turned away leaves no longer wait to the next."""
    bucket = Bucket(1, 1, Clock())
    assert (bucket.take(), bucket.take()) == (0, 1.0)
    bucket.give_back()
    assert bucket.take() == 1.0


def test_each_sign_in_has_its_own_and_the_longest_unused_is_forgotten():
    """A flood of sign-ins keeps no memory for ever."""
    kept = Allowances()
    mine = kept.of("mine")
    assert kept.of("mine") is mine
    assert kept.of("other") is not mine
    for number in range(MOST_KEPT):
        kept.of(str(number))
    assert kept.of("mine") is not mine
