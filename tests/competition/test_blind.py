"""Blind review: whatever a judge may call answers without a name, until the round is certified."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import db
from commands import ROOT
from competition import growth
from competition.blind import IDENTIFYING
from competition.corrections import chairing, effects, requests
from competition.corrections.facts import What
from competition.documents import documents, materials
from competition.errors import BadFields, NamesAnEntrant, Refused
from competition.filing import terms
from competition.lineup import panel, roster
from competition.lineup.errors import Recused
from competition.marks import deductions, desk, own_work, pending
from competition.marks.errors import Absent
from competition.people import people
from competition.results import public
from competition.rights import ACTS, READS
from competition.rounds import checks, prizing, rounds
from competition.rounds.errors import BadRules
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import as_typed, read_rules
from competition.saying import sentence
from competition.stage import (
    adjourning,
    clock_now,
    hall,
    hall_scene,
    live,
    moment,
    moves,
    next_step,
    pad_work,
)
from competition.states import AFTER_CERTIFYING
from competition.visitor import Visitor
from db.invariants import verify
from tests.competition import event as events
from tests.competition.conftest import Begun
from tests.competition.event import AT, QUICK, Event
from tests.competition.registry import calls
from tests.competition.registry.calls import Prepared
from tests.competition.registry.document_rows import PDF
from words import LANGS

BLIND = replace(QUICK, blind=True)
JUDGE, CHAIR = 2, 1


def names_of(store: db.Store) -> set[str]:
    """Every name of place, person, unit or plan that an entrant has."""
    with store.reading() as tx:
        return {
            row[column]
            for row in tx.rows("SELECT * FROM entrants")
            for column in IDENTIFYING
            if row[column]
        }


def told(answer: object, event: Event) -> set[str]:
    """Which of the names an answer tells, wherever in it they stand."""
    text = repr(answer)
    return {name for name in names_of(event.store) if name in text}


def entered(store: db.Store) -> tuple[Event, tuple[dict[str, Visitor], dict[str, str]]]:
    """Enter the blind round."""
    event = events.draft(store, rules=BLIND)
    for number, entrant_id in event.entrants.items():
        roster.update_entrant(
            store,
            event.organizer,
            entrant_id,
            township=f"某镇{number}",
            village=f"某村{number}",
            post=f"某书记{number}",
            at=AT,
        )
    document = documents.add_document(
        store, event.organizer, event.entrants[4], "某村4 规划4.pdf", PDF, at=AT
    )
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=AT)
    pair = (event.round_id, event.entrants[3], event.judges[JUDGE])
    panel.declare_recusal(store, event.organizer, *pair, reason="某村3的亲戚", at=AT)
    event.fill_all(but=[(JUDGE, 1), (JUDGE, 2), (JUDGE, 3)])
    missed = (event.round_id, event.entrants[1], event.judges[JUDGE])
    panel.mark_absent(store, event.organizer, *missed, reason="离席", at=AT)
    for stage in ("called", "presenting"):
        on = (event.round_id, event.entrants[2], stage)
        moves.move_stage(store, event.organizer, *on, at=AT)
    visitors = {"judge": event.visitor(JUDGE), "chair": event.visitor(CHAIR)}
    return event, (visitors, {"document": document})


BEGINNINGS = {"blind": entered}


@pytest.fixture
def blind(begun: Begun) -> Prepared:
    """An open blind round: judge 2 is absent for 1, and recused for 3 by words that tell.

    Entrant 2 is on stage; every sheet but two is in.
    """
    return Prepared(begun[1], *begun[2])


Call = Callable[[Prepared, Visitor], Any]

JUDGES_READS: dict[str, Call] = {
    "chairing.chair_desk": lambda p, w: None,
    "chair_signing.certificate_summary": lambda p, w: None,
    "competitions.logo": lambda p, w: None,
    "effects.effect": lambda p, w: effects.effect(
        p.event.store, w, p.round_id, lambda copy, second: None, at=AT
    ),
    "listing.corrections_of": lambda p, w: None,
    "checks.readiness": lambda p, w: checks.readiness(p.event.store, w, p.round_id),
    "checks.judges_without_link": lambda p, w: checks.judges_without_link(
        p.event.store, w, p.round_id
    ),
    "people.current_competition": lambda p, w: people.current_competition(p.event.store, w),
    "rounds.rounds_of": lambda p, w: rounds.rounds_of(p.event.store, w),
    "rounds.round_view": lambda p, w: rounds.round_view(p.event.store, w, p.round_id),
    "pad_work.pad_work": lambda p, w: pad_work.pad_work(p.event.store, w, p.round_id, at=AT),
    "pad_work.stage_now": lambda p, w: pad_work.stage_now(p.event.store, w, p.round_id, at=AT),
    "own_work.own_work": lambda p, w: own_work.own_work(p.event.store, w, p.round_id, at=AT),
    "own_work.own_sheet": lambda p, w: [
        own_work.own_sheet(p.event.store, w, p.round_id, one, at=AT)
        for one in p.event.entrants.values()
    ],
    "own_work.own_sessions": lambda p, w: own_work.own_sessions(p.event.store, w, p.round_id),
    "moves.stage_view": lambda p, w: moves.stage_view(p.event.store, w, p.round_id),
    "materials.own_document": lambda p, w: materials.own_document(
        p.event.store, w, p.round_id, p.ids["document"]
    ),
    "desk.desk": lambda p, w: desk.desk(p.event.store, w, p.round_id, at=AT),
    "live.live": lambda p, w: live.live(p.event.store, w, p.round_id, at=AT),
    "moment.moment": lambda p, w: moment.moment(p.event.store, w, p.round_id, at=AT),
    "next_step.steps": lambda p, w: next_step.steps(p.event.store, w, p.round_id),
    "adjourning.adjournment": lambda p, w: adjourning.adjournment(p.event.store, w, p.round_id),
    "clock_now.clock_now": lambda p, w: clock_now.clock_now(p.event.store, w, p.round_id, at=AT),
    "clock_now.used_times": lambda p, w: clock_now.used_times(p.event.store, w, p.round_id),
    "terms.filing_end_is_due": lambda p, w: terms.filing_end_is_due(p.event.store, w, at=AT),
    "growth.growth": lambda p, w: growth.growth(p.event.store, w, after=0),
    "award_texts.award_texts": lambda p, w: None,
    "prizing.declared_prizes": lambda p, w: prizing.declared_prizes(p.event.store, w, p.round_id),
    "public.public_results": lambda p, w: public.public_results(p.event.store, w),
    "public.public_state": lambda p, w: public.public_state(p.event.store, w),
    "pins.own_pin": lambda p, w: None,
    "pad_marks.record_marks": lambda p, w: None,
    "pending.rulings": lambda p, w: None,
    "reopening.ask_for_own": lambda p, w: None,
}
"""Every function that asks for a read which a judge or the chair has before the certificate.

