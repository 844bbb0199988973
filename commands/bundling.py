"""Everything of a round as one archive, for the command: the page's own list, without a page."""

import sys
from datetime import UTC, datetime

import click

from commands import say
from competition.sign_ins import visitor_of
from competition.visitor import Visitor
from db import Store
from db import people as people_rows
from db import rounds as round_rows
from exports.bundle import Packed
from organizers.results.lists import apart, whole


def organizer_of(store: Store, round_id: str) -> Visitor:
    """The organizer of the round's competition who was named first: what may read everything."""
    with store.reading() as tx:
        owner = round_rows.get(tx, round_id)["competition_id"]
        held = [one for one in people_rows.grants_in(tx, owner) if one["role"] == "organizer"]
        whole_event = [one for one in held if one["round_id"] is None] or held
        return visitor_of(tx, min(one["person_id"] for one in whole_event))


def packed(store: Store, who: Visitor, round_id: str, lang: str, *, public: bool) -> Packed:
    """Make the bundle; each file is named on standard error while it is made."""
    now = apart.visit(store, who, round_id, lang, datetime.now(UTC))
    packing = whole.everything(now, public=public)
    while True:
        try:
            step = next(packing)
        except StopIteration as end:
            made: Packed = end.value
            return made
        if sys.stderr.isatty():
            said = say("export.step", n=step.done + 1, of=step.of, path=step.path)
            click.echo(f"\r\x1b[K{said}", nl=False, err=True)
