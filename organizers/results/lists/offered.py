"""The official papers of a round: the right each needs, and what composes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from competition.blind import is_blind
from competition.corrections.listing import corrections_of
from competition.corrections.reviews import reviews_of
from competition.errors import Refused
from competition.lineup import drawing
from competition.lineup.plan import plan
from competition.marks.remarks import remarks
from competition.results import receipts
from competition.results.award_texts import KINDS
from competition.results.awards import award_list
from competition.results.composite_explaining import composite_summary
from competition.results.deciding import lists
from competition.results.editions import edition_of
from competition.results.moments import closing, opening
from competition.results.objecting import objections_of
from competition.results.publishing import course
from competition.results.tally_sheets import tally_sheets
from competition.results.versions import replacement
from competition.rights import refusal
from competition.rounds.composites import is_composite
from competition.rounds.readiness import PanelView, panel_view
from competition.rounds.rounds import round_view
from competition.saying import sentence
from competition.stage.host import host_script, readable_scores
from exports import EXPORTS, recount
from exports.papers import after, before, corrections, host, pdf, plates, publishing, word
from exports.papers.composite import composite_table
from exports.papers.confirmation import confirmation
from exports.papers.county_summary import county_summaries
from exports.papers.document import Document
from exports.papers.feedback import feedback_sheets
from exports.papers.moments import closing_paper, opening_paper
from exports.papers.receipts import receipts as receipts_paper
from organizers import naming, vote_files
from organizers.paper_facts import round_frame, rules_code, rules_document
from organizers.results.lists.honouring import honours_file, none_honoured
from ui.access import Visit

CSV = EXPORTS["csv"].mime
WRITERS = {"pdf": (pdf.render, pdf.MIME), "docx": (word.render, word.MIME)}
Compose = Callable[[Visit], Document]
Offered = dict[str, dict[str, tuple[str, Compose]]]
Build = Callable[[Visit], bytes]


@dataclass(frozen=True)
class File:
    """A file in one format alone: the right it needs, its format and what makes it.

    Attributes
    ----------
    why_none
        Says why there is nothing to make, once the right is given; empty where there is.
    """

    read: str
    ending: str
    media_type: str
    build: Build
    why_none: Callable[[Visit], str] = lambda _: ""


def offered(now: Visit) -> Offered:
    """The papers of the visit's round or composite, group by group."""
    return OF_COMPOSITE if now.round is not None and is_composite(now.round) else PAPERS


def files(now: Visit) -> dict[str, dict[str, File]]:
    """The files in one format of the visit's round, group by group."""
    if now.round is None or not is_composite(now.round):
        return FILES
    if not vote_files.is_declared(now):
        return FILES_OF_COMPOSITE
    return {"result": {**FILES_OF_COMPOSITE["result"], **FILES_OF_VOTE}}


def _panel(now: Visit) -> PanelView:
    return panel_view(now.store, now.who, now.round_id)


def _rules(now: Visit) -> Document:
    return rules_document(now)


def _draw(now: Visit) -> Document:
    entrants = [line.entrant for line in _panel(now).expected]
    draw = drawing.draw_view(now.store, now.who, now.round_id)
    return before.draw_record(round_frame(now), entrants, draw, now.lang)


def _recusals(now: Visit) -> Document:
    panel = _panel(now)
    return before.recusal_register(round_frame(now), panel.level, panel.recusals, now.lang)


def _reading_lists(now: Visit) -> Document:
    made = plan(now.store, now.who, now.round_id)
    return before.reading_lists(round_frame(now), made.orders if made else {}, now.lang)


def _sheets(now: Visit) -> Document:
    panel = _panel(now)
    seats = [seat["number"] for seat in panel.seats]
    marked = {
        seat: [line.entrant for line in panel.expected if seat in (*line.judges, *line.reserves)]
        for seat in seats
    }
    criteria = round_view(now.store, now.who, now.round_id)["criteria"]
    return before.score_sheets(round_frame(now), criteria, seats, marked, now.lang)


