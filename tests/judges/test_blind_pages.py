"""Blind review on the judges' own pages: no page that a judge can open names an entrant."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

import competition
from competition.documents import documents
from competition.results import rulings
from competition.rights import offers
from competition.rounds import rounds
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event
from tests.competition.registry import document_rows
from tests.competition.test_blind import names_of
from tests.every_page.test_matrix import PAGES
from tests.opening import ANY_LANG, BOTH, Open, Sample, html
from tests.organizers.prepare.test_setup_pages import served
from words import t


@pytest.fixture
def event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A blind round, open; every entrant has a document whose name tells."""
    path = tmp_path / "arena.db"
    monkeypatch.setenv("ARENA_DB", str(path))
    event = events.draft(competition.open_store(path), rules=replace(QUICK, blind=True))
    who = event.organizer
    for n, entrant_id in event.entrants.items():
        content = document_rows.PDF + bytes([n])
        documents.add_document(event.store, who, entrant_id, f"规划{n}.pdf", content, at=AT)
        documents.set_shelf_mark(event.store, who, entrant_id, f"A-{n:02d}", at=AT)
    rounds.open_round(event.store, who, event.round_id, signed="all", at=AT)
    event.fill_all(but=[(2, 1)])
    yield event
    competition.close_all()


@pytest.fixture
def sample(event: Event) -> Sample:
    """For ``open_page``."""
    return served(event, event.store.path)


def shown(at: object) -> str:
    """All that a page says: its HTML, and the words of its widgets."""
    labels = [
        str(getattr(widget, "label", ""))
        for kind in ("button", "selectbox", "text_input", "radio")
        for widget in at.get(kind)  # type: ignore[attr-defined]
    ]
    return unescape(html(at) + "\n".join(labels))  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_no_page_that_a_judge_opens_names_an_entrant(
    open_page: Open, sample: Sample, event: Event, lang: str
):
    """Every page that their roles open, by a judge and by the chair, who has a ruling to sign."""
    event.close(reason="散会")
    tied = [event.entrants[4], event.entrants[5]]
    second = event.visitor("second")
    rulings.enter_ruling(event.store, second, event.round_id, tied, reason="议定", at=AT)
    for judge, least in (("judge2", 4), ("judge1", 5)):
        at = open_page(judge, lang, "judges/home.py")
        roles = sample.who_is(judge).roles
        pages = [page for page, read in PAGES.items() if offers(roles, read)]
        assert len(pages) >= least
        for page in pages:
            at.switch_page(page).run()
            assert {name for name in names_of(event.store) if name in shown(at)} == set(), page
    assert t("organizers.ruling.title", lang) in shown(at.switch_page("judges/home.py").run())


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_nor_while_it_is_open(open_page: Open, event: Event, lang: str):
    """The judges' own pages, and the stage desk's address typed in."""
    at = open_page("judge2", lang, "judges/home.py")
    for page in (
        *(page for page in PAGES if page.startswith("judges")),
        "organizers/live/desk/page.py",
    ):
        at.switch_page(page).run()
        assert {name for name in names_of(event.store) if name in shown(at)} == set(), page


@pytest.mark.parametrize("lang", BOTH)
def test_the_list_shows_the_number_and_the_shelf_mark(open_page: Open, event: Event, lang: str):
    """005号, that it is blind, and where the paper lies."""
    at = open_page("judge2", lang, "judges/home.py")
    listed = shown(at.switch_page("judges/my_sheets.py").run())
    assert "A-01" in listed
    assert t("judges.number", lang, number="005") in listed
    assert t("judges.my_sheets.blind", lang) in listed


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_after_the_certificate_the_names_are_there(open_page: Open, event: Event, lang: str):
    """On the same page."""
    event.close(reason="散会")
    event.certify()
    page = shown(open_page("judge2", lang, "judges/my_sheets.py"))
    assert "龙潭村" in page
    assert t("judges.my_sheets.blind", lang) not in page
