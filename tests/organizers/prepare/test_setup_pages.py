"""The pages of set-up, for a round in draft, an opened one, and none at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

import competition
from competition.people import links, people
from competition.rounds import competitions, readiness, rounds
from competition.rounds.rules import RoundRules
from competition.times import local
from db import competitions as competition_rows
from intake import places
from intake.template import template
from tests.competition import event as events
from tests.competition.event import Event
from tests.competition.registry.calls import PNG
from tests.intake.books import content, sheets
from tests.opening import ANY_LANG, BOTH, Open, Sample, html
from tests.organizers.acting import has, is_refused, press
from ui.pages import KEY_OF
from words import t

PAGES = (
    "organizers/prepare/event.py",
    "organizers/prepare/import_page.py",
    "organizers/prepare/entrants/page.py",
    "organizers/prepare/rules/rubric.py",
    "organizers/prepare/rules/page.py",
    "organizers/prepare/panel/page.py",
)
OF_A_ROUND = PAGES[2:]
OTHERS = (
    "supervisor",
    *(
        pytest.param(
            role,
            marks=pytest.mark.long(
                "every_page/test_matrix.py::test_every_page_shows_what_a_role_may_see"
            ),
        )
        for role in ("host", "judge")
    ),
)
STAFF = ("supervisor", "host", "timekeeper")


def served(event: Event, path: Path) -> Sample:
    """A small event as the app's own, with a link for everybody asked about."""
    store, at = event.store, datetime.now(UTC)
    people = {"organizer": event.organizer.person_id, "judges": event.judges}
    people |= {role: event.people[role] for role in STAFF if event.people}
    tokens = {
        str(person): links.make_link(store, event.organizer, str(person), at=at)
        for person in (*(v for v in people.values() if isinstance(v, str)), *event.judges.values())
    }
    entered = SimpleNamespace(
        tokens=tokens,
        judges=event.judges,
        rounds={1: event.round_id},
        **{name: SimpleNamespace(person_id=v) for name, v in people.items() if name != "judges"},
    )
    return Sample(path, store, entered)


@pytest.fixture
def sample(event: Event) -> Sample:
    """What ``open_page`` opens."""
    return served(event, event.store.path)


def field(at: AppTest, beginning: str, ending: str):
    """A text field by how its key begins and ends: between them stands the form's turn."""
    found = [f for f in at.text_input if (f.key or "").startswith(beginning)]
    return next(f for f in found if (f.key or "").endswith(ending))


@pytest.mark.parametrize("lang", [ANY_LANG])
@pytest.mark.parametrize("page", PAGES)
def test_a_draft_can_be_edited(open_page: Open, page: str, lang: str):
    """The page opens in both languages, with fields that take something."""
    at = open_page("organizer", lang, page)
    boxes = [*at.text_input, *at.selectbox, *at.get("button_group")]
    assert any(not getattr(box, "disabled", False) for box in boxes)


@pytest.mark.parametrize("lang", [ANY_LANG])
@pytest.mark.parametrize("page", OF_A_ROUND)
def test_an_opened_round_is_shown_and_fixed(event: Event, open_page: Open, page: str, lang: str):
    """Every field is disabled, every act is gone, and the page says since when."""
    rounds.open_round(event.store, event.organizer, event.round_id, signed="all", at=events.AT)
    at = open_page("organizer", lang, page)
    own = page in ("organizers/prepare/entrants/page.py", "organizers/prepare/panel/page.py")
    fixed = f"{KEY_OF[page] if own else 'organizers.preparing'}.fixed"
    opened = rounds.round_view(event.store, event.organizer, event.round_id)["opened_at"]
    since = local(opened, "Asia/Shanghai").strftime("%Y-%m-%d %H:%M:%S")
    assert t(fixed, lang, at=since) in html(at)
    assert all(box.disabled for box in at.text_input)
    acts = ("act-add_entrant", "act-add_judge", "act-unseat", "act-leave_round")
    assert not any(has(at, key) for key in acts)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_sees_them(open_page: Open, role: str, page: str):
    """Whoever is not the organizer is refused in plain words."""
    name = "judge2" if role == "judge" else role
    assert is_refused(open_page(name, "zh", page, title=None), page)


