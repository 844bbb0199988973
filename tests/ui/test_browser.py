"""Which browsers are led to the plain pad, by what they call themselves."""

import pytest

from ui.browser import is_too_old

MAC = "(iPhone; CPU iPhone OS {} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
AGENTS = {
    "微信 of 2018": ("(Linux; Android 9; wv) Chrome/66.0.3359.126 MicroMessenger/6.7", True),
    "Android tablet of 2020": ("(Linux; Android 10) Chrome/84.0.4147.111 Safari/537.36", True),
    "微信 of 2023": (
        "(Linux; Android 12; wv) Chrome/116.0.0.0 XWEB/1160 MicroMessenger/8",
        False,
    ),
    "Chrome": ("(X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36", False),
    "old iPhone in 微信": (MAC.format("12_1") + " Mobile/16B92 MicroMessenger/7.0.1", True),
    "iPad": (MAC.format("17_5") + " Version/17.5 Mobile/15E148 Safari/604.1", False),
    "iPad as a Mac": ("(Macintosh; Intel Mac OS X 10_15) Version/13.1 Safari/605.1.15", True),
    "Mac": ("(Macintosh; Intel Mac OS X 10_15_7) Version/17.4 Safari/605.1.15", False),
    "Firefox": ("(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", False),
    "nobody": ("", False),
}


@pytest.mark.parametrize(("agent", "is_old"), AGENTS.values(), ids=AGENTS)
def test_only_browsers_that_cannot_show_the_app_are_too_old(agent: str, is_old: bool):
    """Whoever says nothing is taken for new."""
    assert is_too_old(agent) is is_old
