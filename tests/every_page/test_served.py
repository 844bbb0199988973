"""Every page on a competition in PostgreSQL: once, as the organizer, certified."""

from html import unescape
from pathlib import Path

import pytest

import competition
from commands.bench.cluster import programs
from competition.rights import READS, refusal
from competition.saying import sentence
from db.postgres.address import URL
from tests.cluster import Cluster
from tests.every_page.test_matrix import OWN_HEAD, PAGES, is_refused
from tests.opening import Open, Sample, html
from tests.organizers.acting import certify
from ui.pages import KEY_OF
from words import t

ROLE, LANG = "organizer", "zh"


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL 15 here")
def test_every_page_opens_on_the_second_store(
    open_page: Open,
    sample: Sample,
    cluster: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """The same page as on a file: its title and no refusal, or the refusal of the table."""
    certify(sample)
    address = cluster.clone(sample.path)
    competition.close_all()
    monkeypatch.setenv(URL, address.url)
    monkeypatch.setenv("ARENA_DB", str(tmp_path / address.file_name))
    sample.store = competition.open_store(tmp_path / address.file_name)
    who, at = sample.who_is(ROLE), open_page(ROLE, LANG, next(iter(PAGES)), title=None)
    for page, read in PAGES.items():
        reason = refusal(sample.store, who, read, sample.round_id if READS[read].states else None)
        at.switch_page(page).run()
        assert not at.exception, (page, [error.value for error in at.exception])
        shown = html(at)
        if reason is None:
            title = t(f"{KEY_OF[page]}.title", LANG)
            assert page in OWN_HEAD or f">{title}</h1>" in shown, page
            assert not is_refused(shown), page
        else:
            assert sentence(reason, LANG) in unescape(shown), page
    assert (tmp_path / address.file_name).exists() is False
