"""Every shared widget on sample data: ``streamlit run tests/ui/gallery.py``.

``?view=`` names one of VIEWS, ``?lang=en`` the language.
"""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from charts.caterpillar import caterpillar
from charts.rank_intervals import rank_intervals
from charts.slope import slope
from tests.ui.sample import TOP, intervals, seats, severities, standing_rows
from ui.frame import (
    Action,
    beside,
    configure,
    disabled_reason,
    empty,
    page_title,
    refused,
    top_line,
)
from ui.html import card, element, join, number_block, provisional_tag, sentences, unbroken
from ui.icons import STATES, icon, state_label
from ui.language import language
from ui.sidebar import Link, sidebar
from ui.standings_table import StandingRow, standings_table
from ui.tables import Cell, Column, list_table, matrix_table
from ui.theme import current_palette, page_style
from words import has, t

WHERE = ["村庄规划擂台赛", "村级决赛"]
NUMBERS = [join(map(unbroken, group), "、") for group in (["4号", "7号"], ["14号", "20号", "21号"])]
SAY = [
    (
        "前 9 名已定，其余 4 个名额由临界名单的 6 个按同分处理产生",
        "临界名单 86.50–86.92 分（入围线上下各 0.36 分），按评分办法第 7 条排定。",
    ),
    (
        "去掉任何一名评委，最多换 2 席",
        "去掉评委11时换 2 席；去掉另外 4 名之一换 1 席，其余 10 名去掉后名单不变。",
    ),
    (
        "分场与回避使 3 个名额不同于现场得分",
        join(
            ["修正后入围：", NUMBERS[0], "；按现场得分原可入围：", NUMBERS[1], "。表中标 ",
             icon("differs", 12), "。"]
        ),
    ),
]  # fmt: skip


class _Refused(NamedTuple):
    code: str = "mark_out_of_range"
    values: dict[str, object] = MappingProxyType(
        {"criterion": "产业振兴", "mark": "101", "low": "0", "high": "100"}
    )


def standings(lang: str) -> None:
    top_line(WHERE, lang, sample="sample")
    page_title(
        "成绩",
        state=provisional_tag(lang),
        actions=[
            Action("why", "成绩说明"),
            Action("export", "导出 Excel"),
            Action("certify", "成绩确认…", primary=True),
        ],
    )
    st.html(sentences(SAY))
    chart = rank_intervals(intervals(), lang, current_palette(), top=TOP, bare=True)
    beside(
        standings_table(standing_rows(), lang, top=TOP),
        lambda: st.altair_chart(chart, theme=None, width="content"),
    )


def states(lang: str) -> None:
    top_line(WHERE, lang, sample="sample")
    page_title(
        "现场控制",
        note="当前 3/26 · 预计 16:40 结束",
        actions=[
            Action("pause", "暂停比赛"),
            Action("call", "请 4号 上场", shortcut="N"),
            Action("release", "一并亮分", primary=True, reason="还差 2 张：评委02、评委06"),
        ],
    )
    left, right = st.columns(2)
    rows = [[name, state_label(name, lang)] for name in STATES]
    left.html(list_table([Column("key"), Column("state")], rows, lang))
    cells = [Cell("submitted"), Cell("marking", "5/7"), Cell("recused"), Cell("not_begun"), None]
    columns = ["评委01", "评委02", "评委03", "评委04", "候补01"]
    right.html(
        matrix_table(
            "号", columns, {"1号 锡城街道": cells, "2号 西三镇": cells}, lang, here="2号 西三镇"
        )
    )
    head = number_block(
        "3号", "石屏县 异龙镇", "汇报人 乡镇党委书记", "有效评委 6/7（评委05 回避）"
    )
    right.html(card("评委席", element("div", head, style="padding:12px 18px"), note="已提交 4/6"))
    right.html(standings_table(standing_rows()[:15][::-1][:3], lang))
    with right:
        st.text_input("理由", key="reason")
        st.button("记录", disabled=True)
        disabled_reason("还差 2 张：评委02、评委06")
        if has("error.mark_out_of_range", lang):
            refused(_Refused(), lang)


def final(lang: str) -> None:
    """One panel on stage: announced is official, no zone, one withdrawn, one deduction."""
    top_line(WHERE, lang, sample="sample")
    page_title("成绩", state=state_label("locked", lang, size=16))
    rows = [replace(row, official=row.other, other=row.official) for row in standing_rows()]
    states = {"zone_in": "above", "zone_out": "below"}
    rows = [replace(row, verdict=states.get(row.verdict, row.verdict)) for row in rows[:15]]
    rows = [row for row in rows if row.seat] + [row for row in rows if not row.seat]
    rows[3] = replace(rows[3], deduction=Decimal("0.10"))
    out = StandingRow(
        number=41, title="<b>羊街村</b>", place="开远市羊街乡", official=None, rank=None,
        verdict="unranked", counted=0, expected=9, note="弃权",
    )  # fmt: skip
    rows.append(out)
    st.html(standings_table(rows, lang, official="announced", top=TOP, line="final"))


def nothing(lang: str) -> None:
    top_line(["新安装", "还没有比赛"], lang)
    empty(
        "先把比赛建起来",
        "填好名单、评分标准和规则后才能开始评分。开始之前都可以改；开始评分时规则锁定，之后再改要写明理由并由两人确认。",
    )


def judge(lang: str) -> None:
    top_line(WHERE, lang, sample="sample", short=True)
    page_title("我的评分表", state=state_label("saved", lang, detail="5/7"))
    st.html(number_block("12号", "老曹寨村", "元阳县 逢春岭乡", "汇报人 村党总支书记"))
    st.write("底线约束、用地落图、项目资金时序可落地、群众看得懂用得了")
    st.segmented_control("规划实用性", [18, 18.5, 19, 19.5, 20, 20.5, 21], key="m", width="stretch")
    rows = [["2号", "妥垤村", "80.5", state_label("locked", lang)]]
    heads = [Column("号"), Column("村"), Column("总分", "right"), Column("")]
    st.html(list_table(heads, rows, lang))
    st.button("进入打分", type="primary", width="stretch")


def charts(lang: str) -> None:
    top_line(WHERE, lang, sample="sample")
    page_title("图表样式")
    tone = current_palette()
    left, right = st.columns(2)
    left.altair_chart(caterpillar(severities(), lang, tone), theme=None, width="content")
    right.altair_chart(slope(seats(), lang, tone, top=TOP), theme=None, width="content")
    left.altair_chart(rank_intervals(intervals(), lang, tone, top=TOP), theme=None, width="content")


VIEWS = {
    "standings": standings,
    "final": final,
    "states": states,
    "empty": nothing,
    "judge": judge,
    "charts": charts,
}


def main() -> None:
    view = st.query_params.get("view", "standings")
    is_judge = view == "judge"
    configure("Arena", judge=is_judge)
    lang = language()

    def show() -> None:
        page_style("judge" if is_judge else "organizer")
        VIEWS[view](lang)

    page = st.Page(show, title="gallery", url_path="gallery", default=True)
    extra = [st.Page(lambda: None, title=name, url_path=name) for name in ("setup", "log")]
    here = st.navigation([page, *extra], position="hidden")
    if not is_judge:
        groups = {
            "筹备": [Link("setup", extra[0], "赛事设置")],
            "结果": [
                Link("standings", page, "成绩", is_here=True),
                Link("log", extra[1], "操作记录"),
            ],
        }
        sidebar(groups, "赛务组 · 本机主控", lang)
    here.run()
    assert t("ui.brand", lang)


main()
