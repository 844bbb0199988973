"""The chair signs the certificate on an own page: what was shown, and nothing else."""

from competition.marks import deductions
from competition.results import certifying
from competition.results.chair_signing import Summary, certificate_summary
from competition.results.standings import standings
from exports import seal
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import close, events, has, is_refused, now, press, state
from words import t

CHAIR = "judges/chair.py"
SIGN = "sign-certificate"
WHO = "judge1"
"""The chair of the sample's panel, who has a seat."""


def seen(sample: Sample) -> Summary:
    """What the chair's page shows."""
    shown = certificate_summary(sample.store, sample.who(WHO), sample.round_id)
    assert shown is not None
    return shown


def first_signature(sample: Sample) -> None:
    """The organizer's, on the standing as it is."""
    where = (sample.store, sample.who("organizer"), sample.round_id)
    shown = certifying.to_sign(*where)
    certifying.sign_certificate(*where, sha256=shown.sha256, at=now())


def correct(sample: Sample) -> None:
    """A deduction of the winner, by two people."""
    where = (sample.store, sample.who("organizer"), sample.round_id)
    winner = standings(*where, at=now()).lines[0]
    cost = deductions.deduct(*where, winner.entrant_id, "30", reason="漏记超时", at=now())
    deductions.confirm_deduction(sample.store, sample.who("supervisor"), cost, at=now())


def test_the_chair_sees_the_list_and_signs_it(open_page: Open, sample: Sample):
    """Nothing before the first signature; then list, line, whole code and head; signed once."""
    close(sample)
    at = open_page(WHO, ANY_LANG, CHAIR)
    assert not has(at, SIGN)
    assert t("judges.certificate.column.score", ANY_LANG) not in html(at)
    first_signature(sample)
    shown = seen(sample)
    at = open_page(WHO, ANY_LANG, CHAIR)
    said = html(at)
    assert shown.sha256 in said
    assert seal.shown(shown.head) in said
    assert sample.who("organizer").name in said
    lines = standings(sample.store, sample.who("organizer"), sample.round_id, at=now()).lines
    for line in lines:
        if line.selected:
            assert line.village in said
    press(at, SIGN)
    assert (state(sample), events(sample)[-1]) == ("certified", "round_certified")
    assert t("judges.certificate.signed", ANY_LANG, version=1) in html(at)
    assert sample.who(WHO).name in html(at)
    assert not has(at, SIGN)
    assert events(sample).count("round_certified") == 1


def test_a_page_that_shows_an_older_standing_signs_nothing(open_page: Open, sample: Sample):
    """It names what was checked and what is there by now; a new first signature is wanted."""
    close(sample)
    sample.reach(first_signature)
    shown = seen(sample)
    at = open_page(WHO, ANY_LANG, CHAIR)
    correct(sample)
    press(at, SIGN)
    assert state(sample) == "closed"
    one = seen(sample)
    assert one.is_void
    for part in (shown.sha256[:12], seal.shown(shown.head), one.sha256[:12], seal.shown(one.head)):
        assert part in html(at)
    assert not has(at, SIGN)
    first_signature(sample)
    press(open_page(WHO, ANY_LANG, CHAIR), SIGN)
    assert state(sample) == "certified"


def test_nobody_else_opens_it_and_a_second_press_makes_no_second_version(
    open_page: Open, sample: Sample
):
    """An organizer is refused; two tabs of the chair's make one certificate."""
    close(sample)
    sample.reach(first_signature)
    for role in ("organizer", "judge2", "scorekeeper"):
        assert is_refused(open_page(role, ANY_LANG, CHAIR, title=None), CHAIR, ANY_LANG)
    tabs = [open_page(WHO, ANY_LANG, CHAIR) for _ in range(2)]
    for at in tabs:
        press(at, SIGN)
    assert events(sample).count("round_certified") == 1
    assert t("judges.certificate.signed", ANY_LANG, version=1) in html(tabs[1])
