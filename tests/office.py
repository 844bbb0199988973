"""LibreOffice without a screen, for what only a word processor or a spreadsheet can say."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")


def converted(files: dict[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """What LibreOffice makes of files by their names, all in one start.

    Where it is not installed the test is skipped; with ``ARENA_LIBREOFFICE=required``, as in
    ``.ci/run``, it fails.
    """
    if SOFFICE is None:
        if os.environ.get("ARENA_LIBREOFFICE") == "required":
            pytest.fail("LibreOffice (soffice) is required here")
        pytest.skip("LibreOffice (soffice) is not installed: nothing is computed or set here")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, content in files.items():
        (given / name).write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", ending, "--outdir", str(made)]
    subprocess.run(
        [*command, *map(str, sorted(given.iterdir()))], check=True, capture_output=True, timeout=240
    )
    return {name: (made / f"{Path(name).stem}.{ending}").read_bytes() for name in files}
