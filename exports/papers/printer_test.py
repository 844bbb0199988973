"""打印测试页: what a printer must show before the day, each with what to look at."""

from exports.papers.document import Block, Cell, Document, Grid, Paragraph
from exports.papers.frame import Frame, Words, framed

ROWS = 3
SIZES = (12.0, 10.5, 8.0)
"""Type sizes of the tables on papers, the tally's last."""
FIGURES = ("86.53", "91.27", "100.00")


def printer_test(frame: Frame, address: str, lang: str) -> Document:
    """Full lines from edge to edge, the smallest type, struck figures, the head's code.

    Parameters
    ----------
    address
        Where tablets reach this server, as the printed cards will have it.
    """
    say = Words("test_page", lang)
    blocks: list[Block] = [
        Paragraph(say("address", address=address), align="left"),
        Paragraph(say("edges")),
        *[Paragraph(say("row"), align="left")] * ROWS,
        Paragraph(say("signs")),
    ]
    for size in SIZES:
        cells = [Cell(say("rare")), *(Cell(one, is_struck=one == FIGURES[1]) for one in FIGURES)]
        blocks.append(Grid((tuple(cells),), (3, 1, 1, 1), 0, size))
    blocks.append(Paragraph(say("code")))
    return framed(frame, "test_page", lang, tuple(blocks))
