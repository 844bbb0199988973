"""统分核算表: a workbook that computes scores again by live formulas, a round's from its marks."""

from exports.recount.book import workbook
from exports.recount.composite import composite_workbook

__all__ = ["composite_workbook", "workbook"]
