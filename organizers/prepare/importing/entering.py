"""The foot of the import page: where it is entered, what has no default, and the one button."""

from datetime import datetime

import streamlit as st

import intake
from competition.rounds.rules import RECUSAL_LEVELS
from competition.rounds.typed_rules import asked_rules
from organizers.prepare.importing import chosen
from organizers.prepare.pasting import panel_title
from organizers.prepare.rounds import method_and_places
from ui.access import Visit, choose_round, saying
from ui.forms import Form, Values
from words import t

_say = saying("organizers.import_page")

LEVEL = "import-level"


def send(now: Visit, form: Form, plan: intake.Plan) -> None:
    """Ask what the files do not say, and offer the one button."""
    if plan.judges:
        _recusals(now, form, plan)
    drafts = {row["id"]: row["title"] for row in now.rounds if row["state"] == "draft"}
    into = ""
    if drafts and not plan.sheets:
        into = form.choose(
            "into",
            _say(now, "into"),
            ["", *drafts],
            "",
            lambda key: drafts.get(key, _say(now, "new_round")),
        )
    makes_round = not into and bool(plan.entrants or plan.rubric)
    if makes_round:
        title = t(f"intake.round_title.{plan.stage}", now.lang)
        form.text("round_title", _say(now, "round_title"), title, width=420)
        method_and_places(now, form)
    if plan.judges and not plan.assignments:
        each = "one_panel_each" if plan.sessions else "one_panel_hint"
        hint = t(f"organizers.pasting.{each}", now.lang)
        form.tick("one_panel", t("organizers.pasting.one_panel", now.lang), value=True, hint=hint)
    reason = _say(now, "stopped", count=len(plan.stops)) if plan.stops else ""
    label = _say(now, "enter_into" if into else "enter" if makes_round else "enter_lists")
    form.send(label, lambda values, at: _enter(now, plan, values, at), reason=reason)


def _recusals(now: Visit, form: Form, plan: intake.Plan) -> None:
    """The level of automatic recusals: another one reads the files again."""
    st.session_state[LEVEL] = form.choose(
        "recusal_level",
        t("organizers.rules.field.recusal_level", now.lang),
        RECUSAL_LEVELS,
        "county",
        lambda name: t(f"organizers.rules.recusal.{name}.name", now.lang),
        hint=_say(now, "level_hint"),
    )
    if st.session_state[LEVEL] != plan.recusal_level:
        st.rerun()


def _enter(now: Visit, plan: intake.Plan, values: Values, at: datetime) -> None:
    is_asked = "preset" in values
    rules = asked_rules(str(values["preset"]), str(values["top"])) if is_asked else None
    done = intake.enter(
        now.store,
        now.who,
        plan,
        at=at,
        round_title=str(values.get("round_title", "")),
        rules=rules,
        lang=now.lang,
        round_id=str(values.get("into", "")),
        columns=chosen.named_headers(plan.sheets_read),
        panel_title=panel_title(now, values),
    )
    if done.round_id:
        choose_round(done.round_id)
    st.session_state["import-turn"] = st.session_state.get("import-turn", 0) + 1
    st.session_state["import-done"] = done
