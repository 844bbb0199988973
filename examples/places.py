"""Chooses real villages and townships, and invents plan and presenter of each."""

import numpy as np

from examples.divisions import Division, divisions
from examples.event import SampleEntrant

PINNED = ("532524103205", "532525202202")
"""Two villages named 团山村, in different counties: a name alone never says who is meant."""

PLAN_TITLES = (
    "{village}实用性村庄规划",
    "山水为底、产业为径：{village}村庄规划",
    "老寨新生：{village}村庄规划",
    "一村一品绘蓝图：{village}实用性村庄规划",
    "共绘一张图：{village}多规合一村庄规划",
    "院落里的振兴：{village}人居环境提升规划",
    "果香满坡：{village}产业振兴规划",
    "乡贤回村：{village}组织与人才振兴规划",
    "文脉相承：{village}传统风貌保护利用规划",
    "从问题清单到项目清单：{village}村庄规划",
    "守好耕地、用活宅基地：{village}实用性村庄规划",
    "家门口的合作社：{village}村庄规划",
    "小微权力、大美村庄：{village}治理与建设规划",
    "“1+5”落地：{village}村庄规划",
)

TOWNSHIP_TITLES = (
    "一张图管到底：{township}村庄规划推进实践",
    "把规划编到群众心坎上：{township}的做法",
    "{township}统筹推进村庄规划工作汇报",
    "干部回乡、规划进村：{township}实践",
    "规划一个村、带动一片：{township}的探索",
    "从“要我编”到“我要编”：{township}实践",
)

SURNAMES = "李张王杨普白罗陶马龙赵孔陈刘黄周何沈高徐段许郭邓尹卢朱田万孙"


def choose_villages(count: int, rng: np.random.Generator) -> tuple[Division, ...]:
    """Choose villages: every county at least once, larger counties more often.

    Counties get seats by their number of villages (largest remainder), never fewer than one;
    within a county no township is repeated while another is unused. Pinned ones are always
    included.
    """
    by_county: dict[str, list[Division]] = {}
    for division in divisions():
        if division.is_village:
            by_county.setdefault(division.county_code, []).append(division)
    sizes = {county: len(rows) for county, rows in by_county.items()}
    chosen: list[Division] = []
    for county, seats in _seats(sizes, count).items():
        chosen += _choose_in_county(by_county[county], seats, rng)
    return tuple(chosen)


def _seats(sizes: dict[str, int], count: int) -> dict[str, int]:
    spare, total = count - len(sizes), sum(sizes.values())
    exact = {county: spare * size / total for county, size in sizes.items()}
    seats = {county: 1 + int(share) for county, share in exact.items()}
    rest = sorted(exact, key=lambda county: (int(exact[county]) - exact[county], county))
    for county in rest[: count - sum(seats.values())]:
        seats[county] += 1
    return seats


def _choose_in_county(rows: list[Division], seats: int, rng: np.random.Generator) -> list[Division]:
    shuffled = [rows[at] for at in rng.permutation(len(rows))]
    shuffled.sort(key=lambda row: row.village_code not in PINNED)
    seen: dict[str, int] = {}
    turns: list[tuple[int, Division]] = []
    for row in shuffled:
        turn = seen.get(row.township_code, 0)
        seen[row.township_code] = turn + 1
        turns.append((turn, row))
    turns.sort(key=lambda pair: pair[0])
    return [row for _, row in turns[:seats]]


def enter(villages: tuple[Division, ...], rng: np.random.Generator) -> tuple[SampleEntrant, ...]:
    """Give every village an invented plan title and a presenter marked as a sample."""
    titles = rng.permutation(len(villages)) % len(PLAN_TITLES)
    names = rng.permutation(len(villages)) % len(SURNAMES)
    return tuple(
        SampleEntrant(
            code=village.village_code,
            county_code=village.county_code,
            county=village.county,
            township_code=village.township_code,
            township=village.township,
            village=village.label,
            plan_title=PLAN_TITLES[title].format(village=village.label),
            presenter=f"样例·{SURNAMES[name]}某",
            post="村党总支书记",
            unit=f"{village.township}{village.label}",
        )
        for village, title, name in zip(villages, titles, names, strict=True)
    )


def choose_townships(per_county: int, rng: np.random.Generator) -> tuple[Division, ...]:
    """Choose townships (乡 and 镇), the same number in every county, each by one division."""
    by_county: dict[str, dict[str, Division]] = {}
    for division in divisions():
        if division.township.endswith(("乡", "镇")):
            by_county.setdefault(division.county_code, {})[division.township_code] = division
    return tuple(
        rows[sorted(rows)[at]]
        for _, rows in sorted(by_county.items())
        for at in sorted(rng.choice(len(rows), per_county, replace=False).tolist())
    )


def enter_townships(
    townships: tuple[Division, ...], rng: np.random.Generator
) -> tuple[SampleEntrant, ...]:
    """Give every township an invented title and its secretary, marked as a sample."""
    titles = rng.permutation(len(townships)) % len(TOWNSHIP_TITLES)
    names = rng.permutation(len(townships)) % len(SURNAMES)
    return tuple(
        SampleEntrant(
            code=row.township_code,
            county_code=row.county_code,
            county=row.county,
            township_code=row.township_code,
            township=row.township,
            village="",
            plan_title=TOWNSHIP_TITLES[title].format(township=row.township),
            presenter=f"样例·{SURNAMES[name]}某",
            post=f"{row.township[-1]}党委书记",
            unit=f"{row.township}党委",
        )
        for row, title, name in zip(townships, titles, names, strict=True)
    )
