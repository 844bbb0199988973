"""The county's page after the contest, and the organizers' panel that opens it."""

import pytest

from competition.documents.documents import add_document
from competition.people import links, people
from competition.programme import exchanging, releasing
from competition.results.standings import standings
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import certify, events, now, press
from tests.organizers.results.test_publishing import publish
from words import t

PAGE = "counties/exchange.py"
PUBLISHING = "organizers/results/publishing/page.py"
PDF = b"%PDF-1.7\nplan"


@pytest.fixture
def sample(sample: Sample) -> Sample:
    """Certified and announced; the last entrant's county has a sign-in."""
    certify(sample)
    publish(sample, "announced")
    organizer = sample.who("organizer")
    with sample.store.reading() as tx:
        code = str(
            tx.value(
                """SELECT e.code FROM entrants e JOIN round_entrants r ON r.entrant_id = e.id
                WHERE r.round_id = :r ORDER BY r.number DESC LIMIT 1""",
                r=sample.round_id,
            )
        )
    person = people.add_person(sample.store, organizer, name="某县自然资源局", at=now())
    people.grant_role(sample.store, organizer, person, "county", county=code[:6], at=now())
    secret = links.make_link(sample.store, organizer, person, at=now())
    sample.cookies["county"] = links.open_link(sample.store, secret, at=now(), address="county")
    return sample


def test_an_organizer_releases_and_the_county_reads(open_page: Open, sample: Sample):
    """Nothing before the press; then criteria, own villages and, with agreement, a plan."""
    title = t("counties.exchange.title", ANY_LANG)
    none = t("counties.exchange.none", ANY_LANG)
    assert none in html(open_page("county", ANY_LANG, PAGE, title=title))
    where = (sample.store, sample.who("organizer"), sample.round_id)
    winner, *_ = releasing.exchange_of(*where).winners
    add_document(*where[:2], winner.entrant_id, "规划.pdf", PDF, at=now())
    press(open_page("organizer", ANY_LANG, PUBLISHING), "release-feedback")
    assert events(sample)[-1] == "feedback_released"
    at = open_page("organizer", ANY_LANG, PUBLISHING)
    form = f"exchange-plan-{sample.round_id}-0"
    press(at, f"{form}-send")
    assert events(sample)[-1] == "feedback_released"
    at.selectbox(key=f"{form}-0-entrant").set_value(winner.entrant_id)
    at.text_input(key=f"{form}-0-agreement").set_value("村委会书面同意")
    press(at, f"{form}-send")
    assert events(sample)[-1] == "plan_released"
    said = html(open_page("county", ANY_LANG, PAGE, title=title))
    (one,) = exchanging.exchange(sample.store, sample.who_is("county"))
    for village in one.villages:
        assert village.line.village in said
    plan = one.plans[0]
    assert f"/exchange/{plan.exchange_id}/{plan.documents[0].id}" in said
    assert "村委会书面同意" not in said
    lines = standings(*where, at=now()).lines
    shown = {village.line.village for village in one.villages} | {plan.line.village}
    others = [line.village for line in lines if line.village and line.village not in shown]
    assert others
    assert [name for name in others if name in said] == []
