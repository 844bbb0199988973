"""A bundle made, taken to another machine, altered there, and made by a forger."""

import io
import json
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import db
from commands import browser_file, export, verify
from commands.bundling import organizer_of, packed
from competition.results import second_verifier
from competition.results.second_verifier import MANIFEST, NoRecord, unpacked
from competition.rounds import rounds
from competition.rounds.composites import OUTSIDE, VOTE, TypedPart, set_parts
from competition.voting.cards import cancel_code
from exports.bundle import RECORD, VERIFIER, Listed
from exports.open_me import page
from exports.open_me.held import hold
from organizers.results.lists import charted, whole
from tests.competition import event as events
from tests.competition.registry import composite_rows, vote_rows
from tests.competition.results import forged
from tests.organizers.results.test_public_bundle import FORMULA, cells_of
from ui.pictures import FORMATS
from words import t

VOTED = "audience vote"
AS_PDF = {"pdf": whole.WRITERS["pdf"]}
BUNDLES = Path(__file__).parents[1] / "data" / "bundles"


@dataclass(frozen=True)
class Composed:
    """A composite's database and its bundles."""

    store: db.Store
    whole: dict[str, bytes]
    public: dict[str, bytes]


node = pytest.mark.skipif(not browser_file.is_there(), reason="Node.js is not installed")


@dataclass(frozen=True)
class Made:
    """The small event certified, called as a formula, its database, and its bundles."""

    path: Path
    whole: dict[str, bytes]
    public: dict[str, bytes]


@dataclass(frozen=True)
class Altered:
    """A forger's work, and what the page finds in its record; None without Node.js."""

    files: dict[str, bytes]
    record: dict[str, Any]
    found: browser_file.Found | None


def by_page(records: dict[str, dict[str, Any]]) -> dict[str, browser_file.Found | None]:
    """What the page finds in each record."""
    if not browser_file.is_there():
        return dict.fromkeys(records)
    given = [(record, hold(record).checks) for record in records.values()]
    return dict(zip(records, browser_file.all_checked(given), strict=True))


def make_light(patch: pytest.MonkeyPatch) -> None:
    """Make bundles with papers as PDF alone, and a file for each chart, which nothing draws.

    `test_public_bundle` has papers in each format, and `test_charted` has the charts drawn.
    """
    patch.setattr(whole, "WRITERS", AS_PDF)
    patch.setattr(charted, "drawn", lambda _, caption: f"<svg>{caption()}</svg>")
    patch.setattr(charted, "FORMATS", {"svg": FORMATS["svg"]})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Both bundles, made once."""
    path = tmp_path_factory.mktemp("bundle") / "arena.db"
    store = db.Store(path)
    event = events.opened(store, title=FORMULA)
    event.fill_all()
    event.close()
    event.certify()
    who = organizer_of(store, event.round_id)
    with pytest.MonkeyPatch.context() as patch:
        make_light(patch)
        both = [packed(store, who, event.round_id, "zh", public=one) for one in (False, True)]
    store.close()
    read = []
    for one in both:
        target = path.with_name("one.zip")
        target.write_bytes(one.content)
        read.append(unpacked(target))
    return Made(path, *read)


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Write files as an archive."""

    def write(files: dict[str, bytes]) -> Path:
        target = tmp_path / "bundle.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return target

    return write


