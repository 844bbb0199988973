"""A copy verified by a process apart, at the lowest priority: the server answers on meanwhile."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from competition.standby.copies import check_file
from db.replay import Finding

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 600
LOWEST = 10


def check_apart(path: Path, named: Path) -> list[Finding]:
    """As `copies.check_file`; a process that does not end well is a finding."""
    command = [sys.executable, "-m", "competition.standby.apart", str(path), str(named)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, timeout=PATIENCE_SECONDS, check=True
        )
        return [Finding(*one) for one in json.loads(done.stdout)]
    except (subprocess.SubprocessError, ValueError, TypeError) as error:
        return [Finding("verified_apart", type(error).__name__)]


def main(arguments: list[str]) -> None:
    """Print the findings of a file as JSON."""
    with suppress(AttributeError, OSError):  # no priorities on Windows
        os.nice(LOWEST)
    findings = check_file(*map(Path, arguments))
    sys.stdout.write(json.dumps([[one.check, one.subject] for one in findings]))


if __name__ == "__main__":
    main(sys.argv[1:])
