"""The commands verify and backup."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from commands import backup, verify
from commands.cli import cli
from competition.paper_check import CERTIFICATE, CHAIN, HEAD
from competition.people import links
from db.invariants import CHECKS
from db.looking import looking
from tests.db.copies import copied
from tests.db.damage import damaged
from tests.db.forging import forge_certificate, rechained, swap_first_and_last
from tests.golden.conftest import unpacked
from words import LANGS, texts


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which a competition has begun."""
    monkeypatch.setenv("ARENA_LANG", "en")
    store = db.Store(tmp_path / "arena.db")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    links.begin(store, title="Final", organizer="Li", at=at)
    store.close()
    return store.path


def damage(path: Path) -> None:
    """Change a row behind the app's back."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE competitions SET title = 'Another'")
    connection.commit()
    connection.close()


def test_a_clean_database_is_called_clean(path: Path):
    """The log explains every row."""
    result = CliRunner().invoke(verify.command, ["--db", str(path)])
    assert (result.exit_code, "In order" in result.output) == (0, True)


def test_a_row_changed_behind_the_app_is_found(path: Path):
    """A failing code, and the row is named; no traceback."""
    damage(path)
    result = CliRunner().invoke(cli, ["verify", "--db", str(path)])
    assert result.exit_code == 1
    assert "competitions" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("lang", LANGS)
def test_every_check_beside_the_named_rules_has_its_words(lang: str):
    """A reader of the findings need not know the code."""
    beside = {"chain_unbroken", "replay_possible", "replay_equal", "certificate_recomputed"}
    beside |= {HEAD, CERTIFICATE, CHAIN, "document_unchanged", "document_there", "rule"}
    beside |= {"verified_apart", "file_readable"}
    plain = {"foreign_keys", "weights_sum_to_one", "ruling_of_the_rounds_entrants"}
    named = (set(CHECKS) | beside) - plain
    found = {key for key in texts(lang) if key.startswith("finding.")}
    assert found == {f"finding.{name}" for name in named}


def test_findings_are_said_in_the_readers_language(path: Path, monkeypatch: pytest.MonkeyPatch):
    """With the next step."""
    damage(path)
    monkeypatch.setenv("ARENA_LANG", "zh")
    result = CliRunner().invoke(cli, ["verify", "--db", str(path)])
    assert "数据与操作记录不符" in result.output
    assert "restore" in result.output


def test_a_missing_database_is_refused_and_not_made(tmp_path: Path):
    """To verify is to look; it does not create."""
    result = CliRunner().invoke(verify.command, ["--db", str(tmp_path / "none.db")])
    assert result.exit_code == 2
    assert not (tmp_path / "none.db").exists()


def test_a_backup_is_a_verified_database_and_overwrites_nothing(path: Path, tmp_path: Path):
    """The copy can be served; a second backup to the same name is refused."""
    target = tmp_path / "usb" / "copy.db"
    done = CliRunner().invoke(backup.command, [str(target), "--db", str(path)])
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(verify.command, ["--db", str(target)]).exit_code == 0
    again = CliRunner().invoke(backup.command, [str(target), "--db", str(path)])
    assert again.exit_code == 1
    assert "already exists" in again.output


def test_a_backup_without_a_name_is_named_by_the_time(path: Path):
    """Beside the database, sorted by time."""
    assert CliRunner().invoke(backup.command, ["--db", str(path)]).exit_code == 0
    assert len(list((path.parent / "backups").glob("arena-*.db"))) == 1


def test_a_damaged_database_is_not_passed_off_as_backed_up(path: Path, tmp_path: Path):
    """Nothing gets the asked-for name unless it verified."""
    damage(path)
    target = tmp_path / "copy.db"
    result = CliRunner().invoke(backup.command, [str(target), "--db", str(path)])
    assert result.exit_code == 1
    assert not target.exists()


@pytest.fixture(scope="module")
def brought_up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certified event of an earlier version, which this one has opened."""
    path = unpacked(tmp_path_factory.mktemp("golden") / "golden.db")
    db.Store(path).close()
    return path


