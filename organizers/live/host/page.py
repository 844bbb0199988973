"""The host's page as HTML: lines in the order they are spoken, large; the button at the thumb."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from competition.ids import digest
from competition.saying import in_a_row, sentence, way_out
from competition.stage.host import HostView, Reading
from competition.stage.reading_lines import ReadingLine, reading_lines
from competition.stage.spoken import with_pinyin
from competition.voting.views import VoteView, vote_step
from organizers import naming
from ui.html import Markup, element, sample_tag
from ui.icons import icon_css
from ui.scripts import SECOND, TICKER, joined
from ui.theme import read
from ui.tokens import standalone_css
from words import LANGS, t

HERE = Path(__file__).parent


def host_page(view: HostView, hall: Mapping[str, Any], given: Mapping[str, str], lang: str) -> str:
    """The whole page.

    Parameters
    ----------
    hall
        The hall's content, see `competition.stage.hall_scene`.
    given
        What the script needs: ``round``, ``seat``, ``timezone``.
    """
    names = {f"data_{name}": value for name, value in given.items()}
    said = {f"data_{name}": _say(name, lang, time="{time}") for name in ("lost",)}
    body = element("body", whole(view, hall, lang), cls="p-host", **names, **said, data_lang=lang)
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
        "<title>{}</title><style>{}{}{}</style>{}<script>{}</script></html>"
    ).format(
        {"zh": "zh-Hans"}.get(lang, lang),
        _say("title", lang),
        Markup(standalone_css()),
        Markup(icon_css() + read("base")),
        Markup(read("host")),
        body,
        Markup(_script()),
    )


@cache
def _script() -> str:
    return joined((TICKER, SECOND, HERE / "host.js"))


def whole(view: HostView, hall: Mapping[str, Any], lang: str) -> Markup:
    """What is replaced when something changes; its version changes with its text."""
    parts = [
        _head(view, lang),
        _now(hall, lang),
        element("div", *_main(view, lang), cls="p-main"),
        _foot(view, lang),
    ]
    text = Markup("").join(parts)
    return element("main", text, data_version=digest(text)[:16])


def _main(view: HostView, lang: str) -> list[Markup]:
    """What is said, who comes; a vote stands first once no score is left, or while it is open."""
    said = [_say_now(view, lang), _next(view, lang)]
    is_turn = view.reading is None or any(one.state == "open" for one in view.votes)
    return [_votes(view, lang), *said] if is_turn else [*said, _votes(view, lang)]


def version(page: Markup) -> str:
    """The version of what `whole` gives."""
    return str(page).split('data-version="', 1)[1][:16]


def _say(key: str, lang: str, **values: object) -> str:
    return t(f"organizers.host.{key}", lang, **values)


def _subject(view: HostView) -> Mapping[str, Any] | None:
    """Whose score is read, else who is on stage, else who comes."""
    if view.reading and view.reading.scores:
        return view.reading.entrants[0]
    return view.current or view.following


def _head(view: HostView, lang: str) -> Markup:
    place = _subject(view)
    name = element("div", element("b", view.round), element("span", view.competition), cls="p-who")
    number: Markup | str = ""
    if place is not None:
        around = naming.around(place)
        name = element("div", _ruby(naming.title(place)), element("span", around), cls="p-who")
        number = element("span", naming.number(place["number"], lang), cls="p-no")
    return element("header", number, name, _languages(lang), cls="p-head")


def _languages(lang: str) -> Markup:
    links = [
        element(
            "a",
            t(f"pad.short_{one}", lang),
            href=f"?lang={one}",
            cls="p-on" if one == lang else "",
            aria_current="true" if one == lang else None,
            lang={"zh": "zh-Hans"}.get(one, one),
        )
        for one in LANGS
    ]
    return element("nav", *links, cls="p-lang", aria_label=t("pad.language", lang))


def _ruby(text: str) -> Markup:
    """A name with pinyin over its hard characters only."""
    signs = [
        element("ruby", sign, element("rt", reading)) if reading else element("span", sign)
        for sign, reading in with_pinyin(text)
    ]
    return element("b", *signs, cls="p-name")


def _now(hall: Mapping[str, Any], lang: str) -> Markup:
    shown = element("b", _shown(hall, lang))
    time = element("span", id="time", role="timer")
    return element("div", element("span", _say("hall_shows", lang), " ", shown), time, cls="p-now")


def _shown(hall: Mapping[str, Any], lang: str) -> str:
    """What the hall's screen shows, in a few words."""
    scene = str(hall["scene"])
    about = hall.get("score") if scene == "score" else hall.get("entrant")
    number = naming.number(about["number"], lang) if about else ""
    if scene == "progress" and about:
        state = t(f"state.{about['stage']}", lang)
        return f"{number} {state}"
    word = _say(f"shows.{scene}", lang)
    return f"{number} {word}" if scene in ("score", "later") and number else word


