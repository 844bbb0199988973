"""The pages on which office and counties write: a refusal stands at its field."""

import json
import re
from typing import Any

from streamlit.testing.v1 import AppTest

from competition.programme import programmes
from competition.rights import READS
from overview.picking import MOST_LISTED
from tests.opening import Open, Sample, html
from tests.overview.conftest import AT
from ui.pages import OVERVIEW
from words import t

MINE = "532529"


def type_in(at: AppTest, form: str, **values: str) -> None:
    """Type into the fields of a form."""
    for field, value in values.items():
        (box,) = [one for one in at.text_input if (one.key or "").endswith(f"-{field}")
                  and (one.key or "").startswith(form)]  # fmt: skip
        box.set_value(value)


def send(at: AppTest, form: str) -> None:
    """Press the form's button."""
    (button,) = [one for one in at.button if one.key == f"{form}-send"]
    button.click().run()
    assert not at.exception, [error.value for error in at.exception]


def one(sample: Sample, sql: str, **values: Any) -> Any:
    """The first value of a query."""
    with sample.store.reading() as tx:
        return tx.value(sql, **values)


def test_a_year_is_begun_with_each_refusal_at_its_field(open_page: Open, sample: Sample):
    at = open_page("office", "zh", "overview/years.py")
    type_in(at, "begin-year", year="明年", title="", begins_on="某日")
    send(at, "begin-year")
    shown = html(at)
    assert shown.count('<div class="a-wrong"') == 3
    assert one(sample, "SELECT count(*) FROM programmes") == 2
    type_in(at, "begin-year", year="2031", title="村庄规划", begins_on="2031-02-05")
    send(at, "begin-year")
    assert one(sample, "SELECT begins_on FROM programmes WHERE year = 2031") == "2031-02-05"
    assert ">2031<" in html(at)


def test_the_organizer_begins_a_year_and_lists_no_village(open_page: Open, sample: Sample):
    at = open_page("organizer", "zh", "overview/years.py")
    assert any(one.key == "begin-year-send" for one in at.button)
    assert not any("village-" in (one.key or "") for one in at.button)


def test_a_step_of_a_running_year_moves_only_with_a_reason(open_page: Open, sample: Sample):
    programme = one(sample, "SELECT id FROM programmes ORDER BY year DESC LIMIT 1")
    with sample.store.writing() as tx:
        tx.run("UPDATE programmes SET sample_steps = 0 WHERE id = :p", p=programme)
    at = open_page("office", "zh", "overview/template.py")
    form = f"stage-{programme}-1"
    type_in(at, form, **{"due_on-1": "2031-01-01"})
    send(at, form)
    assert t("error.reason_needed", "zh") in html(at)
    assert one(sample, "SELECT count(*) FROM step_versions") == 0
    type_in(at, form, reason="春节顺延")
    send(at, form)
    assert one(sample, "SELECT max(version) FROM step_versions") == 2
    assert "春节顺延" in html(at)


def test_a_county_reports_money_in_ten_thousands_and_takes_it_back(open_page: Open, sample: Sample):
    """Its list names its own villages, and no other."""
    at = open_page("county", "zh", "overview/report.py")
    (villages,) = [box for box in at.selectbox if box.key == "report-village"]
    assert villages.options
    with sample.store.reading() as tx:
        code = str(tx.value("SELECT min(code) FROM task_villages WHERE code LIKE :c", c=f"{MINE}%"))
    (part,) = [box for box in at.button_group if box.key == "report-part"]
    assert "back" not in str(part.options)
    part.set_value(["fund"]) if isinstance(part.value, list) else part.set_value("fund")
    at.run()
    form = f"report-fund-{code}"
    type_in(at, form, figure_amount="12.5", source="省级")
    send(at, form)
    sql = "SELECT amount FROM village_figures WHERE code = :c AND source = '省级' AND amount = :a"
    assert one(sample, sql, c=code, a=125_000) == 125_000
    type_in(at, form, figure_amount="0", source="省级")
    send(at, form)
    assert one(sample, sql, c=code, a=125_000) is None
    type_in(at, form, figure_amount="很多", source="")
    send(at, form)
    assert 'class="a-wrong"' in html(at)


