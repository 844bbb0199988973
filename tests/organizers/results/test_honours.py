"""The page of 奖状 and 荣誉证书: a sample before, the winners after; what is typed is seen."""

import re

import pypdfium2
import pytest

from competition.results.award_texts import KINDS, award_texts
from competition.results.awards import award_list
from competition.results.errors import NobodyHonoured
from competition.rounds.prizing import declare_prizes
from competition.rounds.rounds import rounds_of
from organizers.results.lists.honouring import honours_file
from tests.competition.registry.prize_rows import TYPED
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import certify, now, press
from ui.access import Visit
from ui.downloads import OFFERS, Offer
from words import t

PAGE = "organizers/results/lists/honours.py"


def printed(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    read = pypdfium2.PdfDocument(content)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in read]


def test_there_is_no_file_before_certifying(open_page: Open):
    """A sample is shown, and when the files come."""
    assert "/download/" not in html(open_page("organizer", ANY_LANG, PAGE))


def test_the_files_have_a_page_for_each_winner_once_certified(open_page: Open, sample: Sample):
    """One page each, the prize on all."""
    certify(sample)
    (address,) = re.findall(r"/download/([\w-]+)", html(open_page("organizer", ANY_LANG, PAGE)))
    offer = OFFERS.find(address)
    assert offer is not None
    pages = printed(offer.build())
    winners = award_list(sample.store, sample.who("organizer"), sample.round_id).winners
    assert len(pages) == len(winners)
    for said, winner in zip(pages, winners, strict=True):
        assert f"{winner.county}{winner.township}{winner.village}" in said
        assert t("exports.paper.sample", ANY_LANG) in said


def test_a_county_has_its_own_page_and_each_prize_its_name(open_page: Open, sample: Sample):
    """组织奖 goes to a county without a plan's title; the others say 一等奖 and 二等奖."""
    typed = {**TYPED, "why": "办法第九条", "name_2": "三等奖", "share_2": "10", "share_1": "2"}
    county = {"organizing": "优秀组织奖", "count": "1", "formula": "selected"}
    declare_prizes(
        sample.store,
        sample.who("organizer"),
        sample.round_id,
        {**typed, **county},
        at=now(),
    )
    certify(sample)
    shown = html(open_page("organizer", ANY_LANG, "organizers/results/lists/official.py"))
    offers = [OFFERS.find(address) for address in re.findall(r"/download/([\w-]+)", shown)]
    built = {
        kind: offer.build for offer in offers if offer for kind in KINDS if _is_of(offer, kind)
    }
    first = "".join(printed(built["award"]()))
    assert [first.count(name) for name in ("一等奖", "二等奖", "三等奖")] == [1, 2, 10]
    awards = award_list(sample.store, sample.who("organizer"), sample.round_id)
    counties = [member.county for member in awards.groups[-1].members]
    pages = printed(built["county"]())
    assert len(pages) == len(counties)
    for page, name in zip(pages, counties, strict=True):
        assert name in page
        assert "优秀组织奖" in page
        assert "《" not in page


def test_a_kind_without_pages_is_refused_even_so(sample: Sample):
    """The page offers no link; building the file all the same is refused."""
    certify(sample)
    who, at = sample.who("organizer"), now()
    mine = tuple(rounds_of(sample.store, who))
    (shown,) = (row for row in mine if row["id"] == sample.round_id)
    visit = Visit(sample.store, who, ANY_LANG, at, None, mine, shown, None)
    with pytest.raises(NobodyHonoured):
        honours_file("county", visit)
    assert honours_file("award", visit).startswith(b"%PDF")


def _is_of(offer: Offer, kind: str) -> bool:
    return offer.name.startswith(t(f"organizers.official.paper.{kind}", ANY_LANG) + "_")


def test_a_text_is_saved_and_a_wrong_name_is_refused_under_its_field(
    open_page: Open, sample: Sample
):
    """{score} may not stand on a certificate; nothing is written then."""
    at = open_page("organizer", ANY_LANG, PAGE)
    keys = {str(field.key).rpartition("-")[2]: field for field in (*at.text_input, *at.text_area)}
    keys["body"].input("{score}分")
    press(at, "honours-award-send")
    assert t("error.unknown_placeholder", ANY_LANG, value="{score}分") in html(at)
    at = open_page("organizer", ANY_LANG, PAGE)
    keys = {str(field.key).rpartition("-")[2]: field for field in (*at.text_input, *at.text_area)}
    keys["body"].input("{prize}")
    keys["signers"].input("某某县委；某某县政府")
    press(at, "honours-award-send")
    stored = award_texts(sample.store, sample.who("organizer"), sample.round_id, ANY_LANG)
    assert stored["award"]["signers"] == "某某县委；某某县政府"
