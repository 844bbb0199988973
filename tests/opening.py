"""Opening a page of the app as a person, without a browser.

A real copy of the sample's database, the real router; only the cookie, which a test run of
Streamlit cannot carry, is handed over.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.element_tree import ElementTree
from streamlit.util import calc_hash

import competition
import db
from commands import ROOT
from competition import link_ends, sign_ins
from competition.people import links
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from examples import village_final
from examples.entering import Entered, enter
from tests.templates import Templates, filled, name_of
from ui.pages import KEY_OF, PAGES
from words import t

AT = datetime(2022, 3, 18, 1, tzinfo=UTC)
HOST = "arena.test"
ADDRESS = {page.path: page.address for page in PAGES}
ANY_LANG = "zh"
"""For what no language changes: acts, rights, figures. `every_page` opens each page in both, and
the tests of words hold the keys and placeholders of one language to the other's."""
BOTH = [
    "zh",
    pytest.param(
        "en",
        marks=pytest.mark.long(
            "every_page/test_matrix.py::test_every_page_shows_what_a_role_may_see",
            "words/test_words.py::test_every_text_has_the_same_values_in_both_languages",
        ),
    ),
]
"""For what a page says in its own words of one thing, held in Chinese; in English it is long."""
LONG = 36_500
"""Days for which links of the sample, which is of 2022, are good."""
Reached = TypeVar("Reached")
NAMES = {
    "organizer": "李梅",
    "supervisor": "陈刚",
    "host": "周莉",
    "scorekeeper": "吴敏",
}


@dataclass
class Sample:
    """A database with the sample in it, open.

    Attributes
    ----------
    entered
        Who and what the sample entered: tokens, judges, entrants, rounds.
    templates, name
        Where the file was copied from; none where it was made for this test.
    links
        Names beside the sample's own, to the secrets of their links.
    """

    path: Path
    store: db.Store
    entered: Entered
    cookies: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    templates: Templates | None = None
    name: str = ""

    def reach(self, act: Callable[["Sample"], Reached]) -> Reached:
        """Return what ``act(sample)`` returns, in the file that it leaves.

        To a copy in which nothing was written it happens once in a run: the file is copied again.
        """
        journal = self.path.with_name(f"{self.path.name}-wal")
        if self.templates is None or (journal.exists() and journal.stat().st_size):
            return act(self)
        competition.close_all()
        self.name += f"-{act.__name__}"
        returned: Reached = self.templates.copy(self.name, partial(self._reached, act), self.path)
        self.store = competition.open_store(self.path)
        return returned

    def _reached(self, act: Callable[["Sample"], Reached], path: Path) -> Reached:
        """Return what an act returns in another copy."""
        shutil.copy(self.path, path)
        store = db.Store(path)
        try:
            return act(replace(self, path=path, store=store))
        finally:
            store.close()

    @property
    def round_id(self) -> str:
        """The sample's last round."""
        return list(self.entered.rounds.values())[-1]

    def person(self, role: str) -> str:
        """The id behind a role: organizer, supervisor, host, scorekeeper, judge1, judge2, …."""
        if role.startswith("judge"):
            return self.entered.judges[int(role.removeprefix("judge"))]
        return str(getattr(self.entered, role).person_id)

    def who(self, role: str) -> Visitor:
        """The visitor behind a role, with the roles they hold now."""
        with self.store.reading() as tx:
            return visitor_of(tx, self.person(role))

    def who_is(self, role: str) -> Visitor:
        """The visitor whose cookie ``open_page`` would hand over for this name."""
        return sign_ins.who_is(self.store, self.cookie(role), at=datetime.now(UTC))

    def cookie(self, role: str) -> str:
        """What a person's browser holds after the person opened the link once."""
        if role not in self.cookies:
            secret = self.links.get(role) or self.entered.tokens[self.person(role)]
            at = datetime.now(UTC)
            self.cookies[role] = links.open_link(self.store, secret, at=at, address=role)
        return self.cookies[role]


Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def run_pages_lightly() -> Iterator[None]:
    """A page run by a test makes no hash of each message, which only a browser's cache asks for.

    Nor is the stand-in of Streamlit's runtime made again: a run gives it new parts.
    """
    run = local_script_runner.LocalScriptRunner.run

    def unhashed(*given: Any, **named: Any) -> ElementTree:
        with pytest.MonkeyPatch.context() as while_it_runs:
            while_it_runs.setattr(script_run_context, "populate_hash_if_needed", lambda _: None)
            return run(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner.LocalScriptRunner, "run", unhashed)
        patch.setattr(app_test, "MagicMock", cache(app_test.MagicMock))
        yield


def village(store: db.Store, **options: Any) -> Entered:
    """Enter the sample: the village final, its round open; with options of ``enter``."""
    return enter(store, village_final(2022), at=AT, names=NAMES, **options)


@pytest.fixture
def sample_by(
    templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[db.Store], Entered]], Sample]]:
    """``sample_by(fill)`` is a copy of what ``fill`` entered, served by the app in this test."""

    def copy(fill: Callable[[db.Store], Entered]) -> Sample:
        path = tmp_path / "arena.db"
        entered = templates.copy(name_of(fill), filled(fill), path)
        monkeypatch.setenv("ARENA_DB", str(path))
        # A link of 2022 has ended a month after its event; a row changed without an event would
        # keep every result of the file from being certified.
        monkeypatch.setattr(link_ends, "GRACE_DAYS", LONG)
        store = competition.open_store(path)
        return Sample(path, store, entered, templates=templates, name=name_of(fill))

    yield copy
    competition.close_all()


@pytest.fixture
def sample(sample_by: Callable[..., Sample]) -> Sample:
    """A copy of the sample that the app serves during this test."""
    return sample_by(village)


@pytest.fixture
def open_page(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> Open:
    """``open_page(role, lang, page)`` is a page such as ``organizers/log.py``, run once.

    It asserts that this page, and no other, is what the role sees; ``title=None`` leaves that
    to the test, for a page that is refused. ``public`` has no cookie. ``round_id`` stands in the
    address, as a bookmark has it. An empty ``page`` is the address without a page.
    """
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda here: _cookies(sample, here)))

    def open_(
        role: str,
        lang: str,
        page: str,
        *,
        title: str | None = "",
        round_id: str = "",
        **address: str,
    ) -> AppTest:
        at = AppTest.from_file(str(ROOT / "router.py"), default_timeout=60)
        at.context = {"url": f"http://{role}.{HOST}:8501/"}
        at.query_params["lang"] = lang
        for name, value in {"round": round_id, **address}.items():
            if value:
                at.query_params[name] = value
        # Streamlit's own way there runs the front page first, which a bookmark does not.
        at._page_hash = calc_hash(ADDRESS[page]) if page in ADDRESS else ""
        at.run()
        assert not at.exception, [error.value for error in at.exception]
        if title is not None:
            assert f">{title or t(f'{KEY_OF[page]}.title', lang)}</h1>" in html(at)
        return at

    return open_


def _cookies(sample: Sample, here: ContextProxy) -> dict[str, str]:
    role = (urlsplit(here.url or "").hostname or "public").partition(".")[0]
    return {} if role == "public" else {"arena_seat": sample.cookie(role)}


def html(at: AppTest) -> str:
    """All HTML a page has written, in order."""
    return "\n".join(block.proto.body for block in at.get("html"))
