"""The button 全部材料: made on the page, taken by one sign-in, public by choice alone."""

import io
import json
import re
import zipfile

import pypdfium2

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


def test_the_public_version_names_no_judge_and_no_loser(open_page: Open, sample: Sample):
    """By choice: rules, notice and the page, and in no text of them a person of the contest."""
    certify(sample)
    offer = made(open_page, "organizer", AWARDS, "public")
    files = files_of(offer)
    folders = {name.partition("/")[0] for name in files if "/" in name}
    assert folders == {"02 评分办法", "06 告知与公示"}
    with sample.store.reading() as tx:
        people = [row["name"] for row in tx.rows("SELECT name FROM people")]
        lost = json.loads(
            tx.value("SELECT content FROM snapshots WHERE kind = 'certify' ORDER BY seq DESC")
        )["entrants"]
    codes = [line["code"] for line in lost if not line["selected"]]
    for name, data in files.items():
        said = text_of(name, data)
        assert not [one for one in people if one in said], name
        assert not [code for code in codes if code in said], name


def text_of(name: str, data: bytes) -> str:
    """What a reader of a file finds in it."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(
                archive.read(one).decode("utf-8", "replace") for one in archive.namelist()
            )
    if name.endswith(".pdf"):
        return "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(data))
    return data.decode("utf-8-sig")


def test_another_sign_in_does_not_get_it(open_page: Open, sample: Sample):
    """The address is of the sign-in that made it, and the right is asked again when it is taken."""
    certify(sample)
    offer = made(open_page, "supervisor", AWARDS, "public")
    assert (offer.read, offer.round_id) == ("record", sample.round_id)
    assert offer.seat_hash == sample.who_is("supervisor").seat_hash
