"""A receipt's code proves one sheet in the certified root, and shows no other."""

import hashlib
from decimal import Decimal

import pytest

from competition.errors import NotNow
from competition.people.errors import TooManyAttempts
from competition.results import certification, receipts
from competition.results.errors import ReceiptUnknown
from competition.results.receipts import as_typed, code_of, codes, in_groups, look_up
from competition.results.tally_sheets import tally_sheets
from tests.competition.event import AT, Event, later


def test_a_code_is_the_first_fifty_bits_in_crockfords_signs():
    """By hand: 50 bits of ones are ten Z; of the number 1 at the end, 1."""
    assert code_of(b"\xff" * 32) == "Z" * 10
    assert code_of((1 << 14).to_bytes(8, "big") + bytes(24)) == "0" * 9 + "1"
    assert in_groups("ABCDE12345") == "ABCDE-12345"


def test_what_people_type_is_read_as_it_was_meant():
    """Small letters, spaces, dashes, full-width signs, O for 0, I and L for 1."""
    assert as_typed(" abcde－olI45 ") == "ABCDE01145"


def test_each_sheet_is_found_by_its_code_and_proved_up_to_the_root(closed: Event):
    """Recomputed here from leaf and path alone, as a reader would: 0x01 before each pair."""
    which = (closed.store, closed.organizer, closed.round_id)
    given = codes(*which)
    closed.certify()
    with closed.store.reading() as tx:
        root = certification.latest_certified(tx, closed.round_id)["content"]["sheets_root"]
    assert len(set(given.values())) == len(given) == len(closed.pairs())
    totals = {
        (one.line.entrant_id, sheet.judge): sheet.total
        for one in tally_sheets(*which, at=AT).explained
        for sheet in one.sheets
    }
    for key, code in given.items():
        proved = look_up(closed.store, in_groups(code).lower(), address="a", at=AT)
        found = bytes.fromhex(proved.leaf)
        for side, other in proved.path:
            pair = (
                (bytes.fromhex(other), found) if side == "left" else (found, bytes.fromhex(other))
            )
            found = hashlib.sha256(b"\x01" + b"".join(pair)).digest()
        assert found.hex() == proved.root == root
        assert proved.place["id"] == key[0]
        assert proved.total == totals[key] == sum(mark for _, mark in proved.marks)


def test_a_proof_says_nothing_of_the_judge_or_of_another_sheet(closed: Event):
    """Of others only hashes; a changed mark gives another leaf, so that its code is another."""
    given = codes(closed.store, closed.organizer, closed.round_id)
    closed.certify()
    proved = look_up(closed.store, next(iter(given.values())), address="a", at=AT)
    assert not any(person in repr(proved) for person in closed.judges.values())
    assert [len(other) for _, other in proved.path] == [64] * len(proved.path)
    assert proved.marks[0][1] != Decimal(0)


def test_no_code_opens_before_the_certificate_or_after_it_was_withdrawn(closed: Event):
    """Closed is not certified; the code then is unknown like any other."""
    code = next(iter(codes(closed.store, closed.organizer, closed.round_id).values()))
    with pytest.raises(ReceiptUnknown):
        look_up(closed.store, code, address="a", at=AT)
    closed.certify()
    look_up(closed.store, code, address="a", at=AT)
    which = (closed.store, closed.organizer, closed.round_id)
    certification.revoke_certificate(*which, reason="复核", at=AT)
    with pytest.raises(ReceiptUnknown):
        look_up(closed.store, code, address="a", at=AT)


def test_who_tries_codes_is_stopped_after_thirty_in_a_minute(closed: Event):
    """One address; another is not; a minute later neither."""
    code = next(iter(codes(closed.store, closed.organizer, closed.round_id).values()))
    closed.certify()
    for _ in range(receipts.WRONG_A_MINUTE):
        with pytest.raises(ReceiptUnknown):
            look_up(closed.store, "0000000000", address="a", at=AT)
    with pytest.raises(TooManyAttempts):
        look_up(closed.store, code, address="a", at=AT)
    look_up(closed.store, code, address="b", at=AT)
    look_up(closed.store, code, address="a", at=later(61))


def test_codes_are_not_read_while_marks_are_given(event: Event):
    """A code would bind a sheet that may still change."""
    with pytest.raises(NotNow):
        codes(event.store, event.organizer, event.round_id)
