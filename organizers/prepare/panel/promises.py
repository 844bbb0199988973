"""What the assignment promises, in sentences: loads, losses it bears, precision, recusals."""

import math

import streamlit as st

from competition.errors import Refused
from competition.lineup.plan import SHEET_SD, Plan, plan
from competition.results.forecasting import Forecast, forecast, scenario_of
from organizers.offers import can
from ui.access import Visit, saying
from ui.frame import refused
from ui.html import card, element

_say = saying("organizers.promises")

TRIALS = 20
SEED = 2022
PREDICTED = "panel-predicted"


def promises(now: Visit) -> None:
    """Show the promises where judges have entrants; nothing before."""
    made = plan(now.store, now.who, now.round_id)
    if made is None:
        return
    lines = element("ul", *[element("li", text) for text in sentences(now, made)])
    st.html(card(_say(now, "title"), element("div", lines, cls="a-pad")))
    if can(now, "forecast"):
        _predict(now)


def sentences(now: Visit, made: Plan) -> list[str]:
    """One sentence for each quantity that there is."""
    facts = made.strength
    loads = _from_to(now, facts.load_low, facts.load_high)
    judges = _from_to(now, facts.judges_low, facts.judges_high)
    said = [
        _say(now, "loads", sheets=facts.sheets, judge=loads),
        _say(now, "judges", judges=judges),
    ]
    if facts.parts > 1:
        said.append(_say(now, "parts", parts=facts.parts))
    else:
        key = "may_be_lost" if facts.may_be_lost else "none_lost"
        said.append(_say(now, key, sheets=facts.may_be_lost))
    if not math.isnan(made.known_to):
        said.append(_say(now, "known_to", points=f"{made.known_to:.1f}", sd=f"{SHEET_SD:g}"))
    if made.recused:
        said.append(_say(now, "recused", pairs=made.recused, cost=_cost(now, made)))
    if made.absent:
        said.append(_say(now, "absent", sheets=made.absent))
    return said


def _cost(now: Visit, made: Plan) -> str:
    """What recusals cost: the interval without them, where it differs as shown."""
    if math.isnan(made.known_to) or math.isnan(made.known_unrecused):
        return ""
    without = f"{made.known_unrecused:.1f}"
    key = "cost_none" if f"{made.known_to:.1f}" == without else "cost"
    return _say(now, key, points=without)


def _from_to(now: Visit, low: int, high: int) -> str:
    return str(low) if low == high else _say(now, "from_to", low=low, high=high)


def _predict(now: Visit) -> None:
    """On a button: how many of the best a contest with these judges and rules selects."""
    try:
        scenario, rules = scenario_of(now.store, now.who, now.round_id, at=now.at)
    except Refused as problem:
        refused(problem, now.lang)
        return
    key = (now.round_id, scenario, rules)
    kept, outcome = st.session_state.get(PREDICTED, (None, None))
    if kept != key:
        label = _say(now, "predict", trials=TRIALS)
        if not st.button(label, key="act-predict"):
            return
        with st.spinner(_say(now, "predicting")):
            *_, outcome = forecast(scenario, rules, trials=TRIALS, seed=SEED)
        st.session_state[PREDICTED] = (key, outcome)
        st.rerun()
    st.html(element("p", prediction(now, outcome), cls="a-reason"))


def prediction(now: Visit, outcome: Forecast) -> str:
    """What the simulated contests say, in one sentence."""
    correct = f"{outcome.correct:.1f}"
    return _say(now, "predicted", trials=outcome.trials, top=outcome.top, correct=correct)
