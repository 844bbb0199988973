"""评分规则 / Rules: presets with their consequence, then every rule in words and in a field."""

from datetime import datetime
from functools import partial

import streamlit as st

from competition.corrections.changed_rules import changed_rules
from competition.corrections.facts import What
from competition.errors import BadFields
from competition.lineup.rules_saving import save_rules
from competition.rounds.quota_rules import county_lines, unfilled
from competition.rounds.rounds import RoundView
from competition.rounds.rule_words import sentences
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import PRESETS, as_typed, chosen, preset_of, read_rules
from organizers.prepare import round_page as preparing
from organizers.prepare.rules import changing
from organizers.prepare.rules import fields as rule_fields
from organizers.prepare.rules.paper import rules_paper
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import Markup, card, definition, element
from ui.icons import state_label

_say = saying("organizers.rules")


def page(now: Visit, view: RoundView) -> None:
    """Presets first, then the fields beside what they mean."""
    is_draft = view["state"] == "draft"
    stored = RoundRules.from_json(view["rules"])
    preset, turn = st.session_state.get(_key(now), ("", 0))
    base = chosen(preset, stored) if preset and is_draft else stored
    preparing.head(now, view, "rules", note=_say(now, "note"))
    _presets(now, preset or preset_of(stored), preset_of(stored), is_draft=is_draft)
    changes = changing.is_asked(now, view)
    form = Form(now, f"rules-{now.round_id}-{turn}", disabled=not (is_draft or changes))
    form.is_changed = base != stored
    left, right = st.columns([3, 2], gap="medium")
    with left:
        counties = county_lines(base.scoring.groups, view["counties"])
        rule_fields.fields(now, form, as_typed(base), view["criteria"], counties)
        if changes:
            changing.send(now, form, partial(_changed, now, base))
        else:
            _send(now, form, base)
    with right:
        _meaning(now, form, base, view)
        rules_paper(now, view, mark="rules")
    preparing.next_step(now, view, "organizers.rules")


def _key(now: Visit) -> str:
    return f"rules-preset-{now.round_id}"


def _take(now: Visit, name: str) -> None:
    """Fill the fields from a preset; nothing is stored before they are saved."""
    _, turn = st.session_state.get(_key(now), ("", 0))
    st.session_state[_key(now)] = (name, turn + 1)


def _presets(now: Visit, current: str, stored: str, *, is_draft: bool) -> None:
    with st.container(key="presets", horizontal=True, gap="small", wrap=True):
        for name in PRESETS:
            with st.container(border=True, width=300, key=f"preset-{name}"):
                st.html(_preset(now, name, is_stored=name == stored))
                st.button(
                    _say(now, "taken" if name == current else "take"),
                    key=f"take-{name}",
                    on_click=_take,
                    args=(now, name),
                    disabled=not is_draft or name == current,
                    width="stretch",
                )


def _preset(now: Visit, name: str, *, is_stored: bool) -> object:
    lines = [line for line in _say(now, f"preset.{name}.means").split("|") if line]
    state = state_label("done", now.lang, word=_say(now, "in_force")) if is_stored else ""
    return element(
        "div",
        element("h3", _say(now, f"preset.{name}.name")),
        element("p", element("b", _say(now, f"preset.{name}.when"))),
        element("ul", *[element("li", line) for line in lines]),
        element("p", state, cls="a-preset-state"),
        cls="a-way a-preset",
    )


def _send(now: Visit, form: Form, base: RoundRules) -> None:
    if form.disabled:
        return

    def save(values: Values, at: datetime) -> None:
        typed = rule_fields.typed(values, as_typed(base))
        save_rules(now.store, now.who, now.round_id, typed, at=at)

    def settled() -> None:
        _, turn = st.session_state.get(_key(now), ("", 0))
        st.session_state[_key(now)] = ("", turn)

    form.send(_say(now, "save"), save, after=settled)


def _changed(now: Visit, base: RoundRules, values: Values) -> What:
    """The rules in the fields, as a correction of the round."""
    typed = rule_fields.typed(values, as_typed(base))
    return changed_rules(now.store, now.who, now.round_id, typed)


def _meaning(now: Visit, form: Form, base: RoundRules, view: RoundView) -> None:
    """What is in the fields now, in the words in which it is read out."""
    names = {c["id"]: c["name"] for c in view["criteria"]}
    try:
        rules = read_rules(rule_fields.typed(form.values(), as_typed(base)), base)
    except BadFields:
        label = state_label("attention", now.lang, word=_say(now, "meaning_wrong"))
        st.html(card(_say(now, "meaning"), element("div", label, cls="a-pad")))
        return
    body = definition(sentences(rules, names, now.lang)) + _short(now, rules, view)
    unsaved = _say(now, "meaning_note") if form.is_changed else ""
    with st.container(key="meaning"):
        st.html(card(_say(now, "meaning"), element("div", body, cls="a-pad a-meant"), note=unsaved))


def _short(now: Visit, rules: RoundRules, view: RoundView) -> Markup:
    """What is said where the caps leave places empty."""
    most = unfilled(rules.scoring, view["counties"])
    if most is None:
        return Markup("")
    label = _say(now, "quota_short", most=most, top=rules.scoring.top)
    return element("p", state_label("attention", now.lang, word=label))


page(*preparing.round_page("rules"))
