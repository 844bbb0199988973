"""A list pasted as text, one line each: written as the importer's own table, then read as a file.

The parts of a line are recognised by what they mean: a county, a code, a township, a village; what
is left are the names, in the order of the table. Lines copied from a spreadsheet with their header
are read as that spreadsheet would be.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from intake.gazetteer import TOWNSHIP, VILLAGE, Gazetteer
from intake.names import EXACT, header_score
from intake.recognising import TABLES
from intake.saying import column_name, sheet_name
from words import LANGS, t

MOST_CHARACTERS = 60_000
Cells = Sequence[str]
Line = Mapping[str, str]

_CELLS = re.compile(r"[\t,;\uff0c\uff1b]")
_BLANKS = re.compile(r"\s+")
_SERIAL = re.compile(r"^\D{0,2}\d{1,3}(?:[.\u3001\uff0e)\uff09\u53f7]+\s*|\s+|(?=[\t,\uff0c]))")
_BETWEEN_NAMES = re.compile(r"(?<!\d)\u3001")
_LEFT = ("presenter", "post", "title", "unit")


def pasted(table: str, text: str, gazetteer: Gazetteer, *, first: int = 1) -> tuple[str, bytes]:
    """The name and the content of a file that holds the pasted lines, for `intake.read_all`.

    Parameters
    ----------
    table : str
        entrants or judges.
    first : int
        The seat of the first judge, where the lines do not say theirs.
    """
    if table == "judges":
        text = _BETWEEN_NAMES.sub("\n", text)
    lines = [line.strip() for line in text[:MOST_CHARACTERS].splitlines() if line.strip()]
    rows: Sequence[Cells] = [_parted(line) for line in lines]
    is_headed = bool(rows) and _is_header(rows[0], table)
    if is_headed and len(rows[0]) == 1:
        is_headed, lines = False, lines[1:]
    if not is_headed:
        rows = _as_table(table, READERS[table](lines, gazetteer, first))
    elif table == "judges" and not _names(rows[0], "judge"):
        column = column_name("judge", LANGS[0])
        rows = [[column, *rows[0]], *([str(n), *row] for n, row in enumerate(rows[1:], first))]
    content = io.StringIO(newline="")
    csv.writer(content).writerows(rows)
    return f"{sheet_name(table, LANGS[0])}.csv", content.getvalue().encode("utf-8-sig")


def _parted(line: str) -> Cells:
    """The cells of a line: between tabs or commas, else between blanks."""
    is_marked = _CELLS.search(line)
    cells = _CELLS.split(line) if is_marked else _BLANKS.split(line)
    return [" ".join(cell.split()) for cell in cells]


def _is_header(cells: Cells, table: str) -> bool:
    """Whether a line names the table's columns."""
    return any(_names(cells, name) for name in TABLES[table][0])


def _names(cells: Cells, column: str) -> bool:
    return any(header_score((cell,), f"column.{column}") == EXACT for cell in cells if cell)


def _as_table(table: str, lines: Sequence[Line]) -> list[list[str]]:
    """The lines below the header of the columns that any of them fills."""
    used = [name for name in TABLES[table][0] if any(line.get(name) for line in lines)]
    header = [column_name(name, LANGS[0]) for name in used]
    return [header, *([line.get(name, "") for name in used] for line in lines)]


def _entrants(lines: Sequence[str], gazetteer: Gazetteer, _: int) -> Sequence[Line]:
    return [_entrant(_parted(_SERIAL.sub("", line)), gazetteer) for line in lines]


def _entrant(cells: Cells, gazetteer: Gazetteer) -> Line:
    """What each cell of a line is; what is no place is a name, in the order of the table."""
    line: dict[str, str] = {}
    rest: list[str] = []
    for cell in filter(None, cells):
        column = _place_column(cell, line, gazetteer)
        if column:
            line[column] = cell
        else:
            rest.append(cell)
    village = gazetteer.village(line.get("village_code", ""))
    if village is not None:
        line.setdefault("county", village.county)  # a row of one cell would be a heading
    titles = [cell for cell in rest if any(word in cell for word in _words("titles"))]
    if titles:
        line["title"] = titles[0]
        rest.remove(titles[0])
    free = [name for name in _LEFT if name not in line]
    return line | dict(zip(free, rest, strict=False))


def _place_column(cell: str, line: Line, gazetteer: Gazetteer) -> str:
    """The column of a place that a cell fills, "" for a name."""
    digits = unicodedata.normalize("NFKC", cell)
    if digits.isdecimal() and len(digits) in (TOWNSHIP, VILLAGE):
        return "village_code" if len(digits) == VILLAGE else "township_code"
    if "village" in line:
        return ""
    county = gazetteer.county(line.get("county", ""))
    within = county.code if county else ""
    meant = gazetteer.county(cell)
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("county", lambda: (meant is not None and meant.is_sure) or _ends(cell, "county")),
        ("township", lambda: bool(gazetteer.township(cell, within)) or _ends(cell, "township")),
        ("village", lambda: _is_village(cell, within, gazetteer)),
    )
    return next((name for name, fits in tests if name not in line and fits()), "")


def _is_village(cell: str, within: str, gazetteer: Gazetteer) -> bool:
    code, name = gazetteer.parted(cell, within)
    return bool(gazetteer.named(name, code)) or _ends(cell, "village")


def _ends(cell: str, kind: str) -> bool:
    return len(cell) > 1 and cell.endswith(_words(kind))


def _words(key: str) -> tuple[str, ...]:
    return tuple(t(f"intake.pasted.{key}", LANGS[0]).split("|"))


def _judges(lines: Sequence[str], gazetteer: Gazetteer, first: int) -> Sequence[Line]:
    """Number, name, county and unit of each; the numbers as written only where all have one."""
    written = [_SERIAL.match(line) for line in lines]
    numbers = [re.sub(r"\D", "", match[0]) for match in written if match]
    if len(set(numbers)) < len(lines) or first > 1:
        numbers = [str(number) for number in range(first, first + len(lines))]
    judges = []
    for number, line in zip(numbers, lines, strict=True):
        cells = {"judge": number}
        rest: list[str] = []
        for cell in filter(None, _parted(_SERIAL.sub("", line))):
            is_county = gazetteer.county(cell) is not None or _ends(cell, "county")
            if rest and is_county and "recusal_county" not in cells:
                cells["recusal_county"] = cell
            else:
                rest.append(cell)
        judges.append(cells | dict(zip(("name", "unit"), rest, strict=False)))
    return judges


READERS: Mapping[str, Callable[[Sequence[str], Gazetteer, int], Sequence[Line]]] = {
    "entrants": _entrants,
    "judges": _judges,
}
"""How the lines of each list are read."""
