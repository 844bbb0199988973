"""The certificate of ``serve --tls``: made by openssl beside the database, renewed at each start.

Each tablet trusts the authority once. At each start the server's certificate is made for the
machine's addresses of that day, without any change on the tablets.
"""

import ipaddress
import shutil
import subprocess
import tempfile
from pathlib import Path

import click

from commands import say

AUTHORITY_DAYS = 3650
SERVER_DAYS = 397
"""The longest that phones and tablets accept of a server's certificate."""


def ensure(database: Path, names: list[str]) -> tuple[Path, Path, Path]:
    """Make what is missing, and the server's certificate for these names and addresses.

    Returns
    -------
    tuple of Path
        The authority to be trusted, the server's certificate, and its key.

    Raises
    ------
    click.ClickException
        If this machine has no openssl; the message names the alternatives.
    """
    if shutil.which("openssl") is None:
        raise click.ClickException(say("serve.no_openssl"))
    folder = database.with_name(f"{database.name}.tls")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, secret = folder / "authority.crt", folder / "authority.key"
    if not (authority.exists() and secret.exists()):
        _authority(authority, secret)
    server, key = folder / "server.crt", folder / "server.key"
    _server(server, key, authority, secret, names)
    return authority, server, key


def _authority(certificate: Path, key: Path) -> None:
    _openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256"),
        *("-days", str(AUTHORITY_DAYS), "-subj", "/CN=Arena"),
        *("-addext", "basicConstraints=critical,CA:TRUE,pathlen:0"),
        *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    key.chmod(0o600)


def _server(certificate: Path, key: Path, authority: Path, secret: Path, names: list[str]) -> None:
    """Sign a certificate for the server's names and addresses."""
    extensions = (
        "basicConstraints=CA:FALSE\n"
        "keyUsage=critical,digitalSignature,keyEncipherment\n"
        "extendedKeyUsage=serverAuth\n"
        f"subjectAltName={','.join(map(_alternative, names))}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        request, wanted = Path(folder) / "request", Path(folder) / "extensions"
        wanted.write_text(extensions, encoding="ascii")
        _openssl(
            *("req", "-new", "-newkey", "rsa:2048", "-nodes", "-sha256"),
            *("-subj", "/CN=Arena", "-keyout", str(key), "-out", str(request)),
        )
        _openssl(
            *("x509", "-req", "-in", str(request), "-sha256", "-days", str(SERVER_DAYS)),
            *("-CA", str(authority), "-CAkey", str(secret), "-CAcreateserial"),
            *("-CAserial", str(Path(folder) / "serial")),
            *("-extfile", str(wanted), "-out", str(certificate)),
        )
    key.chmod(0o600)


def _alternative(name: str) -> str:
    try:
        return f"IP:{ipaddress.ip_address(name)}"
    except ValueError:
        return f"DNS:{name}"


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(say("serve.openssl_failed", detail=done.stderr.strip()[-300:]))
