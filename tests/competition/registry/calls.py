"""Every act and read of the table of rights, called with arguments that are valid."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from competition import growth, log
from competition.lineup import (
    assigning,
    correcting,
    drawing,
    entrants,
    handing_over,
    locking,
    panel,
    practice,
    roster,
    seat_candidates,
    seating,
    sessions,
    substituting,
)
from competition.marks import (
    deductions,
    overtime,
    own_work,
    pad_marks,
    past_scores,
    pending,
    progress,
    reopening,
)
from competition.people import links, own_entries, people, staffing
from competition.results import (
    awards,
    certification,
    certifying,
    copying,
    explaining,
    forecasting,
    judges_report,
    presenting,
    record,
    rulings,
    standings,
    what_if,
)
from competition.rights import ACTS as RIGHTS
from competition.rounds import competitions, prizing, readiness, removing, rounds
from competition.rounds.rubric import set_rubric
from competition.stage import devices, moves
from competition.visitor import PUBLIC, ROLES, Visitor
from tests.competition import event as events
from tests.competition.event import QUICK, RUBRIC, Event, later
from tests.competition.registry import (
    ceremony_calls,
    clock_calls,
    composite_calls,
    correction_calls,
    document_calls,
    filing_calls,
    hall_calls,
    import_calls,
    pad_calls,
    pin_calls,
    prize_rows,
    programme_calls,
    province_calls,
    publishing_calls,
    reading_calls,
    settling,
    standby_calls,
    vote_calls,
)

AT = later(3600)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
JUDGE = 2
"""The judge who plays the role: sheet 1 is complete, 2 is empty, 3 is submitted and locked."""


@dataclass
class Prepared:
    """An event in one state, with something for every act to be done to."""

    event: Event
    visitors: dict[str, Visitor]
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def round_id(self) -> str:
        """The round."""
        return self.event.round_id


def visitors(event: Event) -> dict[str, Visitor]:
    """For each role a person who holds that role and no other."""
    event.people["chair"] = people.add_person(event.store, event.organizer, name="组长·周", at=AT)
    people.grant_role(
        event.store, event.organizer, event.people["chair"], "chair", round_id=event.round_id, at=AT
    )
    people.add_person(event.store, event.organizer, name="无职·吴", at=AT)
    return {
        role: event.visitor(JUDGE if role == "judge" else role)
        for role in ROLES
        if role != "public"
    } | {"public": PUBLIC}


def in_draft(store: Any) -> Prepared:
    """Ready to be opened."""
    event = events.draft(store, rules=events.TIMED)
    return _with_decisions(Prepared(event, visitors(event)))


def in_open(store: Any) -> Prepared:
    """Open, from nothing."""
    return opened(in_draft(store))


def opened(prepared: Prepared) -> Prepared:
    """Open: sheets empty, complete, locked; one absence; two deductions waiting."""
    event, store = prepared.event, prepared.event.store
    rounds.open_round(store, event.organizer, event.round_id, signed="all", at=events.AT)
    event.fill_all(but=[(2, 1), (2, 2), (5, 1), (5, 2)])
    composite_calls.prepare(prepared)
    vote_calls.prepare(prepared)
    hall_calls.prepare(prepared)
    taps = [event.change(n, value) for n, value in enumerate(("50", "30"))]
    prepared.ids["rev"] = str(event.record(JUDGE, 1, *taps)["rev"])
    panel.mark_absent(
        store,
        event.organizer,
        event.round_id,
        event.entrants[1],
        event.judges[5],
        reason="迟到",
        at=AT,
    )
    prepared.ids["locked"] = event.sheet(JUDGE, 3)
    prepared.ids["reopening"] = reopening.ask_reopening(
        store, event.visitor(4), event.sheet(4, 3), reason="看错", at=AT
    )
    for name in ("confirm", "withdraw"):
        prepared.ids[name] = deductions.deduct(
            store,
            event.visitor("second"),
            event.round_id,
            event.entrants[1],
            "0.1",
            reason="超时",
            at=AT,
        )
    pad_calls.prepare(prepared)
    correction_calls.prepare(prepared)
    return prepared


def closed(prepared: Prepared) -> Prepared:
    """Closed: with two rulings waiting."""
    event, store = prepared.event, prepared.event.store
    event.close(reason="散会", at=AT)
    composite_calls.close(prepared)
    vote_calls.close(prepared)
    for name in ("confirm_ruling", "withdraw_ruling"):
        prepared.ids[name] = rulings.enter_ruling(
            store,
            event.visitor("second"),
            event.round_id,
            [event.entrants[4], event.entrants[5]],
            reason="议定",
            at=AT,
        )
    reading_calls.prepare(prepared)
    ceremony_calls.prepare(prepared)
    return prepared


def certified(prepared: Prepared) -> Prepared:
    """Certified."""
    settling.certify(prepared)
    correction_calls.prepare_review(prepared)
    publishing_calls.begin(prepared)
    return prepared


NEXT: dict[str, Callable[[Prepared], Prepared]] = {
    "open": opened,
    "closed": closed,
    "certified": certified,
}
"""How each state is reached by acts from the one before."""


def _with_decisions(prepared: Prepared) -> Prepared:
    event, who = prepared.event, prepared.event.organizer
    prepared.ids["spare"] = entrants.add_entrant(
        event.store, who, code="532509100200", county="绿春县", at=AT
    )
    prepared.ids["loose"] = entrants.add_entrant(
        event.store, who, code="532509100201", county="绿春县", at=AT
    )
    prepared.ids["desk"] = rounds.create_round(event.store, who, title="初评", at=AT)
    entrants.enter_entrant(
        event.store, who, prepared.ids["desk"], prepared.ids["spare"], number=1, at=AT
    )
    for judge in (1, 2):
        person = event.judges[judge]
        panel.seat_judge(event.store, who, prepared.ids["desk"], person, number=judge, at=AT)
    locking.lock_pair(
        event.store, who, prepared.ids["desk"], prepared.ids["spare"], event.judges[2], at=AT
    )
    prepared.ids["person"] = people.add_person(event.store, who, name="新人·郑", at=AT)
    links.make_link(event.store, who, prepared.ids["person"], at=AT)
    with event.store.reading() as tx:
        prepared.ids["link"] = tx.value(
            "SELECT id FROM links WHERE person_id = :p", p=prepared.ids["person"]
        )
    competitions.set_logo(event.store, who, PNG, at=AT)
    drawing.seal_draw(event.store, who, event.round_id, seed="红河2022", at=AT)
    panel.declare_recusal(event.store, who, *_pair(prepared, 1, 6), reason="参与编制", at=AT)
    composite_calls.begin(prepared)
    vote_calls.begin(prepared)
    hall_calls.begin(prepared)
    document_calls.begin(prepared)
    import_calls.begin(prepared)
    filing_calls.begin(prepared)
    pin_calls.begin(prepared)
    standby_calls.begin(prepared)
    programme_calls.begin(prepared)
    return prepared


Call = Callable[[Prepared, Visitor], object]


def _marks(p: Prepared, who: Visitor) -> object:
    return pad_marks.record_marks(
        p.event.store,
        who,
        round_id=p.round_id,
        entrant_id=p.event.entrants[2],
        changes=[p.event.change(0, "40")],
        at=AT,
    )


def _submit(p: Prepared, who: Visitor) -> object:
    return pad_marks.submit_sheet(
        p.event.store,
        who,
        round_id=p.round_id,
        entrant_id=p.event.entrants[1],
        change_id="submit",
        seen=dict(zip(p.event.criteria, (50000, 30000), strict=True)),
        at=AT,
    )


def _sign(p: Prepared, who: Visitor, act: str) -> str:
    """The hash to sign, all settled for whoever may then do the act."""
    if settles(p, who, act):
        settling.settle(p)
    with p.event.store.reading() as tx:
        row = tx.one("SELECT * FROM rounds WHERE id = :r", r=p.round_id)
        return certifying.signed_hash(tx, standings.current(tx, p.event.store, row))


def _sign_certificate(p: Prepared, who: Visitor) -> object:
    shown = _sign(p, who, "sign_certificate")
    return certifying.sign_certificate(p.event.store, who, p.round_id, sha256=shown, at=AT)


def _certify(p: Prepared, who: Visitor) -> object:
    shown = _sign(p, who, "certify")
    if settles(p, who, "certify"):
        first = p.event.visitor("second")
        certifying.sign_certificate(p.event.store, first, p.round_id, sha256=shown, at=AT)
    return certifying.certify(p.event.store, who, p.round_id, sha256=shown, at=AT)


def _certify_alone(p: Prepared, who: Visitor) -> object:
    """Where whoever may do it is the only person who could sign."""
    shown = _sign(p, who, "certify_alone")
    if settles(p, who, "certify_alone"):
        p.event.leave_alone(str(who.person_id))
    return certifying.certify_alone(
        p.event.store, who, p.round_id, sha256=shown, reason="没有第二人", at=AT
    )


def settles(p: Prepared, who: Visitor, act: str) -> bool:
    """Whether the visitor may do the act now."""
    with p.event.store.reading() as tx:
        state = tx.value("SELECT state FROM rounds WHERE id = :r", r=p.round_id)
    return bool(who.roles_in(p.round_id) & set(RIGHTS[act].roles)) and state in RIGHTS[act].states


def _pair(p: Prepared, entrant: int, judge: int) -> tuple[str, str, str]:
    return p.round_id, p.event.entrants[entrant], p.event.judges[judge]


def _past(p: Prepared, who: Visitor) -> object:
    sheet = past_scores.PastSheet(
        p.event.entrants[2], p.event.judges[5], {p.event.criteria[0]: "40"}
    )
    return past_scores.enter_past_scores(
        p.event.store, who, p.round_id, [sheet], source="纸质", at=AT
    )


def _sample(p: Prepared, who: Visitor) -> object:
    """The competition made empty first, for whoever may then begin the sample in it."""
    if "organizer" in who.roles:
        with p.event.store.writing() as tx:
            tx.run("UPDATE rounds SET removed_at = '2022-03-18T01:00:00.000Z'")
    return competitions.begin_sample(p.event.store, who, at=AT)


def _end_practice(p: Prepared, who: Visitor) -> None:
    """A practice is begun for the act to end."""
    practice.begin_practice(p.event.store, who, p.round_id, at=AT)
    practice.end_practice(p.event.store, who, p.round_id, at=AT)


ACT_CALLS: dict[str, Call] = {
    "begin_sample": _sample,
    "add_person": lambda p, w: people.add_person(p.event.store, w, name="某人", at=AT),
    "grant_role": lambda p, w: people.grant_role(
        p.event.store, w, p.ids["person"], "leader", at=AT
    ),
    "revoke_role": lambda p, w: staffing.revoke_role(
        p.event.store, w, p.event.people["leader"], "leader", reason="换人", at=AT
    ),
    "end_other_entries": lambda p, w: own_entries.end_other_entries(p.event.store, w, at=AT),
    "make_link": lambda p, w: links.make_link(p.event.store, w, p.ids["person"], at=AT),
    "revoke_link": lambda p, w: links.revoke_link(p.event.store, w, p.ids["link"], at=AT),
    "update_competition": lambda p, w: competitions.update_competition(
        p.event.store, w, title="州级擂台赛", starts_on="2022-03-18", at=AT
    ),
    "set_logo": lambda p, w: competitions.set_logo(p.event.store, w, PNG, at=AT),
    "remove_logo": lambda p, w: competitions.remove_logo(p.event.store, w, at=AT),
    "update_person": lambda p, w: seating.update_person(
        p.event.store, w, p.ids["person"], unit="州农业农村局", at=AT
    ),
    "remove_person": lambda p, w: seating.remove_person(p.event.store, w, p.ids["person"], at=AT),
    "update_entrant": lambda p, w: roster.update_entrant(
        p.event.store, w, p.ids["loose"], village="牛孔村", at=AT
    ),
    "remove_entrant": lambda p, w: roster.remove_entrant(p.event.store, w, p.ids["loose"], at=AT),
    "update_round": lambda p, w: rounds.update_round(
        p.event.store, w, p.round_id, title="决赛", stage="final", category="village", at=AT
    ),
    "copy_round": lambda p, w: copying.copy_round(
        p.event.store, w, p.round_id, title="加赛", stage="final", category="village", at=AT
    ),
    "remove_round": lambda p, w: removing.remove_round(p.event.store, w, p.round_id, at=AT),
    "correct_entrant": lambda p, w: correcting.correct_entrant(
        p.event.store, w, p.round_id, p.event.entrants[1], village="更正村", reason="录错", at=AT
    ),
    "leave_round": lambda p, w: roster.leave_round(
        p.event.store, w, p.round_id, p.event.entrants[1], at=AT
    ),
    "set_order": lambda p, w: drawing.set_order(
        p.event.store,
        w,
        p.round_id,
        {p.event.entrants[1]: "2", p.event.entrants[2]: "1"},
        at=AT,
    ),
    "seal_draw": lambda p, w: drawing.seal_draw(
        p.event.store, w, p.round_id, seed="甲一乙二", at=AT
    ),
    "draw_order": lambda p, w: drawing.draw_order(
        p.event.store, w, p.round_id, seed="红河2022", at=AT
    ),
    "change_seat": lambda p, w: seating.change_seat(
        p.event.store, w, p.round_id, p.event.judges[4], number="14", at=AT
    ),
    "unseat": lambda p, w: seating.unseat(p.event.store, w, p.round_id, p.event.judges[4], at=AT),
    "update_session": lambda p, w: sessions.update_session(
        p.event.store, w, p.round_id, p.event.sessions[1], title="上午场", at=AT
    ),
    "remove_session": lambda p, w: sessions.remove_session(
        p.event.store, w, p.round_id, p.event.sessions[2], at=AT
    ),
    "withdraw_recusal": lambda p, w: sessions.withdraw_recusal(
        p.event.store, w, *_pair(p, 1, 6), at=AT
    ),
    "make_rehearsal": lambda p, w: competitions.note_rehearsal(p.event.store, w, at=AT),
    "create_round": lambda p, w: rounds.create_round(p.event.store, w, title="加赛", at=AT),
    "add_entrant": lambda p, w: entrants.add_entrant(
        p.event.store, w, code="532508100", county="金平县", at=AT
    ),
    "set_rules": lambda p, w: rounds.set_rules(p.event.store, w, p.round_id, QUICK, at=AT),
    "set_rubric": lambda p, w: set_rubric(p.event.store, w, p.round_id, RUBRIC, at=AT),
    "add_session": lambda p, w: rounds.add_session(
        p.event.store, w, p.round_id, title="第三场", at=AT
    ),
    "seat_judge": lambda p, w: panel.seat_judge(
        p.event.store, w, p.round_id, p.ids["person"], number=9, at=AT
    ),
    "set_panel": lambda p, w: panel.set_panel(
        p.event.store, w, p.round_id, p.event.sessions[2], [p.event.judges[3]], at=AT
    ),
    "assign": lambda p, w: assigning.assign(
        p.event.store, w, p.ids["desk"], [(p.ids["spare"], p.event.judges[1])], at=AT
    ),
    "lock_pair": lambda p, w: locking.lock_pair(
        p.event.store, w, p.ids["desk"], p.ids["spare"], p.event.judges[1], at=AT
    ),
    "unlock_pair": lambda p, w: locking.unlock_pair(
        p.event.store, w, p.ids["desk"], p.ids["spare"], p.event.judges[2], at=AT
    ),
    "enter_entrant": lambda p, w: entrants.enter_entrant(
        p.event.store, w, p.round_id, p.ids["spare"], number=9, at=AT
    ),
    "open_round": lambda p, w: rounds.open_round(p.event.store, w, p.round_id, signed="all", at=AT),
    "begin_practice": lambda p, w: practice.begin_practice(p.event.store, w, p.round_id, at=AT),
    "end_practice": _end_practice,
    "move_stage": lambda p, w: moves.move_stage(
        p.event.store, w, p.round_id, p.event.entrants[3], "called", at=AT
    ),
    "set_presence": lambda p, w: panel.set_presence(
        p.event.store, w, p.round_id, p.event.judges[4], "present", at=AT
    ),
    "declare_recusal": lambda p, w: panel.declare_recusal(
        p.event.store, w, *_pair(p, 2, JUDGE), reason="亲属", at=AT
    ),
    "mark_absent": lambda p, w: panel.mark_absent(
        p.event.store, w, *_pair(p, 2, 5), reason="离席", at=AT
    ),
    "undo_absence": lambda p, w: panel.undo_absence(
        p.event.store, w, *_pair(p, 1, 5), reason="回来", at=AT
    ),
    "hand_over_sheets": lambda p, w: handing_over.hand_over_sheets(
        p.event.store,
        w,
        p.round_id,
        shown=handing_over.proposal(p.event.store, w, p.round_id).digest,
        reason="离席",
        at=AT,
    ),
    "record_marks": _marks,
    "submit_sheet": _submit,
    "enter_past_scores": _past,
    "ask_reopening": lambda p, w: reopening.ask_reopening(
        p.event.store, w, p.ids["locked"], reason="看错", at=AT
    ),
    "answer_reopening": lambda p, w: reopening.answer_reopening(
        p.event.store, w, p.ids["reopening"], approve=True, at=AT
    ),
    "deduct": lambda p, w: deductions.deduct(
        p.event.store, w, p.round_id, p.event.entrants[1], "0.1", reason="超时", at=AT
    ),
    "confirm_deduction": lambda p, w: deductions.confirm_deduction(
        p.event.store, w, p.ids["confirm"], at=AT
    ),
    "withdraw_deduction": lambda p, w: deductions.withdraw_deduction(
        p.event.store, w, p.ids["withdraw"], reason="误记", at=AT
    ),
    "close_round": lambda p, w: rounds.close_round(
        p.event.store, w, p.round_id, reason="散会", at=AT
    ),
    "reopen_round": lambda p, w: rounds.reopen_round(
        p.event.store, w, p.round_id, reason="漏评", at=AT
    ),
    "enter_ruling": lambda p, w: rulings.enter_ruling(
        p.event.store, w, p.round_id, [p.event.entrants[1]], reason="议定", at=AT
    ),
    "confirm_ruling": lambda p, w: rulings.confirm_ruling(
        p.event.store, w, p.ids["confirm_ruling"], at=AT
    ),
    "withdraw_ruling": lambda p, w: rulings.withdraw_ruling(
        p.event.store, w, p.ids["withdraw_ruling"], reason="误记", at=AT
    ),
    **pad_calls.ACTS,
    **hall_calls.ACTS,
    **ceremony_calls.ACTS,
    **clock_calls.ACTS,
    **document_calls.ACTS,
    **import_calls.ACTS,
    **filing_calls.ACTS,
    **pin_calls.ACTS,
    **standby_calls.ACTS,
    **programme_calls.ACTS,
    **reading_calls.ACT_CALLS,
    **composite_calls.ACTS,
    **vote_calls.ACTS,
    **correction_calls.ACT_CALLS,
    **publishing_calls.ACT_CALLS,
    "declare_prizes": lambda p, w: prizing.declare_prizes(
        p.event.store, w, p.round_id, {**prize_rows.TYPED, "name_0": "金奖", "why": "改名"}, at=AT
    ),
    "sign_certificate": _sign_certificate,
    "certify": _certify,
    "certify_alone": _certify_alone,
    "revoke_certificate": lambda p, w: certification.revoke_certificate(
        p.event.store, w, p.round_id, reason="复核", at=AT
    ),
    "reveal_judges": lambda p, w: judges_report.reveal_judges(p.event.store, w, p.round_id, at=AT),
}

READ_CALLS: dict[str, tuple[Call, ...]] = {
    **filing_calls.READS,
    "competition": (
        lambda p, w: people.current_competition(p.event.store, w),
        lambda p, w: rounds.rounds_of(p.event.store, w),
    ),
    "own_entries": (lambda p, w: own_entries.own_entries(p.event.store, w),),
    "growth": (lambda p, w: growth.growth(p.event.store, w, after=0),),
    "people": (
        lambda p, w: devices.try_backup_folder(p.event.store, w),
        lambda p, w: people.all_people(p.event.store, w),
        lambda p, w: readiness.panel_view(p.event.store, w, p.round_id),
        lambda p, w: drawing.draw_view(p.event.store, w, p.round_id),
    ),
    "entrants": (
        lambda p, w: entrants.all_entrants(p.event.store, w),
        lambda p, w: correcting.reach(p.event.store, w, p.event.entrants[1]),
    ),
    "log": (
        lambda p, w: log.log(p.event.store, w),
        lambda p, w: log.log_names(p.event.store, w),
    ),
    "views": (lambda p, w: log.views_of(p.event.store, w, p.round_id),),
    "round": (
        lambda p, w: rounds.round_view(p.event.store, w, p.round_id),
        lambda p, w: prizing.declared_prizes(p.event.store, w, p.round_id),
    ),
    "own_sheets": (
        *pad_calls.OWN,
        *document_calls.OWN,
        lambda p, w: own_work.own_work(p.event.store, w, p.round_id, at=AT),
        lambda p, w: own_work.own_sheet(p.event.store, w, p.round_id, p.event.entrants[1], at=AT),
    ),
    **pad_calls.READS,
    **hall_calls.READS,
    **ceremony_calls.READS,
    **document_calls.READS,
    **pin_calls.READS,
    **programme_calls.READS,
    **province_calls.READS,
    **reading_calls.READ_CALLS,
    **composite_calls.READS,
    **vote_calls.READS,
    "stage": (lambda p, w: moves.stage_view(p.event.store, w, p.round_id), *clock_calls.READS),
    **correction_calls.READ_CALLS,
    **publishing_calls.READ_CALLS,
    "progress": (
        lambda p, w: progress.progress(p.event.store, w, p.round_id, at=AT),
        lambda p, w: devices.tablets(p.event.store, w, p.round_id, at=AT),
        lambda p, w: seat_candidates.seat_holders(p.event.store, w, p.round_id),
        lambda p, w: substituting.substitutions(p.event.store, w, p.round_id),
    ),
    "deductions": (
        lambda p, w: pending.deductions(p.event.store, w, p.round_id),
        lambda p, w: overtime.proposals(p.event.store, w, p.round_id),
    ),
    "handing_over": (lambda p, w: handing_over.proposal(p.event.store, w, p.round_id),),
    "rulings": (lambda p, w: pending.rulings(p.event.store, w, p.round_id),),
    "standings": (
        lambda p, w: standings.standings(p.event.store, w, p.round_id, at=AT),
        lambda p, w: certifying.to_sign(p.event.store, w, p.round_id),
    ),
    "certified_standings": (lambda p, w: certification.certified(p.event.store, w, p.round_id),),
    "sheets": (
        lambda p, w: explaining.explain(p.event.store, w, p.round_id, p.event.entrants[1], at=AT),
        *ceremony_calls.SHEETS,
    ),
    "record": (lambda p, w: record.record(p.event.store, w, p.round_id),),
    "presenter_sheet": (
        lambda p, w: presenting.presenter_sheet(
            p.event.store, w, p.round_id, p.event.entrants[1], at=AT
        ),
    ),
    "judges_report": (
        lambda p, w: judges_report.judges_report(p.event.store, w, p.round_id, at=AT),
    ),
    "what_if": (
        lambda p, w: what_if.what_if(
            p.event.store, w, p.round_id, what_if.Hypothesis(top=3), at=AT
        ),
    ),
    "forecast": (lambda p, w: forecasting.scenario_of(p.event.store, w, p.round_id, at=AT),),
    "award_list": (
        lambda p, w: awards.award_list(p.event.store, w, p.round_id),
        *publishing_calls.AWARDS,
        *ceremony_calls.AWARD_LIST,
    ),
}
