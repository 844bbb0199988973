"""What a sheet of an .xlsx file says besides its values: merged and hidden cells, comments.

openpyxl gives these only where it holds the whole sheet in memory; here they are streamed.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AREA = re.compile(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
MOST_AREAS = 20_000
LONGEST_COMMENT = 200


@dataclass(frozen=True)
class Area:
    """A merged range: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Structure:
    """Merged ranges, hidden rows (from 1) and columns (from 0), comments by cell."""

    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[str, str] = field(default_factory=dict)


def column_number(letters: str) -> int:
    """0 for "A", 26 for "AA"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def area(ref: str) -> Area | None:
    """The range of "A1:C2"."""
    match = AREA.fullmatch(ref)
    if match is None:
        return None
    return Area(int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3]))


def read_structure(archive: zipfile.ZipFile, path: str) -> Structure:
    """Read one sheet's part of a workbook."""
    merged: list[Area] = []
    rows: set[int] = set()
    columns: set[int] = set()
    with archive.open(path) as part:
        for tag, attributes in _elements(part):
            if tag == "mergeCell" and len(merged) < MOST_AREAS:
                bounds = area(attributes.get("ref", ""))
                merged += [bounds] if bounds else []
            elif tag == "row" and attributes.get("r", "").isdecimal():
                rows.add(int(attributes["r"]))
            elif tag == "col":
                first, last = int(attributes["min"]), min(int(attributes["max"]), 256)
                columns |= set(range(first - 1, last))
    return Structure(tuple(merged), frozenset(rows), frozenset(columns), _comments(archive, path))


def _elements(part: IO[bytes]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Merged ranges, and rows and columns that are hidden."""
    parents: list[Any] = []
    for event, element in ElementTree.iterparse(part, ("start", "end")):
        tag = element.tag.removeprefix(MAIN)
        if event == "start":
            parents.append(element)
            is_hidden = element.get("hidden") in ("1", "true")
            if tag == "mergeCell" or (tag in ("row", "col") and is_hidden):
                yield tag, dict(element.attrib)
            continue
        parents.pop()
        if tag in ("row", "mergeCell") and parents:
            parents[-1].remove(element)  # else the whole sheet would stay in memory


def _comments(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    folder, name = posixpath.split(path)
    links = f"{folder}/_rels/{name}.rels"
    if links not in archive.namelist():
        return {}
    comments: dict[str, str] = {}
    for link in ElementTree.fromstring(archive.read(links)):
        if not link.get("Type", "").endswith("/comments"):
            continue
        target = link.get("Target", "")
        whole = target.lstrip("/") if target[:1] == "/" else f"{folder}/{target}"
        for comment in ElementTree.fromstring(archive.read(posixpath.normpath(whole))).iter(
            f"{MAIN}comment"
        ):
            text = "".join(part.text or "" for part in comment.iter(f"{MAIN}t")).strip()
            comments[comment.get("ref", "")] = " ".join(text.split())[:LONGEST_COMMENT]
    return comments
