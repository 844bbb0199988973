"""The rubric: criteria with their points, step, phase and levels."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from competition.rounds.rubric import Criterion
from intake.aliases import aliases, plain_name
from intake.cells import decimal_text
from intake.findings import Findings
from intake.plan import PlannedCriterion
from intake.tables import Row

COLUMNS = (
    "criterion",
    "criterion_name",
    "maximum",
    "weight",
    "step",
    "phase",
    "points",
    "anchors",
    "remark",
)
NEEDED = (("criterion_name",), ("maximum",))
STEP = Decimal("0.5")
WHOLE = 100


@cache
def _anchor() -> re.Pattern[str]:
    """Pattern of one level: name, lowest and highest mark, text."""
    unit = "|".join(map(re.escape, aliases("word.unit")))
    until = "|".join(map(re.escape, aliases("word.until") | {"-", "~", "\u2013", "\u2014"}))
    return re.compile(
        rf"(?P<level>[^\d\s:]{{1,8}})\s*:?\s*(?P<low>\d+(\.\d+)?)\s*({until})\s*"
        rf"(?P<high>\d+(\.\d+)?)\s*({unit})?\s*[:,]?\s*(?P<text>.*)"
    )


def read_rubric(rows: Sequence[Row], findings: Findings) -> list[PlannedCriterion]:
    """The criteria in the order of the sheet."""
    missing = _missing_maximum(rows)
    rubric = [c for row in rows if (c := _criterion(row, missing)) is not None]
    if not rows:
        return rubric
    for column, names in (
        ("criterion", [row.key("criterion", is_needed=False) for row in rows]),
        ("criterion_name", [plain_name(row.text("criterion_name")) for row in rows]),
    ):
        for at, name in enumerate(names):
            if name and name in names[:at]:
                other = rows[names.index(name)].ref(column)
                row = rows[at]
                place = rows[names.index(name)].place(column)
                ways = [row.drop()]
                row.stop("double", column, choices=ways, also=[place], value=name, other=other)
    _check_weights(rows, findings)
    return rubric


def _missing_maximum(rows: Sequence[Row]) -> str:
    """The only maximum left blank, if the others leave something of 100 for it."""
    blank = [row for row in rows if not row.has("maximum")]
    values = [row.number_in("maximum") for row in rows if row.has("maximum")]
    left = WHOLE - sum((value for value in values if value is not None), Decimal())
    return decimal_text(left) if len(blank) == 1 and None not in values and left > 0 else ""


def _criterion(row: Row, missing: str) -> PlannedCriterion | None:
    name = row.text("criterion_name", is_needed=True)
    if not row.has("maximum"):
        row.stop("blank", "maximum", choices=[row.put("maximum", missing)] if missing else [])
    maximum = row.number_in("maximum") if row.has("maximum") else Decimal(missing or "0") or None
    step = row.number_in("step") if row.has("step") else STEP
    if not name or maximum is None or step is None:
        return None
    if maximum <= 0 or maximum * 1000 % 1:
        row.stop("bad_maximum", "maximum", value=decimal_text(maximum))
        return None
    if step <= 0 or step * 1000 % 1 or maximum % step:
        row.stop("bad_step", "step", value=decimal_text(step), maximum=decimal_text(maximum))
        step = STEP  # the marks below it are read all the same, to list their faults at once
    return PlannedCriterion(
        key=row.key("criterion", is_needed=False) or name,
        line=Criterion(
            name=name,
            maximum=decimal_text(maximum),
            step=decimal_text(step),
            points=row.text("points"),
            weight=_weight(row),
            phase=row.choice("phase", ("stage", "material"), default="stage"),
            anchors=_anchors(row, maximum),
        ),
    )


def _weight(row: Row) -> str:
    """A weight as exact decimal text; empty where the maximum is the weight."""
    if not row.has("weight"):
        return ""
    raw = row.cells["weight"].raw
    if isinstance(raw, str) and (share := _percent(raw)) is not None:
        return str(share)
    value = row.number_in("weight")
    return "" if value is None else str(Fraction(value))


def _percent(text: str) -> Fraction | None:
    narrow = unicodedata.normalize("NFKC", text).strip()
    number = narrow.removesuffix("%").strip()
    try:
        return Fraction(number) / WHOLE if narrow.endswith("%") else None
    except ValueError:
        return None


def _check_weights(rows: Sequence[Row], findings: Findings) -> None:
    """Stop unless weights sum to 100%, or without weights the maxima to 100."""
    column = "weight" if any(row.has("weight") for row in rows) else "maximum"
    if column == "weight":
        blank = [row for row in rows if not row.has("weight")]
        for row in blank:
            row.stop("blank", "weight")
        total = sum((Fraction(_weight(row) or "0") for row in rows), Fraction())
        is_whole = bool(blank) or total in (1, WHOLE)
    else:
        values = [row.number_in("maximum") for row in rows]
        total = sum((Fraction(value) for value in values if value is not None), Fraction())
        is_whole = None in values or total == WHOLE
    if not is_whole:
        sheet, cell = rows[0].sheet, f"{rows[0].ref(column)}:{rows[-1].ref(column)}"
        total_text = f"{float(total):g}"
        findings.stop(f"{column}_sum", sheet, cell, total=total_text, column=column)


def _anchors(row: Row, maximum: Decimal) -> tuple[dict[str, str], ...]:
    """The levels of a criterion: one a line, "A 27-30 text"; any other format is a stop."""
    text = unicodedata.normalize("NFKC", row.lines("anchors"))
    levels: list[dict[str, str]] = []
    for line in re.split(r"[\n;]", text):
        if not line.strip():
            continue
        match = _anchor().fullmatch(line.strip())
        if match is None or not Decimal(match["low"]) <= Decimal(match["high"]) <= maximum:
            row.stop("bad_anchor", "anchors", value=line.strip()[:40])
            return ()
        level = {name: match[name].strip() for name in ("level", "text", "low", "high")}
        levels.append(level)
    return tuple(levels)
