"""What every paper of a round shares: title, mark of invented data, and the lines at its foot."""

from dataclasses import dataclass

from exports import seal
from exports.papers.document import PAGE, PAGES, Block, Cell, Document
from words import t


@dataclass(frozen=True)
class Frame:
    """The round a paper is of.

    Attributes
    ----------
    competition, round_title
        As the organizer wrote them.
    code
        Short code at the foot: of the rules before a certificate, of the certificate after it.
    version
        Version of the certificate; None before there is one.
    head
        The whole head of the record that the paper stands on; empty where it stands on none.
    invented
        ``sample`` or ``rehearsal`` where the data is invented; else empty.
    """

    competition: str
    round_title: str
    code: str
    invented: str
    version: int | None = None
    head: str = ""


def framed(
    frame: Frame,
    paper: str,
    lang: str,
    blocks: tuple[Block, ...],
    *,
    foot: tuple[str, ...] = (),
    is_landscape: bool = False,
    is_compact: bool = False,
    titles: tuple[str, ...] | None = None,
) -> Document:
    """A paper with its name and title from ``exports.papers.<paper>``."""
    values = {"competition": frame.competition, "round": frame.round_title, "code": frame.code}
    foot_key = "round" if frame.code else "plain"
    parts = [t(f"exports.papers.foot.{foot_key}", lang, **values)]
    if frame.version is not None:
        parts.append(t("exports.papers.foot.version", lang, version=frame.version))
    if frame.head:
        parts.append(t("exports.papers.foot.head", lang, head=seal.shown(frame.head)))
    parts.append(t("exports.papers.foot.page", lang, page=PAGE, pages=PAGES))
    if titles is None:
        title = t(f"exports.papers.{paper}.title", lang)
        titles = (t("exports.papers.whole_title", lang, **values), title)
    return Document(
        name=t(f"exports.papers.{paper}.name", lang),
        lang=lang,
        titles=titles,
        blocks=blocks,
        foot=("\N{IDEOGRAPHIC SPACE}".join(parts), *foot),
        watermark=t(f"exports.papers.watermark.{frame.invented}", lang) if frame.invented else "",
        mark=t(f"exports.paper.{frame.invented}", lang) if frame.invented else "",
        is_landscape=is_landscape,
        is_compact=is_compact,
        creator=t("exports.xlsx.creator", lang),
        head=frame.head,
    )


class Words:
    """Words of one paper: keys below ``exports.papers.<paper>``."""

    def __init__(self, paper: str, lang: str) -> None:
        self.paper, self.lang = paper, lang

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key."""
        return t(f"exports.papers.{self.paper}.{key}", self.lang, **values)

    def head(self, *columns: str) -> tuple[Cell, ...]:
        """The head of a grid: a bold cell for each column."""
        return tuple(Cell(self(f"column.{name}"), is_bold=True) for name in columns)


def in_groups(sha256: str) -> str:
    """A whole hash in groups of eight: it is read aloud so, and breaks at a line's end."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))