def test_a_refused_day_stays_in_its_field_with_the_reason_under_it(sample: Sample, open_page: Open):
    """Nothing is written; the rest of what was typed stays too."""
    at = open_page("organizer", "zh", "organizers/prepare/event.py")
    competition_id = str(sample.who("organizer").competition_id)
    form = f"competition-{competition_id}"
    field(at, form, "-title").input("州级擂台赛")
    field(at, form, "-starts_on").input("三月")
    press(at, f"{form}-send")
    assert t("error.bad_day", "zh", value="三月") in html(at)
    assert field(at, form, "-starts_on").value == "三月"
    assert field(at, form, "-title").value == "州级擂台赛"
    row = people.current_competition(sample.store, sample.who("organizer"))
    assert row["title"] == "擂台赛"
    field(at, form, "-starts_on").input("2022.3.18")
    press(at, f"{form}-send")
    assert field(at, form, "-starts_on").value == "2022-03-18"
    assert t("ui.form.saved", "zh") in html(at)


def test_switching_the_language_keeps_what_was_typed(event: Event, open_page: Open):
    """And what is not saved is said to be so, in the other language."""
    at = open_page("organizer", "zh", "organizers/prepare/rules/page.py")
    form = f"rules-{event.round_id}"
    field(at, form, "-top").input("3").run()
    at.get("button_group")[0].set_value("en").run()
    assert not at.exception
    assert field(at, form, "-top").value == "3"
    assert t("ui.form.unsaved", "en") in html(at)
    assert t("organizers.rules.top_text", "en", top=3).strip() in html(at)


def test_the_sum_is_said_while_it_is_typed_and_refused_while_it_is_off(
    event: Event, open_page: Open
):
    """A maximum changed from 60 to 59; saved only once it is 100 again."""
    at = open_page("organizer", "zh", "organizers/prepare/rules/rubric.py")
    form = f"rubric-{event.round_id}"
    field(at, form, "x1.maximum").input("59").run()
    assert t("organizers.rubric.sum_off", "zh", total="99", full="100") in html(at)
    press(at, f"{form}-send")
    assert t("error.maxima_do_not_sum", "zh", total="99", full="100") in html(at)
    assert field(at, form, "x1.maximum").value == "59"
    field(at, form, "x1.maximum").input("60")
    field(at, form, "-floor").input("70")
    press(at, f"{form}-send")
    view = rounds.round_view(event.store, event.organizer, event.round_id)
    assert RoundRules.from_json(view["rules"]).floor == "70"


def test_a_preset_fills_the_fields_and_changes_nothing_before_it_is_saved(
    event: Event, open_page: Open
):
    """The whole of it is then saved at once."""
    at = open_page("organizer", "zh", "organizers/prepare/rules/page.py")
    before = rounds.round_view(event.store, event.organizer, event.round_id)["rules"]
    press(at, "take-one_panel")
    assert t("organizers.rules.official_trimmed", "zh", high=1, low=1, needed=5) in html(at)
    assert rounds.round_view(event.store, event.organizer, event.round_id)["rules"] == before
    sending = next(b.key for b in at.button if b.key and b.key.endswith("-send"))
    press(at, sending)
    view = rounds.round_view(event.store, event.organizer, event.round_id)
    rules = RoundRules.from_json(view["rules"])
    assert (rules.scoring.official, rules.hall) == ("trimmed", "scores")


