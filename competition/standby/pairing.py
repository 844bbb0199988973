"""The second laptop's memory of the first: address, token, the secret by which it takes over."""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from competition.ids import digest
from competition.standby import wire
from competition.standby.codes import SIGNS, bound, read_code
from competition.standby.copies import write_private
from db import standbys
from db.connection import name_safely

FILE = "standby.json"
SECRET_SIGNS = 6


@dataclass(frozen=True)
class Pairing:
    """What this laptop keeps of the first one.

    Attributes
    ----------
    authority : str
        The certificate that the first one's is signed by; empty without TLS.
    secret : str
        What must be typed on this laptop's page to take over, unless an organizer's PIN is.
    heard : str
        The head of the highest generation that the first one has named.
    cookie_secret : str
        The first one's secret that signs cookies.
    tls : dict
        Its certificate and key, by file name.
    wrong : int
        Wrong secrets since the last right one.
    wrong_at : str
        When the last of them was typed.
    """

    address: str
    event: str
    title: str
    token: str
    authority: str
    secret: str
    heard: str = ""
    cookie_secret: str = ""
    tls: dict[str, str] | None = None
    wrong: int = 0
    wrong_at: str = ""


def kept(folder: Path) -> Pairing | None:
    """The pairing of a folder; None before there is one."""
    try:
        pairing: Any = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Pairing(**pairing)


def keep(folder: Path, pairing: Pairing) -> None:
    """Write a pairing down, wholly or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = folder / f"{FILE}.part"
    write_private(partial, json.dumps(asdict(pairing), ensure_ascii=False).encode())
    name_safely(partial, folder / FILE)


def pair_with(folder: Path, address: str, code: str, own: tuple[str, ...]) -> Pairing:
    """Exchange a code at the first laptop.

    Parameters
    ----------
    own : tuple of str
        The addresses under which this laptop would be reached.

    Raises
    ------
    FirstRefused, OSError, HTTPException
    """
    before = kept(folder)
    code_hash = digest(read_code(code))

    def body(shown: bytes) -> dict[str, Any]:
        return {
            "bound": bound(code_hash, shown),
            "schema": standbys.schema_name(),
            "event": before.event if before else "",
            "reached": address,
            "second": list(own),
        }

    told = wire.ask(address, "/standby/pair", body)
    token = str(told["token"])
    if bound(code_hash, token.encode()) != told["proof"]:
        raise wire.Broken("not the laptop that made the code")
    secret = before.secret if before else "".join(_signs())
    pairing = Pairing(
        address, str(told["event"]), str(told["title"]), token, str(told["authority"]), secret
    )
    keep(folder, pairing)
    return pairing


def _signs() -> list[str]:
    return [secrets.choice(SIGNS) for _ in range(SECRET_SIGNS)]


def take_belongings(folder: Path, pairing: Pairing, told: dict[str, Any]) -> Pairing:
    """Keep the first laptop's cookie secret and certificate where they have changed."""
    fresh = replace(pairing, cookie_secret=str(told["secret"]), tls=dict(told["tls"]))
    if fresh != pairing:
        keep(folder, fresh)
    return fresh
