"""Budgets by sign-in: they fill again with time, and one sign-in's is not another's."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from starlette.types import Message, Receive, Scope, Send

from tests.door.running import run
from ui.door.budgets import MOST_KEPT, Allowance, Allowances, Bucket
from ui.door.sockets import MOST_SOCKETS, pass_socket


@dataclass
class Clock:
    """A time that moves only when a test moves it."""

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


def test_messages_beyond_the_budget_are_not_read():
    """They wait on the wire: the app is not asked for a sixth rerun."""
    taken: list[Message] = []

    async def app(_: Scope, receive: Receive, __: Send) -> None:
        while True:
            taken.append(await receive())

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b""}

    async def send(_: Message) -> None:
        raise AssertionError("a socket within its sign-in is not closed")

    async def flood() -> None:
        mine = Allowance(messages=Bucket(5, 1e-6))
        with suppress(TimeoutError):
            await asyncio.wait_for(pass_socket(app, mine, {}, receive, send), 0.5)
        assert mine.sockets == 0, "a socket that ends makes room for another"

    run(flood())
    assert len(taken) == 5


def test_the_seventeenth_socket_of_a_sign_in_is_closed_before_the_app_is_asked():
    """Policy violation; the others go on."""
    sent: list[Message] = []

    async def app(_: Scope, __: Receive, ___: Send) -> None:
        raise AssertionError("not asked")

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    mine = Allowance(sockets=MOST_SOCKETS)
    run(pass_socket(app, mine, {}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert mine.sockets == MOST_SOCKETS
