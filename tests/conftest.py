"""What every test may ask for, in the plugins named here."""

import gc
import os

from hypothesis import settings

# Before numpy is imported. The app's server has one, too (`commands/serve.py`): of small matrices
# threads make nothing quicker, and burn a fifth of the tests' processor waiting for each other.
os.environ.update(
    dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
)

gc.set_threshold(20_000, 20, 50)  # before the app is imported, of which nothing becomes garbage

pytest_plugins = [
    "tests.workers",  # each before those that import it
    "tests.templates",
    "tests.opening",
    "tests.both_stores",
    "tests.drawing",
    "tests.once",
    "tests.order",
    "tests.words.recording",
]

settings.register_profile("quick", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("nightly", deadline=None, max_examples=300)
settings.load_profile("quick")
