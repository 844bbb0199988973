"""What is sent: malformed, of the wrong kind, too large; refused in words, never a failure."""

import json

import pytest

from tests.competition.event import Event
from tests.routes.client import Client
from tests.routes.requests import HOST, JUDGE, WRITES, Key, mark, request, role_of, written


@pytest.fixture(scope="module")
def browsers(client: Client, event: Event) -> dict[int | str, Client]:
    """The judge's and the host's."""
    return {role: client.entered(event, role) for role in (JUDGE, HOST)}


MALFORMED = {
    "nothing": b"",
    "half": b'{"seat": ',
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "not text": b"\xff\xfe\x00",
    "deep": b"[" * 60_000,
    "deep objects": b'{"a":' * 10_000,
    "a number without end": b'{"rev": ' + b"9" * 50_000 + b"}",
    "half a character": b'{"event": "\\ud800", "seat": "\\udfff", "round": "\\ud800"}',
}


@pytest.mark.parametrize("key", WRITES)
def test_a_body_that_is_no_request_is_refused(browsers: dict, event: Event, key: Key):
    """422 with a sentence."""
    before = written(event)
    for name, body in MALFORMED.items():
        answer = browsers[role_of(key)].ask(*key, body)
        assert (answer.status, answer.json["error"]) == (422, "bad_input"), name
    assert written(event) == before


@pytest.mark.parametrize("key", WRITES)
def test_only_json_of_bounded_size_is_read(browsers: dict, event: Event, key: Key):
    """A form that another site could post is refused; so is a body without an end."""
    before = written(event)
    browser = browsers[role_of(key)]
    method, path, body = request(key, event)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None):
        assert browser.ask(method, path, body, kind=kind).status == 422
    huge = json.dumps({**(body or {}), "more": "x" * 70_000}).encode()
    assert browser.ask(method, path, huge).status == 413
    assert written(event) == before


WRONG = (None, 1, -1, 1.5, True, [], {}, "", "x" * 65, "\ud800", "' OR 1=1 --", "x\x00y")
FREE = {
    "/api/seat": ("takes", "device"),
    "/api/remarks": ("text", "id"),
    "/api/submit": ("id",),
    "/api/call": ("id",),
    "/api/recusal": ("reason",),
    "/api/stage": ("reason",),
    "/api/language": ("lang",),
}
"""Fields where some of these values mean something harmless."""


@pytest.mark.parametrize("key", WRITES)
def test_each_field_of_the_wrong_kind_is_refused(browsers: dict, event: Event, key: Key):
    """Field by field, with a status of the 4xx and a sentence; nothing is half written."""
    browser = browsers[role_of(key)]
    for name in WRITES[key](event):
        for value in WRONG:
            before = written(event)
            answer = browser.ask(*key, {**WRITES[key](event), name: value})
            assert answer.status < 500, (name, value)
            if name not in FREE.get(key[1], ()):
                assert answer.status >= 400, (name, value)
            if answer.status >= 400:
                assert answer.json["message"], (name, value)
                assert written(event) == before, (name, value)


@pytest.mark.parametrize("field", ["id", "criterion", "value", "rev", "after"])
def test_each_field_of_a_change_of_the_wrong_kind_is_refused(
    browsers: dict, event: Event, field: str
):
    """A change that cannot be read refuses its batch; one that can be has its own outcome."""
    for value in WRONG:
        body = WRITES["PUT", "/api/marks"](event) | {"changes": [mark(event, **{field: value})]}
        answer = browsers[JUDGE].ask("PUT", "/api/marks", body)
        assert answer.status in (200, 422), value
        if answer.status == 200 and field in ("criterion", "value") and value is not None:
            assert answer.json["results"][0]["outcome"] in ("refused", "conflict"), value


@pytest.mark.parametrize("changes", [[], [1], [None], [[]], "x", {"0": {}}, None])
def test_changes_are_a_list_of_changes(browsers: dict, event: Event, changes: object):
    """Anything else is refused whole."""
    body = WRITES["PUT", "/api/marks"](event) | {"changes": changes}
    assert browsers[JUDGE].ask("PUT", "/api/marks", body).status == 422


def test_fifty_changes_are_the_most(browsers: dict, event: Event):
    """The tablet sends the rest in the next request."""
    body = WRITES["PUT", "/api/marks"](event) | {"changes": [mark(event) for _ in range(51)]}
    assert browsers[JUDGE].ask("PUT", "/api/marks", body).status == 422


@pytest.mark.parametrize(
    "query",
    ["", "?round=", "?round=x&entrant=y", "?round=%00", "?round=" + "x" * 5000, "?round=%ff%fe"],
)
@pytest.mark.parametrize("path", ["/api/sheet", "/api/now", "/api/work"])
def test_a_question_that_names_nothing_is_not_found(browsers: dict, path: str, query: str):
    """404; only the work without a round is the judge's own open round."""
    status = browsers[JUDGE].ask("GET", path + query).status
    assert status == 404 or (path, status) == ("/api/work", 200)
