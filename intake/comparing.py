"""A plan beside what the competition has: which lines are new, changed or the same.

An entrant is known by its code and its plan's title, a judge by name, unit and county; a blank on
one side fits what stands on the other where only one line can be meant. A blank changes nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competition.lineup.known import Known
from competition.shapes import Entrant, Person
from intake.plan import Plan, PlannedEntrant, PlannedJudge

FACTS = ("county", "township", "village", "title", "presenter", "post", "unit")
"""What an import may change of an entrant; its code says which one it is."""

Changes = Mapping[str, str]


@dataclass(frozen=True)
class Compared:
    """The lines of a plan that are known already.

    Attributes
    ----------
    entrants, people : mapping
        Line's key to the row that is there.
    entrant_changes, person_changes : mapping
        Line's key to the columns that change, ``shelf_mark`` among them.
    fixed : tuple of str
        Keys of entrants whose facts differ and stay, because a round of theirs was opened.
    shelf_marks : mapping
        Where papers lie now, by entrant's id.
    new : int
        How many lines are not there yet.
    """

    entrants: Mapping[str, Entrant] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    entrant_changes: Mapping[str, Changes] = field(default_factory=dict)
    person_changes: Mapping[str, Changes] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    shelf_marks: Mapping[str, str] = field(default_factory=dict)
    new: int = 0

    @property
    def changed(self) -> int:
        """How many lines change what is there."""
        return len(self.entrant_changes) + len(self.person_changes)

    @property
    def same(self) -> int:
        """How many lines are there as they stand."""
        return len(self.entrants) + len(self.people) - self.changed - len(self.fixed)


def compare(plan: Plan, known: Known) -> Compared:
    """Find a plan's lines among what there is."""
    entrants = _entrants(plan.entrants, known.entrants)
    persons = _people(plan.judges, known.people)
    of_entrants = {
        one.key: changes
        for one in plan.entrants
        if one.key in entrants and (changes := _facts(one, entrants[one.key], known))
    }
    fixed = tuple(key for key in of_entrants if entrants[key]["id"] in known.fixed)
    lines = len(plan.entrants) + len(plan.judges)
    return Compared(
        entrants=entrants,
        people=persons,
        entrant_changes={k: changes for k, changes in of_entrants.items() if k not in fixed},
        person_changes={
            one.key: changes
            for one in plan.judges
            if one.key in persons and (changes := _of_person(one, persons[one.key]))
        },
        fixed=fixed,
        shelf_marks=known.shelf_marks,
        new=lines - len(entrants) - len(persons),
    )


def _entrants(planned: Sequence[PlannedEntrant], there: Sequence[Entrant]) -> dict[str, Entrant]:
    exact = {(row["code"], row["title"]): row for row in there}
    of_code: dict[str, list[Entrant]] = {}
    for row in there:
        of_code.setdefault(row["code"], []).append(row)
    lines = Counter(one.code for one in planned)
    entrants = {}
    for one in planned:
        alone = of_code.get(one.code, [])
        is_clear = len(alone) == 1 and lines[one.code] == 1
        if (one.code, one.title) in exact:
            entrants[one.key] = exact[one.code, one.title]
        elif is_clear and not (one.title and alone[0]["title"]):
            entrants[one.key] = alone[0]
    return entrants


def _facts(planned: PlannedEntrant, row: Entrant, known: Known) -> Changes:
    wanted = {name: str(getattr(planned, name)) for name in FACTS}
    changes = {name: text for name, text in wanted.items() if text and text != row.get(name)}
    if planned.shelf_mark and planned.shelf_mark != known.shelf_marks.get(row["id"], ""):
        changes["shelf_mark"] = planned.shelf_mark
    return changes


def _people(planned: Sequence[PlannedJudge], there: Sequence[Person]) -> dict[str, Person]:
    """Judges found where exactly one person fits, each person once."""
    people: dict[str, Person] = {}
    names = Counter(one.name for one in planned)
    for one in planned:
        same = [row for row in there if row["name"] == one.name]
        exact = [r for r in same if (r["unit"], r["county"]) == (one.unit, one.county)]
        fits = exact or [row for row in same if names[one.name] == 1 and _fits(one, row)]
        if len(fits) == 1:
            people[one.key] = fits[0]
    return people


def _fits(planned: PlannedJudge, row: Person) -> bool:
    pairs = ((planned.unit, row["unit"]), (planned.county, row["county"]))
    return all(not wanted or not stands or wanted == stands for wanted, stands in pairs)


def _of_person(planned: PlannedJudge, row: Person) -> Changes:
    wanted = {"unit": planned.unit, "county": planned.county}
    return {name: text for name, text in wanted.items() if text and text != row.get(name)}
