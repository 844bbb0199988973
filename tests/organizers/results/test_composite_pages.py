"""A composite's pages and papers: true to the certificate, and silent once a part has changed."""

from dataclasses import dataclass
from decimal import Decimal
from html import unescape

import pypdfium2
import pytest

from competition.marks import outside
from competition.results import certification, certifying, publishing, standings
from competition.results.composite_explaining import composite_summary, explain_composite
from competition.results.public import public_results
from competition.rights import READS
from competition.rounds import rounds
from competition.rounds.composites import OUTSIDE, TypedPart, set_parts
from competition.visitor import PUBLIC
from db import composites
from examples.certifying import certify_by_two
from exports import EXPORTS
from exports.papers import pdf, word
from exports.papers.composite import composite_explanation, composite_table
from exports.papers.document import Grid
from organizers.public.page import page as results_page
from organizers.results.lists.papers import certified_sheet
from tests.competition.registry.publishing_calls import TYPED
from tests.opening import BOTH, Open, Sample, html
from tests.organizers.acting import certify, has, is_refused, now, press
from ui.pages import KEY_OF, PAGES
from words import t

CHAIR, CHAIRS, SIGN = "judge1", "judges/chair.py", "sign-certificate"
PEOPLE = "organizers/prepare/people/page.py"
STANDINGS = "organizers/results/standings/page.py"
MISSING = 3


@dataclass
class Composed:
    """The sample with a certified composite of its final and an inspection that lacks one."""

    sample: Sample
    id: str


def gather(sample: Sample) -> str:
    """Declare it while the final is open, close it after that; entrant 3 was not inspected."""
    store, who = sample.store, sample.who("organizer")
    round_id = rounds.create_round(store, who, title="综合成绩", kind="composite", at=now())
    parts = [
        TypedPart(sample.round_id, title="现场展示", weight="0.7"),
        TypedPart(OUTSIDE, title="实地考察", weight="0.3", step="0.5"),
    ]
    set_parts(store, who, round_id, parts, {"top": "13"}, at=now())
    rounds.open_round(store, who, round_id, signed="组长", late="办法已印发", at=now())
    certify(sample)
    with store.reading() as tx:
        part = composites.parts(tx, round_id)[1]["id"]
        places = tx.rows(
            "SELECT entrant_id, number FROM round_entrants WHERE round_id = :r", r=sample.round_id
        )
    scores = {
        row["entrant_id"]: str(60 + row["number"] % 40)
        for row in places
        if row["number"] != MISSING
    }
    listed = outside.enter_outside(store, who, round_id, part, scores, source="记录", at=now())
    outside.answer_outside(store, sample.who("supervisor"), listed, approve=True, at=now())
    rounds.close_round(store, who, round_id, at=now())
    return str(round_id)


def sign(sample: Sample) -> None:
    """Certify it by two."""
    who, second = sample.who("organizer"), sample.who("supervisor")
    with sample.store.reading() as tx:
        round_id = str(tx.value("SELECT id FROM rounds WHERE kind = 'composite'"))
    certify_by_two(sample.store, who, second, round_id, at=now())


@pytest.fixture
def gathered(sample: Sample) -> Composed:
    """The composite, closed."""
    return Composed(sample, sample.reach(gather))


@pytest.fixture
def composed(sample: Sample) -> Composed:
    """The composite, certified."""
    made = Composed(sample, sample.reach(gather))
    sample.reach(sign)
    return made


