"""The order of the tests: the dearest files first, and the cheap ones last.

A worker takes a file whole, so that what the file shares is made once, and the next one when it
is nearly through: those that begin late are short, and all workers end together.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEAREST = (
    "browser/test_final_day",
    "browser/test_setup",
    "browser/test_two_processes",
    "browser/test_looks",
    "browser/test_ceremony",
    "browser/test_gallery",
    "browser/test_pad_growth",
    "browser/test_pad_opening",
    "every_page/test_matrix",
    "every_page/test_apart",
    "door/test_hosted",
    "organizers/results/test_results_pages",
    "overview/test_figures",
    "overview/test_canary",
    "overview/test_work_pages",
    "competition/programme/test_work",
    "commands/test_demo",
    "competition/results/test_explaining",
    "db/test_verify",
    "organizers/results/test_official",
    "organizers/prepare/test_setup_pages",
    "commands/bench/test_takeover",
    "browser/test_pad_takeover",
    "commands/bench/test_kills",
    "commands/bench/test_many",
    "province/test_works",
    "organizers/results/test_standings",
    "db/test_looking",
    "browser/test_vote",
    "browser/test_vote_takeover",
    "commands/test_bundle",
    "commands/test_agree",
    "commands/test_certificate",
    "competition/voting/test_votes",
    "commands/bench/test_vote",
    "commands/test_environment",
    "every_page/test_plain",
    "competition/registry/test_rights",
    "examples/test_three_rounds",
    "scoring/evidence/test_regressors",
    "intake/test_apart",
    "exports/test_recount",
    "organizers/results/test_charted",
    "organizers/results/test_public_bundle",
)
"""Files whose tests take more than eight seconds of processor together."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the files: the dearest, then journeys, which wait more than they compute, then all."""
    items.sort(key=place)


def place(item: pytest.Item) -> int:
    """Return where the file of a test comes."""
    name = item.path.relative_to(HERE).with_suffix("").as_posix()
    if name in DEAREST:
        return DEAREST.index(name)
    return len(DEAREST) + (not name.startswith("browser/"))
