"""The competition itself: its official title, days, venue and logo."""

import base64
from datetime import datetime
from typing import cast

from competition import typed
from competition.acting import acting, changed
from competition.errors import BadDay, Missing
from competition.link_ends import has_ended
from competition.rights import require_read
from competition.rounds.errors import BadImage, EndsOwnLink, NotEmpty
from competition.visitor import Visitor
from db import Store, Transaction, people, rounds, setup
from db import competitions as rows
from db.canonical import sha256
from db.shapes import Competition

LOGO_BYTES = 512 * 1024
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How a picture's file begins; what a file is called says nothing."""


def note_rehearsal(store: Store, who: Visitor, *, at: datetime) -> None:
    """Note that the competition is copied to a file for a rehearsal; what is copied stays."""
    with acting(store, who, "make_rehearsal", at=at) as (act, _):
        act.record("rehearsal_made", str(who.competition_id))


def update_competition(
    store: Store,
    who: Visitor,
    *,
    title: str,
    at: datetime,
    starts_on: str = "",
    ends_on: str = "",
    venue: str = "",
) -> None:
    """Set the official title, the days and the venue.

    Raises
    ------
    BadFields
        With `Blank` for an empty title, `BadDay` for a day that is none, or a last day before the
        first, and `EndsOwnLink` for days so long past that the visitor's link ends with them.
    """
    form = typed.Typed({"title": title, "starts_on": starts_on, "ends_on": ends_on, "venue": venue})
    with acting(store, who, "update_competition", at=at) as (act, tx):
        row = require_competition(tx, who)
        values = {
            "title": form.read("title", typed.line(required=True), ""),
            "starts_on": form.read("starts_on", typed.day, ""),
            "ends_on": form.read("ends_on", typed.day, ""),
            "venue": form.read("venue", typed.line(), ""),
        }
        if values["ends_on"] and values["ends_on"] < values["starts_on"]:
            form.refuse("ends_on", BadDay(field="ends_on", value=ends_on))
        day = "ends_on" if values["ends_on"] else "starts_on"
        days = {"starts_on": values["starts_on"], "ends_on": values["ends_on"]}
        if _ends_link(tx, who, cast("Competition", {**row, **days}), act.at):
            form.refuse(day, EndsOwnLink(field=day, day=values[day]))
        form.done()
        tx.put("competitions", changed(row, **values))
        act.record("competition_updated", row["id"])


def _ends_link(tx: Transaction, who: Visitor, competition: Competition, at: datetime) -> bool:
    """Whether the link by which the visitor came in is past its end with these days."""
    device = people.sign_in(tx, who.seat_hash) if who.seat_hash else None
    link = people.link(tx, device["link_id"]) if device else None
    return link is not None and has_ended(link, competition, at)


def begin_sample(store: Store, who: Visitor, *, at: datetime) -> None:
    """Mark an empty competition as a sample: every page and paper says so from then on.

    Raises
    ------
    NotEmpty
        If it has a round.
    """
    with acting(store, who, "begin_sample", at=at) as (act, tx):
        row = require_competition(tx, who)
        if rounds.of_competition(tx, row["id"]):
            raise NotEmpty
        tx.put("competitions", changed(row, sample=1))
        act.record("sample_begun", row["id"])


def set_logo(store: Store, who: Visitor, content: bytes, *, at: datetime) -> None:
    """Keep a logo in the database: PNG or JPEG, known by how it begins, at most 512 KiB.

    Raises
    ------
    BadImage
    """
    kind = next((kind for magic, kind in KINDS.items() if content.startswith(magic)), None)
    if kind is None or len(content) > LOGO_BYTES:
        raise BadImage(field="logo", kilobytes=LOGO_BYTES // 1024)
    text = base64.b64encode(content).decode()
    with acting(store, who, "set_logo", at=at) as (act, tx):
        row = require_competition(tx, who)
        tx.put(
            "logos",
            {
                "competition_id": row["id"],
                "media_type": kind,
                "content": text,
                "sha256": sha256(text),
            },
        )
        act.record("logo_set", row["id"])


def remove_logo(store: Store, who: Visitor, *, at: datetime) -> None:
    """Take the logo away."""
    with acting(store, who, "remove_logo", at=at) as (act, tx):
        if setup.logo(tx, str(who.competition_id)) is None:
            raise Missing(what="logo")
        tx.remove("logos", competition_id=who.competition_id)
        act.record("logo_removed", str(who.competition_id))


def logo(store: Store, who: Visitor) -> str:
    """The logo as a ``data:`` address, empty where there is none."""
    with store.reading() as tx:
        require_read(tx, who, "competition")
        logo_row = setup.logo(tx, str(who.competition_id))
    return "" if logo_row is None else f"data:{logo_row['media_type']};base64,{logo_row['content']}"


def require_competition(tx: Transaction, who: Visitor) -> Competition:
    """The visitor's competition, or `Missing`."""
    row = rows.find(tx, str(who.competition_id))
    if row is None:
        raise Missing(what="competition")
    return row
