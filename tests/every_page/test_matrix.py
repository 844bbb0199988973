"""Every page as every role, while a round is open and when it is certified.

What a role may see follows from the table of rights; this test asks the table, opens the page
and looks at what is there.
"""

from datetime import UTC, datetime
from html import unescape

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from commands import ROOT
from competition.people import links, people
from competition.rights import READS, refusal
from competition.saying import sentence
from competition.visitor import ROLES
from tests.opening import Open, Sample, html
from tests.organizers.acting import certify
from ui.pages import KEY_OF
from ui.pages import PAGES as TABLE
from words import LANGS, t

NOW = datetime.now(UTC)
PAGES = {page.path: page.read for page in TABLE}
OWN_HEAD = {"judges/pad.py"}  # drawn by the pad itself, in the browser
ENGLISH = {("organizer", "certified"), ("judge", "open")}  # rights do not depend on the language
SAMPLED = {"organizer", "supervisor", "host", "scorekeeper"}


def somebody(sample: Sample, role: str) -> str:
    """The name under which ``open_page`` knows a person of this role and no other."""
    if role in SAMPLED:
        return role
    if role == "judge":
        return "judge3"
    organizer = sample.entered.organizer
    person_id = people.add_person(sample.store, organizer, name=f"样例·{role}", at=NOW)
    people.grant_role(sample.store, organizer, person_id, role, at=NOW, round_id=sample.round_id)
    secret = links.make_link(sample.store, organizer, person_id, at=NOW)
    sample.cookies[role] = links.open_link(sample.store, secret, at=NOW, address=role)
    return role


def is_refused(page: str) -> bool:
    """Whether a page says that something was refused."""
    return 'class="a-refused"' in page


def test_the_router_lists_every_page_file():
    """A page that no row of the router names would never be tried here."""
    listed = {"judges/landing.py", *PAGES}
    files = {
        str(path.relative_to(ROOT))
        for folder in ("counties", "judges", "organizers", "overview")
        for path in (ROOT / folder).rglob("*.py")
        if "\nnow = enter_page(" in path.read_text(encoding="utf-8")
    }
    assert files <= listed
    assert set(PAGES.values()) <= set(READS)


@pytest.mark.parametrize("state", ["open", "certified"])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_every_page_shows_what_its_role_may_see(
    open_page: Open, sample: Sample, role: str, state: str
):
    """Allowed: the page's own title and no refusal. Denied: the reason, in words, and no row."""
    if state == "certified":
        certify(sample)
    name = somebody(sample, role)
    who = sample.who_is(name)
    for lang in LANGS if (role, state) in ENGLISH else ("zh",):
        at = open_page(name, lang, next(iter(PAGES)), title=None)
        for page, read in PAGES.items():
            round_id = sample.round_id if READS[read].states else None
            reason = refusal(sample.store, who, read, round_id)
            if reason and not READS[read].states and state == "certified":
                continue  # refused for the role: the same words as while the round was open
            at.switch_page(page).run()
            assert not at.exception, (page, [error.value for error in at.exception])
            shown = html(at)
            if reason is None:
                title = t(f"{KEY_OF[page]}.title", lang)
                assert page in OWN_HEAD or f">{title}</h1>" in shown, page
                assert not is_refused(shown), page
            else:
                assert sentence(reason, lang) in unescape(shown), page
                assert "<tbody" not in shown, page


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("sample")
def test_a_page_run_past_the_router_refuses_the_public(monkeypatch: pytest.MonkeyPatch, lang: str):
    """A page asks for itself: without a sign-in it says where to get one, and shows no row."""
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: {}))
    for page in PAGES:
        at = AppTest.from_file(str(ROOT / page), default_timeout=60)
        at.query_params["lang"] = lang
        at.run()
        assert t("error.sign_in_needed", lang) in unescape(html(at)), page
        assert "<tbody" not in html(at), page
