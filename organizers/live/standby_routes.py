"""Routes for a second laptop: pairing by a code, beats, copies; the generation served here.

A second laptop shows its token in a header. It is no person and has no cookie: it gets the whole
file, and nothing else is open to it.
"""

import json
import ssl
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from competition import DatabaseError, Store, clock
from competition.errors import BadInput, Refused
from competition.network import ONLY_HERE
from competition.standby import codes, fencing, lending
from ui.answering import body_of, browser_language, refused_body, whole
from ui.here import the_store

LARGEST = 8 * 1024
LONGEST = 200
ASKED = ("event", "above", "question")

Act = Callable[[Store, str, Mapping[str, Any]], Response]


def _answered(request: Request, act: Act) -> Response:
    """Do an act for the bearer of a token; a refusal is a status, a code and sentences."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    try:
        return act(the_store(), secret if scheme == "Bearer" else "", _body(request))
    except (Refused, DatabaseError) as error:
        body = refused_body(error, browser_language(request))
        return JSONResponse(body, status_code=error.status)


def _body(request: Request) -> Mapping[str, Any]:
    if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
        raise BadInput(field="body", value="")
    try:
        body = json.loads(body_of(request))
    except (ValueError, RecursionError) as error:
        raise BadInput(field="body", value="") from error
    if not isinstance(body, dict):
        raise BadInput(field="body", value="")
    return body


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise BadInput(field=name, value="")
    return value


def pair(request: Request) -> Response:
    """``POST /standby/pair``: exchange a code, once, for a token.

    Body: ``{bound, schema, event, reached, second: [address, …]}``.
    """

    def act(store: Store, _: str, body: Mapping[str, Any]) -> Response:
        certificate, authority = _certificates(store, request)
        asked = codes.Request(
            bound=_text(body, "bound"),
            schema=_text(body, "schema"),
            event=_text(body, "event"),
            first=codes.addresses([_text(body, "reached"), *_own_addresses(request)]),
            second=codes.addresses(body.get("second")),
            address=request.client.host if request.client else "",
        )
        if not asked.second:
            raise BadInput(field="second", value="")
        paired = codes.pair(store, asked, certificate, at=clock.now(store))
        return JSONResponse({**vars(paired), "authority": authority})

    return _answered(request, act)


def _own_addresses(request: Request) -> list[str]:
    """The addresses under which other devices reach this server."""
    port = request.url.port or {"https": 443}.get(request.url.scheme, 80)
    hosts = st.get_option("server.allowedHosts") or [request.url.hostname]
    return [f"{request.url.scheme}://{host}:{port}" for host in hosts if host not in ONLY_HERE]


def _certificates(store: Store, request: Request) -> tuple[bytes, str]:
    """This server's certificate and its authority's; nothing without TLS."""
    folder = store.path.with_name(f"{store.path.name}.tls")
    if request.url.scheme != "https" or not (folder / "server.crt").is_file():
        return b"", ""
    shown = ssl.PEM_cert_to_DER_cert((folder / "server.crt").read_text("ascii"))
    return shown, (folder / "authority.crt").read_text("ascii")


def state(request: Request) -> Response:
    """``POST /standby/state``: a beat. Body: ``{verified, ballots, problem}``."""

    def act(store: Store, secret: str, body: Mapping[str, Any]) -> Response:
        verified, problem = _text(body, "verified"), _text(body, "problem")
        ballots, now = whole(body, "ballots"), time.monotonic()
        told = lending.state(
            store, secret, verified=verified, ballots=ballots, problem=problem, now=now
        )
        return JSONResponse(told)

    return _answered(request, act)


def copy(request: Request) -> Response:
    """``POST /standby/copy``: the database as it is, compressed; its head and hash in headers."""

    def act(store: Store, secret: str, _: Mapping[str, Any]) -> Response:
        lent = lending.lend_copy(store, secret, now=time.monotonic())
        headers = {
            "Arena-Copy-Head": lent.head,
            "Arena-Revision": lent.revision,
            "Arena-Sha256": lent.sha256,
        }
        return Response(lent.packed, media_type="application/octet-stream", headers=headers)

    return _answered(request, act)


def belongings(request: Request) -> Response:
    """``POST /standby/belongings``: the secret that signs cookies, the certificate and its key."""

    def act(store: Store, secret: str, _: Mapping[str, Any]) -> Response:
        return JSONResponse(lending.belongings(store, secret))

    return _answered(request, act)


def document(request: Request) -> Response:
    """``POST /standby/document``: one document's file. Body: ``{sha256}``."""

    def act(store: Store, secret: str, body: Mapping[str, Any]) -> Response:
        path: Path = lending.document(store, secret, _text(body, "sha256"))
        return Response(path.read_bytes(), media_type="application/octet-stream")

    return _answered(request, act)


def generation(request: Request) -> Response:
    """``GET /standby/generation?event=…``: the generation served here, with its proof.

    Asked by the other laptop and by pages; it names a number, and nothing of the record. With
    ``&above=…&question=…`` it answers a page's question, by which that page knows this laptop.
    """
    store = the_store()
    asked = {name: request.query_params.get(name, "")[:LONGEST] for name in ASKED}
    try:
        told = fencing.told(store, asked["event"], above=asked["above"], question=asked["question"])
    except DatabaseError as error:
        return JSONResponse({"error": error.code}, status_code=error.status)
    return JSONResponse(told, status_code=200 if told["event"] else 404)


ROUTES = [
    Route("/standby/pair", pair, methods=["POST"]),
    Route("/standby/state", state, methods=["POST"]),
    Route("/standby/copy", copy, methods=["POST"]),
    Route("/standby/belongings", belongings, methods=["POST"]),
    Route("/standby/document", document, methods=["POST"]),
    Route("/standby/generation", generation),
]
