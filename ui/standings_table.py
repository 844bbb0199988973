"""The standings as one HTML table: two scores side by side, zone, cut line, seats.

Rows come ready and in order; nothing is ranked or rounded here. Figures are published ones
(already quantised by scoring); the table only gives a column one number of decimals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from ui.html import element, join
from ui.icons import icon, state_label
from ui.standings_row import IN_ZONE, SELECTED, Figure, StandingRow, figure
from words import t

__all__ = ["Figure", "StandingRow", "figure", "standings_foot", "standings_table"]


TALL: dict[str, object] = {"rowspan": 2, "scope": "col"}
ZERO = "a-zero"
"""A column that has no width at 390 px: it stays, for a heading spans it."""


def standings_table(
    rows: Sequence[StandingRow],
    lang: str,
    *,
    official: Literal["adjusted", "announced"] = "adjusted",
    decimals: int = 2,
    top: int | None = None,
    line: Literal["advancing", "final"] = "advancing",
    parts: Sequence[tuple[str, str]] = (),
) -> Markup:
    """Return the table; show it with ``st.html``.

    Parameters
    ----------
    official
        The score that ranks; the other one is in the column before it.
    top
        Seats N. Without an open zone a named line is drawn below the last selected row.
    line
        入围线 or 获奖线. In a round that advances nothing is announced: 现场得分 is 评委平均分.
    parts
        Title and weight of each part of a composite, a column each.
    """
    edges = _zone_edges(rows)
    cut = _cut_after(rows) if top is not None and not edges else None
    plan = _Columns(
        official=official,
        announced="judges_mean" if line == "advancing" else "announced",
        other=any(row.other is not None for row in rows),
        deduction=any(row.deduction is not None for row in rows),
        line=cut is not None,
        decimals=decimals,
        parts=tuple(parts),
    )
    label = t(f"ui.standings.line_{line}", lang, top=top) if cut is not None else ""
    body = [
        _row(row, lang, plan, edge=i in edges, label=label if i == cut else "")
        for i, row in enumerate(rows)
    ]
    table = element(
        "table",
        element("caption", t("ui.standings.caption", lang), cls="a-hidden"),
        _colgroup(plan),
        element("thead", *_head(lang, plan)),
        element("tbody", *body),
        cls="a-table a-standings",
    )
    scrolls = element("div", table, cls="a-scroll")
    foot = standings_foot(rows, lang, short="short_parts" if plan.parts else "short")
    return element("div", scrolls, foot, cls="a-standings-place")


@dataclass(frozen=True, slots=True)
class _Columns:
    official: str
    announced: str
    other: bool
    deduction: bool
    line: bool
    decimals: int
    parts: tuple[tuple[str, str], ...] = ()


def _zone_edges(rows: Sequence[StandingRow]) -> set[int]:
    """Indices of rows with a zone rule above them: the first of the zone, the first after it."""
    zone = [i for i, row in enumerate(rows) if row.verdict in IN_ZONE]
    return {zone[0], zone[-1] + 1} if zone else set()


def _cut_after(rows: Sequence[StandingRow]) -> int | None:
    inside = [i for i, row in enumerate(rows) if row.verdict in SELECTED]
    return inside[-1] if inside else None


def _colgroup(plan: _Columns) -> Markup:
    """Least widths in px, the name taking what is left; longer words widen a column."""
    widths: list[int | None] = [44, 46, None, 46, *[72] * len(plan.parts)]
    widths += [60, 46, 66, 58] if plan.other else [66]
    widths += [54] if plan.deduction else []
    widths += [160 if plan.line else 122, 44, 24]
    cols = [element("col", style=f"width:{w}px" if w else None) for w in widths]
    return element("colgroup", *cols)


def _head(lang: str, plan: _Columns) -> list[Markup]:
    def word(key: str, **values: object) -> str:
        return t(f"ui.standings.{key}", lang, **values)

    def tall(key: str, cls: str | None = None) -> Markup:
        return element("th", word(key), cls=cls, rowspan=2, scope="col")

    def pair(name: str, first: str, second: str, hides: str = "") -> tuple[Markup, list[Markup]]:
        group = element("th", name, cls=f"a-grp {hides}".strip(), colspan=2, scope="colgroup")
        return group, [
            element("th", word(first), cls=f"a-n a-l {hides}".strip(), scope="col"),
            element("th", word(second), cls=f"a-n {hides or ZERO}", scope="col"),
        ]

    names = {"adjusted": word("adjusted"), "announced": word(plan.announced)}
    shown = word("official", score=names[plan.official])
    if plan.parts:
        shown = word("composite")
    upper = [tall("rank", "a-n"), tall("number", "a-n"), tall("entrant")]
    upper.append(tall("parts" if plan.parts else "judges", "a-n a-wide-only"))
    upper += [
        element("th", title, " ", element("small", weight), cls="a-n a-wide-only", **TALL)
        for title, weight in plan.parts
    ]
    lower: list[Markup] = []
    if plan.other:
        beside = "announced" if plan.official == "adjusted" else "adjusted"
        for group, cells in (
            pair(names[beside], "score", "rank", "a-wide-only"),
            pair(shown, "score", "difference"),
        ):
            upper.append(group)
            lower += cells
    else:
        upper.append(element("th", shown, cls="a-n a-l", rowspan=2, scope="col"))
    if plan.deduction:
        upper.append(tall("deduction", "a-n a-l a-wide-only"))
    hidden = element("span", word("differs_column"), cls="a-hidden")
    upper += [tall("verdict", "a-l"), tall("seat", "a-n")]
    upper.append(element("th", hidden, cls="a-wide-only", rowspan=2, scope="col"))
    return [element("tr", *upper), element("tr", *lower)]


def _row(row: StandingRow, lang: str, plan: _Columns, *, edge: bool, label: str) -> Markup:
    classes = ["a-zone"] if row.verdict in IN_ZONE else []
    classes += ["a-edge"] if edge else []
    classes += ["a-cut"] if label else []
    number = row.code
    if row.number is not None:
        number = t("ui.standings.number_of", lang, number=row.number)
    title = element("a", row.title, href=row.link, target="_self") if row.link else row.title
    name = join([element("b", title), element("span", row.place)], " ")
    counted = f"{row.counted}/{row.expected}"
    short = " a-short" if row.counted < row.expected else ""
    cells = [
        element("td", _rank(row.rank, row.tied, lang), cls="a-n a-second"),
        element("td", number, cls="a-n a-second"),
        element("td", name, cls="a-name"),
        element("td", counted, cls="a-n a-wide-only" + short),
        *_scores(row, lang, plan),
        _verdict(row, lang, label),
        element("td", row.seat or t("ui.standings.no_seat", lang), cls="a-n a-seat"),
        _differs(row, lang),
    ]
    return element("tr", *cells, cls=" ".join(classes) or None, data_verdict=row.verdict)


def _rank(rank: int | None, tied: bool, lang: str) -> str:
    if rank is None:
        return ""
    return t("ui.standings.tied", lang, rank=rank) if tied else str(rank)


def _scores(row: StandingRow, lang: str, plan: _Columns) -> list[Markup]:
    def cell(value: Figure, cls: str) -> Markup:
        if value is None:
            return element("td", t("ui.standings.no_score", lang), cls="a-n a-second")
        return element("td", figure(value, plan.decimals), cls=cls)

    cells = [
        element("td", t("ui.standings.no_part", lang), cls="a-n a-short a-wide-only")
        if part is None
        else element("td", str(part), cls="a-n a-second a-wide-only")
        for part in row.parts
    ]
    if plan.other:
        cells.append(cell(row.other, "a-n a-wide-only"))
        cells.append(
            element(
                "td", _rank(row.other_rank, row.other_tied, lang), cls="a-n a-second a-wide-only"
            )
        )
    cells.append(cell(row.official, "a-n a-official"))
    if plan.other:
        cells.append(_difference(row, plan.decimals))
    if plan.deduction:
        has_one = row.deduction is not None
        cells.append(
            cell(row.deduction, "a-n a-wide-only") if has_one else element("td", cls="a-wide-only")
        )
    return cells


def _difference(row: StandingRow, decimals: int) -> Markup:
    if row.official is None or row.other is None:
        return element("td", cls=ZERO)
    published = [Decimal(f"{value:.{decimals}f}") for value in (row.official, row.other)]
    text = figure(published[0] - published[1], decimals, signed=True)
    return element("td", text, cls=f"a-n a-second {ZERO}")


def _verdict(row: StandingRow, lang: str, label: str) -> Markup:
    text = state_label(row.verdict, lang, word=row.word or None, size=14)
    if row.verdict in ("zone_out", "below", "unranked"):
        text = element("span", text, cls="a-quiet")
    note = element("small", " ", row.note) if row.note else ""
    line = element("span", label, cls="a-line") if label else ""
    return element("td", text, note, line, cls="a-verdict")


def _differs(row: StandingRow, lang: str) -> Markup:
    if not row.differs:
        return element("td", cls="a-dm a-wide-only")
    hidden = element("span", t("ui.state.differs", lang), cls="a-hidden")
    return element("td", icon("differs", 12), hidden, cls="a-dm a-wide-only")


def standings_foot(rows: Sequence[StandingRow], lang: str, *, short: str = "short") -> Markup:
    """Return the legend: only what occurs in these rows."""
    verdicts = {row.verdict for row in rows}
    parts: list[object] = []
    if "above" in verdicts:
        parts.append(state_label("above", lang, size=14))
    if verdicts & set(IN_ZONE):
        parts.append(state_label("zone", lang, size=14))
    if "below" in verdicts:
        parts.append(state_label("below", lang, size=14))
    if any(row.tied or row.other_tied for row in rows):
        parts.append(t("ui.standings.foot.tied", lang))
    if any(row.seat for row in rows):
        parts.append(t("ui.standings.foot.seat", lang))
    if few := next((row for row in rows if row.counted < row.expected), None):
        ratio = element("u", f"{few.counted}/{few.expected}")
        parts.append(join([ratio, t(f"ui.standings.foot.{short}", lang)], " "))
    if any(row.differs for row in rows):
        parts.append(join([icon("differs", 12), t("ui.standings.foot.differs", lang)], " "))
    return element("div", *[element("span", part) for part in parts], cls="a-foot")
