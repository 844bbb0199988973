"""The hall's screen as one HTML page: one thought a screen, readable from twenty metres."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from competition.stage.hall import Hall
from competition.standby.passes import Pass
from competition.typed import minutes
from exports import seal
from organizers import naming
from organizers.live.hall.ceremony import ceremony, ceremony_note
from organizers.live.hall.fit import largest
from organizers.live.hall.ladder import announced_list, page_note
from organizers.live.hall.score import WIDE, score, who
from organizers.live.hall.vote import vote, vote_note
from ui.html import Markup, element
from ui.icons import svg
from ui.scripts import SECOND, TICKER, joined
from ui.theme import read
from ui.tokens import standalone_css
from words import t

Content = Mapping[str, Any]

SCRIPTS = ("bell", "ceremony", "clock", "hall")
STYLES = ("hall", "hall_score", "hall_list", "hall_clock", "hall_ceremony")
TIMES = ("left", "over", "paused")
BARE = ("waiting", "break", "black")
"""Scenes without competition and round at the head."""


def hall_page(
    hall: Hall,
    round_id: str,
    lang: str,
    *,
    seat: str = "",
    key: str = "",
    way: Pass | None = None,
) -> str:
    """The whole page; its script asks every second whether something has changed.

    Parameters
    ----------
    seat : str
        Who has opened it and may turn the pages of a list by keys; empty for a mere screen.
    key : str
        The secret of the screen's link, by which it enters at the second laptop.
    way : Pass or None
        By what the page knows the second laptop, and enters there where a person is signed in.
    """
    entry = f"/h/{key}?lang={lang}" if key.replace("-", "").replace("_", "").isalnum() else ""
    script = Markup(
        '<script>const PULSE = "/api/hall/{}", LOST = "{}", SEAT = "{}", ENTRY = "{}";\n'
        "const PASS = {};\n{}</script>"
    ).format(
        round_id,
        t("hall.lost", lang, time="{time}"),
        seat,
        entry,
        Markup(json.dumps(way)),  # signs of our own alone: digits, letters, points and hyphens
        Markup(_script()),
    )
    return _page(hall, lang, script)


def still_page(hall: Hall, lang: str) -> str:
    """The page without a script: it stays as it was drawn."""
    return _page(hall, lang, Markup(""))


def _page(hall: Hall, lang: str, script: Markup) -> str:
    tag = {"zh": "zh-Hans"}.get(lang, lang)
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<title>{}</title><style>{}{}</style><body class="hall">{}{}</body></html>'
    ).format(
        tag,
        t("hall.title", lang),
        Markup(standalone_css()),
        Markup("".join(map(read, STYLES))),
        screen(hall, lang),
        script,
    )


@cache
def _script() -> str:
    here = Path(__file__).parent
    return joined((TICKER, SECOND, *(here / f"{name}.js" for name in SCRIPTS)))


def screen(hall: Hall, lang: str) -> Markup:
    """What is replaced when something changes, always of the same size."""
    content = hall.content
    scene = content["scene"]
    return element(
        "main",
        _head(content, lang),
        element("div", SCENES[scene](content, lang), cls=f"h-body h-{scene}"),
        _foot(content, lang),
        data_version=hall.version,
        data_scene=f"{scene} {_subject(content)}".strip(),
        data_page=content.get("page"),
        data_pages=content.get("pages"),
        data_step=content.get("step"),
        aria_live="polite",
    )


def _subject(content: Content) -> object:
    """The entrant a scene shows, by number, or the page; when it changes, the scene does."""
    if content.get("pages", 1) > 1:
        return content["page"]
    about = {"score": content.get("score"), "progress": content.get("entrant")} | {
        "later": content.get("entrant")
    }
    if content["scene"] == "ceremony":
        return content["step"]
    if content["scene"] == "vote":
        return content["vote"]["state"]
    subject = about.get(content["scene"])
    return subject["number"] if subject else ""


def _head(content: Content, lang: str) -> Markup:
    if content["scene"] in BARE:
        return element("div", cls="h-head")
    title = f"{content['competition']} · {content['round']}"
    right = ""
    if content["scene"] == "score":
        counts = content["score"]
        right = t("hall.counted", lang, counted=counts["counted"], expected=counts["expected"])
    elif content["scene"] == "ceremony":
        right = ceremony_note(content, lang)
    elif content["scene"] == "vote":
        right = vote_note(content, lang)
    elif content["scene"] == "list":
        right = page_note(content, lang)
    elif content.get("entrant"):
        done, of = content["done"]
        right = t("hall.done", lang, done=done, of=of)
    room = WIDE - 48 * len(right) - 72
    size = largest(title, room, (48, 44, 40))
    left = element("span", title if size > 40 else content["round"], style=f"--s:{size}")
    return element("div", left, element("span", right), cls="h-head")


def _foot(content: Content, lang: str) -> Markup:
    if content["scene"] == "black":
        return element("div", element("span", id="left"), cls="h-foot")
    parts = []
    if content["scene"] == "score":
        parts.append(t("hall.scale", lang, scale=content["score"]["scale"]))
        if "before" in content["score"]:
            parts.append(t("hall.corrected", lang, before=content["score"]["before"]))
    if content["scene"] == "ceremony":
        parts.append(t("ceremony.edition", lang, version=content["edition"]))
    elif content.get("head") and content["scene"] not in (*BARE, "progress"):
        parts.append(t("hall.head", lang, head=seal.shown(content["head"])))
    left = " · ".join(parts)
    tags = []
    if content.get("clock"):
        tags.append(element("span", t("hall.silent", lang), cls="h-tag h-dashed", id="bell"))
    if content["frozen"]:
        tags.append(element("span", svg("held", 32), t("hall.frozen", lang), cls="h-tag"))
    if content.get("practice"):
        tags.append(element("span", t("practice.mark", lang), cls="h-tag h-dashed"))
    if content["sample"]:
        kind = "rehearsal" if content.get("rehearsal") else "sample"
        tags.append(element("span", t(f"ui.state.{kind}", lang), cls="h-tag h-dashed"))
    return element("div", element("span", left, id="left"), element("span", *tags), cls="h-foot")


def _waiting(content: Content, lang: str) -> Markup:
    title = content["competition"]
    size = largest(title, WIDE, (136, 112, 96, 80))
    is_ahead = content["state"] in ("draft", "open")
    is_begun = content.get("done", [0])[0] > 0
    coming = "hall.resumes" if is_begun else "hall.waiting"
    word = t(coming if is_ahead else "hall.ended", lang)
    closing = _closing(content, lang)
    return element(
        "div",
        element("h1", title, style=f"--s:{size}"),
        element("h2", content["round"]),
        element("p", content["venue"]) if content["venue"] else "",
        element("p", word, cls="h-soon"),
        closing,
        cls="h-middle",
    )


def _break(content: Content, lang: str) -> Markup:
    """A break, or an adjournment with the time at which the round is to be resumed."""
    until = content["until"]
    resumes = t("hall.until", lang, until=until) if until else t("hall.resumes", lang)
    return element(
        "div",
        element(
            "h1",
            t("hall.adjourned" if content["adjourned"] else "hall.break", lang),
            style="--s:216",
        ),
        element("h2", content["round"]),
        element("p", resumes, cls="h-soon"),
        cls="h-middle",
    )


def _black(_content: Content, _lang: str) -> Markup:
    return Markup("")


def _closing(content: Content, lang: str) -> Markup:
    """The head at the closing: a photograph of the screen is a witness that cannot be recalled."""
    head = content.get("head", "")
    if not head:
        return Markup("")
    words = [t("hall.closing", lang), element("b", seal.shown(head))]
    lines = [element("span", line) for line in words]
    code = element("img", src=seal.data_uri(head), alt="")
    return element("div", code, element("div", *lines), cls="h-closing")


def _progress(content: Content, lang: str) -> Markup:
    given, of = content["sheets"]
    place = content["entrant"]
    if place is None:
        done, all_ = content["done"]
        ended = content["state"] not in ("draft", "open")
        facts = [
            element("h2", t("hall.sheets", lang)),
            element("h1", f"{given}/{of}", style="--s:248", cls="h-count"),
            element("h2", t("hall.entrants", lang, done=done, of=all_)),
            element("p", t("hall.ended", lang), cls="h-soon") if ended else "",
            _closing(content, lang),
        ]
        return element("div", *facts, cls="h-middle")
    if content.get("clock"):
        return _timed(content, lang)
    name, around = naming.title(place), naming.around(place)
    state = element("span", svg("next", 64), t(f"hall.stage.{place['stage']}", lang), cls="h-state")
    return element(
        "div",
        element("span", naming.number(place["number"], lang), cls="h-no h-huge"),
        element("h1", name, style=f"--s:{largest(name, WIDE, (216, 168, 136))}"),
        element("h2", around),
        element(
            "p", state, element("span", t("hall.submitted", lang, submitted=given, expected=of))
        ),
        cls="h-middle h-on",
    )


def _timed(content: Content, lang: str) -> Markup:
    """The entrant on stage and the time it has left; the script counts it."""
    place, timed = content["entrant"], content["clock"]
    phase = timed["phase"]
    limit = minutes(timed["limit"])
    box = element(
        "div",
        element("p", t(f"hall.clock.{phase}.left", lang)),
        element("b", limit),
        element("small", t(f"hall.clock.{phase}.limit", lang, limit=limit)),
        cls="h-clock",
        id="clock",
        role="timer",
        data_phase=phase,
        data_number=place["number"],
        **{f"data_{name}": t(f"hall.clock.{phase}.{name}", lang) for name in TIMES},
    )
    return who(place, lang) + box


def _score(content: Content, lang: str) -> Markup:
    return score(content["score"], lang)


def _later(content: Content, lang: str) -> Markup:
    """A score that was withdrawn: whose, and that it will be announced later."""
    place = content["entrant"]
    name = naming.title(place)
    return element(
        "div",
        element("span", naming.number(place["number"], lang), cls="h-no h-huge"),
        element("h1", name, style=f"--s:{largest(name, WIDE, (216, 168, 136))}"),
        element("h2", naming.around(place)),
        element("p", t("hall.later", lang), cls="h-soon"),
        cls="h-middle h-on",
    )


SCENES: dict[str, Callable[[Content, str], Markup]] = {
    "ceremony": ceremony,
    "vote": vote,
    "waiting": _waiting,
    "progress": _progress,
    "score": _score,
    "list": announced_list,
    "later": _later,
    "break": _break,
    "black": _black,
}
"""How each scene of `competition.stage.hall_scene` is drawn."""
