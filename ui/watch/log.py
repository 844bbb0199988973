"""The server's log: one line of JSON a request and an error, on stderr or in files by turns.

No line has what a person typed, a path, a cookie or a body: a request is named by its route's
pattern and its number. The text of an error may quote any of them, so what could be a secret
in it is blotted out.
"""

import json
import logging
import os
import queue
import re
import sys
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from typing import cast

LOG_TO = "ARENA_LOG"
"""The variable that says where: ``stderr``, or a file's path. Without it, errors on stderr only."""
STDERR = "stderr"
FILE_BYTES, FILES = 10 * 2**20, 5
"""A file is put aside at so many bytes; so many are kept besides."""
MOST_WAITING = 10_000
"""Lines that may wait for a slow disk; more are dropped, no request waits."""

LOG = logging.getLogger("arena")
REQUESTS = logging.getLogger("arena.requests")
OF_THE_SERVER = ("arena", "uvicorn.error")

SECRET = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|[\w-]{16,}|\d{4,}")
"""What an error's text may quote: a value between quotes, a token, a PIN, a code."""
BLOT = "…"
DEEPEST = 5
"""How many errors behind an error are named."""


def scrubbed(text: str) -> str:
    """An error's text without what could be a secret."""
    return SECRET.sub(BLOT, text)


def told(error: BaseException) -> str:
    """An error and where it happened, with the errors behind it: files and lines, no values."""
    parts: list[str] = []
    at: BaseException | None = error
    while at is not None and len(parts) < DEEPEST:
        frames = traceback.extract_tb(at.__traceback__)
        places = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
        parts.append(f"{type(at).__name__}: {scrubbed(str(at))} at {places}")
        at = at.__cause__ or at.__context__
    return " | from ".join(parts)


class OneLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
        }
        asked = getattr(record, "asked", None)
        if asked is not None:
            line |= asked
        else:
            line |= {"number": getattr(record, "number", ""), "route": getattr(record, "route", "")}
            line["said"] = record.getMessage() if record.name == LOG.name else record.name
            if record.exc_info and record.exc_info[1]:
                line["error"] = told(record.exc_info[1])
            elif record.name != LOG.name:
                line["error"] = scrubbed(record.getMessage())
        return json.dumps(line, ensure_ascii=False)


class _OwnFiles(RotatingFileHandler):
    """Files by turns that only the server's user reads."""

    def _open(self) -> TextIOWrapper:
        def own(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        file = open(self.baseFilename, self.mode, encoding=self.encoding, opener=own)  # noqa: SIM115 - with a mode
        return cast(TextIOWrapper, file)


class _Waiting(QueueHandler):
    """Lets a record wait for the writer's thread; one too many is dropped."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """As it is: the same process writes it."""
        return record

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A full queue drops the line."""


class Log:
    """Writes until it is closed."""

    def __init__(self, wanted: str) -> None:
        writer: logging.Handler
        if wanted in ("", STDERR):
            writer = logging.StreamHandler(sys.stderr)
        else:
            writer = _OwnFiles(wanted, maxBytes=FILE_BYTES, backupCount=FILES, encoding="utf-8")
        writer.setFormatter(OneLine())
        self._writer = writer
        lines: queue.Queue[logging.LogRecord] = queue.Queue(MOST_WAITING)
        self._waiting = _Waiting(lines)
        self._listener = QueueListener(lines, writer)
        self._listener.start()
        REQUESTS.setLevel(logging.INFO if wanted else logging.WARNING)
        for name in OF_THE_SERVER:
            logging.getLogger(name).addHandler(self._waiting)

    def close(self) -> None:
        """Write what waits, and no more."""
        for name in OF_THE_SERVER:
            logging.getLogger(name).removeHandler(self._waiting)
        REQUESTS.setLevel(logging.NOTSET)
        self._listener.stop()
        self._writer.close()


def log_answer(number: str, method: str, route: str, status: int, seconds: float) -> None:
    """Write a request's line, where requests are written."""
    if REQUESTS.isEnabledFor(logging.INFO):
        asked = {
            "number": number,
            "method": method,
            "route": route,
            "status": status,
            "ms": round(1000 * seconds, 1),
        }
        REQUESTS.info("request", extra={"asked": asked})