def test_the_chair_of_a_composite_signs_it_on_the_chairs_page(gathered: Composed, open_page: Open):
    """Given the role by hand, no seat being in it; parts, weights and certificates are named."""
    sample, store = gathered.sample, gathered.sample.store
    chair = sample.who(CHAIR)
    at = open_page("organizer", "zh", PEOPLE)
    at.selectbox(key="links-person").set_value(chair.person_id).run()
    press(at, "act-give_role")
    at.selectbox(key="role-given").set_value(("chair", gathered.id, None)).run()
    press(at, "confirm-give_role")
    beside = open_page(CHAIR, "zh", CHAIRS, round_id=sample.round_id)
    ways = [link.proto.label for link in beside.get("page_link")]
    assert t("judges.chair.elsewhere", "zh", round="综合成绩") in ways
    assert not has(open_page(CHAIR, "zh", CHAIRS, round_id=gathered.id), SIGN)
    where = (store, sample.who("organizer"), gathered.id)
    sha256 = certifying.to_sign(*where).sha256
    certifying.sign_certificate(*where, sha256=sha256, at=now())
    at = open_page(CHAIR, "zh", CHAIRS, round_id=gathered.id)
    said = t("judges.certificate.part", "zh", part="现场展示", weight="70%", version=1)
    assert said in html(at)
    assert sha256 in html(at)
    press(at, SIGN)
    assert chair.name in certification.certified(*where)["by"]


def test_the_chair_of_a_round_signs_no_composite(gathered: Composed, open_page: Open):
    """The role of its round is not the composite's: the page stays that of the round."""
    at = open_page(CHAIR, "zh", CHAIRS, round_id=gathered.id)
    assert not has(at, SIGN)
    assert "综合成绩" not in html(at)


def test_a_composite_is_public_once_it_is_announced(composed: Composed):
    """Nothing before its act; then its list by the rules, as a round's: no score by default."""
    sample = composed.sample
    where = (sample.store, sample.who("organizer"), composed.id)
    assert public_results(sample.store, PUBLIC).competitions == ()
    sha256 = certification.certified(*where)["sha256"]
    publishing.publish(*where, "announced", TYPED, sha256=sha256, at=now())
    (shown,) = public_results(sample.store, PUBLIC).competitions
    (result,) = shown["results"]
    assert (result["round"], result["state"]) == ("综合成绩", "current")
    listed = [one for group in result["groups"] for one in group["entries"]]
    content = certification.certified(*where)["content"]
    chosen = [line["village"] for line in content["entrants"] if line["selected"]]
    assert sorted(one["village"] for one in listed) == sorted(chosen)
    assert "standings" not in result
    assert not [one for one in listed if "score" in one]
    page = results_page(public_results(sample.store, PUBLIC), "zh")
    assert all(village in page for village in chosen)


@pytest.mark.parametrize("lang", BOTH)
def test_every_page_of_a_composite_is_there(composed: Composed, open_page: Open, lang: str):
    """Those of its menu show their title and no refusal."""
    for page in PAGES:
        is_organizers = "organizer" in READS[page.read].roles and page.read != "filings"
        if "composite" not in page.kinds or not is_organizers:
            continue
        at = open_page("organizer", lang, page.path, title=None, round_id=composed.id)
        assert not is_refused(at, page.path, lang), page.key
        assert f">{t(f'{KEY_OF[page.path]}.title', lang)}</h1>" in html(at), page.key


def test_pages_of_judges_say_what_a_composite_is(composed: Composed, open_page: Open):
    """Opened by an old address: no rubric, no seats, and the way to the parts."""
    for page in ("prepare/rules/rubric", "prepare/rules/page", "prepare/panel/page"):
        shown = html(
            open_page("organizer", "zh", f"organizers/{page}.py", title=None, round_id=composed.id)
        )
        assert t("organizers.preparing.kind.composite", "zh") in shown


def test_the_standings_say_what_is_missing_and_why_the_weights_were_late(
    composed: Composed, open_page: Open
):
    """Named in the third finding, dotted in the table, and the reason under it."""
    shown = unescape(html(open_page("organizer", "zh", STANDINGS, round_id=composed.id)))
    assert t("headline.parts_missing", "zh", count=1) in shown
    assert t("organizers.standings.composite.late", "zh", reason="办法已印发") in shown
    assert f">{t('ui.standings.no_part', 'zh')}</td>" in shown


