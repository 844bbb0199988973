"""The player of ``arena.py demo --live``: judges and host act through their own links.

A process beside the server, ``python -m commands.live PORT MINUTES``, with a plan of
`examples.live_plan` as JSON on its input. It connects only to this machine's server, uses only
requests that a tablet makes, and ends by itself.
"""

import http.client
import json
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from commands import language, say

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 60
"""How long the server may take to start."""
TRIES, PAUSE_SECONDS = 6, 1.0
"""For a server that is busy or restarts; then it is taken to have stopped."""
JSON = {"Content-Type": "application/json"}


class Stopped(Exception):
    """The server no longer answers."""


class Refusal(Exception):
    """The server refused a step; its sentence is the message."""


class Player:
    """Plays a plan against the server on a port of this machine.

    Attributes
    ----------
    acknowledged : dict
        (person, entrant, criterion) to the thousandths confirmed by the server.
    submitted : Counter
        Entrant to the number of sheets submitted.
    """

    def __init__(self, port: int, tokens: dict[str, str], echo: Callable[[str], object]) -> None:
        self.port = port
        self.tokens = tokens
        self.echo = echo
        self.acknowledged: dict[tuple[str, str, str], int] = {}
        self.submitted: Counter[str] = Counter()
        self._cookies: dict[str, str] = {}
        self._sheets: dict[tuple[str, str], dict[str, Any]] = {}
        self._given_up: set[tuple[str, str]] = set()

    def play(self, steps: list[dict[str, Any]], seconds: float) -> None:
        """Do every step when due; print a refusal and continue."""
        begun = time.monotonic()
        for step in steps:
            time.sleep(max(0.0, begun + step["due"] * seconds - time.monotonic()))
            if step["kind"] == "line":
                entrant = step["body"]["entrant"]
                self.echo(step["line"].replace("{n}", str(self.submitted[entrant])))
                continue
            which = (step["person"], step["body"]["entrant"])
            if which in self._given_up:
                continue
            try:
                getattr(self, f"_{step['kind']}")(step["person"], step["body"])
            except Refusal as refusal:
                self._given_up.add(which)
                self.echo(say("demo.live_refused", message=refusal))

    def _stage(self, person: str, body: dict[str, str]) -> None:
        self._ask(person, "POST", "/api/stage", {"seat": person, **body})

    def _release(self, person: str, body: dict[str, str]) -> None:
        self._ask(person, "POST", "/api/release", {"seat": person, **body})

    def _mark(self, person: str, body: dict[str, Any]) -> None:
        """Send one mark unless the sheet has it; only the server's echo counts as saved."""
        criterion, value = body["criterion"], body["value"]
        where = {"round": body["round"], "entrant": body["entrant"]}
        sheet = self._sheet(person, where)
        stored = sheet["marks"].get(criterion)
        if stored is not None and stored["value"] is not None:
            return
        change = {
            "id": secrets.token_hex(12),
            "criterion": criterion,
            "value": value,
            "rev": stored["rev"] if stored else 0,
        }
        body_sent = {"event": sheet["event"], "seat": person, **where, "changes": [change]}
        answer = self._ask(person, "PUT", "/api/marks", body_sent)
        self._sheets[person, where["entrant"]] = answer
        if answer["marks"].get(criterion, {}).get("id") != change["id"]:
            raise Refusal(say("demo.live_not_saved"))
        self.acknowledged[person, where["entrant"], criterion] = answer["marks"][criterion]["value"]

    def _submit(self, person: str, where: dict[str, str]) -> None:
        sheet = self._sheet(person, where)
        seen = {criterion: mark["value"] for criterion, mark in sheet["marks"].items()}
        body = {
            "event": sheet["event"],
            "seat": person,
            **where,
            "id": secrets.token_hex(12),
            "seen": seen,
        }
        answer = self._ask(person, "POST", "/api/submit", body)
        self.submitted[where["entrant"]] += answer["state"] != "draft"

    def _sheet(self, person: str, where: dict[str, str]) -> dict[str, Any]:
        """The sheet as last confirmed by the server."""
        key = (person, where["entrant"])
        if key not in self._sheets:
            path = f"/api/sheet?round={where['round']}&entrant={where['entrant']}"
            self._sheets[key] = self._ask(person, "GET", path)
        return self._sheets[key]

    def _ask(
        self, person: str, method: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send one request with the person's cookie; open the person's link first if needed."""
        if person not in self._cookies:
            self._cookies[person] = self._open(person)
        headers = {**JSON, "Cookie": self._cookies[person]}
        status, text, _ = self._request(method, path, headers, body)
        answer: dict[str, Any] = json.loads(text)
        if status >= http.client.BAD_REQUEST:
            raise Refusal(answer.get("message", ""))
        return answer

    def _open(self, person: str) -> str:
        """Open a person's link and keep the cookie it sets."""
        status, _, cookie = self._request("GET", f"/j/{self.tokens[person]}", {}, None)
        if status != http.client.SEE_OTHER or not cookie:
            raise Refusal(say("demo.live_link"))
        return cookie.split(";")[0]

    def _request(
        self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None
    ) -> tuple[int, str, str]:
        """Status, text and cookie of an answer; a busy or silent server is asked again."""
        for _ in range(TRIES):
            wire = http.client.HTTPConnection(LOOPBACK, self.port, timeout=10)
            try:
                sent = None if body is None else json.dumps(body)
                wire.request(method, path, sent, {"Accept-Language": language(), **headers})
                answer = wire.getresponse()
                text = answer.read().decode()
                if answer.status != http.client.SERVICE_UNAVAILABLE:
                    return answer.status, text, answer.getheader("Set-Cookie") or ""
            except (OSError, http.client.HTTPException):
                pass
            finally:
                wire.close()
            time.sleep(PAUSE_SECONDS)
        raise Stopped


def wait_for_server(port: int) -> None:
    """Wait until the app answers on its port.

    Raises
    ------
    Stopped
        If it has not started after a minute.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        wire = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
        try:
            wire.request("GET", "/_stcore/health")
            if wire.getresponse().status == http.client.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            wire.close()
        time.sleep(0.2)
    raise Stopped


def main(arguments: list[str]) -> int:
    """Read a plan from the input, play it, print when it has ended."""
    port, minutes = int(arguments[0]), float(arguments[1])
    plan = json.load(sys.stdin)
    try:
        wait_for_server(port)
        print_line(say("demo.live_begins"))
        Player(port, plan["tokens"], print_line).play(plan["steps"], minutes * 60)
        print_line(say("demo.live_over"))
    except Stopped:
        print_line(say("demo.live_stopped"))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def print_line(line: str) -> None:
    """Print one line immediately to the server's terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
