"""What a person chose and corrected on the import page, kept in the tab until it is entered."""

import hashlib
from collections.abc import Sequence

import streamlit as st

import intake
from intake.edits import sheet_key
from intake.plan import SheetView, not_imported

EDITS, COLUMNS, FILES, SHEET, FIRST = (
    f"import-{name}" for name in ("edits", "columns", "files", "shown", "first")
)
Files = Sequence[tuple[str, bytes]]


def begin(files: Files) -> None:
    """Forget the corrections of other files."""
    digest = hashlib.sha256(b"".join(name.encode() + content for name, content in files))
    if st.session_state.get(FILES) != digest.hexdigest():
        st.session_state[FILES] = digest.hexdigest()
        for name in (EDITS, COLUMNS, SHEET, FIRST):
            st.session_state.pop(name, None)


def asked(
    level: str, remembered: dict[str, str], places: Sequence[tuple[str, ...]]
) -> intake.Asked:
    """How the files are to be read."""
    return intake.Asked(
        recusal_level=level,
        edits=tuple(edits()),
        columns={key: dict(letters) for key, letters in columns().items()},
        remembered=remembered,
        places=tuple(places),
    )


def edits() -> list[intake.Edit]:
    """The corrections, in the order in which they were made."""
    return [edit for group in st.session_state.get(EDITS, []) for edit in group]


def columns() -> dict[str, dict[str, str]]:
    """The columns named by hand: sheet's key to letter to field."""
    named: dict[str, dict[str, str]] = st.session_state.setdefault(COLUMNS, {})
    return named


def accept(group: Sequence[intake.Edit]) -> None:
    """Take proposals, or what was typed, as one step."""
    st.session_state[EDITS] = [*st.session_state.get(EDITS, []), tuple(group)]


def take_back() -> None:
    """Undo the last step."""
    st.session_state[EDITS] = st.session_state.get(EDITS, [])[:-1]


def type_into(sheet: str, cell: str, widget: str) -> None:
    """Put what a field of the page holds into a cell."""
    accept([intake.Edit("set", sheet, cell, str(st.session_state.get(widget, "")))])


def name_column(sheet: str, letter: str, widget: str) -> None:
    """Take a column for the field chosen above it."""
    columns().setdefault(sheet, {})[letter] = str(st.session_state.get(widget, ""))


def named_headers(sheets: Sequence[SheetView]) -> dict[str, str]:
    """Headers whose columns were named by hand, to be remembered."""
    return {
        sheet.headers[letter]: field or not_imported(sheet.table)
        for sheet in sheets
        for letter, field in columns().get(sheet.key, {}).items()
        if sheet.headers.get(letter, letter) != letter
    }


def shown_sheet(sheets: Sequence[SheetView]) -> SheetView:
    """The sheet that is open; at first the first that is imported."""
    key = st.session_state.get(SHEET)
    used = [sheet for sheet in sheets if sheet.table] or list(sheets)
    return next((sheet for sheet in sheets if sheet.key == key), used[0])


def key_of(finding: intake.Finding) -> str:
    """The key of a finding's sheet."""
    return sheet_key(finding.file, finding.sheet)
