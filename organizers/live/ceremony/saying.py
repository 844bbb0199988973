"""A step of the ceremony in one line, for those who lead it."""

from collections.abc import Sequence

from competition.results.prize_words import group_name
from competition.results.prizes import Prized, PrizeGroup
from competition.saying import listed
from competition.stage.ceremony_steps import Step
from intake.places import short_county
from organizers import naming
from words import t

NAMED = 3
"""Entries of a list that are named in its line."""


def step_said(step: Step, groups: Sequence[PrizeGroup], lang: str) -> str:
    """What the step shows: its kind, the prize, whose it is."""
    kind = t(f"organizers.ceremony.kind.{step.kind}", lang)
    return " ".join(filter(None, (kind, _about(step, groups, lang))))


def _about(step: Step, groups: Sequence[PrizeGroup], lang: str) -> str:
    if step.group is None:
        seconds = t("organizers.ceremony.seconds", lang, seconds=step.seconds)
        return " ".join(filter(None, (step.text, seconds if step.seconds else "")))
    group = groups[step.group]
    if step.kind == "prize":
        return " · ".join(filter(None, (group_name(group, lang), step.hands)))
    members = [group.members[at] for at in step.members]
    if step.kind == "call":
        return f"{group_name(group, lang)} {_place(members[0], lang)}".strip()
    names = listed([entry_said(one) for one in members[:NAMED]], lang)
    if len(members) > NAMED:
        names = t("organizers.ceremony.more", lang, names=names, count=len(members))
    place = _place(members[0], lang) if step.kind == "reveal" and not group.unordered else ""
    return " ".join(filter(None, (place, names)))


def _place(one: Prized, lang: str) -> str:
    place = one.line["place"] if one.line is not None else None
    return t("hall.rank", lang, rank=place) if place else ""


def entry_said(one: Prized) -> str:
    """Village or township with its county; of a county its name."""
    if one.line is None:
        return short_county(one.county)
    return f"{naming.title(one.line)}\u3000{naming.around(one.line)}"
