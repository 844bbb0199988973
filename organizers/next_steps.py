"""What comes next in a round: one step with its link, then those after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import streamlit as st

from competition.marks.progress import Progress
from competition.rounds.checks import Check, judges_without_link
from competition.rounds.composites import is_composite
from competition.rounds.rounds import RoundView
from organizers import composite_overview
from organizers.figures import steps
from organizers.prepare.ready import PAGE_OF
from organizers.unannounced import announcements_left
from ui.access import Visit
from ui.html import element
from ui.ways import to_page
from words import t


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes
    ----------
    page
        Where it is done; empty for the act on the overview itself.
    """

    key: str
    page: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def words(self, lang: str) -> str:
        """The step as a sentence."""
        return t(f"organizers.check.step.{self.key}", lang, **self.values)


def steps_of(
    now: Visit, view: RoundView, checks: tuple[Check, ...], sheets: Progress | None
) -> list[Step]:
    """The steps that are left, the next one first."""
    state = view["state"]
    if state == "draft":
        return list(_draft(checks, "fix_weights" if is_composite(view) else "open"))
    if is_composite(view):
        return [Step(*said) for said in composite_overview.steps(now, view)]
    if state == "open":
        return list(_open(now, view, sheets))
    if state == "closed":
        return [Step("certify", "organizers.standings"), Step("export", "organizers.awards")]
    return [Step("export", "organizers.awards")]


def _draft(checks: tuple[Check, ...], last: str) -> Iterator[Step]:
    for one in checks:
        if not one.done and (one.blocks or one.key == "links"):
            yield Step(one.key, PAGE_OF[one.key], one.values)
    yield Step(last)


def _open(now: Visit, view: RoundView, sheets: Progress | None) -> Iterator[Step]:
    without = judges_without_link(now.store, now.who, now.round_id)
    if without:
        judges = view["judges"]
        yield Step("links", "organizers.links", {"have": judges - without, "of": judges})
    if sheets is not None and sheets.missing:
        yield Step("collect", "organizers.progress", {"missing": len(sheets.missing)})
    unannounced = announcements_left(now)
    if unannounced:
        yield Step("announce", "organizers.stage", {"count": len(unannounced)})
    yield Step("close")
    yield Step("certify", "organizers.standings")


def box(now: Visit, left: list[Step]) -> None:
    """Draw the next step, large and with its link, and below it the others in order."""
    with st.container(key="next-box", border=True):
        st.html(element("h2", t("organizers.overview.next", now.lang), cls="a-h2"))
        first, *others = left
        with st.container(key="next-one"):
            st.html(element("p", element("b", first.words(now.lang)), cls="a-item"))
            if first.page:
                name = t(f"{first.page}.title", now.lang)
                to_page(
                    first.page, t("organizers.preparing.next", now.lang, page=name), mark="next"
                )
        if others:
            st.html(steps([step.words(now.lang) for step in others]))
