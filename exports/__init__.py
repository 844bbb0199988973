"""Papers and files made from the reads of competition: xlsx, csv, docx.

A builder (``award_list``, ``standings_sheet``) turns plain rows into a ``Table``; an entry of
``EXPORTS`` turns any table into the bytes of a file.
"""

from exports.award_list import AwardRow, award_list
from exports.formats import EXPORTS, Export, file_name
from exports.paper import PaperMeta, Snapshot, round_name
from exports.standings_sheet import StandingsRow, standings_sheet
from exports.table import Column, Suffixed, Table

__all__ = [
    "EXPORTS",
    "AwardRow",
    "Column",
    "Export",
    "PaperMeta",
    "Snapshot",
    "StandingsRow",
    "Suffixed",
    "Table",
    "award_list",
    "file_name",
    "round_name",
    "standings_sheet",
]
