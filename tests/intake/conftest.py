"""A database in which a competition has begun, and its organizer."""

from datetime import UTC, datetime

import pytest

import db
from competition.people import links
from competition.visitor import Visitor

AT = datetime(2022, 3, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def who(store: db.Store) -> Visitor:
    """The organizer of a competition with nothing in it."""
    visitor, _ = links.begin(store, title="擂台赛", organizer="赛务组", at=AT)
    return visitor
