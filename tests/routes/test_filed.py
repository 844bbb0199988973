"""A document of a filing over the wire: its county and the organizers, and no one else."""

import pytest

from tests.competition.event import AT, Event
from tests.competition.registry import filing_rows
from tests.competition.registry.filing_rows import HONGHE, OWN_PDF, YUANYANG
from tests.routes.client import Client


@pytest.fixture(scope="module")
def path(event: Event) -> str:
    """The address of the document that 红河县 filed."""
    filing_id = filing_rows.enter(event, at=AT)
    with event.store.reading() as tx:
        document_id = tx.value("SELECT id FROM filed_documents")
    return f"/filed/{filing_id}/{document_id}"


@pytest.mark.parametrize("who", [HONGHE[0], "organizer"])
def test_it_comes_to_its_county_and_to_the_organizers(
    client: Client, event: Event, path: str, who: str
):
    """As it was uploaded, under a generated name, and running nothing."""
    answer = client.entered(event, who).ask("GET", path)
    assert (answer.status, answer.body) == (200, OWN_PDF)
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "勐甸" not in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("who", "status"),
    [(YUANYANG[0], 404), ("county", 404), (1, 403), ("supervisor", 403), ("host", 403)],
)
def test_it_comes_to_no_one_else(
    client: Client, event: Event, path: str, who: str | int, status: int
):
    """Another county, a role without a county, a judge, the staff: in words, and no byte of it."""
    answer = client.entered(event, who).ask("GET", path)
    assert answer.status == status
    assert b"%PDF" not in answer.body


def test_a_stranger_and_an_invented_address_get_nothing(client: Client, event: Event, path: str):
    """No sign-in leads to the front page; no such document is no document."""
    answer = client.ask("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    for wrong in (f"{path}x", "/filed/none/none"):
        assert client.entered(event, HONGHE[0]).ask("GET", wrong).status == 404
