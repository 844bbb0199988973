"""What the villages of a programme had reached by a day, one row a village: read in one scan each.

Steps come as a mask of bits, bit 19 for step 19: a step stands once for a village, so the sum of
its bits is their union.
"""

from typing import Any

from db.store import Transaction

Columns = dict[str, tuple[Any, ...]]


def masks(tx: Transaction, programme_id: str, day: str) -> Columns:
    """Code, done and confirmed: each village's steps by a day, as masks."""
    return tx.columns(
        """SELECT code,
            sum(CASE WHEN done_on <= :d THEN 1 << number ELSE 0 END) AS done,
            sum(CASE WHEN confirmed_on <= :d THEN 1 << number ELSE 0 END) AS confirmed
        FROM village_steps WHERE programme_id = :p GROUP BY code""",
        p=programme_id,
        d=day,
    )


def plans(tx: Transaction, programme_id: str, day: str) -> Columns:
    """Code, and 1 by a day if the village plan is finished, reviewed, filed; special plans done."""
    return tx.columns(
        """SELECT code,
            sum(kind = 'village' AND finished_on <= :d) AS finished,
            sum(kind = 'village' AND reviewed_on <= :d) AS reviewed,
            sum(kind = 'village' AND filed_on <= :d) AS filed,
            sum(kind <> 'village' AND finished_on <= :d) AS special
        FROM village_plans WHERE programme_id = :p GROUP BY code""",
        p=programme_id,
        d=day,
    )


def figures(tx: Transaction, programme_id: str, day: str) -> Columns:
    """Code, people who came home, and yuan of funds by a day."""
    return tx.columns(
        """SELECT code,
            sum(CASE WHEN kind = 'people' THEN amount ELSE 0 END) AS people,
            sum(CASE WHEN kind = 'fund' THEN amount ELSE 0 END) AS fund
        FROM village_figures WHERE programme_id = :p AND said_on <= :d GROUP BY code""",
        p=programme_id,
        d=day,
    )


def needs(tx: Transaction, programme_id: str, day: str) -> Columns:
    """Code, needs asked and needs met by a day."""
    return tx.columns(
        """SELECT code, count(*) AS asked, sum(coalesce(met_on <= :d, 0)) AS met
        FROM needs WHERE programme_id = :p AND asked_on <= :d GROUP BY code""",
        p=programme_id,
        d=day,
    )


LAST_DAYS = {
    "steps": "SELECT max(done_on) FROM village_steps WHERE programme_id = :p AND done_on <= :d",
    "plans": """SELECT max(max(coalesce(filed_on, ''), coalesce(reviewed_on, ''),
        coalesce(finished_on, ''))) FROM village_plans
        WHERE programme_id = :p AND finished_on <= :d""",
    "people": """SELECT max(said_on) FROM village_figures
        WHERE programme_id = :p AND kind = 'people' AND said_on <= :d""",
    "funds": """SELECT max(said_on) FROM village_figures
        WHERE programme_id = :p AND kind = 'fund' AND said_on <= :d""",
    "needs": """SELECT max(max(asked_on, coalesce(met_on, ''))) FROM needs
        WHERE programme_id = :p AND asked_on <= :d""",
}
"""A source to the query of the last day on which it was said."""


def last_days(tx: Transaction, programme_id: str, day: str) -> dict[str, str]:
    """Each source to the last day, by a day, on which it was said; missing where never."""
    found = {source: tx.value(sql, p=programme_id, d=day) for source, sql in LAST_DAYS.items()}
    return {source: min(last, day) for source, last in found.items() if last}


def funds(tx: Transaction, programme_id: str, day: str) -> Columns:
    """County's code, source and yuan by a day."""
    return tx.columns(
        """SELECT substr(code, 1, 6) AS county, source, sum(amount) AS amount
        FROM village_figures WHERE programme_id = :p AND kind = 'fund' AND said_on <= :d
        GROUP BY 1, 2 ORDER BY 1, 2""",
        p=programme_id,
        d=day,
    )


def dispatches_of(tx: Transaction, programme_id: str, code: str) -> list[dict[str, Any]]:
    """Dispatches that name a village, the last first."""
    return tx.rows(
        """SELECT * FROM dispatches WHERE programme_id = :p AND villages LIKE :c
        ORDER BY number DESC""",
        p=programme_id,
        c=f'%"{code}"%',
    )