def verified(path: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(verify.command, [str(path), *arguments], env={"ARENA_LANG": "en"})
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done.exit_code, done.output


def rewritten(files: dict[str, bytes], record: dict) -> dict[str, bytes]:
    """A forger's bundle: record, page and manifest made to fit one another."""
    text = json.dumps(record, ensure_ascii=False).encode()
    changed = {**files, RECORD: text}
    listed = json.loads(files[MANIFEST])
    beside = [Listed(row["path"], row["sha256"], row["size"]) for row in listed["files"]]
    others = [one for one in beside if one.path not in (RECORD, "打开我.html")]
    changed["打开我.html"] = page(text, "zh", others)
    return relisted(changed)


def relisted(files: dict[str, bytes]) -> dict[str, bytes]:
    """The manifest rewritten to name the files as they are."""
    manifest = json.loads(files[MANIFEST])
    for row in manifest["files"]:
        row["sha256"] = second_verifier.hashlib.sha256(files[row["path"]]).hexdigest()
    record = second_verifier.proof_of(files)
    assert record is not None
    own = second_verifier.certificates(record["events"])
    manifest["certificate"] = own[-1]["sha256"]
    return {**files, MANIFEST: json.dumps(manifest).encode()}


def test_three_programs_find_it_in_order(made: Made, zipped):
    """Whole: library, page, program; public: what is not computed again is said."""
    code, said = verified(zipped(made.whole))
    assert (code, said.count("agrees")) == (0, 3 if browser_file.is_there() else 2), said
    folders = {name.partition("/")[0] for name in made.whole if "/" in name}
    assert {"01 结果与证书", "02 评分办法", "04 统分", "06 告知与公示", "08 颁奖"} <= folders
    assert not any(folder.startswith("12") for folder in folders), "a paper without a folder"
    code, said = verified(zipped(made.public))
    assert code == 0
    assert "the rules do not publish what they are computed from" in said
    assert "use the internal one" in said


def test_the_verifier_in_the_bundle_runs_alone(made: Made, tmp_path: Path):
    """Unpacked elsewhere, without this program or any package; the archive and the page, too."""
    for name, data in made.whole.items():
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", VERIFIER, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
        )

    good = run()
    assert (good.returncode, "FAILS" in good.stdout) == (0, False), good.stdout + good.stderr
    assert "1/18 ok    files of the manifest" in good.stdout
    assert run("打开我.html").returncode == 0
    (tmp_path / "更多.txt").write_text("x", "utf-8")
    more = run()
    assert (more.returncode, "更多.txt: is not in the manifest" in more.stdout) == (1, True)
    (tmp_path / "打开我.html").write_text("<html>", "utf-8")
    assert run("打开我.html").returncode == 2


def test_no_typed_text_is_a_formula_in_any_table_of_the_whole(made: Made):
    """A contest called =HYPERLINK(1) in every table; what computes are the recount's own."""
    said, live = cells_of(made.whole, 3, 2)
    assert said.count(FORMULA) >= 3
    assert all("核算" in name for name in live)
    assert not [one for formulas in live.values() for one in formulas if "HYPERLINK" in one]
    assert len(live) == 1


def raised(files: dict[str, bytes], record: dict) -> dict[str, bytes]:
    record["events"] = forged.moved_mark(record["events"])
    return rewritten(files, record)


def other_rule(files: dict[str, bytes], record: dict) -> dict[str, bytes]:
    record["events"] = forged.recertified(record["events"], forged.raise_top)
    return rewritten(files, record)


def other_event(files: dict[str, bytes], record: dict) -> dict[str, bytes]:
    record["events"][9]["actor"] = "somebody"
    return rewritten(files, record)


def other_decision(files: dict[str, bytes], record: dict) -> dict[str, bytes]:
    record["events"] = forged.recertified(record["events"], forged.swap)
    return rewritten(files, record)


def other_hash(files: dict[str, bytes], record: dict) -> dict[str, bytes]:
    certified = forged.certificate_of(record["events"])
    forged.rewrite(certified, "snapshots", lambda row: row.update(sha256="0" * 64))
    record["events"] = forged.relinked(record["events"])
    return rewritten(files, record)


def other_paper(files: dict[str, bytes], _record: dict) -> dict[str, bytes]:
    path = next(name for name in files if name.endswith(".pdf"))
    return relisted({**files, path: files[path] + b"%"})


ALTERED = {
    "mark": (raised, "marks", "marks"),
    "rule": (other_rule, "rules and rubric", "rules"),
    "event": (other_event, "chain of events", "chain"),
    "decision": (other_decision, "line and zone", "line"),
    "hash": (other_hash, "text and hash", "text"),
}
"""Each forger, with the check of the library and of the page that names the work."""


@pytest.fixture(scope="module")
def altered(made: Made) -> dict[str, Altered]:
    """What each forger made of the whole bundle, with all that the page finds in it."""
    files = {
        name: one[0](made.whole, json.loads(made.whole[RECORD])) for name, one in ALTERED.items()
    }
    records = {name: json.loads(one[RECORD]) for name, one in files.items()}
    found = by_page(records)
    return {name: Altered(files[name], records[name], found[name]) for name in ALTERED}


@pytest.mark.parametrize("name", ALTERED)
def test_each_alteration_is_named_by_both_verifiers(altered: dict[str, Altered], name: str):
    """Though record, page and manifest fit one another: the library names it, and the page."""
    one, (_, library, by_page) = altered[name], ALTERED[name]
    found = second_verifier.all_checks(one.files, one.record)
    assert library in {check.rpartition(": ")[2] for check, faults in found if faults}
    assert one.found is None or one.found[by_page]


