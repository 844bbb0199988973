"""The desk after an older file was put back: what tablets prove, who is waited for, waived."""

import os
from datetime import UTC, datetime

import pytest

from competition import heads
from competition.log import log
from competition.returning import returns_view
from db import heads as rows
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import press
from words import t

PAGE = "organizers/live/desk/page.py"
LOST = f"7-0123456789abcdef.455.{'a' * 64}"


def show(sample: Sample, role: str, head: str) -> None:
    """A tablet asks with a head."""
    told = heads.answer_head(sample.store, sample.who_is(role), head, at=datetime.now(UTC))
    assert told is not None


@pytest.mark.parametrize("lang", BOTH)
def test_the_desk_shows_the_head(open_page: Open, sample: Sample, lang: str):
    """As on paper, for whoever wants to compare."""
    with sample.store.reading() as tx:
        head = rows.last(tx, str(sample.who("organizer").competition_id))
    assert head is not None
    page = html(open_page("organizer", lang, PAGE))
    assert head.short.rpartition(".")[0] in page


@pytest.mark.parametrize(("minutes", "said"), [(3, "3 分钟前"), (135, "2 小时 15 分钟前")])
def test_the_page_says_how_old_the_newest_backup_is(
    open_page: Open, sample: Sample, minutes: int, said: str
):
    """None yet, then the age of the newest file beside the database."""
    assert t("organizers.safety.backup_none", "zh") in html(open_page("organizer", "zh", PAGE))
    folder = sample.path.parent / "backups"
    folder.mkdir()
    for name, age in (("old.db", minutes + 600), ("new.db", minutes)):
        (folder / name).touch()
        written = datetime.now(UTC).timestamp() - age * 60 - 5
        os.utime(folder / name, (written, written))
    assert said in html(open_page("organizer", "zh", PAGE))
    assert said not in html(open_page("host", "zh", PAGE))


def test_a_tablet_that_proves_more_is_named_and_waived(open_page: Open, sample: Sample):
    """By name, with a reason; the log keeps both."""
    show(sample, "judge2", LOST)
    name = sample.who("judge2").name
    at = open_page("organizer", "zh", PAGE)
    page = html(at)
    assert t("organizers.returns.waits", "zh", name=name) in page
    assert "7.455.aaaaaaaaaaaa" in page
    device = returns_view(sample.store, sample.who("organizer")).waiting[0].device
    at = press(at, f"waive-{device[:16]}")
    at.text_area(key="reason-waive").input("平板摔坏")
    press(at, "confirm-waive")
    found = returns_view(sample.store, sample.who("organizer"))
    assert [(one.state, one.reason) for one in found.tablets] == [("waived", "平板摔坏")]
    assert found.waiting == ()


def test_the_host_sees_no_tablets(open_page: Open, sample: Sample):
    """Whose tablet says what is for the staff who certify."""
    show(sample, "judge2", LOST)
    page = html(open_page("host", "zh", PAGE))
    assert t("organizers.returns.title", "zh") not in page


def test_the_log_shows_heads_where_paper_has_them(sample: Sample):
    """Opening carries its head; an entrant that was added carries none."""
    shown = {
        row["kind"]: row["head"] for row in log(sample.store, sample.who("organizer"), limit=2000)
    }
    with sample.store.reading() as tx:
        owner = str(sample.who("organizer").competition_id)
        row = tx.one("SELECT n FROM events WHERE kind = 'round_opened' ORDER BY seq DESC") or {}
        head = rows.at_event(tx, owner, row["n"])
    assert head is not None
    assert shown["round_opened"] == head.short
    assert shown["entrant_added"] == ""
