"""Papers set by typst with free fonts that are embedded; the same on every machine.

Typst keeps what it has laid out for the next paper: after one of hundreds of pages that is some
hundred megabytes, which only the end of its process gives back. So a long paper has a process of
its own; this file is what it runs.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

LONG = 10_000
"""Characters of data from which a paper is long: a few pages."""


@cache
def fonts() -> typst.Fonts:
    """The free fonts that every paper embeds, and no other."""
    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def as_pdf(template: Path, data: str) -> bytes:
    """A template with its data, as the bytes of a PDF."""
    if len(data) < LONG:
        return _here(template, data)
    command = [sys.executable, "-P", __file__, str(template)]
    return subprocess.run(command, input=data.encode(), stdout=subprocess.PIPE, check=True).stdout


def _here(template: Path, data: str) -> bytes:
    written: bytes = typst.compile(
        str(template), format="pdf", font_paths=fonts(), sys_inputs={"data": data}
    )
    return written


if __name__ == "__main__":
    sys.stdout.buffer.write(_here(Path(sys.argv[1]), sys.stdin.buffer.read().decode()))