def test_a_part_certified_again_is_said_and_nothing_is_handed_out(
    composed: Composed, open_page: Open
):
    """The way back is there while the part is open again, and the warning when it is not."""
    sample = composed.sample
    who = sample.who("organizer")
    certification.revoke_certificate(sample.store, who, sample.round_id, reason="复核", at=now())
    at = open_page("organizer", "zh", STANDINGS, round_id=composed.id)
    assert t("organizers.standings.composite.stale", "zh") in html(at)
    assert has(at, "act-revoke_certificate")
    second = sample.who("supervisor")
    certify_by_two(sample.store, who, second, sample.round_id, at=now())
    shown = html(open_page("organizer", "zh", STANDINGS, round_id=composed.id))
    assert t("organizers.certify.parts_changed", "zh") in shown
    lists = open_page("organizer", "zh", "organizers/results/lists/page.py", round_id=composed.id)
    assert "/download/" not in html(lists)


def test_the_summary_prints_what_was_certified(composed: Composed, open_page: Open):
    """A row an entrant: parts, sum, composite; PDF and DOCX are made of the same cells."""
    sample = composed.sample
    summary = composite_summary(sample.store, sample.who("organizer"), composed.id, at=now())
    paper = composite_table(summary, "0123-4567-89AB", "zh")
    rows = next(block for block in paper.blocks if isinstance(block, Grid)).rows[1:]
    assert len(rows) == len(summary.explained)
    content = certification.certified(sample.store, sample.who("organizer"), composed.id)
    lines = content["content"]["entrants"]
    assert [row[-2].text for row in rows] == [line["official"] or "" for line in lines]
    assert rows[-1][5].text == t("exports.papers.composite.missing", "zh")
    pages = pypdfium2.PdfDocument(pdf.render(paper))
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert summary.sha256[:12] in "".join(text.split())
    not_recomputed = t("organizers.certify.second_rounds", "zh")
    assert not_recomputed[:8] in "".join(text.split())
    lists = open_page("organizer", "zh", "organizers/results/lists/page.py", round_id=composed.id)
    assert not_recomputed in html(lists)
    assert word.render(paper).startswith(b"PK")


def test_the_explanation_can_be_done_again_by_hand(composed: Composed):
    """Products are exact, their sum is the sum shown, rounded half up once."""
    sample = composed.sample
    who = sample.who("organizer")
    result = standings.standings(sample.store, who, composed.id, at=now())
    why = explain_composite(sample.store, who, composed.id, result.lines[0].entrant_id, at=now())
    products = [
        term.score * Decimal(weight) for term, weight in zip(why.terms, ("0.7", "0.3"), strict=True)
    ]
    assert [term.product for term in why.terms] == products
    assert why.total == sum(products)
    assert why.line.official == why.total.quantize(Decimal("0.01"), "ROUND_HALF_UP")
    paper = composite_explanation(why, "0123", "en")
    assert pdf.render(paper).startswith(b"%PDF")
    missing = explain_composite(
        sample.store, who, composed.id, result.lines[-1].entrant_id, at=now()
    )
    assert missing.total is None
    assert "实地考察" in str(composite_explanation(missing, "0123", "zh").blocks)


def test_the_table_of_a_composite_is_written_in_every_format(composed: Composed):
    """Parts are columns with their weights; a missing score is an empty cell."""
    sample = composed.sample
    who = sample.who("organizer")
    result = standings.standings(sample.store, who, composed.id, at=now())
    certificate = certification.certified(sample.store, who, composed.id)
    table = certified_sheet(result, certificate, "zh")
    heads = [column.header for column in table.columns]
    assert heads[6:9] == ["现场展示 70%", "实地考察 30%", "综合成绩"]
    assert table.rows[-1][7] is None
    for export in EXPORTS.values():
        assert export.render(table)
