"""Composite results: made, given parts with exact weights, fixed by a hash when opened.

A composite is a kind of round: it has states, rules, certificate and papers as a judged round
has, and no judges. Its parts are rounds, and scores given outside any round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from competition import fields, typed
from competition.acting import acting, changed
from competition.errors import BadFields, BadInput, Blank, Duplicate, Missing
from competition.ids import mint
from competition.rounds.errors import BadWeight, NoRoundPart, PartIsComposite, WeightsDoNotSum
from competition.rounds.rubric import hash_anew
from competition.rounds.rules import RoundRules
from competition.rounds.typed_rules import as_typed, read_rules
from competition.rounds.vote_rules import OPENS, SCALES, SHOWS, read_vote
from competition.visitor import Visitor
from db import Store, Transaction, composites
from db import rounds as rows
from db.shapes import PartRow, RoundRow
from scoring import Rules
from scoring.exact import decimal_text

COMPOSITE = "composite"
OUTSIDE, VOTE = "outside", "vote"
"""The sources of a part that is no round: scores entered as lists, and an audience's votes."""
OF_VOTE = ("most", "scale", "hall", "opens")
"""The fields of a part that an audience vote gives."""
KEYS = ("more_decimals", "first_criteria", "ruling", "lots")
"""Tie-break keys that a composite may have; ``first_criteria`` names parts."""
AT_CUTS = ("exact", "statistical", "extend")
FIRST_RULES = RoundRules(
    scoring=Rules(official="mean", at_cut="exact", keys=("more_decimals", "ruling")),
    hall="nothing",
    recusal_level="none",
)
"""What a composite begins with."""
MOST_PARTS = 12
LARGEST = "100000"


@dataclass(frozen=True)
class TypedPart:
    """One part as it is typed.

    Attributes
    ----------
    source : str
        The id of a round, `OUTSIDE` or `VOTE`.
    weight : str
        A decimal or per cent: 0.3, 30%.
    maximum, step : str
        The highest outside score and its step; not read of a round.
    id : str
        Of the stored part that this line is.
    most, scale, hall, opens : str
        Of an audience vote, as in `VoteRules`; not read of another part.
    """

    source: str
    title: str = ""
    weight: str = ""
    maximum: str = "100"
    step: str = "0.01"
    id: str = ""
    most: str = "1"
    scale: str = SCALES[0]
    hall: str = SHOWS[0]
    opens: str = OPENS[0]


def is_composite(row: RoundRow) -> bool:
    """True of a composite result, False of a round that judges mark."""
    return bool(row) and row["kind"] == COMPOSITE


def may_be_part(row: RoundRow) -> bool:
    """True of a round that judges mark, and that is no practice."""
    beside = row["practice_of"] or row["reading_of"]
    return not is_composite(row) and beside is None


