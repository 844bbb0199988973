"""What the office and the counties write: each promise beside its adversary."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from competition.documents.errors import BadDocument
from competition.documents.photographs import BrokenPicture, bare
from competition.errors import (
    BadDay,
    BadFields,
    BadInput,
    Blank,
    Duplicate,
    Forbidden,
    Missing,
    ReasonNeeded,
)
from competition.lineup.errors import ChangedSince
from competition.programme import (
    awards,
    dispatches,
    evidence,
    importing,
    late,
    lists,
    meetings,
    needs,
    plans,
    programmes,
    reporting,
    template,
    village,
)
from competition.programme.errors import (
    AwardHandedOver,
    AwardThere,
    EvidenceFull,
    NeedSettled,
    StepConfirmed,
    VillageInUse,
    YearClosed,
    YearRuns,
)
from competition.programme.overview import overview
from db import Store, document_files, events
from tests.competition.conftest import Begun
from tests.competition.event import AT, Event
from tests.competition.programme.test_programme import county, entered, rows
from tests.competition.registry import programme_rows
from tests.competition.registry.document_rows import PDF
from tests.competition.registry.programme_rows import HEINI, MENGDIAN, QIXIN

BEGINNINGS = {"ids": entered}


@pytest.fixture
def event(begun: Begun) -> Event:
    return begun[1]


@pytest.fixture
def ids(begun: Begun) -> dict[str, str]:
    return begun[2]


def photo(form: str = "JPEG", *, turned: int = 6) -> bytes:
    """A photograph with the position of the village and the way the camera was held."""
    image, file = Image.new("RGB", (40, 30), "green"), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "CAMERA OF ZHANG"
    exif.get_ifd(0x8825)[2] = (23.0, 22.0, 11.0)
    image.save(file, form, exif=exif, **({"comment": b"at home"} if form == "JPEG" else {}))
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photograph_is_kept_without_its_position_and_still_stands_upright(form: str):
    """Pixels stay as they are; what follows the picture, such as a hidden video, goes too."""
    before = photo(form)
    after = bare(before + b"GPS 23.36 N 102.40 E", f"image/{form.lower()}")
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.tobytes() == old.tobytes()
        kept = dict(new.getexif())
    assert kept == ({0x0112: 6} if form == "JPEG" else {})
    assert not any(said in after for said in (b"ZHANG", b"GPS", b"at home"))


def word(*, picture: bytes, inside: bytes = b"") -> bytes:
    """A Word file of 张 at the 某某 company with a photograph, and one more within a file of it."""
    document, file = Document(), BytesIO()
    document.add_paragraph("签到册")
    document.add_picture(BytesIO(picture))
    document.core_properties.author = document.core_properties.last_modified_by = "ZHANG"
    document.save(file)
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("docProps/custom.xml", "<Properties>AT HOME</Properties>")
        if inside:
            packed.writestr("word/embeddings/a.docx", inside)
    return file.getvalue()


def texts_in(content: bytes) -> bytes:
    """All parts of a Word file, and of files in it, unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = [packed.read(name) for name in packed.namelist()]
    return b"".join(texts_in(one) if one.startswith(b"PK") else one for one in parts)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_word_file_is_kept_without_where_its_photographs_were_taken_and_who_wrote_it(
    event: Event, ids: dict[str, str], form: str
):
    """The adversary: a photograph with the position of its owner's home, within a file within."""
    store, mine = event.store, county(event, "532529")
    content = word(picture=photo(form), inside=word(picture=photo(form)))
    before = texts_in(content)
    assert all(said in before for said in (b"ZHANG", b"AT HOME"))
    added = evidence.add_evidence(store, mine, ids["programme"], MENGDIAN, "4", "a.docx", content,
                                  at=AT)  # fmt: skip
    kept = evidence.open_evidence(store, mine, added).path.read_bytes()
    left = texts_in(kept)
    assert not any(said in left for said in (b"ZHANG", b"AT HOME", b"at home", b"python-docx"))
    assert "thumbnail" not in left.decode("utf-8", "ignore")
    document = Document(BytesIO(kept))
    assert document.paragraphs[0].text == "签到册"
    (image,) = [
        part for name, part in document.part.related_parts.items() if "image" in part.partname
    ]
    with Image.open(BytesIO(image.blob)) as new, Image.open(BytesIO(photo(form))) as old:
        assert new.tobytes() == old.tobytes()
        assert 0x8825 not in new.getexif()
    with pytest.raises(Duplicate):  # the same file, twice
        evidence.add_evidence(
            store, mine, ids["programme"], MENGDIAN, "4", "b.docx", content, at=AT
        )


