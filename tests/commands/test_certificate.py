"""The own certificate: made once, made anew for new addresses, and trusted by its authority."""

import shutil
import ssl
import stat
import subprocess
from pathlib import Path

import click
import pytest

from commands import certificate, serve

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")


def text(path: Path) -> str:
    done = subprocess.run(
        ["openssl", "x509", "-in", str(path), "-noout", "-text"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_server_is_certified_for_every_name_it_goes_by(tmp_path: Path):
    """Names as names and addresses as addresses: a browser tells them apart."""
    _, server, _ = certificate.ensure(tmp_path / "a.db", ["localhost", "192.168.1.7", "arena.test"])
    shown = text(server)
    for wanted in ("DNS:localhost", "IP Address:192.168.1.7", "DNS:arena.test"):
        assert wanted in shown


def test_a_new_address_needs_no_new_trust(tmp_path: Path):
    """Between office and hall the address changes; the authority on the tablets stays."""
    first, server, _ = certificate.ensure(tmp_path / "a.db", ["10.0.0.2"])
    before = first.read_bytes(), server.read_bytes()
    again, server, key = certificate.ensure(tmp_path / "a.db", ["10.0.0.3"])
    assert again.read_bytes() == before[0]
    assert server.read_bytes() != before[1]
    subprocess.run(
        ["openssl", "verify", "-CAfile", str(again), str(server)], capture_output=True, check=True
    )
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(server, key)


def test_keys_are_for_their_owner_alone(tmp_path: Path):
    """Whoever has the authority's key could be any server to those tablets."""
    authority, _, key = certificate.ensure(tmp_path / "a.db", ["localhost"])
    for secret in (key, authority.with_suffix(".key")):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_without_openssl_it_says_what_else_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Plain http loses nothing: the pad works there too."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(click.ClickException, match="--tls"):
        certificate.ensure(tmp_path / "a.db", ["localhost"])


def test_the_server_is_told_both_files(tmp_path: Path):
    """Only with --tls."""
    pair = (tmp_path / "c", tmp_path / "k")
    command = serve.server_command("127.0.0.1", 8501, pair=pair)
    assert command[command.index("--server.sslCertFile") + 1] == str(pair[0])
    assert "--server.sslCertFile" not in serve.server_command("127.0.0.1", 8501)
