"""Requests of one laptop to the other; under TLS only to the certificate that was paired."""

import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 10.0
LARGEST = 2 * 10**9
PIECE = 2**20
OK = 200


Body = dict[str, Any] | Callable[[bytes], dict[str, Any]] | None
"""What is sent; or what makes it of the certificate that the connection's other end has shown."""


class FirstRefused(Exception):
    """The first laptop refused; its code, and its sentence by language."""

    def __init__(self, code: str, says: dict[str, str]) -> None:
        self.code, self.says = code, says
        super().__init__(code)


class Broken(OSError):
    """An answer that is no answer of ours, or was cut short."""


@dataclass(frozen=True)
class Got:
    """An answer whose body was read to its end."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def authority_beside(database: Path) -> str:
    """The certificate of the authority that signed a laptop's own; empty without TLS."""
    path = database.with_name(f"{database.name}.tls") / "authority.crt"
    return path.read_text("ascii") if path.is_file() else ""


def ask(
    address: str,
    path: str,
    body: Body = None,
    *,
    secret: str = "",
    authority: str = "",
    patience: float = PATIENCE,
) -> dict[str, Any]:
    """GET, or POST of a body: the answer's JSON.

    Raises
    ------
    FirstRefused, OSError, HTTPException
    """
    got = fetch(address, path, body, secret=secret, authority=authority, patience=patience)
    answer = json.loads(got.body)
    if not isinstance(answer, dict):
        raise Broken("no object")
    return answer


def fetch(
    address: str,
    path: str,
    body: Body = None,
    *,
    secret: str = "",
    authority: str = "",
    patience: float = PATIENCE,
) -> Got:
    """One request, its body read to its announced end; raises as `ask`."""
    wire = _connection(address, authority, patience)
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    try:
        sent = None if body is None else json.dumps(_made(wire, body)).encode()
        if sent is not None:
            headers["Content-Type"] = "application/json"
        wire.request("GET" if sent is None else "POST", path, sent, headers)
        answer = wire.getresponse()
        content = _whole(answer)
    finally:
        wire.close()
    if answer.status != OK:
        raise _refusal(answer.status, content)
    return Got(content, {name.lower(): value for name, value in answer.getheaders()})


def _made(wire: HTTPConnection, body: Body) -> Any:
    if not callable(body):
        return body
    wire.connect()
    shown = wire.sock.getpeercert(binary_form=True) if isinstance(wire.sock, ssl.SSLSocket) else b""
    return body(shown or b"")


def _whole(answer: HTTPResponse) -> bytes:
    """The body; `http.client` raises where it is shorter than announced."""
    parts, size = [], 0
    while piece := answer.read(PIECE):
        size += len(piece)
        if size > LARGEST:
            raise Broken("too large")
        parts.append(piece)
    announced = answer.getheader("Content-Length")
    if announced is not None and int(announced) != size:
        raise Broken("cut short")
    return b"".join(parts)


def _refusal(status: int, content: bytes) -> Exception:
    try:
        said = json.loads(content)
        return FirstRefused(str(said["error"]), dict(said["says"]))
    except (ValueError, TypeError, KeyError):
        return Broken(f"status {status}")


def _connection(address: str, authority: str, patience: float) -> HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=patience, context=_trusting(authority))
    return HTTPConnection(host, parts.port, timeout=patience)


def _trusting(authority: str) -> ssl.SSLContext:
    """Only the paired authority, or, before pairing, any certificate: the code binds to it."""
    if authority:
        return ssl.create_default_context(cadata=authority)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def own_address_towards(address: str) -> str:
    """The address of this machine on the network through which it reaches another."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 80), PATIENCE) as probe:
        return str(probe.getsockname()[0])
