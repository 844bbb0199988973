"""An audience's phones, in a separate process: they scan, wait, vote; or they guess codes.

``python -m commands.bench.phones PORT FILE`` reads what to do from a file, and prints what came
of it, as JSON.
"""

import asyncio
import json
import random
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 30.0


@dataclass
class Plan:
    """What the phones do.

    Attributes
    ----------
    codes : list of str
        A card a phone; of guessing phones none is a card.
    scanning, voting, rush : float
        Seconds in which all scan, then in which all vote, and of these the first ones.
    most : float
        Share of the votes that come in the rush.
    pause : float
        Between two looks of a phone whose ballot a second laptop has not yet.
    """

    round: str
    codes: list[str]
    entrants: list[str]
    scanning: float
    voting: float
    rush: float = 10.0
    most: float = 0.6
    pause: float = 15.0


@dataclass
class Came:
    """What came of it: answers by their state, the times of votes in seconds, tries again."""

    states: dict[str, int] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    again: int = 0


class Phone:
    """One phone with its connection and its cookie."""

    def __init__(self, port: int, plan: Plan, came: Came) -> None:
        self.port, self.plan, self.came = port, plan, came
        self.cookie = ""
        self._wire: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def scan(self, code: str) -> None:
        """Fetch the page and open the card."""
        await self.until_answered("GET", f"/vote/{self.plan.round}")
        await self.until_answered("POST", f"/api/vote/{self.plan.round}", {"code": code})
        self.close()  # the server ends an idle connection; a browser opens another one unasked

    async def vote(self, code: str, entrant: str) -> None:
        """Give the ballot; the answer comes after its commit."""
        begun = time.monotonic()
        body = {"code": code, "choices": [entrant]}
        answer = await self.until_answered("POST", f"/api/vote/{self.plan.round}", body)
        self.came.times.append(time.monotonic() - begun)
        told = json.loads(answer)
        state = str(told["state"])
        self.came.states[state] = self.came.states.get(state, 0) + 1
        while "place" in told:
            await asyncio.sleep(self.plan.pause * (1 + random.random()))
            now = json.loads(await self.until_answered("GET", f"/api/vote/{self.plan.round}"))
            if now.get("generation") != told["generation"]:
                told = json.loads(
                    await self.until_answered("POST", f"/api/vote/{self.plan.round}", body)
                )
            elif now["copied"] >= told["place"]:
                return

    async def until_answered(self, method: str, path: str, body: object = None) -> bytes:
        """Ask until the answer is 200, as the page does."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                async with asyncio.timeout(PATIENCE):
                    status, content = await self._ask(method, path, body)
                if status == 200:
                    return content
            self.came.again += 1
            self.close()
            await asyncio.sleep(1 + random.random())

    async def _ask(self, method: str, path: str, body: object) -> tuple[int, bytes]:
        if self._wire is None:
            self._wire = await asyncio.open_connection(HOST, self.port)
        reader, writer = self._wire
        content = json.dumps(body).encode() if body is not None else b""
        head = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {len(content)}"]
        head += ["Content-Type: application/json", "Accept-Encoding: gzip"]
        head += [f"Cookie: {self.cookie}"] * bool(self.cookie)
        writer.write("\r\n".join([*head, "", ""]).encode() + content)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        if not self.cookie and "set-cookie" in headers:
            kept = next(line for line in lines if line.lower().startswith("set-cookie"))
            self.cookie = kept.partition(": ")[2].partition(";")[0]
        return int(first.split()[1]), await reader.readexactly(int(headers["content-length"]))

    def close(self) -> None:
        """Close the connection."""
        if self._wire is not None:
            self._wire[1].close()
            self._wire = None


async def hall(port: int, plan: Plan) -> Came:
    """Every phone scans in the first seconds and votes in the next ones."""
    came, chance = Came(), random.Random(1)
    begun = time.monotonic()

    async def live(code: str) -> None:
        phone = Phone(port, plan, came)
        scans = plan.scanning * chance.random()
        in_rush = chance.random() < plan.most
        votes = chance.uniform(0, plan.rush) if in_rush else chance.uniform(plan.rush, plan.voting)
        await asyncio.sleep(max(0.0, begun + scans - time.monotonic()))
        await phone.scan(code)
        await asyncio.sleep(max(0.0, begun + plan.scanning + votes - time.monotonic()))
        await phone.vote(code, chance.choice(plan.entrants))
        phone.close()

    await asyncio.gather(*(live(code) for code in plan.codes))
    return came


async def guess(port: int, plan: Plan) -> Came:
    """Each phone sends wrong codes without a pause until the time is over."""
    came, until = Came(), time.monotonic() + plan.voting

    async def live(code: str) -> None:
        phone = Phone(port, plan, came)
        phone.cookie = f"arena_vote={code}"
        while time.monotonic() < until:
            await phone.vote(code, plan.entrants[0])
        phone.close()

    await asyncio.gather(*(live(code) for code in plan.codes))
    return came


def main() -> None:
    """Do what the file says, and print what came of it."""
    port, file = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    acts = {"hall": hall, "guess": guess}
    came = asyncio.run(acts[file.pop("act")](port, Plan(**file)))
    print(json.dumps(vars(came)))  # noqa: T201 - read by the bench


if __name__ == "__main__":
    main()