def test_the_steps_of_the_tie_break_are_put_in_order(event: Event, open_page: Open):
    """One step down, another taken out, a third added."""
    at = open_page("organizer", "zh", "organizers/prepare/rules/page.py")
    press(at, "up-least_squares_tied")
    press(at, "out-countback")
    press(at, "add-mean_all")
    press(at, next(b.key for b in at.button if b.key and b.key.endswith("-send")))
    view = rounds.round_view(event.store, event.organizer, event.round_id)
    assert RoundRules.from_json(view["rules"]).scoring.keys == (
        "least_squares_tied",
        "precision",
        "first_criteria",
        "ruling",
        "lots",
        "mean_all",
    )


def test_an_entrant_is_added_from_the_list_of_places(event: Event, open_page: Open):
    """County, township, village: the code comes by itself."""
    at = open_page("organizer", "zh", "organizers/prepare/entrants/page.py")
    press(at, "act-add_entrant")
    at.selectbox(key="entrant-new-0-county_code").set_value("532525").run()
    township = places.townships("532525")[0].code
    at.selectbox(key="entrant-new-0-township_code_532525").set_value(township).run()
    village = at.selectbox(key=f"entrant-new-0-village_code_{township}")
    village.select_index(0).run()
    press(at, "entrant-new-send")
    found = readiness.panel_view(event.store, event.organizer, event.round_id).expected
    added = next(p.entrant for p in found if p.entrant["code"].startswith(township))
    assert len(added["code"]) == 12
    assert (added["county"], added["number"]) == ("石屏县", None)
    assert t("ready.numbers", "zh") in html(at)


def test_a_judge_is_added_with_the_next_number(event: Event, open_page: Open):
    """An empty name is refused in the dialog, which keeps the rest."""
    at = open_page("organizer", "zh", "organizers/prepare/panel/page.py")
    press(at, "act-add_judge")
    assert at.text_input(key="judge-new-0-number").value == "8"
    at.text_input(key="judge-new-0-unit").input("州水利局")
    press(at, "judge-new-send")
    assert t("error.blank", "zh", field=t("field.name", "zh")) in html(at)
    assert at.text_input(key="judge-new-0-unit").value == "州水利局"
    at.text_input(key="judge-new-0-name").input("评委·新")
    press(at, "judge-new-send")
    seats = readiness.panel_view(event.store, event.organizer, event.round_id).seats
    assert [(s["name"], s["unit"]) for s in seats if s["number"] == 8] == [("评委·新", "州水利局")]


@pytest.mark.parametrize("lang", BOTH)
def test_a_pasted_list_shows_what_it_was_read_as_and_enters_nothing_before(
    event: Event, open_page: Open, lang: str
):
    """A misspelt village holds the button; its proposal frees it, and the list is entered whole."""
    at = open_page("organizer", lang, "organizers/prepare/entrants/page.py")
    before = len(readiness.panel_view(event.store, event.organizer, event.round_id).expected)
    press(at, "act-paste_entrants")
    lines = "石屏县 坝心镇 黑泥村 *甲*\n弥勒市 弥阳街道 <b>乙</b>"
    at.text_area(key="paste-entrants-0-text").input(lines)
    press(at, "paste-entrants-read")
    assert t("organizers.pasting.line", lang, number=1) in html(at)
    assert "&lt;b&gt;乙&lt;/b&gt;" in html(at)
    assert at.button(key="paste-entrants-send").disabled
    press(at, "import-take-0-0")
    press(at, "paste-entrants-send")
    found = readiness.panel_view(event.store, event.organizer, event.round_id).expected
    assert len(found) == before + 2
    assert "532525103211" in {line.entrant["code"] for line in found}


def test_an_ambiguous_village_is_chosen_by_a_person(open_page: Open):
    """Taking all proposals at once leaves it: two villages of one name are equally likely."""
    at = open_page("organizer", "zh", "organizers/prepare/entrants/page.py")
    press(at, "act-paste_entrants")
    lines = "石屏县 坝心镇 黑泥村\n石屏县 坝心镇 海冬村\n开远市 龙潭村"
    at.text_area(key="paste-entrants-0-text").input(lines)
    press(at, "paste-entrants-read")
    stops = [button for button in at.button if str(button.key).startswith("import-take-")]
    assert len(stops) > 2
    press(at, "import-all")
    assert at.button(key="paste-entrants-send").disabled
    left = [str(button.label) for button in at.button if str(button.key).startswith("import-take-")]
    assert len(left) == 2
    assert all("龙潭村" in label for label in left)


