"""An installation of four competitions in different states, its pages opened at the bare host."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

import db
from commands import ROOT
from competition.people import links
from competition.province.serving import Installation
from db import members
from tests.competition import event as events
from ui.here import SERVING, _sessions

HOST = "contest.test"
AT = events.AT
Look = Callable[..., AppTest]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """One in preparation, one open, one certified, one missing; and the province's cookie."""
    folder = tmp_path_factory.mktemp("province")
    names = ("draft", "open", "certified", "missing")
    list_ = members.begun(folder, HOST)
    for name in names:
        list_ = list_.added(name)
    list_.keep()
    stores = {name: db.open_store(list_.path_of(name)) for name in (*names[:3], "province")}
    events.draft(stores["draft"], title="样例：筹备")
    events.opened(stores["open"], title="样例：正在评分")
    events.certified(stores["certified"])
    _, token = links.begin(stores["province"], title="样例省", organizer="省办", at=AT)
    cookie = links.open_link(stores["province"], token, at=AT, address="")
    db.close_all()
    installation = SERVING.installation = Installation(folder)
    installation.begin()
    yield installation, cookie
    SERVING.installation = None
    installation.end()


@pytest.fixture
def look(province: tuple[Installation, str], monkeypatch: pytest.MonkeyPatch) -> Look:
    """A page at a host, run once."""

    def look_(script: str, lang: str = "zh", *, host: str = HOST, **asked: str) -> AppTest:
        _sessions.clear()
        headers = property(lambda _: StreamlitHeaders([("Host", host)]))
        monkeypatch.setattr(ContextProxy, "headers", headers)
        cookies = property(lambda _: {"arena_seat": province[1]})
        monkeypatch.setattr(ContextProxy, "cookies", cookies)
        at = AppTest.from_file(str(ROOT / "router.py"), default_timeout=60)
        at.query_params["lang"] = lang
        for name, value in asked.items():
            at.query_params[name] = value
        at.run()
        if script:
            at.switch_page(script).run()
        assert not at.exception, [one.value for one in at.exception]
        return at

    return look_
