"""``arena.py pack``: the product with its wheels and checksums, for a laptop without a network."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from packaging.markers import Marker

from commands import ROOT, say
from commands.environment import RUNTIME, WHEELS
from words import LANGS, t

PRODUCT = (
    "arena.py",
    "arena_app.py",
    "router.py",
    "start.bat",
    "requirements.txt",
    "requirements.lock",
    "README.md",
    "README.zh.md",
    "LICENSE",
    "NOTICE",
    "charts",
    "commands",
    "competition",
    "counties",
    "db",
    "docs",
    "examples",
    "exports",
    "intake",
    "judges",
    "organizers",
    "overview",
    "province",
    "scoring",
    "ui",
    "words",
)
"""What is packed: never a database, a certificate's key or anything else that lies beside."""
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.db", "*.db-*", ".*")
SYSTEMS = {
    "windows": ("win32", ("win_amd64",)),
    "macos": ("darwin", ("macosx_14_0_arm64",)),
    "linux": ("linux", tuple(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1))),
}
"""Name to ``sys_platform`` and pip's platforms, the newest first."""
PYTHONS = ("3.11", "3.12", "3.13")
SUMS = "SHA256SUMS"
HERE = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


class PackFailed(click.ClickException):
    """The folder cannot be made; the message says why."""


@click.command(help=say("pack.help"))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--system", type=click.Choice(list(SYSTEMS)), default=HERE, help=say("pack.system"))
@click.option(
    "--python",
    type=click.Choice(PYTHONS),
    default="{}.{}".format(*sys.version_info[:2]),
    help=say("pack.python"),
)
def command(folder: Path, system: str, python: str) -> None:
    """Fill an empty folder; a failure leaves none behind."""
    if folder.exists() and any(folder.iterdir()):
        raise PackFailed(say("pack.not_empty", folder=folder))
    work = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(work, ignore_errors=True)
    try:
        copy_product(work)
        download(work, system, python)
        write_sums(work)
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    values = {"folder": folder, "system": system, "python": python, "size": round(size / 1e6)}
    click.echo(say("pack.done", **values))


def copy_product(folder: Path) -> None:
    """Copy the product and write how to begin, in every language."""
    folder.mkdir(parents=True)
    for name in PRODUCT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=IGNORED)
        else:
            shutil.copy2(source, folder / name)
    text = "\n\n".join(t("command.pack.begin", lang) for lang in LANGS)
    (folder / "START.txt").write_text(text + "\n", encoding="utf-8-sig", newline="\r\n")


def download(folder: Path, system: str, python: str) -> None:
    """Fill ``wheels`` with the locked wheels of that system and Python.

    Raises
    ------
    PackFailed
        If pip cannot get one; its last line says which.
    """
    lock = folder / f"{RUNTIME}.{system}"
    lock.write_text("".join(lines_for(system)), encoding="utf-8")
    platforms = [part for name in SYSTEMS[system][1] for part in ("--platform", name)]
    abis = [
        part for abi in (f"cp{python.replace('.', '')}", "abi3", "none") for part in ("--abi", abi)
    ]
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    target = ["--implementation", "cp", "--python-version", python, *platforms, *abis]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download"]
    done = subprocess.run(
        [*pip, "--dest", str(folder / WHEELS), *target, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    lock.unlink()
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise PackFailed(say("pack.failed", detail=" ".join(last)))


def lines_for(system: str) -> Iterator[str]:
    """The lock's lines that hold on a system, without their markers.

    pip would ask the markers of the machine it runs on.
    """
    there = {"sys_platform": SYSTEMS[system][0], "platform_python_implementation": "CPython"}
    holds = True
    for line in (ROOT / RUNTIME).read_text(encoding="utf-8").splitlines(keepends=True):
        if "==" in line and not line.startswith((" ", "#")):
            name, mark, rest = line.partition(" ; ")
            marker = rest.removesuffix("\\\n").strip()
            holds = not mark or Marker(marker).evaluate(there)
            line = f"{name} \\\n" if mark else line
        if holds:
            yield line


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file, in the form that ``sha256sum --check`` reads."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
