"""The frame of a page: top line, title with its acts, empty state, refusal.

A page reads ``configure``, ``page_style``, ``top_line``, ``page_title``, then its own content::

    lang = language()
    page_style()
    top_line([competition, round_name], lang, sample="sample")
    pressed = page_title(t("organizers.standings.title", lang), state=provisional_tag(lang),
                         actions=[Action("certify", t("act.certify", lang), primary=True)])
    if pressed == "certify": ...
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from competition.saying import Sayable, sentence, way_out
from ui.html import element, join, sample_tag
from ui.icons import state_label
from ui.language import language_toggle
from words import t


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a page's title.

    Attributes
    ----------
    key
        Its id; what ``page_title`` returns when it was pressed.
    label
        A verb; ends in … when a dialog follows.
    reason
        Why it cannot be pressed now and who can clear it; disables the button and is shown
        below it in words.
    shortcut
        A key such as ``"N"``; Streamlit prints it on the button.
    about
        What the act would be done to, e.g. an entrant and its stage state. A press on a button
        that has since come to mean another thing is then no press.
    resting
        Whether it waits until the page has shown what the last press did.
    """

    key: str
    label: str
    primary: bool = False
    reason: str = ""
    shortcut: str | None = None
    about: str = ""
    resting: bool = False


def configure(title: str, *, judge: bool = False) -> None:
    """Set the browser's title and the layout; the router calls it once, first."""
    if judge:
        st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    else:
        st.set_page_config(page_title=title, layout="wide", initial_sidebar_state=200)


def top_line(
    where: Iterable[str],
    lang: str,
    *,
    sample: str = "",
    short: bool = False,
    beside: Callable[[], None] | None = None,
    on_language: Callable[[str], object] | None = None,
) -> None:
    """Draw competition · round on the left, 样例数据 and the language at the right.

    Parameters
    ----------
    where
        From the competition inwards, e.g. name, round, session.
    sample
        What the data are that are invented, ``sample`` or ``rehearsal``; the tag always stands in
        this corner.
    short
        中 / EN, for judges' pages.
    beside
        Draws what stands beside the names, such as a choice of rounds.
    on_language
        Called with the new language, to keep it for the next sign-in.
    """
    with st.container(
        key="topline", horizontal=True, vertical_alignment="center", gap="small", wrap=True
    ):
        names = element("div", join(where, " · "), cls="a-where")
        if beside is None:
            st.html(names, width="stretch")
        else:
            with st.container(key="where", horizontal=True, vertical_alignment="center", wrap=True):
                st.html(names, width="content")
                beside()
        if sample:
            st.html(element("div", sample_tag(lang, sample), cls="a-tags"), width="content")
        language_toggle(lang, short=short, on_change=on_language)


def page_title(
    title: str,
    *,
    state: Markup | str = "",
    note: str = "",
    actions: Sequence[Action] = (),
) -> str | None:
    """Draw the page's heading with its state and acts; return the key of the act pressed."""
    quiet = element("span", note, cls="a-note") if note else ""
    head = element("div", element("h1", title, cls="a-h1"), state, quiet, cls="a-title")
    with st.container(key="title", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(head, width="stretch")
        pressed = _buttons(actions) if actions else None
    for reason in dict.fromkeys(action.reason for action in actions if action.reason):
        which = join((action.label for action in actions if action.reason == reason), " · ")
        st.html(element("div", which, " — ", reason, cls="a-reason a-acts-why"))
    return pressed


def _buttons(actions: Sequence[Action]) -> str | None:
    pressed = None
    with st.container(key="actions", horizontal=True, gap="small", width="content"):
        for action in actions:
            if st.button(
                action.label,
                key="-".join(filter(None, ["act", action.key, action.about])),
                type="primary" if action.primary else "secondary",
                disabled=bool(action.reason) or action.resting,
                shortcut=action.shortcut,
            ):
                pressed = action.key
    return pressed


def beside(table: Markup, draw: Callable[[], object]) -> None:
    """Show a table with its chart at the right, or below it where the screen is narrow.

    ``draw`` shows the chart, e.g. by ``ui.drawn.show_chart``.
    """
    with st.container(key="beside", horizontal=True, gap="small"):
        st.html(table, width="stretch")
        draw()


def empty(title: str, text: str) -> None:
    """Say what will be here, and what has to happen first."""
    st.html(element("section", element("h2", title), element("p", text), cls="a-empty"))


def refused(error: Sayable, lang: str, *, head: str = "ui.refused") -> None:
    """Show why an act, or a whole page, was refused and which act, of whom, clears it.

    ``head`` is the key of the words above.
    """
    lines = [element("p", line) for line in (sentence(error, lang), way_out(error, lang)) if line]
    above = state_label("attention", lang, word=t(head, lang))
    st.html(element("div", above, *lines, cls="a-refused", role="alert"))


def disabled_reason(text: str) -> None:
    """Write why the button just above cannot be pressed, naming who can clear it."""
    st.html(element("div", text, cls="a-reason"))