def test_the_first_difference_is_said(altered: dict[str, Altered], zipped):
    """By the command, which fails; it is the library's, and the page and the app differ as well."""
    code, said = verified(zipped(altered["mark"].files))
    assert (code, "The first difference" in said) == (1, True), said
    assert said.count(": differs, ") == (3 if browser_file.is_there() else 2), said


def test_a_paper_that_was_altered_is_named_by_both_verifiers(made: Made, zipped):
    """Though the manifest names it as it is: the page holds the list of before."""
    files = other_paper(made.whole, {})
    code, said = verified(zipped(files))
    assert (code, "The first difference: page and record" in said) == (1, True), said
    if browser_file.is_there():
        paper = next(name for name in files if name.endswith(".pdf"))
        named = re.findall("^Files of the bundle: (.+)$", said, re.MULTILINE)
        assert named == ["manifest.json", paper]


def test_a_file_altered_added_or_missing_is_named(made: Made, zipped):
    """Where the manifest was left as it is."""
    gone, emptied, *_ = (name for name in made.public if name.endswith(".pdf"))
    left = {name: data for name, data in made.public.items() if name != gone}
    _, said = verified(zipped({**left, emptied: b"", "x.txt": b""}))
    assert f"{gone}: is missing" in said
    assert f"{emptied}: is not the file that was packed" in said
    assert "x.txt: is not in the manifest" in said


def test_a_head_on_paper_is_compared(made: Made, tmp_path: Path):
    """One that lies on the chain, and one that does not; with the record alone."""
    path, head = tmp_path / RECORD, json.loads(made.whole[RECORD])["head"]
    path.write_bytes(made.whole[RECORD])
    assert verified(path, "--head", head)[0] == 0
    code, said = verified(path, "--head", "1.5.0123456789ab")
    assert (code, "not on the chain" in said) == (1, True)


def archive_of(entries: list[tuple[str | zipfile.ZipInfo, bytes]], path: Path) -> Path:
    """An archive with these entries, as a hostile program would write it."""
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # two entries of one name
        for name, data in entries:
            archive.writestr(name, data)
    return path


def link() -> zipfile.ZipInfo:
    """A symbolic link to a file outside."""
    info = zipfile.ZipInfo("a")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([("../a", b"")], "name"),
        ([("/etc/a", b"")], "name"),
        ([("a\\..\\b", b"")], "name"),
        ([("C:a", b"")], "name"),
        ([(link(), b"/etc/passwd")], "name"),
        ([("a", b""), ("a", b"")], "twice"),
        ([("b", b"")], "no_manifest"),
    ],
    ids=["up", "root", "backslash", "drive", "link", "twice", "nothing"],
)
def test_a_hostile_archive_is_refused_in_words(tmp_path: Path, entries, reason: str):
    """Nothing is unpacked and nothing run; the sentence says why."""
    path = archive_of(entries, tmp_path / "x.zip")
    with pytest.raises(NoRecord) as refused:
        second_verifier.opened(path)
    assert refused.value.reason == reason
    code, said = verified(path)
    assert (code, "was not opened" in said, "Traceback" in said) == (1, True, False)
    assert sorted(tmp_path.iterdir()) == [path]


def test_an_archive_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its size is asked before anything is read."""
    monkeypatch.setattr(second_verifier, "MOST_BYTES", 1000)
    packed_small = io.BytesIO()
    with zipfile.ZipFile(packed_small, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, b"0" * 100_000)
    path = tmp_path / "x.zip"
    path.write_bytes(packed_small.getvalue())
    assert "too large" in verified(path)[1]


@pytest.mark.parametrize("text", [b"", b"{}", b"<html>", b"[" * 5000, b"PK\x03\x04junk", b"\xff"])
def test_what_is_no_bundle_is_refused_in_words(tmp_path: Path, text: bytes):
    """An empty file, other JSON, another page, deep nesting, half an archive."""
    path = tmp_path / "x"
    path.write_bytes(text)
    code, said = verified(path)
    assert (code, "was not opened" in said, "Traceback" in said) == (1, True, False)


def test_a_payload_that_names_no_table_of_ours_is_a_finding(made: Made, zipped):
    """A forger's column names never become part of a statement."""
    record = json.loads(made.whole[RECORD])
    payload = json.loads(record["events"][3]["payload"])
    payload["changes"].append(
        {"table": "rounds", "key": {"id": "x"}, "row": {"id) SELECT 1; --": 1}}
    )
    record["events"][3]["payload"] = json.dumps(payload)
    code, said = verified(zipped(rewritten(made.whole, record)))
    assert (code, "cannot be computed" in said) == (1, True)


