"""A sheet that nobody has begun, open before its judge."""

import pytest

from tests.judges.pad import Pad, open_pad, untouched
from tests.opening import Open, Sample


@pytest.fixture
def pad(open_page: Open, sample: Sample) -> Pad:
    """An untouched sheet, in Chinese."""
    return open_pad(open_page, sample, *untouched(sample))
