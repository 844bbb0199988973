"""The tablet proves the record's growth: SHA-256 of its own, and a server that tells lies."""

import hashlib
import random
import string
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page

from db import heads
from tests.browser import pads
from tests.browser.pads import Pad, saved, stored
from tests.browser.server import Server
from tests.browser.test_pad_logic import MODEL, page, run
from tests.browser.waits import until

__all__ = ["page", "run"]

KNOWN = {
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq": (
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    "a" * 1_000_000: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
}
"""The examples of FIPS 180-4."""


def test_the_tablets_sha_256_is_sha_256(run: Callable[..., Any]):
    """The published examples, and a text of every length up to three blocks."""
    assert run("argument.map(pad.sha256)", list(KNOWN)) == list(KNOWN.values())
    chance = random.Random(9)
    texts = ["".join(chance.choices(string.printable, k=length)) for length in range(200)]
    found = run("argument.map(pad.sha256)", texts)
    assert found == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def chain(length: int) -> tuple[list[str], list[str]]:
    """Entries, and the chain's values before the first and after each."""
    entries = [hashlib.sha256(bytes([n])).hexdigest() for n in range(length)]
    values = ["0" * 64]
    for entry in entries:
        values.append(hashlib.sha256((values[-1] + entry).encode()).hexdigest())
    return entries, values


CHECK = """(async ({answers, head, kept}) => {
  const {store, model} = MODEL;
  model.witness.settle('1-a.0.' + '0'.repeat(64));
  model.witness.isRestored(head, 'same');
  if (kept) store.acknowledge(store.add({kind: 'mark', round: 'r'}), kept);
  const asked = [];
  const read = async (path) => { asked.push(path); return answers.shift() || null; };
  const growth = pad.makeGrowth(model, read);
  await growth.check();
  return [asked.length, model.isRestoring, model.witness.proven.split('.')[1],
          model.witness.headers['Arena-Growth'] || ''];
})(argument)"""


@pytest.fixture
def check(run: Callable[..., Any]) -> Callable[..., Any]:
    """``check(answers, head, kept)``: asked how often, restoring, proven to, what is answered."""
    code = CHECK.replace("MODEL", MODEL)
    return lambda answers, head, kept="": run(
        code, {"answers": answers, "head": head, "kept": kept}
    )


def told(entries: list[str], after: int, reached: str, start: str = "") -> dict[str, Any]:
    return {"after": after, "start": start, "entries": "".join(entries), "reached": reached}


ENTRIES, VALUES = chain(6)
END = f"1-a.6.{VALUES[6]}"
WHOLE = [told(ENTRIES[:4], 0, f"1-a.4.{VALUES[4]}"), told(ENTRIES[4:], 4, END)]
LIES = {
    "an entry left out": ([told([*ENTRIES[:2], *ENTRIES[3:]], 0, END)], ""),
    "an entry changed": ([told([*ENTRIES[:5], "f" * 64], 0, END)], ""),
    "another head reached": ([told(ENTRIES, 0, f"1-a.6.{'e' * 64}")], ""),
    "a beginning of its own": ([told(ENTRIES[2:], 2, END, "d" * 64)], ""),
    "without a mark that was told": ([told(ENTRIES, 0, END)], f"1-a.3.{'c' * 64}"),
}


def test_a_record_that_grew_is_proven_in_as_many_parts_as_it_comes(check: Callable[..., Any]):
    """And a kept mark's head lies on the way."""
    found = check(WHOLE, END, f"1-a.3.{VALUES[3]}")
    assert found == [2, False, "6", ""]
    assert check([], END) == [1, False, "0", ""]  # no answer: asked again later


@pytest.mark.parametrize("lie", LIES)
def test_a_record_that_did_not_grow_from_what_was_told_is_noticed(
    check: Callable[..., Any], lie: str
):
    """All is given back, and every request says so until then; the proven head stays."""
    answers, kept = LIES[lie]
    assert check(answers, END, kept) == [2, True, "0", "broken"]


def test_events_without_entries_are_passed_over_once(check: Callable[..., Any]):
    """What an earlier version wrote is believed; after a first proof nothing is."""
    later = told(ENTRIES[2:4], 2, f"1-a.4.{VALUES[4]}", VALUES[2])
    assert check([later, WHOLE[1]], END) == [2, False, "6", ""]
    skipping = told(ENTRIES[5:], 5, END, VALUES[5])
    assert check([later, skipping], END) == [3, True, "4", "broken"]


LIAR = """const honest = window.fetch.bind(window);
window.fetch = async (...given) => {
  const answer = await honest(...given);
  if (!String(given[0]).includes('/api/growth')) return answer;
  const told = await answer.json();
  const entries = 'e'.repeat(told.entries.length);
  const headers = {'content-type': 'application/json'};
  return new Response(JSON.stringify({...told, entries}), {status: answer.status, headers});
};"""
"""What stands between the pad and the server tells another history."""


def test_a_server_that_hides_an_event_is_named_on_the_desk(
    live_server: Callable[..., Server], new_page: Callable[..., Page]
):
    """The judge goes on marking; the log keeps what the tablet proved."""
    server = live_server(partial(pads.fill, judges=1))
    page = new_page("tablet")
    page.add_init_script(LIAR)
    pad = Pad(page, server, 1, server.port, "pad")
    with page.expect_response(lambda answer: "/api/growth" in answer.url):
        pad.enter()
    pad.tap(0, 1, "18")
    pad.shows(saved(1))
    until(lambda: pads.one(server, "SELECT state FROM awaited") == "reported")
    pad.tap(0, 1, "19")
    until(lambda: stored(server, 1)[0] == "19.0")
    detail = pads.one(server, "SELECT detail FROM sightings WHERE detail LIKE 'fork %'")
    assert heads.parse(str(detail).split()[1]) is not None
    assert pads.one(server, "SELECT count(*) FROM events WHERE kind = 'tablet_awaited'") == 1
    assert pads.is_clean(server)
