"""The sample with a programme of two years in it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

import db
from competition.filing import inviting, terms
from competition.people import links
from competition.times import local, stamp
from examples.divisions import tiles
from examples.entering import Entered
from examples.programme import enter_programme
from examples.programme_year import HEINI
from tests.opening import Sample, village

AT = datetime.now(UTC)


def with_programme(store: db.Store) -> Entered:
    """The village final, thirteen counties with links, and the programme."""
    entered = village(store)
    organizer = entered.organizer
    until = local(stamp(AT + timedelta(days=3)), "Asia/Shanghai").strftime("%Y-%m-%d 18:00")
    terms.set_filing_terms(store, organizer, closes_at=until, at=AT)
    counties = [(tile.county_code, tile.short) for tile in tiles()]
    entered.counties = inviting.invite_counties(store, organizer, counties, at=AT)
    codes = sorted({*(code for code in entered.entrants if len(code) == 12), HEINI})
    entered.programme = enter_programme(store, organizer, codes, entered.counties, seed=1, at=AT)
    reader = str(entered.scorekeeper.person_id)
    entered.programme["reader"] = links.make_link(store, organizer, reader, at=AT)
    return entered


@pytest.fixture
def sample(sample_by: Callable[..., Sample]) -> Sample:
    """A copy of it, with a link each for leader, office and 红河县."""
    sample = sample_by(with_programme)
    sample.links = {**sample.entered.programme, "county": sample.entered.counties["532529"]}
    return sample


REMARK, NOTE = "图件要标注水源地", "只给自己看的一句"


def remark(sample: Sample) -> None:
    """Give each sheet of the open round a remark, and a note that is the judge's own."""
    with sample.store.writing() as tx:
        for kind, text in (("remark", REMARK), ("note", NOTE)):
            tx.run(
                """INSERT INTO remarks SELECT round_id, entrant_id, person_id, :k, :t, id,
                saved_at FROM sheets WHERE round_id = :r AND saved_at IS NOT NULL""",
                k=kind,
                t=text,
                r=sample.round_id,
            )
