"""投票卡: the cards of an audience vote, ten on a page, each with its code as QR and in signs."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno

from exports.papers.document import cleaned
from exports.papers.setting import as_pdf
from words import t

TEMPLATE = Path(__file__).with_name("vote_cards.typ")


@dataclass(frozen=True)
class VoteCard:
    """One card: its number, its code as printed, and the address that the QR code opens."""

    number: int
    code: str
    url: str


def render(
    cards: Sequence[VoteCard], *, event: str, title: str, address: str, mark: str, lang: str
) -> bytes:
    """The cards as a PDF.

    Parameters
    ----------
    address
        Where a code is typed in, without it.
    mark
        That the data is invented; empty for a real event.
    """
    data: dict[str, Any] = {
        "lang": lang,
        "creator": t("ui.brand", lang),
        "event": event,
        "title": title,
        "address": address,
        "mark": mark,
        "scan": t("exports.vote_cards.scan", lang),
        "once": t("exports.vote_cards.once", lang),
        "cards": [
            {
                "number": t("vote.card_of", lang, number=card.number),
                "code": card.code,
                "qr": qr(card.url),
            }
            for card in cards
        ],
    }
    return as_pdf(TEMPLATE, json.dumps(cleaned(data), ensure_ascii=False))


def qr(text: str) -> str:
    """A QR code as SVG, of one path.

    The mask is given: to weigh all eight takes most of the time, and any of them is read.
    """
    picture = io.BytesIO()
    segno.make_qr(text, error="m", mask=3).save(
        picture, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return picture.getvalue().decode()
