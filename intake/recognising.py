"""Which list each sheet is, and which column holds what; what is missing is said once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake import panels, roster, rubric, scores
from intake.aliases import plain_name
from intake.columns import Context, SheetColumns, header_of, map_columns, samples_of
from intake.contents import Known, Sample
from intake.edits import Asked
from intake.findings import Findings
from intake.gazetteer import Gazetteer
from intake.grids import Grid, ref
from intake.headers import Header, text_of
from intake.marks_layout import with_marks
from intake.names import BRACKETS, contains_word, is_decoy, name_score
from intake.plan import PlannedCriterion, PlannedJudge
from intake.references import Entrants
from intake.repairs import computed, edited, filled, note_appearance
from intake.table_rows import header_name, table_rows
from intake.tables import Row

Groups = Sequence[Sequence[str]]

TABLES: dict[str, tuple[Sequence[str], Groups]] = {
    "entrants": (roster.ENTRANT_COLUMNS, roster.ENTRANT_NEEDED),
    "judges": (roster.JUDGE_COLUMNS, roster.JUDGE_NEEDED),
    "rubric": (rubric.COLUMNS, rubric.NEEDED),
    "panels": (panels.COLUMNS, panels.NEEDED),
    "scores": (scores.COLUMNS, scores.NEEDED),
}
"""The lists: which columns each may have, and of which groups it must have one each."""

BY_TITLE, ABOVE, BY_FILE = 1.6, 0.8, 0.4
"""Weight of a sheet's name, of the title above its header and of the file's name."""
MISSING = 1.2
"""What a list loses for each group of needed columns that a sheet lacks."""
LEAST = 1.0
MOST_COUNTED, BY_MARK = 4, 0.5
CALLED = 0.9
"""Evidence from which a sheet's name is taken at its word."""


@dataclass
class Recognised:
    """The sheets of all files by list.

    Attributes
    ----------
    stage : str
        preliminary, second or final, by the name of the sheet of scores.
    """

    sheets: dict[str, list[SheetColumns]]
    stage: str = "final"
    is_english: bool = False
    context: Context | None = None
    asked: Asked = field(default_factory=Asked)
    later: dict[str, SheetColumns] = field(default_factory=dict)

    def of(self, grid: Grid) -> SheetColumns | None:
        """What a sheet was taken for; None for one that is not imported."""
        if grid.key in self.later:
            return self.later[grid.key]
        mapped = (sheet for sheets in self.sheets.values() for sheet in sheets)
        return next((sheet for sheet in mapped if sheet.grid.key == grid.key), None)

    def marks(
        self,
        judges: Sequence[PlannedJudge],
        criteria: Sequence[PlannedCriterion],
        entrants: Entrants,
        gazetteer: Gazetteer,
        findings: Findings,
    ) -> list[SheetColumns]:
        """The sheets of marks, mapped once more now that the lists' names are known."""
        known = Known(
            frozenset(map(plain_name, entrants.by_key)),
            frozenset(plain_name(name) for judge in judges for name in (judge.key, judge.name)),
            frozenset(plain_name(n) for c in criteria for n in (c.key, c.line.name)),
        )
        again = []
        for sheet in self.sheets["scores"]:
            context = replace(
                self.context or Context({}, gazetteer),
                known=known,
                chosen=self.asked.columns.get(sheet.grid.key, {}),
            )
            mapped = map_columns(sheet.grid, "scores", sheet.header, context)
            mapped = with_marks(replace(mapped, context=sheet.context), gazetteer)
            mapped = filled(mapped, findings)
            self.later[sheet.grid.key] = mapped
            check_columns(mapped, findings)
            again.append(mapped)
        return again

    def check(
        self,
        rows: Mapping[str, Sequence[Row]],
        given: scores.Scores,
        entrants: Entrants,
        findings: Findings,
    ) -> None:
        """Stop where a list is empty, or missing though another one refers to it."""
        for table in ("entrants", "judges", "rubric"):
            sheets = self.sheets[table]
            if sheets and not rows[table] and not any(s.value < 0 for s in sheets):
                findings.stop("empty_sheet", sheets[0].grid.key)
        if self.sheets["panels"] and not rows["panels"] and given.given:
            findings.stop("empty_sheet", self.sheets["panels"][0].grid.key)
        refer = [table for table in ("panels", "scores") if self._has_rows(table, rows)]
        needed = {
            "entrants": refer,
            "judges": refer,
            "rubric": refer[-1:] if "scores" in refer else [],
        }
        for table, by in needed.items():
            if by and not self.sheets[table]:
                findings.stop("missing_sheet", "", wanted=table, found=self.titles)
        if entrants.listed and not any(entrant.in_round for entrant in entrants.listed):
            sheet = self.sheets["entrants"][0].grid.key
            findings.stop("nobody_in_round", sheet, stage=self.stage)
        absent = tuple(t for t in TABLES if not self.sheets[t] and not needed.get(t))
        if absent and any(self.sheets.values()):
            findings.note("lists_to_come", "", tables=absent)

    def _has_rows(self, table: str, rows: Mapping[str, Sequence[Row]]) -> bool:
        if table == "panels":
            return bool(rows[table])
        return any(len(s.grid.rows) > s.first_row for s in self.sheets[table])

    @property
    def titles(self) -> tuple[str, ...]:
        """Names of the sheets that were taken for a list."""
        return tuple(s.grid.title for sheets in self.sheets.values() for s in sheets)


