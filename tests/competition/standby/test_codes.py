"""Pairing a second laptop: one code, once, for this competition and this version."""

from datetime import timedelta

import pytest

from competition.errors import Missing, Refused
from competition.people.errors import TooManyAttempts
from competition.standby import codes
from competition.standby.errors import (
    StandbyCodeOver,
    StandbyCodeUsed,
    StandbyCodeWrong,
    StandbyNotAlone,
    StandbyOtherEvent,
    StandbyUnknown,
    StandbyVersion,
)
from db.invariants import verify
from tests.competition import event as events
from tests.competition.event import AT, Event, later
from tests.competition.registry.standby_rows import FIRST, SECOND, request
from tests.db.copies import whole


def states(draft: Event) -> list[str]:
    with draft.store.reading() as tx:
        return [row["state"] for row in tx.rows("SELECT state FROM standbys ORDER BY at, id")]


def kinds(draft: Event) -> list[str]:
    with draft.store.reading() as tx:
        rows = tx.rows("SELECT kind FROM events WHERE kind LIKE 'standby%' ORDER BY seq")
    return [row["kind"] for row in rows]


def test_a_code_is_exchanged_once_for_a_token(draft: Event):
    """The log has both steps; neither code nor token is in the file."""
    code = codes.make_code(draft.store, draft.organizer, at=AT)
    paired = codes.pair(draft.store, request(code), b"", at=AT)
    assert (paired.event, states(draft)) == (draft.organizer.competition_id, ["paired"])
    assert kinds(draft) == ["standby_offered", "standby_paired"]
    with draft.store.reading() as tx:
        row = codes.require_paired(tx, paired.token)
    assert (row["first"], row["second"]) == (FIRST[0], SECOND[0])
    content = whole(draft.store)
    assert code.encode() not in content
    assert codes.read_code(code).encode() not in content
    assert paired.token.encode() not in content
    assert verify(draft.store) == []


def refused(draft: Event, given: codes.Request, *, after: float = 0) -> type[Refused]:
    with pytest.raises(Refused) as caught:
        codes.pair(draft.store, given, b"", at=later(after))
    return type(caught.value)


def test_what_is_refused_and_why(draft: Event):
    """A wrong code, another competition's folder, another schema, an old code, a used one."""
    code = codes.make_code(draft.store, draft.organizer, at=AT)
    assert refused(draft, request("AAAAA-AAAAA")) is StandbyCodeWrong
    assert refused(draft, request(code, event="another")) is StandbyOtherEvent
    assert refused(draft, request(code, schema="0" * 16)) is StandbyVersion
    assert refused(draft, request(code), after=16 * 60) is StandbyCodeOver
    assert states(draft) == ["offered"]
    codes.pair(draft.store, request(code), b"", at=AT)
    assert refused(draft, request(code)) is StandbyCodeUsed
    assert kinds(draft) == ["standby_offered", "standby_paired"]


def test_a_code_shown_to_another_certificate_is_no_code(draft: Event):
    """A stranger between the laptops, with a certificate of their own, is not paired."""
    code = codes.make_code(draft.store, draft.organizer, at=AT)
    with pytest.raises(StandbyCodeWrong):
        codes.pair(draft.store, request(code), b"the true certificate", at=AT)


def test_a_newer_code_ends_the_older_one(draft: Event):
    """One that was read by a stranger is worthless after the next."""
    old = codes.make_code(draft.store, draft.organizer, at=AT)
    codes.make_code(draft.store, draft.organizer, at=later(1))
    assert refused(draft, request(old)) is StandbyCodeOver


def test_a_second_standby_ends_the_first(draft: Event):
    """Its token opens nothing any more."""
    tokens = []
    for second in range(2):
        code = codes.make_code(draft.store, draft.organizer, at=later(second))
        tokens.append(codes.pair(draft.store, request(code), b"", at=later(second)).token)
    assert states(draft) == ["ended", "paired"]
    with draft.store.reading() as tx:
        codes.require_paired(tx, tokens[1])
        for secret in (tokens[0], "", "forged"):
            with pytest.raises(StandbyUnknown):
                codes.require_paired(tx, secret)
    codes.end_standby(draft.store, draft.organizer, at=later(3))
    with draft.store.reading() as tx, pytest.raises(StandbyUnknown):
        codes.require_paired(tx, tokens[1])
    with pytest.raises(Missing):
        codes.end_standby(draft.store, draft.organizer, at=later(4))


def test_ten_wrong_codes_a_minute(draft: Event):
    """Then the right one waits, too; from another address it does not."""
    code = codes.make_code(draft.store, draft.organizer, at=AT)
    for _ in range(10):
        assert refused(draft, request("AAAAA-AAAAA")) is StandbyCodeWrong
    assert refused(draft, request(code)) is TooManyAttempts
    codes.pair(draft.store, request(code, address="192.168.1.9"), b"", at=AT + timedelta(seconds=1))


def test_a_file_with_two_competitions_has_no_standby(draft: Event):
    """The copy would take the other competition along."""
    events.draft(draft.store, title="另一场")
    with pytest.raises(StandbyNotAlone):
        codes.make_code(draft.store, draft.organizer, at=AT)
    assert states(draft) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 7k3mp-q9x2a ", "7K3MPQ9X2A"),
        ("７Ｋ３ＭＰ Ｑ９Ｘ２Ａ", "7K3MPQ9X2A"),
        ("OIL00-11111", "0110011111"),
    ],
)
def test_a_code_is_read_as_meant(typed: str, read: str):
    """Small letters, full-width ones, and letters that look like digits."""
    assert codes.read_code(typed) == read


@pytest.mark.parametrize(
    "address",
    [
        "http://a/b:80",
        "javascript:1",
        "http://x y:80",
        "http://h:80/p",
        "ftp://h:1",
        "http://h",
        "http://<b>:1",
    ],
)
def test_only_plain_addresses_are_kept(address: str):
    """They reach tablets and pages."""
    assert codes.addresses([address, "http://192.168.1.21:8501/"]) == ("http://192.168.1.21:8501",)
