"""A PostgreSQL server of a measurement's own, and what it takes of the processor."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

OLDEST = 15
ROLES = (
    "CREATE ROLE arena LOGIN NOINHERIT",
    "CREATE ROLE arena_owner NOLOGIN",
    "GRANT arena_owner TO arena",
    "CREATE DATABASE arena OWNER arena_owner",
)


def programs() -> Path | None:
    """The folder of the newest installed server; None where there is none new enough."""
    by_version = {
        int(folder.parent.name): folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    }
    newest = max(by_version, default=0)
    return by_version[newest] if newest >= OLDEST else None


def as_server() -> dict[str, Any]:
    """How a program of the server is run: it refuses root."""
    if os.geteuid() != 0:
        return {"check": True, "capture_output": True}
    server = pwd.getpwnam("postgres")
    user = {"user": server.pw_uid, "group": server.pw_gid, "extra_groups": []}
    return {"check": True, "capture_output": True, "cwd": "/", **user}


@contextmanager
def postgresql() -> Iterator[tuple[str, int]]:
    """Run a server that waits for the disk as one in use does; its address and its process."""
    installed = programs()
    assert installed is not None
    folder = Path(tempfile.mkdtemp(prefix="arena-bench-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o711)
    data, log = str(folder / "data"), str(folder / "log")
    made = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]
    control = [str(installed / "pg_ctl"), "-D", data, "-w"]
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
    quiet = {**as_server(), "capture_output": False, "stdout": subprocess.DEVNULL}
    try:
        subprocess.run([str(installed / "initdb"), "-D", data, *made], **as_server())
        subprocess.run([*control, "-o", options, "-l", log, "start"], **quiet)
        for role in ROLES:
            told = ["-h", str(folder), "-U", "postgres", "-q", "-c", role]
            subprocess.run([str(installed / "psql"), *told], **as_server())
        number = int((folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
        yield f"postgresql://arena@/arena?host={folder}", number
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})
        shutil.rmtree(folder, ignore_errors=True)


def backends(postmaster: int) -> list[float]:
    """Megabytes of each process that serves a connection, its share of common memory included."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            said = (folder / "cmdline").read_bytes().split(b"\0")[0]
            if int(fields[1]) == postmaster and said.startswith(b"postgres: arena "):
                sizes = (folder / "smaps_rollup").read_text("ascii")
                pss = next(line for line in sizes.splitlines() if line.startswith("Pss:"))
                found.append(int(pss.split()[1]) / 1024)
    return found


def seconds(postmaster: int) -> float:
    """Processor seconds of a server: of its process, those it began, and those that ended."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "stat").read_text("ascii", errors="replace").rpartition(")")[2]
            fields = [int(word) for word in words.split()[1:15]]
            if int(folder.name) == postmaster:
                ticks += sum(fields[10:14])  # with those that ended
            elif fields[0] == postmaster:
                ticks += sum(fields[10:12])
    return ticks / os.sysconf("SC_CLK_TCK")
