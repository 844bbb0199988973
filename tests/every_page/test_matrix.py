"""Every page as every role, while a round is open and when it is certified.

What a role may see follows from the table of rights; this test asks the table, opens the page
and looks at what is there.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import unescape

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from commands import ROOT
from competition.errors import Forbidden, Refused
from competition.people import links, people
from competition.rights import READS, refusal
from competition.saying import sentence
from competition.visitor import ROLES, Visitor
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import certify
from ui.pages import KEY_OF
from ui.pages import PAGES as TABLE
from words import LANGS, t

NOW = datetime.now(UTC)
PAGES = {page.path: page.read for page in TABLE}
OWN_HEAD = {"judges/pad.py"}  # drawn by the pad itself, in the browser
OWN_READS = {
    "organizers/overview.py": {"overview"},  # each state of a round has another part of it
    "organizers/results/analysis/trial.py": {"what_if", "forecast"},
}
LANG = {("organizer", "certified"): "en", ("judge", "certified"): "en"}
"""Each page is opened in both languages, for which rights do not care."""
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


def test_every_page_file_has_its_row_and_asks_for_its_read():
    """A page that no row of the router names would never be tried here; nor one's other read."""
    asked = {}
    for folder in ("counties", "judges", "organizers", "overview"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            reads = re.findall(r'\benter_page\("(\w+)"', text)
            if reads or "preparing.round_page(" in text:
                asked[str(path.relative_to(ROOT))] = set(reads)
    of_rounds = asked.pop("organizers/prepare/round_page.py")
    assert {page: reads or of_rounds for page, reads in asked.items()} == {
        page: OWN_READS.get(page, {read}) for page, read in PAGES.items()
    }
    assert set(PAGES.values()) <= set(READS)


def look(open_page: Open, sample: Sample, role: str, lang: str, pages: Iterable[str]) -> None:
    """Open pages as a role.

    Allowed: the page's own title and no refusal. Denied: the reason, in words, and no row.
    """
    who = sample.who_is(role)
    at = open_page(role, lang, next(iter(PAGES)), title=None)
    for page in pages:
        reason = denial(sample, who, page)
        at.switch_page(page).run()
        assert not at.exception, (page, [error.value for error in at.exception])
        shown = html(at)
        if reason is None:
            title = t(f"{KEY_OF[page]}.title", lang)
            assert page in OWN_HEAD or f">{title}</h1>" in shown, (role, page)
            assert not is_refused(shown), (role, page)
        else:
            assert sentence(reason, lang) in unescape(shown), (role, page)
            assert "<tbody" not in shown, (role, page)


def denial(sample: Sample, who: Visitor, page: str) -> Refused | None:
    """Why the table of rights denies a page of the sample's round to a visitor."""
    read = PAGES[page]
    return refusal(sample.store, who, read, sample.round_id if READS[read].states else None)


@pytest.mark.parametrize("state", ["open", "certified"])
def test_every_page_shows_what_a_role_may_see(open_page: Open, sample: Sample, state: str):
    """Each page by the first role that it opens for; each kind of refusal by the first it meets.

    Who has no right to a page has none in any state: that is tried while the round is open.
    """
    if state == "certified":
        certify(sample)
    met = {(page, Forbidden) for page in PAGES if state == "certified"}
    for role in ROLES:
        if role == "public":
            continue
        name = somebody(sample, role)
        who = sample.who_is(name)
        kinds = {page: (page, type(denial(sample, who, page))) for page in PAGES}
        pages = [page for page, kind in kinds.items() if kind not in met]
        met |= set(kinds.values())
        if pages:
            look(open_page, sample, name, LANG.get((role, state), ANY_LANG), pages)


@pytest.mark.long(
    "every_page/test_matrix.py::test_every_page_shows_what_a_role_may_see",
    "every_page/test_matrix.py::test_every_page_file_has_its_row_and_asks_for_its_read",
)
@pytest.mark.parametrize("state", ["open", "certified"])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_every_page_shows_what_every_role_may_see(
    open_page: Open, sample: Sample, role: str, state: str
):
    """Every page with every role."""
    if state == "certified":
        certify(sample)
    name = somebody(sample, role)
    for lang in LANGS if (role, state) in LANG else (ANY_LANG,):
        look(open_page, sample, name, lang, PAGES)


@pytest.mark.usefixtures("sample")
def test_a_page_run_past_the_router_refuses_the_public(monkeypatch: pytest.MonkeyPatch):
    """A page asks for itself: without a sign-in it says where to get one, and shows no row."""
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: {}))
    for page in PAGES:
        at = AppTest.from_file(str(ROOT / page), default_timeout=60)
        at.query_params["lang"] = ANY_LANG
        at.run()
        assert t("error.sign_in_needed", ANY_LANG) in unescape(html(at)), page
        assert "<tbody" not in html(at), page
