"""The hall view of a round at one moment: only what its rules show."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from competition.blind import is_blind, unnamed
from competition.errors import Missing
from competition.rounds.rules import RoundRules
from competition.stage.adjourning import pause_of
from competition.stage.ceremony_scene import ceremony_of
from competition.stage.stage_scores import IDENTITY
from competition.states import ON_STAGE
from competition.voting.views import hall_vote
from db import Transaction, entrants, heads, releases, sheets
from db import competitions as competition_rows
from db.shapes import RoundRow
from scoring.methods.registry import rank_units

GONE = ("done", "withdrawn")
LIST_PAGE = 18
"""How many announced scores stand on one page of the list, at a size that a hall can read."""

Place = Mapping[str, Any]


def scene_of(tx: Transaction, row: RoundRow) -> dict[str, Any]:
    """The hall view of a round as it is now.

    Returns
    -------
    dict
        ``scene``: ceremony (see `ceremony_scene`), waiting, progress, score, list, later (a
        withdrawn score), vote (see `competition.voting.views.hall_vote`), break (with
        ``adjourned``, and ``until`` as typed or empty), or black. Always
        ``competition, venue, sample, round, state, hall, frozen``, and ``head``, the whole
        head at the closing, empty before it; then, only as the rules
        allow: of progress ``entrant`` (who is on stage), ``clock`` (its phase and limit, None
        where no time is taken), ``sheets`` and ``done`` (each a
        pair: how many, of how many); of
        scores ``score`` (see `competition.stage.stage_scores`) and ``lines``; of a list the
        ``page`` that is shown and how many ``pages`` there are.
    """
    rules = RoundRules.from_json(row["rules"])
    competition = competition_rows.get(tx, row["competition_id"])
    scene: dict[str, Any] = {
        "scene": "waiting",
        "competition": competition["title"],
        "venue": competition["venue"],
        "sample": bool(competition["sample"]),
        "round": row["title"],
        "state": row["state"],
        "hall": rules.hall,
        "frozen": False,
        "head": "",
    }
    if row["practice_of"] is not None:
        scene["practice"] = True
    if competition["rehearsal"]:
        scene["rehearsal"] = True
    if row["state"] not in ("draft", "open"):
        scene["head"] = str(
            heads.after_last(tx, row["competition_id"], row["id"], "round_closed") or ""
        )
    plain = _plain(tx, row) or hall_vote(tx, row["id"]) or _ceremony(tx, row)
    has_stage = row["kind"] == "judged" and row["state"] != "draft"
    if plain or rules.hall == "nothing" or not has_stage:
        return scene | plain
    order = entrants.running(tx, row["id"])
    scene |= _progress(tx, row, order)
    if rules.releases:
        scene |= _released(tx, row, rules, order)
    return scene | _chosen(tx, row, rules, scene)


def _plain(tx: Transaction, row: RoundRow) -> dict[str, Any]:
    """A black screen or a break, whatever the rules show; nothing where neither is."""
    screen = releases.screen(tx, row["id"])
    shows = screen["shows"] if screen else "auto"
    pause = pause_of(tx, row["id"]) if row["state"] == "open" else None
    if shows == "black":
        return {"scene": "black"}
    if pause is not None or shows == "break":
        until = pause.until if pause else ""
        return {"scene": "break", "adjourned": pause is not None, "until": until}
    return {}


def _ceremony(tx: Transaction, row: RoundRow) -> dict[str, Any]:
    """The ceremony's step, unless the host has chosen the picture of waiting."""
    screen = releases.screen(tx, row["id"])
    return {} if screen and screen["shows"] == "waiting" else ceremony_of(tx, row)


def _progress(tx: Transaction, row: RoundRow, order: Sequence[Place]) -> dict[str, Any]:
    current = next((place for place in order if place["stage"] in ON_STAGE), None)
    if current is not None and is_blind(row):
        current = unnamed(current)
    counted = sheets.counted_of_entrants(tx, row["id"])
    open_ids = {one["entrant_id"] for one in counted if one["submitted"] < one["counted"]}
    on_stage = any(place["stage"] != "waiting" for place in order)
    done = [
        place
        for place in order
        if (place["stage"] in GONE if on_stage else place["id"] not in open_ids)
    ]
    about = [one for one in counted if current is None or one["entrant_id"] == current["id"]]
    return {
        "scene": "waiting" if current is None and on_stage and not done else "progress",
        "entrant": None if current is None else {**_who(current), "stage": current["stage"]},
        "clock": _timed(RoundRules.from_json(row["rules"]), current),
        "sheets": [sum(one[name] for one in about) for name in ("submitted", "counted")],
        "done": [len(done), len(order)],
    }


