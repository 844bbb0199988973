"""Lists of a programme entered from a workbook, and undone by one act.

What an import would do is compared first: each line is new, changed, the same, or left out. Undoing
puts every row back as it was, unless one of them was changed since.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from competition import fields
from competition.acting import acting, changed
from competition.errors import BadInput, Missing
from competition.ids import mint
from competition.lineup.errors import ChangedSince
from competition.programme.needs import NeedSaid, put_need
from competition.programme.overview import require_last
from competition.programme.plans import FigureSaid, PlanMade, report_figures, report_plans
from competition.programme.programmes import Village, put_task_villages
from competition.programme.reporting import StepDone, report_steps
from competition.programme.scope import reach, require_running, require_villages, today
from competition.rights import require_act, require_read
from competition.visitor import Visitor
from db import Store, Transaction
from db import programme_work as work
from db import programmes as rows
from db.canonical import canonical, sha256
from db.programme_shapes import ProgrammeImport

Line = Village | StepDone | PlanMade | FigureSaid | NeedSaid
Key = tuple[Any, ...]
Fate = Literal["new", "changed", "same", "left"]
FATES: tuple[Fate, ...] = ("new", "changed", "same", "left")
MOST_LINES = 50_000
HASH_DIGITS = 16


@dataclass(frozen=True)
class Kind:
    """What can be imported.

    Attributes
    ----------
    act : str
        The act that enters it, whose right is asked for.
    columns : tuple of str
        Columns of the table that tell one row from another.
    key_of, says : callable
        A line's values of these columns; and what it says of the others, blanks left out.
    is_fixed : callable
        Whether a stored row cannot be changed by an import.
    """

    act: str
    table: str
    columns: tuple[str, ...]
    stored: Callable[[Transaction, str], Sequence[Mapping[str, Any]]]
    key_of: Callable[[Any], Key]
    says: Callable[[Any], Mapping[str, Any]]
    enter: Callable[..., object]
    is_fixed: Callable[[Mapping[str, Any]], bool] = lambda _: False


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}


def _figures(kind: str) -> Kind:
    return Kind(
        "report_figures",
        "village_figures",
        ("code", "kind", "source", "said_on"),
        lambda tx, p: [row for row in rows.all_figures(tx, p) if row["kind"] == kind],
        lambda one: (one.code, one.kind, one.source, one.said_on),
        lambda one: {"amount": one.amount},
        report_figures,
    )


KINDS: dict[str, Kind] = {
    "villages": Kind(
        "put_task_villages",
        "task_villages",
        ("code",),
        rows.villages,
        lambda one: (one.code,),
        lambda one: {
            name: getattr(one, name)
            for name in ("county", "township", "village", "households", "residents")
        },
        put_task_villages,
    ),
    "steps": Kind(
        "report_steps",
        "village_steps",
        ("code", "number"),
        rows.all_steps,
        lambda one: (one.code, one.number),
        lambda one: {"done_on": one.done_on},
        report_steps,
        lambda row: row["confirmed_on"] is not None,
    ),
    "plans": Kind(
        "report_plans",
        "village_plans",
        ("code", "kind"),
        rows.all_plans,
        lambda one: (one.code, one.kind),
        lambda one: {
            "version": one.version,
            "gist": one.gist,
            "finished_on": one.finished_on or None,
            "reviewed_on": one.reviewed_on or None,
            "filed_on": one.filed_on or None,
        },
        report_plans,
    ),
    "people": _figures("people"),
    "funds": _figures("fund"),
    "needs": Kind(
        "put_need",
        "needs",
        ("code", "text"),
        work.needs,
        lambda one: (one.code, one.text),
        lambda one: _said(
            asked_on=one.asked_on,
            offered_by=one.offered_by,
            matched_on=one.matched_on,
            met_on=one.met_on,
        ),
        put_need,
    ),
}


@dataclass(frozen=True)
class Compared:
    """The lines of a workbook, each with what an import would do with it."""

    lines: tuple[tuple[Line, Fate], ...]

    def count(self, fate: Fate) -> int:
        """How many lines have a fate."""
        return sum(each == fate for _, each in self.lines)

    @property
    def entered(self) -> list[Line]:
        """The lines that change something."""
        return [line for line, fate in self.lines if fate in ("new", "changed")]


def compare_lines(
    store: Store, who: Visitor, programme_id: str, kind: str, lines: Sequence[Line]
) -> Compared:
    """What an import of these lines would do; writes nothing.

    Raises
    ------
    Missing
        If a village is another county's.
    Forbidden
    """
    with store.reading() as tx:
        require_read(tx, who, "programme_work")
        require_act(tx, who, KINDS[kind].act)
        _require_reach(tx, who, programme_id, kind, lines)
        return _compared(tx, programme_id, kind, lines)


def _require_reach(
    tx: Transaction, who: Visitor, programme_id: str, kind: str, lines: Sequence[Line]
) -> None:
    if kind == "villages":
        require_running(tx, who, programme_id)
    else:
        require_villages(tx, who, programme_id, (one.code for one in lines))


def _compared(tx: Transaction, programme_id: str, kind: str, lines: Sequence[Line]) -> Compared:
    of = KINDS[kind]
    there = _keyed(of, of.stored(tx, programme_id))
    return Compared(tuple((one, _fate(of, one, there.get(of.key_of(one)))) for one in lines))


def _keyed(of: Kind, stored: Sequence[Mapping[str, Any]]) -> dict[Key, Mapping[str, Any]]:
    return {tuple(row[name] for name in of.columns): row for row in stored}


def _fate(of: Kind, one: Line, row: Mapping[str, Any] | None) -> Fate:
    if row is None:
        return "new"
    if all(row[name] == value for name, value in of.says(one).items()):
        return "same"
    return "left" if of.is_fixed(row) else "changed"


def import_lines(
    store: Store,
    who: Visitor,
    programme_id: str,
    kind: str,
    lines: Sequence[Line],
    *,
    name: str,
    at: datetime,
) -> str:
    """Enter the lines that change something, all or none; return the import's id.

    Parameters
    ----------
    name : str
        The workbook's.

    Raises
    ------
    BadInput
        If no line changes anything, or there are too many.
    As the act of the kind.
    """
    of = KINDS[kind]
    with acting(store, who, "import_programme", at=at) as (act, tx):
        require_running(tx, who, programme_id)
        compared = _compared(tx, programme_id, kind, lines)
        if not 0 < len(compared.entered) <= MOST_LINES:
            raise BadInput(field="workbook", value=name[:40])
        before = _keyed(of, of.stored(tx, programme_id))
        of.enter(store, who, programme_id, compared.entered, at=at)
        after = _keyed(of, of.stored(tx, programme_id))
        keys = [of.key_of(one) for one in compared.entered]
        import_id = mint()
        tx.put(
            "programme_imports",
            {
                "id": import_id,
                "competition_id": str(who.competition_id),
                "programme_id": programme_id,
                "kind": kind,
                "name": fields.text(name, "workbook", longest=120) or "?",
                "added": compared.count("new"),
                "altered": compared.count("changed"),
                "entered_on": today(tx, who, act.at),
                "entered_by": str(who.person_id),
                "changes": json.dumps(
                    [[key, before.get(key), _hash(after[key])] for key in keys],
                    ensure_ascii=False,
                ),
                "undone_on": None,
            },
        )
        act.record("programme_imported", programme_id)
    return import_id


def _hash(row: Mapping[str, Any]) -> str:
    return sha256(canonical(dict(row)))[:HASH_DIGITS]


def imports_list(store: Store, who: Visitor, programme_id: str = "") -> list[ProgrammeImport]:
    """What was imported, the last first; a county sees what it imported."""
    with store.reading() as tx:
        require_read(tx, who, "programme_work")
        programme = require_last(tx, who, programme_id)
        listed = rows.imports(tx, programme["id"])
    return [one for one in listed if _is_own(who, one)]


def _is_own(who: Visitor, one: ProgrammeImport) -> bool:
    return reach(who) is None or one["entered_by"] == who.person_id


def undo_programme_import(store: Store, who: Visitor, import_id: str, *, at: datetime) -> None:
    """Put every row of an import back as it was before, as one event.

    Raises
    ------
    Missing
        If it is another county's, or was undone.
    ChangedSince
        If a row was changed since, or something was reported of a village or need it added.
    YearClosed
    """
    with acting(store, who, "undo_programme_import", at=at) as (act, tx):
        one = rows.one_import(tx, import_id)
        if one is None or one["undone_on"] is not None or not _is_own(who, one):
            raise Missing(what="import")
        require_running(tx, who, one["programme_id"])
        of = KINDS[one["kind"]]
        now = _keyed(of, of.stored(tx, one["programme_id"]))
        for key, before, after in json.loads(one["changes"]):
            row = now.get(tuple(key))
            if row is None or _hash(row) != after:
                raise ChangedSince(what=one["name"])
            if before is not None:
                tx.put(of.table, before)
                continue
            if of.table == "task_villages" and rows.is_used(tx, one["programme_id"], row["code"]):
                raise ChangedSince(what=row["village"])
            if of.table == "needs" and _is_shown(tx, row):
                raise ChangedSince(what=row["text"])
            tx.remove_rows(of.table, [row])
        tx.put("programme_imports", changed(one, undone_on=today(tx, who, act.at)))
        act.record("programme_import_undone", one["programme_id"])


def _is_shown(tx: Transaction, need: Mapping[str, Any]) -> bool:
    """Whether a photo or document shows a need."""
    there = rows.evidence(tx, need["programme_id"], need["code"])
    return any(one["about"] == need["id"] for one in there)
