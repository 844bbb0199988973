"""The archive of everything: harmless names, equal bytes, a manifest that names each file."""

import hashlib
import io
import json
import zipfile

from competition.results.errors import NobodyHonoured
from exports.bundle import MANIFEST, Edition, Packed, Packing, Piece, Step, file, packing, safe

EDITION = Edition("zh", False, "擂台赛", "决赛", "r", None, "", "")
HOSTILE = (
    "</script><b>村",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "C:\\Windows\\a",
    "龙潭村",
    "龙潭村",
    "龙 潭 村",
    "ａ",
    "A",
    "a" * 300,
    "....",
    "\u202egnp.exe",
)


def packed(steps: Packing) -> tuple[list[Step], Packed]:
    """Run to the end: the steps, and what was made."""
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return seen, end.value


def pieces() -> list[Piece]:
    """One file for each hostile name, and one at the top."""
    top = file("", "record", ".json", lambda: b"{}")
    return [*(file("feedback", name, ".txt", name.encode) for name in HOSTILE), top]


def test_no_name_leads_elsewhere_or_hides_another():
    """Each file lies in its folder, under a name of letters, figures and hyphens, once."""
    _, made = packed(packing(pieces(), EDITION))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len(names) == made.files == len(HOSTILE) + 3
    inside = [name.removeprefix("07 反馈单和成绩说明/") for name in names if "/" in name]
    assert len(inside) == len(HOSTILE)
    assert len({name.casefold() for name in inside}) == len(HOSTILE)
    for name in inside:
        assert all(sign.isalnum() or sign in "-_" for sign in name.removesuffix(".txt"))
        assert len(name) < 80


def test_a_safe_name_is_never_empty():
    """A name of signs alone becomes a hyphen."""
    for name in HOSTILE:
        assert safe(name)
        assert not set(safe(name)) & set('/\\:*?"<>|=. ')


def test_equal_content_gives_equal_bytes():
    """Made twice, the archive and its manifest are the same."""
    assert packed(packing(pieces(), EDITION))[1] == packed(packing(pieces(), EDITION))[1]


def test_the_manifest_names_every_file_and_steps_say_how_far():
    """Each file's SHA-256; the hash of the manifest; one step a file, the page last."""
    steps, made = packed(packing(pieces(), EDITION, lambda files: str(len(files)).encode()))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    listed = {row["path"]: row["sha256"] for row in json.loads(files[MANIFEST])["files"]}
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    assert hashes.pop(MANIFEST) == made.manifest
    assert listed == hashes
    assert files["打开我.html"] == str(len(files) - 2).encode()
    assert [step.done for step in steps] == list(range(len(HOSTILE) + 2))
    assert {step.of for step in steps} == {len(HOSTILE) + 2}


def test_what_is_refused_in_its_turn_is_said_to_be_absent():
    """The other papers are packed; each format of one is a file."""

    def refused() -> list[tuple[str, bytes]]:
        raise NobodyHonoured

    both = Piece("tally", "统分表", lambda: [(".pdf", b"1"), (".docx", b"2")])
    _, made = packed(packing([Piece("award", "奖状", refused), both], EDITION))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert {"04 统分/统分表.pdf", "04 统分/统分表.docx"} < files.keys()
    assert not any(name.startswith("08") for name in files)
    assert "奖状: " in files["目录和核验方法.txt"].decode("utf-8-sig")
