"""A browser without a link costs no more than a static page."""

import re

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from competition.people import links
from tests.competition.event import AT
from tests.door.conftest import House
from tests.door.sockets import rerun, socket
from tests.routes.client import Client
from ui.door.places import OURS

PAGES = ("/", "/judges-home", "/organizers-standings", "/anything")
INNER = ("/_stcore/host-config", "/media/x.csv", "/component/x", "/_stcore/bidi-components/x")


@pytest.mark.parametrize("cookie", ["", "invented", "a" * 3000])
def test_a_stranger_opens_no_socket(house: House, cookie: str):
    """Refused at the handshake: no session of Streamlit begins."""
    with pytest.raises(InvalidStatus) as refused, socket(house.port, cookie):
        pass
    assert refused.value.response.status_code == 403


def test_a_signed_in_browser_opens_a_socket_and_is_answered(house: House):
    """The same handshake with a live sign-in is a session."""
    with socket(house.port, house.browser(2).cookie) as opened:
        opened.send(rerun())
        assert opened.recv(timeout=20)


@pytest.mark.parametrize("part", OURS)
def test_an_address_below_ours_that_no_route_takes_is_no_page_of_streamlits(
    house: House, part: str
):
    """404 in words. What only begins like an open file is not open, either."""
    for path in (f"/{part}/no/such/thing/at/all", f"/{part}/"):
        answer = house.browser().ask("GET", path)
        assert b"<script" not in answer.body
        assert answer.status in (301, 404)
    assert house.browser().ask("GET", "/_stcore/health/x").status == 401


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_gets_the_landing_as_plain_html(house: House, path: str):
    """No script of Streamlit's is named in it, so none is fetched and no socket tried."""
    answer = house.browser().ask("GET", path)
    page = answer.body.decode()
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert "<script" not in page
    assert "/static/" not in page
    assert re.search(r'href="/pair', page)


@pytest.mark.parametrize("path", INNER)
def test_streamlits_own_paths_are_for_the_signed_in(house: House, path: str):
    """401 without a sign-in, an answer of Streamlit's with one."""
    assert house.browser().ask("GET", path).status == 401
    assert house.browser("organizer").ask("GET", path).status in (200, 404)


@pytest.mark.parametrize("path", ["metrics", "agent/interact", "agent/mcp", "agent/openapi.json"])
def test_figures_and_interfaces_for_programs_are_nobodys(house: House, path: str):
    """404 for the organizer too."""
    assert house.browser().ask("GET", f"/_stcore/{path}").status == 404
    assert house.browser("organizer").ask("GET", f"/_stcore/{path}").status == 404


@pytest.mark.parametrize("path", ["/", "/static/x.js", "/_stcore/health", "/media/x", "/pair"])
def test_the_host_name_is_checked_on_every_path(house: House, path: str):
    """Another name that leads here opens nothing, not even a static file."""
    for name in ("evil.test", "127.0.0.1.evil.test", ""):
        answer = house.browser("organizer").ask("GET", path, headers={"host": name})
        assert answer.status == 400, name


def test_a_file_of_streamlits_is_not_read_after_the_link_was_revoked(house: House):
    """Revocation counts at once, not after a cache has run out."""
    browser = house.browser("supervisor")
    assert browser.ask("GET", "/media/x").status == 404
    event = house.event
    with event.store.reading() as tx:
        rows = tx.rows("SELECT id FROM links WHERE person_id = :p", p=event.people["supervisor"])
    for row in rows:
        links.revoke_link(event.store, event.organizer, row["id"], at=AT)
    assert browser.ask("GET", "/media/x").status == 401


def test_a_sign_in_has_a_bounded_number_of_sockets(house: House):
    """The seventeenth is refused; one that closes makes room."""
    cookie = house.browser(4).cookie
    opened = [socket(house.port, cookie) for _ in range(16)]
    for one in opened:
        one.__enter__()
    try:
        with pytest.raises(InvalidStatus), socket(house.port, cookie):
            pass
    finally:
        for one in opened:
            one.__exit__(None, None, None)


def test_a_message_over_a_megabyte_closes_the_socket(house: House):
    """It is not read into memory first."""
    with socket(house.port, house.browser(2).cookie) as opened:
        opened.send(b"\0" * 1_100_000)
        with pytest.raises(ConnectionClosed) as closed:
            opened.recv(timeout=20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_a_forwarded_address_is_not_believed(house: House):
    """Thirty wrong links from one address are the most, whatever the header says."""
    stranger = house.browser()
    statuses = [
        stranger.ask("GET", "/j/wrong", headers={"x-forwarded-for": f"10.9.9.{n}"}).status
        for n in range(32)
    ]
    assert statuses.count(404) == 30
    assert statuses[-1] == 429


@pytest.mark.parametrize("who", [None, 2, "timekeeper"])
def test_files_are_taken_only_from_roles_whose_page_has_a_place_for_them(
    house: House, who: int | str | None
):
    """A stranger and a judge are refused before a byte of it is read."""
    status = upload(house, house.browser(who).cookie, b"x")
    assert status == (401 if who is None else 403)


@pytest.mark.parametrize("role", ["organizer", "county"])
def test_an_upload_of_who_has_files_to_give_reaches_streamlit(house: House, role: str):
    """Streamlit refuses it for want of its own token: the door let it pass."""
    cookie = house.browser(role).cookie
    answer = Client(house.port, cookie).ask("PUT", "/_stcore/upload_file/n/n", b"x", kind="x/y")
    assert (answer.status, b"XSRF" in answer.body) == (403, True)


def upload(house: House, cookie: str, content: bytes) -> int:
    """Put a file under a session that does not exist."""
    browser = Client(house.port, cookie)
    return browser.ask("PUT", "/_stcore/upload_file/none/none", content, kind="x/y").status
