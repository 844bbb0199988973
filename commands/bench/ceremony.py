"""``arena.py bench ceremony``: how evenly the hall's screen moves on a weak laptop."""

import statistics
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

import db
from commands import language
from commands.bench.browsers import chromium
from commands.bench.hall import HOST, running
from commands.columns import align
from competition.rounds import rounds
from competition.rounds.prizing import declare_prizes
from competition.sign_ins import visitor_of
from competition.stage import ceremonies, hall_links
from db import people
from examples import village_final
from examples.certifying import certify_by_two
from examples.entering import enter
from words import t

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = (1920, 1080)
HELD_MS = 50.0
"""A frame that stands longer than this is seen as a jerk."""
PATIENCE_MS = 60_000
PRIZES = {
    **{"how": "ratio", "ties": "up", "why": "bench"},
    **{f"name_{place}": name for place, name in enumerate(("A", "B", "C"))},
    **{f"share_{place}": share for place, share in enumerate("136")},
}
NAMES = dict.fromkeys(("organizer", "supervisor", "host", "scorekeeper"), "bench")
RECORD = """() => {
  window.frames_ = [];
  let before = 0;
  const note = (now) => {
    if (before) window.frames_.push(now - before);
    before = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""
SETTLED = """step => document.querySelector('main').dataset.step === String(step)
  && document.getAnimations().every(one => one.playState !== 'running')"""
TAKE = "() => window.frames_.splice(0)"


@dataclass
class Show:
    """A certified sample with its ceremony laid out, and the secret of its screens."""

    round_id: str
    steps: int
    secret: str


@click.command(help=t("bench.ceremony_help", language()))
@click.option("--slow", type=click.IntRange(1, 20), multiple=True, default=(1, 4))
def command(slow: tuple[int, ...]) -> None:
    """Go through every step; milliseconds from frame to frame: median, 95th, worst, jerks."""
    names = ("slow", "frames", "frame_median", "frame_p95", "frame_worst", "frame_held")
    lines = [[t(f"bench.column_{name}", language()) for name in names]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        show = prepared(path)
        with running(path, Path(folder) / "server.log") as port, chromium() as browser:
            for rate in slow:
                page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
                lines.append([str(rate), *_figures(_frames(page, show, path, port, rate))])
                page.close()
    click.echo("\n".join(align(lines)))


def prepared(path: Path) -> Show:
    """The sample's final, certified by two; its prizes handed over one after another."""
    store = db.Store(path)
    try:
        at = datetime.now(UTC)
        entered = enter(store, village_final(2022), at=at - timedelta(hours=9), names=NAMES)
        round_id = list(entered.rounds.values())[-1]
        where = (store, entered.organizer, round_id)
        declare_prizes(*where, PRIZES, at=at)
        rounds.close_round(*where, at=at, reason="bench")
        certify_by_two(store, entered.organizer, entered.supervisor, round_id, at=at)
        ceremonies.lay_out_ceremony(*where, "places", at=at)
        steps = len(ceremonies.ceremony(*where).steps)
        return Show(round_id, steps, hall_links.make_hall_link(*where, at=at))
    finally:
        store.close()


def _frames(page: "Page", show: Show, path: Path, port: int, rate: int) -> list[float]:
    """Times between frames over all steps, the page on a processor so many times slower."""
    store = db.Store(path)
    url = f"http://{HOST}:{port}"
    try:
        with store.reading() as tx:
            who = visitor_of(tx, str(people.any_organizer(tx)))
        now = ceremonies.ceremony(store, who, show.round_id).step
        if now != 1:
            ceremonies.move_ceremony(store, who, show.round_id, 1, seen=now, at=datetime.now(UTC))
        page.goto(f"{url}/h/{show.secret}")
        page.goto(f"{url}/hall/{show.round_id}?lang=zh")
        page.wait_for_function(SETTLED, arg=1, timeout=PATIENCE_MS)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        page.evaluate(RECORD)
        for step in range(2, show.steps + 1):
            which = (store, who, show.round_id, step)
            ceremonies.move_ceremony(*which, seen=step - 1, at=datetime.now(UTC))
            page.wait_for_function(SETTLED, arg=step, timeout=PATIENCE_MS)
        frames: list[float] = page.evaluate(TAKE)
        return frames
    finally:
        store.close()


def _figures(frames: list[float]) -> list[str]:
    """How many frames there were, and how long from one to the next."""
    ordered = sorted(frames)
    median, worst = statistics.median(ordered), ordered[-1]
    high = ordered[int(0.95 * (len(ordered) - 1))]
    held = sum(one > HELD_MS for one in ordered)
    return [str(len(ordered)), f"{median:.1f}", f"{high:.1f}", f"{worst:.0f}", str(held)]
