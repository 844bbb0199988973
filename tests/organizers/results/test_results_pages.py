"""The pages behind a result: who may open them, and what they say."""

import re
from html import unescape
from io import BytesIO

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from competition.marks import remarks
from competition.marks.own_work import own_work
from competition.results import standings
from competition.results.presenting import presenter_sheet
from competition.times import local
from exports import explanation, explanation_docx
from organizers.results.standings.claims import claims
from scoring import headlines
from tests.opening import ANY_LANG, BOTH, Open, Sample, html
from tests.organizers.acting import certify, close, confirm, events, has, is_refused, now, press
from ui.pages import KEY_OF
from words import t

WHY = "organizers/results/why/page.py"
JUDGES = "organizers/results/analysis/judges.py"
ANNEX = "organizers/results/analysis/annex.py"
IF = "organizers/results/analysis/trial.py"
AFTER_CLOSING = (WHY, JUDGES, IF)


def found(sample: Sample) -> standings.RoundStandings:
    return standings.standings(sample.store, sample.who("organizer"), sample.round_id, at=now())


def content(at: AppTest) -> str:
    """What the page says, without its style sheet."""
    return re.sub(r"<style>.*?</style>", "", html(at), flags=re.DOTALL)


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("page", [*AFTER_CLOSING, ANNEX])
def test_each_page_opens_after_closing_in_both_languages(
    open_page: Open, sample: Sample, page: str, lang: str
):
    """For the organizer; no page shows a missing word, a NaN or an id."""
    close(sample)
    at = open_page("organizer", lang, page)
    said = content(at)
    assert "nan" not in re.sub(r"<[^>]*>", " ", said).split()
    assert not re.search(r">[0-9a-f]{24}<", said)


@pytest.mark.parametrize("page", AFTER_CLOSING)
def test_while_marking_goes_on_they_name_the_act_that_opens_them(open_page: Open, page: str):
    """No figure yet: what will be there, and what brings it."""
    said = content(open_page("organizer", "zh", page))
    assert t("later.closed", "zh") in said
    assert t(f"{KEY_OF[page]}.will_be", "zh") in said
    assert t("clears.close_round", "zh") in said
    assert "<table" not in said


@pytest.mark.parametrize(
    "role",
    [
        "judge1",
        *(
            pytest.param(
                role,
                marks=pytest.mark.long(
                    "every_page/test_matrix.py::test_every_page_shows_what_a_role_may_see"
                ),
            )
            for role in ("judge5", "host")
        ),
    ],
)
@pytest.mark.parametrize("page", [*AFTER_CLOSING, ANNEX])
def test_nobody_else_sees_a_figure(open_page: Open, sample: Sample, page: str, role: str):
    """Judges, the chair and the host: no mark, no severity, no chance."""
    close(sample)
    said = content(open_page(role, "zh", page, title=None))
    for name in ("a-marks", "a-meanings", "a-decision", t("organizers.annex.model", "zh")):
        assert name not in said


def test_the_scorekeeper_reads_sheets_but_not_judges(open_page: Open, sample: Sample):
    """How judges marked is for organizer and supervisor."""
    close(sample)
    assert is_refused(open_page("scorekeeper", "zh", JUDGES, title=None), JUDGES)
    assert "a-marks" in content(open_page("scorekeeper", "zh", WHY))
    assert "a-meanings" in content(open_page("supervisor", "zh", JUDGES))


@pytest.mark.parametrize("lang", BOTH)
def test_why_shows_every_mark_and_the_published_figure(open_page: Open, sample: Sample, lang: str):
    """First the winner; another choice shows another entrant."""
    close(sample)
    lines = found(sample).lines
    at = open_page("organizer", lang, WHY)
    assert f"<b>{lines[0].official}</b>" in content(at)
    assert t("fate.high", lang) in content(at)
    at.selectbox(key="why-entrant").select(lines[20].entrant_id).run()
    assert not at.exception
    assert f"<b>{lines[20].official}</b>" in content(at)
    assert f"<b>{lines[0].official}</b>" not in content(at)


