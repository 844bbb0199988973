"""全部材料: everything of a round as one archive, in an office's order, with its manifest.

Equal content gives equal bytes. Every name in it is made here: nothing a person typed leads out of
a folder, hides behind another name or is refused by Windows.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from exports.steady import WRITTEN, put
from words import t

FORMAT = "arena-bundle-1"
MANIFEST, RECORD, PUBLIC, VERIFIER = "manifest.json", "record.json", "result.json", "verify.py"
FOLDERS = (
    "result",
    "rules",
    "sheets",
    "tally",
    "corrections",
    "public",
    "feedback",
    "award",
    "preparing",
    "day",
    "charts",
    "other",
)
"""The folders in their order; those without a paper are left out, and the numbers stay."""
LONGEST = 60
_UNSAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True)
class Piece:
    """One file of a bundle.

    Attributes
    ----------
    folder
        One of `FOLDERS`; empty for a file that lies at the top.
    name
        Its name in words, without an ending; a typed name is made safe.
    """

    folder: str
    name: str
    ending: str
    build: Callable[[], bytes]


@dataclass(frozen=True)
class Listed:
    """A packed file, as the manifest and the page name it."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Edition:
    """What a bundle is of: whole or public, and which certificate; ``version`` None before one.

    Attributes
    ----------
    absent
        Papers that are not in it, each with the reason in words.
    """

    lang: str
    is_public: bool
    competition: str
    round_title: str
    round_id: str
    version: int | None
    sha256: str
    head: str
    at: tuple[int, ...] = WRITTEN
    absent: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """How far the packing is: files done, of how many, and the path of the next."""

    done: int
    of: int
    path: str


@dataclass(frozen=True)
class Packed:
    """The archive, and the hash of its manifest, by which every file in it can be proved."""

    content: bytes
    manifest: str
    files: int


Packing = Generator[Step, None, Packed]


def packing(
    pieces: Sequence[Piece],
    edition: Edition,
    page: Callable[[Sequence[Listed]], bytes] | None = None,
) -> Packing:
    """Build and pack every piece, one a step; the page comes last, since it lists the others."""
    paths = _paths(pieces, edition.lang)
    of = len(pieces) + (page is not None)
    listed: list[Listed] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:

        def add(path: str, data: bytes) -> None:
            put(archive, path, data, edition.at)
            listed.append(Listed(path, hashlib.sha256(data).hexdigest(), len(data)))

        for done, (path, piece) in enumerate(zip(paths, pieces, strict=True)):
            yield Step(done, of, path)
            add(path, piece.build())
        add(t("exports.bundle.contents", edition.lang), _contents(listed, edition))
        if page is not None:
            yield Step(of - 1, of, page_name(edition.lang))
            add(page_name(edition.lang), page(tuple(listed)))
        manifest = _manifest(listed, edition)
        put(archive, MANIFEST, manifest, edition.at)
    return Packed(buffer.getvalue(), hashlib.sha256(manifest).hexdigest(), len(listed) + 1)


def page_name(lang: str) -> str:
    """The name of the page that computes the result again."""
    return t("exports.open_me.file", lang) + ".html"


def _paths(pieces: Sequence[Piece], lang: str) -> list[str]:
    """Each piece's path; a name that would be taken twice gets a number."""
    taken: dict[str, int] = {}
    paths = []
    for piece in pieces:
        folder = _folder(piece.folder, lang)
        stem = piece.name if not piece.folder else safe(piece.name)
        key = unicodedata.normalize("NFKC", f"{folder}{stem}{piece.ending}").casefold()
        taken[key] = taken.get(key, 0) + 1
        again = f"-{taken[key]}" if taken[key] > 1 else ""
        paths.append(f"{folder}{stem}{again}{piece.ending}")
    return paths


def _folder(folder: str, lang: str) -> str:
    if not folder:
        return ""
    number = FOLDERS.index(folder) + 1
    return f"{number:02d} {t(f'exports.bundle.folder.{folder}', lang)}/"


def safe(name: str) -> str:
    """Return a name that every file system takes: letters, figures and hyphens, not too long."""
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-")
    return plain[:LONGEST].rstrip("-") or "-"


def _manifest(listed: Sequence[Listed], edition: Edition) -> bytes:
    content = {
        "format": FORMAT,
        "edition": "public" if edition.is_public else "whole",
        "competition": edition.competition,
        "round": edition.round_title,
        "round_id": edition.round_id,
        "version": edition.version,
        "certificate": edition.sha256,
        "head": edition.head,
        "files": [
            {"path": one.path, "sha256": one.sha256, "size": one.size}
            for one in sorted(listed, key=lambda one: one.path)
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _contents(listed: Sequence[Listed], edition: Edition) -> bytes:
    """The table of contents and how to check it, as text that Notepad opens."""
    lang = edition.lang
    kind = t(f"exports.bundle.{'public' if edition.is_public else 'whole'}", lang)
    lines = [f"{edition.competition} {edition.round_title}", kind, ""]
    lines += [one.path for one in listed]
    if edition.absent:
        lines += ["", t("exports.bundle.absent", lang)]
        lines += [f"{name}: {reason}" for name, reason in edition.absent]
    if edition.version is not None:
        values = {"page": page_name(lang), "verifier": VERIFIER}
        lines += ["", *t("exports.bundle.how", lang, **values).strip().split("\n")]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
