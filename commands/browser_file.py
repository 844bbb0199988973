"""The page's own arithmetic, run without a browser where Node.js is installed.

Only the scripts of this program are run, on data that came from elsewhere; never a bundle's own.
"""

import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from exports.open_me import FOLDER, SCRIPTS

SECONDS = 600
OF_RECORDS = """
var records = JSON.parse(require("fs").readFileSync(0, "utf8"));
var answers = records.map(function (one) {
  try {
    var record = Record.open(one.data), found = {};
    var result = record.content ? Record.compute(record) : null;
    one.checks.forEach(function (name) { found[name] = Record.check(name, record, result); });
    return found;
  } catch (error) { return { text: [String(error)] }; }
});
process.stdout.write(JSON.stringify(answers));
"""
OF_CONTESTS = """
var contests = JSON.parse(require("fs").readFileSync(0, "utf8"));
var answers = contests.map(function (one) {
  var record = { content: one.content, marks: one.content.marks, orders: one.orders, data: {} };
  try {
    var result = Record.compute(record), faults = [];
    ["scores", "ranks", "line", "order", "places"].forEach(function (name) {
      (Record.check(name, record, result) || []).forEach(function (fault) {
        faults.push(name + ": " + fault);
      });
    });
    return faults;
  } catch (error) { return [String(error)]; }
});
process.stdout.write(JSON.stringify(answers));
"""

OF_FILES = """
var given = JSON.parse(require("fs").readFileSync(0, "utf8"));
var files = given.files.map(function (one) {
  return { path: one[0], data: new Uint8Array(Buffer.from(one[1], "base64")) };
});
process.stdout.write(JSON.stringify(Files.whole(given.listed, files).faults));
"""

Found = dict[str, list[str] | None]
"""Check to its faults; None for what the page does not compute."""


def is_there() -> bool:
    """Whether Node.js is installed."""
    return shutil.which("node") is not None


def checked(data: Mapping[str, Any], checks: Iterable[str]) -> Found:
    """What the page's checks find in one record or public result."""
    return all_checked([(data, checks)])[0]


def all_checked(given: Iterable[tuple[Mapping[str, Any], Iterable[str]]]) -> list[Found]:
    """The same of several, in one start of Node.js."""
    records = [{"data": data, "checks": list(checks)} for data, checks in given]
    answers: list[Found] = _run(OF_RECORDS, records)
    return answers


def contests(given: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """The faults in each certificate's ``content``, with the ``orders`` that were ruled."""
    answers: list[list[str]] = _run(OF_CONTESTS, list(given))
    return answers


def differing_files(listed: Sequence[Mapping[str, Any]], files: Mapping[str, bytes]) -> list[str]:
    """The files of a bundle that differ from a page's list, as the page itself finds them."""
    packed = [[path, b64encode(data).decode()] for path, data in files.items()]
    differing: list[dict[str, str]] = _run(OF_FILES, {"listed": list(listed), "files": packed})
    return [one["path"] for one in differing]


def _run(ask: str, given: Any) -> Any:
    parts = [(FOLDER / f"{name}.js").read_text("utf-8") for name in SCRIPTS if name != "page"]
    node = shutil.which("node") or "node"
    done = subprocess.run(
        [node, "-e", "".join([*parts, ask])],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )
    return json.loads(done.stdout)