def _hand_tally(now: Visit) -> Document:
    panel = _panel(now)
    entrants = [line.entrant for line in panel.expected]
    seats = [seat["number"] for seat in panel.seats]
    return corrections.hand_tally(round_frame(now), entrants, seats, now.lang)


def _seat_plates(now: Visit) -> Document:
    return plates.seat_plates(round_frame(now), _panel(now).seats, now.lang)


def _number_plates(now: Visit) -> Document:
    places = [line.entrant for line in _panel(now).expected]
    hides = is_blind(round_view(now.store, now.who, now.round_id))
    names = ["" if hides else f"{naming.title(one)} {naming.around(one)}" for one in places]
    return plates.number_plates(round_frame(now), places, names, now.lang)


def _correction_forms(now: Visit) -> Document:
    listed = corrections_of(now.store, now.who, now.round_id)
    return corrections.correction_forms(round_frame(now), listed, _timezone(now), now.lang)


def _review_forms(now: Visit) -> Document:
    listed = reviews_of(now.store, now.who, now.round_id)
    return corrections.review_forms(round_frame(now), listed, _timezone(now), now.lang)


def _opening(now: Visit) -> Document:
    moment = opening(now.store, now.who, now.round_id)
    return opening_paper(round_frame(now), moment, _timezone(now), now.lang)


def _closing(now: Visit) -> Document:
    moment = closing(now.store, now.who, now.round_id)
    return closing_paper(round_frame(now), moment, _timezone(now), now.lang)


def _timezone(now: Visit) -> str:
    return now.competition["timezone"] if now.competition else "UTC"


def _tally(now: Visit) -> Document:
    sheets = tally_sheets(now.store, now.who, now.round_id, at=now.at)
    return after.tally_table(sheets, rules_code(now), now.lang)


def _recount(now: Visit) -> bytes:
    sheets = tally_sheets(now.store, now.who, now.round_id, at=now.at)
    return recount.workbook(sheets, now.lang)


def _summaries(now: Visit) -> Document:
    sheets = tally_sheets(now.store, now.who, now.round_id, at=now.at)
    return after.judge_summaries(sheets, rules_code(now), now.lang)


def _receipts(now: Visit) -> Document:
    sheets = tally_sheets(now.store, now.who, now.round_id, at=now.at)
    codes = receipts.codes(now.store, now.who, now.round_id)
    return receipts_paper(sheets, codes, rules_code(now), now.lang)


def _confirmation(now: Visit) -> Document:
    awards = award_list(now.store, now.who, now.round_id)
    edition = edition_of(now.store, now.who, now.round_id)
    return confirmation(awards, edition, now.lang)


def _feedback(now: Visit) -> Document:
    sheets = tally_sheets(now.store, now.who, now.round_id, at=now.at)
    said = remarks(now.store, now.who, now.round_id)
    return feedback_sheets(sheets, said, rules_code(now), now.lang)


def _county_summaries(now: Visit) -> Document:
    sheets = tally_sheets(now.store, now.who, now.round_id, at=now.at)
    return county_summaries(sheets, rules_code(now), now.lang)


def _composite(now: Visit) -> Document:
    summary = composite_summary(now.store, now.who, now.round_id, at=now.at)
    return composite_table(summary, rules_code(now), now.lang)


def _composite_recount(now: Visit) -> bytes:
    summary = composite_summary(now.store, now.who, now.round_id, at=now.at)
    return recount.composite_workbook(summary, now.lang)


def _notice(now: Visit) -> Document:
    where = (now.store, now.who, now.round_id)
    return publishing.public_notice(award_list(*where), course(*where), now.lang)


def _commendation(now: Visit) -> Document:
    where = (now.store, now.who, now.round_id)
    told = refusal(*where[:2], "objections", now.round_id) is None
    count = len(objections_of(*where)) if told else 0
    awards, stands, both = award_list(*where), course(*where), lists(*where)
    return publishing.commendation(awards, stands, both, count, now.lang)


