"""评分标准 / Rubric: criteria, maxima, steps, points to look for and anchors, typed in place."""

from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from competition.corrections.changed_rules import changed_rubric
from competition.corrections.facts import What
from competition.errors import BadFields
from competition.rounds.rounds import RoundView
from competition.rounds.rules import RoundRules
from competition.rounds.samples import SAMPLES, sample_rubric
from competition.rounds.typed_rubric import rubric_sum, save_rubric
from organizers.prepare import round_page as preparing
from organizers.prepare.rules import changing, rubric_rows
from organizers.prepare.rules.rubric_rows import Draft
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element, tag
from ui.icons import state_label

_say = saying("organizers.rubric")


def page(now: Visit, view: RoundView) -> None:
    """The rubric of the round, to be typed while it is in draft."""
    is_draft = view["state"] == "draft"
    draft = rubric_rows.draft_of(now, view)
    preparing.head(now, view, "rubric", note=_note(now, draft))
    if not draft.rows and is_draft:
        _begin(now, draft)
        preparing.next_step(now, view, "organizers.rubric")
        return
    rules = RoundRules.from_json(view["rules"])
    changes = changing.is_asked(now, view)
    form = Form(now, f"rubric-{now.round_id}", disabled=not (is_draft or changes))
    if draft.is_sample:
        _sample(now, form, is_draft=is_draft)
    with st.container(key="rubric-sum"):
        sum_at = st.empty()
    weighted = _advanced(now, form, draft)
    for place, row in enumerate(draft.rows):
        rubric_rows.row_fields(now, form, draft, place, row, weighted=weighted)
    if is_draft:
        st.button(_say(now, "add"), key="rubric-add", on_click=draft.add)
    _foot(now, form, rules)
    if changes:
        changing.send(now, form, partial(_changed, now, draft))
    elif is_draft:
        _send(now, form, draft)
    sum_at.html(_sum(now, form, draft, weighted=weighted))
    preparing.next_step(now, view, "organizers.rubric")


def _note(now: Visit, draft: Draft) -> str:
    return _say(now, "note", count=len(draft.rows)) if draft.rows else ""


def _begin(now: Visit, draft: Draft) -> None:
    """Nothing here yet: begin from a sample, from one total, or from a blank line."""
    heading, text = element("h2", _say(now, "empty")), element("p", _say(now, "will_be"))
    st.html(element("section", heading, text, cls="a-empty"))
    with st.container(key="choices", horizontal=True, gap="small", wrap=True):
        for name in SAMPLES:
            with _way(now, name):
                _take_sample(now, draft, name)
        for name, act, about in (
            ("total", draft.total_only, (_say(now, "total_name"),)),
            ("blank", draft.add, ()),
        ):
            with _way(now, name):
                label = _say(now, f"way.{name}.act")
                st.button(label, key=f"rubric-{name}", on_click=act, args=about, width="stretch")


def _take_sample(now: Visit, draft: Draft, name: str) -> None:
    def take(_: Values, at: datetime) -> None:
        lines = sample_rubric(name)
        save_rubric(now.store, now.who, now.round_id, lines, is_sample=True, at=at)

    form = Form(now, f"rubric-{name}", watch=False)
    label = _say(now, f"way.{name}.act")
    form.send(label, take, primary=name == SAMPLES[0], after=draft.forget)


def _way(now: Visit, name: str) -> Any:
    box = st.container(border=True, width=300, key=f"way-{name}")
    with box:
        head = element("h3", _say(now, f"way.{name}.title"))
        st.html(element("div", head, element("p", _say(now, f"way.{name}.text")), cls="a-way"))
    return box


def _sample(now: Visit, form: Form, *, is_draft: bool) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=True):
        st.html(tag(_say(now, "sample"), state="sample", dashed=True), width="content")
        if is_draft:
            form.tick("confirmed", _say(now, "confirmed"))


def _advanced(now: Visit, form: Form, draft: Draft) -> bool:
    """Weight apart from the maximum, and another full score: rarely wanted, so folded away."""
    has_weights = any(row.typed.weight for row in draft.rows)
    with st.expander(_say(now, "advanced"), expanded=has_weights or draft.full != "100"):
        form.text("full", _say(now, "full"), draft.full, hint=_say(now, "full_hint"), width=420)
        return form.tick(
            "weighted", _say(now, "weighted"), value=has_weights, hint=_say(now, "weighted_hint")
        )


def _sum(now: Visit, form: Form, draft: Draft, *, weighted: bool) -> object:
    """The sum of the maxima typed so far, and what is still wrong."""
    values = form.values()
    total = rubric_sum(rubric_rows.typed_lines(values, draft, weighted=weighted))
    full = str(values.get("full", draft.full))
    if weighted:
        return element("span", _say(now, "sum_free", total=total), cls="a-sum")
    fits = total == rubric_sum(rubric_rows.one_line(full))
    state = "done" if fits else "attention"
    key = "sum_fits" if fits else "sum_off"
    label = state_label(state, now.lang, word=_say(now, key, total=total, full=full))
    return element("span", label, cls="a-sum")


def _foot(now: Visit, form: Form, rules: RoundRules) -> None:
    form.text(
        "floor",
        _say(now, "floor"),
        rules.floor,
        hint=_say(now, "floor_hint"),
        placeholder=_say(now, "floor_none"),
        width=420,
    )
    form.problem("sum")


def _changed(now: Visit, draft: Draft, values: Values) -> What:
    """The rubric in the fields, as a correction of the round."""
    lines = rubric_rows.typed_lines(values, draft, weighted=bool(values["weighted"]))
    full, floor = str(values["full"]), str(values["floor"])
    try:
        return changed_rubric(now.store, now.who, now.round_id, lines, full=full, floor=floor)
    except BadFields as error:
        raise BadFields(rubric_rows.by_row(error.problems, draft)) from error


def _send(now: Visit, form: Form, draft: Draft) -> None:
    def save(values: Values, at: datetime) -> None:
        lines = rubric_rows.typed_lines(values, draft, weighted=bool(values["weighted"]))
        try:
            save_rubric(
                now.store,
                now.who,
                now.round_id,
                lines,
                full=str(values["full"]),
                floor=str(values["floor"]),
                is_sample=draft.is_sample and not values.get("confirmed"),
                at=at,
            )
        except BadFields as error:
            raise BadFields(rubric_rows.by_row(error.problems, draft)) from error

    form.send(_say(now, "save"), save, after=draft.forget)


page(*preparing.round_page("rubric"))
