"""Tablets on bad wires against a real server: the short version of ``arena.py bench soak``."""

from datetime import UTC, datetime
from pathlib import Path

import db
from commands.bench import load
from commands.bench.hall import build
from commands.bench.load import Tablet
from commands.bench.soak import judged, soak
from competition.marks import pad_marks
from competition.marks.sheets import MarkChange
from competition.sign_ins import visitor_of
from ui.access import COOKIE


def test_every_acknowledged_mark_is_there_once_with_its_last_value():
    """A quarter of all requests is cut, half of them after the server has done its work."""
    found = soak(pads=3, marks=40, cuts=0.25)
    assert found.marks == 120
    assert found.cut > 20
    assert found.is_clean, found


def test_a_tablet_sends_the_apps_own_cookie():
    """Under another name every request would be nobody's."""
    assert load.COOKIE == COOKIE


def test_a_lost_mark_would_be_found(tmp_path: Path):
    """What is believed to be saved and is not there is counted."""
    hall = build(tmp_path / "a.db", judges=1, sheets=1)
    tablet = Tablet(hall, port=0, place=0)
    tablet.tap()
    change = tablet.pending[0]["change"]
    tablet.acknowledged.append(change["id"])
    found = judged(tmp_path / "a.db", hall, [tablet], failed=0)
    assert (found.lost, found.wrong, found.is_clean) == (1, 1, False)
    store = db.Store(tmp_path / "a.db")
    with store.reading() as tx:
        who = visitor_of(tx, hall.judges[0])
    pad_marks.record_marks(
        store,
        who,
        round_id=hall.round_id,
        entrant_id=hall.entrants[0],
        changes=[MarkChange(change["criterion"], change["value"], change["id"])],
        at=datetime.now(UTC),
    )
    store.close()
    assert judged(tmp_path / "a.db", hall, [tablet], failed=0).is_clean
