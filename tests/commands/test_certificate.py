"""The own certificate: for this server alone, for 60 days, and signed by a key that is gone."""

import shutil
import ssl
import stat
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
import pytest

from commands import certificate, serve
from tests.browser import server as servers
from tests.browser.server import Server
from tests.browser.waits import until

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")

NAMES = ["localhost", "127.0.0.1", "192.168.1.7", "arena.test"]
OPENSSL = certificate._openssl


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a certificate, made where an earlier version had left a key."""
    folder = tmp_path_factory.mktemp("made") / "a.db.tls"
    folder.mkdir()
    (folder / "authority.key").write_text("of an earlier version")
    certificate.ensure(folder.with_name("a.db"), NAMES)
    return folder


def openssl(*arguments: str, works: bool = True) -> str:
    """What openssl prints; it must succeed, or fail."""
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == works, done.stderr
    return done.stdout


def text(path: Path) -> str:
    """A certificate in words."""
    return openssl("x509", "-in", str(path), "-noout", "-text")


def test_the_server_is_certified_for_every_name_it_goes_by(made: Path):
    """Names as names and addresses as addresses: a browser tells them apart."""
    authority, server, key = (made / f for f in ("authority.crt", "server.crt", "server.key"))
    shown = text(server)
    for wanted in ("DNS:localhost", "IP Address:192.168.1.7", "DNS:arena.test"):
        assert wanted in shown
    openssl("verify", "-CAfile", str(authority), str(server))
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(server, key)


def test_the_authority_can_sign_for_this_server_only(made: Path):
    """Critical constraints: a tablet that trusts it takes no other site from it."""
    shown = text(made / "authority.crt")
    assert "X509v3 Name Constraints: critical" in shown
    permitted = shown.split("Permitted:")[1].split("X509v3")[0]
    assert "DNS:arena.test" in permitted
    assert "IP:192.168.1.7/255.255.255.255" in permitted
    assert "pathlen:0" in shown


def test_the_authoritys_key_is_gone_once_it_has_signed(made: Path):
    """Whoever takes the laptop cannot sign; an earlier version's key is removed too."""
    kept = {path.name for path in made.rglob("*") if path.is_file()}
    assert kept == {"authority.crt", "server.crt", "server.key", "made.json"}
    subjects = {text(made / n).split("Subject:")[1].split("\n")[0] for n in kept if "crt" in n}
    assert len(subjects) == 2, "with one subject for both, a browser takes it for self-signed"


def test_it_ends_after_sixty_days(made: Path):
    """Both do."""
    for name in ("authority.crt", "server.crt"):
        path = str(made / name)
        openssl("x509", "-in", path, "-noout", "-checkend", str(59 * 86400))
        openssl("x509", "-in", path, "-noout", "-checkend", str(61 * 86400), works=False)


def test_the_same_server_needs_no_new_trust(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A restart keeps what tablets trust; another address, or its end, makes another one."""
    monkeypatch.setattr(certificate, "_openssl", with_short_keys)
    path = tmp_path / "a.db"
    shutil.copytree(made, tmp_path / "a.db.tls")
    first = (made / "authority.crt").read_bytes()
    assert certificate.ensure(path, [*reversed(NAMES)])[0].read_bytes() == first
    said = tmp_path / "a.db.tls" / "made.json"
    soon = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    said.write_text(said.read_text().replace(said.read_text().split('"')[-2], soon))
    second = certificate.ensure(path, NAMES)[0].read_bytes()
    assert second != first
    assert certificate.ensure(path, ["10.0.0.3"])[0].read_bytes() not in (first, second)


def with_short_keys(*arguments: str) -> None:
    """Run openssl with keys that it finds at once, which a browser would refuse."""
    OPENSSL(*("rsa:1024" if one == "rsa:2048" else one for one in arguments))


def test_keys_are_for_their_owner_alone(made: Path):
    """Whoever has the server's key could be this server to those tablets."""
    assert stat.S_IMODE((made / "server.key").stat().st_mode) == 0o600


def test_without_openssl_it_says_what_else_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Plain http loses nothing: the pad works there too."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(click.ClickException, match="--tls"):
        certificate.ensure(tmp_path / "a.db", ["localhost"])


def test_a_tablet_fetches_the_authority_over_plain_http_and_is_then_encrypted(
    made: Path, tmp_path: Path
):
    """One page, one file, nothing of the app; what it gives opens the encrypted app."""
    path = tmp_path / "a.db"
    serve.first_link(path, at=datetime.now(UTC))
    serve.db.close_all()
    shutil.copytree(made, tmp_path / "a.db.tls")
    files = certificate.ensure(path, NAMES)
    server = servers.start(path, tls=files)
    plain, encrypted = (f"{http}://127.0.0.1" for http in ("http", "https"))
    try:
        trusted = ssl.create_default_context(cafile=str(files[0]))
        until(partial(answers, f"{encrypted}:{server.port}/_stcore/health", trusted, server))
        page = asked(f"{plain}:{server.port + 1}/?lang=en").decode()
        assert certificate.fingerprint(files[0]) in page
        fetched = asked(f"{plain}:{server.port + 1}/arena-authority.crt")
        assert fetched == ssl.PEM_cert_to_DER_cert(files[0].read_text())
        with pytest.raises(URLError):
            asked(f"{plain}:{server.port + 1}/api/now")
        with pytest.raises(URLError):
            asked(f"{encrypted}:{server.port}/")  # not trusted: refused
    finally:
        server.stop()


def asked(address: str, context: ssl.SSLContext | None = None) -> bytes:
    """What an address answers."""
    with urlopen(address, timeout=10, context=context) as answer:
        return bytes(answer.read())


def answers(address: str, context: ssl.SSLContext, server: Server) -> bool:
    """Whether an address answers; a server that has ended never will."""
    assert server.process.is_alive(), server.log
    with suppress(URLError):
        return bool(asked(address, context))
    return False
