"""The phone's page as HTML: small, whole in one answer, for old engines too."""

import json
from functools import cache
from pathlib import Path

from competition import Store
from competition.voting.views import phone_page
from organizers import naming
from ui.html import Markup, element, sample_tag
from ui.tokens import css_variables
from words import LANGS, t

HERE = Path(__file__).parent
SAID = (
    *("ask", "ask_several", "once", "choose", "chosen", "confirm_none", "confirm"),
    *("confirm_count", "until", "card", "card_of", "bound", "receipt", "waiting", "waiting_text"),
    *("voted", "voted_at", "note_again", "note_hidden", "note_result", "thanks", "closed"),
    "copying",
    *("closed_text", "closed_lost", "unknown", "unknown_text", "cancelled", "cancelled_text"),
    *("other", "other_text", "held", "held_text", "offline", "offline_open", "sending"),
    *("no_cookie", "no_cookie_text", "type_code", "type_send", "changed_phone"),
)
"""The words of the script."""


def vote_page(store: Store, round_id: str, lang: str) -> str:
    """The page of a vote; refused as `competition.voting.views.phone_page`."""
    vote = phone_page(store, round_id)
    places = [
        [one["id"], naming.number(one["number"], lang), naming.title(one), naming.around(one)]
        for one in vote.places
    ]
    given = {"round": round_id, "most": vote.most, "places": places, "say": _said(lang)}
    data = json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
        "<title>{}</title><style>:root{{{}}}{}</style></head><body><header>{}{}</header>"
        '<p class="about">{}</p><main id="m"><noscript>{}</noscript></main>{}'
        '<script type="application/json" id="given">{}</script><script>{}</script></body></html>'
    ).format(
        "zh-Hans" if lang == "zh" else lang,
        t("vote.title", lang),
        Markup(css_variables("light", shapes=False)),
        Markup(_read("vote.css")),
        element("b", element("i", t("ui.brand_mark", lang), lang="zh"), t("vote.title", lang)),
        _languages(lang),
        f"{vote.competition} · {vote.title}"
        if vote.title != t("vote.title", lang)
        else vote.competition,
        t("judges.pad.needs_script", lang),
        element("footer", sample_tag(lang)) if vote.is_sample else "",
        Markup(data),
        Markup(_read("vote.js")),
    )


@cache
def _said(lang: str) -> dict[str, str]:
    """The words with their placeholders left for the script."""
    blank = {"number": "{number}", "most": "{most}", "count": "{count}", "time": "{time}"}
    return {name: t(f"vote.{name}", lang, **blank) for name in SAID}


def _languages(lang: str) -> Markup:
    links = [
        element(
            "a",
            t(f"pad.short_{one}", lang),
            href=f"?lang={one}",
            cls="on" if one == lang else None,
            lang={"zh": "zh-Hans"}.get(one, one),
        )
        for one in LANGS
    ]
    return element("nav", *links, aria_label=t("pad.language", lang))


@cache
def _read(name: str) -> str:
    """A file without indents and comments: a phone fetches it in the first ten seconds."""
    lines = [line.strip() for line in (HERE / name).read_text("utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
