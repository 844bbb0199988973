"""A round as it stands, as a plan: written as a workbook, it is read as the same round."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from competition import Store
from competition.lineup.known import known
from competition.rounds.readiness import Expected, PanelView, panel_view
from competition.rounds.rounds import RoundView, round_view
from competition.rounds.rubric import Criterion
from competition.rounds.typed_rubric import as_typed
from competition.shapes import Place
from competition.visitor import Visitor
from intake.plan import (
    AssignmentState,
    Plan,
    PlannedAssignment,
    PlannedCriterion,
    PlannedEntrant,
    PlannedJudge,
    PlannedSession,
)


def plan_of(store: Store, who: Visitor, round_id: str) -> Plan:
    """The lists, the rubric and the panels of a round; its marks are not among them."""
    view = round_view(store, who, round_id)
    panel = panel_view(store, who, round_id)
    marks = known(store, who).shelf_marks
    places = [line.entrant for line in panel.expected]
    keys = _keys(places)
    judge = {seat["number"]: _judge_key(seat["number"]) for seat in panel.seats}
    return Plan(
        name=view["title"],
        stage=view["stage"],
        category=view["category"],
        recusal_level=panel.level,
        entrants=tuple(_entrant(one, keys, panel, marks.get(one["id"], "")) for one in places),
        judges=tuple(
            PlannedJudge(
                key=judge[seat["number"]],
                number=seat["number"],
                name=seat["name"],
                unit=seat["unit"],
                county=seat["county"],
            )
            for seat in panel.seats
        ),
        rubric=_rubric(view),
        sessions=tuple(
            PlannedSession(
                key=session["title"],
                entrants=tuple(keys[one["id"]] for one in session["entrants"]),
                judges=tuple(judge[number] for number in session["judges"]),
            )
            for session in panel.sessions
        ),
        assignments=tuple(
            PlannedAssignment(entrant=keys[line.entrant["id"]], judge=judge[number], state=state)
            for line in panel.expected
            for state, numbers in _states(line)
            for number in sorted(numbers)
        ),
    )


def _states(line: Expected) -> Sequence[tuple[AssignmentState, Sequence[int]]]:
    return (("expected", (*line.judges, *line.reserves)), ("recused", line.recused))


def _keys(places: list[Place]) -> dict[str, str]:
    """Each entrant's code; numbered where a place has several plans."""
    several = Counter(place["code"] for place in places)
    seen: Counter[str] = Counter()
    keys = {}
    for place in places:
        code = place["code"]
        seen[code] += 1
        keys[place["id"]] = f"{code}-{seen[code]}" if several[code] > 1 else code
    return keys


def _judge_key(number: int) -> str:
    return f"J{number:02d}"


def _entrant(
    place: Place, keys: dict[str, str], panel: PanelView, shelf_mark: str
) -> PlannedEntrant:
    titles = {session["id"]: session["title"] for session in panel.sessions}
    return PlannedEntrant(
        key=keys[place["id"]],
        code=place["code"],
        county=place["county"],
        township=place["township"],
        village=place["village"],
        title=place["title"],
        presenter=place["presenter"],
        post=place["post"],
        unit=place["unit"],
        shelf_mark=shelf_mark,
        session=titles.get(place["session_id"] or "", ""),
        number=place["number"],
    )


def _rubric(view: RoundView) -> tuple[PlannedCriterion, ...]:
    return tuple(
        PlannedCriterion(
            key=f"C{at}",
            line=Criterion(
                name=line.name,
                maximum=line.maximum,
                step=line.step,
                points=line.points,
                weight=line.weight,
                phase=line.phase,
                anchors=tuple(asdict(anchor) for anchor in line.anchors),
            ),
        )
        for at, line in enumerate(as_typed(view["criteria"]), start=1)
    )
