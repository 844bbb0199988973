"""Progress by judge: how many sheets are in, and whose are missing; and all sheets as a file."""

from collections import Counter
from collections.abc import Sequence

from competition.marks.progress import Progress
from organizers import naming
from ui.access import Visit, saying
from ui.html import Markup, element
from ui.icons import state_label
from ui.tables import Column
from words import t

_say = saying("organizers.progress")

# State of a cell to the icon and word it is shown with.
SHOWN = {
    "submitted": "submitted",
    "locked": "submitted",
    "marking": "marking",
    "reopened": "reopened",
    "not_begun": "not_begun",
    "recused": "recused",
    "absent": "missed",
    "withdrawn": "stage_withdrawn",
}

IN = ("submitted", "locked")


def cards(now: Visit, collected: Progress) -> Markup:
    """A line for each judge; shown in place of the matrix where that is wider than the screen."""
    numbers = {place["id"]: place["number"] for place in collected.entrants}
    missing: dict[int, list[int]] = {}
    for one in collected.missing:
        missing.setdefault(one["seat"], []).append(one["number"])
    done_by = Counter(
        judge
        for (entrant, judge), cell in collected.cells.items()
        if cell.state in IN and entrant in numbers
    )
    lines = []
    for seat in collected.seats:
        lacking = missing.get(seat["number"], [])
        done = done_by[seat["person_id"]]
        label = state_label(
            "marking" if lacking else "submitted",
            now.lang,
            word=_say(now, "judge_done", count=done, of=done + len(lacking)),
            size=16,
        )
        told = _say(now, "judge_missing", numbers=naming.numbers(lacking, now.lang))
        rest = element("p", told) if lacking else ""
        name = element("b", naming.seat(seat["number"], now.lang))
        lines.append(element("div", name, label, rest))
    return element("section", *lines, cls="a-by-judge")


def sheets_of_all(now: Visit, collected: Progress) -> tuple[list[Column], list[Sequence[object]]]:
    """Entrants by judges, each cell its state in a word: the matrix as a file."""
    seats = [naming.seat(seat["number"], now.lang) for seat in collected.seats]
    columns = [Column(_say(now, f"column.{key}")) for key in ("number", "entrant")]
    rows: list[Sequence[object]] = []
    for place in collected.entrants:
        cells = [collected.cells.get((place["id"], seat["person_id"])) for seat in collected.seats]
        words = [t(f"ui.state.{SHOWN[cell.state]}", now.lang) if cell else "" for cell in cells]
        name = f"{naming.title(place)} {naming.around(place)}"
        rows.append([str(place["number"]), name, *words])
    return [*columns, *(Column(seat) for seat in seats)], rows
