"""The fields of a what-if: each begins with the round's own rule."""

import streamlit as st

from competition.results.standings import RoundStandings
from competition.results.what_if import Hypothesis
from organizers import naming
from scoring import METHODS
from scoring.input.rules import AT_CUTS
from words import t

BANDS = ("0", "0.25", "0.5", "0.75", "1")
CLIP = "3"
SHARES = tuple(str(share) for share in range(0, 65, 5))


def ask(result: RoundStandings, lang: str) -> Hypothesis:
    """Ask what is to be changed; what is left alone is not part of the answer."""
    rules = result.rules.scoring
    with st.container(key="what-if-fields", border=True):
        official, top, at_cut, band = _ask_rules(result, lang)
        without, criterion, share = _ask_marks(result, lang)
    return Hypothesis(
        official=None if official == rules.official else official,
        top=None if top == rules.top else top,
        at_cut=None if at_cut == rules.at_cut else at_cut,
        band=None if band == _band(result) or at_cut != "statistical" else band,
        clip=CLIP if official == "clip" and rules.clip is None else None,
        without=without,
        criterion=criterion,
        share=share if criterion else None,
    )


def _say(key: str, lang: str) -> str:
    return t(f"organizers.what_if.{key}", lang)


def _band(result: RoundStandings) -> str:
    return f"{float(result.rules.scoring.exact('band')):g}"


def _ask_rules(result: RoundStandings, lang: str) -> tuple[str, int, str, str]:
    """Another method, number of seats, rule at the cut, and width of the band."""
    rules = result.rules.scoring
    methods = [name for name, method in METHODS.items() if method.may_be_official]
    first, second, third, fourth = st.columns([2, 0.8, 1.6, 0.8], vertical_alignment="bottom")
    official = first.selectbox(
        _say("official", lang),
        methods,
        index=methods.index(rules.official),
        format_func=lambda key: _own(t(f"method.{key}", lang), lang, is_own=key == rules.official),
        key="if-official",
    )
    most = max(len(result.lines), rules.top)
    top = second.number_input(_say("top", lang), 1, most, rules.top, key="if-top")
    cuts = AT_CUTS[:-1]
    at_cut = third.selectbox(
        _say("at_cut", lang),
        cuts,
        index=cuts.index(rules.at_cut) if rules.at_cut in cuts else 0,
        format_func=lambda key: _own(_say(f"cut_{key}", lang), lang, is_own=key == rules.at_cut),
        key="if-at-cut",
    )
    bands = sorted({*BANDS, _band(result)}, key=float)
    band = fourth.selectbox(
        _say("band", lang),
        bands,
        index=bands.index(_band(result)),
        key="if-band",
        disabled=at_cut != "statistical",
    )
    return official, int(top), at_cut, band


def _ask_marks(result: RoundStandings, lang: str) -> tuple[tuple[int, ...], str | None, str]:
    """Judges to leave out, and a criterion with another share of the whole."""
    left, middle, right = st.columns([2, 1.6, 1], vertical_alignment="bottom")
    without = left.multiselect(
        _say("without", lang),
        sorted(result.judges.values()),
        format_func=lambda seat: naming.seat(seat, lang),
        key="if-without",
        max_selections=max(1, len(result.judges) - 1),
        placeholder=_say("nobody", lang),
    )
    criterion = middle.selectbox(
        _say("criterion", lang),
        [None, *result.criteria.values()],
        format_func=lambda name: name or _say("as_is", lang),
        key="if-criterion",
    )
    share = right.selectbox(
        _say("share", lang),
        SHARES,
        index=SHARES.index("25"),
        key="if-share",
        disabled=not criterion,
    )
    return tuple(without), criterion, share


def _own(words: str, lang: str, *, is_own: bool) -> str:
    return t("organizers.what_if.own", lang, words=words) if is_own else words
