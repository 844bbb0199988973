"""Documents and shelf marks on the page of entrants, and the rule of blind review."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest

import db
from competition.documents import documents, materials
from competition.documents.errors import BadDocument
from competition.rounds import rounds
from competition.rounds.rules import RoundRules
from tests.competition import event as events
from tests.competition.event import AT, QUICK, Event
from tests.competition.registry import document_rows
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import press
from tests.organizers.prepare.test_setup_pages import served
from words import t

PAGE = "organizers/prepare/entrants/page.py"


def with_document(store: db.Store) -> Event:
    """Enter the small event in draft, blind; entrant 1 has a document."""
    event = events.draft(store, rules=replace(QUICK, blind=True))
    document_rows.enter(event, at=AT)
    return event


@pytest.fixture
def event(event_by: Callable[..., Event]) -> Event:
    """The small event with a document."""
    return event_by(with_document)


@pytest.fixture
def sample(event: Event) -> Sample:
    """For ``open_page``."""
    return served(event, event.store.path)


def part(open_page: Open, lang: str = "zh") -> object:
    """The page of entrants, at its documents."""
    at = open_page("organizer", lang, PAGE)
    at.segmented_control(key="entrants-part").set_value("materials").run()
    assert not at.exception
    return at


@pytest.mark.parametrize("lang", BOTH)
def test_every_entrant_is_listed_with_what_there_is_to_read(open_page: Open, lang: str):
    """Its shelf mark, and each document as a link in a page of its own."""
    page = html(part(open_page, lang))
    assert "A-07 号柜 3 层" in page
    assert "规划1 龙潭村.pdf</a>" in page
    assert 'target="_blank"' in page
    assert 'href="/documents/' in page


@pytest.mark.parametrize("lang", BOTH)
def test_a_blind_round_warns_of_what_a_document_may_say(open_page: Open, event: Event, lang: str):
    """Only a blind one."""
    assert t("organizers.materials.blind", lang) in unescape(html(part(open_page, lang)))
    rounds.set_rules(event.store, event.organizer, event.round_id, QUICK, at=AT)
    assert t("organizers.materials.blind", lang) not in unescape(html(part(open_page, lang)))


def dialog(open_page: Open, event: Event, entrant: int) -> object:
    """The dialog of one entrant."""
    at = part(open_page)
    at.selectbox(key="materials-chosen").set_value(event.entrants[entrant]).run()
    return press(at, "act-materials")


def test_a_shelf_mark_is_written(open_page: Open, event: Event):
    """In the dialog of its entrant; the list shows it."""
    at = dialog(open_page, event, 2)
    name = f"shelf-{event.entrants[2]}"
    at.text_input(key=f"{name}-0-shelf_mark").set_value("卷宗 12")
    press(at, f"{name}-send")
    found = materials.materials(event.store, event.organizer, event.round_id)
    assert found[event.entrants[2]].shelf_mark == "卷宗 12"
    assert "卷宗 12" in html(at)


def test_a_document_is_removed_unless_it_was_read(open_page: Open, event: Event):
    """Before the first mark it goes; after it the dialog says why it stays."""
    second = documents.add_document(
        event.store, event.organizer, event.entrants[1], "图.pdf", document_rows.PDF + b"x", at=AT
    )
    name = f"documents-{event.entrants[1]}"
    press(dialog(open_page, event, 1), f"{name}-remove-{second}")
    found = materials.materials(event.store, event.organizer, event.round_id)
    (left,) = found[event.entrants[1]].documents
    rounds.open_round(event.store, event.organizer, event.round_id, signed="all", at=AT)
    event.record(1, 1, event.change(0, "50"))
    at = press(dialog(open_page, event, 1), f"{name}-remove-{left.id}")
    assert t("error.document_read", "zh") in html(at)
    assert materials.materials(event.store, event.organizer, event.round_id) == found


FILES = {
    "001.pdf": 1,
    "2-规划图.pdf": 2,
    "No.3 文本.pdf": 3,
    "第４号.pdf": 4,
    "532505100200.pdf": 5,
    "6.pdf": None,
    "规划.pdf": None,
    "0.pdf": None,
    "2022年规划.pdf": None,
    "532599999999 x.pdf": None,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_finds_its_entrant_by_how_its_name_begins(event: Event, name: str):
    """Number or code; where nothing fits, nothing is guessed."""
    with event.store.reading() as tx:
        places = tx.rows(
            "SELECT n.*, e.number FROM round_entrants e JOIN entrants n ON n.id = e.entrant_id"
        )
    entrant = FILES[name]
    wanted = None if entrant is None else event.entrants[entrant]
    assert documents.by_file_name(places, [name]) == {name: wanted}


def test_many_files_are_kept_all_or_none(event: Event):
    """One that cannot be kept takes the others back."""
    files = [(event.entrants[2], "2.pdf", document_rows.PDF), (event.entrants[3], "3.pdf", b"x")]
    before = materials.materials(event.store, event.organizer, event.round_id)
    with pytest.raises(BadDocument):
        documents.add_documents(event.store, event.organizer, files, at=AT)
    assert materials.materials(event.store, event.organizer, event.round_id) == before
    documents.add_documents(event.store, event.organizer, files[:1], at=AT)
    found = materials.materials(event.store, event.organizer, event.round_id)
    assert [one.name for one in found[event.entrants[2]].documents] == ["2.pdf"]


@pytest.mark.parametrize("lang", BOTH)
def test_blind_review_is_a_tick_with_its_consequence(open_page: Open, event: Event, lang: str):
    """Ticked and saved it is a rule; the rules are read out with it."""
    rounds.set_rules(event.store, event.organizer, event.round_id, QUICK, at=AT)
    at = open_page("organizer", lang, "organizers/prepare/rules/page.py")
    assert t("organizers.rules.hint.blind", lang) in html(at)
    (tick,) = [box for box in at.checkbox if box.label == t("organizers.rules.field.blind", lang)]
    tick.check().run()
    assert t("organizers.rules.blind_text", lang) in html(at)
    (save,) = [b for b in at.button if b.label == t("organizers.rules.save", lang)]
    save.click().run()
    with event.store.reading() as tx:
        text = tx.value("SELECT rules FROM rounds WHERE id = :r", r=event.round_id)
    assert RoundRules.from_json(text).blind


@pytest.mark.parametrize("lang", BOTH)
def test_readiness_and_opening_say_that_the_round_is_blind(
    open_page: Open, event: Event, lang: str
):
    """Before it is opened: what to look at, with how many have documents; and the rule itself."""
    at = open_page("organizer", lang, "organizers/overview.py")
    assert t("organizers.overview.ready.blind", lang, count=1, of=5) in html(at)
    press(at, "act-open_round")
    assert t("organizers.rules.blind_text", lang) in unescape(html(at))
