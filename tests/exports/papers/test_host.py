"""The host's papers: every line in order, every figure as it is read, names with their pinyin."""

import db
from competition.stage.host import host_script, readable_scores
from exports.papers import host, pdf
from exports.papers.document import Grid, Heading, Paragraph
from exports.papers.frame import Frame
from tests.competition import event as events
from tests.competition.event import TIMED
from tests.competition.stage.hall import TRIMMED, opened, release, stage

FRAME = Frame("擂台赛", "村级决赛", "A1B2-C3D4", invented="sample")


def test_the_script_has_every_entrant_in_running_order(store: db.Store):
    """Opening, five introductions with their limits, closing; pinyin after hard characters."""
    event = events.opened(store, rules=TIMED)
    script = host_script(store, event.visitor("host"), event.round_id, "zh")
    paper = host.host_script(FRAME, script, lambda place: f"{place['number']}号 垤施", "zh")
    heads = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert heads == ["开场", *[f"{n}号 垤（dié）施" for n in range(1, 6)], "结束"]
    texts = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert texts[1].startswith("有请1号，石屏县西庄镇龙潭村。")
    assert texts[1].endswith("汇报八分钟，答辩五分钟。")
    assert pdf.render(paper).startswith(b"%PDF")


def test_a_strip_has_each_figure_in_digits_and_in_characters(store: db.Store):
    """Announced ones first, then the one that can be announced; none before."""
    event = opened(store, TRIMMED)
    who = event.visitor("host")
    stage(event, 1, "called", "presenting", "answering", "marking")
    release(event, 1)
    stage(event, 2, "called", "presenting", "answering", "marking")
    scores = readable_scores(store, who, event.round_id)
    paper = host.reading_strips(FRAME, scores, lambda one: f"{one['number']}号", "zh")
    heads = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert heads == ["1号", "2号"]
    (first, _) = (block for block in paper.blocks if isinstance(block, Grid))
    assert first.is_whole
    assert first.caption == "有效评委 5/5"
    rows = [[cell.text for cell in row] for row in first.rows]
    assert rows[1:] == [
        ["去掉一个最高分", "83.50", "八十三点五零分"],
        ["去掉一个最低分", "83.10", "八十三点一零分"],
        ["其余三位平均", "83.30", "八十三点三零分"],
        ["最后得分", "83.30", "八十三点三零分"],
    ]
    assert pdf.render(paper).startswith(b"%PDF")
