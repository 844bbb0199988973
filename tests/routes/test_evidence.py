"""Evidence of a village over the wire: its county, the office and leaders, and no one else."""

import pytest

from tests.competition.event import AT, Event
from tests.competition.registry import filing_rows, programme_rows
from tests.competition.registry.document_rows import PDF
from tests.competition.registry.filing_rows import HONGHE, YUANYANG
from tests.routes.client import Client


@pytest.fixture(scope="module")
def path(event: Event) -> str:
    """The address of a document of 勐甸村 in 红河县."""
    filing_rows.enter(event, at=AT)
    return f"/evidence/{programme_rows.enter(event, at=AT)['evidence']}"


@pytest.mark.parametrize("who", [HONGHE[0], "office", "leader", "organizer"])
def test_it_comes_to_its_county_the_office_and_leaders(
    client: Client, event: Event, path: str, who: str
):
    """As it was kept, under a generated name, of the kind it is, and running nothing."""
    answer = client.entered(event, who).ask("GET", path)
    assert (answer.status, answer.body) == (200, PDF + b"signed")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    said = answer.headers["content-disposition"]
    assert 'filename="proof-' in said
    assert "签到" not in said


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


def test_a_stranger_and_a_guessed_id_get_nothing(
    client: Client, event: Event, stranger: Event, path: str
):
    """No sign-in leads to the front page; another competition's office finds nothing there."""
    answer = client.ask("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    for wrong in (f"{path}x", f"/evidence/{'0' * 24}", "/evidence/..%2f..%2farena.db"):
        assert client.entered(event, "office").ask("GET", wrong).status == 404
    assert client.entered(stranger, "office").ask("GET", path).status == 404
