"""Page: the judge's sheets with their states and totals; nothing of other judges."""

from typing import Any

import streamlit as st

from competition.aliases import aliases
from competition.blind import is_blind
from competition.documents.materials import Materials
from competition.marks.own_work import own_work
from intake.places import short_county
from judges.sheet_labels import came_tag, name_of, number_of, where_of, work_state
from ui.access import Visit, enter_page
from ui.frame import Action, empty, page_title
from ui.html import Markup, element, join
from words import t

OPENABLE = ("not_begun", "marking", "submitted", "locked", "reopened")
DONE = ("submitted", "locked")


def main() -> None:
    """List every entrant assigned to the judge, in the order of the stage."""
    now = enter_page("own_sheets", density="judge", page="judges.my_sheets")
    work = own_work(now.store, now.who, now.round_id, at=now.at)
    rows = work["sheets"]
    counted = [row for row in rows if row["state"] in OPENABLE]
    pressed = page_title(
        t("judges.my_sheets.title", now.lang),
        note=t(
            "judges.my_sheets.count",
            now.lang,
            all=len(counted),
            submitted=sum(row["state"] in DONE for row in counted),
        ),
        actions=[Action("to-marking", t("judges.my_sheets.back", now.lang), primary=True)],
    )
    if pressed:
        st.switch_page("judges/pad.py")
    if not rows:
        empty(t("judges.home.none_title", now.lang), t("judges.home.none_text", now.lang))
        return
    notes = [t("judges.my_sheets.only_yours", now.lang)]
    notes += [t("judges.my_sheets.blind", now.lang)] if now.round and is_blind(now.round) else []
    st.html(element("p", join(notes, " "), cls="j-note"))
    known = aliases(now.store, now.who, now.round_id)
    with st.container(key="sheets"):
        for row in rows:
            there = work["materials"].get(row["id"], Materials())
            shown = {**row, "id": known.hidden(row["id"])}
            _row(now, shown, len(work["criteria"]), there.shelf_mark)


def _row(now: Visit, row: dict[str, Any], criteria: int, shelf_mark: str) -> None:
    with st.container(key=f"own-{row['id']}", horizontal=True, vertical_alignment="center"):
        st.html(_words(row, criteria, shelf_mark, now.lang), width="stretch")
        if st.button(t("judges.my_sheets.open", now.lang), key=f"open-sheet-{row['id']}"):
            st.switch_page("judges/pad.py", query_params={"entrant": row["id"]})


def _words(row: dict[str, Any], criteria: int, shelf_mark: str, lang: str) -> Markup:
    detail = short_county(row["reason"])  # a county, where the judge works there
    if row["state"] == "marking":
        detail = t("judges.my_sheets.marking", lang, marked=row["marked"], of=criteria)
    if row["state"] not in OPENABLE or row["state"] == "not_begun":
        total = element("span")
    elif row["total"] is None:
        total = element("span", t("judges.my_sheets.no_total", lang), cls="j-own-total a-mute")
    else:
        total = element("span", row["total"], cls="j-own-total")
    return element(
        "div",
        element("b", number_of(row, lang)),
        element(
            "span",
            name_of(row),
            element("small", where_of(row)),
            element("small", shelf_mark),
        ),
        element(
            "span",
            work_state(row["state"], lang, detail=detail),
            came_tag(row["came"], lang),
            cls="j-own-state",
        ),
        total,
        cls="j-own",
    )


main()
