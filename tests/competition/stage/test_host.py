"""What the host sees, and above all what not: a score is theirs only once the button is."""

import json
from dataclasses import replace
from typing import Any

import pytest

import db
from competition.errors import Forbidden, UnknownPlaceholder
from competition.marks import deductions
from competition.rounds.errors import OpenSheets
from competition.stage import adjourning, host, host_texts, releasing
from competition.stage.errors import Adjourned, DeductionWaiting, Frozen, NotYetOnStage
from competition.stage.host import HostView
from competition.stage.reading_lines import reading_lines
from competition.stage.spoken import in_brackets, in_characters, with_pinyin
from db import rounds
from tests.competition import event as events
from tests.competition.event import Event, later
from tests.competition.stage.hall import SCORES, TRIMMED, figures, opened, release, stage

ON = ("called", "presenting", "answering", "marking")


def view(event: Event, who: str | int = "host", lang: str = "zh") -> HostView:
    return host.host_view(event.store, event.visitor(who), event.round_id, lang)


def scores(shown: HostView) -> list[str]:
    """Every text in a view that looks like a score."""
    whole = {**vars(shown), "reading": None}
    if shown.reading:
        whole["reading"] = [shown.reading.entrants, shown.reading.scores]
    return figures(json.loads(json.dumps(whole, default=str)))


def test_no_figure_before_the_score_is_the_hosts_to_announce(store: db.Store):
    """A sheet is missing; then all are in: the very score the hall will be shown."""
    event = events.opened(store, rules=SCORES)
    event.fill_all(but=[(1, 1)])
    stage(event, 1, *ON)
    before = view(event)
    assert (scores(before), before.announced) == ([], None)
    assert before.reading is not None
    assert isinstance(before.reading.reasons[0], OpenSheets)
    event.fill(1, 1, ("50", "30"))
    ready = view(event)
    assert ready.reading is not None
    (score,) = ready.reading.scores
    release(event, 1)
    after = view(event)
    assert after.announced is not None
    assert after.announced["final"] == score["final"]
    assert after.reading is not None
    assert [place["number"] for place in after.reading.entrants] == [2]
    assert after.reading.scores == ()


@pytest.mark.parametrize("held_up", [Frozen, Adjourned, DeductionWaiting, NotYetOnStage])
def test_what_holds_up_the_button_holds_back_the_score(store: db.Store, held_up: type):
    """Paused, adjourned, a deduction unconfirmed, not on stage yet: the reason, and no figure."""
    event = opened(store)
    organizer, key = event.organizer, (event.store, event.organizer, event.round_id)
    if held_up is NotYetOnStage:
        stage(event, 2, *ON)
    else:
        stage(event, 1, *ON)
    if held_up is Frozen:
        releasing.freeze(*key, at=later(1))
    if held_up is Adjourned:
        adjourning.adjourn(*key, reason="停电", at=later(1))
    if held_up is DeductionWaiting:
        entrant = event.entrants[1]
        deductions.deduct(store, organizer, key[2], entrant, "0.1", reason="超时", at=later(1))
    shown = view(event)
    assert shown.reading is not None
    assert isinstance(shown.reading.reasons[0], held_up)
    assert scores(shown) == []


def test_held_scores_are_read_together_or_not_at_all(store: db.Store):
    """The first two are announced together: one alone shows nothing."""
    event = opened(store, held_first=2)
    stage(event, 1, *ON)
    assert scores(view(event)) == []
    stage(event, 2, *ON)
    shown = view(event).reading
    assert shown is not None
    assert [one["number"] for one in shown.scores] == [1, 2]


@pytest.mark.parametrize("who", ["timekeeper", "supervisor", "leader", 1])
def test_the_page_is_the_hosts_and_the_organizers(store: db.Store, who: str | int):
    """Its score is not announced yet."""
    event = opened(store)
    with pytest.raises(Forbidden):
        view(event, who)


