"""Results are certified here as in the app: computed a second time before."""

import pytest


@pytest.fixture(autouse=True)
def _computed_twice(computed_twice: None) -> None:
    """The second verifier is asked before each certificate."""
