"""Rows and metas that the tests of papers share; every name but the places is invented."""

from datetime import UTC, datetime
from decimal import Decimal

from competition.results.awards import Winner
from competition.results.standing_lines import CertifiedLine
from exports import PaperMeta, Snapshot

SNAPSHOT = Snapshot(1, "3fa9c2d1" * 8, datetime(2022, 3, 18, 8, 5, tzinfo=UTC))
META = PaperMeta(
    competition="村庄规划擂台赛（样例）",
    round="村级决赛",
    top=2,
    official="adjusted",
    are_scores_public=True,
    snapshot=SNAPSHOT,
    invented="sample",
)


def award_row(place: int = 1, **fields: object) -> Winner:
    known = {
        "place": place,
        "rank": place,
        "tied": False,
        "number": 10 + place,
        "county": "建水县",
        "township": "西庄镇",
        "village": "团山村",
        "code": "532524103205",
        "title": "团山村实用性村庄规划",
        "presenter": "样例·张某",
        "entrant_id": "e",
        "official": Decimal("86.63"),
    }
    return Winner(**(known | fields))


def standings_row(number: int = 7, **fields: object) -> CertifiedLine:
    known = {
        "entrant_id": str(number),
        "rank": 1,
        "number": number,
        "county": "石屏县",
        "township": "大桥乡",
        "village": "团山村",
        "code": "532525202202",
        "counted": 8,
        "expected": 9,
        "announced": "86.14",
        "adjusted": "86.63",
        "deduction": "0.10",
        "official": "86.63",
        "tied": False,
        "selected": True,
        "place": 1,
    }
    return known | fields