def test_a_word_file_that_hides_a_picture_or_unpacks_without_end_is_refused(
    event: Event, ids: dict[str, str]
):
    """Two parts of one name, of which a reader shows the other; a photograph cut short; a bomb."""
    with zipfile.ZipFile(twice := BytesIO(word(picture=photo())), "a") as packed:
        packed.writestr("WORD/document.xml", "")
    with zipfile.ZipFile(cut := BytesIO(word(picture=photo())), "a") as packed:
        packed.writestr("word/media/b.jpg", photo()[:200])
    with (
        zipfile.ZipFile(
            bomb := BytesIO(word(picture=photo())), "a", zipfile.ZIP_DEFLATED, compresslevel=1
        ) as packed,
        packed.open("word/media/c.bin", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(10**6))
    before = rows(event.store)
    for file in (twice, cut, bomb):
        with pytest.raises(BadDocument):
            evidence.add_evidence(event.store, event.visitor("office"), ids["programme"], MENGDIAN,
                                  "4", "a.docx", file.getvalue(), at=AT)  # fmt: skip
    assert rows(event.store) == before


@pytest.mark.parametrize("cut", [3, 20, 200, -2])
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photograph_that_ends_early_is_refused(event: Event, ids: dict[str, str], form: str,
                                                 cut: int):  # fmt: skip
    content = photo(form)[:cut]
    with pytest.raises(BrokenPicture):
        bare(content, f"image/{form.lower()}")
    with pytest.raises(BadDocument):
        evidence.add_evidence(event.store, event.visitor("office"), ids["programme"], MENGDIAN,
                              "4", "a.jpg", content, at=AT)  # fmt: skip


def test_a_file_is_what_is_in_it_and_not_what_it_is_called(event: Event, ids: dict[str, str]):
    """A page named .pdf, an empty file, one too large, and one more than a village may have."""
    store, who, one = event.store, event.visitor("office"), ids["programme"]

    def add(name: str, content: bytes, about: str = "5") -> str:
        return evidence.add_evidence(store, who, one, MENGDIAN, about, name, content, at=AT)

    before = rows(store)
    too_large = PDF + bytes(evidence.MOST_MEGABYTES * 10**6)
    for content in (b"<html><script>alert(1)</script>", b"", too_large):
        with pytest.raises(BadDocument):
            add("签到册.pdf", content)
    with pytest.raises(BadInput):
        add("签到册.pdf", PDF, "29")
    assert rows(store) == before
    megabytes = 19 * 10**6
    for at in range(10):
        add(f"{at}.pdf", PDF + bytes([at]) * megabytes, str(6 + at))
    with pytest.raises(EvidenceFull):
        add("再一个.pdf", PDF + b"x" * megabytes, "20")


def test_a_step_and_the_photograph_that_shows_it_are_kept_both_or_neither(
    event: Event, ids: dict[str, str]
):
    """A day that is to come refuses the photograph, too."""
    store, mine, one = event.store, county(event, "532529"), ids["programme"]

    def report(day: str) -> None:
        def said() -> str:
            reporting.report_steps(store, mine, one, [reporting.StepDone(MENGDIAN, 7, day)], at=AT)
            return "7"

        evidence.report_shown(store, mine, one, MENGDIAN, ("a.jpg", photo()), said, at=AT)

    before = rows(store)
    with pytest.raises(BadDay):
        report("2022-03-19")
    assert rows(store) == before
    report("2022-03-17")
    view = village.village_view(store, mine, one, MENGDIAN, at=AT)
    assert [(bool(s.reported), len(s.evidence)) for s in view.steps][6] == (True, 1)


def test_a_need_and_the_photograph_that_shows_it_are_kept_both_or_neither(
    event: Event, ids: dict[str, str]
):
    """Not of another village's need, nor of one that is not there; nor undone under a file."""
    store, mine, one = event.store, county(event, "532529"), ids["programme"]

    def shown(text: str, content: bytes) -> None:
        def said() -> str:
            return needs.put_need(store, mine, one, [needs.NeedSaid(MENGDIAN, text)], at=AT)[0]

        evidence.report_shown(store, mine, one, MENGDIAN, ("a.jpg", content), said, at=AT)

    before = rows(store)
    for text, content in (("", photo()), ("路灯", b"<html>")):
        with pytest.raises((BadFields, Blank, BadDocument)):
            shown(text, content)
    assert rows(store) == before
    shown("路灯", photo())
    view = village.village_view(store, mine, one, MENGDIAN, at=AT)
    (need,) = [each for each in view.needs if each["text"] == "路灯"]
    assert [each["about"] for each in view.evidence].count(need["id"]) == 1
    office, content = event.visitor("office"), photo(turned=3)
    for code, about in ((HEINI, need["id"]), (MENGDIAN, "0" * 24)):
        with pytest.raises(BadInput):
            evidence.add_evidence(store, office, one, code, about, "a.jpg", content, at=AT)
    with pytest.raises(Missing):  # the other county's village
        evidence.add_evidence(
            store, county(event, "532525"), one, MENGDIAN, need["id"], "a.jpg", content, at=AT
        )
    lines = [needs.NeedSaid(MENGDIAN, "水窖")]
    done = importing.import_lines(store, mine, one, "needs", lines, name="n.xlsx", at=AT)
    with store.reading() as tx:
        about = str(tx.value("SELECT id FROM needs WHERE text = '水窖'"))
    evidence.add_evidence(store, mine, one, MENGDIAN, about, "a.jpg", content, at=AT)
    with pytest.raises(ChangedSince):
        importing.undo_programme_import(store, mine, done, at=AT)


def test_evidence_is_replaced_or_removed_and_the_log_keeps_what_was_there(
    event: Event, ids: dict[str, str]
):
    """Not once the office has confirmed the step by it; not without a reason; not twice."""
    store, mine, one = event.store, county(event, "532529"), ids["programme"]
    with store.reading() as tx:
        old = tx.value("SELECT sha256 FROM evidence WHERE id = :i", i=ids["evidence"])
    new = evidence.replace_evidence(store, mine, ids["evidence"], "新.pdf", PDF + b"new", at=AT)
    assert not document_files.path_of(store.path, old).exists()
    with pytest.raises(Missing):  # the second click
        evidence.replace_evidence(store, mine, ids["evidence"], "新.pdf", PDF + b"new", at=AT)
    again = evidence.replace_evidence(store, mine, new, "新.pdf", PDF + b"new", at=AT)
    assert evidence.open_evidence(store, mine, again).path.exists()
    with pytest.raises(ReasonNeeded):
        evidence.remove_evidence(store, mine, again, reason=" ", at=AT)
    reporting.confirm_steps(store, event.visitor("office"), one, [(MENGDIAN, 3)], at=AT)
    for act in (
        lambda: evidence.remove_evidence(store, mine, again, reason="传错了", at=AT),
        lambda: evidence.replace_evidence(store, mine, again, "b.pdf", PDF, at=AT),
    ):
        with pytest.raises(StepConfirmed):
            act()
    office = event.visitor("office")
    reporting.return_step(store, office, one, MENGDIAN, 3, reason="重传", at=AT)
    evidence.remove_evidence(store, mine, again, reason="传错了", at=AT)
    with store.reading() as tx:
        said = tx.rows("SELECT kind, payload FROM events WHERE kind LIKE 'evidence_%' ORDER BY n")
    assert [one["kind"] for one in said] == [
        "evidence_added", "evidence_replaced", "evidence_replaced", "evidence_removed",
    ]  # fmt: skip
    assert old in said[0]["payload"]
    assert json.loads(said[-1]["payload"])["reason"] == "传错了"


def test_nothing_is_written_in_a_closed_year(event: Event, ids: dict[str, str]):
    """Every act on it, by office and county; opened again only with a reason."""
    store, office, mine = event.store, event.visitor("office"), county(event, "532529")
    one = ids["programme"]
    dispatches.answer_dispatch(store, mine, ids["answered"], "已补", at=AT)
    programmes.close_programme(store, office, one, at=AT)
    before = rows(store)
    steps = template.sample_steps("2022-02-05")
    held = {"title": "会", "held_on": "2022-03-01", "villages": [], "minutes": ""}
    done = [reporting.StepDone(MENGDIAN, 9, "2022-03-01")]
    calls: list[Callable[[], object]] = [
        lambda: programmes.close_programme(store, office, one, at=AT),
        lambda: programmes.put_task_villages(store, office, one, programme_rows.VILLAGES, at=AT),
        lambda: programmes.remove_task_village(store, office, one, QIXIN, reason="错", at=AT),
        lambda: template.set_programme_steps(store, office, one, steps, reason="改", at=AT),
        lambda: reporting.report_steps(store, mine, one, done, at=AT),
        lambda: reporting.confirm_steps(store, office, one, [(MENGDIAN, 2)], at=AT),
        lambda: reporting.return_step(store, office, one, MENGDIAN, 2, reason="缺", at=AT),
        lambda: plans.report_plans(
            store, mine, one, [plans.PlanMade(MENGDIAN, "talent", "2022-03-01")], at=AT
        ),
        lambda: plans.report_figures(
            store, mine, one, [plans.FigureSaid(MENGDIAN, "people", "册", 1, "")], at=AT
        ),
        lambda: evidence.add_evidence(store, mine, one, MENGDIAN, "1", "x.pdf", PDF, at=AT),
        lambda: evidence.replace_evidence(store, mine, ids["evidence"], "x.pdf", PDF, at=AT),
        lambda: evidence.remove_evidence(store, mine, ids["evidence"], reason="错", at=AT),
        lambda: needs.put_need(store, mine, one, [needs.NeedSaid(MENGDIAN, "路")], at=AT),
        lambda: needs.offer_need(store, mine, ids["need"], "水务局", at=AT),
        lambda: needs.settle_need(store, mine, ids["offered"], is_met=True, at=AT),
        lambda: meetings.hold_meeting(store, office, one, **held, at=AT),
        lambda: meetings.update_meeting(store, office, ids["meeting"], **held, at=AT),
        lambda: meetings.finish_task(store, mine, ids["task"], at=AT),
        lambda: awards.plan_award(
            store, office, ids["meeting"], code=MENGDIAN, award="三等奖", at=AT
        ),
        lambda: awards.hand_award(store, office, ids["award"], at=AT),
        lambda: awards.drop_award(store, office, ids["award"], reason="错", at=AT),
        lambda: dispatches.write_dispatch(
            store, office, one, "532529", reason="催", villages=[], due_on="2022-03-30", at=AT
        ),
        lambda: dispatches.receive_dispatch(store, mine, ids["letter"], at=AT),
        lambda: dispatches.answer_dispatch(store, mine, ids["letter"], "好", at=AT),
        lambda: dispatches.ask_again(
            store, office, ids["answered"], asked="图", due_on="2022-03-30", at=AT
        ),
        lambda: dispatches.close_dispatch(store, office, ids["answered"], at=AT),
        lambda: importing.import_lines(store, mine, one, "steps", done, name="a.xlsx", at=AT),
    ]
    for call in calls:
        with pytest.raises(YearClosed):
            call()
    assert rows(store) == before
    assert overview(store, office, one, at=AT).total.figures["villages"].value == 3
    with pytest.raises(ReasonNeeded):
        programmes.reopen_programme(store, office, one, reason="", at=AT)
    programmes.reopen_programme(store, office, one, reason="补录", at=AT)
    with pytest.raises(YearRuns):
        programmes.reopen_programme(store, office, one, reason="补录", at=AT)
    assert reporting.report_steps(store, mine, one, done, at=AT) == 1


def test_a_new_year_has_the_steps_that_the_office_set_as_far_from_its_beginning(
    event: Event, ids: dict[str, str]
):
    """Until then the sample, which says so; a year is begun once."""
    store, office = event.store, event.visitor("office")

    def begin(year: str) -> str:
        return programmes.begin_programme(
            store, office, year=year, title="规划", begins_on=f"{year}-02-15", at=AT
        )

    sampled = begin("2024")
    assert "待主办方核定" in lists.programme_steps(store, office, sampled)[0]["title"]
    mine = [template.Step(1, 1, "准备", "动员会", "2022-02-10", 3, "county")]
    steps = [*mine, *template.sample_steps("2022-02-05")[1:]]
    template.set_programme_steps(store, office, ids["programme"], steps, at=AT)
    first = lists.programme_steps(store, office, begin("2023"))[0]
    assert (first["title"], first["due_on"], first["weight"]) == ("动员会", "2023-02-20", 3)
    with pytest.raises(BadFields) as refused:
        begin("2023")
    assert set(refused.value.problems) == {"year"}
    with pytest.raises(BadFields) as refused:
        programmes.begin_programme(store, office, year="二", title="", begins_on="某日", at=AT)
    assert set(refused.value.problems) == {"year", "title", "begins_on"}


def test_steps_change_freely_before_the_year_and_as_a_version_with_a_reason_after(
    event: Event, ids: dict[str, str]
):
    store, office = event.store, event.visitor("office")
    to_come = programmes.begin_programme(
        store, office, year="2023", title="规划", begins_on="2023-02-05", at=AT
    )
    own = [template.Step(1, 1, "准备", "动员会", "2023-02-10")]
    template.set_programme_steps(store, office, to_come, own, at=AT)
    later = [template.Step(1, 1, "准备", "动员会", "2023-02-12")]
    template.set_programme_steps(store, office, to_come, later, at=AT)
    assert lists.step_versions(store, office, to_come) == []
    running = ids["programme"]
    steps = [*template.sample_steps("2022-02-05")]
    template.set_programme_steps(store, office, running, steps, at=AT)  # approves the sample
    moved = [template.Step(1, 1, "准备", "动员会", "2022-02-20"), *steps[1:]]
    with pytest.raises(ReasonNeeded):
        template.set_programme_steps(store, office, running, moved, at=AT)
    template.set_programme_steps(store, office, running, moved, reason="春节顺延", at=AT)
    before = rows(store)
    template.set_programme_steps(store, office, running, moved, reason="春节顺延", at=AT)
    assert rows(store) == before
    last, _, first = lists.step_versions(store, office, running)
    assert (last["version"], last["reason"]) == (3, "春节顺延")
    assert json.loads(last["steps"])[0]["due_on"] == "2022-02-20"
    assert json.loads(first["steps"])[0]["due_on"] == "2022-02-07"


def test_a_village_leaves_the_list_only_while_nothing_was_reported_of_it(
    event: Event, ids: dict[str, str]
):
    store, office, one = event.store, event.visitor("office"), ids["programme"]
    with pytest.raises(VillageInUse):
        programmes.remove_task_village(store, office, one, MENGDIAN, reason="调整", at=AT)
    programmes.remove_task_village(store, office, one, QIXIN, reason="调整", at=AT)
    with pytest.raises(Missing):
        programmes.remove_task_village(store, office, one, QIXIN, reason="调整", at=AT)


def test_a_figure_said_again_corrects_the_one_before_and_zero_takes_it_back(
    event: Event, ids: dict[str, str]
):
    """The second click adds nothing; another day adds."""
    store, mine, one = event.store, county(event, "532529"), ids["programme"]

    def say(amount: int, day: str = "2022-03-01") -> int:
        said = plans.FigureSaid(MENGDIAN, "people", "村级花名册", amount, day)
        return plans.report_figures(store, mine, one, [said], at=AT)

    def total() -> int:
        return overview(store, mine, one, at=AT).total.figures["people"].value

    assert [say(9), total()] == [0, 9]
    assert [say(12), total()] == [1, 12]
    assert [say(3, "2022-03-08"), total()] == [1, 15]
    assert [say(0), total(), say(0)] == [1, 3, 0]


def test_the_county_that_took_a_need_on_goes_on_seeing_it_and_says_when_it_is_met(
    event: Event, ids: dict[str, str]
):
    """A third county does neither."""
    store, helper, third = event.store, county(event, "532525"), county(event, "532530")
    other = event.visitor("leader").person_id
    third = third.__class__(**{**vars(third), "person_id": other})
    needs.offer_need(store, helper, ids["need"], "石屏县水务局", at=AT)
    assert [one.need["id"] for one in lists.needs_list(store, helper)] == [ids["need"]]
    assert lists.needs_list(store, third) == []
    with pytest.raises(Missing):
        needs.settle_need(store, third, ids["need"], is_met=True, at=AT)
    needs.settle_need(store, helper, ids["need"], is_met=True, at=AT)
    with pytest.raises(NeedSettled):
        needs.settle_need(store, helper, ids["need"], is_met=True, at=AT)


def test_a_need_named_twice_is_one_and_what_a_list_adds_is_added(event: Event, ids: dict[str, str]):
    store, mine, one = event.store, county(event, "532529"), ids["programme"]
    said = needs.NeedSaid(MENGDIAN, "灌溉管网 3.2 公里")
    assert needs.put_need(store, mine, one, [said], at=AT) == [ids["need"]]
    met = needs.NeedSaid(MENGDIAN, said.text, "2022-03-01", "县水务局", "2022-03-05", "2022-03-09")
    assert needs.put_need(store, mine, one, [met], at=AT) == [ids["need"]]
    row = next(x.need for x in lists.needs_list(store, mine) if x.need["id"] == ids["need"])
    assert (row["offered_by"], row["met_on"]) == ("县水务局", "2022-03-09")


def test_minutes_follow_a_meeting_and_its_tasks_are_late_after_their_day(
    event: Event, ids: dict[str, str]
):
    """Seen by the county that has them; another county sees none of them."""
    store, office, mine = event.store, event.visitor("office"), county(event, "532529")
    meetings.update_meeting(
        store,
        office,
        ids["meeting"],
        title="现场推进会",
        held_on="2022-03-10",
        villages=[MENGDIAN],
        minutes="会议要求补齐图件。",
        tasks=[meetings.Task("532529", "公示照片", "2022-03-15")],
        at=AT,
    )
    (held,) = lists.meetings_list(store, mine)
    assert (held.meeting["minutes"], len(held.tasks)) == ("会议要求补齐图件。", 2)
    (one,) = late.late_work(store, mine, at=AT)
    assert (one.kind, one.text, one.days_late) == ("task", "公示照片", 3)
    assert late.late_work(store, county(event, "532525"), at=AT) == ()
    assert late.late_work(store, office, day="2022-03-15", at=AT) == ()
    task = next(x for x in held.tasks if x["text"] == "公示照片")
    meetings.finish_task(store, mine, task["id"], day="2022-03-14", at=AT)
    assert late.late_work(store, office, at=AT) == ()


def test_an_award_is_planned_once_handed_over_once_and_then_stays(
    event: Event, ids: dict[str, str]
):
    store, office = event.store, event.visitor("office")
    with pytest.raises(AwardThere):
        awards.plan_award(store, office, ids["meeting"], code=MENGDIAN, award="一等奖", at=AT)
    with pytest.raises(Missing):
        awards.plan_award(store, office, ids["meeting"], code="5" * 12, award="奖", at=AT)
    awards.hand_award(store, office, ids["award"], at=AT)
    before = rows(store)
    awards.hand_award(store, office, ids["award"], at=AT)  # the second click
    assert rows(store) == before
    with pytest.raises(AwardHandedOver):
        awards.drop_award(store, office, ids["award"], reason="错", at=AT)
    (mine,) = lists.meetings_list(store, county(event, "532529"))
    assert [(a["award"], a["handed_on"]) for _, a in mine.awards] == [("一等奖", "2022-03-18")]
    view = village.village_view(store, office, ids["programme"], MENGDIAN, at=AT)
    assert ("award", {"award": "一等奖"}) in [(one.kind, one.values) for one in view.history]
    (theirs,) = lists.meetings_list(store, county(event, "532525"))
    assert theirs.awards == ()


def state(store: Store) -> dict[str, list[dict[str, object]]]:
    """What an import may write."""
    with store.reading() as tx:
        return {
            kind.table: tx.rows(f"SELECT * FROM {kind.table} ORDER BY 1, 2, 3")
            for kind in importing.KINDS.values()
        }


LINES: dict[str, list[importing.Line]] = {
    "villages": [
        programmes.Village(MENGDIAN, "红河县", "迤萨镇", "勐甸村", 390, 1542),
        programmes.Village(HEINI, "石屏县", "坝心镇", "黑尼村", 402, 1610),
        programmes.Village("532524103205", "建水县", "西庄镇", "团山村"),
    ],
    "steps": [
        reporting.StepDone(MENGDIAN, 2, "2022-03-01"),
        reporting.StepDone(MENGDIAN, 3, "2022-02-12"),
        reporting.StepDone(MENGDIAN, 5, "2022-03-02"),
        reporting.StepDone(MENGDIAN, 1, "2022-03-03"),
    ],
    "plans": [
        plans.PlanMade(MENGDIAN, "village", "2022-03-02", "2022-03-10", "2022-03-15"),
        plans.PlanMade(MENGDIAN, "talent", "2022-03-09"),
    ],
    "people": [
        plans.FigureSaid(MENGDIAN, "people", "村级花名册", 11, "2022-03-01"),
        plans.FigureSaid(MENGDIAN, "people", "村级花名册", 4, "2022-03-08"),
    ],
    "funds": [
        plans.FigureSaid(MENGDIAN, "fund", "省级", 260_000, "2022-03-02"),
        plans.FigureSaid(MENGDIAN, "fund", "州级", 80_000, "2022-03-02"),
    ],
    "needs": [
        needs.NeedSaid(MENGDIAN, "产业路硬化", "", "县交通局", "2022-03-18", "2022-03-18"),
        needs.NeedSaid(MENGDIAN, "冷库", "2022-03-01"),
    ],
}
FATES = {"villages": "changed same new", "steps": "changed same new left"}


@pytest.mark.parametrize("kind", importing.KINDS)
def test_an_import_does_what_it_says_and_undoing_it_leaves_what_was_there(
    event: Event, ids: dict[str, str], kind: str
):
    """New, changed, the same or left out; then everything back, once."""
    store, office, one = event.store, event.visitor("office"), ids["programme"]
    lines = LINES[kind]
    before = state(store)
    said = importing.compare_lines(store, office, one, kind, lines)
    assert [fate for _, fate in said.lines] == FATES.get(kind, "changed new").split()
    made = importing.import_lines(store, office, one, kind, lines, name="表.xlsx", at=AT)
    after = importing.compare_lines(store, office, one, kind, lines)
    assert {fate for _, fate in after.lines} <= {"same", "left"}
    with pytest.raises(BadInput):  # the second click
        importing.import_lines(store, office, one, kind, lines, name="表.xlsx", at=AT)
    (listed,) = importing.imports_list(store, office, one)
    assert (listed["added"], listed["altered"]) == (said.count("new"), said.count("changed"))
    importing.undo_programme_import(store, office, made, at=AT)
    assert state(store) == before
    with pytest.raises(Missing):
        importing.undo_programme_import(store, office, made, at=AT)


def test_an_import_is_not_undone_over_what_was_said_since(event: Event, ids: dict[str, str]):
    """Nothing of it is undone, not even the rows that stand."""
    store, mine, one = event.store, county(event, "532529"), ids["programme"]
    made = importing.import_lines(store, mine, one, "steps", LINES["steps"], name="a", at=AT)
    with pytest.raises(Missing):  # another county's, and guessed
        importing.undo_programme_import(store, event.visitor("office"), "0" * 24, at=AT)
    reporting.confirm_steps(store, event.visitor("office"), one, [(MENGDIAN, 5)], at=AT)
    before = state(store)
    with pytest.raises(ChangedSince):
        importing.undo_programme_import(store, mine, made, at=AT)
    assert state(store) == before


def test_an_added_village_stays_once_something_was_reported_of_it(
    event: Event, ids: dict[str, str]
):
    store, office, one = event.store, event.visitor("office"), ids["programme"]
    made = importing.import_lines(
        store, office, one, "villages", LINES["villages"], name="a", at=AT
    )
    done = [reporting.StepDone("532524103205", 1, "2022-03-01")]
    reporting.report_steps(store, office, one, done, at=AT)
    with pytest.raises(ChangedSince):
        importing.undo_programme_import(store, office, made, at=AT)


def test_a_county_imports_its_own_villages_and_sees_its_own_imports(
    event: Event, ids: dict[str, str]
):
    """Another county's row refuses the file whole; the list of task villages is the office's."""
    store, mine, one = event.store, county(event, "532529"), ids["programme"]
    mixed = [*LINES["steps"], reporting.StepDone(HEINI, 1, "2022-03-01")]
    before = rows(store)
    for call in (
        lambda: importing.compare_lines(store, mine, one, "steps", mixed),
        lambda: importing.import_lines(store, mine, one, "steps", mixed, name="a", at=AT),
    ):
        with pytest.raises(Missing):
            call()
    with pytest.raises(Forbidden):
        importing.import_lines(store, mine, one, "villages", LINES["villages"], name="a", at=AT)
    assert rows(store) == before
    office = event.visitor("office")
    made = importing.import_lines(store, office, one, "plans", LINES["plans"], name="a", at=AT)
    assert importing.imports_list(store, mine, one) == []
    with pytest.raises(Missing):
        importing.undo_programme_import(store, mine, made, at=AT)


def test_the_events_of_the_work_are_beside_the_contest(event: Event, ids: dict[str, str]):
    """They compute no standing again, and a village's page still opens."""
    kinds = {"programme_imported", "evidence_replaced", "award_handed", "meeting_updated"}
    assert kinds <= set(events.BESIDE)
    view = village.village_view(event.store, county(event, "532529"), "", MENGDIAN, at=AT)
    assert view.line.code == MENGDIAN