def _timed(rules: RoundRules, current: Place | None) -> dict[str, Any] | None:
    """The phase and its limit in seconds, where time is taken; how far it is comes by itself."""
    phase = current["stage"] if current else ""
    return {"phase": phase, "limit": rules.limit(phase)} if rules.limit(phase) else None


def _who(place: Place) -> dict[str, Any]:
    return {name: place[name] for name in IDENTITY}


def _released(
    tx: Transaction, row: RoundRow, rules: RoundRules, order: Sequence[Place]
) -> dict[str, Any]:
    """Announced scores, with the entrants' present names."""
    released = releases.latest(tx, row["id"])
    newest = released[-1]["batch"] if released else ""
    names = {place["id"]: _who(place) for place in order}
    scores = [
        {
            "entrant_id": one["entrant_id"],
            "fresh": one["batch"] == newest,
            **parsed(one),
            **names[one["entrant_id"]],
        }
        for one in released
    ]
    return {"score": None, "lines": lines(scores, rules)}


def lines(scores: Sequence[dict[str, Any]], rules: RoundRules) -> list[dict[str, Any]]:
    """Released scores in the order the hall may see: by number, or by rank where ranks are shown.

    Ranks are those among the released scores, 1, 2, 2, 4.
    """
    shows_ranks = rules.hall == "ranks"
    units = [int(Decimal(one["final"]).scaleb(rules.scoring.decimals)) for one in scores]
    ranks: list[int | None] = rank_units(units) if shows_ranks else [None] * len(units)
    ranked = [
        {**one, "rank": rank, "tied": rank is not None and ranks.count(rank) > 1}
        for one, rank in zip(scores, ranks, strict=True)
    ]
    return sorted(ranked, key=lambda line: (line["rank"] or 0, line["number"] or 0))


def _chosen(
    tx: Transaction, row: RoundRow, rules: RoundRules, content: Mapping[str, Any]
) -> dict[str, Any]:
    """The scene: the host's choice, else the last event's."""
    screen = releases.screen(tx, row["id"])
    shows = str(screen["shows"]) if screen else "auto"
    if shows == "waiting":
        return {"scene": "waiting"}
    if shows == "clock":
        return {}
    if not rules.releases:
        return {}
    if shows == "score" and screen is not None:
        return _score(tx, row, content["lines"], str(screen["entrant_id"]))
    last = releases.last_scene(tx, row["id"])
    if shows == "auto" and last is not None and last["kind"] == "release_withdrawn":
        return _score(tx, row, content["lines"], str(last["subject"]))
    if not content["lines"]:
        return {}
    if shows == "list":
        return _list(content["lines"], rules, screen)
    if last is None or last["kind"] != "scores_released":
        return {} if content["entrant"] else _list(content["lines"], rules, screen)
    together = last["subject"].split()
    if len(together) == 1:
        return _score(tx, row, content["lines"], together[0])
    return _list(content["lines"], rules, screen)


def _list(
    released: Sequence[dict[str, Any]], rules: RoundRules, screen: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The list at the page the host turned to; before that where the newest score stands.

    A ranking begins at its first page.
    """
    pages = -(-len(released) // LIST_PAGE)
    turned = int(screen["page"]) if screen else 0
    newest = next((at // LIST_PAGE + 1 for at, line in enumerate(released) if line["fresh"]), 1)
    page = turned or (1 if rules.hall == "ranks" else newest)
    return {"scene": "list", "page": min(page, pages), "pages": pages}


def _score(
    tx: Transaction, row: RoundRow, released: Sequence[dict[str, Any]], entrant_id: str
) -> dict[str, Any]:
    """One announced score, with what the hall saw ``before`` a correction of it.

    The scene ``later`` where it was withdrawn.
    """
    for line in released:
        if line["entrant_id"] == entrant_id:
            before = figure_before(tx, releases.of_entrant(tx, row["id"], entrant_id))
            corrected = {"before": before} if before not in ("", line["final"]) else {}
            return {"scene": "score", "score": {**line, **corrected}}
    place = require_listed(entrants.in_round(tx, row["id"]), entrant_id)
    return {"scene": "later", "entrant": {**_who(place), "stage": place["stage"]}}


def figure_before(tx: Transaction, release: Mapping[str, Any] | None) -> str:
    """The figure that the hall saw before this release; empty for the first one."""
    if release is None or release["version"] == 1:
        return ""
    return str(parsed(releases.version_before(tx, release))["final"])


def parsed(release: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a release."""
    content: dict[str, Any] = json.loads(release["content"])
    return content


def require_listed(order: Sequence[Place], entrant_id: str) -> Place:
    """An entrant of the round, or `Missing`."""
    listed = next((place for place in order if place["id"] == entrant_id), None)
    if listed is None:
        raise Missing(what="entrant")
    return listed
