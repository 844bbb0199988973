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

    def say(key: str, **values: object) -> str:
        return t(f"organizers.what_if.{key}", lang, **values)

    methods = [name for name, method in METHODS.items() if method.may_be_official]
    with st.container(key="what-if-fields", border=True):
        first, second, third, fourth = st.columns([2, 0.8, 1.6, 0.8], vertical_alignment="bottom")
        official = first.selectbox(
            say("official"),
            methods,
            index=methods.index(rules.official),
            format_func=lambda key: _own(
                t(f"method.{key}", lang), lang, is_own=key == rules.official
            ),
            key="if-official",
        )
        top = second.number_input(
            say("top"), 1, max(len(result.lines), rules.top), rules.top, key="if-top"
        )
        at_cut = third.selectbox(
            say("at_cut"),
            AT_CUTS[:-1],
            index=AT_CUTS.index(rules.at_cut) if rules.at_cut in AT_CUTS[:-1] else 0,
            format_func=lambda key: _own(say(f"cut_{key}"), lang, is_own=key == rules.at_cut),
            key="if-at-cut",
        )
        now_band = f"{float(rules.exact('band')):g}"
        bands = sorted({*BANDS, now_band}, key=float)
        band = fourth.selectbox(
            say("band"),
            bands,
            index=bands.index(now_band),
            key="if-band",
            disabled=at_cut != "statistical",
        )
        left, middle, right = st.columns([2, 1.6, 1], vertical_alignment="bottom")
        without = left.multiselect(
            say("without"),
            sorted(result.judges.values()),
            format_func=lambda seat: naming.seat(seat, lang),
            key="if-without",
            max_selections=max(1, len(result.judges) - 1),
            placeholder=say("nobody"),
        )
        names = list(result.criteria.values())
        criterion = middle.selectbox(
            say("criterion"),
            [None, *names],
            format_func=lambda name: name or say("as_is"),
            key="if-criterion",
        )
        share = right.selectbox(
            say("share"), SHARES, index=SHARES.index("25"), key="if-share", disabled=not criterion
        )
    return Hypothesis(
        official=None if official == rules.official else official,
        top=None if top == rules.top else int(top),
        at_cut=None if at_cut == rules.at_cut else at_cut,
        band=None if band == now_band or at_cut != "statistical" else band,
        clip=CLIP if official == "clip" and rules.clip is None else None,
        without=tuple(without),
        criterion=criterion,
        share=share if criterion else None,
    )


def _own(words: str, lang: str, *, is_own: bool) -> str:
    return t("organizers.what_if.own", lang, words=words) if is_own else words
