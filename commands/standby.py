"""``arena.py standby``: this machine follows another one, ready to take over."""

import sys
import time
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import click

from commands import ROOT, language, say
from commands.serve import refuse_taken_port
from competition.network import EVERYWHERE
from competition.standby import copies, pairing, wire
from competition.standby.codes import is_address
from competition.standby.following import Follower, Status
from competition.standby.problems import problem_words

FOLDER = ROOT / "data" / "standby"
LOOK_SECONDS = 1.0


@click.command(help=say("standby.help"))
@click.argument("address", required=False)
@click.option("--code", help=say("standby.option_code"))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    show_default=True,
    help=say("standby.option_folder"),
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    help=say("standby.option_port"),
)
@click.option("--host", default=EVERYWHERE, show_default=True, help=say("serve.option_host"))
@click.option("--host-name", "names", multiple=True, help=say("serve.option_host_name"))
def command(
    address: str | None,
    code: str | None,
    folder: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
) -> None:
    """Pair if need be, then follow until stopped or put in the first one's place."""
    if copies.served(folder).exists():
        path = copies.served(folder)
        raise click.ClickException(say("standby.serves", folder=folder, path=path))
    refuse_taken_port(host, port)
    paired = _paired(folder, address, code, port, names)
    follower = Follower(folder, paired)
    follower.start()
    try:
        follow(follower)
    except KeyboardInterrupt:
        follower.stop()


def _paired(
    folder: Path, address: str | None, code: str | None, port: int, names: tuple[str, ...]
) -> pairing.Pairing:
    """The pairing of the folder, or a new one where a code or another address is given."""
    kept = pairing.kept(folder)
    if kept is not None and code is None and address in (None, kept.address):
        return kept
    if address is None:
        raise click.ClickException(say("standby.needs_address"))
    first = with_port(address)
    if not is_address(first):
        raise click.ClickException(say("standby.bad_address", address=address))
    typed = code or click.prompt(say("standby.ask_code"))
    try:
        scheme = urlsplit(first).scheme
        hosts = names or (wire.own_address_towards(first),)
        own = tuple(f"{scheme}://{name}:{port}" for name in hosts)
        made = pairing.pair_with(folder, first, typed, own)
    except wire.FirstRefused as refused:
        raise click.ClickException(refused.says[language()]) from refused
    except (OSError, HTTPException, ValueError, KeyError) as error:
        detail = str(error) or type(error).__name__
        raise click.ClickException(
            say("standby.not_reached", address=first, detail=detail)
        ) from error
    click.echo(say("standby.paired", title=made.title))
    return made


def with_port(address: str) -> str:
    """An address as typed, without a slash at its end and with its port."""
    text = address.strip().rstrip("/")
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        return text
    return f"{text}:{443 if parts.scheme == 'https' else 80}" if port is None else text


def follow(follower: Follower) -> None:
    """Print how far this laptop is behind, whenever that is another thing than before."""
    shown = ""
    while True:
        status = follower.status()
        text = line(status, language())
        kind = f"{status.state} {status.problem} {bool(status.events)}"
        if sys.stdout.isatty():
            click.echo(f"\r\033[K{text}", nl=False)
        elif kind != shown:
            click.echo(text)
            sys.stdout.flush()
        shown = kind
        time.sleep(LOOK_SECONDS)


def line(status: Status, lang: str) -> str:
    """How far the laptop is behind, in a line."""
    values = {
        "silent": status.silent,
        "events": status.events,
        "seconds": status.seconds,
        "verified": status.verified or "–",
        "copies": status.copies,
    }
    if status.problem:
        return say("standby.line_problem", problem=problem_words(status.problem, lang))
    if status.state != "online":
        return say(f"standby.line_{status.state}", **values)
    if status.events is None:
        return say("standby.line_first")
    if not status.events:
        return say("standby.line_same", **values)
    return say("standby.line_events" if status.seconds is None else "standby.line_lag", **values)
