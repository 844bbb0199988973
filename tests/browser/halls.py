"""A township arena for the hall's journeys: scores announced one by one, the first three held."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from playwright.sync_api import Page

import db
from competition.sign_ins import visitor_of
from competition.stage import moves, releasing
from examples import three_rounds, village_final
from examples.entering import Entered, enter
from examples.event import SampleEvent, SampleRound
from tests.browser.inside import sign_in
from tests.browser.server import Server
from tests.opening import NAMES
from ui.tokens import HALL

HEARD = 16
"""Entrants that have left the stage; the sheets of all but the last of them are in."""


@cache
def township() -> SampleEvent:
    """The sample's township arena alone, with nothing announced yet."""
    event = three_rounds(2022)
    found = event.round("township_final")
    assert isinstance(found, SampleRound)
    listed = {code for _, _, code in found.order}
    return replace(
        event,
        entrants=tuple(one for one in event.entrants if one.code in listed),
        judges=tuple(judge for judge in event.judges if judge.number in found.seated),
        rounds=(replace(found, announced=()),),
    )


@dataclass(frozen=True)
class Arena:
    """Who and what a journey needs; entrants by their number."""

    entered: Entered
    round_id: str
    entrants: dict[int, str]


def fill(store: db.Store) -> Arena:
    """Entrants 1 to 16 have been heard, 17 is being marked; nothing has been announced."""
    begun = datetime.now(UTC) - timedelta(hours=9)
    entered = enter(store, township(), at=begun, names=NAMES)
    sample = entered.samples["township_final"]
    numbers = {number: entered.entrants[code] for _, number, code in sample.order}
    return Arena(entered, entered.rounds["township_final"], numbers)


def fill_village(store: db.Store) -> Arena:
    """A final of forty villages whose scores the hall sees; nothing has been announced."""
    begun = datetime.now(UTC) - timedelta(hours=9)
    event = village_final(2022)
    (found,) = event.rounds
    assert isinstance(found, SampleRound)
    shown = replace(found, procedure={**found.procedure, "hall": "scores"})
    entered = enter(store, replace(event, rounds=(shown,)), at=begun, names=NAMES)
    sample = entered.samples[found.key]
    numbers = {number: entered.entrants[code] for _, number, code in sample.order}
    return Arena(entered, entered.rounds[found.key], numbers)


def act(server: Server, role: str, do: Callable[..., Any], *values: Any, **named: Any) -> Any:
    """An act of the host or an organizer in the server's round, done beside the server."""
    store = db.Store(server.path)
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(getattr(server.filled.entered, role).person_id))
        return do(store, who, server.filled.round_id, *values, at=datetime.now(UTC), **named)
    finally:
        store.close()


def release(server: Server, number: int) -> None:
    """The host announces a score."""
    act(server, "host", releasing.release_score, server.filled.entrants[number])


def call(server: Server, number: int, *steps: str) -> None:
    """The host leads an entrant over the stage."""
    for step in steps:
        act(server, "host", moves.move_stage, server.filled.entrants[number], step)


def open_hall(page: Page, server: Server, lang: str = "zh", *, port: int = 0) -> None:
    """The host opens the hall's page."""
    url = server.url if not port else f"{server.url.rsplit(':', 1)[0]}:{port}"
    found: Arena = server.filled
    sign_in(page, server, found.entered.tokens[str(found.entered.host.person_id)], port=port)
    page.goto(f"{url}/hall/{found.round_id}?lang={lang}")


LOOKED = """() => {
  const u = innerWidth / 1920, found = {small: [], outside: [], clipped: [], colours: []};
  const main = document.querySelector('main'), box = main.getBoundingClientRect();
  const colours = new Set();
  for (const one of main.querySelectorAll('*')) {
    const style = getComputedStyle(one), place = one.getBoundingClientRect();
    const text = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    colours.add(style.color);
    if (style.borderTopWidth !== '0px') colours.add(style.borderTopColor);
    if (style.backgroundColor !== 'rgba(0, 0, 0, 0)') colours.add(style.backgroundColor);
    if (!text || !place.width) continue;
    const size = parseFloat(style.fontSize) / u;
    found.small.push([Math.round(size), one.textContent.slice(0, 12), !!one.closest('.h-foot')]);
    if (place.right > box.right + 1 || place.bottom > box.bottom + 1 || place.left < box.left - 1)
      found.outside.push(one.textContent.slice(0, 20));
    if (one.scrollWidth > one.clientWidth + 1 && style.display !== 'inline')
      found.clipped.push(one.textContent.slice(0, 20));
  }
  found.colours = [...colours];
  found.size = [box.width, box.height];
  found.scrolls = document.documentElement.scrollHeight > innerHeight + 1;
  return found;
}"""


def look(page: Page, *, floor: int = 48) -> None:
    """All of it inside the screen, nothing cut, nothing too small, only the hall's colours."""
    found = page.evaluate(LOOKED)
    small = [one for one in found["small"] if one[0] < (36 if one[2] else floor)]
    assert small == []
    assert found["outside"] == []
    assert found["clipped"] == []
    assert found["scrolls"] is False
    known = {rgb(value) for value in HALL.values()}
    assert {colour for colour in found["colours"] if not colour.startswith("rgba")} <= known


def rgb(value: str) -> str:
    """A colour as the browser says it."""
    parts = [str(int(value[at : at + 2], 16)) for at in (1, 3, 5)]
    return f"rgb({', '.join(parts)})"
