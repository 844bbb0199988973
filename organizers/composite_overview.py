"""What the overview says of a composite: its figures, and what comes next."""

from collections.abc import Iterator

from competition.marks.outside_lists import Outside, outside
from competition.rounds.rounds import RoundView
from competition.shapes import RoundRow
from competition.states import AFTER_CERTIFYING
from organizers.offers import can
from ui.access import Visit
from words import t

Said = tuple[str, str, dict[str, object]]
"""A step: its words, the page where it is done, their values."""


def figures(now: Visit, view: RoundView) -> list[tuple[object, object, object]]:
    """Entrants, rounds and outside parts, and how many outside scores are there."""

    def say(key: str, **values: object) -> str:
        return t(f"organizers.overview.figure.{key}", now.lang, **values)

    rounds = sum(part["source_id"] is not None for part in view["parts"])
    shown: list[tuple[object, object, object]] = [
        (say("entrants"), view["entrants"], ""),
        (say("parts"), len(view["parts"]), say("parts_note", rounds=rounds)),
    ]
    outside = _outside(now)
    if outside is not None and outside.parts:
        have = sum(len(outside.places) - len(part.missing) for part in outside.parts)
        of = len(outside.places) * len(outside.parts)
        note = say("outside_waiting", count=len(outside.waiting)) if outside.waiting else ""
        shown.append((say("outside"), f"{have}/{of}", note))
    return shown


def steps(now: Visit, view: RoundView) -> Iterator[Said]:
    """What is left of an opened composite, the next one first."""
    outside = _outside(now)
    if view["state"] == "open" and outside is not None:
        missing = sum(len(part.missing) for part in outside.parts)
        if missing:
            yield "outside", "organizers.outside", {"missing": missing}
        if outside.waiting:
            yield "outside_check", "organizers.outside", {}
    rounds = [row["title"] for row in waiting_rounds(now, view)]
    if rounds:
        between = t("list.between", now.lang)
        yield "certify_rounds", "", {"rounds": between.join(rounds)}
    if view["state"] == "open":
        yield "gathered", "", {}
    if view["state"] in ("open", "closed"):
        yield "certify", "organizers.standings", {}
    yield "export", "organizers.awards", {}


def waiting_rounds(now: Visit, view: RoundView) -> list[RoundRow]:
    """The rounds of a composite that are not certified."""
    sources = {part["source_id"] for part in view["parts"]}
    return [
        row for row in now.rounds if row["id"] in sources and row["state"] not in AFTER_CERTIFYING
    ]


def _outside(now: Visit) -> Outside | None:
    if not can(now, "outside"):
        return None
    return outside(now.store, now.who, now.round_id)
