"""The invented final of the mocks, as the charts take it."""

import pandas as pd
import pytest

from tests.ui import sample


@pytest.fixture
def intervals() -> pd.DataFrame:
    """Twenty rank intervals around a cut at 13."""
    return sample.intervals()


@pytest.fixture
def severities() -> pd.DataFrame:
    """Fifteen judges, in no order."""
    return sample.severities().sample(frac=1, random_state=1)


@pytest.fixture
def seats() -> pd.DataFrame:
    """Both ranks of twenty entrants, three seats changing hands."""
    return sample.seats()