def test_pasted_judges_take_the_next_seats(event: Event, open_page: Open):
    """Numbered after those there are; the panel of a round that has sessions is not touched."""
    at = open_page("organizer", "zh", "organizers/prepare/panel/page.py")
    sessions = readiness.panel_view(event.store, event.organizer, event.round_id).sessions
    press(at, "act-paste_judges")
    at.text_area(key="paste-judges-0-text").input("张某 石屏县\n李某 州水利局")
    press(at, "paste-judges-read")
    press(at, "paste-judges-send")
    panel = readiness.panel_view(event.store, event.organizer, event.round_id)
    added = [(s["number"], s["county"], s["unit"]) for s in panel.seats if s["number"] > 7]
    assert added == [(8, "石屏县", ""), (9, "", "州水利局")]
    assert len(panel.sessions) == len(sessions)


def test_the_logo_is_shown_from_the_database(event: Event, open_page: Open):
    """As a data address, never as a path."""
    competitions.set_logo(event.store, event.organizer, PNG, at=events.AT)
    assert 'src="data:image/png;base64,' in html(
        open_page("organizer", "zh", "organizers/prepare/event.py")
    )


def test_opening_reads_out_what_it_freezes(event: Event, open_page: Open):
    """Every rule in a sentence, before anything is done."""
    at = open_page("organizer", "zh", "organizers/overview.py")
    press(at, "act-open_round")
    shown = html(at)
    assert t("organizers.opening_words.frozen", "zh") in shown
    assert t("organizers.rules.grace_text", "zh", seconds=120) in shown
    assert t("organizers.rules.recusal.county.text", "zh") in shown
    press(at, "confirm-open_round")
    assert t("error.rules_unsigned", "zh") in html(at)
    at.text_input(key="open-signed").set_value("13 名领队").run()
    press(at, "confirm-open_round")
    view = rounds.round_view(event.store, event.organizer, event.round_id)
    assert view["state"] == "open"
    assert view["rules_hash"] in html(at)


@pytest.mark.parametrize("lang", BOTH)
def test_the_panel_says_what_it_promises(open_page: Open, lang: str):
    """Loads, losses and precision, each from the plan."""
    at = open_page("organizer", lang, "organizers/prepare/panel/page.py")
    at.button_group(key="panel-part").set_value("counts").run()
    said = unescape(html(at))
    assert t("organizers.promises.title", lang) in said
    assert t("organizers.promises.known_to", lang, points="|", sd="3").split("|")[1] in said


def test_the_blank_workbook_can_be_downloaded(open_page: Open):
    """Beside the place where the filled one is chosen."""
    at = open_page("organizer", "zh", "organizers/prepare/import_page.py")
    assert html(at).count("/download/") == 2  # and the round's lists as they are
    assert template("zh")[:2] == b"PK"


