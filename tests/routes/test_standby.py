"""A second laptop follows over the wire: pairing, copies, documents, beats; and who may not."""

import gzip
import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import competition.standby.following as following
import db
from commands.cli import cli
from competition.documents import documents
from competition.lineup import entrants
from competition.standby import codes, copies, pairing, wire
from competition.standby.following import Follower
from competition.standby.lag import Lag, copied_ballots, lag
from competition.standby.promoting import promote
from db import document_files
from tests.browser.server import free_port
from tests.competition.event import Event
from tests.competition.registry import vote_rows as rows
from tests.routes.client import Client

OWN = ("http://192.168.1.21:8501",)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def offer(event: Event) -> str:
    return codes.make_code(event.store, event.organizer, at=datetime.now(UTC))


@pytest.fixture
def follower(event: Event, client: Client, tmp_path: Path) -> Follower:
    """A second laptop, just paired, that takes a step when it is asked to."""
    address = f"http://127.0.0.1:{client.port}"
    made = pairing.pair_with(tmp_path / "standby", address, offer(event), OWN)
    return Follower(tmp_path / "standby", made)


def step(follower: Follower) -> following.Status:
    follower.beat()
    follower.copy()
    follower.beat()
    return follower.status()


def seen(event: Event, now: float | None = None) -> Lag:
    return lag(event.store, event.organizer, now=time.monotonic() if now is None else now)


def test_a_copy_is_verified_and_the_lag_is_known_on_both_sides(event: Event, follower: Follower):
    """By heads and by each machine's steady clock."""
    assert seen(event).state == "unheard"
    status = step(follower)
    assert (status.state, status.events, status.seconds, status.problem) == ("online", 0, 0, "")
    shown = seen(event)
    assert (shown.state, shown.events, shown.seconds, shown.address) == ("online", 0, 0, OWN[0])
    event.record(1, 1, event.change(0, "31"))
    follower.beat()
    assert follower.status().events == 1
    assert seen(event).events == 1
    status = step(follower)
    assert (status.events, status.copies, status.verified) == (0, 2, status.first)
    with event.store.reading() as tx:
        newest = copies.newest(follower.folder, str(event.organizer.competition_id))
        assert newest is not None
        assert newest.head.n == tx.value("SELECT max(n) FROM events")


def test_a_ballot_is_behind_until_it_is_copied(
    event: Event, client: Client, follower: Follower, tmp_path: Path
):
    """No event moves by it; phones read what the copy has, and after a takeover nothing."""
    at = datetime.now(UTC)
    vote = rows.begin(event, at=at)
    first, second = rows.make(event, vote, 2, at=at)
    rows.open_(event, vote, at=at)
    step(follower)
    assert rows.send(event, vote, first, 1, at=at).place == 1
    follower.beat()
    assert (follower.status().events, seen(event).events) == (1, 1)
    before = copied_ballots(event.store, vote)
    assert before is not None
    assert before.ballots == 0
    status = step(follower)
    assert (status.events, status.copies, seen(event).events) == (0, 2, 0)
    assert copied_ballots(event.store, vote) == replace(before, ballots=1)
    page = client.ask("GET", f"/vote/{vote}?lang=en", kind=None)
    cookie = {"Cookie": page.headers["set-cookie"].split(";")[0]}
    given = {"code": second.code, "choices": [event.entrants[2]]}
    told = client.ask("POST", f"/api/vote/{vote}", given, headers=cookie).json
    assert (told["place"], told["generation"]) == (2, before.generation)
    standing = client.ask("GET", f"/api/vote/{vote}").json
    assert standing == {"state": "open", "copied": 1, "generation": before.generation}
    store = db.Store(promote(follower.folder, follower.paired, at=at).path)
    try:
        assert copied_ballots(store, vote) is None
    finally:
        store.close()


