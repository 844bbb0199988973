"""Works over all competitions: progress, a stop, one at a time, for the province's people alone."""

import time
from collections.abc import Callable

import pytest

from competition.province.errors import NotProvince, WorkGoesOn
from competition.province.serving import Installation
from competition.province.works import Works
from competition.sign_ins import visitor_of, who_is
from tests.opening import html
from tests.province.conftest import AT, Look
from words import LANGS, t


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what is to come."""
    end = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < end


def test_a_work_goes_over_all_and_one_goes_at_a_time(province: tuple[Installation, str]):
    """Verification finds each in order; a second is refused meanwhile; a stop keeps the rest."""
    installation, cookie = province
    store, works = installation.province, Works()
    assert store is not None
    who = who_is(store, cookie, at=AT)
    work = works.begin(installation, store, who, "verify", at=AT)
    with pytest.raises(WorkGoesOn):
        works.begin(installation, store, who, "forecast", at=AT)
    until(lambda: work.state != "running")
    assert (work.state, [one["name"] for one in work.done]) == (
        "done",
        ["draft", "open", "certified"],
    )
    assert [one["found"] for one in work.done] == [[{"findings": 0}]] * 3
    stopped = works.begin(installation, store, who, "forecast", at=AT)
    works.stop(installation, store, who)
    assert stopped.state == "stopped"
    with installation.competitions()["open"].reading() as tx:
        other = visitor_of(tx, tx.value("SELECT person_id FROM grants WHERE role = 'organizer'"))
    with pytest.raises(NotProvince):
        works.begin(installation, installation.competitions()["open"], other, "verify", at=AT)
    works.end()


def test_the_page_offers_each_in_both_languages(look: Look):
    """Its title and its buttons; nothing was begun."""
    for lang in LANGS:
        at = look("province/works.py", lang)
        assert f">{t('province.works.title', lang)}</h1>" in html(at)
        assert {"begin-verify", "begin-forecast"} <= {button.key for button in at.button}
