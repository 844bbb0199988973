"""Programmes: their steps, villages and what each village reported."""

from db import programme_shapes as of
from db.store import Transaction


def find(tx: Transaction, programme_id: str) -> of.Programme | None:
    """One programme."""
    return tx.stored_one(of.Programme, "programmes", id=programme_id)


def of_competition(tx: Transaction, competition_id: str) -> list[of.Programme]:
    """The programmes of a competition, the last year first."""
    return tx.stored(of.Programme, "programmes", order="year DESC", competition_id=competition_id)


def steps(tx: Transaction, programme_id: str) -> list[of.ProgrammeStep]:
    """The steps of a programme in order."""
    return tx.stored(of.ProgrammeStep, "programme_steps", order="number", programme_id=programme_id)


def step_versions(tx: Transaction, programme_id: str) -> list[of.StepVersion]:
    """The steps as they were set since the year began, the first version first."""
    return tx.stored(of.StepVersion, "step_versions", order="version", programme_id=programme_id)


def steps_used(tx: Transaction, programme_id: str) -> list[int]:
    """Numbers of the steps that a village has reported."""
    sql = "SELECT DISTINCT number FROM village_steps WHERE programme_id = :p"
    return [row["number"] for row in tx.rows(sql, p=programme_id)]


def villages(tx: Transaction, programme_id: str) -> list[of.TaskVillage]:
    """The villages of a programme by their codes."""
    return tx.stored(of.TaskVillage, "task_villages", order="code", programme_id=programme_id)


def village(tx: Transaction, programme_id: str, code: str) -> of.TaskVillage | None:
    """One village."""
    return tx.stored_one(of.TaskVillage, "task_villages", programme_id=programme_id, code=code)


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


def counties(tx: Transaction, programme_id: str) -> list[tuple[str, str]]:
    """Code and name of each county that has villages in a programme, by code."""
    columns = tx.columns(
        """SELECT substr(code, 1, 6) AS code, max(county) AS county FROM task_villages
        WHERE programme_id = :p GROUP BY substr(code, 1, 6) ORDER BY code""",
        p=programme_id,
    )
    return list(zip(*columns.values(), strict=True))


def matching(
    tx: Transaction,
    programme_id: str,
    words: list[str],
    in_counties: list[list[str]],
    reached: list[str],
    most: int,
) -> list[of.TaskVillage]:
    """Villages of which each word is part of the place's names, or begins code or pinyin.

    All of the reached counties where there is no word.

    Parameters
    ----------
    in_counties
        For each word the codes of the counties that it names.
    reached
        Codes of the counties in which is looked.
    most
        So many at most: first those whose own name or code the words mean.
    """
    values: dict[str, object] = {}

    def among(name: str, codes: list[str]) -> str:
        given = {f"{name}_{at}": code for at, code in enumerate(codes or [""])}
        values.update(given)
        return f"substr(code, 1, 6) IN ({', '.join(f':{key}' for key in given)})"

    own, each = [], [among("near", reached)]
    for at, (word, codes) in enumerate(zip(words, in_counties, strict=True)):
        name = f"w{at}"
        values[name] = word.lower().translate(_LITERAL)
        own.append(_OWN.format(w=name))
        each.append(f"({own[-1]} OR {_AROUND.format(w=name)} OR {among(f'c{at}', codes)})")
    meant = " + ".join(f"CASE WHEN {one} THEN 1 ELSE 0 END" for one in own)
    order = [f"{meant} DESC"] * bool(own) + ["code"]
    return tx.rows_of(
        of.TaskVillage,
        f"""SELECT * FROM task_villages WHERE programme_id = :p AND {" AND ".join(each)}
        ORDER BY {", ".join(order)} LIMIT :most""",
        p=programme_id,
        most=most,
        **values,
    )


_OWN = r"""(lower(village) LIKE '%' || :{w} || '%' ESCAPE '\' OR code LIKE :{w} || '%' ESCAPE '\'
    OR lower(initials) LIKE :{w} || '%' ESCAPE '\'
    OR lower(initials) LIKE '% ' || :{w} || '%' ESCAPE '\')"""