def recognise(
    grids: Sequence[Grid], gazetteer: Gazetteer, asked: Asked, findings: Findings
) -> Recognised:
    """Map every sheet to a list and its columns to fields."""
    columns = {table: names for table, (names, _) in TABLES.items()}
    context = Context(columns, gazetteer, remembered=asked.remembered)
    recognised = Recognised({table: [] for table in TABLES}, context=context, asked=asked)
    unused = []
    stages: dict[str, str] = {}
    ready = [computed(edited(grid, asked.edits), findings) for grid in grids]
    contexts = [replace(context, chosen=asked.columns.get(grid.key, {})) for grid in ready]
    looks = [Look.at(grid, context) for grid in ready]
    guesses = [_best(*each) for each in zip(ready, contexts, looks, strict=True)]
    known = _names_in(guesses)
    for grid, own, look, guess in zip(ready, contexts, looks, guesses, strict=True):
        mapped = guess
        if known != Known() and (guess is None or guess.table not in ("judges", "rubric")):
            mapped = _best(grid, replace(own, known=known), look.with_known(known))
        if mapped is None:
            if grid.rows and name_score(grid.title, "sheet.guide") < CALLED:
                unused.append(grid.title)
            continue
        if mapped.table == "scores":
            stages.setdefault(_stage(grid), grid.title)
            if len(stages) > 1 and _stage(grid) != next(iter(stages)):
                findings.stop("sheet_twice", grid.key, other=next(iter(stages.values())))
                continue
        elif mapped.table == "rubric" and recognised.sheets["rubric"]:
            other = recognised.sheets["rubric"][0].grid.title
            findings.stop("sheet_twice", grid.key, other=other)
            continue
        said = _said_of_all(mapped, gazetteer, known)
        if asked.county:
            said["county"] = asked.county
        mapped = replace(mapped, context=said)
        if mapped.table != "scores":
            mapped = filled(mapped, findings)
            check_columns(mapped, findings)
        note_appearance(mapped, findings)
        recognised.sheets[mapped.table].append(mapped)
    if unused:
        findings.note("unused_sheets", sheets=tuple(unused))
    if not any(recognised.sheets.values()) and not findings.is_stopped:
        findings.stop("nothing_known", grids[0].key, found=tuple(grid.title for grid in grids))
    recognised.stage = next(iter(stages), "final")
    recognised.is_english = bool(recognised.titles) and all(
        title.isascii() for title in recognised.titles
    )
    return recognised


@dataclass(frozen=True)
class Look:
    """A sheet's header and the values below it, whatever list it may be."""

    header: Header
    samples: Mapping[int, Sample]

    @classmethod
    def at(cls, grid: Grid, context: Context) -> "Look":
        """The look at a sheet."""
        header = header_of(grid, context)
        return cls(header, samples_of(grid, header, context))

    def with_known(self, known: Known) -> "Look":
        """The same once names are known."""
        return Look(self.header, {at: one.with_known(known) for at, one in self.samples.items()})


def _best(grid: Grid, context: Context, look: Look) -> SheetColumns | None:
    """The list that fits a sheet best; None where none fits."""
    called = {table: _title_score(grid.title, table) for table in TABLES}
    if not grid.rows:
        table = max(called, key=lambda each: called[each])
        bare = SheetColumns(grid, table, look.header, {}, value=-1.0)
        return bare if called[table] >= CALLED else None
    header = look.header
    above = [text_of(c) for _, cells in grid.rows[: header.first] for c in cells.values()]
    best: SheetColumns | None = None
    for table in TABLES:
        mapped = map_columns(grid, table, header, context, look.samples)
        if table == "scores":
            mapped = with_marks(mapped, context.gazetteer)
        value = mapped.value + BY_TITLE * called[table]
        value += ABOVE * max((_title_score(text, table) for text in above if text), default=0.0)
        value += BY_FILE * _title_score(grid.file.rpartition(".")[0], table) if grid.file else 0.0
        value -= MISSING * len(missing_columns(mapped))
        if mapped.marks:
            value += _value_of_marks(mapped, called[table] > 0, context.known)
        if best is None or value > best.value:
            best = replace(mapped, value=value)
    if best is not None and best.value >= LEAST and best.fields:
        return best
    table = max(called, key=lambda each: called[each])
    if called[table] < CALLED:
        return None
    return SheetColumns(grid, table, header, {}, value=-1.0)


