"""Charts and the award board as files: whole, light, and each with what it is of."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from competition.results.awards import award_list
from competition.results.deciding import lists
from competition.results.errors import CertificateDiffers
from competition.results.standings import standings
from exports.bundle import Piece
from exports.papers import board
from organizers.results import pictured
from organizers.results.lists.boards import board_of
from organizers.results.lists.charted import charted
from tests.opening import ANY_LANG, Open, Sample
from tests.organizers.acting import certify, close, now
from ui.access import Visit
from ui.downloads import OFFERS
from words import t

PAGES = {
    "organizers/results/standings/page.py": {"intervals"},
    "organizers/results/analysis/annex.py": {"chances", "together"},
    "organizers/results/analysis/judges.py": {"severity", "drift"},
    "organizers/results/lists/page.py": set(),
}


def visit(sample: Sample, role: str = "organizer", lang: str = "zh") -> Visit:
    """What a page of the role would be run with."""
    with sample.store.reading() as tx:
        [round_] = tx.rows("SELECT * FROM rounds WHERE id = :id", id=sample.round_id)
        [competition] = tx.rows("SELECT * FROM competitions")
    return Visit(sample.store, sample.who_is(role), lang, now(), competition, (round_,), round_)


def keep(name: str, data: bytes) -> None:
    """Leave a file to be looked at, where that is asked for."""
    if os.environ.get("ARENA_SHOTS"):
        folder = Path("tests/output")
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def test_the_bundle_has_every_chart(sample: Sample):
    """In a folder of their own; the first, and the last as SVG, name what they are of.

    The board comes before them.
    """
    code = certify(sample)["sha256"][:4].upper()
    pieces = list(charted(visit(sample, lang=ANY_LANG)))
    names = {piece.name for piece in pieces}
    wanted = ("intervals", "chances", "together", "variance", "order", "criteria", "severity")
    assert {t(f"charts.name.{name}", ANY_LANG) for name in wanted} <= names
    assert {piece.folder for piece in pieces} == {"charts"}
    for piece in pieces[:2]:
        is_whole(piece, code)
    ending, data = next(iter(pieces[-1].build()))
    assert ending == ".svg"
    is_of(code, data)


@pytest.mark.long("organizers/results/test_charted.py::test_the_bundle_has_every_chart")
def test_the_bundle_has_every_chart_in_both_formats(sample: Sample):
    """SVG and PNG, each naming the certificate and that the data is invented."""
    code = certify(sample)["sha256"][:4].upper()
    for piece in charted(visit(sample, lang=ANY_LANG)):
        is_whole(piece, code)


def is_whole(piece: Piece, code: str) -> None:
    """A piece has both formats; a chart of it says what it is of."""
    made = dict(piece.build())
    assert made.keys() == {".svg", ".png"}
    for ending, data in made.items():
        keep(f"chart_{ANY_LANG}_{piece.name}{ending}", data)
    assert Image.open(io.BytesIO(made[".png"])).width > 600, piece.name
    if piece.name != t("organizers.awards.board.name", ANY_LANG):
        is_of(code, made[".svg"])


def is_of(code: str, svg: bytes) -> None:
    """A chart names its certificate and that the data is invented."""
    said = svg.decode()
    assert code in said
    assert t("exports.paper.sample", ANY_LANG) in said


def test_the_board_names_every_winner(sample: Sample):
    """By prize, with its certificate; its score only where the rules make scores public."""
    lang = ANY_LANG
    certify(sample)
    who = visit(sample, lang=lang)
    where = (sample.store, who.who, sample.round_id)
    awards = award_list(*where)
    for published in ("scores", "winners"):
        made = board_of(who, replace(awards, published=published), lists(*where))
        page = pypdfium2.PdfDocument(board.render(made, "pdf"))[0]
        said = "".join(page.get_textpage().get_text_bounded().split())
        for winner in awards.winners:
            assert "".join((winner.village or winner.township).split()) in said
            assert (str(winner.official) in said) == (published == "scores")
        assert awards.sha256[:12] in said
        assert "".join(t("exports.paper.sample", lang).split()) in said


def test_a_picture_before_certifying_says_that_it_is_provisional(sample: Sample):
    """With the time; the supervisor has none of the scorekeeper's lacking rights."""
    close(sample)
    now_ = visit(sample)
    result = standings(sample.store, now_.who, sample.round_id, at=now())
    said = pictured.caption(now_, result)
    assert t("charts.caption.provisional", "zh", at="") in said


def test_no_picture_bears_a_certificate_that_the_marks_do_not_give(sample: Sample):
    """The forger: a mark changed in the file after certifying."""
    certify(sample)
    with sample.store.writing() as tx:
        tx.run("UPDATE marks SET value = value - 1000 WHERE value > 5000")
    now_ = visit(sample)
    result = standings(sample.store, now_.who, sample.round_id, at=now())
    with pytest.raises(CertificateDiffers):
        pictured.caption(now_, result)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_offers_its_charts(open_page: Open, sample: Sample, page: str):
    """As SVG and PNG, under the right of the page, asked again when they are taken."""
    certify(sample)
    OFFERS._offers.clear()
    OFFERS._addresses.clear()
    open_page("organizer", ANY_LANG, page)
    offers = [one for one in OFFERS._offers.values() if one.media_type.startswith("image/")]
    assert {one.name.rpartition(".")[2] for one in offers} == {"svg", "png"}
    for name in PAGES[page]:
        called = t(f"charts.name.{name}", ANY_LANG).replace(" ", "-")
        assert len([one for one in offers if one.name.startswith(called)]) == 2, name
    assert {one.read for one in offers} <= {"standings", "judges_report", "award_list"}
