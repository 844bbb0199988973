"""``/receipt``: open to all, one sheet by its code, nothing typed is markup."""

import pytest

from competition.results.receipts import codes, in_groups
from tests.competition.event import Event
from tests.routes.client import Answer, Client
from words import t


def text(answer: Answer) -> str:
    """The page."""
    return answer.body.decode()


@pytest.fixture(scope="module")
def certified(event: Event) -> Event:
    """The event's round, certified."""
    event.fill_all()
    event.close()
    event.certify()
    return event


def test_a_code_is_looked_up_without_a_sign_in(client: Client, certified: Event):
    """The sheet's marks and the path; no judge's name; a wrong code is a 404 in words."""
    code = next(iter(codes(certified.store, certified.organizer, certified.round_id).values()))
    answer = client.ask("GET", f"/receipt?code={in_groups(code)}")
    assert answer.status == 200
    assert t("receipt.stands", "zh", version=1) in text(answer)
    assert "评委·赵" not in text(answer)
    assert answer.headers["cache-control"] == "no-store"
    wrong = client.ask("GET", "/receipt?code=0000000000")
    assert wrong.status == 404
    assert t("error.receipt_unknown", "zh") in text(wrong)


@pytest.mark.usefixtures("certified")
def test_what_is_typed_is_never_markup(client: Client):
    """A script in the address is not echoed."""
    answer = client.ask("GET", "/receipt?code=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "alert(1)" not in text(answer)
    assert client.ask("GET", "/receipt").status == 200
