"""Which browser shows the page, as far as a page may care."""

import streamlit as st

WECHAT = "MicroMessenger"
"""How the browser inside WeChat names itself; it has its own cookies and storage."""


def in_wechat() -> bool:
    """Whether the page is open inside WeChat: who came in there must stay there."""
    return WECHAT in (st.context.headers.get("User-Agent") or "")
