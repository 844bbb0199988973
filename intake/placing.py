"""Where an entrant lies: code, names and what a heading says, brought together and checked.

The code is the key; the names say whether it is the right one. What one of them determines
is filled in and listed; where they contradict each other the row stops with candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.cells import Unreadable, read_code
from intake.edits import Choice
from intake.gazetteer import COUNTY, TOWNSHIP, VILLAGE, County, Gazetteer, Village, renewed
from intake.places import short_village
from intake.tables import Row


@dataclass(frozen=True)
class Placed:
    """An entrant's code and the names of its places."""

    code: str = ""
    county: str = ""
    township: str = ""
    village: str = ""


@dataclass(frozen=True)
class Written:
    """What a row says of its place.

    Attributes
    ----------
    code : str
        9 or 12 digits, renewed; "" where none is readable.
    fault : str
        The code of the stop for an unreadable code.
    county : County or None
        As written; ``hint`` is the code of the county by whatever tells it.
    within : str
        Code of the narrowest place that the names tell.
    """

    row: Row
    column: str
    code: str
    fault: str
    county: County | None
    hint: str
    within: str
    name: str


def place(row: Row, gazetteer: Gazetteer) -> Placed:
    """The place of one row; contradictions and unknown names stop at their cells."""
    written = _written(row, gazetteer)
    is_village = bool(written.name) or len(written.code) == VILLAGE or not row.has("township")
    if not is_village and (row.has("township") or len(written.code) == TOWNSHIP):
        return _township(written, gazetteer)
    known = gazetteer.village(written.code)
    village = _by_code(written, known, gazetteer) if known else _by_name(written, gazetteer)
    if village is None:
        return _as_written(written, gazetteer)
    _check_county(written, village.county_code, gazetteer)
    _check_township(written, village)
    _list_village(written, village)
    return Placed(village.code, village.county, village.township, village.name)


def _written(row: Row, gazetteer: Gazetteer) -> Written:
    column = "village_code"
    if not row.has(column) and row.has("township_code"):
        column = "township_code"
    text = row.text("village")
    bare = text.replace(" ", "").strip("'")
    if bare.isdecimal() and len(bare) == VILLAGE and not row.has(column):
        code, fault, text = renewed(bare), "", ""
    else:
        code, fault = _code(row, column)
    county = gazetteer.county(row.text("county")) or _of_code(row, gazetteer)
    hint = county.code if county is not None and county.is_sure else ""
    if not hint:
        by_code = code[:COUNTY] if code[:COUNTY] in gazetteer.counties else ""
        hint = by_code or row.context.get("county", "") or (county.code if county else "")
    within, name = gazetteer.parted(text, hint) if text else (hint, "")
    township = gazetteer.township(row.text("township"), within[:COUNTY] or hint)
    return Written(row, column, code, fault, county, hint, township or within, name)


def _of_code(row: Row, gazetteer: Gazetteer) -> County | None:
    code = row.key("county_code", is_needed=False)
    return gazetteer.county(code) if code else None


def _code(row: Row, column: str) -> tuple[str, str]:
    """The code and "", or "" and why it cannot be read."""
    cell = row.cells.get(column)
    if cell is None:
        return "", ""
    try:
        reading = read_code(cell)
    except Unreadable as error:
        return "", error.code
    if reading.slip and not cell.typed:
        row.fix(reading.slip, column, cell.raw, reading.value)
    code = renewed(reading.value)
    if code != reading.value and not cell.typed:
        row.fix("old_code", column, reading.value, code)
    return code, ""


def _by_code(written: Written, known: Village, gazetteer: Gazetteer) -> Village | None:
    """The village of the code, unless the name means another one."""
    if not written.name or _is_named(written.name, known) or _is_chosen(written):
        return known
    others = gazetteer.named(written.name, written.within) or gazetteer.named(
        written.name, written.hint
    )
    row = written.row
    name = row.put("village", known.name, known.shown)
    if others:
        ways = [row.put(written.column, other.code, other.shown) for other in others]
        row.stop(
            "place_differs",
            written.column,
            choices=[*ways, name],
            value=written.code,
            other=known.name,
            name=row.raw("village"),
        )
    else:
        near = [v for v in _near(written, gazetteer) if v != known]
        ways = [name, *_ways(written, near)]
        row.stop("unknown_village", "village", choices=ways, value=row.raw("village"))
    return None


def _is_chosen(written: Written) -> bool:
    """Whether a person chose the code on the page: that settles which village is meant."""
    cell = written.row.cells.get(written.column)
    return cell is not None and cell.typed


def _is_named(name: str, village: Village) -> bool:
    plain = short_village(name)
    return village.name in (plain, f"{plain}{village.name[len(plain) :]}") and len(plain) > 1


