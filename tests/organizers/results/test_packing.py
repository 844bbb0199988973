"""The button 全部材料: made on the page, taken by one sign-in, public by choice alone."""

import io
import re
import zipfile

import pytest
from markupsafe import escape

from organizers.results.lists import apart
from tests.once import PACKED_BY_A_CHILD
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import certify
from ui.downloads import OFFERS, Offer
from words import t

AWARDS = "organizers/results/lists/page.py"


def made(open_page: Open, role: str, page: str, edition: str = "") -> Offer:
    """Press the button on a page; the archive that is then offered."""
    at = open_page(role, ANY_LANG, page)
    if edition:
        at.button_group(key="whole-edition").set_value(edition).run()
    at.button(key="make-whole").click().run()
    assert not at.exception, [error.value for error in at.exception]
    found = [OFFERS.find(one) for one in re.findall(r"/download/([\w-]+)", html(at))]
    (offer,) = [one for one in found if one is not None and one.name.endswith(".zip")]
    said = t("organizers.whole.manifest", ANY_LANG, code="")
    assert said in html(at)
    return offer


def files_of(offer: Offer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(offer.build())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_another_sign_in_does_not_get_it(open_page: Open, sample: Sample):
    """The address is of the sign-in that made it, and the right is asked again when it is taken."""
    certify(sample)
    offer = made(open_page, "supervisor", AWARDS, "public")
    assert (offer.read, offer.round_id) == ("record", sample.round_id)
    assert offer.seat_hash == sample.who_is("supervisor").seat_hash


def test_a_press_while_another_is_made_says_so_and_leaves_the_page(
    open_page: Open, sample: Sample, monkeypatch: pytest.MonkeyPatch
):
    """What it is refused with stands below the button, which may be pressed again."""
    certify(sample)
    monkeypatch.setattr(apart, "making", PACKED_BY_A_CHILD)
    at = open_page("supervisor", ANY_LANG, AWARDS)
    with apart._one:
        at.button(key="make-whole").click().run()
    assert not at.exception, [error.value for error in at.exception]
    assert escape(t("error.bundle_being_made", ANY_LANG)) in html(at)
    assert not at.get("progress")