@pytest.fixture
def golden(brought_up_to_date: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it."""
    monkeypatch.setenv("ARENA_LANG", "en")
    return copied(brought_up_to_date, tmp_path / "golden.db")


def events_of(path: Path) -> list[tuple[int, str, str]]:
    with looking(path) as looked, looked.store.reading() as tx:
        return [(row["n"], row["hash"], row["kind"]) for row in tx.rows("SELECT * FROM events")]


def verified(path: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["verify", "--db", str(path), *arguments])
    assert isinstance(done.exception, SystemExit | None)
    return done.exit_code, done.output


def test_a_head_on_paper_is_compared_with_the_file(golden: Path):
    """One that lies on the chain fits; a log rewritten after it does not, and is bounded."""
    before = events_of(golden)
    papers = [f"0.{n}.{hash_[:12]}" for n, hash_, _ in before if n in (40, 90)]
    assert verified(golden, "--head", papers[0], "--head", papers[1])[0] == 0
    connection = sqlite3.connect(golden)
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute("SELECT * FROM events ORDER BY seq")]
    connection.close()
    rows[56]["at"] = rows[55]["at"].replace("2022", "2023")
    damaged(golden, *rechained(rows))
    code, said = verified(golden, "--head", papers[0], "--head", papers[1])
    assert code == 1
    assert "the first event that differs is one of 41 to 90" in said
    assert verified(golden, "--head", papers[0])[1].count("head_on_the_chain") == 0


TYPING: dict[str, Callable[[str], str]] = {
    "spaces": lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)) + " ",
    "capitals": str.upper,
    "letters for figures": lambda text: text.replace("0", "O").replace("1", "l"),
    "the same in capitals": lambda text: text.replace("0", "o").replace("1", "I").upper(),
    "full width": lambda text: "".join(chr(ord(sign) + 0xFEE0) for sign in text),
    "a Chinese stop": lambda text: text.replace(".", "。"),
}


def test_what_a_person_types_from_paper_is_read(golden: Path):
    """Spaces, capitals, O for 0 and l for 1: the head and the certificate's twelve signs fit."""
    n, hash_, _ = next(
        one for one in events_of(golden) if "0" in one[1][:12] and "1" in one[1][:12]
    )
    with looking(golden) as looked, looked.store.reading() as tx:
        printed = tx.value("SELECT sha256 FROM snapshots WHERE kind = 'certify'")[:12]
    typed = [
        part
        for typing in TYPING.values()
        for part in ("--head", typing(f"0.{n}.{hash_[:12]}"), "--certificate", typing(printed))
    ]
    code, said = verified(golden, *typed)
    assert (code, said) == (0, said)


def test_a_slip_of_one_sign_is_told_from_another_history(golden: Path):
    """Another hash differs in nearly all signs: one that differs in one sign was mistyped."""
    n, hash_, _ = events_of(golden)[40]
    typed = hash_[:5] + ("b" if hash_[5] != "b" else "6") + hash_[6:12]
    code, said = verified(golden, "--head", f"0.{n}.{typed}")
    assert (code, f"only sign 6 differs, {typed[5]} for {hash_[5]}" in said) == (1, True)
    code, said = verified(golden, "--head", f"0.{n}.{'a' * 12}")
    assert (code, "the first event that differs" in said) == (1, True)


def test_a_head_beyond_the_end_says_what_is_missing(golden: Path):
    """An older file in place of the one that was printed from."""
    last = events_of(golden)[-1]
    code, said = verified(golden, "--head", f"0.{last[0] + 20}.{'a' * 12}")
    assert (code, f"event {last[0] + 1} is missing" in said) == (1, True)
    code, said = verified(golden, "--head", f"4.{last[0]}.{last[1][:12]}")
    assert (code, "the generation is 0" in said) == (1, True)


@pytest.mark.parametrize("text", ["", "12", "1.2.xyz", "一.二.三"])
def test_what_is_no_head_is_said_plainly(golden: Path, text: str):
    """With an example of one."""
    code, said = verified(golden, "--head", text)
    assert (code, "2.412.9f1c2ab4de56" in said) == (1, True)


def test_a_certificate_is_exported_as_it_was_hashed_and_compared(golden: Path, tmp_path: Path):
    """A third party hashes the file; it shows a forged database, down to the event."""
    folder = tmp_path / "out"
    done = CliRunner().invoke(cli, ["export", "certificate", str(folder), "--db", str(golden)])
    assert done.exit_code == 0, done.output
    file = next(folder.glob("*.json"))
    printed = hashlib.sha256(file.read_bytes()).hexdigest()
    assert printed[:12] in file.name
    content = json.loads(file.read_text("utf-8"))
    assert {"rules", "rubric", "marks", "entrants"} <= content.keys()
    assert verified(golden, "--certificate", printed[:12])[0] == 0
    assert verified(golden, "--certificate", str(file))[0] == 0
    assert verified(golden, "--certificate", "0" * 12)[0] == 1

    forge_certificate(golden, swap_first_and_last)
    code, said = verified(golden, "--certificate", str(file))
    assert code == 1
    assert "certificate_as_on_paper" in said
    certified = next(n for n, _, kind in reversed(events_of(golden)) if kind == "round_certified")
    assert (
        f"the first event that differs is {certified} (event {certified}: round_certified" in said
    )
    assert "certificate_recomputed" in said


def test_a_forged_certificate_is_not_exported(golden: Path, tmp_path: Path):
    """Nor anything else of that file."""
    forge_certificate(golden, swap_first_and_last)
    folder = tmp_path / "out"
    done = CliRunner().invoke(cli, ["export", "certificate", str(folder), "--db", str(golden)])
    assert done.exit_code == 1
    assert not folder.exists()