What a judge does, and the chair's rulings, are tried below; a logo, a PIN and the chair's texts of
awards tell of no entrant.
"""


def readers(reads: set[str]) -> set[str]:
    """The functions of ``competition`` that ask for one of some reads."""
    found = set()
    for path in (ROOT / "competition").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and reads & asked_in(node):
                found.add(f"{path.stem}.{node.name}")
    return found


def asked_in(node: ast.AST) -> set[str]:
    """The reads a function asks for by name."""
    return {
        call.args[2].value
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "require_read"
        and isinstance(call.args[2], ast.Constant)
    }


def test_every_read_of_a_judge_and_of_the_chair_is_tried_here():
    """A new one is noticed, and must then be added to the table above."""
    reads = {
        name
        for name, right in READS.items()
        if {"judge", "chair"} & set(right.roles) and right.states != AFTER_CERTIFYING
    }
    assert readers(reads) == set(JUDGES_READS)


@pytest.mark.parametrize("name", JUDGES_READS)
def test_no_read_of_a_judge_tells_a_name(blind: Prepared, name: str):
    """Not of a place, a person, a unit or a plan; nor why a judge is recused or absent."""
    answer = JUDGES_READS[name](blind, blind.visitors["judge"])
    assert told(answer, blind.event) == set()
    for reason in ("亲戚", "没听", "建水县"):
        assert reason not in repr(answer)


@pytest.mark.parametrize("act", [name for name, right in ACTS.items() if "judge" in right.roles])
def test_no_act_of_a_judge_tells_a_name(blind: Prepared, act: str):
    """Neither its answer nor, in either language, its refusal."""
    who = blind.visitors["judge"]
    blind.ids |= {"rev": "0", "locked": blind.event.sheet(JUDGE + 1, 1), "reopening": ""}
    try:
        answer: object = calls.ACT_CALLS[act](blind, who)
    except Refused as error:
        answer = [sentence(error, lang) for lang in LANGS]
    assert told(answer, blind.event) == set()


def test_a_recusal_is_told_without_its_reason(blind: Prepared):
    """The judge reads of the recusal, not for which county; the same for an absence."""
    event, who = blind.event, blind.visitors["judge"]
    for entrant, refusal in ((3, Recused), (1, Absent)):
        with pytest.raises(refusal) as refused:
            event.submit(JUDGE, entrant, {})
        assert refused.value.values["reason"] == ""
        for lang in LANGS:
            assert sentence(refused.value, lang).endswith(("。", "."))
            assert "原因" not in sentence(refused.value, lang)
    work = own_work.own_work(event.store, who, event.round_id, at=AT)["sheets"]
    assert {row["number"]: row["state"] for row in work} == {
        1: "absent",
        2: "not_begun",
        3: "recused",
        4: "submitted",
        5: "submitted",
    }


def test_a_derived_recusal_still_holds(blind: Prepared):
    """Judge 3 works in the county of entrant 2; hiding the county does not lift it."""
    event = blind.event
    with pytest.raises(Recused):
        event.record(3, 2, event.change(0, "40"))


def test_the_chair_sees_rulings_by_number(blind: Prepared):
    """Until the certificate a chair decides about numbers."""
    event = blind.event
    event.close(reason="散会")
    calls.rulings.enter_ruling(
        event.store,
        event.visitor("second"),
        event.round_id,
        [event.entrants[4], event.entrants[5]],
        reason="议定",
        at=AT,
    )
    (ruling,) = pending.rulings(event.store, blind.visitors["chair"], event.round_id)
    assert [one["number"] for one in ruling.entrants] == [4, 5]
    assert told(ruling, event) == set()


def test_the_chair_sets_a_sheet_aside_by_number(blind: Prepared):
    """The page a chair signs on has entrants' numbers and no name."""
    event = blind.event
    about: What = {"entrant": event.entrants[4], "judge": event.judges[4]}
    requests.request_correction(
        event.store,
        event.visitor("supervisor"),
        event.round_id,
        "set_aside",
        about,
        reason="误打",
        at=AT,
    )
    desk = chairing.chair_desk(event.store, blind.visitors["chair"], event.round_id)
    assert [one.entrant["number"] for one in desk.corrections if one.entrant] == [4]
    assert told(desk, event) == set()


