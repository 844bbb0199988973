"""What the server is given, and what is printed before it starts."""

import socket
import stat
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import db
from commands import ROOT, serve
from commands.cli import cli
from commands.descriptors import FEWEST
from competition import sign_ins
from competition.network import own_hosts, web_addresses
from competition.people import links
from db import served
from db.file_lock import hold

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


def options(command: list[str], name: str) -> list[str]:
    """The values an option is given in a command line."""
    return [after for part, after in pairwise(command) if part == name]


def test_tablets_may_name_this_machine_by_any_of_its_names():
    """Streamlit refuses a socket whose host was not named to it."""
    command = serve.server_command("0.0.0.0", 8501, ("arena.local",))
    allowed = options(command, "--allowed-host")
    assert {"localhost", "127.0.0.1", "arena.local"} <= set(allowed)
    assert set(own_hosts("0.0.0.0")) <= set(allowed)


def test_a_server_for_this_machine_alone_names_no_other_address():
    """--host 127.0.0.1 is not reached from the network."""
    assert own_hosts("127.0.0.1") == ["localhost", "127.0.0.1"]
    assert web_addresses("127.0.0.1", 8501) == ["http://localhost:8501"]


def test_addresses_are_this_machine_first_then_the_network_then_names():
    """The first is for the organizer's own browser, the others go on paper."""
    found = web_addresses("192.0.2.7", 80, ("arena.local",))
    assert found == ["http://192.0.2.7:80", "http://arena.local:80"]
    assert web_addresses("0.0.0.0", 80)[0] == "http://localhost:80"


@pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
def test_the_cookie_secret_is_made_once_and_for_the_owner_only(tmp_path: Path):
    """A restart must not sign everybody out, and a guest must not read it."""
    path = tmp_path / "data" / "arena.db"
    secret = served.secret(path)
    assert len(secret) == 64
    assert served.secret(path) == secret
    assert serve.environment(path)["STREAMLIT_SERVER_COOKIE_SECRET"] == secret
    mode = stat.S_IMODE((tmp_path / "data" / "arena.db.secret").stat().st_mode)
    assert mode == 0o600
    assert secret not in " ".join(serve.server_command("0.0.0.0", 8501))


def test_the_first_link_is_made_once(tmp_path: Path):
    """A database without a competition gets one and its organizer; later no other link is made."""
    path = tmp_path / "arena.db"
    try:
        token = serve.first_link(path, at=NOON)
        assert token
        assert serve.first_link(path, at=NOON) is None
        assert token.encode() not in path.read_bytes()
    finally:
        db.close_all()


def test_a_taken_port_is_refused_plainly():
    """Before a database is made or anything printed."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException, match=str(port)):
            serve.refuse_taken_port("127.0.0.1", port)
    with pytest.raises(click.ClickException, match=r"192\.0\.2\.1"):
        serve.refuse_taken_port("192.0.2.1", 8501)


def test_serve_prints_where_it_is_and_the_first_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Local address, then the link, then the process becomes the server."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setattr(serve, "refuse_taken_port", lambda host, port: None)
    started: list[Path] = []
    monkeypatch.setattr(serve, "start", lambda path, **_: started.append(path) or 0)
    arguments = ["--db", str(tmp_path / "a.db"), "--host", "127.0.0.1"]
    first = CliRunner().invoke(serve.command, arguments)
    again = CliRunner().invoke(serve.command, arguments)
    db.close_all()
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "http://localhost:8501/j/" in first.output
    assert "/j/" not in again.output
    assert "http://localhost:8501" in again.output
    assert started == [tmp_path / "a.db"] * 2


def test_a_second_server_on_the_same_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two would write one file; the second says so and stops, and makes nothing."""
    monkeypatch.setenv("ARENA_LANG", "en")
    monkeypatch.setattr(serve, "refuse_taken_port", lambda host, port: None)
    path = tmp_path / "a.db"
    with hold(path):
        done = CliRunner().invoke(cli, ["serve", "--db", str(path), "--host", "127.0.0.1"])
    assert (done.exit_code, "A server is using" in done.output) == (1, True)
    assert not path.exists()


def test_a_lost_organizers_link_can_be_made_again(tmp_path: Path):
    """``--new-link`` makes another link of an organizer; the old one still opens."""
    path = tmp_path / "arena.db"
    first = serve.first_link(path, at=NOON)
    store = db.open_store(path)
    again = links.organizer_again(store, at=NOON)
    assert again != first
    for token in (first, again):
        cookie = links.open_link(store, token, at=NOON, address="10.0.0.9")
        assert "organizer" in sign_ins.who_is(store, cookie, at=NOON).roles
    db.close_all()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_the_limit_of_descriptors_is_raised():
    """249 idle tablets used up the 1,024 that a terminal gives."""
    script = (
        "import resource\n"
        "hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))\n"
        "from commands.descriptors import raise_descriptors\n"
        "raise_descriptors()\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], hard)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    soft, hard = map(int, done.stdout.split())
    assert soft == hard or soft >= FEWEST


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_limit_that_stays_low_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """With the command that mends it."""
    monkeypatch.setattr(serve, "raise_descriptors", lambda: 1024)
    serve.warn_of_few_descriptors()
    assert f"ulimit -n {FEWEST}" in capsys.readouterr().out
