"""Receipts: a short code of each sheet, and the proof that it stands in the certified root.

A code is the beginning of the sheet's leaf in `db.sheet_tree`, which holds 128 random bits a mark:
nothing can be guessed from it, and nothing rests on it. What is proved is the whole leaf.
"""

import threading
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from competition.people.errors import TooManyAttempts
from competition.results.certification import latest_certified
from competition.results.errors import CertificateDiffers, ReceiptUnknown
from competition.results.explained_sheets import SheetMarks
from competition.results.explaining import explanation
from competition.results.standings import current
from competition.rights import require_read
from competition.times import stamp
from competition.visitor import Visitor
from db import Store, Transaction, entrants, people, sheet_tree, sheets
from db import rounds as round_rows
from db.shapes import Place, RoundRow

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U."""
LENGTH = 10
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
WRONG_A_MINUTE = 30
MINUTE = timedelta(minutes=1)
Key = tuple[str, str]
"""Entrant's and judge's id."""


@dataclass(frozen=True)
class Proved:
    """A sheet that stands in a certified root, without its judge.

    Attributes
    ----------
    marks : tuple of (str, Decimal)
        Criterion and mark, in the order of the rubric.
    leaf, root : str
        In hex.
    path : tuple of (str, str)
        From the leaf up: on which side the other hash stands, ``left`` or ``right``, and the hash.
    """

    round_title: str
    place: Place
    marks: tuple[tuple[str, Decimal], ...]
    total: Decimal
    version: int
    sha256: str
    leaf: str
    root: str
    path: tuple[tuple[str, str], ...]
    sheets: int


def code_of(leaf: bytes) -> str:
    """The first 50 bits of a leaf as ten signs."""
    bits = int.from_bytes(leaf[:8], "big") >> 14
    return "".join(SIGNS[(bits >> 5 * at) & 31] for at in reversed(range(LENGTH)))


def as_typed(text: str) -> str:
    """A code as it is stored, from what a person typed: spaces, dashes, small letters, O for 0."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain.translate(MISREAD) if sign in SIGNS)


def in_groups(code: str) -> str:
    """A code as it is printed, five signs and five."""
    return f"{code[:5]}-{code[5:]}"


def codes(store: Store, who: Visitor, round_id: str) -> dict[Key, str]:
    """The code of every counted sheet of a closed round, for the paper of each judge."""
    with store.reading() as tx:
        row = require_read(tx, who, "sheets", round_id)
        return {key: code_of(leaf) for key, leaf in leaves_of(tx, row["id"]).items()}


def leaves_of(tx: Transaction, round_id: str) -> dict[Key, bytes]:
    """Inside a read: every counted sheet's leaf, in the order of the tree."""
    marks = sheets.marks_with_ids(tx, round_id)
    keys = sorted({(mark["entrant"], mark["judge"]) for mark in marks})
    return dict(zip(keys, sheet_tree.leaves(marks), strict=True))


_kept: dict[tuple[Path, str], dict[Key, bytes]] = {}
_guard = threading.Lock()


def look_up(store: Store, typed: str, *, address: str, at: datetime) -> Proved:
    """The sheet of a code, for the holder of the code: without a sign-in, and without its judge.

    Raises
    ------
    ReceiptUnknown
        If no sheet of a round that is certified now has this code.
    TooManyAttempts
        After thirty wrong codes from one address in a minute.
    CertificateDiffers
        If the stored sheets no longer give the certified root.
    """
    code = as_typed(typed)
    here = f"receipt {address}"
    with store.reading() as tx:
        if people.attempts_since(tx, here, stamp(at - MINUTE)) >= WRONG_A_MINUTE:
            raise TooManyAttempts
        for row in round_rows.certified(tx):
            leaves = _certified_leaves(tx, store, row)
            sheet_key = next((key for key, leaf in leaves.items() if code_of(leaf) == code), None)
            if sheet_key is not None:
                return _proved(tx, store, row, leaves, sheet_key)
    with store.writing() as tx:
        people.add_attempt(tx, here, stamp(at), stamp(at - MINUTE))
    raise ReceiptUnknown


def _certified_leaves(tx: Transaction, store: Store, row: RoundRow) -> dict[Key, bytes]:
    """The leaves of a certified round; computed once for a certificate, and held to its root."""
    certificate = latest_certified(tx, row["id"])
    key = (store.path, certificate["sha256"])
    with _guard:
        if key not in _kept:
            leaves = leaves_of(tx, row["id"])
            root = sheet_tree.root(list(leaves.values())).hex()
            if root != certificate["content"].get("sheets_root"):
                title = certificate["content"]["round"]["title"]
                raise CertificateDiffers(round=title, version=certificate["version"])
            _kept[key] = leaves
        return _kept[key]


def _proved(
    tx: Transaction, store: Store, row: RoundRow, leaves: dict[Key, bytes], key: Key
) -> Proved:
    certificate = latest_certified(tx, row["id"])
    hashes, at = list(leaves.values()), list(leaves).index(key)
    steps = sheet_tree.proof(hashes, at)
    root = sheet_tree.root(hashes)
    assert sheet_tree.holds(hashes[at], steps, root)
    sheet = _sheet(tx, store, row, key)
    places = {place["id"]: place for place in entrants.in_round(tx, row["id"])}
    names = [criterion["name"] for criterion in round_rows.criteria(tx, row["id"])]
    return Proved(
        round_title=certificate["content"]["round"]["title"],
        place=places[key[0]],
        marks=tuple(zip(names, sheet.marks, strict=True)),
        total=sheet.total,
        version=certificate["version"],
        sha256=certificate["sha256"],
        leaf=hashes[at].hex(),
        root=root.hex(),
        path=tuple(("left" if left else "right", other.hex()) for left, other in steps),
        sheets=len(hashes),
    )


def _sheet(tx: Transaction, store: Store, row: RoundRow, key: Key) -> SheetMarks:
    whole = explanation(tx, current(tx, store, row), key[0])
    return next(sheet for sheet in whole.sheets if sheet.judge == key[1])
