"""Every page of the app at another competition's host: nothing of one is shown with its sign-in."""

from collections.abc import Iterator

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

import competition
import db
from commands import ROOT
from competition.people import links
from competition.province.serving import Installation
from db import members
from tests.competition.event import AT
from tests.opening import LONG, Sample, html, village
from tests.templates import Templates, filled, name_of
from ui.here import SERVING, _sessions
from ui.pages import PAGES

HOST = "contest.test"


@pytest.fixture
def apart(
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Sample]:
    """The sample at its host, beside another competition and the province."""
    folder = tmp_path_factory.mktemp("apart")
    members.begun(folder, HOST).added("here").added("there").keep()
    list_ = members.read(folder)
    entered = templates.copy(name_of(village), filled(village), list_.path_of("here"))
    for name in ("there", members.PROVINCE):
        links.begin(db.open_store(list_.path_of(name)), title=name, organizer=name, at=AT)
    monkeypatch.setattr("competition.link_ends.GRACE_DAYS", LONG)
    competition.close_all()
    installation = SERVING.installation = Installation(folder)
    installation.begin()
    yield Sample(list_.path_of("here"), installation.competitions()["here"], entered)
    SERVING.installation = None
    installation.end()


def at_host(
    host: str, cookie: str, patch: pytest.MonkeyPatch, script: str = "router.py"
) -> AppTest:
    """A browser at a host with a cookie; a test of Streamlit's has one session's id for all."""
    _sessions.clear()
    headers = property(lambda _: StreamlitHeaders([("Host", host)]))
    patch.setattr(ContextProxy, "headers", headers)
    patch.setattr(ContextProxy, "cookies", property(lambda _: {"arena_seat": cookie}))
    at = AppTest.from_file(str(ROOT / script), default_timeout=60)
    at.query_params["lang"] = "zh"
    return at


def test_no_page_of_another_host_shows_anything(apart: Sample, monkeypatch: pytest.MonkeyPatch):
    """Each page of the registry, also with the round's id in the address; at its own host it is."""
    cookie = apart.cookie("organizer")
    with apart.store.reading() as tx:
        told = [
            row["title"]
            for row in tx.rows("SELECT title FROM entrants UNION SELECT title FROM rounds")
        ]
        told += [row["name"] for row in tx.rows("SELECT name FROM people")]
    own = at_host(f"here.{HOST}", cookie, monkeypatch).run()
    assert any(one in html(own) for one in told)
    for host in (f"there.{HOST}", HOST):
        for script in ("router.py", *(page.path for page in PAGES)):
            at = at_host(host, cookie, monkeypatch, script)
            at.query_params["round"] = apart.round_id
            at.run()
            shown = "\n".join(str(one.value) for one in (*at.markdown, *at.text, *at.button))
            said = f"{html(at)}\n{shown}"
            assert not at.exception, script
            assert not [one for one in told if one and one in said], (host, script)
            assert script == "router.py" or 'class="a-refused"' in said, (host, script)


def test_a_host_that_is_not_served_opens_no_page(apart: Sample, monkeypatch: pytest.MonkeyPatch):
    """Neither an unknown one nor none."""
    for host in (f"nowhere.{HOST}", ""):
        at = at_host(host, apart.cookie("organizer"), monkeypatch).run()
        assert list(at.exception) or "Nowhere" in str(at)
