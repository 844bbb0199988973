"""The page on which a tablet's four digits become a seat."""

import pytest

from competition.people import pairing
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import now, press
from words import t

PAGE = "organizers/prepare/people/pairing.py"


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_digits_become_a_seat_once_the_tablet_found_is_confirmed(
    open_page: Open, sample: Sample, lang: str
):
    """A slip is answered in words and pairs nothing; device and digits are shown before it is."""
    tablet = pairing.begin_pairing(sample.store, at=now(), address="10.0.0.1", device="iPad")
    at = open_page("scorekeeper", lang, PAGE)
    wrong = next(one for one in ("0417", "0418") if one != tablet.code)
    for code in (wrong, tablet.code):
        at.selectbox[-1].select_index(0)
        at.text_input[-1].input(code)
        next(one for one in at.button if one.label == t("organizers.pairing.check", lang)).click()
        at.run()
        is_found = t("organizers.pairing.found", lang, code=code) in html(at)
        assert is_found == (code != wrong)
        assert (t("error.code_unknown", lang, code=wrong) in html(at)) == (code == wrong)
        assert pairing.pairing_state(sample.store, tablet.secret, at=now()) == "waiting"
    assert "iPad" in html(at)
    press(at, "confirm-pair")
    assert pairing.pairing_state(sample.store, tablet.secret, at=now()) == "paired"
