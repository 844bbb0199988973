"""The invented final of the mocks: 20 of 40 villages, real places, scores made up."""

from decimal import Decimal

import pandas as pd

from competition.results.standing_lines import Verdict
from ui.standings_table import StandingRow

ROWS = [
    (1, 37, "荣盛村", "开远市羊街乡", 9, "91.14", "1", "90.73", "above", 1, False, 1, 3),
    (2, 12, "老曹寨村", "元阳县逢春岭乡", 9, "90.43", "3", "90.23", "above", 2, False, 1, 4),
    (3, 15, "河堤村", "元阳县黄草岭乡", 9, "89.86", "4", "89.56", "above", 3, False, 2, 5),
    (4, 30, "中寨村", "开远市中和营镇", 8, "90.83", "2", "89.54", "above", 4, False, 1, 5),
    (5, 19, "石板寨村", "河口县莲花滩乡", 9, "89.21", "5", "89.23", "above", 5, False, 2, 6),
    (6, 28, "倮德村", "绿春县大兴镇", 8, "89.08", "6", "87.92", "above", 6, False, 5, 11),
    (7, 10, "毛家村", "屏边县湾塘乡", 9, "86.64", "13=", "87.52", "above", 7, False, 6, 15),
    (8, 29, "大栗村", "弥勒市东山镇", 8, "88.58", "7", "87.48", "above", 8, False, 6, 15),
    (9, 35, "他撒村", "红河县甲寅镇", 9, "87.57", "9", "87.29", "above", 9, False, 6, 16),
    (10, 27, "板板桥村", "金平县金河镇", 8, "88.25", "8", "86.92", "zone_in", 10, False, 7, 19),
    (11, 4, "那庵村", "弥勒市竹园镇", 9, "86.00", "21", "86.85", "zone_in", 11, True, 7, 19),
    (12, 13, "地谷白村", "河口县莲花滩乡", 9, "86.64", "13=", "86.78", "zone_in", 12, True, 7, 19),
    (13, 20, "波黑村", "蒙自市草坝镇", 8, "87.00", "10", "86.72", "zone_out", None, True, 7, 20),
    (14, 7, "团山村", "建水县西庄镇", 9, "86.14", "20", "86.63", "zone_in", 13, True, 8, 20),
    (15, 14, "无浪村", "泸西县白水镇", 8, "86.92", "11", "86.50", "zone_out", None, True, 8, 21),
    (16, 8, "八户村", "绿春县大水沟乡", 8, "86.50", "16", "86.20", "below", None, False, 9, 23),
    (17, 11, "鸡街村", "个旧市鸡街镇", 9, "86.29", "17", "86.01", "below", None, False, 11, 24),
    (18, 21, "团山村", "石屏县大桥乡", 9, "86.79", "12", "85.92", "below", None, True, 12, 24),
    (19, 36, "底土村", "屏边县白云乡", 9, "86.21", "18=", "85.90", "below", None, False, 12, 24),
    (20, 2, "妥垤村", "红河县大羊街乡", 9, "85.21", "22=", "85.79", "below", None, False, 12, 25),
]
TOP = 13

SEVERITIES = [
    ("04", -3.15, 20), ("08", -3.13, 20), ("07", -2.55, 18), ("03", -2.02, 20), ("14", -1.78, 20),
    ("10", -1.39, 16), ("09", -0.77, 29), ("05", 0.41, 30), ("13", 0.79, 30), ("01", 0.80, 29),
    ("15", 1.62, 20), ("12", 1.79, 20), ("06", 2.17, 29), ("02", 3.58, 29), ("11", 3.62, 20),
]  # fmt: skip


def standing_rows() -> list[StandingRow]:
    """Return the rows of the standings table."""
    return [_row(*row) for row in ROWS]


def _row(
    rank: int,
    number: int,
    title: str,
    place: str,
    counted: int,
    other: str,
    other_rank: str,
    official: str,
    verdict: Verdict,
    seat: int | None,
    differs: bool,
    *_interval: int,
) -> StandingRow:
    return StandingRow(
        number=number,
        title=title,
        place=place,
        official=Decimal(official),
        rank=rank,
        verdict=verdict,
        counted=counted,
        expected=9,
        other=Decimal(other),
        other_rank=int(other_rank.rstrip("=")),
        other_tied=other_rank.endswith("="),
        seat=seat,
        differs=differs,
    )


def intervals() -> pd.DataFrame:
    """Return rank intervals as the chart takes them."""
    states = {"zone_in": "zone", "zone_out": "zone"}
    return pd.DataFrame(
        {
            "label": [f"{row[1]}号 {row[2]}" for row in ROWS],
            "rank": [row[0] for row in ROWS],
            "low": [row[11] for row in ROWS],
            "high": [row[12] for row in ROWS],
            "state": [states.get(str(row[8]), row[8]) for row in ROWS],
        }
    )


def severities() -> pd.DataFrame:
    """Return severities as the caterpillar takes them."""
    frame = pd.DataFrame(SEVERITIES, columns=["number", "estimate", "sheets"])
    half = 3.0 / frame["sheets"] ** 0.5
    return frame.assign(
        label="评委" + frame["number"], low=frame.estimate - half, high=frame.estimate + half
    ).drop(columns="number")


def seats() -> pd.DataFrame:
    """Return both ranks of every entrant and who is in by which score, for the slope."""
    frame = pd.DataFrame(
        {
            "label": [f"{row[1]}号 {row[2]}" for row in ROWS],
            "before": [int(str(row[6]).rstrip("=")) for row in ROWS],
            "after": [row[0] for row in ROWS],
            "before_tied": [str(row[6]).endswith("=") for row in ROWS],
            "after_tied": False,
            "selected_after": [row[9] is not None for row in ROWS],
            "differs": [row[10] for row in ROWS],
        }
    )
    before = frame.selected_after ^ frame.differs
    return frame.assign(selected_before=before).drop(columns="differs")
