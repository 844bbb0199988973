"""统分核算表: a workbook that computes a round's scores again from the marks, by live formulas."""

from exports.recount.book import workbook

__all__ = ["workbook"]
