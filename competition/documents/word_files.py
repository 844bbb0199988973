"""Word files without what their pictures and properties say: position, camera, author, company.

A Word file is a ZIP of parts. Its pictures are kept as photographs are, its properties are empty,
its thumbnail goes; the text, and who wrote a comment in it, stay as they are.
"""

import io
import re
import zipfile

from competition.documents.document_kinds import DOCX, kind_of
from competition.documents.photographs import BrokenPicture, bare

MOST_BYTES, MOST_PARTS, MOST_NESTED = 200 * 10**6, 5000, 2
"""Of all parts unpacked, and of files within the file: a small file may hold a huge one."""
ZIP = b"PK\x03\x04"
NOW = (1980, 1, 1, 0, 0, 0)
"""The earliest time of a ZIP: it says nothing, and the same file stays the same."""
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = b"http://schemas.openxmlformats.org"
CORE, CORE_ENDING = "docprops/core.xml", (".psmdcp", "docprops/core.xml")
"""Where the author stands; some programs call the part otherwise, by this ending."""
EMPTY = {
    CORE: b'<cp:coreProperties xmlns:cp="' + OFFICE
    + b'/package/2006/metadata/core-properties"/>',
    "docprops/app.xml": b'<Properties xmlns="' + OFFICE
    + b'/officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": b'<Properties xmlns="' + OFFICE
    + b'/officeDocument/2006/custom-properties"/>',
}  # fmt: skip
"""Parts that say who wrote a file and where, each as it is when it says nothing."""
THUMBNAIL = "docprops/thumbnail."
NAMED = re.compile(
    rb"""<(Relationship|Override)\b[^>]*(metadata/thumbnail["']|["']/docProps/thumbnail)[^>]*?"""
    rb"(/>|>\s*</\1>)",
    re.IGNORECASE,
)
"""What leads to the thumbnail."""
INDEXES = frozenset({"_rels/.rels", "[Content_Types].xml"})


def without_traces(content: bytes, media_type: str) -> bytes:
    """A photograph or Word file without what was added to it unseen; any other as it is.

    Raises
    ------
    BrokenPicture
        Also of a Word file in which a picture ends early, or that unpacks to more than it may.
    """
    if media_type != DOCX:
        return bare(content, media_type)
    return _packed(content, 0)


def _packed(content: bytes, depth: int) -> bytes:
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            parts = [one for one in old.infolist() if not one.is_dir()]
            _require_small(parts, depth)
            for one in parts:
                if one.filename.lower().startswith(THUMBNAIL):
                    continue
                part = zipfile.ZipInfo(one.filename, NOW)
                part.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(part, _part(one.filename, old.read(one), depth))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise BrokenPicture from error
    return out.getvalue()


def _require_small(parts: list[zipfile.ZipInfo], depth: int) -> None:
    """Refuse what unpacks to too much, and two parts of one name: each reader takes another."""
    names = {one.filename.lower() for one in parts}
    if len(parts) > MOST_PARTS or len(names) < len(parts) or depth > MOST_NESTED:
        raise BrokenPicture
    if sum(one.file_size for one in parts) > MOST_BYTES:
        raise BrokenPicture


def _part(name: str, content: bytes, depth: int) -> bytes:
    """A part as it is kept; what it is follows from its content."""
    known = CORE if name.lower().endswith(CORE_ENDING) else name.lower()
    if known in EMPTY:
        return HEAD + EMPTY[known]
    if name in INDEXES:
        return NAMED.sub(b"", content)
    if content.startswith(ZIP):  # a workbook or another Word file within it
        return _packed(content, depth + 1)
    return bare(content, kind_of(content) or "")
