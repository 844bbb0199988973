"""The parts of 打开我.html that read without scripts; everything a person typed is escaped."""

from html import escape

from exports.open_me.held import Held, ShownLine
from words import t


def _say(lang: str, key: str, **values: object) -> str:
    return escape(t(f"exports.open_me.{key}", lang, **values))


def _box(title: str, note: str, inside: str, *, name: str = "", attributes: str = "") -> str:
    given = f' id="{name}"' if name else ""
    return (
        f'<section class="box"{given}{attributes}><h2>{title}<span class="x">{note}</span></h2>'
        f"{inside}</section>"
    )


def head(held: Held, lang: str) -> str:
    """Mark, title, which certificate, and the tags."""
    shown = held.shown
    title = _say(
        lang,
        "of",
        competition=shown["competition"]["title"],
        round=shown["round"]["title"],
        version=shown["version"],
    )
    kind = "rehearsal" if shown["competition"].get("rehearsal") else "sample"
    invented = kind == "rehearsal" or shown["competition"]["sample"]
    tag = f'<span class="tag sample">{escape(t(f"exports.paper.{kind}", lang))}</span>'
    return (
        f'<header><span class="mark" lang="zh">{t("ui.brand_mark", lang)}</span>'
        f'<h1>{_say(lang, "title")}</h1><span class="mute">{title}</span>'
        f'<span class="x"></span><span class="tag">{_say(lang, "offline")}</span>'
        f"{tag if invented else ''}</header>"
    )


def what(held: Held, lang: str) -> str:
    """What this file is and holds, and its two buttons."""
    content = held.content
    if content is None:
        inside = _say(lang, "inside_winners", events=held.events)
    else:
        sheets = len({(mark[0], mark[1]) for mark in content["marks"]})
        public = "events" not in held.data
        key = "inside_public" if public else "inside_sum" if held.is_sum else "inside"
        parts = len(content.get("parts", ()))
        inside = _say(lang, key, sheets=sheets, parts=parts, events=held.events)
    title = _say(lang, "what" if content else "what_winners")
    attempt = f'<button id="try" disabled>{_say(lang, "try")}</button>'
    run = _say(lang, "run" if content else "run_winners")
    return (
        f'<section class="what"><div><b>{title}</b><p class="mute">{inside}</p>'
        f'<p class="alert" id="old" hidden>{_say(lang, "old")}</p>'
        f"<noscript><p>{_say(lang, 'no_script')}</p></noscript></div>"
        f"{attempt if content and not held.is_sum else ''}"
        f'<button id="run" class="first" disabled>{run}</button></section>'
    )


def lines(held: Held, lang: str) -> str:
    """The table of the result, with a line under the last selected."""
    rows = held.lines
    columns = _columns(held)
    top = "".join(
        f'<th class="{cls}" scope="col">{_say(lang, f"column.{key}")}</th>' for key, cls in columns
    )
    count = sum(line.get("selected", True) for line in rows)
    before, body = "", ""
    for line in rows:
        after = held.prize_of(line) if line.get("selected", True) else "-"
        body += _line(held, line, lang, cut=bool(body) and after != before)
        before = after
    note = _say(lang, "lines", count=len(rows), selected=count)
    table = f'<div class="scroll long"><table><tr>{top}</tr>{body}</table></div>'
    return _box(_say(lang, "result"), note, table + _notes(rows, lang))


def _columns(held: Held) -> list[tuple[str, str]]:
    if held.content is None:
        ranks = [("rank", "n")] if held.lines and "rank" in held.lines[0] else []
        prizes = [("prize", "")] if any(held.prize_of(line) for line in held.lines) else []
        return [*ranks, ("no", "n"), ("place", ""), ("code", "n"), *prizes]
    counted = "parts" if held.is_sum else "judges"
    figures = [(counted, "n"), ("score", "n"), ("result", "")]
    return [("rank", "n"), ("no", "n"), ("place", ""), *figures]


def _line(held: Held, line: ShownLine, lang: str, *, cut: bool) -> str:
    name = escape(line["village"] or line["township"])
    around = f"{line['county']} {line['township']}" if line["village"] else line["county"]
    place = f"<b>{name}</b>"
    if held.content is not None:
        place = f"<button disabled>{place}</button>"
    number = "" if line["number"] is None else _say(lang, "number", n=line["number"])
    known = "selected" if line.get("selected", True) else "not_selected"
    diamond = ' <i class="by">\N{BLACK DIAMOND}</i>' if _is_decided(line) else ""
    cells = {
        "rank": str(line.get("rank") or ""),
        "no": number,
        "place": f"{place} <small>{escape(around)}</small>",
        **dict.fromkeys(("judges", "parts"), f"{line.get('counted')}/{line.get('expected')}"),
        "score": f"<b>{escape(line.get('official') or '') or _say(lang, 'no_score')}</b>",
        "result": (escape(held.prize_of(line)) or _say(lang, known)) + diamond,
        "prize": escape(held.prize_of(line)),
        "code": escape(line["code"]),
    }
    row = "".join(f'<td class="{cls}">{cells[key]}</td>' for key, cls in _columns(held))
    given = f' data-id="{escape(line["entrant_id"])}"' if "entrant_id" in line else ""
    mark = ' class="cut"' if cut else ""
    return f"<tr{given}{mark}>{row}</tr>"


