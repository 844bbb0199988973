"""Photographs without what a camera adds: position, device, owner, and what follows the picture.

Only the picture is kept, byte by byte: nothing is decoded or compressed again. Of a JPEG's EXIF
the way it was held stays, for without it a photograph lies on its side.
"""

import re
import struct

from competition.documents.document_kinds import JPEG, PNG

ICC = b"ICC_PROFILE\x00"
EXIF = b"Exif\x00\x00"
START, END, SCAN = 0xD8, 0xD9, 0xDA
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
JFIF, EXIF_PART, PROFILE, ADOBE, COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
LAST_PART = 0xEF
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What ends the compressed data of a scan."""
ORIENTATION, MOST_TAGS = 0x0112, 512
PNG_HEAD, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
SAYS = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
"""Chunks of a PNG that say something beside the picture."""


class BrokenPicture(ValueError):
    """The content ends before the picture does."""


def bare(content: bytes, media_type: str) -> bytes:
    """A photograph without what the camera added; any other content as it is.

    Raises
    ------
    BrokenPicture
    """
    if media_type not in PARTS:
        return content
    try:
        return PARTS[media_type](content)
    except (IndexError, struct.error) as error:
        raise BrokenPicture from error


def _jpeg(content: bytes) -> bytes:
    kept, turned, at = [content[:2]], 1, 2
    while True:
        if content[at] != 0xFF:
            raise BrokenPicture
        while content[at + 1] == 0xFF:  # any number of them may stand before a marker
            at += 1
        marker = content[at + 1]
        if marker == END:
            if turned != 1:
                kept.insert(1, _held(turned))
            return b"".join((*kept, b"\xff\xd9"))
        if marker in ALONE:
            kept.append(content[at : at + 2])
            at += 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        part = content[at + 4 : at + 2 + length]
        if marker == EXIF_PART and part.startswith(EXIF):
            turned = _orientation(part[len(EXIF) :])
        elif _is_picture(marker, part):
            kept.append(content[at : at + 2 + length])
        at += 2 + length
        if marker == SCAN:
            match = NEXT_MARKER.search(content, at)
            if match is None:
                raise BrokenPicture
            kept.append(content[at : match.start()])
            at = match.start()


def _is_picture(marker: int, part: bytes) -> bool:
    """Whether a segment is needed to show the picture."""
    if marker == PROFILE:
        return part.startswith(ICC)
    return marker in (JFIF, ADOBE) or not (JFIF <= marker <= LAST_PART or marker == COMMENT)


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 where that cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for n in range(min(count, MOST_TAGS)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * n)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _held(turned: int) -> bytes:
    """An EXIF segment that says only how the camera was held."""
    tag = struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0)
    body = EXIF + b"MM\x00*" + struct.pack(">IH", 8, 1) + tag + b"\x00" * 4
    return struct.pack(">BBH", 0xFF, EXIF_PART, len(body) + 2) + body


def _png(content: bytes) -> bytes:
    kept, at = [PNG_HEAD], len(PNG_HEAD)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        after = at + 12 + length
        if after > len(content):
            raise BrokenPicture
        if kind not in SAYS:
            kept.append(content[at:after])
        if kind == PNG_END:
            return b"".join(kept)
        at = after


PARTS = {JPEG: _jpeg, PNG: _png}
"""Kinds of photographs, each with what keeps its picture alone."""