_AROUND = r"""lower(township) LIKE '%' || :{w} || '%' ESCAPE '\'
    OR lower(county) LIKE '%' || :{w} || '%' ESCAPE '\'"""
_LITERAL = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})
"""Signs of LIKE that a text means as they are."""


def village_steps(tx: Transaction, programme_id: str, code: str) -> list[of.VillageStep]:
    """What a village reported of its steps."""
    return tx.stored(
        of.VillageStep, "village_steps", order="number", programme_id=programme_id, code=code
    )


def village_step(
    tx: Transaction, programme_id: str, code: str, number: int
) -> of.VillageStep | None:
    """What a village reported of one step."""
    return tx.stored_one(
        of.VillageStep, "village_steps", programme_id=programme_id, code=code, number=number
    )


def all_steps(tx: Transaction, programme_id: str) -> list[of.VillageStep]:
    """What all villages reported of their steps."""
    return tx.stored(
        of.VillageStep, "village_steps", order="code, number", programme_id=programme_id
    )


def unconfirmed(tx: Transaction, programme_id: str) -> list[of.VillageStep]:
    """Steps reported and not confirmed, the oldest first."""
    return tx.rows_of(
        of.VillageStep,
        """SELECT * FROM village_steps
        WHERE programme_id = :p AND done_on IS NOT NULL AND confirmed_on IS NULL
        ORDER BY done_on, code, number""",
        p=programme_id,
    )


def plans(tx: Transaction, programme_id: str, code: str) -> list[of.VillagePlan]:
    """The plans of a village."""
    return tx.stored(
        of.VillagePlan, "village_plans", order="kind", programme_id=programme_id, code=code
    )


def all_plans(tx: Transaction, programme_id: str) -> list[of.VillagePlan]:
    """The plans of all villages."""
    return tx.stored(of.VillagePlan, "village_plans", order="code, kind", programme_id=programme_id)


def figures(tx: Transaction, programme_id: str, code: str) -> list[of.VillageFigure]:
    """People, funds and awards of a village, oldest first."""
    return tx.stored(
        of.VillageFigure,
        "village_figures",
        order="said_on, id",
        programme_id=programme_id,
        code=code,
    )


def all_figures(tx: Transaction, programme_id: str) -> list[of.VillageFigure]:
    """People, funds and awards of all villages."""
    return tx.stored(
        of.VillageFigure, "village_figures", order="said_on, id", programme_id=programme_id
    )


def evidence(tx: Transaction, programme_id: str, code: str) -> list[of.Evidence]:
    """Photos and documents of a village, newest first."""
    return tx.stored(
        of.Evidence, "evidence", order="said_on DESC, id", programme_id=programme_id, code=code
    )


def one_evidence(tx: Transaction, evidence_id: str) -> of.Evidence | None:
    """One photo or document."""
    return tx.stored_one(of.Evidence, "evidence", id=evidence_id)


def contents_kept(tx: Transaction) -> dict[str, str]:
    """Hashes of all files that the programme needs, each with the name of one that has it."""
    return {row["sha256"]: row["name"] for row in tx.rows("SELECT sha256, name FROM evidence")}


USES = (
    "village_steps",
    "village_plans",
    "village_figures",
    "evidence",
    "needs",
    "awards_handed",
)
"""Tables that name a village of a programme by its code."""


def is_used(tx: Transaction, programme_id: str, code: str) -> bool:
    """Whether anything of a village stands in its programme beside its name."""
    return any(
        tx.value(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE programme_id = :p AND code = :c)",
            p=programme_id,
            c=code,
        )
        for table in USES
    )


def imports(tx: Transaction, programme_id: str) -> list[of.ProgrammeImport]:
    """The workbooks entered, the last first."""
    return tx.stored(
        of.ProgrammeImport,
        "programme_imports",
        order="entered_on DESC, id DESC",
        programme_id=programme_id,
    )


def one_import(tx: Transaction, import_id: str) -> of.ProgrammeImport | None:
    """One workbook that was entered."""
    return tx.stored_one(of.ProgrammeImport, "programme_imports", id=import_id)