def _is_decided(line: ShownLine) -> bool:
    return line.get("decided_by", "") not in ("", "official") and line.get("rank") is not None


def _notes(rows: list[ShownLine], lang: str) -> str:
    """Which key decided a place that the score left open."""
    by: dict[str, list[str]] = {}
    for line in rows:
        if _is_decided(line):
            number = (
                ""
                if line["number"] is None
                else t("exports.open_me.number", lang, n=line["number"])
            )
            by.setdefault(line.get("decided_by", ""), []).append(
                f"{number} {line['village'] or line['township']}".strip()
            )
    said = ""
    for key, names in by.items():
        name, _, criterion = key.partition(":")
        word = t(f"key.{name}", lang) + (f" ({criterion})" if criterion else "")
        joined = t("exports.open_me.comma", lang).join(names)
        said += f"<p>\N{BLACK DIAMOND} {_say(lang, 'decided', by=word, names=joined)}</p>"
    return f'<div class="note">{said}</div>' if said else ""


def codes(held: Held, script: str, lang: str) -> str:
    """The hashes to compare with the paper."""
    shown = held.shown
    pairs = {
        "short": held.sha256[:12],
        "head": held.data["head"],
        "sha256": held.sha256,
        "rules_hash": shown.get("rules_hash", ""),
        "root": "" if held.is_sum else shown.get("sheets_root", ""),
        "script": script,
    }
    rows = "".join(
        f"<dt>{_say(lang, f'code.{key}')}</dt><dd>{escape(value)}</dd>"
        for key, value in pairs.items()
        if value
    )
    return _box(_say(lang, "codes"), _say(lang, "compare"), f"<dl>{rows}</dl>", name="codes")


def entrant() -> str:
    """The place of one entrant's sheets, which the script fills."""
    return '<section class="box" id="entrant" hidden></section>'


def moved(lang: str) -> str:
    """What follows from a changed mark, which the script fills."""
    return _box(
        _say(lang, "follows"),
        _say(lang, "here_only"),
        '<ul id="moved" aria-live="polite"></ul>',
        name="moved-box",
        attributes=" hidden",
    )


def checks(held: Held, lang: str) -> str:
    """Every check with its number: those of this page, and who does the others."""
    of, rows = len(held.checks) + len(held.elsewhere), ""
    for number, key in enumerate((*held.checks, *held.elsewhere), start=1):
        here = key in held.checks
        said = _say(lang, "not_yet" if here else f"by.{key}")
        name = _say(lang, f"check.{key}", events=held.events)
        check = f' data-check="{key}"' if here else ""
        rows += (
            f'<li{check}><span class="mute">{number}/{of}</span><span>{name}</span>'
            f'<b class="mute">\N{WHITE CIRCLE} {said}</b></li>'
        )
    return _box(
        f'<span id="verdict">{_say(lang, "checks")}</span>',
        f'<span id="outcome">{_say(lang, "press")}</span>',
        f'<ol id="checks" aria-live="polite">{rows}</ol>',
    )


def proven(held: Held, lang: str) -> str:
    """What the checks prove, what they cannot, and by what a forgery is found all the same."""
    kind = "winners" if held.content is None else "events" if "events" in held.data else "public"
    rows = "".join(
        f"<dt>{_say(lang, f'proof.{part}')}</dt><dd>{_say(lang, f'proof.{part}_{name}')}</dd>"
        for part, name in (("shows", kind), ("not", "self"), ("finds", "outside"))
    )
    return _box(_say(lang, "proof.title"), "", f'<dl class="proof">{rows}</dl>')


def files(count: int, lang: str) -> str:
    """Compare files of the bundle with their hashes."""
    inside = (
        f'<div class="files" id="drop"><label for="files">{_say(lang, "choose_files")}</label>'
        '<input type="file" id="files" multiple disabled>'
        f'<label for="folder">{_say(lang, "choose_folder")}</label>'
        '<input type="file" id="folder" webkitdirectory disabled>'
        '<ul id="compared" aria-live="polite"></ul></div>'
    )
    return _box(_say(lang, "files"), _say(lang, "files_note", count=count), inside)
