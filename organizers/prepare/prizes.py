"""奖项设置 / Prizes: declared before the result is certified, beside what they come to."""

from datetime import datetime

import streamlit as st

from competition.rounds.prize_plans import (
    FORMULAS,
    HOW,
    MOST_GROUPS,
    MOST_SINGLES,
    ORDERS,
    TIES,
    Group,
    PrizePlan,
    as_typed,
)
from competition.rounds.prizing import Declared, declare_prizes, declared_prizes
from competition.saying import listed
from organizers import naming
from organizers.prepare.round_page import nothing_here
from ui.access import Visit, enter_page, saying
from ui.forms import Form, Values
from ui.frame import page_title
from ui.html import card, definition, element, tag
from words import t

_say = saying("organizers.prizes")
USUAL = (1, 3, 6)
"""The ratio of first, second and third prizes that such contests use."""


def page(now: Visit) -> None:
    """The fields, beside the prizes as they are stored."""
    if now.round is None:
        page_title(_say(now, "title"))
        return nothing_here(now, "prizes")
    certified = now.round["certified_at"] is not None
    state = tag(naming.round_state(now.round, now.lang), state="locked", tone="")
    page_title(_say(now, "title"), state=state if certified else "", note=_say(now, "note"))
    if now.round["stage"] != "final":
        st.html(element("p", _say(now, "leads_on"), cls="a-reason"))
    declared = declared_prizes(now.store, now.who, now.round_id)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _form(now, declared, disabled=certified)
    with right:
        st.html(card(_say(now, "meaning"), element("div", _meaning(now, declared), cls="a-pad")))


def _form(now: Visit, declared: Declared, *, disabled: bool) -> None:
    usual = _usual(now) if declared.plan == PrizePlan() else declared.plan
    was = as_typed(usual)
    form = Form(now, f"prizes-{now.round_id}", disabled=disabled)
    form.choose("how", _say(now, "how"), HOW, was["how"], lambda one: _say(now, f"how_{one}"))
    for at in range(MOST_GROUPS):
        with st.container(horizontal=True, gap="small", key=f"prize-{at}"):
            form.text(f"name_{at}", _say(now, "name", n=at + 1), was[f"name_{at}"])
            form.text(f"share_{at}", _say(now, "share"), was[f"share_{at}"], width=160)
    form.problem("groups")
    hint = _say(now, "hint_ties")
    form.choose(
        "ties",
        _say(now, "ties"),
        TIES,
        was["ties"],
        lambda one: _say(now, f"ties_{one}"),
        hint=hint,
    )
    orders = [_say(now, f"order_{one}") for one in ORDERS]
    form.choose(
        "order", _say(now, "order"), ORDERS, was["order"], lambda one: orders[ORDERS.index(one)]
    )
    form.tick("unordered", _say(now, "unordered"), value=usual.unordered)
    if declared.criteria:
        _singles(now, form, was, declared)
    _organizing(now, form, was)
    if now.round is not None and now.round["state"] != "draft":
        form.text("why", _say(now, "why"), hint=_say(now, "hint_why"))

    def save(values: Values, at: datetime) -> None:
        typed = {name: str(value) for name, value in values.items()}
        declare_prizes(now.store, now.who, now.round_id, typed, at=at)

    form.send(_say(now, "save"), save)


def _usual(now: Visit) -> PrizePlan:
    """What the fields begin with where nothing is declared yet."""
    names = [_say(now, f"usual_{at}") for at in range(len(USUAL))]
    return PrizePlan(groups=tuple(map(Group, names, USUAL)))


def _singles(now: Visit, form: Form, was: dict[str, str], declared: Declared) -> None:
    st.html(element("h2", _say(now, "singles"), cls="a-h2 a-over"))
    st.html(element("p", _say(now, "singles_note"), cls="a-reason"))
    names = declared.criteria
    for at in range(MOST_SINGLES):
        with st.container(horizontal=True, gap="small", key=f"single-{at}"):
            form.text(f"single_{at}", _say(now, "single", n=at + 1), was[f"single_{at}"])
            form.pick(
                f"criterion_{at}",
                _say(now, "criterion"),
                list(names),
                was[f"criterion_{at}"] or None,
                lambda one: names[one],
                placeholder=_say(now, "choose"),
            )


def _organizing(now: Visit, form: Form, was: dict[str, str]) -> None:
    st.html(element("h2", _say(now, "organizing"), cls="a-h2 a-over"))
    with st.container(horizontal=True, gap="small"):
        form.text("organizing", _say(now, "organizing_name"), was["organizing"])
        form.text("count", _say(now, "count"), was["count"], width=160)
    form.choose(
        "formula",
        _say(now, "formula"),
        FORMULAS,
        was["formula"],
        lambda one: t(f"prize.formula.{one}", now.lang),
    )


def _meaning(now: Visit, declared: Declared) -> object:
    """The stored prizes with the places each comes to."""
    plan = declared.plan
    if plan == PrizePlan():
        return element("p", _say(now, "none"))
    sizes = plan.sizes(declared.top)
    facts = [
        (group.name, _say(now, "places", count=size))
        for group, size in zip(plan.groups, sizes, strict=False)
    ]
    for single in plan.singles:
        best = _say(now, "best_on", criterion=declared.criteria.get(single.criterion, ""))
        facts.append((single.name, best))
    if plan.organizing is not None:
        formula = t(f"prize.formula.{plan.organizing.formula}", now.lang)
        by = _say(now, "counties", count=plan.organizing.count, formula=formula)
        facts.append((plan.organizing.name, by))
    order = _say(now, "unordered") if plan.unordered else _say(now, "ordered")
    after = _say(now, f"order_{plan.order}")
    said = listed([_say(now, f"ties_{plan.ties}"), order, after], now.lang)
    return element("div", definition(facts), element("p", said))


page(enter_page("people", page="organizers.prizes"))
