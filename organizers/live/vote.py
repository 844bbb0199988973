"""大众评审 / Audience vote: the report and the next step, the cards, the count and its ballots."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from functools import partial

import streamlit as st

from competition.invented import invented
from competition.rounds.composites import percent
from competition.voting import cards as acts
from competition.voting import views
from competition.voting.cards import MOST_AT_ONCE, Card
from competition.voting.codes import in_groups
from competition.voting.errors import NoVote
from competition.voting.views import VoteView
from exports.formats import safe_name
from exports.papers import pdf, vote_cards
from organizers import naming, vote_files
from organizers.address import reaches_tablets, server_address
from organizers.asking import answer
from organizers.live import vote_steps
from organizers.offers import can
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.forms import Form, Values
from ui.frame import disabled_reason, empty, page_title
from ui.html import card, definition, element
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.vote")

FRESH = "vote-cards-fresh"
"""Where a browser tab keeps cards just made, until they are put away: their codes are nowhere."""


def page(now: Visit) -> None:
    """What the vote is at first, then its cards, then its count."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    try:
        view = views.vote_view(now.store, now.who, now.round_id)
    except NoVote:
        empty(_say(now, "none"), _say(now, "none_text"))
        return
    _now(now, view)
    _fresh(now, view)
    if can(now, "issue_codes") and view.state in ("waiting", "open"):
        _cards(now)
    if view.cancelled:
        _cancelled(now, view)
    if view.lines:
        _result(now, view)
    answer(now, vote_steps.dialogs(now))


def _now(now: Visit, view: VoteView) -> None:
    """The state, the report, the next step."""
    with st.container(border=True, key="vote-now"):
        about = _say(
            now,
            f"about.{view.rules.scale}",
            weight=percent(Fraction(view.weight)),
            most=view.rules.most,
        )
        st.html(element("h2", view.part, " ", element("small", about), cls="a-h2"))
        vote_steps.state(now, view, size=22)
        st.html(definition((_say(now, f"count.{k}"), f"{n:,}") for k, n in view.counts.items()))
        vote_steps.step_button(now, view)
        st.html(element("p", _say(now, f"rule.{view.rules.hall}"), cls="a-reason"))


def _cards(now: Visit) -> None:
    """Cards are made; a lost one is cancelled and made again."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="vote-make"):
        st.html(element("h2", _say(now, "make"), cls="a-h2"))
        st.html(element("p", _say(now, "make_text", most=MOST_AT_ONCE), cls="a-reason"))
        form = Form(now, f"vote-make-{now.round_id}", watch=False)
        form.text("count", _say(now, "make_count"), "", width=160)
        form.send(_say(now, "make_send"), lambda values, at: _make(now, values, at))
        if not reaches_tablets(server_address()):
            disabled_reason(_say(now, "address_here"))
    with right, st.container(border=True, key="vote-cancel"):
        st.html(element("h2", _say(now, "cancel"), cls="a-h2"))
        st.html(element("p", _say(now, "cancel_text"), cls="a-reason"))
        form = Form(now, f"vote-cancel-{now.round_id}", watch=False)
        form.text("number", _say(now, "cancel_number"), "", width=160)
        form.text("reason", t("organizers.ask.reason", now.lang), "")
        form.send(
            _say(now, "cancel_send"), lambda values, at: _cancel(now, values, at), primary=False
        )


def _cancelled(now: Visit, view: VoteView) -> None:
    """The lost cards: which one takes the place of each, and since when."""
    columns = [Column(_say(now, f"lost.{name}")) for name in ("number", "replaced", "at")]
    rows = [
        [
            str(one["number"]),
            _say(now, "lost.none") if one["replaced_by"] is None else str(one["replaced_by"]),
            naming.local_time(now, datetime.fromisoformat(one["at"])),
        ]
        for one in view.cancelled
    ]
    st.html(card(_say(now, "lost.title"), list_table(columns, rows, now.lang, keeps=1)))


def _make(now: Visit, values: Values, at: datetime) -> None:
    _keep(acts.issue_codes(now.store, now.who, now.round_id, str(values["count"]), at=at))


def _cancel(now: Visit, values: Values, at: datetime) -> None:
    number, reason = str(values["number"]), str(values["reason"])
    new = acts.cancel_code(now.store, now.who, now.round_id, number, reason=reason, at=at)
    _keep([new] if new else [])


def _keep(made: list[Card]) -> None:
    """Keep cards for the page, beside those that were not put away yet."""
    st.session_state[FRESH] = [*st.session_state.get(FRESH, []), *made]


def _fresh(now: Visit, view: VoteView) -> None:
    """The cards just made, to be taken as a PDF, and put away."""
    made: list[Card] = st.session_state.get(FRESH, [])
    if not made:
        return
    with st.container(border=True, key="vote-fresh"):
        first, last = made[0].number, made[-1].number
        head = _say(now, "fresh", count=len(made), first=first, last=last)
        st.html(element("h2", head, cls="a-h2"))
        st.html(element("p", _say(now, "fresh_text"), cls="a-reason"))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            download(
                now,
                _say(now, "fresh_pdf"),
                key=f"vote-cards-{first}-{last}-{len(made)}",
                read="vote",
                name=safe_name([view.part, f"{first}-{last}"], ".pdf"),
                media_type=pdf.MIME,
                build=_printing(now, view, made, server_address()),
                primary=True,
            )
            if st.button(t("organizers.act.put_away", now.lang), key="vote-put-away"):
                st.session_state.pop(FRESH, None)
                st.rerun()


def _printing(now: Visit, view: VoteView, made: list[Card], address: str) -> Callable[[], bytes]:
    place = f"{address}/vote/{now.round_id}"
    printed = [
        vote_cards.VoteCard(one.number, in_groups(one.code), f"{place}#{one.code}") for one in made
    ]
    kind = invented(now.competition)
    mark = t(f"ui.state.{kind}", now.lang) if kind else ""
    event = now.competition["title"] if now.competition else ""

    def build() -> bytes:
        return vote_cards.render(
            printed, event=event, title=view.part, address=place, mark=mark, lang=now.lang
        )

    return build


def _result(now: Visit, view: VoteView) -> None:
    """The votes by entrant, the code of the list, and the list itself."""
    columns = [Column(t("organizers.awards.column.number", now.lang))]
    columns += [Column(t("organizers.awards.column.entrant", now.lang))]
    columns += [Column(_say(now, "votes"), "right")]
    rows = [
        [
            naming.number(place["number"], now.lang),
            element("span", naming.title(place), " ", element("small", naming.around(place))),
            element("b", f"{votes:,}"),
        ]
        for place, votes in view.lines
    ]
    st.html(card(_say(now, "result"), list_table(columns, rows, now.lang, keeps=1)))
    st.html(element("p", _say(now, "waits"), cls="a-reason"))
    if not can(now, "ballots"):
        return
    st.html(element("p", _say(now, "again"), cls="a-reason"))
    st.code(view.sha256, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        for name, build in (("ballots", vote_files.ballots), ("totals", vote_files.totals)):
            download(
                now,
                _say(now, f"{name}_file"),
                key=f"vote-{name}",
                read="ballots",
                name=f"{name}.csv",
                media_type="text/csv",
                build=partial(build, now),
            )


page(enter_page("vote", page="organizers.vote"))
