"""The lists behind figures: villages that a measure counts or not, entrants of a round."""

import streamlit as st

from competition.programme.contest import WHICH as ENTRANTS
from competition.programme.contest import EntrantLine, entrants_of
from competition.programme.finding import WHICH, villages_behind
from competition.programme.measures import MEASURES
from competition.programme.overview import overview
from overview.choice import Choice, link
from overview.figures import about, by_number, marked, said, sources
from overview.screen_contest import A_VILLAGE
from overview.tables import village_file, village_table
from ui.access import Visit, saying
from ui.html import Markup, element, join
from ui.tables import Column, list_table
from words import t

_say = saying("overview.village")
LISTS = "overview.village"
MOST_SHOWN = 200
OTHER = {"with": "without", "without": "with", "all": "with"}


def behind_measure(now: Visit, choice: Choice) -> None:
    """The villages that a figure counts, or that it does not, as the address asks."""
    asked = st.query_params
    key = asked.get("measure", "") if asked.get("measure", "") in MEASURES else "villages"
    which = asked.get("which", "") if asked.get("which", "") in WHICH else "with"
    county, step = asked.get("county", ""), asked.get("step", "")
    number = int(step) if step.isascii() and step.isdigit() else 0
    asking = {"county": county, "which": which, "step": number, "day": choice.day, "at": now.at}
    lines = villages_behind(now.store, now.who, choice.id, key, **asking)  # type: ignore[arg-type]
    name = t(f"programme.measure.{key}", now.lang)
    of = lines[0].county if county and lines else _say(now, "all_counties")
    count = marked(f"{len(lines):,}", "list", key, which, county or "all", number)
    head = said(now.lang, f"{LISTS}.list_{which}", name=name, county=of, count=count)
    turn = link(_say(now, f"turn_{OTHER[which]}"), "overview.village",
        measure=key, county=county, which=OTHER[which],
    )  # fmt: skip
    view = overview(now.store, now.who, choice.id, day=choice.day, at=now.at)
    keys = list(dict.fromkeys((key, "all_steps", "met", "people", "fund", "overdue")))
    parts = [
        element("h2", head, cls="a-h2"),
        element("p", turn, " ", about(now, key, view), cls="a-reason"),
    ]
    if len(lines) > MOST_SHOWN:
        parts.append(element("p", _say(now, "first", most=MOST_SHOWN), cls="a-reason"))
    parts += [village_table(now, lines[:MOST_SHOWN]), sources(now, keys, view)]
    st.html(element("div", *parts, cls="o-block o-stack"))
    village_file(now, head.striptags(), lines, f"{key}-{which}-{county}-{number}-{choice.day}")


def of_round(now: Visit, choice: Choice, round_id: str) -> None:
    """The entrants of a round: all, those with sheets missing, or those chosen."""
    asked = st.query_params.get("which", "")
    which = asked if asked in ENTRANTS else "all"
    lines = entrants_of(now.store, now.who, round_id, which)
    title = next((row["title"] for row in now.rounds if row["id"] == round_id), "")
    count = marked(f"{len(lines):,}", "entrants_list", round_id, which)
    head = said(now.lang, f"{LISTS}.entrants_{which}", round=title, count=count)
    view = overview(now.store, now.who, choice.id, day=choice.day, at=now.at)
    counts = any(one.expected for one in lines)
    columns = [Column(_say(now, "entrant_number"), "right"), Column(_say(now, "entrant_place"))]
    columns.append(Column(_say(now, "title_of")))
    if counts:
        columns.append(Column(t("overview.screen.sheets", now.lang), "right"))
    columns.append(Column(_say(now, "entrant_prize")))
    rows = [_entrant(now, one, round_id, counts=counts) for one in lines[:MOST_SHOWN]]
    parts = [
        element("h2", head, cls="a-h2"),
        element("p", about(now, "entrants", view), cls="a-reason"),
    ]
    if len(lines) > MOST_SHOWN:
        parts.append(element("p", _say(now, "first_entrants", most=MOST_SHOWN), cls="a-reason"))
    table = list_table(columns, rows, now.lang, keeps=2, stacks=True)
    st.html(element("div", *parts, table, cls="o-block o-stack"))


def _entrant(now: Visit, one: EntrantLine, round_id: str, *, counts: bool) -> list[object]:
    name = one.village or one.township
    shown = link(name, "overview.village", code=one.code) if len(one.code) == A_VILLAGE else name
    place = element(
        "span", element("b", shown), " ", element("small", f"{one.county} {one.township}")
    )
    row: list[object] = ["" if one.number is None else by_number(one.number), place, one.title]
    if counts:
        row.append(
            join(
                [
                    marked(one.submitted, "sheets_in", round_id, one.code),
                    marked(one.expected, "sheets_of", round_id, one.code),
                ],
                "/",
            )
        )
    row.append(_prize(now, one))
    return row


def _prize(now: Visit, one: EntrantLine) -> Markup | str:
    if one.won is None:
        return ""
    return element("span", one.won.prize or t(f"prize.{one.won.kind}", now.lang), cls="a-nb")