def test_the_lines_are_the_sum_that_the_hall_can_do(store: db.Store):
    """Highest and lowest dropped, the mean of the rest, the final: in figures and characters."""
    event = opened(store, TRIMMED)
    stage(event, 1, *ON)
    shown = view(event).reading
    assert shown is not None
    lines = reading_lines(shown.scores[0], "zh")
    labels = [line.label for line in lines]
    assert labels == ["去掉一个最高分", "去掉一个最低分", "其余三位平均", "最后得分"]
    assert [line.figure for line in lines] == ["83.50", "83.10", "83.30", "83.30"]
    assert lines[-1].spoken == "八十三点三零分"


@pytest.mark.parametrize(
    ("figure", "spoken"),
    [
        ("91.14", "九十一点一四"),
        ("9.50", "九点五零"),
        ("0.10", "零点一零"),
        ("100.00", "一百点零零"),
        ("12", "十二"),
        ("20.05", "二十点零五"),
        ("105", "一百零五"),
        ("110", "一百一十"),
    ],
)
def test_a_figure_is_read_digit_by_digit_after_the_point(figure: str, spoken: str):
    """No digit is left out, none is rounded."""
    assert in_characters(figure) == spoken


def test_pinyin_stands_over_hard_characters_only():
    """The first thousands everybody reads; the names' own readings are those of the place."""
    assert with_pinyin("倮德村") == [("倮", "luǒ"), ("德", ""), ("村", "")]
    readings = {sign: over for sign, over in with_pinyin("偭垇垤垴鲊蔓耗迤萨12ab，") if over}
    assert readings == {
        "偭": "miǎn",
        "垇": "ào",
        "垤": "dié",
        "垴": "nǎo",
        "鲊": "zhǎ",
        "蔓": "màn",
        "迤": "yǐ",
    }
    assert in_brackets("垤施") == "垤（dié）施"


def test_the_introduction_names_place_and_presenter(store: db.Store):
    """And the limits, where a time is taken; the line to be said now follows the stage."""
    event = events.opened(store, rules=replace(events.TIMED))
    first = view(event)
    assert first.line.startswith("各位领导、各位评委，擂台赛村级决赛现在开始。")
    assert first.introduction == (
        "有请1号，石屏县西庄镇龙潭村。汇报人书记汇报·钱1。汇报八分钟，答辩五分钟。"
    )
    stage(event, 1, "called", "presenting")
    assert view(event).line == "1号汇报完毕。请评委提问。"
    assert view(event, lang="en").introduction.startswith("Please welcome No. 2, ")


def set_text(event: Event, kind: str, text: str, who: str = "host") -> None:
    host_texts.set_host_texts(
        event.store, event.visitor(who), event.round_id, {kind: text}, at=later(10)
    )


def test_a_text_is_edited_and_emptied_again(store: db.Store):
    """An empty one brings back the sample."""
    event = events.opened(store)
    set_text(event, "introduction", "下面是{number} {village}")
    assert view(event).introduction == "下面是1号 龙潭村"
    set_text(event, "introduction", " ")
    assert view(event).introduction.startswith("有请1号")


@pytest.mark.parametrize(
    "text",
    ["{score}", "{number", "}", "{number.__class__}", "{number:>99999999}", "{number!r}", "{0}"],
)
def test_braces_hold_known_words_only(store: db.Store, text: str):
    """No format is run on what a person wrote; the refusal names it, nothing is written."""
    event = events.opened(store)
    with pytest.raises(UnknownPlaceholder):
        set_text(event, "thanks", f"谢谢{text}")
    assert view(event).introduction.startswith("有请")
    with store.reading() as tx:
        assert tx.value("SELECT count(*) FROM host_texts") == 0


def test_a_name_with_braces_is_only_a_name(draft: Event):
    """An entrant called {number} stays what it is."""
    facts: dict[str, Any] = {"village": "{title}村", "county": "石屏县", "township": ""}
    with draft.store.reading() as tx:
        row = rounds.get(tx, draft.round_id)
        place = {"number": 3, "title": "规划", "presenter": "", "post": "", **facts}
        assert host_texts.filled(tx, row, "{village}", place, "zh") == "{title}村"
