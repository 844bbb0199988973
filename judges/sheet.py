"""Page: one judge's sheet of one entrant."""

import streamlit as st

from competition.errors import WrongSeat
from competition.marks import marking, own_work
from judges.desk import Desk, open_entrant
from judges.papers import papers
from judges.sheet_body import sheet_body
from judges.sheet_head import sheet_head, stage_line
from ui.access import Visit, acting, enter_page
from ui.frame import empty, page_title, refused
from words import t


def main() -> None:
    """Draw the sheet asked for, else of the one on stage, else the next to mark."""
    now = enter_page("own_sheets", density="judge", top=False, page="judges.sheet")
    seat = st.session_state.setdefault("sheet-seat", str(now.who.person_id))
    if seat != now.who.person_id:
        refused(WrongSeat(name=now.who.name), now.lang)
        return
    wanted = st.query_params.get("entrant")
    entrant_id = marking.first_entrant(now.store, now.who, now.round_id, wanted, at=now.at)
    if entrant_id is None:
        page_title(t("judges.sheet.title", now.lang))
        empty(t("judges.sheet.empty_title", now.lang), t("judges.sheet.empty_text", now.lang))
        return
    if wanted != entrant_id:
        open_entrant(entrant_id)
    _sheet(now, seat, entrant_id)


def _sheet(now: Visit, seat: str, entrant_id: str) -> None:
    timezone = now.competition["timezone"] if now.competition else "UTC"
    desk = Desk(now.store, now.who, now.lang, seat, now.round_id, entrant_id, timezone)
    with acting(now.lang) as problems:
        view = marking.sheet_view(now.store, now.who, now.round_id, entrant_id, at=now.at)
        work = own_work.own_work(now.store, now.who, now.round_id, at=now.at)["sheets"]
    if problems:
        return
    sheet_head(now, view)
    if found := papers(view.materials, now.round_id, now.lang):
        st.html(found)
    with st.container(key="stage-slot"):
        stage_line(desk, frozenset(row["id"] for row in work))
    sheet_body(desk)


main()
