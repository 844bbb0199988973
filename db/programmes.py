"""Programmes: their steps, villages and what each village reported."""

from db.programme_shapes import (
    Dispatch,
    Evidence,
    Meeting,
    MeetingTask,
    Need,
    Programme,
    ProgrammeStep,
    TaskVillage,
    VillageFigure,
    VillagePlan,
    VillageStep,
)
from db.store import Transaction


def find(tx: Transaction, programme_id: str) -> Programme | None:
    """One programme."""
    return tx.one_of(Programme, "SELECT * FROM programmes WHERE id = :p", p=programme_id)


def of_competition(tx: Transaction, competition_id: str) -> list[Programme]:
    """The programmes of a competition, the last year first."""
    return tx.rows_of(
        Programme,
        "SELECT * FROM programmes WHERE competition_id = :c ORDER BY year DESC",
        c=competition_id,
    )


def steps(tx: Transaction, programme_id: str) -> list[ProgrammeStep]:
    """The steps of a programme in order."""
    return tx.rows_of(
        ProgrammeStep,
        "SELECT * FROM programme_steps WHERE programme_id = :p ORDER BY number",
        p=programme_id,
    )


def villages(tx: Transaction, programme_id: str) -> list[TaskVillage]:
    """The villages of a programme by their codes."""
    return tx.rows_of(
        TaskVillage,
        "SELECT * FROM task_villages WHERE programme_id = :p ORDER BY code",
        p=programme_id,
    )


def village(tx: Transaction, programme_id: str, code: str) -> TaskVillage | None:
    """One village."""
    return tx.one_of(
        TaskVillage,
        "SELECT * FROM task_villages WHERE programme_id = :p AND code = :c",
        p=programme_id,
        c=code,
    )


def village_steps(tx: Transaction, programme_id: str, code: str) -> list[VillageStep]:
    """What a village reported of its steps."""
    return tx.rows_of(
        VillageStep,
        "SELECT * FROM village_steps WHERE programme_id = :p AND code = :c ORDER BY number",
        p=programme_id,
        c=code,
    )


def village_step(tx: Transaction, programme_id: str, code: str, number: int) -> VillageStep | None:
    """What a village reported of one step."""
    return tx.one_of(
        VillageStep,
        "SELECT * FROM village_steps WHERE programme_id = :p AND code = :c AND number = :n",
        p=programme_id,
        c=code,
        n=number,
    )


def plans(tx: Transaction, programme_id: str, code: str) -> list[VillagePlan]:
    """The plans of a village."""
    return tx.rows_of(
        VillagePlan,
        "SELECT * FROM village_plans WHERE programme_id = :p AND code = :c",
        p=programme_id,
        c=code,
    )


def figures(tx: Transaction, programme_id: str, code: str) -> list[VillageFigure]:
    """People, funds and awards of a village, oldest first."""
    return tx.rows_of(
        VillageFigure,
        """SELECT * FROM village_figures WHERE programme_id = :p AND code = :c
        ORDER BY said_on, id""",
        p=programme_id,
        c=code,
    )


def evidence(tx: Transaction, programme_id: str, code: str) -> list[Evidence]:
    """Photos and documents of a village, newest first."""
    return tx.rows_of(
        Evidence,
        """SELECT * FROM evidence WHERE programme_id = :p AND code = :c
        ORDER BY said_on DESC, id""",
        p=programme_id,
        c=code,
    )


def one_evidence(tx: Transaction, evidence_id: str) -> Evidence | None:
    """One photo or document."""
    return tx.one_of(Evidence, "SELECT * FROM evidence WHERE id = :e", e=evidence_id)


def contents_kept(tx: Transaction) -> dict[str, str]:
    """Hashes of all files that the programme needs, each with the name of one that has it."""
    return {row["sha256"]: row["name"] for row in tx.rows("SELECT sha256, name FROM evidence")}


def need(tx: Transaction, need_id: str) -> Need | None:
    """One need."""
    return tx.one_of(Need, "SELECT * FROM needs WHERE id = :n", n=need_id)


def needs_of(tx: Transaction, programme_id: str, code: str) -> list[Need]:
    """The needs of a village, oldest first."""
    return tx.rows_of(
        Need,
        "SELECT * FROM needs WHERE programme_id = :p AND code = :c ORDER BY asked_on, id",
        p=programme_id,
        c=code,
    )