def _value_of_marks(mapped: SheetColumns, is_called: bool, known: Known) -> float:
    """What columns of marks add: each that names a criterion or a judge, or all by the title."""
    names = known.criteria | known.judges
    named = [
        parts
        for parts in mapped.marks.values()
        if any(plain_name(BRACKETS.sub("", part)) in names for part in parts)
    ]
    has_judge = "judge" in mapped.fields or "name" in mapped.fields
    count = len(mapped.marks) if is_called or has_judge else len(named)
    return min(count, MOST_COUNTED) * BY_MARK


def _names_in(guesses: Sequence[SheetColumns | None]) -> Known:
    """Names of judges and criteria in the sheets first taken for their lists."""
    names: dict[str, set[str]] = {"judges": set(), "rubric": set()}
    for guess in guesses:
        if guess is None or guess.table not in names:
            continue
        for column in ("name", "judge", "criterion_name", "criterion"):
            at = guess.fields.get(column, -1)
            cells = [cells.get(at) for _, cells in guess.grid.rows[guess.first_row :]]
            names[guess.table] |= {plain_name(text_of(cell)) for cell in cells} - {""}
    return Known(judges=frozenset(names["judges"]), criteria=frozenset(names["rubric"]))


def _title_score(title: str, table: str) -> float:
    keys = [table] if table != "scores" else [f"scores_{stage}" for stage in roster.STAGES]
    score = max(name_score(title, f"sheet.{key}") for key in keys)
    return score if score >= 0.6 else 0.0


def _stage(grid: Grid) -> str:
    """The stage that a sheet's name or title says; final where none does."""
    texts = [grid.title, *(text_of(c) for _, cells in grid.rows[:3] for c in cells.values())]
    for text in (*texts, grid.file):
        for stage in roster.STAGES:
            if text and contains_word(text, stage):
                return stage
    return "final"


def _said_of_all(mapped: SheetColumns, gazetteer: Gazetteer, known: Known) -> dict[str, str]:
    """The county and the judge that the names of sheet and file, or a title, say of all rows."""
    said: dict[str, str] = {}
    rows = mapped.grid.rows[: max(mapped.header.first, 0)]
    texts = [mapped.grid.title, *(text_of(c) for _, cells in rows for c in cells.values())]
    for text in (*texts, mapped.grid.file):
        county = gazetteer.mentioned(text)
        if county:
            said.setdefault("county", county)
        judges = {name for name in known.judges if len(name) > 1 and name in plain_name(text)}
        if len(judges) == 1:
            said.setdefault("judge", judges.pop())
    return said


def missing_columns(mapped: SheetColumns) -> list[str]:
    """The first column of each needed group of which the sheet has none."""
    there = {*mapped.fields, *(["score"] if mapped.marks else [])}
    return [group[0] for group in TABLES[mapped.table][1] if not there & set(group)]


def check_columns(mapped: SheetColumns, findings: Findings) -> None:
    """Stop at missing and doubled columns; note those that are not imported."""
    grid = mapped.grid
    key, at = grid.key, max(mapped.header.last, 0)
    if mapped.value < 0 or (not mapped.fields and not mapped.marks):
        needed = tuple(group[0] for group in TABLES[mapped.table][1])
        findings.stop("no_header", key, "A1", columns=needed)
        return
    number = grid.rows[at][0]
    for place in mapped.twice:
        name = header_name(mapped, place)
        findings.stop("column_twice", key, ref(number, place), value=name)
    names = tuple(header_name(mapped, place) for place in mapped.header.parts)
    for column in missing_columns(mapped):
        findings.stop("missing_column", key, f"A{number}", column=column, found=names)
    taken = {*mapped.fields.values(), *mapped.marks, *mapped.twice}
    for place in mapped.columns:
        if place not in taken and not is_decoy(mapped.header.parts.get(place, ()), "serial"):
            name = header_name(mapped, place)
            findings.note("unused_columns", key, ref(number, place), columns=(name,))


def rows_of(mapped: SheetColumns, gazetteer: Gazetteer, findings: Findings) -> list[Row]:
    """The entries of a mapped sheet."""
    if mapped.value < 0 or missing_columns(mapped) or not (mapped.fields or mapped.marks):
        return []
    return table_rows(mapped, gazetteer, findings)