def test_a_step_without_a_day_is_refused_and_a_report_is_taken_back_by_its_own_button(
    open_page: Open, sample: Sample
):
    """An emptied field takes nothing back."""
    at = open_page("county", "zh", "overview/report.py")
    sql = "SELECT count(*) FROM village_steps WHERE done_on NOTNULL AND code LIKE :c"
    before = one(sample, sql, c=f"{MINE}%")
    with sample.store.reading() as tx:
        code = str(tx.value("SELECT min(code) FROM task_villages WHERE code LIKE :c", c=f"{MINE}%"))
    form = f"report-step-{code}"
    type_in(at, form, done_on="")
    send(at, form)
    assert '<div class="a-wrong"' in html(at)
    assert one(sample, sql, c=f"{MINE}%") == before
    (step,) = [box for box in at.selectbox if (box.key or "").endswith("-step")]
    number = step.value
    today = one(sample, "SELECT date('now', '+8 hours')")
    type_in(at, form, done_on=today)
    send(at, form)
    assert one(sample, sql, c=f"{MINE}%") == before + 1
    (step,) = [box for box in at.selectbox if (box.key or "").endswith("-step")]
    step.set_value(number)
    (back,) = [button for button in at.button if button.key == f"{form}-back"]
    back.click().run()
    assert one(sample, sql, c=f"{MINE}%") == before


def test_an_answer_that_is_not_enough_is_asked_for_again(open_page: Open, sample: Sample):
    letter = one(
        sample, "SELECT id FROM dispatches WHERE answered_on NOTNULL AND closed_on IS NULL"
    )
    at = open_page("office", "zh", "overview/dispatches.py")
    type_in(at, f"again-{letter}", asked="请附图件", due_on="2031-01-01")
    send(at, f"again-{letter}")
    assert one(sample, "SELECT asked FROM dispatch_rounds") == "请附图件"
    assert "请附图件" in html(at)


def test_a_closed_year_offers_no_form(open_page: Open, sample: Sample):
    year = one(sample, "SELECT min(year) FROM programmes")
    for name in ("report", "imports", "template", "steps", "meetings", "dispatches", "needs"):
        at = open_page("office", "zh", f"overview/{name}.py", year=str(year))
        assert not [one.key for one in at.button if (one.key or "").endswith("-send")], name


def of_province(sample: Sample) -> None:
    """More task villages than a list may have."""
    programme = one(sample, "SELECT id FROM programmes ORDER BY year DESC LIMIT 1")
    villages = [
        programmes.Village(f"532503{at:06d}", "蒙自市", "草坝镇", f"样例{at}村")
        for at in range(MOST_LISTED + 1)
    ]
    programmes.put_task_villages(sample.store, sample.who_is("office"), programme, villages, at=AT)


def test_no_picker_of_any_page_lists_the_villages_of_a_province(open_page: Open, sample: Sample):
    """A phone that opens it is sent at most as many as a list may have."""
    of_province(sample)
    at = open_page("office", "zh", OVERVIEW[0].path)
    for page in (page for page in OVERVIEW if "office" in READS[page.read].roles):
        at.switch_page(page.path).run()
        assert not at.exception, page.key
        for box in (*at.selectbox, *at.multiselect):
            assert len(box.options) <= MOST_LISTED, (page.key, box.key)


def test_a_village_of_a_province_is_picked_by_what_is_typed(open_page: Open, sample: Sample):
    """Those picked stay while others are looked for; one letter finds none yet."""
    of_province(sample)
    at = open_page("office", "zh", "overview/meetings.py")
    meeting = f"meeting-{one(sample, 'SELECT id FROM programmes ORDER BY year DESC LIMIT 1')}"

    def find(typed: str) -> Any:
        type_in(at, meeting, find=typed)
        at.run()
        return next(box for box in at.get("multiselect") + at.get("button_group")
                    if (box.key or "").startswith(meeting))  # fmt: skip

    assert not find("样").options
    picked = []
    for code in ("532503000007", "532503000009"):
        box = find(code)
        assert len(box.options) == len(picked) + 1
        picked.append(code)
        box.set_value(picked)
        at.run()
    type_in(at, meeting, title="现场会", held_on="2031-01-01")
    send(at, meeting)
    assert one(sample, "SELECT villages FROM meetings WHERE title = '现场会'") == json.dumps(picked)
    at = open_page("office", "zh", "overview/report.py")
    (box,) = [box for box in at.text_input if box.key == "report-find"]
    box.set_value("样例7村").run()
    assert "code=532503000007" in html(at)
    assert not [one.key for one in at.button if (one.key or "").endswith("-send")]
    at = open_page("office", "zh", "overview/report.py", code="532503000007")
    assert [one.key for one in at.button if (one.key or "").endswith("-send")]