def _decided(now: Visit) -> Document:
    where = (now.store, now.who, now.round_id)
    return publishing.decided_lists(award_list(*where), lists(*where), now.lang)


def _replacement(now: Visit) -> Document:
    where = (now.store, now.who, now.round_id)
    return publishing.replacement(award_list(*where), replacement(*where), now.lang)


def _never_replaced(now: Visit) -> str:
    """Why there is no 更换公告, in words; empty where there is one."""
    try:
        replacement(now.store, now.who, now.round_id)
    except Refused as problem:
        return sentence(problem, now.lang)
    return ""


def _named(now: Visit, place: Mapping[str, Any]) -> str:
    number = naming.number(place["number"], now.lang)
    return " ".join(filter(None, [number, naming.title(place), naming.around(place)]))


def _script(now: Visit) -> Document:
    script = host_script(now.store, now.who, now.round_id, now.lang, called=naming.called)
    return host.host_script(round_frame(now), script, partial(_named, now), now.lang)


def _strips(now: Visit) -> Document:
    scores = readable_scores(now.store, now.who, now.round_id, called=naming.called)
    return host.reading_strips(round_frame(now), scores, partial(_named, now), now.lang)


PAPERS: Offered = {
    "before": {
        "rules": ("round", _rules),
        "draw_record": ("people", _draw),
        "recusals": ("people", _recusals),
        "reading_lists": ("people", _reading_lists),
        "score_sheets": ("people", _sheets),
        "hand_tally": ("people", _hand_tally),
        "seat_plates": ("people", _seat_plates),
        "number_plates": ("people", _number_plates),
    },
    "day": {
        "opening": ("progress", _opening),
        "host_script": ("host", _script),
        "reading_strips": ("host", _strips),
        "closing": ("sheets", _closing),
        "correction_forms": ("corrections", _correction_forms),
        "review_forms": ("reviews", _review_forms),
    },
    "result": {
        "tally": ("sheets", _tally),
        "summaries": ("sheets", _summaries),
        "receipts": ("sheets", _receipts),
        "confirmation": ("award_list", _confirmation),
        "notice": ("award_list", _notice),
        "decided": ("award_list", _decided),
        "commendation": ("award_list", _commendation),
        "replacement": ("award_list", _replacement),
        "feedback": ("award_list", _feedback),
        "county_summaries": ("award_list", _county_summaries),
    },
}
"""Groups of papers: name to the right that a paper needs, and what composes it."""
WHY_NONE: dict[str, Callable[[Visit], str]] = {"replacement": _never_replaced}
"""A paper's name to what says why there is nothing to print."""
OF_COMPOSITE: Offered = {
    "before": {"rules": PAPERS["before"]["rules"]},
    "result": {
        "composite": ("sheets", _composite),
        "confirmation": ("award_list", _confirmation),
        "notice": PAPERS["result"]["notice"],
        "decided": PAPERS["result"]["decided"],
        "commendation": PAPERS["result"]["commendation"],
        "replacement": PAPERS["result"]["replacement"],
    },
}
"""The same of a composite."""
HONOURS = {
    kind: File(
        "award_list", "pdf", pdf.MIME, partial(honours_file, kind), partial(none_honoured, kind)
    )
    for kind in KINDS
}
FILES: dict[str, dict[str, File]] = {
    "result": {
        "recount": File("sheets", "xlsx", EXPORTS["xlsx"].mime, _recount),
        **HONOURS,
    },
}
"""Groups of files in one format, each by its name."""
FILES_OF_COMPOSITE: dict[str, dict[str, File]] = {
    "result": {
        "recount": File("sheets", "xlsx", EXPORTS["xlsx"].mime, _composite_recount),
        **HONOURS,
    },
}
"""The same of a composite."""
FILES_OF_VOTE = {
    "ballots": File("ballots", "csv", CSV, vote_files.ballots, vote_files.none_yet),
    "vote_totals": File("ballots", "csv", CSV, vote_files.totals, vote_files.none_yet),
}
"""Besides these, of a composite that declares an audience vote."""
