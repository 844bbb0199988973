"""The short version of ``arena.py bench vote``: phones vote while judges mark."""

import pytest

from commands.bench import marking, vote


@pytest.mark.long(
    "routes/test_vote.py::test_a_ballot_by_phone",
    "routes/test_vote.py::test_two_taps_at_once_are_one_ballot",
    "routes/test_vote.py::test_phones_that_come_together_share_a_commit",
    "routes/test_vote.py::test_wrong_codes_are_slowed_and_right_ones_are_not",
)
def test_every_phone_is_counted_once_beside_the_marks(monkeypatch: pytest.MonkeyPatch):
    """Sixty phones in two seconds, then guessed codes: no mark refused, sixty votes."""
    monkeypatch.setattr(marking, "TAP_SECONDS", 0.5)
    monkeypatch.setattr(vote, "GUESSERS", 3)
    phases, counted = vote.measured(60, 4, scanning=1.0, voting=11.0, quiet=1.0, guessing=1.0)
    quiet, hall, guess = phases
    assert (counted, hall.states) == (60, {"voted": 60})
    assert set(guess.states) == {"unknown"}
    assert [one.refused for one in phases] == [0, 0, 0]
    assert all(one.marks for one in phases)
    assert len(hall.cells(quiet)) == 9
