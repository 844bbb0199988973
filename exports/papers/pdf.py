"""A paper as PDF, set by typst with free fonts that are embedded; the same on every machine."""

import json
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from exports.papers.document import Document, Grid, text_width
from exports.papers.widths import column_widths

MIME = "application/pdf"
TEMPLATE = Path(__file__).with_name("official.typ")


@cache
def fonts() -> typst.Fonts:
    """The free fonts that every PDF embeds, and no other."""
    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def render(paper: Document) -> bytes:
    """The paper as the bytes of a PDF."""
    content = paper.content()
    for block, shown in zip(paper.blocks, content["blocks"], strict=True):
        if isinstance(block, Grid):
            shown["widths"] = column_widths(block, text_width(paper))
    data = json.dumps(content, ensure_ascii=False)
    written: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"data": data},
    )
    return written
