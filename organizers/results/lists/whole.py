"""全部材料: the papers, tables and proofs of a round, each with its folder in the bundle."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from competition.results.awards import award_list
from competition.results.certification import SignedCertificate, certified
from competition.results.composite_explaining import explain_composite
from competition.results.presenting import PresenterSheet, presenter_sheets
from competition.results.public import public_edition
from competition.results.record import public_record, record, verifier_source
from competition.results.standing_lines import CertifiedLine
from competition.results.standings import standings
from competition.rights import refusal
from competition.times import local
from exports import EXPORTS, bundle, open_me
from exports.bundle import Edition, Listed, Packing, Piece
from exports.explanation import explanation_paper
from exports.explanation_docx import render as explanation_docx
from exports.papers import pdf
from exports.papers.composite import composite_explanation
from exports.public_sheets import public_sheets
from exports.table import Table
from organizers import naming
from organizers.paper_facts import rules_code
from organizers.results.lists import papers
from organizers.results.lists.offered import HONOURS, WRITERS, Compose, File, files, offered
from ui.access import Visit
from words import t

FOLDER = {
    "rules": "rules",
    "summaries": "sheets",
    "score_sheets": "sheets",
    "receipts": "sheets",
    "opening": "day",
    "closing": "sheets",
    "tally": "tally",
    "recount": "tally",
    "hand_tally": "tally",
    "composite": "tally",
    "ballots": "tally",
    "vote_totals": "tally",
    "correction_forms": "corrections",
    "review_forms": "corrections",
    "notice": "public",
    "commendation": "public",
    "decided": "result",
    "replacement": "public",
    "feedback": "feedback",
    **dict.fromkeys(HONOURS, "award"),
}
"""The folder of a paper by its name; else that of its group."""
GROUP = {"before": "preparing", "day": "day", "result": "result"}
PUBLIC = ("rules", "notice")
"""Papers that say nothing but what the rules make public; any other stays with the organizers."""


def everything(now: Visit, *, public: bool = False) -> Packing:
    """Make the bundle of the visit's round: every paper that the reader may have now."""
    certificate = _certificate(now)
    pieces = [*_proofs(now, certificate, public=public), *_documents(now, public=public)]
    absent = []
    if public and certificate is not None and "parts" in certificate["content"]:
        said = t("exports.bundle.of_composite", now.lang)
        absent.append((t("exports.bundle.proof", now.lang), said))
    if public:
        pieces += _public_tables(now, certificate)
    else:
        pieces += [*_tables(now, certificate), *_explanations(now, certificate)]
        pieces += _charts(now) if certificate is not None else ()
    return bundle.packing(
        pieces,
        _edition(now, certificate, absent, public=public),
        partial(_page, now, public) if _is_proved(now, certificate, public) else None,
    )


def _charts(now: Visit) -> Iterator[Piece]:
    """The charts, whose library a process that makes the public version need not import."""
    from organizers.results.lists.charted import charted

    return charted(now)


def file_name(now: Visit, *, public: bool) -> str:
    """The archive's name, without text that a person typed."""
    key = "public" if public else "whole"
    return bundle.safe(f"{t(f'exports.bundle.name.{key}', now.lang)}_{rules_code(now)}") + ".zip"


def _certificate(now: Visit) -> SignedCertificate | None:
    if refusal(now.store, now.who, "certified_standings", now.round_id) is not None:
        return None
    return certified(now.store, now.who, now.round_id)


def _is_proved(now: Visit, certificate: SignedCertificate | None, public: bool) -> bool:
    """Whether the reader may have the record; of a composite there is none for the public."""
    if certificate is None or (public and "parts" in certificate["content"]):
        return False
    return refusal(now.store, now.who, "record", now.round_id) is None


def _proof(now: Visit, public: bool) -> bytes:
    return (public_record if public else record)(now.store, now.who, now.round_id)


def _page(now: Visit, public: bool, listed: Sequence[Listed]) -> bytes:
    return open_me.page(_proof(now, public), now.lang, listed)


def _proofs(now: Visit, certificate: SignedCertificate | None, *, public: bool) -> Iterator[Piece]:
    if not _is_proved(now, certificate, public):
        return
    name, _, ending = (bundle.PUBLIC if public else bundle.RECORD).rpartition(".")
    yield bundle.file("", name, f".{ending}", partial(_proof, now, public))
    yield bundle.file("", bundle.VERIFIER.removesuffix(".py"), ".py", verifier_source)