@pytest.mark.parametrize("lang", BOTH)
def test_a_chance_at_an_end_and_a_rank_alone_are_said_as_such(
    open_page: Open, sample: Sample, lang: str
):
    """Neither "about 100%" nor "between 1 and 1"."""
    close(sample)
    frame = found(sample).numbers.entrants
    sure = frame.index[(frame["p_top"] > 0.98)][0]
    alone = frame["rank_low"] == frame["rank_high"]
    at = open_page("organizer", lang, WHY)
    for entrant in {sure, *frame.index[alone][:1]}:
        at.selectbox(key="why-entrant").select(entrant).run()
        said = content(at)
        assert (t("organizers.why.line_at.chance_over", lang) in said) == (entrant == sure)
        low = frame.loc[entrant, "rank_low"]
        one = t("organizers.why.line_at.one_rank", lang, low=low)
        assert (one in said) == bool(alone[entrant])


def test_why_shows_what_a_judge_remarked(open_page: Open, sample: Sample):
    """With the judge's seat; a private note stays the judge's, a presenter reads neither."""
    mine = own_work(sample.store, sample.who("judge1"), sample.round_id, at=now())["sheets"]
    entrant = next(sheet["id"] for sheet in mine if sheet["state"] != "recused")
    kept = ("remark", "思路<b>清楚</b>"), ("note", "想再看看")
    for kind, words in kept:
        remarks.write(
            sample.store,
            sample.who("judge1"),
            round_id=sample.round_id,
            entrant_id=entrant,
            kind=kind,
            text=words,
            change_id=kind,
            at=now(),
        )
    close(sample)
    at = open_page("organizer", "zh", WHY)
    at.selectbox(key="why-entrant").select(entrant).run()
    assert "<dt>评委01</dt><dd>思路&lt;b&gt;清楚&lt;/b&gt;</dd>" in html(at)
    assert "想再看看" not in html(at)


def version(at: AppTest, choice: str) -> AppTest:
    at.button_group(key="why-version").set_value(choice).run()
    assert not at.exception, [error.value for error in at.exception]
    return at


def test_the_presenters_version_waits_for_the_certificate(open_page: Open, sample: Sample):
    """Before certifying it says so, and offers no file."""
    close(sample)
    at = version(open_page("organizer", "zh", WHY), "presenter")
    assert t("organizers.why.none.presenter", "zh") in content(at)
    assert "/download/" not in content(at)


@pytest.mark.parametrize("lang", BOTH)
def test_the_presenters_version_and_its_file(open_page: Open, sample: Sample, lang: str):
    """After certifying: score, edition and hash; a Word file beside it; nobody's severity."""
    certificate = certify(sample)
    at = version(open_page("organizer", lang, WHY), "presenter")
    said = content(at)
    line = found(sample).lines[0]
    assert t("results.paper.score_words", lang, score=line.official) in said
    assert str(certificate["sha256"]) in said
    assert t("term.severity", lang) not in said
    assert content(at).count("/download/") == 1


@pytest.mark.parametrize("lang", BOTH)
def test_the_word_file_says_what_the_page_says(sample: Sample, lang: str):
    """Every line of the paper is in the file, and the table row by row."""
    certify(sample)
    who, today = sample.who("organizer"), now().date()
    for line in found(sample).lines[11:15]:
        sheet = presenter_sheet(sample.store, who, sample.round_id, line.entrant_id, at=now())
        paper = explanation.explanation_paper(sheet, lang)
        document = Document(BytesIO(explanation_docx.render(paper)))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        for title, lines in paper.sections:
            assert title in text
            assert all(one in text for one in lines)
        assert paper.foot_line in text
        rows = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
        assert rows == [paper.head, *paper.rows]
        about = document.core_properties
        assert (about.author, about.comments) == (t("exports.xlsx.creator", lang), "")
        assert today <= about.created.date() <= now().date()


@pytest.mark.parametrize("lang", [ANY_LANG])
def test_judges_names_come_only_on_a_logged_click(open_page: Open, sample: Sample, lang: str):
    """A dialog says what will be logged; the click is one event; hiding hides."""
    close(sample)
    at = open_page("supervisor", lang, JUDGES)
    column = f">{t('organizers.judges_report.name', lang)}<"
    assert column not in content(at)
    confirm(at, "reveal") if has(at, "confirm-reveal") else press(at, "act-reveal")
    assert t("organizers.judges_report.reveal_text", lang) in content(at)
    assert "judges_revealed" not in events(sample)
    press(at, "confirm-reveal_judges")
    assert column in content(at)
    assert events(sample)[-1] == "judges_revealed"
    press(at, "act-hide")
    assert column not in content(at)