def test_a_silent_standby_is_said_to_be_silent(event: Event, follower: Follower):
    """Its age is counted by this machine's steady clock."""
    step(follower)
    shown = seen(event, time.monotonic() + 75)
    assert (shown.state, shown.silent // 60) == ("silent", 1)


def test_the_last_twenty_copies_are_kept(event: Event, follower: Follower, monkeypatch):
    """The oldest go."""
    monkeypatch.setattr(copies, "KEPT", 3)
    for value in range(5):
        event.record(2, 1, event.change(0, f"{20 + value}", rev=value))
        step(follower)
    kept = copies.copies(follower.folder)
    assert [path.name.partition("-")[0] for path in kept] == ["0000003", "0000004", "0000005"]


def test_secret_and_documents_come_along(event: Event, follower: Follower):
    """The secret that signs cookies, and each document's file, checked by its hash."""
    beside = event.store.path.with_name(f"{event.store.path.name}.secret")
    beside.write_text("s" * 64, "ascii")
    spare = entrants.add_entrant(
        event.store, event.organizer, code="532509100200", county="绿春县", at=datetime.now(UTC)
    )
    documents.add_document(
        event.store,
        event.organizer,
        spare,
        name="规划.pdf",
        content=PDF,
        at=datetime.now(UTC),
    )
    assert step(follower).problem == ""
    kept = pairing.kept(follower.folder)
    assert kept is not None
    assert kept.cookie_secret == "s" * 64
    folder = document_files.folder_of(copies.beside(follower.folder))
    assert [path.read_bytes() for path in folder.iterdir()] == [PDF]
    assert (follower.folder / pairing.FILE).stat().st_mode & 0o077 == 0
    assert copies.copies(follower.folder)[-1].stat().st_mode & 0o077 == 0


PATHS = ("state", "copy", "belongings", "document")
BODY = {"verified": "", "ballots": 0, "problem": "", "sha256": "0" * 64}


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_lent_without_a_paired_token(event: Event, client: Client, path: str):
    """Not to a stranger, a forged token, an organizer's cookie, nor after the pairing ended."""
    address = f"http://127.0.0.1:{client.port}"
    for headers in ({}, {"authorization": "Bearer forged"}, {"authorization": "Basic x"}):
        for browser in (client, client.entered(event, "organizer")):
            answer = browser.ask("POST", f"/standby/{path}", BODY, headers=headers)
            assert (answer.status, answer.json["error"]) == (401, "standby_unknown")
    code = offer(event)
    told = wire.ask(
        address,
        "/standby/pair",
        {
            "bound": codes.bound(codes.digest(codes.read_code(code)), b""),
            "schema": codes.rows.schema_name(),
            "event": "",
            "reached": address,
            "second": list(OWN),
        },
    )
    codes.end_standby(event.store, event.organizer, at=datetime.now(UTC))
    with pytest.raises(wire.FirstRefused) as caught:
        wire.fetch(address, f"/standby/{path}", BODY, secret=told["token"])
    assert caught.value.code == "standby_unknown"


def test_the_database_is_no_document(event: Event, follower: Follower):
    """A name with a path in it, or of no document, opens nothing."""
    for name in ("../arena.db", "0" * 64, ""):
        with pytest.raises(wire.FirstRefused) as caught:
            follower._fetch("/standby/document", {"sha256": name})
        assert caught.value.code == "missing"


def test_a_copy_with_its_last_bytes_missing_is_not_kept(
    event: Event, follower: Follower, monkeypatch
):
    """A wire that broke off: the copy before stays, and both screens say why."""
    step(follower)
    event.record(3, 1, event.change(0, "33"))
    whole = wire.fetch

    def half(*given: object, **more: object) -> wire.Got:
        got = whole(*given, **more)
        return wire.Got(got.body[: len(got.body) // 2], got.headers)

    with monkeypatch.context() as patch:
        patch.setattr(wire, "fetch", half)
        patch.setattr(following.wire, "ask", lambda *g, **m: json.loads(whole(*g, **m).body))
        status = step(follower)
    assert (status.problem, status.copies) == ("cut_short", 1)
    assert seen(event).problem == "cut_short"
    assert not list((follower.folder / copies.FOLDER).glob("*.part"))
    assert step(follower).problem == ""


def test_a_copy_that_was_changed_on_the_way_is_not_kept(event: Event, follower: Follower):
    """Other bytes than announced, or another head than announced."""
    step(follower)
    got = follower._fetch("/standby/copy", {})
    content = copies.unpack(got.body, got.headers["arena-sha256"])
    with pytest.raises(copies.CopyRefused, match="altered"):
        copies.unpack(gzip.compress(content + b"x"), got.headers["arena-sha256"])
    with pytest.raises(copies.CopyRefused, match="other_head"):
        copies.take(follower.folder, content, follower.paired.event, "1.2.3", None)


def test_a_stranger_is_answered_no_more_than_a_generation(event: Event, client: Client):
    """The number served here with its proof; nothing for another event."""
    answer = client.ask("GET", f"/standby/generation?event={event.organizer.competition_id}")
    assert answer.json["serves"] is True
    assert set(answer.json) == {"event", "generation", "serves", "answer"}
    assert answer.json["answer"] == ""
    assert client.ask("GET", "/standby/generation?event=other").status == 404


def test_a_body_that_is_none_is_refused(client: Client):
    """Not JSON, a list, too long."""
    for body in (b"x", b"[]", b"{" + b" " * 9000 + b"}"):
        assert client.ask("POST", "/standby/state", body).status == 422


def test_the_command_says_why_it_was_not_paired(
    event: Event, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In the terminal's language: a wrong code, an address that is none, no answer."""
    monkeypatch.setenv("ARENA_LANG", "zh")
    for address, code, said in (
        (f"http://127.0.0.1:{client.port}", "AAAAA-AAAAA", "配对码不对"),
        ("http://x y", "AAAAA-AAAAA", "不是地址"),
        ("http://127.0.0.1:9", "AAAAA-AAAAA", "联系不上"),
    ):
        options = ["standby", address, "--code", code, "--folder", str(tmp_path / "s")]
        options += ["--port", str(free_port())]
        done = CliRunner().invoke(cli, options)
        assert done.exit_code == 1
        assert said in done.output
    assert not (tmp_path / "s").exists()
