"""Works over all competitions: progress, a stop, one at a time, for the province's people alone."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from competition.province import work
from competition.province.annexing import METHODS, simulations
from competition.province.errors import NotProvince, WorkGoesOn
from competition.province.serving import Installation
from competition.province.work import WORKS
from competition.province.works import Work, Works, asking
from competition.sign_ins import visitor_of, who_is
from exports.over_all import workbooks
from tests.browser.waits import until
from tests.opening import html
from tests.province.conftest import AT, Look
from words import LANGS, t


def test_a_work_goes_over_all_and_one_goes_at_a_time(province: tuple[Installation, str]):
    """Verification finds each in order; a second is refused meanwhile; a stop keeps the rest."""
    installation, cookie = province
    store, works = installation.province, Works()
    assert store is not None
    who = who_is(store, cookie, at=AT)
    begun = works.begin(installation, store, who, "verify", at=AT)
    with pytest.raises(WorkGoesOn):
        works.begin(installation, store, who, "forecast", at=AT)
    until(lambda: begun.state != "running")
    assert (begun.state, [one["name"] for one in begun.done]) == (
        "done",
        ["draft", "open", "certified"],
    )
    assert [one["found"] for one in begun.done] == [[{"findings": 0}]] * 3
    stopped = works.begin(installation, store, who, "forecast", at=AT)
    works.stop(installation, store, who)
    assert stopped.state == "stopped"
    with installation.competitions()["open"].reading() as tx:
        other = visitor_of(tx, tx.value("SELECT person_id FROM grants WHERE role = 'organizer'"))
    with pytest.raises(NotProvince):
        works.begin(installation, installation.competitions()["open"], other, "verify", at=AT)
    works.end()


def worked(
    installation: Installation,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Work:
    """A work that is done: what its process says, said here, where Python is there already."""
    files = {name: one.path for name, one in installation.competitions().items()}
    monkeypatch.setattr(work, "NICENESS", 0)
    monkeypatch.setattr("sys.stdin", io.StringIO(asking(key, files)))
    work.main()
    said = capsys.readouterr().out.splitlines()
    return Work(key, tuple(files), AT, [json.loads(line) for line in said], "done")


def test_annexes_are_of_certified_rounds_and_name_no_judge(
    province: tuple[Installation, str],
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Of the three only the certified has one, without mark or judge; its file is the province's.

    A title that looks like a formula stays text in the file.
    """
    installation, _ = province
    annexed = worked(installation, "annex", monkeypatch, capsys)
    said = {one["name"]: one["found"] for one in annexed.done}
    assert said["draft"] == said["open"] == []
    (annex,) = said["certified"]
    assert annex["entrants"][0]["rank"] == 1
    judges = set()
    for one in installation.competitions().values():
        with one.reading() as tx:
            people = tx.rows("SELECT p.name FROM people p JOIN seats s ON s.person_id = p.id")
            judges |= {row["name"] for row in people}
    told = json.dumps(said, ensure_ascii=False)
    assert judges
    assert not [name for name in judges if f'"{name}"' in told]
    assert not {"official", "adjusted", "announced", "mark", "score"} & set(annex["entrants"][0])
    titles = {"certified": "=1+1"}
    for lang in LANGS:
        packed = zipfile.ZipFile(io.BytesIO(workbooks("annex", annexed.done, titles, lang)))
        assert len(packed.namelist()) == 3
        for name in packed.namelist():
            sheet = load_workbook(io.BytesIO(packed.read(name))).active
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
            assert cells, name
            assert {cell.data_type for cell in cells} == {"s"}
            assert all(cell.quotePrefix for cell in cells)
    monkeypatch.setattr("competition.province.works.WORKING._last", annexed)
    shown = html(look("province/works.py"))
    assert "/download/" in shown
    assert t("province.works.none_certified", "zh") in shown


def test_a_simulation_is_like_each_certified_round(province: tuple[Installation, str]):
    """Of the best, the share that each method finds; none of a round that is not certified."""
    installation, _ = province
    found = list(simulations(installation.competitions()["certified"], Path()))
    assert [sorted(one["correct"]) for one in found] == [sorted(METHODS)]
    assert all(0 < share <= 1 for share in found[0]["correct"].values())
    assert list(simulations(installation.competitions()["open"], Path())) == []
    packed = workbooks("simulate", [{"name": "certified", "found": found}], {}, "zh")
    assert len(zipfile.ZipFile(io.BytesIO(packed)).namelist()) == 1


def test_a_stop_within_a_competition_ends_the_process(province: tuple[Installation, str]):
    """It is killed while it computes; nothing is added afterwards."""
    installation, cookie = province
    store, works = installation.province, Works()
    assert store is not None
    who = who_is(store, cookie, at=AT)
    begun = works.begin(installation, store, who, "annex", at=AT)
    works.stop(installation, store, who)
    child = works._child
    assert child is not None
    assert child.wait(90) != 0
    assert begun.state == "stopped"
    assert len(begun.done) < len(begun.names)


def test_the_page_offers_each_in_both_languages(look: Look):
    """Its title and its buttons; nothing was begun."""
    for lang in LANGS:
        at = look("province/works.py", lang)
        assert f">{t('province.works.title', lang)}</h1>" in html(at)
        assert {f"begin-{key}" for key in WORKS} <= {button.key for button in at.button}
