"""The internal version: every mark, every step, the decision; one landscape page."""

from collections.abc import Sequence
from dataclasses import asdict

from competition.invented import invented
from competition.results.decision_words import said
from competition.results.explaining import Explanation
from competition.results.recipe_words import equations, number
from competition.times import local
from exports.explanation import ADVANCING, deduction_lines, distance_line
from organizers import naming
from organizers.results.standing_rows import verdict_word
from organizers.results.why import evidence as why_evidence
from organizers.results.why import marks as why_marks
from ui.html import Markup, definition, element, join
from ui.icons import state_label
from words import t


def sheet(why: Explanation, remarks: Sequence[tuple[int, str]], lang: str) -> Markup:
    """The whole page; ``remarks`` are the seats of the judges who wrote one, with its text."""
    return element(
        "article",
        _head(why, lang),
        element("p", t("organizers.why.internal_note", lang), cls="a-secret"),
        why_marks.table(why, lang),
        element(
            "div",
            element("div", _sums(why, lang), _line(why, lang)),
            element("div", _criteria(why, lang)),
            cls="a-two",
        ),
        _remarks(remarks, lang),
        element("p", _basis(why, lang), cls="a-basis"),
        cls="a-paper a-wide-paper",
    )


def _head(why: Explanation, lang: str) -> Markup:
    line = why.line
    place = asdict(line)
    rank = ""
    if line.rank is not None:
        key = "rank_tied" if line.tied else "rank"
        rank = t(f"organizers.why.{key}", lang, rank=line.rank)
    verdict = state_label(line.verdict, lang, word=verdict_word(line, lang) or None)
    seat = t("organizers.why.place", lang, place=line.place) if line.selected else ""
    score = "" if line.official is None else number(line.official)
    return element(
        "header",
        element("span", naming.number(line.number, lang), cls="a-num"),
        element(
            "div",
            element("b", naming.title(place), " ", element("small", naming.around(place))),
            element("span", " · ".join(filter(None, (line.title, line.presenter)))),
            cls="a-paper-who",
        ),
        element("div", element("b", score), join(filter(None, (rank, verdict, seat)), " · ")),
        cls="a-paper-head",
    )


def _sums(why: Explanation, lang: str) -> Markup:
    blocks = []
    for recipe in why.recipes:
        lines = [
            element("p", text)
            for text in equations(why.standings.rules.scoring, why.standings.criteria, recipe, lang)
        ]
        strong = " a-strong" if recipe == why.official else ""
        name = element("b", why_marks.score_name(why, recipe, lang))
        blocks.append(element("div", name, *lines, cls=f"a-eq{strong}"))
    notes = [element("p", line, cls="a-eq-note") for line in deduction_lines(why.deductions, lang)]
    if why.adjusted is not None:
        notes.append(element("p", t("organizers.why.severity_note", lang), cls="a-eq-note"))
    heading = element("h2", t("organizers.why.sums", lang))
    return element("section", heading, *blocks, *notes)


def _line(why: Explanation, lang: str) -> Markup:
    result = why.standings
    name = "advancing" if result.round["stage"] in ADVANCING else "final"
    title = t("organizers.why.line", lang, line=t(f"results.{name}", lang))
    parts = [element("p", distance_line(why, lang), cls="a-strong")]
    for decision in why.decisions:
        if decision.status == "clear" and decision.kind == "round":
            continue
        one = said(result, decision, lang)
        parts.append(element("p", one.text))
        parts += [element("p", step, cls="a-eq-note") for step in one.steps]
        if one.clears:
            parts.append(element("p", one.clears, cls="a-wait"))
    parts += [element("p", text, cls="a-eq-note") for text in why_evidence.lines(why, lang)]
    return element("section", element("h2", title), *parts)


def _criteria(why: Explanation, lang: str) -> Markup:
    def say(key: str) -> str:
        return t(f"organizers.why.{key}", lang)

    head = [element("th", "", scope="col")]
    head += [element("th", say(key), cls="a-n", scope="col") for key in ("own", "field", "lead")]
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            *[element("td", text, cls="a-n") for text in texts],
        )
        for name, texts in why_evidence.criteria(why)
    ]
    note = "criteria_note" if why.standings.official_is_adjusted else "criteria_note_plain"
    table = element(
        "table", element("thead", element("tr", *head)), element("tbody", *rows), cls="a-table"
    )
    return element(
        "section", element("h2", say("criteria")), table, element("p", say(note), cls="a-eq-note")
    )


def _remarks(remarks: Sequence[tuple[int, str]], lang: str) -> Markup | str:
    if not remarks:
        return ""
    lines = definition((naming.seat(seat, lang), text) for seat, text in remarks)
    return element("section", element("h2", t("organizers.why.remarks", lang)), lines)


def _basis(why: Explanation, lang: str) -> str:
    result = why.standings
    parts = [result.competition["title"], result.round["title"]]
    kind = invented(result.competition)
    if kind:
        parts.append(t(f"ui.state.{kind}", lang))
    at = local(result.as_of, result.competition["timezone"]).strftime("%Y-%m-%d %H:%M:%S")
    parts.append(t("organizers.why.basis", lang, at=at, n=result.seq))
    return " · ".join(parts)
