"""A sheet for a page: its cells as text, and what each column was taken for."""

from intake.cells import shown
from intake.columns import SheetColumns
from intake.grids import Grid, ref
from intake.plan import SheetView
from intake.table_rows import header_name

MOST_ROWS = 2_000


def sheet_view(grid: Grid, columns: SheetColumns | None) -> SheetView:
    """The sheet as it lies in its file, with the names of its columns."""
    fields = columns.letters() if columns is not None else {}
    headers = {}
    number = 0
    if columns is not None and columns.header.last >= 0 and grid.rows:
        number = grid.rows[columns.header.last][0]
        headers = {ref(1, at)[:-1]: header_name(columns, at) for at in columns.header.parts}
    return SheetView(
        key=grid.key,
        file=grid.file,
        title=grid.title,
        table=columns.table if columns is not None else "",
        fields=fields,
        headers=headers,
        header_row=number,
        rows=tuple(
            (number, {ref(1, at)[:-1]: shown(cell) for at, cell in cells.items()})
            for number, cells in grid.rows[:MOST_ROWS]
        ),
    )
