"""The acts of imports, called with arguments that are valid."""

from typing import Any

from competition.lineup import importing, learnt
from tests.competition.event import later
from tests.competition.registry.import_rows import PLACE, enter

AT = later(3600)


def begin(p: Any) -> None:
    """An import that can be undone."""
    p.ids["import"] = enter(p.event, at=later(0))


ACTS = {
    "record_import": lambda p, w: importing.record_import(
        p.event.store,
        w,
        name="空.xlsx",
        round_id="",
        made_round=False,
        since=1_000_000,
        columns={},
        at=AT,
    ),
    "undo_import": lambda p, w: importing.undo_import(p.event.store, w, p.ids["import"], at=AT),
    "set_places": lambda p, w: learnt.set_places(
        p.event.store, w, [PLACE], name="区划代码.csv", at=AT
    ),
}
