"""A long paper is set in a process of its own, whose memory ends with it."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from exports.papers import setting


def test_a_long_paper_has_the_bytes_that_a_short_one_would_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One character decides which process sets it, and nothing else; its data are no command."""
    template, data = (
        tmp_path / "a paper.typ",
        '老曹寨村 "; rm -rf / #sys.exit() \\ \N{PARTY POPPER}',
    )
    template.write_text("#set document(date: none)\n#sys.inputs.data", encoding="utf-8")
    run, begun = subprocess.run, []

    def watched(command: list[str], **named: Any) -> subprocess.CompletedProcess[bytes]:
        begun.append(command)
        return run(command, **named)

    monkeypatch.setattr(subprocess, "run", watched)
    monkeypatch.setattr(setting, "LONG", len(data) + 1)
    here = setting.as_pdf(template, data)
    assert begun == []
    monkeypatch.setattr(setting, "LONG", len(data))
    assert setting.as_pdf(template, data) == here
    assert len(begun) == 1
    assert here.startswith(b"%PDF")
