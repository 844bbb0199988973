"""What keeps the day safe, on the desk: the second laptop, its pairing, the second folder."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from competition.standby import codes, lag, second_folder, sticks
from competition.standby.sticks import Stick
from db import heads, standbys
from tests.competition.registry.standby_rows import SECOND, request
from tests.opening import ANY_LANG, Open, Sample, html
from tests.organizers.acting import has, press
from words import t

PAGE = "organizers/live/desk/page.py"


def say(key: str, **values: object) -> str:
    return t(f"organizers.safety.{key}", ANY_LANG, **values)


def test_a_second_laptop_is_paired_from_the_desk(open_page: Open, sample: Sample):
    """The dialog shows the command and, once asked for, the code; then its line says how it is."""
    at = open_page("organizer", ANY_LANG, PAGE)
    assert say("standby_none") in html(at)
    press(press(at, "act-standby"), "confirm-make_standby_code")
    page = html(at)
    assert "arena.py standby http" in page
    (code,) = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page)
    assert say("standby_offered") in html(open_page("supervisor", ANY_LANG, PAGE))
    codes.pair(sample.store, request(code), b"", at=datetime.now(UTC))
    assert say("standby_unheard") in html(open_page("organizer", ANY_LANG, PAGE))


def test_the_line_of_a_second_laptop_says_how_far_it_is_behind(open_page: Open, sample: Sample):
    """Caught up, behind, silent, with a problem; not for those who see no records."""
    who = sample.who("organizer")
    code = codes.make_code(sample.store, who, at=datetime.now(UTC))
    codes.pair(sample.store, request(code), b"", at=datetime.now(UTC))
    with sample.store.reading() as tx:
        (row,) = standbys.in_state(tx, str(who.competition_id), "paired")
        head = heads.last(tx, str(who.competition_id))
    assert head is not None
    behind = str(heads.Head(head.number, head.token, head.n - 7, head.hash))

    def beat(verified: str, problem: str = "", *, ago: float = 0) -> str:
        now = time.monotonic() - ago
        lag.note_lent(sample.store, row["id"], verified, 0, now=time.monotonic() - 4)
        lag.note_beat(sample.store, row["id"], verified, 0, problem, now=now)
        return html(open_page("organizer", ANY_LANG, PAGE))

    assert say("standby_same") in beat(str(head))
    assert "（7 条）" in beat(behind)
    assert say("standby_silent_minutes", minutes=5) in beat(behind, ago=310)
    assert t("standby.problem.forked", ANY_LANG) in beat(behind, "forked")
    assert say("standby_name") not in html(open_page("host", ANY_LANG, PAGE))
    at = open_page("organizer", ANY_LANG, PAGE)
    assert SECOND[0] in html(press(at, "act-standby"))
    press(at, "end-standby")
    assert say("standby_none") in html(open_page("organizer", ANY_LANG, PAGE))
    assert not has(open_page("supervisor", ANY_LANG, PAGE), "act-standby")


def test_the_second_folder_has_a_line(open_page: Open, sample: Sample, tmp_path: Path):
    """None named, the first copy on its way, and why there is none."""
    assert say("stick_none") in html(open_page("organizer", ANY_LANG, PAGE))
    stick = Stick(sample.store, tmp_path)
    try:
        assert say("stick_first", folder=tmp_path) in html(open_page("organizer", ANY_LANG, PAGE))
        stick.problem = "full"
        page = html(open_page("organizer", ANY_LANG, PAGE))
        assert t("standby.problem.full", ANY_LANG) in page
        stick.copied_at, stick.problem = time.monotonic() - 130, ""
        page = html(open_page("organizer", ANY_LANG, PAGE))
        assert say("stick_age", minutes=2, folder=tmp_path) in page
    finally:
        stick.stop()


def test_every_page_says_that_this_laptop_was_superseded(open_page: Open, sample: Sample):
    """With the way to the laptop that took over."""
    code = codes.make_code(sample.store, sample.who("organizer"), at=datetime.now(UTC))
    codes.pair(sample.store, request(code), b"", at=datetime.now(UTC))
    sample.cookie("organizer")
    sample.store.supersede("3-0123456789abcdef")
    page = html(open_page("organizer", ANY_LANG, PAGE))
    assert t("ui.superseded.title", ANY_LANG, generation="3") in page
    assert f'href="{SECOND[0]}"' in page


def test_the_second_folder_is_chosen_on_the_desk(
    open_page: Open, sample: Sample, tmp_path_factory: pytest.TempPathFactory
):
    """A refusal stands at the field; then it is named; stopped by a button; organizers only."""
    stick = tmp_path_factory.mktemp("stick")
    at = press(open_page("organizer", ANY_LANG, PAGE), "act-stick")
    at.text_input(key=field_key(at, "folder")).set_value(str(stick / "gone"))
    press(at, "stick-send")
    assert t("error.copy_folder_missing", ANY_LANG) in html(at)
    second_folder.begin_at_start(sample.store, "")
    try:
        at.text_input(key=field_key(at, "folder")).set_value(str(stick))
        press(at, "stick-send")
        assert sticks.running_folder(sample.store) == stick
        assert str(stick) in html(open_page("supervisor", ANY_LANG, PAGE))
        at = press(open_page("organizer", ANY_LANG, PAGE), "act-stick")
        assert say("stick_now", folder=str(stick)) in html(at)
        press(at, "stop-stick")
        assert say("stick_none") in html(open_page("organizer", ANY_LANG, PAGE))
    finally:
        second_folder.end_at_stop(sample.store)
    for role in ("supervisor", "host", "scorekeeper"):
        assert not has(open_page(role, ANY_LANG, PAGE), "act-stick")


def field_key(at: AppTest, field: str) -> str:
    """The key of a form's field, which is made again after each act."""
    return next(one.key for one in at.text_input if one.key and field in one.key)
