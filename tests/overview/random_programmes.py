"""Small random programmes, written as rows: what no sample has, e.g. no step, no need, no plan."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from competition.programme.tiles import tiles
from db import Store

Draw = Callable[..., object]
KINDS = ("village", "industry", "talent", "culture", "ecology", "organisation")


def days(first: date, last: int = 60) -> st.SearchStrategy[str]:
    """A day from a first one on."""
    return st.integers(0, last).map(lambda n: (first + timedelta(days=n)).isoformat())


@st.composite
def programmes(
    draw: Draw, first: date, owner: str, person: str
) -> dict[str, list[dict[str, object]]]:  # type: ignore[type-arg]
    """The rows of one programme by table, days from before its issue to after today."""
    year = draw(st.integers(2100, 2900))
    one = f"random{year}"
    counties = draw(st.lists(st.sampled_from(tiles()), min_size=1, max_size=3, unique=True))
    key = {"programme_id": one}
    steps = draw(st.integers(0, 4))
    rows: dict[str, list[dict[str, object]]] = {
        "programmes": [
            {
                "id": one, "competition_id": owner, "year": year, "title": "随机",
                "begins_on": first.isoformat(), "sample_steps": 1,
            }
        ],
        "programme_steps": [
            {
                **key, "number": n, "stage": 1, "stage_title": "环节", "title": "步骤",
                "due_on": draw(days(first)), "weight": n, "answers": "county",
            }
            for n in range(1, steps + 1)
        ],
        "task_villages": [], "village_steps": [], "village_plans": [], "village_figures": [],
        "needs": [], "dispatches": [],
    }  # fmt: skip
    for county in counties:
        for n in range(draw(st.integers(1, 3))):
            code = f"{county.county_code}{n:06d}"
            at = {**key, "code": code}
            rows["task_villages"].append(
                {
                    **at, "county": county.short, "township": "乡", "village": f"村{n}",
                    "initials": "c cun", "households": None, "residents": None,
                }
            )  # fmt: skip
            for number in range(1, steps + 1):
                done = draw(st.none() | days(first))
                if done is not None:
                    rows["village_steps"].append(
                        {
                            **at, "number": number, "done_on": done, "said_by": person,
                            "confirmed_on": None, "confirmed_by": None, "returned": None,
                        }
                    )  # fmt: skip
            for kind in draw(st.sets(st.sampled_from(KINDS))):
                made = sorted(draw(st.lists(days(first), min_size=3, max_size=3)))
                upto = draw(st.integers(1, 3))
                stated = {
                    f"{name}_on": made[at_] if at_ < upto else None
                    for at_, name in enumerate(("finished", "reviewed", "filed"))
                }
                rows["village_plans"].append(
                    {**at, "kind": kind, "version": 1, "gist": "", **stated, "said_by": person}
                )
            for m in range(draw(st.integers(0, 2))):
                rows["village_figures"].append(
                    {
                        **at, "id": f"{one}f{code}{m}",
                        "kind": draw(st.sampled_from(("people", "fund", "award"))),
                        "source": draw(st.sampled_from(("省级", "州级"))),
                        "amount": draw(st.integers(1, 9_999_999)),
                        "said_on": draw(days(first)), "said_by": person,
                    }
                )  # fmt: skip
            for m in range(draw(st.integers(0, 2))):
                asked, matched, met = sorted(draw(st.lists(days(first), min_size=3, max_size=3)))
                state = draw(st.integers(0, 2))
                rows["needs"].append(
                    {
                        **at, "id": f"{one}n{code}{m}", "text": "路", "asked_on": asked,
                        "asked_by": person, "offered_by": "局" if state else "",
                        "offered_person": person if state else None,
                        "matched_on": matched if state else None,
                        "met_on": met if state > 1 else None,
                    }
                )  # fmt: skip
    return rows


def enter(store: Store, rows: dict[str, list[dict[str, object]]]) -> int:
    """Write the rows; return the year."""
    with store.writing() as tx:
        for table, listed in rows.items():
            for row in listed:
                names = ", ".join(row)
                slots = ", ".join(f":{name}" for name in row)
                tx.run(f"INSERT INTO {table} ({names}) VALUES ({slots})", **row)
    return int(str(rows["programmes"][0]["year"]))
