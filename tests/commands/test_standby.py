"""The second laptop's own page and terminal: taking over by a person, and by nobody else."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from commands import standby
from competition.standby import copies
from competition.standby.duty import Duty
from competition.standby.following import Follower
from tests.browser.server import free_port
from tests.competition import event as events
from tests.competition.standby.second import SECRET, follow, paired
from words import t


@pytest.fixture
def duty(store, tmp_path: Path) -> Duty:
    """A second laptop with one copy, whose first laptop does not answer."""
    event = events.draft(store)
    made = paired(event, tmp_path / "second", address=f"http://127.0.0.1:{free_port()}")
    follow(event, tmp_path / "second")
    return Duty(tmp_path / "second", Follower(tmp_path / "second", made))


@pytest.fixture
def page(duty: Duty) -> Iterator[str]:
    """The address of its page."""
    port = free_port()
    server, thread = standby.serve_page(duty, "127.0.0.1", port)
    pause = threading.Event()
    while not server.started and thread.is_alive():
        pause.wait(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def post(page: str, **given: str) -> tuple[int, str]:
    headers = {"Origin": given.pop("origin", page)}
    request = Request(f"{page}/takeover?lang=zh", urlencode(given).encode(), headers)
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_how_far_it_is_behind(page: str, lang: str):
    """To anybody: it names no mark, no person and no secret."""
    with urlopen(f"{page}/?lang={lang}", timeout=60) as answer:
        text = answer.read().decode()
    assert t("standby.line.unheard", lang) in text
    assert t("standby.page.take_over", lang) in text
    assert SECRET not in text
    with urlopen(f"{page}/state?lang={lang}", timeout=60) as answer:
        told = json.loads(answer.read())
    assert told == {
        "text": t("standby.line.unheard", lang),
        "state": "unheard",
        "answers": False,  # else the page warns that the first one still answers
    }


def test_nothing_is_done_without_the_secret_or_with_the_first_still_plugged_in(
    page: str, duty: Duty
):
    """Nor for another site's page."""
    assert post(page, unplugged="yes", secret="AAAAAA")[0] == 403
    assert post(page, unplugged="yes")[0] == 403
    status, text = post(page, secret=SECRET, number="412")
    assert status == 403
    assert t("standby.page.not_unplugged", "zh") in text
    assert 'value="412"' in text
    assert post(page, unplugged="yes", secret=SECRET, origin="http://evil.test")[0] == 403
    assert duty.done is None
    assert not copies.served(duty.folder).exists()


def test_the_secret_takes_over_once(page: str, duty: Duty):
    """The second click gets the first one's answer; one generation begins."""
    status, text = post(page, unplugged="yes", secret=SECRET, number="999")
    assert status == 200
    assert duty.done is not None
    assert duty.done.generation == 2
    assert t("standby.page.done", "zh", generation=2) in text
    assert f"/j/{duty.done.token}" in text
    assert post(page, unplugged="yes", secret=SECRET)[1] == text
    assert duty.over.is_set()


def test_the_terminal_asks_before_it_takes_over(duty: Duty, capsys: pytest.CaptureFixture[str]):
    """Anything but yes goes on following; other words do nothing."""
    assert standby._obey(duty, "hello", None) is None
    number = standby._obey(duty, "takeover 412", None)
    assert number == "412"
    assert standby._obey(duty, "no", number) is None
    assert duty.done is None
    standby._obey(duty, "是", standby._obey(duty, "接管", None))
    assert duty.done is not None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("http://192.168.1.20:8501/", "http://192.168.1.20:8501"),
        ("http://arena.test", "http://arena.test:80"),
        ("https://arena.test", "https://arena.test:443"),
        ("http://x:port", "http://x:port"),
    ],
)
def test_an_address_gets_its_port(typed: str, read: str):
    """As browsers read it."""
    assert standby.with_port(typed) == read
