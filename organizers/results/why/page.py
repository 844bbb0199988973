"""The explanation of a score: one entrant's figure from the marks to the decision."""

import streamlit as st

from competition.marks.remarks import remarks
from competition.results.decision_words import line_name
from competition.results.explaining import explain
from competition.results.presenting import presenter_sheet
from competition.results.standings import Line, RoundStandings
from exports.explanation import explanation_paper
from exports.explanation_docx import MIME, render
from exports.formats import safe_name
from organizers.offers import can
from organizers.results.standing import standing_or_reason
from organizers.results.why import composite as why_composite
from organizers.results.why import internal as why_internal
from organizers.results.why import presenter as why_presenter
from ui.access import Visit, enter_page
from ui.downloads import download
from ui.frame import page_title
from ui.html import element, provisional_tag, tag
from words import t

CHOSEN = "why-entrant"  # where a browser tab keeps whose rank is explained
ENTRANT = "entrant"  # parameter of the address: the same, for a link and a bookmark


def page(now: Visit) -> None:
    """Choose an entrant and a version; show it as one printable page."""
    result = standing_or_reason(now, "organizers.why.none.title", title="organizers.why.title")
    if result is None:
        return
    certified = result.round["certified_at"] is not None
    state = (
        tag(t(f"round_state.{result.round['state']}", now.lang), state="done", tone="ok")
        if certified
        else provisional_tag(now.lang)
    )
    page_title(t("organizers.why.title", now.lang), state=state)
    if result.parts:
        why_composite.show(now, _entrant(now, result))
        return
    entrant_id, version = _choices(now, result)
    if version == "internal":
        _internal(now, entrant_id)
    else:
        _presenter(now, entrant_id)


def _choices(now: Visit, result: RoundStandings) -> tuple[str, str]:
    """Ask for the entrant and the version."""
    versions = ["internal", "presenter"]
    with st.container(key="why-choices", horizontal=True, vertical_alignment="bottom", gap="small"):
        entrant_id = _entrant(now, result)
        version = st.segmented_control(
            t("organizers.why.version", now.lang),
            versions,
            default="internal",
            required=True,
            format_func=lambda key: t(f"organizers.why.{key}", now.lang),
            key="why-version",
        )
        paper = "landscape" if version == "internal" else "portrait"
        words = t(f"organizers.why.{paper}", now.lang)
        st.html(
            element("p", t("organizers.why.print", now.lang, paper=words), cls="a-reason a-screen"),
            width="content",
        )
    return entrant_id, str(version)


def _entrant(now: Visit, result: RoundStandings) -> str:
    """Ask for the entrant; of a composite also those that lack a part."""
    shown = [line for line in result.lines if line.counted or result.parts]
    lines = {line.entrant_id: line for line in shown}
    wanted = st.query_params.get(ENTRANT)
    if st.session_state.get(CHOSEN) not in lines:
        st.session_state[CHOSEN] = wanted if wanted in lines else next(iter(lines))
    entrant_id = st.selectbox(
        t("organizers.why.choose", now.lang),
        list(lines),
        format_func=lambda key: _option(lines[key], now.lang),
        key=CHOSEN,
        width=420,
    )
    st.query_params[ENTRANT] = str(entrant_id)
    return str(entrant_id)


def _option(line: Line, lang: str) -> str:
    key = "option" if line.rank is not None else "option_unranked"
    return t(f"organizers.why.{key}", lang, rank=line.rank, name=line_name(line, lang))


def _internal(now: Visit, entrant_id: str) -> None:
    why = explain(now.store, now.who, now.round_id, entrant_id, at=now.at)
    written = remarks(now.store, now.who, now.round_id) if can(now, "remarks") else {}
    seats = sorted(why.standings.judges.items(), key=lambda judge: judge[1])
    said = [(seat, written.get((entrant_id, judge), "")) for judge, seat in seats]
    st.html(why_internal.sheet(why, [one for one in said if one[1]], now.lang))


def _presenter(now: Visit, entrant_id: str) -> None:
    if not can(now, "presenter_sheet"):
        st.html(element("p", t("organizers.why.none.presenter", now.lang), cls="a-reason"))
        return
    sheet = presenter_sheet(now.store, now.who, now.round_id, entrant_id, at=now.at)
    if not sheet.agrees:
        st.html(element("p", t("organizers.why.none.stale", now.lang), cls="a-reason"))
        return
    paper = explanation_paper(sheet, now.lang)
    download(
        now,
        t("organizers.why.download", now.lang),
        key="why",
        read="presenter_sheet",
        name=safe_name([t("results.paper.name", now.lang), paper.stem, *paper.marks], ".docx"),
        media_type=MIME,
        build=lambda: render(paper),
    )
    st.html(why_presenter.UPRIGHT)
    st.html(why_presenter.sheet(paper))


page(enter_page("sheets", page="organizers.why"))
