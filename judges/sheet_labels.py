"""A sheet's labels in the judge's own list: state, number, name, place, how it came."""

from competition.results.typed_in_words import came_word
from intake.places import short_county, short_village
from ui.html import Markup, element
from ui.icons import state_label
from words import t

STATE_ICONS = {
    "not_begun": "not_begun",
    "marking": "marking",
    "submitted": "submitted",
    "locked": "locked",
    "reopened": "marking",
    "recused": "recused",
    "absent": "absent",
    "withdrawn": "stage_withdrawn",
}


def work_state(state: str, lang: str, *, detail: object = "") -> Markup:
    """Icon and word of a sheet's state, as it is called to its judge."""
    word = t(f"judges.state.{state}", lang)
    return state_label(STATE_ICONS[state], lang, word=word, detail=detail)


def where_of(entrant: dict[str, object]) -> str:
    """County of an entrant, by its short name, and its township unless that is its name."""
    within = entrant["township"] if entrant["village"] else ""
    return f"{short_county(str(entrant['county']))} {within}".strip()


def number_of(entrant: dict[str, object], lang: str) -> str:
    """12号; 012号 in a blind round, where the number is all that is shown."""
    number = entrant["number"]
    if not number:
        return ""
    shown = number if entrant["county"] else f"{number:03d}"
    return t("judges.number", lang, number=shown)


def name_of(entrant: dict[str, object]) -> str:
    """An entrant's village, else its township, else its plan's title; empty in a blind round."""
    village = short_village(str(entrant["village"]))
    return str(village or entrant["township"] or entrant["title"] or "")


def came_tag(came: str, lang: str) -> Markup:
    """补录 or 代录 on a sheet that was typed in for its judge; nothing on others."""
    return element("span", came_word(came, lang), cls="a-tag") if came else Markup()
