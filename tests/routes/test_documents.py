"""A plan document over the wire: by whom it is opened, and that it can do nothing."""

import pytest

from competition.documents import documents
from tests.competition.documents.test_documents import KINDS
from tests.competition.event import AT, Event
from tests.competition.registry import document_rows
from tests.routes.client import Answer, Client
from words import LANGS, t

NASTY = '"><script>alert(1)</script>\r\nSet-Cookie: a=b; 龙潭村.pdf'


@pytest.fixture(scope="module")
def kept(event: Event) -> dict[str, str]:
    """A document of each kind, of entrant 2; each named as an attacker would."""
    return {
        kind: documents.add_document(
            event.store, event.organizer, event.entrants[2], NASTY, content, at=AT
        )
        for kind, content in KINDS.items()
    }


def opened(client: Client, event: Event, document_id: str) -> Answer:
    """What comes back for a document."""
    return client.ask("GET", f"/documents/{document_id}?round={event.round_id}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_comes_as_it_was_uploaded(
    client: Client, event: Event, kept: dict[str, str], kind: str
):
    """Byte by byte, with its own type, which no browser may guess otherwise."""
    answer = opened(client.entered(event, 1), event, kept[kind])
    assert (answer.status, answer.body) == (200, KINDS[kind])
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_runs_nothing_and_names_nobody(
    client: Client, event: Event, kept: dict[str, str], kind: str
):
    """No script, no frame, no other address; the name it is saved under is a number."""
    answer = opened(client.entered(event, 1), event, kept[kind])
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert ("sandbox" in policy) == (kind != "application/pdf")
    how, _, name = answer.headers["content-disposition"].partition("; ")
    assert how == ("attachment" if kind.endswith("document") else "inline")
    assert name.startswith('filename="002-')
    assert "script" not in name
    assert "set-cookie" not in answer.headers


def test_a_part_of_a_document_may_be_asked_for(client: Client, event: Event, kept: dict[str, str]):
    """As the viewers of large files do."""
    path = f"/documents/{kept['application/pdf']}?round={event.round_id}"
    answer = client.entered(event, 1).ask("GET", path, headers={"range": "bytes=0-4"})
    assert (answer.status, answer.body) == (206, b"%PDF-")


def test_whoever_may_not_is_told_so_in_words(client: Client, event: Event, kept: dict[str, str]):
    """Recused, another panel, no such document, no such round, the host; nobody is sent away."""
    one = kept["application/pdf"]
    refusals = [
        (client.entered(event, 3), one, event.round_id, 409),
        (client.entered(event, 6), one, event.round_id, 409),
        (client.entered(event, "host"), one, event.round_id, 403),
        (client.entered(event, 1), "nothing", event.round_id, 404),
        (client.entered(event, 1), one, "nothing", 404),
    ]
    for browser, document_id, round_id, status in refusals:
        answer = browser.ask("GET", f"/documents/{document_id}?round={round_id}")
        assert answer.status == status
        assert answer.headers["content-type"].startswith("text/html")
        page = answer.body.decode()
        assert any(t("judges.documents.title", lang) in page for lang in LANGS)
        assert "龙潭" not in page
    outside = f"/documents/..%5C..%5Carena.db?round={event.round_id}"
    assert client.entered(event, 1).ask("GET", outside).status == 404
    stranger = opened(client, event, one)
    assert (stranger.status, stranger.headers["location"]) == (303, "/")


def test_a_sign_in_that_ended_opens_nothing(client: Client, event: Event, kept: dict[str, str]):
    """The link of a lost tablet is revoked: its documents too."""
    browser = client.entered(event, 2)
    with event.store.writing() as tx:
        tx.run(
            "UPDATE sign_ins SET revoked_at = :at WHERE person_id = :p",
            at="2022-03-18T01:00:00.000Z",
            p=event.judges[2],
        )
    answer = opened(browser, event, kept["image/png"])
    assert answer.status in (401, 403)
    assert document_rows.PDF[:5] not in answer.body
