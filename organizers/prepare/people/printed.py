"""The judges' cards on paper: one with its QR code for each seat, a page for each room."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import segno

from competition.invented import invented
from competition.people.printing import Card, CardSession
from organizers import naming
from ui.access import Visit, saying
from ui.html import Markup, element, sample_tag
from words import t

_say = saying("organizers.cards")

LIGHT, DARK = "white", "black"


def qr(url: str, lang: str) -> Markup:
    """Return the QR code of an address, black on white in every theme."""
    picture = segno.make(url, error="m").svg_data_uri(scale=4, border=3, dark=DARK, light=LIGHT)
    return element("img", src=picture, alt=t("organizers.links.qr", lang), cls="a-qr")


def sheets(now: Visit, cards: Sequence[Card], urls: Mapping[str, str]) -> Markup:
    """The cards with their links, eight on a page, each room beginning a new one."""
    made = [card for card in cards if card.person_id in urls]
    return _rooms(now, made, lambda card: _card(now, card, urls[card.person_id]), "a-sheet")


def plates(now: Visit, cards: Sequence[Card]) -> Markup:
    """Plates for the tables: the seat's number, large; no link on them."""
    return _rooms(now, cards, lambda card: _plate(now, card), "a-plates")


def _rooms(now: Visit, cards: Sequence[Card], draw: Callable[[Card], Markup], cls: str) -> Markup:
    pages = Markup("")
    for room, group in groupby(cards, key=lambda card: card.room):
        listed = list(group)
        place = room or _say(now, "no_room")
        head = element("h2", place, " ", element("small", _say(now, "count", count=len(listed))))
        pages += element("section", head, *(draw(card) for card in listed), cls=cls)
    return pages


def seat(now: Visit, card: Card) -> str:
    """评委03; a judge with several numbers has each; without a number their name."""
    seats = [naming.seat(number, now.lang) for number in card.numbers]
    reserve = t("organizers.links.reserve", now.lang) if card.reserve else ""
    return t("list.between", now.lang).join(seats) + reserve


def _card(now: Visit, card: Card, url: str) -> Markup:
    title = now.competition["title"] if now.competition else ""
    kind = invented(now.competition)
    lines = [element("span", session_words(now, one)) for one in card.sessions]
    place = element("span", card.room) if card.room else ""
    words = element(
        "div",
        element("b", seat(now, card)),
        element("strong", card.name),
        *lines,
        place,
        element("small", title),
    )
    below = element(
        "p",
        element("span", t("organizers.links.card", now.lang)),
        sample_tag(now.lang, kind) if kind else "",
    )
    return element(
        "article",
        element("div", qr(url, now.lang), words, cls="a-card-top"),
        below,
        element("small", url, cls="a-card-url"),
        cls="a-card",
    )


def session_words(now: Visit, one: CardSession) -> str:
    """第二场 11号至20号 14:00; the round's title where it has no sessions."""
    parts = [" ".join(filter(None, [one.round, one.title]))]
    if not one.title:
        parts.append(_say(now, "entrants", count=one.count))
    elif one.first is not None and one.last is not None:
        first, last = naming.number(one.first, now.lang), naming.number(one.last, now.lang)
        several = one.first != one.last
        parts.append(_say(now, "range", first=first, last=last) if several else first)
    if one.starts_at:
        parts.append(one.starts_at)
    return " · ".join(parts)


def _plate(now: Visit, card: Card) -> Markup:
    kind = invented(now.competition)
    return element(
        "article",
        element("b", seat(now, card)),
        sample_tag(now.lang, kind) if kind else "",
        cls="a-plate",
    )
