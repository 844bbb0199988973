"""The tables that the app gives as files are read by the import as what they are."""

import re

import intake
from competition.lineup.known import known
from intake.comparing import compare
from tests.opening import Open, Sample, html
from ui.downloads import OFFERS


def files(open_page: Open, page: str) -> list[tuple[str, bytes]]:
    """Every file that a page offers, with its name."""
    at = open_page("organizer", "zh", page)
    offers = [OFFERS.find(address) for address in re.findall(r"/download/([\w-]+)", html(at))]
    return [(offer.name, offer.build()) for offer in offers if offer is not None]


def test_the_table_of_entrants_is_read_as_the_list_it_shows(open_page: Open, sample: Sample):
    """Every entrant by its code, none new, none changed."""
    found = files(open_page, "organizers/prepare/entrants/page.py")
    plan = intake.read_all(found, intake.Asked())
    assert plan.stops == ()
    there = known(sample.store, sample.who("organizer"))
    result = compare(plan, there)
    assert (result.new, result.changed) == (0, 0)
    assert {one.code for one in plan.entrants} <= {one["code"] for one in there.entrants}


def test_the_table_of_seats_is_read_as_the_judges_it_shows(open_page: Open, sample: Sample):
    """Names, units and counties; nobody new."""
    found = files(open_page, "organizers/prepare/panel/page.py")
    plan = intake.read_all(found, intake.Asked())
    assert plan.stops == ()
    result = compare(plan, known(sample.store, sample.who("organizer")))
    assert (result.new, result.changed, result.same) == (0, 0, 15)
