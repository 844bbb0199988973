"""Terms of filing: until when, and which documents are wanted of every entrant."""

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from competition import fields, typed
from competition.acting import acting
from competition.errors import Blank
from competition.filing.scope import is_on_record
from competition.rights import require_read
from competition.times import local, parse, stamp
from competition.visitor import Visitor
from db import Store, competitions
from db import filings as rows

MOST_WANTED = 8
END_OF_DAY = "23:59"
BETWEEN = re.compile("[\n,;\u3001\uff0c\uff1b]+")


def set_filing_terms(
    store: Store, who: Visitor, *, closes_at: str, wanted: str = "", at: datetime
) -> None:
    """Set the common deadline and the documents wanted of every entrant.

    Parameters
    ----------
    closes_at : str
        A day with or without a time, on the competition's own clock; without one its last minute.
    wanted : str
        Names of documents with commas between them.

    Raises
    ------
    BadFields
        With `BadDay` or `Blank` at the deadline.
    """
    form = typed.Typed({"closes_at": closes_at})
    with acting(store, who, "set_filing_terms", at=at) as (act, tx):
        until = form.read("closes_at", typed.moment, "")
        if not until:
            form.refuse("closes_at", Blank(field="closes_at"))
        form.done()
        competition_id = str(who.competition_id)
        zone = competitions.get(tx, competition_id)["timezone"]
        lines = [fields.text(line, "wanted", longest=40) for line in BETWEEN.split(wanted)]
        names = list(dict.fromkeys(filter(None, lines)))[:MOST_WANTED]
        row = {
            "competition_id": competition_id,
            "closes_at": zoned(until, zone),
            "wanted": json.dumps(names, ensure_ascii=False),
        }
        if row == rows.terms(tx, competition_id):
            return act.unchanged()
        tx.put("filing_terms", row)
        act.record("filing_terms_set", competition_id)


def zoned(until: str, zone: str) -> str:
    """A typed moment on a clock as a stored time."""
    text = until if " " in until else f"{until} {END_OF_DAY}"
    return stamp(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def note_filing_end(store: Store, who: Visitor, *, at: datetime) -> None:
    """Record that the deadline has come, once: a clock that is set back opens nothing again."""
    with acting(store, who, "note_filing_end", at=at) as (act, tx):
        terms = rows.terms(tx, str(who.competition_id))
        due = terms is not None and act.at >= parse(terms["closes_at"])
        if terms is None or not due or is_on_record(tx, terms["closes_at"]):
            return act.unchanged()
        act.record("filing_ended", str(who.competition_id))


def filing_end_is_due(store: Store, who: Visitor, *, at: datetime) -> bool:
    """Whether `note_filing_end` would record anything now."""
    with store.reading() as tx:
        require_read(tx, who, "competition")
        terms = rows.terms(tx, str(who.competition_id))
        return (
            terms is not None
            and at >= parse(terms["closes_at"])
            and not is_on_record(tx, terms["closes_at"])
        )


def terms_as_typed(store: Store, who: Visitor) -> tuple[str, str]:
    """Deadline and wanted documents as `set_filing_terms` reads them; empty where none is set."""
    with store.reading() as tx:
        require_read(tx, who, "filings")
        terms = rows.terms(tx, str(who.competition_id))
        if terms is None:
            return "", ""
        zone = competitions.get(tx, str(who.competition_id))["timezone"]
    until = local(terms["closes_at"], zone).strftime("%Y-%m-%d %H:%M")
    return until, "\u3001".join(json.loads(terms["wanted"]))