def set_parts(
    store: Store,
    who: Visitor,
    round_id: str,
    parts: Sequence[TypedPart],
    rules: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    """Set the parts and the rules of a composite in draft, whole.

    Parameters
    ----------
    rules
        Typed rules by field as of a round; fields left out stay as stored.

    Raises
    ------
    BadFields
        Fields of a part are ``<place>.<field>``, places from 0; ``parts`` is the list itself.
    """
    with acting(store, who, "set_parts", round_id, at=at) as (act, tx):
        form = typed.Typed({f"{n}.{k}": v for n, one in enumerate(parts) for k, v in _of(one)})
        read = _parts(tx, act.round, form, parts)
        chosen = _rules(form, act.round, rules, {row["id"] for row in read})
        form.done()
        tx.remove_rows("parts", composites.parts(tx, round_id))
        for row in read:
            tx.put("parts", row)
        hash_anew(tx, changed(act.round, rules=chosen.to_json()))
        act.record("parts_set")


def _of(part: TypedPart) -> list[tuple[str, str]]:
    return [(one, getattr(part, one)) for one in ("title", "weight", "maximum", "step", *OF_VOTE)]


def _parts(
    tx: Transaction, round_row: RoundRow, form: typed.Typed, parts: Sequence[TypedPart]
) -> list[PartRow]:
    sources = {row["id"]: row for row in rows.of_competition(tx, round_row["competition_id"])}
    before = {row["id"] for row in composites.parts(tx, round_row["id"])}
    read: list[PartRow] = []
    for place, part in enumerate(parts[:MOST_PARTS]):
        source = sources.get(part.source)
        if source and is_composite(source):
            form.refuse(f"{place}.source", PartIsComposite(title=source["title"]))
        elif part.source not in (OUTSIDE, VOTE) and not (source and may_be_part(source)):
            form.refuse(f"{place}.source", Missing(what="round"))
        outside = source is None
        used = {row["id"] for row in read}
        title = form.read(f"{place}.title", typed.line(longest=60), "")
        maximum, step = _bounds(form, place) if outside else (None, None)
        read.append(
            {
                "id": part.id if part.id in before - used else mint(),
                "round_id": round_row["id"],
                "position": place + 1,
                "title": title or (source["title"] if source else ""),
                "weight": form.read(f"{place}.weight", _weight, "0"),
                "source_id": source["id"] if source else None,
                "maximum": maximum,
                "step": step,
                "vote": read_vote(form, place).to_json() if part.source == VOTE else None,
            }
        )
    _check(form, read)
    return read


def _check(form: typed.Typed, read: Sequence[PartRow]) -> None:
    """What the parts must be together: named apart, weighing 1, one of them a round."""
    titles: set[str] = set()
    sources: set[str] = set()
    for place, row in enumerate(read):
        if not row["title"]:
            form.refuse(f"{place}.title", Blank(field="title"))
        elif row["title"] in titles:
            form.refuse(f"{place}.title", Duplicate(what=row["title"]))
        if row["source_id"] in sources:
            form.refuse(f"{place}.source", Duplicate(what=row["title"]))
        if row["vote"] is not None and any(one["vote"] is not None for one in read[:place]):
            form.refuse(f"{place}.source", Duplicate(what=row["title"]))
        titles.add(row["title"])
        sources |= {row["source_id"]} if row["source_id"] else set()
    if not sources:
        form.refuse("parts", NoRoundPart())
    total = sum((Fraction(row["weight"]) for row in read), Fraction())
    if total != 1 and not any(name.endswith(".weight") for name in form.problems):
        form.refuse("parts", WeightsDoNotSum(total=percent(total)))


def _bounds(form: typed.Typed, place: int) -> tuple[int, int]:
    decimal = typed.decimal("0", LARGEST, above=True)
    maximum, step = (
        fields.thousandths(Decimal(form.read(f"{place}.{name}", decimal, "1")))
        for name in ("maximum", "step")
    )
    assert maximum is not None
    assert step is not None
    if maximum % step:
        form.refuse(f"{place}.step", BadInput(field="step", value=form.values[f"{place}.step"]))
        return maximum, maximum
    return maximum, step


def _weight(typed_weight: str, field: str) -> str:
    """A weight above 0 and at most 1, exact; 30% is 0.3, and a bare 30 is asked about."""
    text = typed.plain(typed_weight)
    is_percent = text.endswith("%")
    number = fields.amount(text.removesuffix("%"))
    weight = Fraction(number or 0) / (100 if is_percent else 1)
    if number is None or not 0 < weight <= 1:
        raise BadWeight(field=field, value=typed_weight[:20])
    return decimal_text(weight)


def percent(weight: Fraction) -> str:
    """A weight as people say it: 30%."""
    return f"{decimal_text(weight * 100)}%"


def _rules(
    form: typed.Typed, row: RoundRow, rules: Mapping[str, str], part_ids: set[str]
) -> RoundRules:
    before = RoundRules.from_json(row["rules"])
    values = as_typed(before) | dict(rules)
    try:
        read = read_rules(values, before)
    except BadFields as error:
        for name, problem in error.problems.items():
            form.refuse(name, problem)
        return before
    scoring = read.scoring
    if scoring.at_cut not in AT_CUTS:
        form.refuse("at_cut", BadInput(field="at_cut", value=scoring.at_cut))
    keys = tuple(key for key in scoring.keys if key in KEYS)
    first = tuple(one for one in scoring.first_criteria if one in part_ids)
    return replace(read, scoring=replace(scoring, keys=keys, first_criteria=first))


def part_titles(tx: Transaction, round_id: str) -> dict[str, str]:
    """Title of each part by its id, in their order."""
    return {part["id"]: part["title"] for part in composites.parts(tx, round_id)}
