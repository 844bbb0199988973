"""What a paper in official form consists of, for the writers of PDF and DOCX."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from exports import seal
from exports.text import printable

PAGE, PAGES = "{page}", "{pages}"
"""In a line at the foot: the page's number, and how many pages there are."""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (黑体) or 2 (楷体)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, first line indented by two characters.

    Attributes
    ----------
    lead
        Words in 黑体 before the text, as 第一条.
    align
        ``justify``, ``left``, ``center`` or ``right``; only a justified paragraph is indented.
    space
        Characters left free at the right, as the date at the end of a letter has four.
    is_italic_face
        Whether it is set in 楷体, as a line under the title is.
    """

    text: str
    lead: str = ""
    align: str = "justify"
    space: int = 0
    is_italic_face: bool = False


@dataclass(frozen=True)
class Dots:
    """A small chart in a cell: own dot, the field's bar with a tick at its mean, a diamond.

    All are shares of the axis, from 0 to 1; ``best`` None where there is no diamond.
    """

    low: float
    high: float
    mean: float
    own: float
    best: float | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a grid; ``is_struck`` draws a line through it; ``dots`` replace its text."""

    text: str
    is_struck: bool = False
    is_bold: bool = False
    dots: Dots | None = None


@dataclass(frozen=True)
class Grid:
    """A table with lines; its head rows repeat on each page and no row breaks.

    Attributes
    ----------
    widths
        Shares of the text's width, one a column.
    size
        Type size in points.
    row_height
        Lowest height of a row in millimetres; 0 for what the text needs.
    caption
        Words above the right end of the table on each page, as the judge a sheet is of.
    is_whole
        Whether all rows stand on one page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    head_rows: int = 1
    size: float = 12
    row_height: float = 0
    aligns: tuple[str, ...] = ()
    caption: str = field(default="", kw_only=True)
    is_whole: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, each with its label before it; two side by side.

    They stand on a page with what is signed: the text before them, or the last rows of a table.
    """

    labels: tuple[str, ...]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page; with the titles where it is handed out by itself."""

    has_titles: bool = False


Block = Heading | Paragraph | Grid | Signatures | NewPage


@dataclass(frozen=True)
class Document:
    """One paper.

    Attributes
    ----------
    name
        Its file's name, from ``words``, without an ending.
    titles
        Lines of the title.
    foot
        Small lines at the foot of each page, with `PAGE` and `PAGES` where these are printed.
    watermark
        Large pale text across each page, empty for none.
    mark
        Words in the upper right corner of each page, empty for none.
    head
        The whole head of the record, drawn as a code beside the foot; empty for none.
    is_landscape
        A4 landscape with margins of 15 mm, for wide tables.
    is_compact
        A4 portrait with margins of 22 mm and type of 11 points, for a sheet of one page.
    """

    name: str
    lang: str
    titles: tuple[str, ...]
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()
    watermark: str = ""
    mark: str = ""
    is_landscape: bool = False
    is_compact: bool = field(default=False, kw_only=True)
    creator: str = field(default="", kw_only=True)
    head: str = field(default="", kw_only=True)

    def content(self) -> dict[str, Any]:
        """The paper as JSON knows it, each block with its ``kind``; control characters left out."""
        whole = asdict(self)
        whole["blocks"] = [{"kind": type(block).__name__, **asdict(block)} for block in self.blocks]
        whole["seal"] = seal.svg(self.head) if self.head else ""
        content: dict[str, Any] = cleaned(whole)
        return content


def text_width(paper: Document) -> int:
    """Millimetres between a paper's margins."""
    if paper.is_landscape:
        return 267
    return 166 if paper.is_compact else 156


def is_held(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block stands on the page of the next lines to sign on.

    So does what is last before them: a paragraph, or a table with the paragraphs after it.
    """
    end = at + 1
    while end < len(blocks) and isinstance(blocks[end], Paragraph):
        end += 1
    if end == len(blocks) or not isinstance(blocks[end], Signatures):
        return False
    first = at
    while first and isinstance(blocks[first], Paragraph):
        first -= 1
    return end == at + 1 or isinstance(blocks[first], Grid)


def cleaned(value: Any) -> Any:
    """JSON without the control characters that no paper can print."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: cleaned(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value
