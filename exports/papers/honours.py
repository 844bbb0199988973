"""奖状 and 荣誉证书: one A4 landscape page for each who is honoured, set by typst."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from exports.papers.document import cleaned
from exports.papers.setting import as_pdf, fonts

TEMPLATE = Path(__file__).with_name("honour.typ")
PREVIEW_DPI = 72.0


@dataclass(frozen=True)
class Honour:
    """One page.

    Attributes
    ----------
    body : tuple of (str, bool)
        The text in pieces, and whether each is printed strong.
    """

    addressed: str
    body: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Honours:
    """All pages of one kind.

    Attributes
    ----------
    signers : tuple of str
        A line each, with room above for a seal that is pressed by hand: none is ever printed.
    has_frame : bool
        False for stock with a printed frame.
    foot : str
        The certificate's version and code, small.
    watermark, mark : str
        What says that the data is invented; empty where it is not.
    """

    lang: str
    title: str
    wish: str
    signers: tuple[str, ...]
    day: str
    has_frame: bool
    pages: tuple[Honour, ...]
    foot: str = ""
    watermark: str = ""
    mark: str = ""
    creator: str = ""


def render(honours: Honours) -> bytes:
    """The pages as one PDF with embedded fonts."""
    return as_pdf(TEMPLATE, _data(honours))


def preview(honours: Honours) -> bytes:
    """The first page as a picture."""
    made = typst.compile(
        str(TEMPLATE),
        format="png",
        font_paths=fonts(),
        ppi=PREVIEW_DPI,
        sys_inputs={"data": _data(honours, only=1)},
    )
    picture: bytes = made[0] if isinstance(made, list) else made
    return picture


def _data(honours: Honours, *, only: int | None = None) -> str:
    content = asdict(honours)
    content["pages"] = content["pages"][:only]
    return json.dumps(cleaned(content), ensure_ascii=False)


def signers(text: str) -> tuple[str, ...]:
    """The signers of a line of text, parted by semicolons."""
    return tuple(filter(None, (one.strip() for one in re.split(r"[;\uff1b]", text))))