def test_the_last_step_that_waits_is_returned_and_the_page_says_so(open_page: Open, sample: Sample):
    """Its form has gone with it."""
    with sample.store.writing() as tx:
        tx.run(
            """UPDATE village_steps SET done_on = NULL WHERE confirmed_on IS NULL AND code <> (
            SELECT min(code) FROM village_steps WHERE confirmed_on IS NULL AND done_on NOTNULL)"""
        )
    at = open_page("office", "zh", "overview/steps.py")
    programme = one(sample, "SELECT id FROM programmes ORDER BY year DESC LIMIT 1")
    while any(button.key == f"return-{programme}-send" for button in at.button):
        (which,) = [box for box in at.selectbox if (box.key or "").startswith("return-")]
        (reason,) = [box for box in at.text_input if (box.key or "").startswith("return-")]
        which.set_value(which.options[0] if which.value is None else which.value)
        reason.set_value("补签到册")
        at.run()
        send(at, f"return-{programme}")
    assert t("overview.steps.returned", "zh") in html(at)
    assert one(sample, "SELECT count(*) FROM village_steps WHERE returned = '补签到册'") > 0


def test_a_fault_of_a_list_is_put_right_on_the_page(open_page: Open, sample: Sample):
    """A day typed into its cell; then the row is entered, and what was typed is no formula."""
    code = one(sample, "SELECT min(code) FROM task_villages WHERE code LIKE :c", c=f"{MINE}%")
    at = open_page("county", "zh", "overview/imports.py")
    (kind,) = [box for box in at.button_group if box.key == "import-kind"]
    kind.set_value("needs")
    at.run()
    rows = f"村级代码,需求,提出日期\n{code},样例水窖,=昨天\n"
    at.file_uploader[0].set_value(("需求.csv", rows.encode(), "text/csv")).run()
    assert not at.exception, [error.value for error in at.exception]
    assert not [button for button in at.button if button.key == "enter-lines"]
    (box,) = [box for box in at.text_input if box.key == "import-typed-0"]
    box.set_value("2026-10-21")
    (write,) = [button for button in at.button if button.key == "import-write-0"]
    write.click().run()
    (enter,) = [button for button in at.button if button.key == "enter-lines"]
    enter.click().run()
    assert one(sample, "SELECT asked_on FROM needs WHERE text = '样例水窖'") == "2026-10-21"


def test_a_county_reads_whose_needs_are_counted(open_page: Open, sample: Sample):
    """What is open is every county's; what was taken on or met is its own."""
    programme = one(sample, "SELECT id FROM programmes ORDER BY year DESC LIMIT 1")
    count = "SELECT count(*) FROM needs WHERE programme_id = :p"
    there = {
        "open": one(sample, f"{count} AND matched_on IS NULL", p=programme),
        "matched": one(
            sample,
            f"{count} AND matched_on IS NOT NULL AND met_on IS NULL AND code LIKE :c",
            p=programme,
            c=f"{MINE}%",
        ),
        "met": one(
            sample, f"{count} AND met_on IS NOT NULL AND code LIKE :c", p=programme, c=f"{MINE}%"
        ),
    }
    seen = re.sub("<[^>]*>", "", html(open_page("county", "zh", "overview/needs.py")))
    assert t("overview.needs.counts_of_county", "zh", **there) in seen
    seen = re.sub("<[^>]*>", "", html(open_page("office", "zh", "overview/needs.py")))
    assert t("overview.needs.counts_of_county", "zh", **there)[:6] not in seen
