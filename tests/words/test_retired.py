"""Words that were retired: none stands on a page, a paper, in a guide or the README.

Each has what is said instead, so that the next person knows what to write.
"""

import re
from collections.abc import Mapping
from functools import cache

import pytest

import words
from commands import ROOT

CHINESE = {
    "席次": "名额 for how many, 序号 for the place in a list",
    "席已拉开": "前 9 名已定",
    "线上下各 0.00": "得分相同",
    "本轮还缺：每个": "the figure that is missing: 还有 6 个村没有安排评委",
    "评委数够": "评委人数，现几人、需几人",
    "与名额相容": "各县市名额与总名额一致",
    "读出来是": "规则全文（宣读稿）",
    "如果…会": "规则试算",
    "为什么是这个名次": "成绩说明",
    "做新链接": "生成链接",
    "做链接": "生成链接",
    "做出清单": "生成清单",
    "给谁": "选择人员",
    "操作哪一个": "操作对象",
    "跟随台上": "当前上场的",
    "不评这一个": "本号不参评",
    "没有需要处理": "暂无待办",
    "没有要上场": "全部展示完毕，请结束评分",
    "够不够": "评委人数",
    "抽签号": "出场号",
    "上场号": "出场号",
    "参赛": "参评",
    "正式成绩": "最终成绩",
    "正式得分": "最终成绩",
    "开赛": "开始评分",
    "收不到的": "无法收回的",
    "(?<!登)记缺席": "登记缺席",
    "不可比": "评委不足, once under the table",
    "怎么来的": "录入方式",
    "哪一张评分表": "评分表",
    "撤岗位": "取消岗位",
    "(?<!增)加岗位": "增加岗位",
    "撤去岗位": "取消岗位",
    "撤下": "移出",
    "高出线外": "比第 11 名高",
    "得分较低的指标": "相对优势较小的指标",
    "条时的成绩": "成绩生成时间 …（记录号 …）",
    "请候场": "通知候场",
    "转入评分中": "开始打分",
    "未定地点": "会场未填",
    "已打印，收起": "打印完成，关闭",
    "这里才有内容": "…后可查看",
    "依据操作记录": "成绩生成时间 …（记录号 …）",
    "红河 ?2022": "the guide, not a field's help",
    "· 正式": "最终成绩",
}
ENGLISH = {
    "recused by itself": "automatic recusal",
    "read out loud": "the rules in plain words",
    "open for marks": "marking open",
    "and only shows": "read-only",
    "nobody is to come": "everyone has presented",
    "not marking this one": "not judging this entrant",
    "seats that hang": "removing any one judge changes at most 1 place",
    "seat a reserve": "bring in a reserve",
    "second reading:": "re-score borderline entries",
    "ties all in": "include all tied",
    "something will be here": "available after …",
    "sink somebody": "tactical low marks",
    "all of it is entered": "nothing is imported until the whole file is clean",
    "steady ones": "consistent judges",
    "judge scheming": "marking strategically",
    "hears everybody": "marks every entrant",
    "which round there are": "rounds",
    "paper, changes": "paper sheets and corrections",
    "began the questions": "started Q&A",
    "take a role away": "remove role",
    "take the certificate back": "withdraw certification",
    "takes the certificate back": "withdraws the certification",
    "keep inside": "confidential",
    "best one out": "first entrant not selected",
    "highest out": "highest dropped",
    "printed, put away": "done printing",
    "note as": "set to",
    "the own": "their own",
    "whoever": "the person who",
    "anew": "again",
    "stands on": "is",
    "mend": "fix",
    "mended": "fixed",
    "shall": "must, or the present tense",
    "somebody": "a person",
    "anybody": "anyone",
    "everybody": "everyone, every entrant, all",
}
PLACEHOLDER = re.compile(r"\{\w+\}")
SYNONYMS = ("file.", "intake.sheet.", "intake.column.", "intake.word.")
"""What a workbook may say is not what the app says."""

PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if page.name != "CHANGELOG.md"
)


def standing_in(text: str, retired: Mapping[str, str]) -> list[str]:
    """The words that are in the text; an English one as a whole word, in any case.

    A Chinese one is a pattern; a placeholder's name is not text. All are looked for at once: few
    texts have one.
    """
    text = PLACEHOLDER.sub("", text)
    if not any_of(tuple(retired)).search(text):
        return []
    return [word for word in retired if re.search(pattern(word), text)]


def pattern(word: str) -> str:
    """What finds a word in a text."""
    return rf"\b(?i:{re.escape(word)})(?!\w)" if word.isascii() else word


@cache
def any_of(retired: tuple[str, ...]) -> re.Pattern[str]:
    """What finds a text that has one of the words."""
    return re.compile("|".join(map(pattern, retired)))


@pytest.mark.parametrize("lang", words.LANGS)
def test_no_retired_word_is_shown(lang: str):
    """On no page, in no message and on no paper."""
    retired = CHINESE if lang == "zh" else ENGLISH
    shown = {k: v for k, v in words.texts(lang).items() if not k.startswith(SYNONYMS)}
    standing = [
        f"{key}: {word} → {retired[word]}"
        for key, text in shown.items()
        for word in standing_in(text, retired)
    ]
    assert standing == []


@pytest.mark.parametrize("lang", words.LANGS)
def test_quotes_are_curly_and_in_pairs(lang: str):
    """“ ” in both languages: neither 「」 nor the typewriter's, and none left open."""
    wrong = [
        f"{key}: {text}"
        for key, text in words.texts(lang).items()
        if re.search(r'["「」『』]', text) or text.count("“") != text.count("”")
    ]
    assert wrong == []


def test_no_retired_word_is_in_the_guides():
    """README, guides and decisions tell one story with the words of the pages."""
    retired = CHINESE | ENGLISH
    standing = [
        f"{page.relative_to(ROOT)}: {word} → {retired[word]}"
        for page in PAGES
        for word in standing_in(page.read_text(encoding="utf-8"), retired)
    ]
    assert standing == []


def test_a_retired_word_is_found_where_it_stands():
    """English by the word, so that recommend is not mend; Chinese wherever it is."""
    assert standing_in("Mend it.", ENGLISH) == ["mend"]
    assert standing_in("recommended {mend}", ENGLISH) == []
    assert standing_in("第一席次", CHINESE) == ["席次"]
    assert standing_in("要记缺席的", CHINESE) == ["(?<!登)记缺席"]
    assert standing_in("登记缺席", CHINESE) == []