def meetings(tx: Transaction, programme_id: str) -> list[Meeting]:
    """The meetings of a programme, the last first."""
    return tx.rows_of(
        Meeting,
        "SELECT * FROM meetings WHERE programme_id = :p ORDER BY held_on DESC, number DESC",
        p=programme_id,
    )


def tasks(tx: Transaction, programme_id: str) -> list[MeetingTask]:
    """What follows from the meetings of a programme, by due day."""
    return tx.rows_of(
        MeetingTask,
        """SELECT t.* FROM meeting_tasks t JOIN meetings m ON m.id = t.meeting_id
        WHERE m.programme_id = :p ORDER BY t.due_on, t.id""",
        p=programme_id,
    )


def task(tx: Transaction, task_id: str) -> MeetingTask | None:
    """One task."""
    return tx.one_of(MeetingTask, "SELECT * FROM meeting_tasks WHERE id = :t", t=task_id)


def meeting(tx: Transaction, meeting_id: str) -> Meeting | None:
    """One meeting."""
    return tx.one_of(Meeting, "SELECT * FROM meetings WHERE id = :m", m=meeting_id)


def dispatches(tx: Transaction, programme_id: str) -> list[Dispatch]:
    """The dispatches of a programme, the last first."""
    return tx.rows_of(
        Dispatch,
        "SELECT * FROM dispatches WHERE programme_id = :p ORDER BY number DESC",
        p=programme_id,
    )


def dispatch(tx: Transaction, dispatch_id: str) -> Dispatch | None:
    """One dispatch."""
    return tx.one_of(Dispatch, "SELECT * FROM dispatches WHERE id = :d", d=dispatch_id)


def steps_used(tx: Transaction, programme_id: str) -> list[int]:
    """Numbers of the steps that a village has reported."""
    sql = "SELECT DISTINCT number FROM village_steps WHERE programme_id = :p"
    return [row["number"] for row in tx.rows(sql, p=programme_id)]


def village_tuples(
    tx: Transaction, programme_id: str, low: str = "", high: str = "~"
) -> list[tuple[str, str, str, str]]:
    """Code, county, township and name of each village, by code; from one code to before another."""
    columns = tx.columns(
        """SELECT code, county, township, village FROM task_villages
        WHERE programme_id = :p AND code >= :low AND code < :high ORDER BY code""",
        p=programme_id,
        low=low,
        high=high,
    )
    return list(zip(*columns.values(), strict=True))


def matching(tx: Transaction, programme_id: str, words: list[str]) -> list[TaskVillage]:
    """Villages of which each word is part of the place's names, or begins code or pinyin."""
    values = {f"w{at}": word.translate(_LITERAL) for at, word in enumerate(words)}
    each = " AND ".join(
        rf"""(village LIKE '%' || :{name} || '%' ESCAPE '\' OR code LIKE :{name} || '%' ESCAPE '\'
        OR initials LIKE :{name} || '%' ESCAPE '\'
        OR initials LIKE '% ' || :{name} || '%' ESCAPE '\'
        OR township LIKE '%' || :{name} || '%' ESCAPE '\'
        OR county LIKE '%' || :{name} || '%' ESCAPE '\')"""
        for name in values
    )
    return tx.rows_of(
        TaskVillage,
        f"SELECT * FROM task_villages WHERE programme_id = :p AND {each} ORDER BY code",
        p=programme_id,
        **values,
    )


_LITERAL = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})
"""Signs of LIKE that a text means as they are."""


def needs(tx: Transaction, programme_id: str) -> list[Need]:
    """All needs of a programme."""
    return tx.rows_of(Need, "SELECT * FROM needs WHERE programme_id = :p", p=programme_id)


def unconfirmed(tx: Transaction, programme_id: str) -> list[VillageStep]:
    """Steps reported and not confirmed, the oldest first."""
    return tx.rows_of(
        VillageStep,
        """SELECT * FROM village_steps
        WHERE programme_id = :p AND done_on IS NOT NULL AND confirmed_on IS NULL
        ORDER BY done_on, code, number""",
        p=programme_id,
    )
