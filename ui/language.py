"""The language of a page: kept over reruns and pages, switched without losing anything.

The choice lives in the session; a link may bring it (``?lang=en``) and a person's saved one is
used before either language was chosen here. Widget keys never depend on the language, so what
was typed stays where it is.
"""

from collections.abc import Callable

import streamlit as st

from words import LANGS, t

CHOSEN = "chosen-language"


def language(saved: str | None = None) -> str:
    """Return the language to show: chosen here, then in the link, then saved, then Chinese.

    Parameters
    ----------
    saved
        What the person chose at an earlier sign-in, if anything.
    """
    for lang in (st.session_state.get(CHOSEN), st.query_params.get("lang"), saved):
        if lang in LANGS:
            return str(lang)
    return LANGS[0]


def language_toggle(
    lang: str, *, short: bool = False, on_change: Callable[[str], object] | None = None
) -> None:
    """Show 中文 / English (中 / EN where ``short``); the switch is done in the callback.

    Parameters
    ----------
    lang
        The language shown now, from :func:`language`.
    on_change
        Called with the new language, to keep it for the next sign-in.
    """
    kind = "short" if short else "full"
    with st.container(key="language", width="content"):
        st.segmented_control(
            t("ui.language.label", lang),
            LANGS,
            default=lang,
            required=True,
            format_func=lambda code: t(f"ui.language.{kind}", code),
            key="language-choice",
            label_visibility="collapsed",
            on_change=_choose,
            args=(on_change,),
        )


def _choose(on_change: Callable[[str], object] | None) -> None:
    lang = st.session_state["language-choice"]
    st.session_state[CHOSEN] = lang
    if "lang" in st.query_params:
        st.query_params["lang"] = lang
    if on_change is not None:
        on_change(lang)