def test_whoever_runs_the_round_sees_names_as_always(blind: Prepared):
    """Organizer, scorekeeper, timekeeper, supervisor and host, on the stage desk."""
    event = blind.event
    for role in ("second", "scorekeeper", "timekeeper", "supervisor", "host"):
        view = moves.stage_view(event.store, event.visitor(role), event.round_id)
        assert "某村1" in told(view, event)


def test_the_hall_shows_the_number_alone(blind: Prepared):
    """The judges sit in it."""
    event = blind.event
    with event.store.reading() as tx:
        row = tx.one("SELECT * FROM rounds WHERE id = :r", r=event.round_id)
        scene = hall_scene.scene_of(tx, row)
    assert scene["entrant"]["number"] == 2
    assert told(scene, event) == set()
    assert told(hall.hall(event.store, event.organizer, event.round_id), event) == set()


def test_the_certificate_lifts_the_veil(blind: Prepared):
    """Then a judge reads what anybody would; the rules have not changed meanwhile."""
    event, who = blind.event, blind.visitors["judge"]
    event.close(reason="散会")
    assert told(own_work.own_work(event.store, who, event.round_id, at=AT), event) == set()
    event.certify()
    pad = pad_work.pad_work(event.store, who, event.round_id, at=AT)
    assert (pad["blind"], pad["sheets"][0]["entrant"]["village"]) == (False, "某村1")
    assert verify(event.store) == []


def test_no_score_depends_on_it(store: db.Store):
    """The same marks give the same standing, seen or unseen."""
    found = []
    for rules in (QUICK, BLIND):
        event = events.opened(store, rules=rules, title=f"擂台赛 {rules.blind}")
        event.fill_all()
        event.close()
        found.append([(line.number, line.rank, line.official) for line in event.standing().lines])
    assert found[0] == found[1]


def test_it_is_fixed_with_the_other_rules(store: db.Store):
    """The hash at opening covers it."""
    hashes = set()
    for rules in (QUICK, BLIND):
        event = events.opened(store, rules=rules, title=f"擂台赛 {rules.blind}")
        with store.reading() as tx:
            text = tx.value("SELECT rules FROM rounds WHERE id = :r", r=event.round_id)
        hashes.add(text)
        assert RoundRules.from_json(text).blind == rules.blind
    assert len(hashes) == 2