def _by_name(written: Written, gazetteer: Gazetteer) -> Village | None:
    """The village that the names mean; without a readable code they must mean one only."""
    row = written.row
    if not written.name:
        _stop_code(written, [])
        return None
    villages = gazetteer.named(written.name, written.within)
    if not villages and written.within != written.hint:
        villages = gazetteer.named(written.name, written.hint)
    if len(villages) > 1:
        ways = _ways(written, villages)
        row.stop("ambiguous_village", "village", choices=ways, value=row.raw("village"))
        return None
    if not villages:
        near = _near(written, gazetteer)
        if near or not written.code:
            row.stop(
                "unknown_village",
                "village",
                choices=_ways(written, near),
                value=row.raw("village"),
            )
        elif written.hint in gazetteer.counties:
            row.findings.note("place_not_listed", row.sheet, row.ref("village"), value=written.code)
        return None
    if written.fault or written.code:
        _stop_code(written, _ways(written, villages))
        return None
    if row.letters.get(written.column):
        row.fix("code_by_name", written.column, "", villages[0].code)
    return villages[0]


def _near(written: Written, gazetteer: Gazetteer) -> list[Village]:
    among = gazetteer.in_county(written.hint[:COUNTY])
    return gazetteer.near(written.name, among, home=written.within)


def _ways(written: Written, villages: Sequence[Village]) -> list[Choice]:
    """Each village as a proposal: its code, into the cell of the code if there is one."""
    row = written.row
    column = written.column if row.letters.get(written.column) else "village"
    ways = []
    for village in villages:
        if column == "village" or written.code not in ("", village.code) or not written.code:
            ways.append(row.put(column, village.code, village.shown))
        else:
            ways.append(row.put("village", village.name, village.shown))
    return ways


def _stop_code(written: Written, ways: Sequence[Choice]) -> None:
    row = written.row
    if written.fault:
        row.stop(written.fault, written.column, choices=ways, value=row.raw(written.column))
    elif written.code:
        row.stop("unknown_code", written.column, choices=ways, value=written.code)
    else:
        column = written.column if row.letters.get(written.column) else "village"
        row.stop("blank", column, choices=ways)


def _township(written: Written, gazetteer: Gazetteer) -> Placed:
    """A township's entrant: nine digits, and the names of township and county."""
    row = written.row
    named = gazetteer.township(row.text("township"), written.hint)
    code = written.code or (named if not written.fault else "")
    if not code:
        name = gazetteer.townships.get(named, "")
        ways = [row.put(written.column, named, f"{name} {named}")] if named else []
        _stop_code(written, ways)
        return _as_written(written, gazetteer)
    if not written.code and row.letters.get(written.column):
        row.fix("code_by_name", written.column, "", code)
    name = gazetteer.townships.get(code, "")
    if name and named and named != code:
        row.stop("township_differs", "township", value=row.raw("township"), other=name)
    if code[:COUNTY] in gazetteer.counties:
        _check_county(written, code[:COUNTY], gazetteer)
    county = gazetteer.counties.get(code[:COUNTY], "") or row.text("county", is_needed=True)
    return Placed(code, county, row.text("township") or name, row.text("village"))


def _as_written(written: Written, gazetteer: Gazetteer) -> Placed:
    """The names as the row has them; the county in today's words."""
    row = written.row
    county = gazetteer.counties.get(written.hint, "")
    if not county and not row.has("county"):
        row.stop("blank", "county")
    if written.county and row.has("county"):
        _check_county(written, written.hint, gazetteer)
    is_unsure = any(map(row.is_stopped, ("village", written.column)))
    code = "" if is_unsure else written.code
    return Placed(code, county or row.text("county"), row.text("township"), written.name)


def _check_county(written: Written, code: str, gazetteer: Gazetteer) -> None:
    """List a county's alias, fill in a missing one, stop at one that contradicts the code."""
    row, name = written.row, gazetteer.counties[code]
    text = row.text("county")
    if not text:
        if row.letters.get("county") and not row.has("county"):
            row.fix("county_by_code", "county", "", name)
        return
    meant = gazetteer.county(text)
    if text == name:
        return
    if meant is not None and meant.code == code:
        row.fix("county", "county", text, name)
        return
    ways = [row.put("county", name)]
    kind = "county_differs_code" if meant is not None else "unknown_county"
    row.stop(kind, "county", choices=ways, value=text, other=name)


def _check_township(written: Written, village: Village) -> None:
    row = written.row
    text = row.text("township")
    if not text or text == village.township:
        return
    if village.township.startswith(text) or text.endswith(village.township):
        row.fix("township", "township", text, village.township)
        return
    ways = [row.put("township", village.township)]
    row.stop("township_differs", "township", choices=ways, value=text, other=village.township)


def _list_village(written: Written, village: Village) -> None:
    """List a village's name that was written otherwise or filled in from the code."""
    row = written.row
    if not row.letters.get("village"):
        return
    text = row.text("village")
    if not text:
        row.fix("village_by_code", "village", "", village.name)
    elif text != village.name and not row.cells["village"].typed:
        row.fix("village_name", "village", text, village.name)
