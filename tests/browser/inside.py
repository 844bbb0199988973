"""Coming in and going about without a page that no test looks at.

A link draws its first page, and an address typed starts Streamlit again: a second of processor
each.  Where neither is the claim, a person has the cookie, and pages follow each other inside.
"""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie

from playwright.sync_api import Page, expect

from tests.browser.server import Server
from words import t

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
LEAD = """address => {
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
"""As the links of a page do."""
SEAT, KIND = "arena_seat", "arena_page"


def sign_in(page: Page, server: Server, token: str, *, port: int = 0, kind: str = "full") -> None:
    """Give a page's browser what a personal link gives it, which is asked for beside it.

    A browser that holds a seat already opens the link itself: it is asked what it wants.
    """
    url = f"http://{server.host}:{port or server.port}"
    page.context.add_cookies([{"name": KIND, "value": kind, "url": url}])
    if any(cookie["name"] == SEAT for cookie in page.context.cookies(url)):
        page.goto(f"{url}/j/{token}", wait_until="commit")
        if "/j/" in page.url:
            with page.expect_navigation(wait_until="commit"):
                page.locator(".a-choice button").click()
        return
    given = answer(server.host, port or server.port, f"/j/{token}")[SEAT]
    seat = {"name": SEAT, "value": given.value, "url": url, "httpOnly": True}
    page.context.add_cookies([seat])  # type: ignore[list-item]


def answer(host: str, port: int, path: str) -> SimpleCookie:
    """Return the cookies that a server sets when it leads on."""
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        found = connection.getresponse()
        assert found.status == 303, found.read()
        return SimpleCookie(found.getheader("Set-Cookie"))
    finally:
        connection.close()


def lead(page: Page, address: str) -> None:
    """Lead an open page of the app to another of its addresses, as a link in it does."""
    page.evaluate(LEAD, address)


def go(page: Page, key: str, lang: str = "zh", round_id: str = "") -> None:
    """Go to a page such as ``organizers.log`` inside the app, until it is drawn."""
    shown = f"&round={round_id}" if round_id else ""
    lead(page, f"/{key.replace('.', '-')}?lang={lang}{shown}")
    title = re.compile(f"^{re.escape(t(f'{key}.title', lang))}$")
    expect(page.locator("h1", has_text=title)).to_have_count(1)
    expect(page.locator(READY)).to_be_attached()