def test_scores_cannot_be_announced_in_a_blind_round():
    """An announced score says whose it is."""
    for shows in ("scores", "ranks"):
        with pytest.raises(BadRules):
            replace(
                QUICK, scoring=replace(QUICK.scoring, official="trimmed"), hall=shows, blind=True
            )
    typed = as_typed(replace(QUICK, hall="scores")) | {"blind": "True"}
    with pytest.raises(BadFields) as refused:
        read_rules(typed, QUICK)
    assert {name: e.code for name, e in refused.value.problems.items()} == {
        "blind": "blind_on_stage"
    }


def test_the_field_is_read_back():
    """What the form shows is what is saved."""
    assert read_rules(as_typed(BLIND), QUICK).blind
    assert not read_rules(as_typed(QUICK), BLIND).blind


@pytest.mark.parametrize("lang", LANGS)
def test_a_reason_in_a_blind_round_names_no_entrant(blind: Prepared, lang: str):
    """Not by a short form, a code in full width, or a homophone; refused at the field."""
    event = blind.event
    with event.store.reading() as tx:
        row = tx.one("SELECT * FROM entrants WHERE id = :id", id=event.entrants[1])
    said = (row["village"], row["county"], row["county"][:2], row["code"], f"又是{row['code']}号")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in row["code"])
    for reason in (*said, wide):
        with pytest.raises(NamesAnEntrant) as refused:
            deductions.deduct(
                event.store,
                event.visitor("timekeeper"),
                event.round_id,
                event.entrants[2],
                "0.1",
                reason=f"超时，{reason}",
                at=AT,
            )
        assert refused.value.values["field"] == "reason"
        assert sentence(refused.value, lang)
    with event.store.reading() as tx:
        assert tx.value("SELECT count(*) FROM deductions") == 0


@pytest.mark.parametrize("said", ["时平的人来说情", "石平县", "实评"])
def test_a_homophone_of_a_place_is_refused_too(blind: Prepared, said: str):
    """石屏 by other characters; and which place was meant is not said."""
    event = blind.event
    with pytest.raises(NamesAnEntrant) as refused:
        deductions.deduct(
            event.store,
            event.visitor("timekeeper"),
            event.round_id,
            event.entrants[2],
            "0.1",
            reason=said,
            at=AT,
        )
    assert "石屏" not in sentence(refused.value, "zh")


def test_a_reason_without_a_name_is_kept_and_so_is_one_in_an_open_round(
    blind: Prepared, tmp_path: Any
):
    """Numbers are the way to say which entrant; where names are shown, they may be written."""
    event = blind.event
    kept = deductions.deduct(
        event.store,
        event.visitor("timekeeper"),
        event.round_id,
        event.entrants[2],
        "0.1",
        reason="2号超时7秒，按第5条",
        at=AT,
    )
    assert kept
    shown = events.opened(db.Store(tmp_path / "shown.db"))
    assert deductions.deduct(
        shown.store,
        shown.visitor("timekeeper"),
        shown.round_id,
        shown.entrants[2],
        "0.1",
        reason="石屏县超时",
        at=AT,
    )
    shown.store.close()


def test_where_the_paper_lies_names_no_entrant_either(blind: Prepared):
    """Set now it is refused; one that was set before the round was blind is not shown."""
    event = blind.event
    with event.store.reading() as tx:
        place = db.entrants.in_round(tx, blind.round_id)[0]
    named, plain = f"{place['village']}的档案盒", "3号柜第2层"
    key = (event.store, event.organizer, place["id"])
    with pytest.raises(NamesAnEntrant) as refused:
        documents.set_shelf_mark(*key, named, at=AT)
    assert refused.value.values["field"] == "shelf_mark"
    documents.set_shelf_mark(*key, plain, at=AT)
    with event.store.reading() as tx:
        row = db.rounds.get(tx, blind.round_id)
        work = [{"id": place["id"], "state": "marking"}]
        assert materials.of_judge(tx, row, work)[place["id"]].shelf_mark == plain
    with event.store.writing() as tx:
        tx.run("UPDATE shelf_marks SET mark = :m", m=named)
        assert materials.of_judge(tx, row, work)[place["id"]].shelf_mark == ""