def _say_now(view: HostView, lang: str) -> Markup:
    """The line that the stage asks for, then the score; else the score announced last."""
    parts: list[Markup] = []
    if view.line:
        parts += [element("h2", _say("say_now", lang)), _text(view.line)]
    reading = view.reading
    if reading and reading.scores:
        score, several = reading.scores[0], len(reading.scores) > 1
        counts = {"counted": score["counted"], "expected": score["expected"]}
        parts.append(element("h2", _say("say_now_counted", lang, **counts)))
        parts += [_score(one, lang, named=several) for one in reading.scores]
    elif view.announced is not None and not view.line:
        parts.append(element("h2", _say("announced", lang)))
        parts.append(_score(view.announced, lang, named=True))
    return element("section", *(parts or [_quiet("nothing_now", lang)]), cls="p-say")


def _quiet(key: str, lang: str) -> Markup:
    return _quiet_text(_say(key, lang))


def _text(text: str) -> Markup:
    """A text with pinyin over its hard characters."""
    signs = [
        element("ruby", sign, element("rt", reading)) if reading else sign
        for sign, reading in with_pinyin(text)
    ]
    return element("p", *signs, cls="p-line")


def _score(score: Mapping[str, Any], lang: str, *, named: bool) -> Markup:
    *lines, final = reading_lines(score, lang)
    name = f"{naming.number(score['number'], lang)} {naming.title(score)}"
    head = element("h3", name) if named else ""
    last = element(
        "div",
        element("span", final.label, element("small", final.spoken, lang="zh-Hans")),
        element("b", final.figure),
        cls="p-final",
    )
    return element("div", head, element("dl", *[_line(one) for one in lines]), last)


def _line(line: ReadingLine) -> Markup:
    label = element("dt", line.label, element("small", line.note) if line.note else "")
    return element("div", label, element("dd", line.figure))


def _next(view: HostView, lang: str) -> Markup:
    place = view.following
    if place is None:
        return element("section", _quiet("nothing_next", lang), cls="p-next")
    head = element(
        "h2",
        element("span", _say("next", lang)),
        element("span", t(f"state.{place['stage']}", lang)),
    )
    name = element(
        "div",
        element("b", naming.number(place["number"], lang)),
        _ruby(naming.title(place)),
        element("span", naming.around(place)),
        cls="p-coming",
    )
    return element("section", head, name, _text(view.introduction), cls="p-next")


def _votes(view: HostView, lang: str) -> Markup:
    """The audience votes: what each is at, how many voted, and its next step."""
    return element("div", *(_vote(one, lang) for one in view.votes)) if view.votes else Markup("")


def _vote(one: VoteView, lang: str) -> Markup:
    step = vote_step(one)
    state = element("span", t(f"organizers.vote.state.{one.state}", lang))
    report = t("organizers.vote.report", lang, **one.counts)
    parts = [element("h2", element("span", one.part), state), element("p", report, cls="p-quiet")]
    if one.waiting:
        parts.append(_quiet_text(t("error.stage_goes_on", lang, count=one.waiting)))
    if step:
        word, sure = (t(f"organizers.vote.{kind}.{step}", lang) for kind in ("act", "sure"))
        about = {"data_vote": step, "data_round": one.round_id, "data_sure": sure}
        parts.append(
            element(
                "button", word, type="button", disabled=bool(one.waiting), cls="p-step", **about
            )
        )
        parts.append(element("p", "", cls="p-why", role="status"))
    return element("section", *parts, cls="p-next p-vote")


def _quiet_text(text: str) -> Markup:
    return element("p", text, cls="p-quiet")


def _foot(view: HostView, lang: str) -> Markup:
    reading = view.reading
    numbers = naming.numbers((one["number"] for one in reading.entrants), lang) if reading else ""
    notes = [element("span", _say("role", lang), sample_tag(lang) if view.is_sample else "")]
    if reading and reading.scores:
        notes.append(element("span", _say("after", lang, numbers=numbers)))
    button = _button(reading, lang)
    why = element("p", _why(reading, numbers, lang), cls="p-why", role="status")
    return element("footer", why, button, element("div", *notes, cls="p-notes"), cls="p-foot")


def _button(reading: Reading | None, lang: str) -> Markup:
    ready = bool(reading and reading.scores)
    several = bool(reading and len(reading.entrants) > 1)
    ids = " ".join(one["id"] for one in reading.entrants) if reading and ready else None
    word = _say("read_together" if several else "read", lang)
    return element("button", word, type="button", disabled=not ready, data_entrants=ids)


def _why(reading: Reading | None, numbers: str, lang: str) -> str:
    """Why nothing can be announced now: the first reason, with who can clear it."""
    if reading is None:
        return _say("nothing_to_show", lang)
    if reading.scores:
        return ""
    error = reading.reasons[0]
    why = in_a_row([sentence(error, lang), way_out(error, lang)], lang)
    return _say("waiting_for", lang, numbers=numbers, why=why)
