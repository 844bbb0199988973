"""The hall's screen at the ceremony: one thought a step; the list beside it fills line by line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from competition.stage.spoken import in_characters
from intake.places import short_county
from organizers import naming
from organizers.live.hall.fit import largest, width
from ui.html import Markup, element
from words import t

WHOLE, LEFT = 1776, 1096
"""The screen between its margins; what the list beside it leaves."""
ROW = 620 - 76 - 16 - 40
"""Room for village and county in a line of the ladder."""
COLUMN = (WHOLE - 72) / 2
"""Half of a list's screen."""
VILLAGE = (216, 168, 136, 112, 88)
TITLE = (48, 44, 40)

Content = Mapping[str, Any]
Entry = Mapping[str, Any]


def ceremony(content: Content, lang: str) -> Markup:
    """The step that is shown."""
    return KINDS[content["kind"]](content, lang)


def ceremony_note(content: Content, lang: str) -> str:
    """What the list is of: how many are selected."""
    stage = "final" if content["stage"] == "final" else "advancing"
    return t(f"ceremony.count.{stage}", lang, count=content["all"])


def _large(text: str, *, small: str = "") -> Markup:
    size = largest(text, WHOLE, (160, 136, 112, 96, 80))
    head = element("h1", text, style=f"--s:{size}", cls="song")
    return element("div", head, element("p", small) if small else "", cls="c-large")


def _message(content: Content, lang: str) -> Markup:
    usual = t("ceremony.opening" if not _has_begun(content) else "ceremony.ending", lang)
    return _large(content["text"] or usual, small=content["round"])


def _has_begun(content: Content) -> bool:
    return any("county" in line for line in content["ladder"])


def _countdown(content: Content, lang: str) -> Markup:
    caption = content["text"] or t("ceremony.countdown", lang)
    figure = element("b", "", cls="c-count", id="countdown", data_ends=content["ends"])
    return element("div", element("p", caption), figure, cls="c-large c-middle")


def _prize(content: Content, lang: str) -> Markup:
    prize = content["prize"]
    name = _prize_name(prize, lang)
    parts = [element("h1", name, style=f"--s:{largest(name, WHOLE, (216, 168, 136))}", cls="song")]
    parts.append(element("p", t("ceremony.entries", lang, count=prize["count"])))
    if prize["hands"]:
        label = t("ceremony.hands", lang)
        size = largest(label + prize["hands"], WHOLE - 80, (80, 72, 64, 56, 48))
        names = element("b", prize["hands"], style=f"--s:{size}")
        parts.append(element("div", element("span", label), names, cls="c-hands"))
    return element("div", *parts, cls="c-large c-prize")


def _prize_name(prize: Content, lang: str) -> str:
    return str(prize["name"]) or t(f"ceremony.unnamed.{prize['kind']}", lang)


def _list(content: Content, lang: str) -> Markup:
    lines = content["lines"]
    head = element("h2", _prize_name(content["prize"], lang), cls="c-prize-name song")
    two = len(lines) > 6
    room = COLUMN if two else WHOLE
    rows = [_entry(line, room) for line in lines]
    deep = -(-len(lines) // 2) if two else len(lines)
    grid = element("ol", *rows, cls="c-list", style=f"--n:{max(deep, 4)}")
    return element("div", head, grid)


def _entry(line: Entry, room: float) -> Markup:
    name, around = naming.title(line), naming.around(line)
    if not line["township"] and not line["village"]:
        name, around = str(line["county"]), ""
    beside = width(around) * 44 + 32 if around else 0
    size = largest(name, room - beside, (72, 64, 56, 48))
    return element("li", element("b", name, style=f"--s:{size}"), element("span", around))


def _call(content: Content, lang: str) -> Markup:
    called = content["called"]
    return _beside(content, [_place(called, content, lang)], lang)


def _reveal(content: Content, lang: str) -> Markup:
    (line,) = content["lines"]
    name, around = naming.title(line), naming.around(line)
    if not line["township"] and not line["village"]:
        name, around = str(line["county"]), ""
    size = largest(name, LEFT, VILLAGE)
    parts = [
        _place(line, content, lang),
        element("h1", name, style=f"--s:{size}", cls="c-village song"),
        element("h2", around, style=f"--s:{largest(around, LEFT, (80, 72, 64, 56))}"),
    ]
    if line["title"]:
        title = t("ceremony.plan", lang, title=line["title"])
        parts.append(element("p", title, style=f"--s:{largest(title, LEFT, TITLE)}"))
    if line["presenter"]:
        said = t("ceremony.presenter", lang, name=f"{line['post']} {line['presenter']}".strip())
        parts.append(element("p", said, style=f"--s:{largest(said, LEFT, TITLE)}"))
    if line["score"]:
        label = element("span", t("ceremony.score", lang))
        parts.append(element("div", label, element("b", line["score"]), cls="c-score"))
    return _beside(content, parts, lang)


def _place(line: Entry, content: Content, lang: str) -> Markup:
    """The place in characters, and the prize in a frame."""
    parts = []
    if line["place"]:
        place = str(line["place"])
        said = in_characters(place) if lang == "zh" else place
        key = "ceremony.tied" if line["tied"] else "ceremony.place"
        parts.append(element("b", t(key, lang, place=said), cls="song"))
    prize = content["prize"]
    if prize["name"]:
        parts.append(element("span", prize["name"]))
    elif not parts:
        parts.append(element("span", _prize_name(prize, lang)))
    return element("div", *parts, cls="c-place")


def _beside(content: Content, parts: Sequence[Markup], lang: str) -> Markup:
    left = element("div", *parts, cls="c-now")
    return element("div", left, _ladder(content["ladder"], content, lang), cls="c-beside")


def _ladder(lines: Sequence[Entry], content: Content, lang: str) -> Markup:
    rows = [_rung(line) for line in lines]
    is_whole = bool(lines) and lines[-1].get("last")
    stage = "final" if content["stage"] == "final" else "advancing"
    line = element("p", t(f"results.{stage}", lang), cls="c-line") if is_whole else ""
    return element("div", element("ol", *rows), line, cls="c-ladder")


def _rung(line: Entry) -> Markup:
    at = line.get("place") or line["at"]
    number = element("i", f"{at}{'=' if line.get('tied') else ''}" if at else "")
    if "county" not in line:
        return element("li", number, element("em"), cls="c-on c-no" if line["now"] else "c-no")
    name, county = naming.title(line), short_county(str(line["county"]))
    room = ROW - width(county) * 40 - 20
    size = largest(name, room, (48, 44, 40))
    named = element("b", name, style=f"--s:{size}")
    cls = "c-on" if line["now"] else None
    return element("li", number, named, element("span", county), cls=cls)


def _photo(content: Content, lang: str) -> Markup:
    return _large(content["text"] or t("ceremony.photo", lang), small=content["competition"])


def _pause(content: Content, _lang: str) -> Markup:
    return _large(content["competition"], small=content["text"] or content["round"])


KINDS: dict[str, Callable[[Content, str], Markup]] = {
    "message": _message,
    "countdown": _countdown,
    "prize": _prize,
    "list": _list,
    "call": _call,
    "reveal": _reveal,
    "photo": _photo,
    "pause": _pause,
}
"""How each kind of `competition.stage.ceremony_steps.KINDS` is drawn."""
