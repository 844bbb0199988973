"""What an import would enter: how many of everything, and what of it is new, changed, the same."""

import streamlit as st

import intake
from competition.lineup.known import known
from intake.comparing import compare
from organizers.figures import figures
from ui.access import Visit, saying
from ui.html import element
from words import t

_say = saying("organizers.import_page")

KINDS = ("entrants", "judges", "criteria", "sessions", "sheets")


def counts(now: Visit, plan: intake.Plan) -> None:
    """How many of everything there would be."""
    there = plan.counts
    shown: list[tuple[object, object, object]] = [
        (_say(now, f"count.{key}"), there[key], _say(now, f"count_note.{key}", **there))
        for key in KINDS
    ]
    st.html(figures(shown))


def difference(now: Visit, plan: intake.Plan) -> None:
    """The entrants and judges beside those there are, and what the files hold besides."""
    compared = compare(plan, known(now.store, now.who))
    left_out = [name for sheet in plan.sheets_read for name in sheet.left_out]
    left_out += [sheet.title for sheet in plan.sheets_read if not sheet.table and sheet.rows]
    figures_ = (
        ("new", compared.new),
        ("changed", compared.changed),
        ("same", compared.same),
        ("left_out", len(left_out)),
    )
    parts = [
        element("span", _say(now, f"difference.{key}"), " ", element("b", count))
        for key, count in figures_
    ]
    names = t("list.between", now.lang).join(dict.fromkeys(left_out))
    st.html(element("p", *parts, element("small", names), cls="a-difference", role="status"))
    if compared.fixed:
        note = _say(now, "difference.fixed", count=len(compared.fixed))
        st.html(element("p", note, cls="a-reason"))
