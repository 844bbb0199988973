"""A paper as PDF, set by typst with free fonts that are embedded; the same on every machine."""

import json
from pathlib import Path

from exports.papers.document import Document, Grid, text_width
from exports.papers.setting import as_pdf
from exports.papers.widths import column_widths

MIME = "application/pdf"
TEMPLATE = Path(__file__).with_name("official.typ")


def render(paper: Document) -> bytes:
    """The paper as the bytes of a PDF."""
    content = paper.content()
    for block, shown in zip(paper.blocks, content["blocks"], strict=True):
        if isinstance(block, Grid):
            shown["widths"] = column_widths(block, text_width(paper))
    return as_pdf(TEMPLATE, json.dumps(content, ensure_ascii=False))
