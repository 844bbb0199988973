"""打开我.html: one file that shows a certified result and computes it again, without a network."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from exports.bundle import Listed
from exports.open_me import markup
from exports.open_me.held import Held, hold
from words import t, texts

FOLDER = Path(__file__).parent
SCRIPTS = (
    "exact",
    "hashing",
    "fit",
    "deep",
    "weighed",
    "steps",
    "keys",
    "selection",
    "contest",
    "sums",
    "votes",
    "record",
    "unzip",
    "files",
    "page",
)
"""The parts of the one script, in their order."""
SAID = (
    "counted",
    "number",
    "criterion",
    "maximum",
    "total",
    "highest",
    "lowest",
    "added",
    "by_method",
    "deducted",
    "exact",
    "stepped",
    "part",
    "weight",
    "score",
    "product",
    "places",
    "moved",
    "nothing_moved",
    "moved_seat",
    "outcome",
    "same",
    "differs",
    "more",
    "moved_more",
    "left",
    "none_here",
    "seat_in",
    "seat_out",
    "seat_open",
    "seat_refused",
    "selected",
    "not_selected",
    "file_same",
    "file_other",
    "file_unknown",
    "file_missing",
    "file_added",
    "file_unreadable",
    "whole_same",
    "manifest_code",
)
"""Words that the script says."""
KEYS = ("key", "method")
"""Tables of words whose every text the script may need."""


def page(proof: bytes, lang: str, files: Sequence[Listed] = ()) -> bytes:
    """The whole page, as UTF-8: a table that reads without scripts, the data, one inline script.

    Parameters
    ----------
    proof
        A record or a public result, as `competition.results.record` gives them.
    files
        The other files of the bundle, which a reader may compare.
    """
    held = hold(json.loads(proof))
    listed = [{"path": one.path, "sha256": one.sha256} for one in files]
    data = {**held.data, "files": listed, "words": _words(lang)}
    # "<" would let a name end the element; within JSON it may be escaped.
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    whole = (
        f'<!doctype html><html lang="{"zh-Hans" if lang == "zh" else "en"}"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(t('exports.open_me.title', lang))}</title><style>{style()}</style>"
        f"<body>{_body(held, lang, files)}"
        f'<script type="application/json" id="data">{packed}</script>'
        f"<script>{script()}</script></body></html>"
    )
    return whole.encode()


def _body(held: Held, lang: str, files: Sequence[Listed]) -> str:
    left = markup.lines(held, lang) + markup.codes(held, script_code(), lang)
    right = (
        (markup.entrant() if held.content else "")
        + markup.moved(lang)
        + markup.checks(held, lang)
        + markup.proven(held, lang)
        + (markup.files(len(files), lang) if files else "")
    )
    return (
        f"{markup.head(held, lang)}{markup.what(held, lang)}"
        f'<main class="columns"><div>{left}</div><div>{right}</div></main>'
    )


def _words(lang: str) -> dict[str, Any]:
    said = texts(lang)
    words: dict[str, Any] = {key: said[f"exports.open_me.{key}"] for key in SAID}
    for table in KEYS:
        begin = f"{table}."
        words[table] = {
            key.removeprefix(begin): text for key, text in said.items() if key.startswith(begin)
        }
    return words


@cache
def script() -> str:
    """The one script of the page."""
    return "".join((FOLDER / f"{name}.js").read_text("utf-8") for name in SCRIPTS)


@cache
def style() -> str:
    """The style sheet of the page."""
    return (FOLDER / "page.css").read_text("utf-8")


def script_code() -> str:
    """SHA-256 of the script: the same in every page of one version of this program."""
    return hashlib.sha256(script().encode()).hexdigest()


def policy() -> str:
    """What the page may do: run this one script, show this one style sheet, and nothing else."""

    def of(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; script-src {of(script())}; style-src {of(style())}; "
        "base-uri 'none'; form-action 'none'"
    )
