"""The kind of browser, where it matters to a page."""

import re

import streamlit as st

WECHAT = "MicroMessenger"
"""How the browser inside WeChat names itself; it has its own cookies and storage."""


def in_wechat() -> bool:
    """Whether the page is open inside WeChat: who came in there must stay there."""
    return WECHAT in (st.context.headers.get("User-Agent") or "")


OLDEST_CHROME, OLDEST_APPLE = 94, 15
"""Before these, Streamlit's page stays white."""


def is_too_old(agent: str) -> bool:
    """Whether a browser, by its user agent, cannot show the app's pages."""
    chrome = re.search(r"Chrome/(\d+)", agent)
    apple = re.search(r" OS (\d+)_[\d_]+ like Mac|Macintosh.* Version/(\d+)", agent)
    if chrome:
        return int(chrome[1]) < OLDEST_CHROME
    return apple is not None and int(apple[1] or apple[2]) < OLDEST_APPLE
