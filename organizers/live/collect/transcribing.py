"""代录 / Typed in: sheets dictated or on paper, each by two people; changes that wait."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from competition import clock
from competition.marks import transcription
from competition.marks.transcription import Transcription, TypedCriterion
from competition.saying import listed
from competition.shapes import OpenPair
from organizers import naming, second
from organizers.asking import answer
from organizers.live import tablets as desk_tablets
from organizers.live.collect import recovering
from organizers.offers import can
from ui.access import Visit, acting, enter_page, saying
from ui.frame import disabled_reason, empty, page_title
from ui.html import element
from ui.icons import state_label
from words import t

_say = saying("organizers.transcribing")

KINDS = ("dictated", "paper")


def main() -> None:
    """Draw what waits for a second person, then what can be typed in."""
    now = enter_page("transcriptions", page="organizers.transcribing")
    page_title(_say(now, "title"), note=_say(now, "note"))
    listed = transcription.transcriptions(now.store, now.who, now.round_id)
    desk_tablets.box(now)
    _waiting(now, [row for row in listed if row["state"] == "typed"])
    if can(now, "transcribe"):
        _typing(now)
    elif not listed:
        empty(_say(now, "over_title"), _say(now, "over_text"))
    recovering.box(now)
    _done(now, [row for row in listed if row["state"] == "confirmed"])
    answer(now, second.dialogs(now))


def _which(now: Visit, row: Transcription) -> str:
    number = naming.number(row["number"], now.lang)
    return f"{number} · {naming.seat(row['seat'], now.lang)}"


def _typing(now: Visit) -> None:
    """A form with every criterion; nothing in it is filled in beforehand."""
    sheets = transcription.open_sheets(now.store, now.who, now.round_id)
    if not sheets["pairs"]:
        empty(_say(now, "none_title"), _say(now, "none_text"))
        return
    with st.container(border=True, key="transcribe"):
        st.html(element("h2", _say(now, "type"), cls="a-h2"))
        kind = st.segmented_control(
            _say(now, "kind"),
            KINDS,
            default=KINDS[0],
            required=True,
            format_func=lambda one: _say(now, f"kind_{one}"),
            key="transcribe-kind",
        )
        st.html(element("p", _say(now, f"how_{kind}"), cls="a-reason"))
        pair = st.selectbox(
            _say(now, "which"),
            sheets["pairs"],
            format_func=lambda one: _which(now, one),
            index=None,
            key="transcribe-pair",
            placeholder=_say(now, "choose"),
        )
        if pair is not None:
            _form(now, str(kind), pair, sheets["criteria"])


def _form(now: Visit, kind: str, pair: OpenPair, criteria: list[TypedCriterion]) -> None:
    key = f"{kind}-{pair['entrant_id']}-{pair['person_id']}"
    with st.form(f"form-{key}", border=False):
        values = {
            row["id"]: st.text_input(
                _say(now, "criterion", name=row["name"], maximum=row["maximum"], step=row["step"]),
                key=f"mark-{key}-{row['id']}",
                max_chars=12,
                autocomplete="off",
            )
            for row in criteria
        }
        pressed = st.form_submit_button(_say(now, "enter"), type="primary", key="transcribe-enter")
    if not pressed:
        return
    with acting(now.lang) as problems:
        transcription.transcribe(
            now.store,
            now.who,
            round_id=now.round_id,
            entrant_id=pair["entrant_id"],
            person_id=pair["person_id"],
            kind=kind,
            values=values,
            at=clock.now(now.store),
        )
    if not problems:
        for row in criteria:
            del st.session_state[f"mark-{key}-{row['id']}"]
        st.rerun()


def _waiting(now: Visit, rows: Sequence[Transcription]) -> None:
    """What was typed once: dictated ones are read back, paper is keyed again."""
    for row in rows:
        with st.container(border=True, key=f"typed-{row['id']}"):
            head = state_label("pending", now.lang, word=_say(now, f"waits_{row['kind']}"))
            st.html(element("div", head, " ", element("b", _which(now, row))))
            mine = row["typed_by"] == now.who.person_id
            if row["kind"] == "dictated":
                _marks(row)
                _answers(now, row, confirms=not mine)
                about = f"{_say(now, 'waits_dictated')} {_which(now, row)}"
                second.offer(now, "transcription", row["id"], by=str(row["typed_by"]), about=about)
            else:
                _answers(now, row, confirms=False)
            if mine:
                disabled_reason(t("error.second_person_needed", now.lang))


def _marks(row: Transcription) -> None:
    lines = [element("li", name, " ", element("b", value)) for name, value in row["marks"]]
    st.html(element("ul", *lines, cls="a-n"))


def _answers(now: Visit, row: Transcription, *, confirms: bool) -> None:
    if not can(now, "answer_transcription"):
        return
    with st.container(horizontal=True, gap="small"):
        if confirms and st.button(_say(now, "confirm"), key=f"confirm-{row['id']}", type="primary"):
            _answer(now, row, approve=True)
        if st.button(_say(now, "refuse"), key=f"refuse-{row['id']}"):
            _answer(now, row, approve=False)


def _answer(now: Visit, row: Transcription, *, approve: bool) -> None:
    _act(
        now,
        lambda at: transcription.answer_transcription(
            now.store, now.who, row["id"], approve=approve, at=at
        ),
    )


def _act(now: Visit, act: Callable[[datetime], object]) -> None:
    with acting(now.lang) as problems:
        act(clock.now(now.store))
    if not problems:
        st.rerun()


def _done(now: Visit, rows: Sequence[Transcription]) -> None:
    """List the sheets that were typed in."""
    if not rows:
        return
    shown = sorted({_which(now, row) for row in rows})
    words = _say(now, "done", count=len(shown))
    st.html(element("p", words, " ", listed(shown, now.lang)))


main()
