"""Papers and files made from the reads of competition: xlsx, csv, docx.

A builder (``award_list``, ``standings_sheet``) turns lines of a result into a ``Table``; an
entry of ``EXPORTS`` turns any table into the bytes of a file.
"""

from exports.award_list import award_list
from exports.formats import EXPORTS, Export, file_name
from exports.paper import PaperMeta, Snapshot, round_name
from exports.standings_sheet import standings_sheet
from exports.table import Column, Suffixed, Table

__all__ = [
    "EXPORTS",
    "Column",
    "Export",
    "PaperMeta",
    "Snapshot",
    "Suffixed",
    "Table",
    "award_list",
    "file_name",
    "round_name",
    "standings_sheet",
]
