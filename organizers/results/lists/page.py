"""获奖名单 / Award list: the winners as certified, and the files that carry them."""

import streamlit as st

from competition.results.awards import AwardList, Winner, award_list
from competition.results.certification import certified
from competition.results.errors import CertificateDiffers
from competition.results.prize_words import group_name, reason_said
from competition.results.prizes import Prized
from competition.saying import listed
from organizers import naming
from organizers.offers import can
from organizers.results import certifying
from organizers.results.lists import packing, papers
from ui.access import Visit, enter_page, saying
from ui.finder import finder
from ui.frame import page_title, refused
from ui.html import Markup, element, join, tag
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.awards")


def page(now: Visit) -> None:
    """Show the winners."""
    try:
        awards = award_list(now.store, now.who, now.round_id)
    except CertificateDiffers as problem:
        page_title(_say(now, "title"))
        refused(problem, now.lang)
        return
    state = tag(t("round_state.certified", now.lang), state="done", tone="ok")
    page_title(
        _say(now, "title"),
        state=state,
        note=_say(now, "note", count=len(awards.winners), top=awards.top),
    )
    sheet = papers.winners_sheet(awards, now.lang)
    papers.downloads(now, sheet, "award_list", primary="xlsx")
    papers.board_downloads(now)
    finder(now.lang)
    st.html(element("div", _table(now, awards), cls="a-awards"))
    beside = [group for group in awards.groups if group.kind in ("single", "organizing")]
    for group in beside:
        st.html(element("h2", group_name(group, now.lang), cls="a-h2 a-over"))
        st.html(element("ul", *[element("li", _beside(now, one)) for one in group.members]))
    notes = [*sheet.footnotes]
    st.html(element("div", *[element("p", note) for note in notes], cls="a-meaning"))
    certificate = certified(now.store, now.who, now.round_id)
    certifying.certificate_card(now, certificate, agrees=True)
    papers.open_me_download(now)
    if can(now, "record"):
        packing.panel(now, "record")


def _beside(now: Visit, one: Prized) -> str:
    """An entry of a single or county prize: who, and why."""
    who = one.county if one.line is None else f"{naming.title(one.line)} {naming.around(one.line)}"
    return listed([who, reason_said(one.reason, now.lang)], now.lang)


def _table(now: Visit, awards: AwardList) -> Markup:
    scored = awards.published == "scores"
    divided = any(group.kind == "prize" for group in awards.groups)
    names = ("entrant", "title", "presenter", "code")
    columns = [
        Column(_say(now, "column.place"), "right"),
        Column(_say(now, f"column.{'prize' if divided else 'rank'}")),
        Column(_say(now, "column.number"), "right"),
        *(Column(_say(now, f"column.{key}")) for key in names),
        Column(_say(now, "column.reason")),
        *[Column(_say(now, "column.official"), "right")] * scored,
    ]
    prizes = awards.prize_of
    rows = []
    for winner in awards.winners:
        prize = prizes[winner.code]
        row: list[object] = [
            element("b", winner.place),
            group_name(prize.group, now.lang) if divided else _rank(now, winner),
            naming.number(winner.number, now.lang),
            _named(winner),
            winner.title,
            winner.presenter,
            element("small", winner.code),
            reason_said(prize.reason, now.lang),
            *[winner.official] * scored,
        ]
        rows.append(row)
    return list_table(columns, rows, now.lang, keeps=1)


def _rank(now: Visit, winner: Winner) -> object:
    tied = t("ui.standings.tied", now.lang, rank=winner.rank)
    return tied if winner.tied else winner.rank


def _named(winner: Winner) -> Markup:
    place = {name: getattr(winner, name) for name in ("county", "township", "village")}
    name = [element("b", naming.title(place)), element("small", naming.around(place))]
    return join(name, " ")


page(enter_page("award_list", page="organizers.awards"))
