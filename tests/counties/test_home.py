"""A county's page and the organizers' page about all of them, in both languages."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest

import db
from competition.filing import terms, uploading, views
from competition.filing.errors import FilingEnded
from competition.filing.shapes import FilingView
from competition.saying import sentence
from examples.divisions import tiles
from examples.entering import Entered
from examples.filings import FAULTY, NOTHING, REASON, RETURNED, enter_filings
from tests.every_page.test_plain import CANARY, read_as_markdown
from tests.intake.test_many_files import listed
from tests.opening import BOTH, Open, Sample, html, village
from words import t

NOW = datetime.now(UTC)
HOME, STAFF = "counties/home.py", "organizers/prepare/filing/page.py"
NAMES = {tile.county_code: tile.county for tile in tiles()}
FILED = "532504"


def with_filings(store: db.Store) -> Entered:
    """The sample with the filings of all counties."""
    entered = village(store)
    entered.counties = enter_filings(store, entered.organizer, taken=entered.places, at=NOW)
    return entered


@pytest.fixture
def sample(sample_by: Callable[..., Sample]) -> Sample:
    """A county's browser is known by the county's code."""
    made = sample_by(with_filings)
    made.links = {f"c{code}": token for code, token in made.entered.counties.items()}
    return made


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("code", [RETURNED, FAULTY, NOTHING, FILED])
def test_a_county_sees_its_own_filing_and_no_other(
    open_page: Open, sample: Sample, code: str, lang: str
):
    """Returned, with faults, nothing yet, filed: its name stands above, no other one anywhere."""
    title = t("counties.home.heading", lang, county=NAMES[code])
    shown = html(open_page(f"c{code}", lang, HOME, title=title))
    assert not any(name in shown for other, name in NAMES.items() if other != code)
    says = {
        RETURNED: REASON,
        FAULTY: t("counties.workbook.faulty", lang, count=3),
        NOTHING: t("counties.list.empty", lang),
        FILED: t("counties.home.filed", lang, count=4, at="")[:5],
    }
    assert says[code] in unescape(shown)


def test_what_was_returned_stands_before_the_list(open_page: Open, sample: Sample):
    """The reason first, in red; then the entrant it is about."""
    title = t("counties.home.heading", "zh", county=NAMES[RETURNED])
    shown = html(open_page(f"c{RETURNED}", "zh", HOME, title=title))
    reason, first = shown.index(REASON), shown.index(t("counties.list.returned", "zh"), 1)
    assert reason < shown.index('class="c-row"')
    assert "a-refused" in shown[:reason]
    assert first < shown.index(t("counties.list.whole", "zh"), shown.index('class="c-row"'))


def test_a_county_says_what_a_column_holds(open_page: Open, sample: Sample):
    """The choice is kept with the workbook, the list has it, and one press takes it back."""
    who, at_once = sample.who_is(f"c{NOTHING}"), datetime.now(UTC)
    (filing,) = views.own_filings(sample.store, who)
    own = listed(NOTHING, 2)

    def view() -> FilingView:
        return views.own_filing(sample.store, who, filing["id"], at=at_once)

    rows = ["乡镇,村,成果名称,上台人", *(f"{one.township},{one.name},规划,李志华" for one in own)]
    content = "\n".join(rows).encode()
    uploading.keep_upload(sample.store, who, filing["id"], "名单.csv", content, stops=0, at=at_once)
    title = t("counties.home.heading", "zh", county=NAMES[NOTHING])
    at = open_page(f"c{NOTHING}", "zh", HOME, title=title)
    (head,) = (one for one in at.selectbox if "上台人" in one.label)
    head.select("presenter").run()
    kept = view().upload
    assert kept is not None
    assert [edit[0] for edit in kept.edits] == ["column"]
    at.button("county-undo").click().run()
    assert not at.exception
    head = next(one for one in at.selectbox if "上台人" in one.label)
    head.select("presenter").run()
    at.button("county-take").click().run()
    assert {one.presenter for one in view().listed} == {"李志华"}


def test_a_faulty_workbook_is_mended_by_presses(open_page: Open, sample: Sample):
    """One fault fewer a press, and one back; taken only when there is none."""
    title = t("counties.home.heading", "zh", county=NAMES[FAULTY])
    at = open_page(f"c{FAULTY}", "zh", HOME, title=title)
    for count, key in ((3, "county-take-0-0"), (2, "county-undo"), (3, "county-take-0-0")):
        assert t("counties.workbook.faulty", "zh", count=count) in html(at)
        assert at.button("county-take").disabled
        at.button(key).click().run()
        assert not at.exception
    assert t("counties.workbook.faulty", "zh", count=2) in html(at)


def test_a_village_is_entered_by_its_name_and_the_list_is_filed(open_page: Open, sample: Sample):
    """The place that is meant is said while it is typed; then title, presenter and the filing."""
    title = t("counties.home.heading", "zh", county=NAMES[NOTHING])
    at = open_page(f"c{NOTHING}", "zh", HOME, title=title)
    at.button("county-add").click().run()
    (own,) = listed(NOTHING, 1)
    typed = {"code": own.name, "title": "梯田规划", "presenter": "李建忠"}
    for field, text in typed.items():
        next(one for one in at.text_input if str(one.key).endswith(field)).set_value(text).run()
    assert f"{own.township}{own.name}" in html(at)
    for label in ("entrant.save", "home.file"):
        said = t(f"counties.{label}", "zh")
        next(button for button in at.button if button.label == said).click().run()
        assert not at.exception
    who = sample.who_is(f"c{NOTHING}")
    (filing,) = views.own_filings(sample.store, who)
    view = views.own_filing(sample.store, who, filing["id"], at=datetime.now(UTC))
    assert [one.title for one in view.listed] == ["梯田规划"]
    assert t("counties.home.filed", "zh", count=1, at="")[:5] in unescape(html(at))


def test_a_county_has_no_menu_and_lands_on_its_page(open_page: Open, sample: Sample):
    """No sidebar; every other page refuses it."""
    at = open_page(f"c{FILED}", "zh", "", title=None)
    assert t("counties.home.heading", "zh", county=NAMES[FILED]) in html(at)
    assert not at.sidebar.get("page_link")
    for page in ("organizers/overview.py", STAFF, "organizers/log/page.py"):
        at.switch_page(page).run()
        assert 'class="a-refused"' in html(at), page
        assert "<tbody" not in html(at), page


def test_the_page_records_the_end_and_offers_nothing_after_it(open_page: Open, sample: Sample):
    """Past the deadline: what was filed, no form, no button; and the end is in the log."""
    organizer = sample.entered.organizer
    terms.set_filing_terms(
        sample.store, organizer, closes_at="2022-03-20 18:00", wanted="", at=datetime.now(UTC)
    )
    title = t("counties.home.heading", "zh", county=NAMES[FILED])
    at = open_page(f"c{FILED}", "zh", HOME, title=title)
    assert t("counties.home.ended", "zh") in html(at)
    assert {"county-file", "county-add"}.isdisjoint({button.key for button in at.button})
    late = sentence(FilingEnded(until="2022-03-20 18:00"), "zh")
    assert "2022-03-20 18:00" in late


@pytest.mark.parametrize("lang", BOTH)
def test_the_organizers_have_thirteen_lines(open_page: Open, sample: Sample, lang: str):
    """Each state with its word, and what one county filed with its documents."""
    at = open_page("organizer", lang, STAFF)
    shown = html(at)
    assert shown.count("<tr") == 14
    for key, count in (("draft", 2), ("faulty", 1), ("filed", 9), ("returned", 1)):
        assert t(f"organizers.filings.sum.{key}", lang, count=count) in shown
    (mine,) = (one for one in views.filings(
        sample.store, sample.entered.organizer, at=datetime.now(UTC)
    ) if one.row["county_code"] == FILED)  # fmt: skip
    at.session_state["filing-chosen"] = mine.row["id"]
    at.run()
    assert "/filed/" in html(at)
    assert "act-accept" in {button.key for button in at.button}


@pytest.mark.parametrize("lang", BOTH)
def test_each_new_link_has_its_code_beside_it_and_its_card(
    open_page: Open, sample: Sample, lang: str
):
    """Of all counties, one card each, marked for what the data are; gone once put away."""
    at = open_page("organizer", lang, STAFF)
    at.session_state["filing-links"] = {name: f"token{n}" for n, name in enumerate(NAMES.values())}
    shown = html(at.run())
    assert shown.count('class="a-qr"') == 2 * len(NAMES)
    (sheet,) = (b.proto.body for b in at.get("html") if 'a-print-only"' in b.proto.body)
    for n, name in enumerate(NAMES.values()):
        assert f"<strong>{name}</strong>" in sheet
        assert f"/j/token{n}<" in sheet
    assert sheet.count(t("exports.paper.sample", lang)) == len(NAMES)
    at.button("filing-done").click().run()
    assert "/j/token" not in html(at)


@pytest.mark.parametrize("who", [f"c{RETURNED}", f"c{FAULTY}", f"c{FILED}", "organizer"])
def test_nothing_a_county_wrote_is_read_as_markdown(open_page: Open, sample: Sample, who: str):
    """Titles, names, places and reasons with a picture of another site in them."""
    with sample.store.writing() as tx:
        for column in ("township", "village", "title", "presenter", "post", "unit"):
            tx.run(f"UPDATE filed_entrants SET {column} = {column} || :c", c=CANARY)
        tx.run("UPDATE filings SET returned_reason = returned_reason || :c", c=CANARY)
        tx.run("UPDATE filing_uploads SET name = name || :c", c=CANARY)
        tx.run("UPDATE filed_documents SET name = name || :c", c=CANARY)
        tx.run("UPDATE filing_versions SET content = replace(content, '规划', :c)", c=CANARY)
        tx.run("UPDATE filing_terms SET wanted = replace(wanted, '规划', :c)", c=CANARY)
    page = STAFF if who == "organizer" else HOME
    at = open_page(who, "zh", page, title=None)
    found = set(read_as_markdown(at))
    if who != "organizer":
        changes = [b.key for b in at.button if str(b.key).startswith("county-change")]
        for key in changes[:1]:
            at.button(key).click().run()
    else:
        (one,) = (line for line in views.filings(
            sample.store, sample.entered.organizer, at=datetime.now(UTC)
        ) if line.row["county_code"] == FILED)  # fmt: skip
        at.session_state["filing-chosen"] = one.row["id"]
        at.run()
        at.button("act-return_list").click().run()
    assert not at.exception
    assert not found | set(read_as_markdown(at))
