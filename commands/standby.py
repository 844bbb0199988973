"""``arena.py standby``: this machine follows another one, ready to take over."""

import queue
import sys
import threading
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import click
import uvicorn

from commands import ROOT, language, say
from commands.serve import announce, refuse_taken_port, start
from competition.network import EVERYWHERE, web_addresses
from competition.standby import copies, pairing, wire
from competition.standby.codes import is_address
from competition.standby.duty import Duty
from competition.standby.following import Follower
from competition.standby.promoting import NothingToPromote, Promoted
from competition.standby.saying import missing_words, status_words
from words import LANGS, t

FOLDER = ROOT / "data" / "standby"
LOOK_SECONDS = 0.5
PAGE_SECONDS = 5
TAKE_OVER = tuple(t("standby.word.take_over", lang) for lang in LANGS)
YES = tuple(t("standby.word.yes", lang) for lang in LANGS)


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
@click.option(
    "--copy-to",
    type=click.Path(path_type=Path, exists=True, file_okay=False, writable=True),
    help=say("serve.option_copy_to"),
)
def command(
    address: str | None,
    code: str | None,
    folder: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    copy_to: Path | None,
) -> None:
    """Pair if need be, then follow until stopped or put in the first one's place."""
    if copies.served(folder).exists():
        path = copies.served(folder)
        raise click.ClickException(say("standby.serves", folder=folder, path=path))
    refuse_taken_port(host, port)
    paired = _paired(folder, address, code, port, names)
    duty = Duty(folder, Follower(folder, paired))
    page, thread = serve_page(duty, host, port)
    for one in web_addresses(host, port, names):
        click.echo(say("standby.page", address=one))
    click.echo(say("standby.secret", secret=paired.secret))
    click.echo(say("standby.how"))
    duty.follower.start()
    try:
        watch(duty)
    except KeyboardInterrupt:
        duty.follower.stop()
    page.should_exit = True
    thread.join()
    if duty.done is not None:
        raise SystemExit(_serve(duty.done, host, port, names, copy_to))


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


def watch(duty: Duty) -> None:
    """Print how far this laptop is behind, and obey the terminal, until it has taken over."""
    typed: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(typed,), daemon=True).start()
    shown, number = "", None
    while not duty.over.wait(LOOK_SECONDS):
        shown = _show(duty, shown)
        while not typed.empty():
            number = _obey(duty, typed.get(), number)


def _read(typed: "queue.SimpleQueue[str]") -> None:
    for text in sys.stdin:
        typed.put(text.strip())


def _obey(duty: Duty, text: str, number: str | None) -> str | None:
    """One line of the terminal; the number asked about, while an answer is awaited."""
    word, _, rest = text.partition(" ")
    if number is not None:
        if text.lower() in YES:
            _take_over(duty, number)
        else:
            click.echo(say("standby.not_taken"))
        return None
    if word.lower() not in TAKE_OVER:
        return None
    if duty.follower.status().answers:
        click.echo(say("standby.sure_heard"))
    click.echo(say("standby.sure"))
    return rest


def _take_over(duty: Duty, number: str) -> None:
    try:
        duty.take_over(number, at=datetime.now(UTC))
    except NothingToPromote:
        click.echo(say("standby.nothing"))


def _show(duty: Duty, before: str) -> str:
    """Print the state where it is another than before; in a terminal, in one line."""
    status = duty.follower.status()
    text = status_words(status, language())
    kind = f"{status.state} {status.problem} {bool(status.events)}"
    if sys.stdout.isatty():
        click.echo(f"\r\033[K{text} ", nl=False)
    elif kind != before:
        click.echo(text)
    sys.stdout.flush()
    return kind


def serve_page(duty: Duty, host: str, port: int) -> tuple[uvicorn.Server, threading.Thread]:
    """Serve this laptop's page on a separate thread."""
    from organizers.live.standby_page import standby_app  # brings the app along, as the server does

    config = uvicorn.Config(
        standby_app(duty),
        host=host,
        port=port,
        ws="none",
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=PAGE_SECONDS,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True, name="page")
    thread.start()
    return server, thread


def _serve(
    done: Promoted, host: str, port: int, names: tuple[str, ...], copy_to: Path | None
) -> int:
    """Print what was put in place and the organizer's link, and become the server."""
    head, generation = done.head, done.generation
    click.echo("\n" + say("standby.taken", generation=generation, head=head))
    click.echo(missing_words(done, language()))
    folder = done.path.with_name(f"{done.path.name}.tls")
    files = (folder / "authority.crt", folder / "server.crt", folder / "server.key")
    tls = files if all(path.is_file() for path in files) else None
    addresses = web_addresses(host, port, names, scheme="https" if tls else "http")
    announce(addresses)
    click.echo(say("serve.first_link"))
    for address in addresses:
        click.echo(f"  {address}/j/{done.token}")
    return start(done.path, host=host, port=port, names=names, tls=tls, copy_to=copy_to)