def _documents(now: Visit, *, public: bool) -> Iterator[Piece]:
    """The official papers, each in its formats."""
    for group, named in offered(now).items():
        for name, (read, compose) in named.items():
            if not public or name in PUBLIC:
                yield _paper(now, group, name, read, partial(_written, now, compose))
    for group, made in files(now).items():
        for name, one in made.items():
            if not public or name in PUBLIC:
                yield _paper(now, group, name, one.read, partial(_file, now, one))


Files = Iterable[tuple[str, bytes]]


def _paper(now: Visit, group: str, name: str, read: str, make: Callable[[], Files]) -> Piece:
    """One paper; what the reader may not have is refused when its turn has come."""

    def build() -> Files:
        problem = refusal(now.store, now.who, read, now.round_id)
        if problem is not None:
            raise problem
        return make()

    title = t(f"organizers.official.paper.{name}", now.lang)
    return Piece(FOLDER.get(name, GROUP.get(group, "other")), title, build)


def _written(now: Visit, compose: Compose) -> Files:
    document = compose(now)
    return ((f".{ending}", render(document)) for ending, (render, _) in WRITERS.items())


def _file(now: Visit, one: File) -> Files:
    return [(f".{one.ending}", one.build(now))]


def _tables(now: Visit, certificate: SignedCertificate | None) -> Iterator[Piece]:
    """The tables of the result as Excel and CSV: scores, and the list of the selected."""
    if certificate is None:
        return
    result = standings(now.store, now.who, now.round_id, at=now.at)
    awards = award_list(now.store, now.who, now.round_id)
    yield _table(papers.winners_sheet(awards, now.lang))
    yield _table(papers.certified_sheet(result, certificate, now.lang))


def _public_tables(now: Visit, certificate: SignedCertificate | None) -> Iterator[Piece]:
    """The list of winners and, where the rules publish them, ranks or scores of all."""
    if certificate is None:
        return
    awards = award_list(now.store, now.who, now.round_id)
    shown = public_edition(now.store, now.who, now.round_id)
    for table in public_sheets(shown, papers.awards_meta(awards, now.lang), now.lang):
        yield _table(table)


def _table(table: Table) -> Piece:
    return Piece(
        "result",
        table.name,
        lambda: ((one.suffix, one.render(table)) for one in EXPORTS.values()),
    )


def _explanations(now: Visit, certificate: SignedCertificate | None) -> Iterator[Piece]:
    """成绩说明 of every entrant with a score; the marks are read once for all."""
    if certificate is None or refusal(now.store, now.who, "presenter_sheet", now.round_id):
        return
    if "parts" in certificate["content"]:
        for line in certificate["content"]["entrants"]:
            if line["official"] is not None:
                name = _called(line["number"], line["village"] or line["township"], now.lang)
                build = partial(_composed_explanation, now, line)
                yield bundle.file("feedback", name, ".pdf", build)
        return
    for sheet in presenter_sheets(now.store, now.who, now.round_id, at=now.at):
        own = sheet.explanation.line
        name = _called(own.number, own.village or own.township, now.lang)
        yield bundle.file("feedback", name, ".docx", partial(_explanation, now, sheet))


def _called(number: int | None, place: str, lang: str) -> str:
    said = "" if number is None else naming.number(number, lang)
    return " ".join(filter(None, [t("results.paper.name", lang), said, place]))


def _explanation(now: Visit, sheet: PresenterSheet) -> bytes:
    return explanation_docx(explanation_paper(sheet, now.lang))


def _composed_explanation(now: Visit, line: CertifiedLine) -> bytes:
    why = explain_composite(now.store, now.who, now.round_id, line["entrant_id"], at=now.at)
    return pdf.render(composite_explanation(why, rules_code(now), now.lang))


def _edition(
    now: Visit,
    certificate: SignedCertificate | None,
    absent: Sequence[tuple[str, str]],
    *,
    public: bool,
) -> Edition:
    zone = now.competition["timezone"] if now.competition else "UTC"
    facts = Edition(
        lang=now.lang,
        is_public=public,
        competition=now.competition["title"] if now.competition else "",
        round_title=str(now.round["title"]) if now.round else "",
        round_id=now.round_id,
        version=certificate["version"] if certificate else None,
        sha256=certificate["sha256"] if certificate else "",
        head=certificate["head"] if certificate else "",
        absent=tuple(absent),
    )
    if certificate is None:
        return facts
    at = local(certificate["at"], zone).timetuple()[:6]
    return replace(facts, at=at)
