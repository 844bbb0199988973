"""Columns named by hand are remembered: in the competition, then in the installation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import db
import intake
from competition.errors import Forbidden
from competition.lineup import learnt
from competition.people import links
from competition.visitor import Visitor
from db import installation
from intake.plan import not_imported

AT = datetime(2022, 3, 18, 1, 0, tzinfo=UTC)
LIST = "县市,乡镇,地方何在,备用\n石屏县,异龙镇,大水村,李某\n建水县,临安镇,陈官村,王某\n"


def begun(folder: Path, name: str) -> tuple[db.Store, Visitor]:
    store = db.Store(folder / name)
    who, _ = links.begin(store, title="擂台赛", organizer="赛务组", at=AT)
    return store, who


def read(store: db.Store, who: Visitor, **columns: str) -> intake.Plan:
    remembered = learnt.remembered_columns(store, who)
    asked = intake.Asked(remembered=remembered, columns={"名单": columns} if columns else {})
    return intake.read_all([("名单.csv", LIST.encode())], asked)


def fields(plan: intake.Plan) -> dict[str, str]:
    return dict(plan.sheets_read[0].fields)


def test_another_competition_in_the_same_folder_knows_the_columns(tmp_path: Path):
    """The newest naming of this competition wins over what another one taught."""
    first, who = begun(tmp_path, "a.db")
    learnt.keep_columns(first, who, {"地方何在": "village", "备用": not_imported("entrants")})
    second, other = begun(tmp_path, "b.db")
    plan = read(second, other)
    assert (fields(plan)["C"], fields(plan)["D"]) == ("village", "")
    sheet = plan.sheets_read[0]
    assert set(sheet.remembered(learnt.remembered_columns(second, other))) == {"地方何在", "备用"}
    assert set(sheet.left_out) == {"备用"}
    (tmp_path / "elsewhere").mkdir()
    third, away = begun(tmp_path / "elsewhere", "c.db")
    assert learnt.remembered_columns(third, away) == {}
    for store in (first, second, third):
        store.close()


@pytest.mark.parametrize(
    "content", [b"", b"[1, 2]", b"\xff\xfe", b'{"a": 1, "b": "village"}', b"[" * 100_000]
)
def test_a_spoilt_memory_only_forgets(tmp_path: Path, content: bytes):
    """Whatever lies there, an import goes on; what is no pair of texts is left out."""
    (tmp_path / installation.FILE).write_bytes(content)
    kept = installation.column_names(tmp_path / "arena.db")
    assert kept in ({}, {"b": "village"})
    installation.keep_column_names(tmp_path / "arena.db", {"村庄": "village"})
    assert installation.column_names(tmp_path / "arena.db")["村庄"] == "village"
    assert (tmp_path / installation.FILE).stat().st_mode & 0o077 == 0


def test_the_memory_does_not_grow_without_end(tmp_path: Path):
    """The newest names stay."""
    path = tmp_path / "arena.db"
    many = {f"列{n}": "village" for n in range(installation.MOST + 50)}
    installation.keep_column_names(path, many)
    kept = installation.column_names(path)
    assert len(kept) == installation.MOST
    assert f"列{installation.MOST + 49}" in kept


def test_only_an_organizer_teaches(tmp_path: Path):
    """A visitor without the read is refused, and nothing is kept."""
    store, _ = begun(tmp_path, "a.db")
    with pytest.raises(Forbidden):
        learnt.keep_columns(store, Visitor(), {"村庄": "village"})
    assert not (tmp_path / installation.FILE).exists()
    store.close()


def test_a_header_of_several_rows_is_remembered_too():
    """What the page shows as the column's name is the name that is looked up."""
    table = "基本情况,基本情况,联系\n县市,地方何在,人员甲\n石屏县,大水村,李某\n建水县,陈官村,王某\n"
    named = intake.Asked(columns={"名单": {"C": "presenter"}})
    sheet = intake.read_all([("名单.csv", table.encode())], named).sheets_read[0]
    remembered = {sheet.headers["C"]: "presenter"}
    again = intake.read_all([("名单.csv", table.encode())], intake.Asked(remembered=remembered))
    assert again.sheets_read[0].fields["C"] == "presenter"
