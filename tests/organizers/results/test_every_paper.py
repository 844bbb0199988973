"""Every official paper: what it is of on each page, the mark of invented data, no broken word."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO

import docx
import pypdfium2
import pytest

import db
from competition.errors import Refused
from competition.rounds import rounds
from competition.visitor import Visitor
from exports.papers import pdf, word
from exports.papers.document import PAGE, PAGES, Document, Grid, text_width
from exports.papers.widths import column_widths, needs
from organizers.results.lists import apart
from organizers.results.lists.offered import offered
from tests.competition import event as events
from tests.competition.event import Event
from tests.opening import ANY_LANG, Sample
from tests.organizers.acting import certify
from words import LANGS, t

LEAST = 20
"""Papers that a certified round has."""


def papers(
    store: db.Store, who: Visitor, round_id: str, lang: str
) -> Iterator[tuple[str, Document]]:
    """Each paper that the certified round has, by its name."""
    now = apart.visit(store, who, round_id, lang, datetime.now(UTC))
    for named in offered(now).values():
        for name, (_, compose) in named.items():
            try:
                yield name, compose(now)
            except Refused:  # as 更换公告, where nothing was replaced
                continue


def small(store: db.Store) -> Event:
    """A small event of invented data, certified."""
    event = events.draft(store)
    with store.writing() as tx:
        tx.run("UPDATE competitions SET sample = 1")
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=events.AT)
    event.fill_all()
    event.close()
    event.certify()
    return event


def test_every_page_says_what_it_is_of(event_by: Callable[..., Event]):
    """Competition, round, code, head, page n of m, and that the data is invented.

    As PDF; as DOCX of the first paper of each shape.
    """
    event = event_by(small)
    look(event.store, event.organizer, event.round_id, ANY_LANG)


@pytest.mark.long("organizers/results/test_every_paper.py::test_every_page_says_what_it_is_of")
@pytest.mark.parametrize("lang", LANGS)
def test_every_page_of_a_large_round_says_what_it_is_of(sample: Sample, lang: str):
    """Forty entrants, fifteen judges; in both languages."""
    certify(sample)
    look(sample.store, sample.who("organizer"), sample.round_id, lang, every_word=True)


def look(
    store: db.Store, who: Visitor, round_id: str, lang: str, *, every_word: bool = False
) -> None:
    """Look at each page of each paper, and at the foot of each, or of one a shape, as DOCX."""
    with store.reading() as tx:
        title = plain(str(tx.value("SELECT title FROM rounds WHERE id = :r", r=round_id)))
    pages, shapes = [], set()
    for name, paper in papers(store, who, round_id, lang):
        first = paper.foot[0]
        assert title in plain(first), name
        assert PAGE in first and PAGES in first, name  # noqa: PT018
        assert paper.head, name
        read = pypdfium2.PdfDocument(pdf.render(paper))
        for at, page in enumerate(read, start=1):
            said = plain(page.get_textpage().get_text_bounded())
            wanted = first.replace(PAGE, str(at)).replace(PAGES, str(len(read)))
            for part in wanted.split("\N{IDEOGRAPHIC SPACE}"):
                assert plain(part) in said, (name, at)
            assert plain(t("exports.paper.sample", lang)) in said, (name, at)
        pages.append(len(read))
        shape = paper.is_landscape, paper.is_compact
        if shape in shapes and not every_word:
            continue
        shapes.add(shape)
        section = docx.Document(BytesIO(word.render(paper))).sections[0]
        for footer in (section.footer, section.even_page_footer):
            assert title in plain("".join(one.text for one in footer.paragraphs)), name
            fields = footer._element.xml
            assert fields.count(">PAGE<") == 2, name
            assert fields.count(">NUMPAGES<") == 1, name
    assert len(pages) >= LEAST
    assert max(pages) > 2


@pytest.mark.parametrize("lang", LANGS)
def test_no_table_of_any_paper_breaks_a_word(sample: Sample, lang: str):
    """Each column is as wide as its longest word or figure, in the paper's own type."""
    certify(sample)
    where = (sample.store, sample.who("organizer"), sample.round_id)
    for name, paper in papers(*where, lang):
        for block in paper.blocks:
            if isinstance(block, Grid):
                widths = column_widths(block, text_width(paper))
                for at, (width, need) in enumerate(zip(widths, needs(block), strict=True)):
                    assert width >= need - 0.01, (name, at, block.rows[0][at].text)


def plain(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())