@pytest.mark.parametrize("part", ["seats", "reliability", "criteria", "missing"])
@pytest.mark.parametrize("lang", BOTH)
def test_every_part_of_the_annex_opens(open_page: Open, lang: str, part: str):
    """Also while the round is open: that is when sheets are missing."""
    at = open_page("organizer", lang, ANNEX)
    at.button_group(key="annex-part").set_value(part).run()
    assert not at.exception, [error.value for error in at.exception]
    assert "a-table" in content(at)
    kinds = [_kind(element) for element in at.main]
    assert kinds.index("picture") < kinds.index("table")


def _kind(element: object) -> str:
    """A picture, a table, or something else of a page."""
    if str(getattr(element, "type", "")).endswith("vega_lite_chart"):
        return "picture"
    return "table" if "a-table" in str(getattr(element, "value", "")) else ""


def test_chances_are_in_steps_of_five(open_page: Open):
    """Finer would say more than the model knows; what it assumes stands beside it."""
    said = content(open_page("organizer", "zh", ANNEX))
    chances = [int(text) for text in re.findall(r">(\d+)%<", said)]
    assert chances
    assert all(chance % 5 == 0 and 0 < chance < 100 for chance in chances)
    assert t("organizers.annex.model", "zh") in said


@pytest.mark.parametrize("lang", BOTH)
def test_a_hypothesis_is_marked_and_kept_nowhere(open_page: Open, sample: Sample, lang: str):
    """Another method: the finding, the table, the mark; no event."""
    close(sample)
    kinds = events(sample)
    at = open_page("organizer", lang, IF)
    assert t("organizers.what_if.ask", lang) in content(at)
    at.selectbox(key="if-official").select("precision").run()
    assert not at.exception, [error.value for error in at.exception]
    said = content(at)
    assert t("organizers.what_if.mark", lang) in said
    at_last = local(found(sample).as_of, "Asia/Shanghai").strftime("%Y-%m-%d %H:%M:%S")
    assert t("organizers.what_if.kept", lang, at=at_last, seq=found(sample).seq) in said
    assert events(sample) == kinds


def apart(sample: Sample) -> tuple[int, int]:
    """Two judges who have no entrant in common."""
    numbers = found(sample).numbers.tally.counted
    seen = {
        found(sample).judges[judge]: set(numbers.entrant[numbers.judge == at].tolist())
        for at, judge in enumerate(numbers.judges)
    }
    return next((a, b) for a in seen for b in seen if a < b and not seen[a] & seen[b])


def test_a_hypothesis_that_cannot_be_is_refused_in_words(open_page: Open, sample: Sample):
    """Without the judges who tie the sessions together: a plain refusal, no traceback."""
    close(sample)
    at = open_page("organizer", "zh", IF)
    seats = [seat for seat in range(1, 16) if seat not in apart(sample)]
    at.multiselect(key="if-without").set_value(seats).run()
    assert not at.exception, [error.value for error in at.exception]
    assert "a-refused" in content(at)


def test_standings_lead_to_why(open_page: Open, sample: Sample):
    """The button appears once sheets may be read."""
    close(sample)
    at = press(open_page("organizer", "zh", "organizers/results/standings/page.py"), "act-why")
    assert f">{t('organizers.why.title', 'zh')}</h1>" in html(at)


@pytest.mark.parametrize("lang", BOTH)
def test_standings_say_how_the_last_seats_were_given(open_page: Open, sample: Sample, lang: str):
    """One arithmetic sentence for a close cut; while sheets are missing, who is settled."""
    said = content(open_page("organizer", lang, "organizers/results/standings/page.py"))
    assert t("organizers.standings.decided", lang) in said
    numbers = found(sample).numbers
    states = numbers.bounds["state"].tolist()
    counts = {state: states.count(state) for state in ("safe", "contention", "out")}
    assert not numbers.bounds_hold
    assert t("organizers.standings.bounds_stand", lang, missing=5, **counts) in said


@pytest.mark.parametrize("lang", BOTH)
def test_the_standings_say_every_finding_there_is(open_page: Open, sample: Sample, lang: str):
    """Over the table: each claim of scoring's headlines, in words with village numbers."""
    said = content(open_page("organizer", lang, "organizers/results/standings/page.py"))
    standing = found(sample)
    findings = headlines(standing.numbers)
    assert {"line", "judges", "recusals", "belonging"} <= {one.name for one in findings}
    for claim, proof in claims(lang, standing):
        assert str(claim) in unescape(said)
        assert str(proof) in unescape(said)
