"""The lines of a rubric while they are typed: kept in the session until they are saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from competition.errors import Refused
from competition.rounds.rounds import RoundView
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rubric import TypedAnchor, TypedCriterion, as_typed
from ui import drafts
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.rubric")

PHASES = ("material", "stage")
LEVELS = 4


@dataclass
class Row:
    """One line: its id, which its fields carry, and what it began with."""

    id: str
    typed: TypedCriterion


@dataclass
class Draft:
    """The lines of one round as they stand in the editor.

    Attributes
    ----------
    turn : int
        Grows when the whole rubric is replaced, so that no field keeps an old value.
    drop
        Forgets these lines where they are kept.
    """

    key: str
    rows: list[Row] = field(default_factory=list)
    full: str = "100"
    is_sample: bool = False
    turn: int = 0
    made: int = 0
    drop: Callable[[], None] | None = None

    def add(self) -> None:
        """A blank line at the end."""
        self.rows.append(self._row(TypedCriterion()))

    def total_only(self, name: str) -> None:
        """One criterion that is the total itself."""
        self.turn += 1
        self.rows = [self._row(TypedCriterion(name=name, maximum="100", step="0.5"))]

    def remove(self, row_id: str) -> None:
        """Take a line away."""
        self.rows = [row for row in self.rows if row.id != row_id]

    def move(self, row_id: str, by: int) -> None:
        """Move a line up (-1) or down (1)."""
        at = next(n for n, row in enumerate(self.rows) if row.id == row_id)
        to = min(max(at + by, 0), len(self.rows) - 1)
        self.rows.insert(to, self.rows.pop(at))

    def forget(self) -> None:
        """Begin again from what is stored."""
        if self.drop is not None:
            self.drop()

    def _row(self, typed: TypedCriterion) -> Row:
        self.made += 1
        return Row(f"r{self.turn}x{self.made}", typed)


def draft_of(now: Visit, view: RoundView) -> Draft:
    """The editor's lines for this round, begun from what is stored.

    They outlast the page, as what is typed into their fields does.
    """
    key = f"rubric-lines-{now.round_id}"
    stored = view["rules_hash"]
    kept: tuple[str, Draft] | None = drafts.kept(now, key).get("lines")
    if kept is not None and kept[0] == stored:
        return kept[1]
    scoring = RoundRules.from_json(view["rules"]).scoring
    draft = Draft(key, full=as_text(scoring.scale_max), is_sample=bool(view["sample_rubric"]))
    draft.turn = (kept[1].turn + 1) if kept else 0
    draft.rows = [draft._row(line) for line in as_typed(view["criteria"])]
    draft.drop = lambda: drafts.forget(now, key)
    drafts.keep(now, key, "lines", (stored, draft))
    return draft


def as_text(number: object) -> str:
    """A number of the rules as it is typed: 100, not 100.0."""
    return str(number).removesuffix(".0")


def row_fields(
    now: Visit, form: Form, draft: Draft, place: int, row: Row, *, weighted: bool
) -> None:
    """The fields of one line; what was refused of it stands below the line, in full width."""
    figures = ("maximum", "step", "weight") if weighted else ("maximum", "step")
    with st.container(border=True, key=f"criterion-{row.id}", gap="small"):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom", wrap=True):
            label = _say(now, "name", n=place + 1)
            form.text(f"{row.id}.name", label, row.typed.name, below=False)
            for field in figures:
                value = getattr(row.typed, field)
                form.text(f"{row.id}.{field}", _say(now, field), value, width=88, below=False)
            form.choose(
                f"{row.id}.phase",
                _say(now, "phase"),
                PHASES,
                row.typed.phase,
                lambda phase: _say(now, f"phase_{phase}"),
                width="content",
            )
            if not form.disabled:
                _move(now, draft, row)
        for field in ("name", *figures):
            form.problem(f"{row.id}.{field}")
        form.text(f"{row.id}.points", _say(now, "points"), row.typed.points)
        _anchors(now, form, row)


def _move(now: Visit, draft: Draft, row: Row) -> None:
    with st.container(horizontal=True, gap="small", width="content", key=f"move-{row.id}"):
        for name, act, about in (
            ("up", draft.move, (row.id, -1)),
            ("down", draft.move, (row.id, 1)),
            ("remove", draft.remove, (row.id,)),
        ):
            st.button(_say(now, name), key=f"{name}-{row.id}", on_click=act, args=about)


def _anchors(now: Visit, form: Form, row: Row) -> None:
    """Levels from the best down: name, range, a line of text; blank ones are left out."""
    filled = [anchor for anchor in row.typed.anchors if not anchor.is_blank]
    names = t("organizers.rubric.levels", now.lang).split("|")
    levels = (*filled, *(TypedAnchor(level=name) for name in names[len(filled) : LEVELS]))
    wrong = form.is_wrong(f"{row.id}.anchor.")
    with st.expander(_say(now, "anchors", count=len(filled)), expanded=wrong):
        st.html(element("div", _say(now, "anchors_hint"), cls="a-hint"))
        for place, anchor in enumerate(levels):
            field_name = f"{row.id}.anchor.{place}"
            with st.container(horizontal=True, gap="small", key=f"anchor-{row.id}-{place}"):
                _anchor(now, form, field_name, anchor)
            form.problem(field_name)


def _anchor(now: Visit, form: Form, name: str, anchor: TypedAnchor) -> None:
    form.text(f"{name}.level", _say(now, "level"), anchor.level, quiet=True, width=80)
    form.text(
        f"{name}.low",
        _say(now, "low"),
        anchor.low,
        placeholder=_say(now, "low"),
        quiet=True,
        width=80,
    )
    form.text(
        f"{name}.high",
        _say(now, "high"),
        anchor.high,
        placeholder=_say(now, "high"),
        quiet=True,
        width=80,
    )
    form.text(
        f"{name}.text",
        _say(now, "level_text"),
        anchor.text,
        placeholder=_say(now, "level_text"),
        quiet=True,
    )


def typed_lines(values: Values, draft: Draft, *, weighted: bool) -> list[TypedCriterion]:
    """The lines as they are in the fields now."""
    return [_typed(values, row, weighted=weighted) for row in draft.rows]


def _typed(values: Values, row: Row, *, weighted: bool) -> TypedCriterion:
    def at(column: str, instead: str = "") -> str:
        return str(values.get(f"{row.id}.{column}", instead) or "")

    anchors = tuple(
        TypedAnchor(
            *(at(f"anchor.{place}.{column}") for column in ("level", "text", "low", "high"))
        )
        for place in range(max(LEVELS, len(row.typed.anchors)))
        if f"{row.id}.anchor.{place}.low" in values
    )
    return replace(
        row.typed,
        name=at("name", row.typed.name),
        maximum=at("maximum", row.typed.maximum),
        step=at("step", row.typed.step),
        points=at("points", row.typed.points),
        phase=at("phase", row.typed.phase),
        weight=at("weight") if weighted else "",
        anchors=anchors,
    )


def one_line(maximum: str) -> list[TypedCriterion]:
    """A rubric of one line, to compare a typed full score with a sum."""
    return [TypedCriterion(maximum=maximum)]


def by_row(problems: Mapping[str, Refused], draft: Draft) -> dict[str, Refused]:
    """Refusals by line number as refusals by the line's own id."""
    by_field = {}
    for name, error in problems.items():
        head, dot, rest = name.partition(".")
        by_field[f"{draft.rows[int(head)].id}.{rest}" if dot else name] = error
    return by_field
