"""赛事设置 / Set-up: the competition's official title, days, venue and logo, and its rounds."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from competition.rounds import competitions
from competition.rounds.composites import is_composite
from competition.rounds.rounds import round_view
from competition.shapes import RoundRow
from organizers import naming
from organizers.asking import answer, ask
from organizers.figures import checks
from organizers.offers import offer
from organizers.prepare import rehearsal
from organizers.prepare import round_page as preparing
from organizers.prepare import rounds as round_forms
from ui.access import Visit, choose_round, enter_page, saying
from ui.forms import Form
from ui.frame import Action, page_title
from ui.html import card, element
from ui.uploads import upload
from words import t

_say = saying("organizers.setup")


def page(now: Visit) -> None:
    """The competition on the left, its logo and rounds beside and below."""
    pressed = page_title(
        _say(now, "title"),
        note=_say(now, "note"),
        actions=[
            *(offer(now, "make_rehearsal") if now.rounds else []),
            *([Action("create_composite", _say(now, "create_composite"))] if now.rounds else []),
            Action("create_round", _say(now, "create_round"), primary=not now.rounds),
        ],
    )
    if pressed:
        ask(pressed)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _competition(now)
    with right:
        _logo(now)
    _rounds(now)
    answer(now, round_forms.dialogs(now) | rehearsal.dialogs(now))


def _competition(now: Visit) -> None:
    row: Mapping[str, Any] = now.competition or {}
    form = Form(now, f"competition-{row.get('id', '')}")
    st.html(element("h2", _say(now, "competition"), cls="a-h2"))
    form.text("title", _say(now, "field.title"), row.get("title", ""), hint=_say(now, "hint.title"))
    with st.container(horizontal=True, gap="small"):
        form.text(
            "starts_on",
            _say(now, "field.starts_on"),
            row.get("starts_on", ""),
            placeholder="2022-03-18",
        )
        form.text(
            "ends_on",
            _say(now, "field.ends_on"),
            row.get("ends_on", ""),
            placeholder="2022-03-19",
            hint=_say(now, "hint.ends_on"),
        )
    form.text("venue", _say(now, "field.venue"), row.get("venue", ""), hint=_say(now, "hint.venue"))
    form.send(
        _say(now, "save"),
        lambda values, at: competitions.update_competition(now.store, now.who, **values, at=at),
    )


def _logo(now: Visit) -> None:
    st.html(element("h2", _say(now, "logo"), cls="a-h2"))
    address = competitions.logo(now.store, now.who)
    form = Form(now, "logo")
    if address:
        shown = element("img", src=address, alt=_say(now, "logo_alt"), cls="a-logo")
        st.html(element("div", shown, cls="a-logo-box"))
        form.send(
            _say(now, "remove_logo"),
            lambda _, at: competitions.remove_logo(now.store, now.who, at=at),
            primary=False,
            done=_say(now, "logo_removed"),
        )
        return
    st.html(element("div", _say(now, "no_logo"), cls="a-logo-box a-reason"))
    file = upload(_say(now, "choose_logo"), ["png", "jpg", "jpeg"], form.key("file"), now.lang)
    form.problem("logo")
    if file is not None:
        content = file[1]
        form.send(
            _say(now, "set_logo"),
            lambda _, at: competitions.set_logo(now.store, now.who, content, at=at),
        )


def _rounds(now: Visit) -> None:
    if not now.rounds:
        rows = [
            (
                "not_begun",
                t(f"round_stage.{stage}", now.lang),
                _say(now, f"round_example.{stage}"),
                "",
            )
            for stage in ("preliminary", "final")
        ]
        st.html(card(_say(now, "rounds"), checks(rows, now.lang), note=_say(now, "rounds_none")))
        return
    st.html(element("h2", _say(now, "rounds"), cls="a-h2 a-over"))
    for row in now.rounds:
        _round(now, row)
    drafts = [row for row in now.rounds if row["state"] == "draft"]
    if drafts:
        here = now.round if now.round in drafts else drafts[0]
        preparing.next_step(now, round_view(now.store, now.who, here["id"]), "organizers.setup")


def _round(now: Visit, row: RoundRow) -> None:
    state = row["state"]
    about = " · ".join(
        (
            t(f"round_stage.{row['stage']}", now.lang),
            t(f"category.{row['category']}", now.lang),
            naming.round_state(row, now.lang),
            *([_say(now, "is_composite")] if is_composite(row) else []),
        )
    )
    with st.container(
        key=f"one-round-{row['id']}",
        horizontal=True,
        horizontal_alignment="right",
        gap="small",
        vertical_alignment="center",
    ):
        name = element("b", row["title"])
        st.html(element("div", name, element("small", about), cls="a-line"), width="stretch")
        if len(now.rounds) > 1 and row["id"] != now.round_id:
            st.button(
                _say(now, "show_round"),
                key=f"show-{row['id']}",
                on_click=choose_round,
                args=(row["id"],),
            )
        if state == "draft":
            st.button(
                _say(now, "update_round"),
                key=f"update-{row['id']}",
                on_click=ask,
                args=("update_round",),
                kwargs={"round_id": row["id"]},
            )
        st.button(
            _say(now, "copy_round"),
            key=f"copy-{row['id']}",
            on_click=ask,
            args=("copy_round",),
            kwargs={"round_id": row["id"]},
        )
        if state == "draft":
            st.button(
                _say(now, "remove_round"),
                key=f"remove-{row['id']}",
                on_click=ask,
                args=("remove_round",),
                kwargs={"round_id": row["id"]},
            )


page(enter_page("people", of_round=False))
