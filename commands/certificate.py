"""The certificate of ``serve --tls``, made by openssl beside the database.

The authority that tablets are asked to trust can sign for this server's names and addresses
only, ends after 60 days, and its key is destroyed once it has signed: a thief of the laptop
cannot be another site to those tablets. A server that goes by other names gets another one.
"""

import hashlib
import ipaddress
import json
import secrets
import shutil
import ssl
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from commands import say

DAYS = 60
LEAST_LEFT = timedelta(days=7)
"""A certificate that would end within these is made again."""


def ensure(database: Path, names: list[str]) -> tuple[Path, Path, Path]:
    """Make the certificate for these names and addresses, or keep the one that is still good.

    Returns
    -------
    tuple of Path
        The authority to be trusted, the server's certificate, and its key.

    Raises
    ------
    click.ClickException
        If there is no openssl on this machine; says what else can be done.
    """
    if shutil.which("openssl") is None:
        raise click.ClickException(say("serve.no_openssl"))
    folder = database.with_name(f"{database.name}.tls")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = (folder / "authority.crt", folder / "server.crt", folder / "server.key")
    (folder / "authority.key").unlink(missing_ok=True)  # of an earlier version, unconstrained
    if not _is_good(folder, files, names):
        _make(folder, names)
    return files


def fingerprint(certificate: Path) -> str:
    """The SHA-256 of a certificate, as devices show it."""
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text("ascii"))
    return hashlib.sha256(der).digest().hex(":").upper()


def _is_good(folder: Path, files: tuple[Path, ...], names: list[str]) -> bool:
    made = folder / "made.json"
    if not made.exists() or not all(file.exists() for file in files):
        return False
    kept = json.loads(made.read_text("utf-8"))
    ends = datetime.fromisoformat(kept["ends"])
    return kept["names"] == sorted(set(names)) and ends - LEAST_LEFT > datetime.now(UTC)


def _make(folder: Path, names: list[str]) -> None:
    """An authority that lives only as long as it takes to sign the server's certificate."""
    mark = secrets.token_hex(4)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        work = Path(place)
        _openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256"),
            *("-days", str(DAYS), "-subj", f"/O=Arena/CN=Arena authority {mark}"),
            *("-addext", "basicConstraints=critical,CA:TRUE,pathlen:0"),
            *("-addext", "keyUsage=critical,keyCertSign"),
            *("-addext", f"nameConstraints=critical,{','.join(map(_permitted, names))}"),
            *("-keyout", str(work / "authority.key"), "-out", str(work / "authority.crt")),
        )
        _sign(work, names, mark)
        for name in ("authority.crt", "server.crt", "server.key"):
            (work / name).chmod(0o600)
            (work / name).replace(folder / name)
        key = work / "authority.key"
        key.write_bytes(secrets.token_bytes(key.stat().st_size))
    ends = datetime.now(UTC) + timedelta(days=DAYS)
    made = {"names": sorted(set(names)), "ends": ends.isoformat()}
    (folder / "made.json").write_text(json.dumps(made), encoding="utf-8")


def _sign(work: Path, names: list[str], mark: str) -> None:
    """Sign a certificate for every name and address the server goes by."""
    wanted = work / "extensions"
    wanted.write_text(
        "basicConstraints=CA:FALSE\n"
        "keyUsage=critical,digitalSignature,keyEncipherment\n"
        "extendedKeyUsage=serverAuth\n"
        f"subjectAltName={','.join(map(_alternative, names))}\n",
        encoding="ascii",
    )
    _openssl(
        *("req", "-new", "-newkey", "rsa:2048", "-nodes", "-sha256"),
        *("-subj", f"/O=Arena/CN=Arena server {mark}"),
        *("-keyout", str(work / "server.key"), "-out", str(work / "request")),
    )
    _openssl(
        *("x509", "-req", "-in", str(work / "request"), "-sha256", "-days", str(DAYS)),
        *("-CA", str(work / "authority.crt"), "-CAkey", str(work / "authority.key")),
        *("-set_serial", f"0x{secrets.token_hex(16)}"),
        *("-extfile", str(wanted), "-out", str(work / "server.crt")),
    )


def _alternative(name: str) -> str:
    try:
        return f"IP:{ipaddress.ip_address(name)}"
    except ValueError:
        return f"DNS:{name}"


def _permitted(name: str) -> str:
    """One name or address that the authority may sign for."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return f"permitted;DNS:{name}"
    mask = ipaddress.ip_network(f"{address}/{address.max_prefixlen}").netmask
    return f"permitted;IP:{address}/{mask}"


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(say("serve.openssl_failed", detail=done.stderr.strip()[-300:]))
