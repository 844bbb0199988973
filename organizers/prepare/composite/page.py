"""组成与权重 / Parts and weights: what a composite is made of, and how it ranks."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

import streamlit as st

from competition.errors import BadFields, Refused
from competition.rounds.composite_words import composite_sentences
from competition.rounds.composites import AT_CUTS, KEYS, percent, set_parts
from competition.rounds.quota_rules import county_lines
from competition.rounds.rounds import RoundView
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import as_typed
from organizers.prepare import round_page as preparing
from organizers.prepare.composite import rows
from organizers.prepare.rules import fields as rule_fields
from organizers.prepare.rules import quotas as quota_fields
from organizers.prepare.rules.paper import rules_paper
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import card, definition, element
from ui.icons import state_label

_say = saying("organizers.parts")


def page(now: Visit, view: RoundView) -> None:
    """The parts, then the rules beside what they mean."""
    preparing.head(
        now, view, "parts", note=_say(now, "note"), fixed="organizers.preparing.fixed_weights"
    )
    rules = RoundRules.from_json(view["rules"])
    lines = rows.stored(view["parts"])
    form = Form(now, f"parts-{now.round_id}", disabled=view["state"] != "draft")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.html(element("h2", _say(now, "parts"), cls="a-h2"))
        st.html(element("p", _say(now, "entrants_of"), cls="a-reason"))
        rows.draw(now, form, lines)
        _rules(now, form, rules, view)
        _send(now, form, rules, lines)
    with right:
        _sum(now, form, lines)
        _meaning(now, rules, view)
        rules_paper(now, view, mark="rules")
    preparing.next_step(now, view, "organizers.parts")


def _rules(now: Visit, form: Form, rules: RoundRules, view: RoundView) -> None:
    was = as_typed(rules)
    titles = {part["id"]: part["title"] for part in view["parts"]}
    rule_fields.group(now, "seats")
    rule_fields.seats(now, form, was, AT_CUTS)
    counties = county_lines(rules.scoring.groups, view["counties"])
    quota_fields.fields(now, form, was, counties)
    form.text("decimals", _say(now, "decimals"), was["decimals"], width=200)
    rule_fields.group(now, "ties")
    rule_fields.ties(now, form, was, titles, KEYS, "organizers.parts")
    st.html(element("h2", _say(now, "public"), cls="a-h2 a-over"))
    rule_fields.published(now, form, was)


def _send(now: Visit, form: Form, rules: RoundRules, lines: list[rows.Line]) -> None:
    if form.disabled:
        return

    def save(values: Values, at: datetime) -> None:
        parts, places = rows.typed(values, lines)
        typed = rule_fields.typed(_of_rules(values), as_typed(rules))
        try:
            set_parts(now.store, now.who, now.round_id, parts, typed, at=at)
        except BadFields as error:
            raise BadFields(_by_line(error.problems, places)) from error

    form.send(_say(now, "save"), save)


def _of_rules(values: Values) -> Values:
    return {name: value for name, value in values.items() if not name[0].isdigit()}


def _by_line(problems: Mapping[str, Refused], places: list[int]) -> dict[str, Refused]:
    """Refusals by the part's place as refusals by the line's."""
    by_line = {}
    for name, error in problems.items():
        head, dot, rest = name.partition(".")
        by_line[f"{places[int(head)]}.{rest}" if dot and head.isdigit() else name] = error
    return by_line


def _sum(now: Visit, form: Form, lines: list[rows.Line]) -> None:
    """The weights typed so far, summed: exactly 100% or not yet."""
    total = Fraction()
    for part in rows.typed(form.values(), lines)[0]:
        total += _weight(part.weight)
    fits = total == 1
    word = _say(now, "sum_fits" if fits else "sum_off", total=percent(total))
    label = state_label("done" if fits else "attention", now.lang, word=word)
    st.html(element("p", label, cls="a-sum"))


def _weight(typed: str) -> Fraction:
    """What a field holds so far; nothing while it is no number."""
    text = typed.strip().replace("\N{FULLWIDTH PERCENT SIGN}", "%")
    try:
        return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return Fraction()


def _meaning(now: Visit, rules: RoundRules, view: RoundView) -> None:
    """What is stored, in the words in which it is read out."""
    if not view["parts"]:
        return
    body = definition(composite_sentences(rules, view["parts"], now.lang))
    with st.container(key="meaning"):
        st.html(card(_say(now, "meaning"), element("div", body, cls="a-pad a-meant")))


page(*preparing.round_page("parts"))
