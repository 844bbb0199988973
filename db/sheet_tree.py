"""One hash over all counted sheets, from which each sheet is proved without showing another.

A Merkle tree as in RFC 6962: a leaf is hashed behind the byte 0, a node behind the byte 1, and a
level splits at the largest power of two below its length.  A leaf has the ids of its marks, 128
random bits each, made on the tablet: marks are few and would be guessed from their hash alone.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from db.canonical import canonical
from db.store import Row

LEAF, NODE = b"\x00", b"\x01"


def leaves(marks: Sequence[Row]) -> list[bytes]:
    """The leaf of each sheet, by entrant and judge; ``marks`` as `db.sheets.counted_marks`."""
    sheets: dict[tuple[str, str], list[list[Any]]] = {}
    for mark in sorted(marks, key=lambda m: (m["entrant"], m["judge"], m["criterion"])):
        key = (mark["entrant"], mark["judge"])
        sheets.setdefault(key, []).append([mark["criterion"], mark["value"], mark["id"]])
    return [
        leaf({"entrant": entrant, "judge": judge, "marks": given})
        for (entrant, judge), given in sheets.items()
    ]


def leaf(sheet: dict[str, Any]) -> bytes:
    """The hash of one sheet: ``entrant, judge`` and ``marks``, each criterion, value and id."""
    return hashlib.sha256(LEAF + canonical(sheet).encode()).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaves; that of none is the hash of nothing."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = _half(len(hashes))
    return _node(root(hashes[:half]), root(hashes[half:]))


def proof(hashes: Sequence[bytes], at: int) -> list[tuple[bool, bytes]]:
    """What proves one leaf, from its level up: whether the hash stands left of it, and the hash."""
    if len(hashes) == 1:
        return []
    half = _half(len(hashes))
    if at < half:
        return [*proof(hashes[:half], at), (False, root(hashes[half:]))]
    return [*proof(hashes[half:], at - half), (True, root(hashes[:half]))]


def holds(node: bytes, steps: Sequence[tuple[bool, bytes]], wanted: bytes) -> bool:
    """Whether a leaf and its proof give the root."""
    for is_left, other in steps:
        node = _node(other, node) if is_left else _node(node, other)
    return node == wanted


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _half(length: int) -> int:
    return int(1 << ((length - 1).bit_length() - 1))
