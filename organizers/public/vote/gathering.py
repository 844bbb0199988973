"""Ballots gathered for a moment and kept in one commit: phones come in thousands at once."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from competition import Busy, Store
from competition.voting.ballots import Answer, Sent, answer_all

GATHER_SECONDS = 0.02
MOST = 50
"""A commit is put off for so long, and takes so many phones, at most.

Also where more wait: between two groups the writer is left to judges.
"""
MOST_WAITING = 4000
"""More phones than a hall has: further ones are asked to come again."""

Waiting = tuple[Store, Sent, "asyncio.Future[Answer]"]


class Gathering:
    """One thread that answers groups of phones, in the order of their coming."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._task: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "ballots")

    async def answer(self, store: Store, sent: Sent) -> Answer:
        """Answer one phone, after the commit that keeps its ballot.

        Raises
        ------
        Busy
            If too many phones wait.
        DatabaseError
            If the commit failed, for every phone of the group.
        """
        if sum(one[0] is store for one in self._waiting) >= MOST_WAITING:
            raise Busy
        loop = asyncio.get_running_loop()
        given: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((store, sent, given))
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._work())
        return await given

    async def _work(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            await self._keep(self._next())

    def _next(self) -> list[Waiting]:
        """The first that wait, all of one store."""
        group = [self._waiting.popleft()]
        while self._waiting and len(group) < MOST and self._waiting[0][0] is group[0][0]:
            group.append(self._waiting.popleft())
        return group

    async def _keep(self, group: list[Waiting]) -> None:
        loop, (store, *_) = asyncio.get_running_loop(), group[0]
        try:
            answers = await loop.run_in_executor(
                self._thread, _answered, store, [sent for _, sent, _ in group]
            )
        except Exception as error:
            for _, _, given in group:
                if not given.done():
                    given.set_exception(error)
            return
        for (_, _, given), answer in zip(group, answers, strict=True):
            if not given.done():  # a phone that went away has its answer when it comes again
                given.set_result(answer)


def _answered(store: Store, sent: list[Sent]) -> list[Answer]:
    return answer_all(store, sent, at=datetime.now(UTC))


GATHERING = Gathering()