@node
@pytest.mark.parametrize(
    "name",
    [
        "bundle-1.zip",
        pytest.param(
            "record-1.zip",
            marks=pytest.mark.long(
                "commands/test_bundle.py::test_a_bundle_of_an_earlier_version_still_opens"
            ),
        ),
    ],
)
def test_a_bundle_of_an_earlier_version_still_opens(name: str):
    """The record that was handed out before there were bundles, the first bundle, their pages."""
    path = BUNDLES / name
    code, said = verified(path)
    assert (code, said.count("agrees")) == (0, 3), said
    with zipfile.ZipFile(path) as archive:
        shown = second_verifier.data_of(archive.read("打开我.html"))
    assert [faults for _, faults in second_verifier.check(shown) if faults] == []


def test_the_command_writes_a_bundle_and_overwrites_none(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As the button does; a second time it refuses, and an altered database gives nothing."""
    monkeypatch.setattr(whole, "WRITERS", AS_PDF)
    target, path = tmp_path / "all.zip", tmp_path / "arena.db"
    shutil.copyfile(made.path, path)
    arguments = ["bundle", "--public", "--to", str(target), "--db", str(path), "--lang", "zh"]
    done = CliRunner().invoke(export.command, arguments, env={"ARENA_LANG": "en"})
    assert done.exit_code == 0, done.output
    assert unpacked(target) == made.public
    again = CliRunner().invoke(export.command, arguments, env={"ARENA_LANG": "en"})
    assert (again.exit_code, "already exists" in again.output) == (1, True)


def test_before_certifying_it_holds_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Papers from before, no proof and no mark; the contents say what is absent and since when.

    As PDF alone: the bundles of `test_public_bundle` have them in each format.
    """
    monkeypatch.setattr(whole, "WRITERS", AS_PDF)
    store = db.Store(tmp_path / "arena.db")
    event = events.opened(store)
    who = organizer_of(store, event.round_id)
    target = tmp_path / "all.zip"
    target.write_bytes(packed(store, who, event.round_id, "zh", public=False).content)
    store.close()
    files = unpacked(target)
    assert not {RECORD, VERIFIER, "打开我.html"} & files.keys()
    contents = files["目录和核验方法.txt"].decode("utf-8-sig")
    assert f"{t('organizers.official.paper.tally', 'zh')}: " in contents
    assert not any(name.startswith("01") for name in files)
    assert json.loads(files[MANIFEST])["version"] is None
    assert verified(target)[0] == 0


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """The small event, a field inspection with a score replaced, and an audience's four ballots."""
    path = tmp_path_factory.mktemp("composite")
    store = db.Store(path / "arena.db")
    event = events.closed(store)
    composite = composite_rows.declare(event, at=events.AT)
    parts = [
        TypedPart(event.round_id, title="现场展示", weight="0.6"),
        TypedPart(OUTSIDE, title="实地考察", weight="0.3", step="0.1"),
        TypedPart(VOTE, title="大众评审", weight="0.1", opens="any_time"),
    ]
    set_parts(store, event.organizer, composite, parts, {"top": "2"}, at=events.AT)
    composite_rows.begin(event, composite, at=events.AT)
    event.certify(at=events.later(1000))
    *made, _ = vote_rows.make(event, composite, 4, at=events.later(1000))
    again = cancel_code(
        store, event.organizer, composite, "4", reason="遗失", at=events.later(1000)
    )
    vote_rows.open_(event, composite, at=events.later(1000))
    for card, entrant in zip((*made, again), (1, 1, 2, 4), strict=True):
        assert card is not None
        device = f"phone {card.number}"
        vote_rows.send(event, composite, card, entrant, device=device, at=events.later(1000))
    vote_rows.close(event, composite, at=events.later(1000))
    composite_rows.confirm(event, vote_rows.list_of(event, composite), at=events.later(1000))
    for second, scores in enumerate(({1: "80", 2: "90", 3: "70", 4: "60", 5: "75"}, {1: "81.5"})):
        given = {event.entrants[number]: score for number, score in scores.items()}
        listed = composite_rows.enter(event, composite, given, at=events.later(1001 + second))
        composite_rows.confirm(event, listed, at=events.later(1003 + second))
    rounds.close_round(store, event.organizer, composite, at=events.later(1100))
    composite_rows.certify(event, composite, at=events.later(1200))
    both = []
    with pytest.MonkeyPatch.context() as patch:
        make_light(patch)
        for public in (False, True):
            target = path / "one.zip"
            bundle = packed(store, event.organizer, composite, "zh", public=public)
            target.write_bytes(bundle.content)
            both.append(unpacked(target))
    yield Composed(store, *both)
    store.close()


def test_a_composite_is_computed_again_from_its_parts(composed: Composed, zipped):
    """All three programs; its rounds' own certificates, too. The public version says why not."""
    code, said = verified(zipped(composed.whole))
    agreed = 3 if browser_file.is_there() else 2
    assert (code, said.count("agrees")) == (0, agreed), said
    record = json.loads(composed.whole[RECORD])
    named = {name for name, _ in second_verifier.check(record)}
    assert {"村级决赛, version 1: scores", "综合成绩, version 1: parts"} <= named
    assert f"综合成绩, version 1: {VOTED}" in named
    assert not {RECORD, "result.json", "打开我.html"} & composed.public.keys()
    contents = composed.public["目录和核验方法.txt"].decode("utf-8-sig")
    assert t("exports.bundle.of_composite", "zh") in contents
    assert verified(zipped(composed.public))[0] == 0


def weigh_otherwise(content: dict) -> None:
    content["parts"][0]["weight"], content["parts"][1]["weight"] = "0.3", "0.6"


def raise_outside(content: dict) -> None:
    scores = content["parts"][1]["scores"]
    scores[min(scores)] = "99.0"


def raise_part(content: dict) -> None:
    scores = content["parts"][0]["scores"]
    scores[min(scores)] = "99.00"


def name_another(content: dict) -> None:
    content["parts"][0]["sha256"] = "0" * 64


FORGED = {
    "weight": (weigh_otherwise, "parts", "parts"),
    "outside": (raise_outside, "parts", "parts"),
    "part": (raise_part, "parts", "parts"),
    "root": (name_another, "parts", "parts"),
    "score": (forged.set_line("official", "99.00"), "scores", "scores"),
    "decision": (forged.swap, "line and zone", "line"),
    "place": (forged.swap_places, "places", "places"),
}
"""What a forger makes of the composite's certificate, and the checks that name it."""


@pytest.mark.parametrize("name", FORGED)
def test_an_alteration_of_a_composite_is_named_by_both(forgeries: dict[str, Altered], name: str):
    """Hash and chain fit: its own check names it."""
    one, (_, library, by_page) = forgeries[name], FORGED[name]
    named = {check for check, faults in second_verifier.check(one.record) if faults}
    assert f"综合成绩, version 1: {library}" in named
    assert all(check.startswith("综合成绩") for check in named)
    assert one.found is None or one.found[by_page]


def lines_of(record: dict) -> list[str]:
    """The lines of the ballots, without the head."""
    return record["ballots"].splitlines()[1:]


def relist(record: dict, lines: list[str]) -> None:
    record["ballots"] = "".join(f"{line}\n" for line in (second_verifier.BALLOTS, *lines))


def change_ballot(record: dict) -> None:
    """One ballot for another entrant, as another ballot has it."""
    first, *others = lines_of(record)
    chosen = {line.partition(",")[2] for line in others} - {first.partition(",")[2]}
    relist(record, [f"{first.partition(',')[0]},{min(chosen)}", *others])


def add_ballot(record: dict) -> None:
    *lines, last = lines_of(record)
    relist(record, [*lines, last, f"{'f' * 64},{last.partition(',')[2]}"])


def remove_ballot(record: dict) -> None:
    relist(record, lines_of(record)[1:])


def double_ballot(record: dict) -> None:
    first, *others = lines_of(record)
    relist(record, [first, first, *others])


def remove_all(record: dict) -> None:
    del record["ballots"]


def rewritten_closing(table: str, change: Callable[[dict, dict], None]) -> Callable[[dict], None]:
    """A forger with the whole record: a row of the closing, each link, and the certificate."""

    def forge(record: dict) -> None:
        closing = next(one for one in record["events"] if one["kind"] == "vote_closed")
        if table == "outside_scores":
            closing = next(
                one
                for one in record["events"]
                if one["kind"] == "outside_entered" and one["n"] < closing["n"] + 3
            )
        forged.rewrite(closing, table, lambda row: change(record, row))
        hashes = {one["n"]: one["hash"] for one in forged.relinked(record["events"])}

        def stand(content: dict) -> None:
            content["event"]["hash"] = hashes[content["event"]["n"]]

        forged.recertified(record["events"], stand, of_last=True)

    return forge


def one_more(record: dict, row: dict) -> None:
    row["votes"] += 1


def another_score(record: dict, row: dict) -> None:
    row["value"] = 50_000 - row["value"] // 2


def fitting_list(record: dict, row: dict) -> None:
    """A ballot changed, and its list's hash with it: the totals tell."""
    change_ballot(record)
    row["sha256"] = second_verifier.sha256(record["ballots"])


def fewer(record: dict, row: dict) -> None:
    row["ballots"] -= 1


BALLOTS_FORGED = {
    "changed": (change_ballot, "not the one that was counted"),
    "added": (add_ballot, "4 ballots counted, 5 in the list"),
    "removed": (remove_ballot, "4 ballots counted, 3 in the list"),
    "doubled": (double_ballot, "there twice"),
    "all": (remove_all, "is missing"),
    "total": (rewritten_closing("vote_totals", one_more), "on the ballots"),
    "ballots' score": (rewritten_closing("outside_scores", another_score), "the ballots give"),
    "list": (rewritten_closing("votes", fitting_list), "on the ballots"),
    "number": (rewritten_closing("votes", fewer), "3 ballots counted, 4 in the list"),
}
"""What a forger makes of the whole record, and what is said of it."""


@pytest.fixture(scope="module")
def forgeries(composed: Composed) -> dict[str, Altered]:
    """What each forger made of the composite's record, with all that the page finds in it."""
    text = composed.whole[RECORD]
    records = {name: json.loads(text) for name in (*FORGED, *BALLOTS_FORGED, "mark")}
    for name, (change, *_) in FORGED.items():
        record = records[name]
        forged.recertified(record["events"], change, of_last=True)
        record["head"] = f"1.{len(record['events'])}.{record['events'][-1]['hash']}"
    for name, (change_record, _) in BALLOTS_FORGED.items():
        change_record(records[name])
    forged.recertified(records["mark"]["events"], forged.raise_mark)
    found = by_page(records)
    return {name: Altered({}, record, found[name]) for name, record in records.items()}


@pytest.mark.parametrize("name", BALLOTS_FORGED)
def test_an_altered_ballot_is_named_by_both(forgeries: dict[str, Altered], name: str):
    """The library and the page, each by its own recount; a forger with the totals, too."""
    one, (_, said) = forgeries[name], BALLOTS_FORGED[name]
    found = {
        check.rpartition(": ")[2]: faults for check, faults in second_verifier.check(one.record)
    }
    assert any(said in fault for fault in found[VOTED]), found
    assert one.found is None or one.found["votes"]


def test_a_list_of_ballots_leads_to_no_card(composed: Composed):
    """Neither number nor phone nor time is in the record; a batch of one card is no key to it."""
    record = json.loads(composed.whole[RECORD])
    codes = [line.partition(",")[0] for line in lines_of(record)]
    events = json.dumps(record["events"])
    with composed.store.reading() as tx:
        stored = tx.rows("SELECT hash, device FROM vote_claims")
    assert {row["hash"] for row in stored} == {*codes}
    assert not any(row["device"] in events + record["ballots"] for row in stored)
    assert not any(code in events or second_verifier.sha256(code) in events for code in codes)


def test_a_record_of_before_there_were_ballots_is_said_to_have_none(composed: Composed):
    """Its certificate names none: what it has is computed, and the rest is named."""
    record = json.loads(composed.whole[RECORD])
    del record["ballots"]

    def unnamed(content: dict) -> None:
        content["parts"][2].pop("ballots")

    forged.recertified(record["events"], unnamed, of_last=True)
    assert not [name for name, faults in second_verifier.check(record) if faults]
    assert any("has no ballots" in part for part in second_verifier.left_out(record))
    assert "votes" not in hold(record).checks


def test_an_altered_mark_of_a_part_is_named_by_both(forgeries: dict[str, Altered]):
    """The certificate of the round that the composite is made of."""
    one = forgeries["mark"]
    named = {name for name, faults in second_verifier.check(one.record) if faults}
    assert "村级决赛, version 1: marks" in named
    assert one.found is None or one.found["rounds"]
