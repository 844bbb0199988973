"""``arena.py bench pad``: time from a tap to its display and to the database."""

import tempfile
from pathlib import Path
from typing import Any

import click

from commands import language
from commands.bench.browsers import chromium
from commands.bench.hall import HOST, Hall, build, running
from commands.bench.load import Tablet
from commands.bench.marking import living, spread
from commands.columns import align
from words import t

SHEETS = 5

SHOWN = """(root, [mark]) => new Promise(done => {
  const key = [...root.querySelectorAll('.markkey')].find(k => k.textContent === mark);
  const row = root.querySelector('.row.on');
  const begun = performance.now();
  let shown = 0;
  const look = () => {
    if (!shown && parseFloat(row.querySelector('.v').textContent) === parseFloat(mark)) {
      shown = performance.now() - begun;
    }
    if (shown && row.querySelector('.i').classList.contains('ok')) {
      done([shown, performance.now() - begun]);
    } else setTimeout(look, 1);
  };
  key.click();
  look();
})"""


@click.command(help=t("bench.pad_help", language()))
@click.option("--judges", type=click.IntRange(1, 500), multiple=True, default=(20, 100, 200))
@click.option("--taps", type=click.IntRange(min=2), default=40, show_default=True)
def command(judges: tuple[int, ...], taps: int) -> None:
    """Measure with increasing numbers of judges; milliseconds, median and 95th percentile."""
    names = ("judges", "pad_shown", "pad_stored", "all_stored")
    lines = [[t(f"bench.column_{name}", language()) for name in names]]
    lines += [[str(count), *measured(count, taps)] for count in judges]
    click.echo("\n".join(align(lines)))


def measured(judges: int, taps: int) -> list[str]:
    """One line of the table, measured in a new hall."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        hall = build(path, judges=judges, sheets=SHEETS)
        with running(path, Path(folder) / "server.log") as port:
            rest = [Tablet(hall, port, n) for n in range(1, judges)]
            with living(rest):
                pad = _browse(hall, port, taps)
    stored = [1000 * seconds for one in rest for seconds in one.times]
    return [*(spread(column) for column in zip(*pad, strict=True)), spread(stored)]


def _browse(hall: Hall, port: int, taps: int) -> list[Any]:
    """Tap on the pad in a real browser: milliseconds until shown and until stored."""
    with chromium() as browser:
        page, home = browser.new_page(), f"http://{HOST}:{port}"
        page.goto(f"{home}/j/{hall.tokens[0]}", wait_until="commit")
        page.goto(f"{home}/judges-pad")
        page.locator(".pad .anchor").nth(1).click()
        root = page.locator(".pad")
        marks = [key.inner_text() for key in page.locator(".pad .markkey").all()]
        milliseconds = []
        for tap in range(taps):
            milliseconds.append(root.evaluate(SHOWN, [marks[tap % len(marks)]]))
            page.wait_for_timeout(200)
    return milliseconds
