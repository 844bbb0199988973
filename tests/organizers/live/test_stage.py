"""The page of the day: seats without marks, each role its buttons, and what waits for a person."""

import re
from datetime import timedelta

import pytest

from competition.marks import deductions, reopening
from competition.stage.live import live
from organizers.live.desk import todo
from tests.every_page.test_matrix import somebody
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import close, events, has, keyed, now, press, refused, second_person
from words import t

PAGE = "organizers/live/desk/page.py"


@pytest.mark.parametrize("lang", BOTH)
def test_the_desk_shows_who_is_on_and_how_far_each_seat_is(open_page: Open, lang: str):
    """Number and village large; every seat, who counts and who does not; no mark anywhere."""
    page = html(open_page("organizer", lang, PAGE))
    assert page.count('class="a-seat-box') == 15
    assert page.count('data-state="apart"') == 6
    note = t("organizers.stage.seats_note", lang, number="{n}", submitted=6, expected=9)
    assert note.partition("{n}")[2] in page
    assert re.search(r'class="a-judges"><span>[^<]+</span><b>9/9<', page)
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL))
    assert re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", text) == []


@pytest.mark.parametrize("role", ["scorekeeper", "supervisor"])
def test_others_cannot_move_the_stage(open_page: Open, role: str):
    """The next step is shown, and whose it is; nothing else of the stage can be pressed."""
    at = open_page(role, "zh", PAGE)
    assert at.button(key=keyed(at, "next")).disabled
    assert not has(at, "also")
    assert t("role.organizer", "zh") in html(at)
    for act in ("reorder", "adjourn", "exception"):
        assert not has(at, f"act-{act}")


ROLES = {
    "organizer": {"reorder", "exception", "adjourn", "deduct", "set_presence", "mark_absent"},
    "host": {"reorder", "exception", "adjourn"},
    "timekeeper": {"deduct"},
    "scorekeeper": {"deduct", "set_presence", "mark_absent"},
    "supervisor": set(),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_own_buttons(open_page: Open, sample: Sample, role: str):
    """And no other's, on the same page."""
    at = open_page(somebody(sample, role), "zh", PAGE)
    every = set().union(*ROLES.values())
    assert {act for act in every if has(at, f"act-{act}")} == ROLES[role]
    assert has(at, "act-substitute") == (role in ("organizer", "scorekeeper"))
    assert has(at, "screen-black") == (role in ("organizer", "host"))


@pytest.mark.parametrize(("spare", "is_red"), [(30, False), (-30, True)])
def test_missing_sheets_are_red_only_after_the_time_that_the_line_names(
    open_page: Open, sample: Sample, monkeypatch: pytest.MonkeyPatch, spare: int, is_red: bool
):
    """Half a minute before it the wait is neutral, half a minute after it wants a person."""
    shown = live(sample.store, sample.who("organizer"), sample.round_id, at=now())
    assert shown.since is not None
    gone_by = now() - shown.since
    monkeypatch.setattr(todo, "MARKING_TIME", gone_by + timedelta(seconds=spare))
    page = html(open_page("organizer", "zh", PAGE))
    line = re.search(r'<div class="a-wants( a-overdue)?">(?:(?!<div).)*还差', page, re.DOTALL)
    assert line is not None
    assert bool(line[1]) is is_red


def test_at_most_three_things_to_do_and_the_rest_behind_a_button(open_page: Open, sample: Sample):
    """Five deductions wait: three are listed, with how many more there are."""
    for number in range(1, 6):
        with sample.store.reading() as tx:
            entrant = tx.value("SELECT entrant_id FROM round_entrants WHERE number = :n", n=number)
        deductions.deduct(
            sample.store, sample.who("scorekeeper"), sample.round_id, entrant, "0.1",
            reason="超时", at=now(),
        )  # fmt: skip
    at = open_page("supervisor", "zh", PAGE)
    more = [one for one in at.get("popover") if one.proto.popover.label]
    assert t("organizers.attention.title", "zh", count=6) in html(at)
    assert [one.proto.popover.label for one in more] == [
        t("organizers.attention.others", "zh", count=3)
    ]


def test_a_deduction_counts_only_after_the_supervisor_confirms(open_page: Open, sample: Sample):
    """Entered by one, confirmed by another; the one who entered it reads to wait."""
    at = press(open_page("scorekeeper", "zh", PAGE), "act-deduct")
    at.text_input(key="deduct-amount").input("0.10")
    at.text_area(key="reason-deduct").input("超时 7 秒")
    press(at, "confirm-deduct")
    assert t("organizers.attention.deduction", "zh", number="40号", points="0.10") in html(at)
    assert second_person(at, "confirm") == []
    second = open_page("supervisor", "zh", PAGE)
    press(second, second_person(second, "confirm")[0])
    assert events(sample)[-1] == "deduction_confirmed"
    assert "0.10" not in html(second)


def test_an_amount_that_is_none_is_refused(open_page: Open, sample: Sample):
    """Nothing is written; the dialog stays for the next amount."""
    at = press(open_page("organizer", "zh", PAGE), "act-deduct")
    at.text_area(key="reason-deduct").input("超时")
    before = events(sample)
    for typed in ("", "abc", "0", "-1"):
        at.text_input(key="deduct-amount").input(typed)
        press(at, "confirm-deduct")
        assert refused(at), typed
        assert events(sample) == before, typed


def test_a_request_to_reopen_is_answered_by_somebody_else(open_page: Open, sample: Sample):
    """Who asked sees that another must; the supervisor approves and the sheet is reopened."""
    with sample.store.reading() as tx:
        sheet = tx.value("SELECT id FROM sheets WHERE state = 'submitted' ORDER BY id LIMIT 1")
    reopening.ask_reopening(
        sample.store, sample.who("organizer"), sheet, reason="录错一项", at=now()
    )
    at = open_page("organizer", "zh", PAGE)
    assert t("error.second_person_needed", "zh") in html(at)
    assert second_person(at, "approve") == []
    second = open_page("supervisor", "zh", PAGE)
    press(second, second_person(second, "approve")[0])
    with sample.store.reading() as tx:
        assert tx.value("SELECT state FROM sheets WHERE id = :s", s=sheet) == "reopened"


def test_presence_is_noted_for_several_judges_at_once(open_page: Open, sample: Sample):
    """Each is an event of its own."""
    at = press(open_page("organizer", "zh", PAGE), "act-set_presence")
    at.multiselect(key="presence-present").set_value(
        [sample.person("judge1"), sample.person("judge2")]
    )
    press(at, "confirm-set_presence")
    assert events(sample)[-2:] == ["judge_present", "judge_present"]


def test_the_host_sees_no_seat_progress(open_page: Open):
    """The page says to whom it is open."""
    page = html(open_page("host", "zh", PAGE))
    assert 'class="a-seat-box' not in page
    assert t("organizers.stage.seats_hidden", "zh") in page


def test_an_act_of_the_desk_is_refused_once_the_round_is_closed(open_page: Open, sample: Sample):
    """The dialog open on the desk refuses in words."""
    at = press(open_page("organizer", "zh", PAGE), "act-set_presence")
    close(sample)
    at.multiselect(key="presence-present").set_value([sample.person("judge1")])
    press(at, "confirm-set_presence")
    assert refused(at)
