"""Heads and certificates on paper compared with a file, and the first event that differs."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from db import Store, Transaction, competitions, events, snapshots
from db import heads as rows
from db.canonical import sha256
from db.heads import Head
from db.replay import Finding

HEAD, CERTIFICATE, CHAIN = "head_on_the_chain", "certificate_as_on_paper", "chain_as_exported"

MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "。": ".", "、": ".", ",": "."})
"""Signs that no hash has, each with the one it was read for; and stops of a Chinese keyboard."""


def as_printed(typed: str) -> str:
    """A head or a hash as it stands on paper, from what a person typed.

    Spaces anywhere, capitals, full-width signs, and letters for figures are what people type.
    """
    plain = unicodedata.normalize("NFKC", typed).lower()
    return "".join(plain.split()).translate(MISREAD)


def read_head(typed: str) -> Head | None:
    """The head that a person typed from paper; None for any other text."""
    return rows.parse(as_printed(typed))


def against_heads(store: Store, given: Iterable[Head]) -> list[Finding]:
    """Heads that do not lie on the chain, each with the events that may have been changed.

    With several heads, the last that fits and the first that does not enclose the change.
    """
    wanted = sorted(given, key=lambda head: head.n)
    with store.reading() as tx:
        findings = [list(_off_chain(tx, row["id"], wanted)) for row in competitions.all_of(tx)]
    return min(findings, key=len, default=[Finding(HEAD, "no competition")] if wanted else [])


def _off_chain(tx: Transaction, owner: str, wanted: list[Head]) -> Iterator[Finding]:
    fits = 0
    for head in wanted:
        stored = rows.at_event(tx, owner, head.n)
        if stored is None:
            last = rows.last(tx, owner)
            n = last.n if last else 0
            yield Finding(HEAD, f"{head}: the file ends at event {n}; event {n + 1} is missing")
        elif not stored.hash.startswith(head.hash):
            said = _slip(head.hash, stored.hash) or _between(tx, owner, fits + 1, head.n)
            yield Finding(HEAD, f"{head}: event {head.n} is {stored.short} here; {said}")
        elif not _is_generation(stored, head):
            yield Finding(HEAD, f"{head}: the generation is {stored.generation} here")
        else:
            fits = head.n


def _slip(typed: str, stored: str) -> str:
    """Where one sign alone differs: a slip in typing, for another hash differs in nearly all."""
    places = [at for at, sign in enumerate(typed) if stored[at : at + 1] != sign]
    if len(places) != 1:
        return ""
    (at,) = places
    return f"only sign {at + 1} differs, {typed[at]} for {stored[at]}: look at the paper again"


def _is_generation(stored: Head, head: Head) -> bool:
    return stored.number == head.number and head.token in ("", stored.token)


def _between(tx: Transaction, owner: str, first: int, last: int) -> str:
    event = events.by_number(tx, owner, first)
    said = f" (event {first}: {event['kind']} {event['at']})" if event else ""
    if first == last:
        return f"the first event that differs is {first}{said}"
    return f"the first event that differs is one of {first} to {last}{said}"


def against_certificate(store: Store, given: str) -> list[Finding]:
    """A certificate on paper, by at least 12 signs of its hash or by its exported file.

    Of a file the marks and figures that differ are named, and beside an exported chain the
    first event that does.
    """
    path = Path(given)
    with store.reading() as tx:
        stored = snapshots.certificates(tx)
        if not path.is_file():
            return list(_by_hash(stored, as_printed(given)))
        text = path.read_text(encoding="utf-8")
        findings = list(_by_text(stored, text))
        chain = path.with_suffix(".chain.txt")
        if chain.is_file():
            findings += _by_chain(tx, chain.read_text(encoding="ascii"))
    return findings


def _by_hash(stored: Sequence[Mapping[str, Any]], given: str) -> Iterator[Finding]:
    if len(given) < rows.SHORTEST or not any(row["sha256"].startswith(given) for row in stored):
        known = ", ".join(f"v{row['version']} {row['sha256'][:12]}" for row in stored) or "none"
        slips = filter(None, (_slip(given, row["sha256"]) for row in stored))
        said = next(slips, "") if len(given) >= rows.SHORTEST else ""
        yield Finding(CERTIFICATE, f"{given}: stored are {known}{said and '; '}{said}")


def _by_text(stored: Sequence[Mapping[str, Any]], text: str) -> Iterator[Finding]:
    if any(row["sha256"] == sha256(text) for row in stored):
        return
    content: dict[str, Any] = json.loads(text)
    same = [
        row
        for row in stored
        if row["round_id"] == content["round"]["id"] and row["version"] == content["version"]
    ]
    if not same:
        yield Finding(CERTIFICATE, f"{sha256(text)[:12]}: no such certificate here")
        return
    for subject in _differing(content, json.loads(same[0]["content"])):
        yield Finding(CERTIFICATE, f"v{content['version']}: {subject}")


def _differing(paper: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    for part in sorted(paper.keys() | here.keys()):
        first, second = paper.get(part), here.get(part)
        if first == second:
            continue
        if not isinstance(first, list) or not isinstance(second, list):
            yield f"{part}: {second} here, {first} in the file given"
            continue
        for one in first:
            if one not in second:
                yield f"{part}: not here: {json.dumps(one, ensure_ascii=False)}"


def _by_chain(tx: Transaction, text: str) -> Iterator[Finding]:
    """The first event whose hash is not the exported one."""
    owner, *lines = text.split("\n")
    stored = events.hashes(tx, owner)
    for line in filter(None, lines):
        number, hash_, *_ = line.split(" ")
        if stored.get(int(number)) != hash_:
            said = _between(tx, owner, int(number), int(number))
            yield Finding(CHAIN, said if int(number) in stored else f"event {number} is missing")
            return


def chain_text(tx: Transaction, owner: str) -> str:
    """A competition's chain for a third party: its id, then an event a line.

    Number, hash, kind, time and entry: each hash is the SHA-256 of the one before and the entry.
    """
    lines = [
        f"{row['n']} {row['hash']} {row['kind']} {row['at']} {row['entry'] or '-'}"
        for row in events.all_of(tx, owner)
    ]
    return "\n".join([owner, *lines]) + "\n"
