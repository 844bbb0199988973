"""Every official paper: what it is of on each page, the mark of invented data, no broken word."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import docx
import pypdfium2
import pytest

from competition.errors import Refused
from exports.papers import pdf, word
from exports.papers.document import PAGE, PAGES, Document, Grid, text_width
from exports.papers.widths import column_widths, needs
from organizers.results.lists import apart
from organizers.results.lists.offered import offered
from tests.opening import Sample
from tests.organizers.acting import certify
from words import LANGS, t

LEAST = 20
"""Papers that a certified round has."""


def papers(sample: Sample, lang: str) -> Iterator[tuple[str, Document]]:
    """Each paper that the certified round has, by its name."""
    now = apart.visit(
        sample.store, sample.who("organizer"), sample.round_id, lang, datetime.now(UTC)
    )
    for named in offered(now).values():
        for name, (_, compose) in named.items():
            try:
                yield name, compose(now)
            except Refused:  # as 更换公告, where nothing was replaced
                continue


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_says_what_it_is_of(sample: Sample, lang: str):
    """Competition, round, code, head, page n of m, and that the data is invented: PDF and DOCX."""
    certify(sample)
    title = plain("".join(row["title"] for row in rounds_of(sample)))
    seen = 0
    for name, paper in papers(sample, lang):
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
        section = docx.Document(BytesIO(word.render(paper))).sections[0]
        for footer in (section.footer, section.even_page_footer):
            assert title in plain("".join(one.text for one in footer.paragraphs)), name
            fields = footer._element.xml
            assert fields.count(">PAGE<") == 2, name
            assert fields.count(">NUMPAGES<") == 1, name
        seen += 1
    assert seen >= LEAST


@pytest.mark.parametrize("lang", LANGS)
def test_no_table_of_any_paper_breaks_a_word(sample: Sample, lang: str):
    """Each column is as wide as its longest word or figure, in the paper's own type."""
    certify(sample)
    for name, paper in papers(sample, lang):
        for block in paper.blocks:
            if isinstance(block, Grid):
                widths = column_widths(block, text_width(paper))
                for at, (width, need) in enumerate(zip(widths, needs(block), strict=True)):
                    assert width >= need - 0.01, (name, at, block.rows[0][at].text)


def rounds_of(sample: Sample) -> list[dict[str, str]]:
    """The sample's last round."""
    with sample.store.reading() as tx:
        return tx.rows("SELECT title FROM rounds WHERE id = :r", r=sample.round_id)


def plain(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())
