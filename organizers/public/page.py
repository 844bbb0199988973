"""The public page of results as plain HTML: readable on a phone, no script, no sign-in."""

from collections.abc import Iterable

from markupsafe import Markup

from competition.paper_check import as_printed
from competition.results.public import (
    PublicEntry,
    PublicGroup,
    PublicResult,
    PublicResults,
    Published,
)
from competition.saying import listed
from competition.times import local
from ui.html import brand, element, join, sample_tag, tag
from ui.icons import icon_css
from ui.theme import read
from ui.tokens import standalone_css
from words import LANGS, t

SHORTEST = 8
TONES = {"current": "ok", "replaced": "alert", "correcting": "wait"}
FACTS = ("announced", "noticed", "decided", "commended")


def page(published: Published, lang: str, *, code: str = "") -> str:
    """A whole HTML page; ``code`` is that of a certificate to be looked up."""
    body = [_looked_up(published, lang, code)] if code else []
    body += [_competition(one, lang) for one in published.competitions]
    if not published.competitions:
        body.append(element("p", _say("none", lang), cls="r-none"))
    languages = [
        element("a", t("ui.language.short", one), href=f"/results?lang={one}", lang=one)
        for one in LANGS
        if one != lang
    ]
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>{}</title><style>{}{}{}</style>"
        '<header class="r-top">{}{}</header><main class="r-results">{}{}</main></html>'
    ).format(
        {"zh": "zh-Hans"}.get(lang, lang),
        _say("title", lang),
        Markup(standalone_css()),
        Markup(icon_css() + read("base")),
        Markup(read("public")),
        brand(lang),
        element("nav", *languages),
        join(body),
        _form(lang),
    )


def _say(key: str, lang: str, **values: object) -> str:
    return t(f"public.{key}", lang, **values)


def _form(lang: str) -> Markup:
    """The field in which a code from paper is looked up."""
    return Markup(
        '<form action="/results" class="r-form"><label for="code">{}</label>'
        '<input id="code" name="code" maxlength="80" autocomplete="off">'
        '<input type="hidden" name="lang" value="{}"><button>{}</button></form>'
    ).format(_say("code", lang), lang, _say("look", lang))


def _looked_up(published: Published, lang: str, code: str) -> Markup:
    """What the version with this code is: the one in force, or replaced by which."""
    typed = as_printed(code)[:64]
    versions = [
        result
        for one in published.competitions
        for result in one["results"]
        if len(typed) >= SHORTEST and result["sha256"].startswith(typed)
    ]
    if not versions:
        return element("p", _say("unknown", lang), cls="r-stamp", role="status")
    said = [_stamp(result, lang) for result in versions]
    return element("p", listed(said, lang), cls="r-stamp", role="status")


def _stamp(result: PublicResult, lang: str) -> str:
    values = {"round": result["round"], "version": result["version"]}
    return _say(f"stamp.{result['state']}", lang, by=result["replaced_by"], **values)


def _competition(one: PublicResults, lang: str) -> Markup:
    head = element("h1", one["competition"])
    marks = [sample_tag(lang, one["sample"])] if one["sample"] else []
    newest = [result for result in one["results"] if result["state"] != "replaced"]
    older = [result for result in one["results"] if result["state"] == "replaced"]
    shown = [_result(result, one["timezone"], lang) for result in newest]
    kept = [_older(result, one["timezone"], lang) for result in older]
    return element("section", head, *marks, *shown, *kept)


def _older(result: PublicResult, zone: str, lang: str) -> Markup:
    said = element("summary", _stamp(result, lang))
    return element("details", said, _result(result, zone, lang), cls="r-older")


def _result(result: PublicResult, zone: str, lang: str) -> Markup:
    state = tag(_say(f"state.{result['state']}", lang), tone=TONES[result["state"]])
    parts: list[object] = [element("h2", result["round"], " ", state)]
    if result["state"] == "correcting":
        parts.append(element("p", _say("correcting", lang), cls="r-stamp"))
    if result["reason"]:
        parts.append(element("p", _say("because", lang, reason=result["reason"])))
    parts += [_fact(kind, result, zone, lang) for kind in FACTS if kind in result["facts"]]
    parts += [_group(group, lang) for group in result["groups"]]
    if any(group["in_no_order"] for group in result["groups"]):
        parts.append(element("p", _say("no_order", lang), cls="r-fact"))
    if "standings" in result:
        parts += [element("h3", _say("standings", lang)), _table(result["standings"], lang)]
    version = _say("version", lang, version=result["version"], code=result["sha256"][:12])
    return element("article", *parts, element("p", version, cls="r-foot"))


def _fact(kind: str, result: PublicResult, zone: str, lang: str) -> Markup:
    said = dict(result["facts"][kind])
    at = local(said.pop("at"), zone)
    return element("p", _say(f"fact.{kind}", lang, at=f"{at:%Y-%m-%d}", **said), cls="r-fact")


def _group(group: PublicGroup, lang: str) -> Markup:
    name = group["name"] or t(f"prize.{group['kind']}", lang)
    count = _say("count", lang, count=len(group["entries"]))
    head = element("h3", name, " ", element("small", count))
    if group["kind"] == "organizing":
        counties = [entry["county"] for entry in group["entries"]]
        return element("section", head, element("p", listed(counties, lang)))
    return element("section", head, _table(group["entries"], lang))


def _table(entries: Iterable[PublicEntry], lang: str) -> Markup:
    listed_entries = list(entries)
    ranked = any("rank" in one for one in listed_entries)
    scored = any("score" in one for one in listed_entries)
    names = ["entrant", "title", *["rank"] * ranked, *["score"] * scored]
    head = element(
        "tr", *[element("th", _say(f"column.{one}", lang), scope="col") for one in names]
    )
    rows = [element("tr", *_cells(one, ranked, scored)) for one in listed_entries]
    return element("table", element("thead", head), element("tbody", *rows))


def _cells(one: PublicEntry, ranked: bool, scored: bool) -> list[Markup]:
    name = one.get("village") or one.get("township") or one["county"]
    around = [one["county"], one.get("township", "") if one.get("village") else ""]
    place = [element("b", name), " ", element("small", *around)]
    cells = [element("td", *place), element("td", one.get("title", ""))]
    if ranked:
        cells.append(element("td", one.get("rank") or "", cls="r-n"))
    if scored:
        cells.append(element("td", one.get("score") or "", cls="r-n"))
    return cells