class TestNothingYet:
    """A competition with nothing in it."""

    @pytest.fixture
    def event(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
        """Only its organizer."""
        path = tmp_path / "arena.db"
        monkeypatch.setenv("ARENA_DB", str(path))
        yield events.begin(competition.open_store(path))
        competition.close_all()

    @pytest.mark.parametrize("lang", BOTH)
    @pytest.mark.parametrize("page", OF_A_ROUND)
    def test_every_page_says_what_will_be_there(self, open_page: Open, page: str, lang: str):
        """And where to begin."""
        shown = html(open_page("organizer", lang, page))
        key = KEY_OF[page]
        assert t(f"{key}.will_be", lang) in shown
        assert t("organizers.preparing.no_round", lang) in shown

    def test_a_round_is_made_and_the_next_step_is_named(self, event: Event, open_page: Open):
        """A name, a method and a number of places are wanted; then the rubric is next."""
        at = open_page("organizer", "zh", "organizers/prepare/event.py")
        press(at, "act-create_round")
        at.text_input(key="round-new-0-title").input("村级决赛")
        press(at, "round-new-send")
        assert rounds.rounds_of(event.store, event.organizer) == []
        assert t("error.blank", "zh", field=t("field.preset", "zh")) in html(at)
        at.button_group(key="round-new-0-preset").set_value("one_panel")
        at.text_input(key="round-new-0-top").input("3")
        press(at, "round-new-send")
        made = rounds.rounds_of(event.store, event.organizer)
        assert [row["title"] for row in made] == ["村级决赛"]
        scoring = RoundRules.from_json(made[0]["rules"]).scoring
        assert (scoring.official, scoring.top) == ("trimmed", 3)
        page = t("organizers.rubric.title", "zh")
        assert t("organizers.preparing.next", "zh", page=page) in [
            link.proto.label for link in at.get("page_link")
        ]

    def test_a_workbook_makes_a_round_once_method_and_places_are_given(
        self, event: Event, open_page: Open
    ):
        """Without a method the import is refused, and nothing is entered; then all of it is."""
        at = open_page("organizer", "zh", "organizers/prepare/import_page.py")
        at.file_uploader[0].set_value(("决赛.xlsx", content(sheets()), "application/xlsx")).run()
        assert t("organizers.import_page.difference.new", "zh") in html(at)
        press(at, "import-send")
        assert t("error.blank", "zh", field=t("field.preset", "zh")) in html(at)
        assert rounds.rounds_of(event.store, event.organizer) == []
        (preset,) = [one for one in at.button_group if (one.key or "").endswith("-preset")]
        preset.set_value("several_panels").run()
        field(at, "import-", "-top").set_value("2").run()
        press(at, "import-send")
        (made,) = rounds.rounds_of(event.store, event.organizer)
        assert RoundRules.from_json(made["rules"]).scoring.top == 2

    def test_the_sample_rubric_is_one_press_and_stays_marked(self, event: Event, open_page: Open):
        """Until an organizer ticks that the host has confirmed it."""
        round_id = rounds.create_round(
            event.store, event.organizer, title="决赛", at=datetime.now(UTC)
        )
        at = open_page("organizer", "zh", "organizers/prepare/rules/rubric.py")
        press(at, "rubric-stage-send")
        assert t("organizers.rubric.sample", "zh") in html(at)
        view = rounds.round_view(event.store, event.organizer, round_id)
        assert (view["maximum"], view["sample_rubric"]) == ("100", 1)
        ticks = [box for box in at.checkbox if (box.key or "").endswith("-confirmed")]
        ticks[0].check()
        press(at, f"rubric-{round_id}-send")
        assert rounds.round_view(event.store, event.organizer, round_id)["sample_rubric"] == 0
        assert t("organizers.rubric.sample", "zh") not in html(at)


@pytest.mark.parametrize("lang", BOTH)
def test_a_rehearsal_is_one_press_and_says_how_to_open_it(event: Event, open_page: Open, lang: str):
    """A file beside the event's, never the same twice; the event keeps only the note of it."""
    at = open_page("organizer", lang, "organizers/prepare/event.py")
    press(at, "act-make_rehearsal")
    press(at, "confirm-make_rehearsal")
    ending = t("command.rehearse.file_rehearsal", lang)
    made = event.store.path.with_name(f"arena-{ending}.db")
    assert made.exists()
    assert f"--db {made}" in at.code[0].value
    copy = competition.open_store(made)
    with copy.reading() as tx:
        (row,) = competition_rows.all_of(tx)
    assert (row["sample"], row["rehearsal"]) == (1, 1)
    assert t("command.rehearse.title_rehearsal", lang, title="擂台赛") == row["title"]
    assert not list(made.parent.glob("*.part*"))
