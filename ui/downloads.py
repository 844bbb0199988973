"""Files to take away: a link on a page, and the route that builds and gives the file.

Streamlit's download button puts the file under an address that any signed-in browser can
read, for as long as the page is open. Here the address is of one sign-in, the right is asked
when the file is taken, and no cache keeps it.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from competition import DatabaseError, sign_ins
from competition.errors import Refused
from competition.rights import refusal
from competition.saying import sentence, way_out
from ui.access import COOKIE, Visit
from ui.answering import browser_language
from ui.here import the_store
from ui.html import element
from ui.notice import notice_page
from words import t

MOST_OF_ONE = 64
MOST = 2048
"""Of one sign-in, and of all of a competition."""
HERE = Path()


@dataclass(frozen=True)
class Offer:
    """A file that a page offers to one sign-in.

    Attributes
    ----------
    read, round_id
        Row of ``competition.rights.READS`` that the file needs, and of which round.
    build
        Makes the content when the file is taken.
    """

    seat_hash: str
    read: str
    round_id: str | None
    name: str
    media_type: str
    build: Callable[[], bytes]


class Offers:
    """What open pages offer, by address; a page that is drawn again keeps its addresses."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._addresses: dict[Path, OrderedDict[tuple[str, str], str]] = {}
        self._offers: dict[str, Offer] = {}

    def add(self, key: str, offer: Offer, of: Path = HERE) -> str:
        """Keep an offer of a competition's page; return the last part of its address."""
        with self._lock:
            place = (offer.seat_hash, key)
            addresses = self._addresses.setdefault(of, OrderedDict())
            address = addresses.setdefault(place, secrets.token_urlsafe(12))
            addresses.move_to_end(place)
            self._offers[address] = offer
            mine = [one for one in addresses if one[0] == offer.seat_hash]
            if len(mine) > MOST_OF_ONE:
                del self._offers[addresses.pop(mine[0])]
            if len(addresses) > MOST:
                del self._offers[addresses.popitem(last=False)[1]]
            return address

    def find(self, address: str) -> Offer | None:
        """The offer of an address."""
        with self._lock:
            return self._offers.get(address)


OFFERS = Offers()


def download(
    now: Visit,
    label: str,
    *,
    key: str,
    read: str,
    name: str,
    media_type: str,
    build: Callable[[], bytes],
    of_round: bool = True,
    primary: bool = False,
) -> None:
    """Draw a link by which a file is taken, for this sign-in and while the right lasts."""
    round_id = now.round_id if of_round else None
    offer = Offer(now.who.seat_hash or "", read, round_id, name, media_type, build)
    address = OFFERS.add(f"{round_id} {key}", offer, now.store.path)
    style = "a-file a-first" if primary else "a-file"
    href = f"/download/{address}"
    st.html(
        element("a", label, href=href, cls=style, target="_self", download=True), width="content"
    )


def give(request: Request) -> Response:
    """``GET /download/<address>``: the file, if its page was drawn for this very sign-in."""
    store, lang = the_store(), browser_language(request)
    try:
        who = sign_ins.who_is(store, request.cookies.get(COOKIE), at=datetime.now(UTC))
        lang = sign_ins.language(store, who) if who.seat_hash else lang
        offer = OFFERS.find(request.path_params["address"])
        if offer is None or offer.seat_hash != who.seat_hash:
            return _no_file(t("ui.download.gone", lang), 404 if who.seat_hash else 401, lang)
        reason = refusal(store, who, offer.read, offer.round_id)
        if reason is not None:
            raise reason
        content = offer.build()
    except (Refused, DatabaseError) as error:
        said = f"{sentence(error, lang)}{way_out(error, lang)}"
        return _no_file(said, getattr(error, "status", 503), lang)
    return Response(
        content,
        media_type=offer.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=utf-8''{quote(offer.name, safe='')}",
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def _no_file(said: str, status: int, lang: str) -> Response:
    return HTMLResponse(notice_page(t("ui.download.title", lang), said, lang), status)


ROUTES = [Route("/download/{address}", give)]
