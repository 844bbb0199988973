"""A browser as far as the routes see one: it keeps its cookie and follows nothing."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any

from competition.people import links
from tests.competition.event import Event
from ui.access import COOKIE

JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def cookie(self) -> str:
        """The value of the seat's cookie that was set."""
        return self.headers["set-cookie"].split(";")[0].removeprefix(f"{COOKIE}=")


@dataclass(frozen=True)
class Client:
    """A browser at the app's address."""

    port: int
    cookie: str = ""

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        kind: str | None = JSON,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request; a body that is not bytes is sent as JSON."""
        sent = {} if kind is None or body is None else {"content-type": kind}
        if self.cookie:
            sent["cookie"] = f"{COOKIE}={self.cookie}"
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, content, sent | (headers or {}))
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, answer.read())
        finally:
            connection.close()

    def entered(self, event: Event, who: int | str) -> "Client":
        """This browser after a person has opened the link in it, and said yes where asked."""
        secret = secret_of(event, who)
        answer = self.open(secret)
        if answer.status == 200:
            answer = self.ask("POST", f"/j/{secret}")
        return replace(self, cookie=answer.cookie)

    def open(self, secret: str, **headers: str) -> Answer:
        """Open a link."""
        return self.ask("GET", f"/j/{secret}", headers=headers)


def secret_of(event: Event, who: int | str) -> str:
    """A new link of a judge by number, or of a member of the staff by role."""
    person = event.judges[who] if isinstance(who, int) else event.people[who]
    return links.make_link(event.store, event.organizer, person, at=datetime.now(UTC))
