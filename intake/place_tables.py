"""Tables of codes and names of places: one line a village, or one line for every place."""

from collections.abc import Iterable, Mapping, Sequence

from intake.cells import Unreadable, read_key, read_text
from intake.columns import Context, header_of, map_columns
from intake.findings import Findings
from intake.gazetteer import COUNTY, TOWNSHIP, VILLAGE, PlaceRow, built_in
from intake.grids import Cell, Grid
from intake.names import BRACKETED, name_score

COLUMNS = ("county_code", "county", "township_code", "township", "village_code", "village")
WHOLE = frozenset(COLUMNS)


def is_place_table(grid: Grid) -> bool:
    """Whether the sheet or its file is called a table of places."""
    names = (grid.title, grid.file.rpartition(".")[0])
    return any(name_score(name, "sheet.places") >= BRACKETED for name in names if name)


def read_place_tables(
    grids: Iterable[Grid], findings: Findings
) -> tuple[list[Grid], tuple[PlaceRow, ...]]:
    """The sheets that are no tables of places, and the places of those that are."""
    others: list[Grid] = []
    places: dict[str, PlaceRow] = {}
    for grid in grids:
        if not is_place_table(grid) or not grid.rows:
            others.append(grid)
            continue
        listed = _places(grid)
        if not listed:
            findings.stop("no_places", grid.key, "A1")
        places |= {row[4]: row for row in listed}
    return others, tuple(places.values())


def _places(grid: Grid) -> list[PlaceRow]:
    """The villages of one table with what they lie in."""
    context = Context({"places": COLUMNS}, built_in())
    columns = map_columns(grid, "places", header_of(grid, context), context)
    rows = [cells for _, cells in grid.rows[columns.first_row :]]
    fields = columns.fields
    if set(fields) >= WHOLE:
        lines = [[_text(cells.get(fields[name])) for name in COLUMNS] for cells in rows]
        return [tuple(line) for line in lines if len(line[4]) == VILLAGE and all(line)]
    code = fields.get("village_code")
    named = [at for at in columns.columns if at != code and _is_text(rows, at)]
    if code is None or not named:
        return []
    return _by_prefix([(_text(cells.get(code)), _text(cells.get(named[0]))) for cells in rows])


def _is_text(rows: Sequence[Mapping[int, Cell]], at: int) -> bool:
    """Whether most values of a column are names, not numbers."""
    texts = [_text(cells.get(at)) for cells in rows]
    return sum(bool(text) and not text.isdecimal() for text in texts) * 2 > len(rows)


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    try:
        key = read_key(cell).value
        return key if key.isdecimal() else read_text(cell).value
    except Unreadable:
        return ""


def _by_prefix(pairs: Sequence[tuple[str, str]]) -> list[PlaceRow]:
    """Villages from a list of all places: a code that ends in zeros is a higher place's."""
    names = {code.ljust(VILLAGE, "0"): name for code, name in pairs if code.isdecimal()}
    rows: list[PlaceRow] = []
    for code, name in names.items():
        county, township = code[:COUNTY], code[:TOWNSHIP]
        whole = (names.get(county.ljust(VILLAGE, "0")), names.get(township.ljust(VILLAGE, "0")))
        if not code.endswith("000") and all(whole):
            rows.append((county, str(whole[0]), township, str(whole[1]), code, name))
    return rows
