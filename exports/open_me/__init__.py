"""打开我.html: one file that shows a certified result and computes it again, without a network."""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from competition.results.record import Opened
from competition.results.standing_lines import CertifiedLine
from words import t, texts

FOLDER = Path(__file__).parent
CHECKS = ("text", "chain", "rules", "root", "scores", "ranks", "line")
"""What the page checks, in the order it stands there; numbers.js has a function for each."""
ELSEWHERE = ("events", "order", "heads")
"""What the page leaves to the second verifier and to a look at the paper."""
SAID = (
    "counted",
    "number",
    "criterion",
    "maximum",
    "total",
    "highest",
    "lowest",
    "added",
    "by_least_squares",
    "by_median",
    "by_clip",
    "not_here",
    "deducted",
    "moved",
    "nothing_moved",
    "outcome",
    "same",
    "differs",
)
"""Words that the script says."""


def page(opened: Opened, lang: str) -> bytes:
    """The whole page, as UTF-8: a table that reads without scripts, the data, one inline script."""
    content = json.loads(opened["content"])
    said = texts(lang)
    data = {**opened, "words": {key: said[f"exports.open_me.{key}"] for key in SAID}}
    # "</" would end the element: within JSON the slash may be escaped.
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    script = "".join((FOLDER / name).read_text("utf-8") for name in ("numbers.js", "page.js"))
    style = (FOLDER / "page.css").read_text("utf-8")
    whole = (
        f'<!doctype html><html lang="{"zh-Hans" if lang == "zh" else "en"}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(_say(lang, 'title'))}</title><style>{style}</style>"
        f"<body>{_head(content, lang)}{_what(content, opened, lang)}"
        f'<div class="columns"><div>{_lines(content, lang)}{_codes(content, opened, lang)}</div>'
        f'<div><section class="box" id="entrant"></section>{_moved(lang)}{_checks(lang)}</div>'
        "</div>"
        f'<script type="application/json" id="data">{packed}</script><script>{script}</script>'
        "</body></html>"
    )
    return whole.encode()


def _say(lang: str, key: str, **values: object) -> str:
    return t(f"exports.open_me.{key}", lang, **values)


def _head(content: Mapping[str, Any], lang: str) -> str:
    title = _say(
        lang,
        "of",
        competition=content["competition"]["title"],
        round=content["round"]["title"],
        version=content["version"],
    )
    sample = f'<span class="tag sample">{escape(t("exports.paper.sample", lang))}</span>'
    return (
        f'<header><span class="mark" lang="zh">{t("ui.brand_mark", lang)}</span>'
        f"<h1>{escape(_say(lang, 'title'))}</h1>"
        f'<span class="mute">{escape(title)}</span><span class="x"></span>'
        f'<span class="tag">{escape(_say(lang, "offline"))}</span>'
        f"{sample if content['competition']['sample'] else ''}</header>"
    )


def _what(content: Mapping[str, Any], opened: Opened, lang: str) -> str:
    sheets = len({(mark[0], mark[1]) for mark in content["marks"]})
    inside = _say(lang, "inside", sheets=sheets, events=len(opened["entries"]))
    return (
        f'<section class="what"><div><b>{escape(_say(lang, "what"))}</b>'
        f'<p class="mute">{escape(inside)}</p>'
        f'<p class="alert" id="old" hidden>{escape(_say(lang, "old"))}</p>'
        f"<noscript><p>{escape(_say(lang, 'no_script'))}</p></noscript></div>"
        f'<button id="try" disabled>{escape(_say(lang, "try"))}</button>'
        f'<button id="run" class="first" disabled>{escape(_say(lang, "run"))}</button></section>'
    )


def _lines(content: Mapping[str, Any], lang: str) -> str:
    lines: list[CertifiedLine] = content["entrants"]
    heads = ("rank", "no", "place", "judges", "score", "result")
    classes = ("n", "n", "", "n", "n", "")
    top = "".join(
        f'<th class="{cls}">{escape(_say(lang, f"column.{key}"))}</th>'
        for key, cls in zip(heads, classes, strict=True)
    )
    count = sum(line["selected"] for line in lines)
    before, body = True, ""
    for line in sorted(lines, key=lambda line: (line["place"] is None, line["place"])):
        body += _line(line, lang, cut=before and not line["selected"] and count > 0)
        before = line["selected"]
    note = _say(lang, "lines", count=len(lines), selected=count)
    return (
        f'<section class="box"><h2>{escape(_say(lang, "result"))}'
        f'<span class="x">{escape(note)}</span></h2><div class="scroll long"><table>'
        f"<tr>{top}</tr>{body}</table></div></section>"
    )


def _line(line: CertifiedLine, lang: str, *, cut: bool) -> str:
    name = line["village"] or line["township"]
    around = f"{line['county']} {line['township']}" if line["village"] else line["county"]
    cells = (
        ("n", str(line["rank"] or "")),
        ("n", "" if line["number"] is None else str(line["number"])),
        ("", ""),
        ("n", f"{line['counted']}/{line['expected']}"),
        ("n", line["official"] or _say(lang, "no_score")),
        ("", _say(lang, "selected" if line["selected"] else "not_selected")),
    )
    row = ""
    for at, (cls, text) in enumerate(cells):
        inner = escape(text)
        if at == 2:
            inner = f"<button disabled><b>{escape(name)}</b></button>"
            inner += f"<small>{escape(around)}</small>"
        row += f'<td class="{cls}">{inner}</td>'
    mark = ' class="cut"' if cut else ""
    return f'<tr data-id="{escape(line["entrant_id"])}"{mark}>{row}</tr>'


def _codes(content: Mapping[str, Any], opened: Opened, lang: str) -> str:
    pairs = (
        ("sha256", opened["sha256"]),
        ("rules_hash", content["rules_hash"]),
        ("root", content["sheets_root"]),
        ("head", opened["head"]),
    )
    rows = "".join(
        f"<dt>{escape(_say(lang, f'code.{key}'))}</dt><dd>{escape(value)}</dd>"
        for key, value in pairs
    )
    return (
        f'<section class="box"><h2>{escape(_say(lang, "codes"))}'
        f'<span class="x">{escape(_say(lang, "compare"))}</span></h2><dl>{rows}</dl></section>'
    )


def _moved(lang: str) -> str:
    return (
        f'<section class="box" id="moved-box" hidden><h2>{escape(_say(lang, "follows"))}'
        f'<span class="x">{escape(_say(lang, "here_only"))}</span></h2>'
        '<ul id="moved" aria-live="polite"></ul></section>'
    )


def _checks(lang: str) -> str:
    of = len(CHECKS) + len(ELSEWHERE)
    rows = ""
    for number, key in enumerate((*CHECKS, *ELSEWHERE), start=1):
        here = key in CHECKS
        said = _say(lang, "not_yet" if here else f"by.{key}")
        check = f' data-check="{key}"' if here else ""
        rows += (
            f"<li{check}><span>{number}/{of} {escape(_say(lang, f'check.{key}'))}</span>"
            f'<b class="mute">○ {escape(said)}</b></li>'
        )
    return (
        f'<section class="box"><h2>{escape(_say(lang, "checks"))}'
        f'<span class="x" id="outcome">{escape(_say(lang, "press"))}</span></h2>'
        f'<ol id="checks" aria-live="polite">{rows}</ol></section>'
    )
