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
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass

from competition.errors import Refused
from competition.saying import sentence, way_out
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
    """A paper of a bundle, in one format or several; it is made when its turn has come.

    Attributes
    ----------
    folder
        One of `FOLDERS`; empty for a file that lies at the top.
    name
        Its name in words, without an ending; a typed name is made safe.
    build
        Gives each format's ending and bytes. What it refuses is listed as absent, with the reason.
    """

    folder: str
    name: str
    build: Callable[[], Iterable[tuple[str, bytes]]]


def file(folder: str, name: str, ending: str, build: Callable[[], bytes]) -> Piece:
    """A paper in one format."""
    return Piece(folder, name, lambda: [(ending, build())])


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
        What is known not to be in it, each with the reason in words.
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
    """Make and pack one piece a step, in the folders' order.

    The page comes last, since it lists the others.
    """
    ordered = sorted(pieces, key=lambda one: FOLDERS.index(one.folder) if one.folder else -1)
    of = len(ordered) + (page is not None)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        packer = _Packer(archive, edition)
        for done, piece in enumerate(ordered):
            yield Step(done, of, packer.place(piece, ""))
            packer.take(piece)
        packer.add(t("exports.bundle.contents", edition.lang), packer.contents())
        if page is not None:
            yield Step(of - 1, of, page_name(edition.lang))
            packer.add(page_name(edition.lang), page(tuple(packer.listed)))
        manifest = _manifest(packer.listed, edition)
        put(archive, MANIFEST, manifest, edition.at)
    sha256 = hashlib.sha256(manifest).hexdigest()
    return Packed(buffer.getvalue(), sha256, len(packer.listed) + 1)


class _Packer:
    """Puts files into one archive, and keeps what it holds and what it does not."""

    def __init__(self, archive: zipfile.ZipFile, edition: Edition) -> None:
        self.archive, self.edition = archive, edition
        self.listed: list[Listed] = []
        self.absent = [*edition.absent]
        self._taken: Counter[str] = Counter()

    def take(self, piece: Piece) -> None:
        """Add each format of a piece; one that is refused is absent."""
        try:
            for ending, data in piece.build():
                path = self.place(piece, ending)
                key = unicodedata.normalize("NFKC", path).casefold()
                self._taken[key] += 1
                if self._taken[key] > 1:
                    path = f"{path.removesuffix(ending)}-{self._taken[key]}{ending}"
                self.add(path, data)
        except Refused as problem:
            lang = self.edition.lang
            said = f"{sentence(problem, lang)}{way_out(problem, lang)}"
            self.absent.append((piece.name, said))

    def place(self, piece: Piece, ending: str) -> str:
        """The path of a piece's file."""
        stem = piece.name if not piece.folder else safe(piece.name)
        return f"{_folder(piece.folder, self.edition.lang)}{stem}{ending}"

    def add(self, path: str, data: bytes) -> None:
        """Pack one file."""
        put(self.archive, path, data, self.edition.at)
        self.listed.append(Listed(path, hashlib.sha256(data).hexdigest(), len(data)))

    def contents(self) -> bytes:
        """The table of contents and how to check it, as text that Notepad opens."""
        edition, lang = self.edition, self.edition.lang
        kind = t(f"exports.bundle.{'public' if edition.is_public else 'whole'}", lang)
        lines = [f"{edition.competition} {edition.round_title}", kind, ""]
        lines += [one.path for one in self.listed]
        if self.absent:
            lines += ["", t("exports.bundle.absent", lang)]
            lines += [f"{name}: {reason}" for name, reason in self.absent]
        if edition.version is not None:
            values = {"page": page_name(lang), "verifier": VERIFIER}
            lines += ["", *t("exports.bundle.how", lang, **values).strip().split("\n")]
        return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def page_name(lang: str) -> str:
    """The name of the page that computes the result again."""
    return t("exports.open_me.file", lang) + ".html"


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
