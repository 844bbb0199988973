"""What imports learn: which column holds what, and further places beside the built-in ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.lineup.errors import BadCode
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, imports, installation

PLACE = ("county_code", "county", "township_code", "township", "code", "name")
DIGITS = {"county_code": 6, "township_code": 9, "code": 12}
MOST_PLACES = 20_000


def remembered_columns(store: Store, who: Visitor) -> dict[str, str]:
    """Headers and the fields that a person assigned them to in earlier imports.

    Those of the competition come before those of other databases in the same folder.
    """
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        own = imports.column_names(tx, str(who.competition_id))
    return installation.column_names(store.path) | own


def keep_columns(store: Store, who: Visitor, named: Mapping[str, str]) -> None:
    """Remember headers for other databases in the same folder too."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
    if named:
        installation.keep_column_names(store.path, named)


def set_places(
    store: Store, who: Visitor, places: Sequence[tuple[str, ...]], *, name: str, at: datetime
) -> None:
    """Put further places beside the built-in ones: codes and names of county, township, village.

    Raises
    ------
    BadCode
        For a code that has not as many digits as its kind, or lies outside its township.
    """
    with acting(store, who, "set_places", at=at) as (act, tx):
        for place in places[:MOST_PLACES]:
            row = {key: fields.text(value, key) for key, value in zip(PLACE, place, strict=True)}
            for key, length in DIGITS.items():
                if len(row[key]) != length or not (row[key].isascii() and row[key].isdigit()):
                    raise BadCode(code=row[key])
            if not row["code"].startswith(row["township_code"]):
                raise BadCode(code=row["code"])
            tx.put("places", {"competition_id": who.competition_id, **row})
        act.record("places_set", str(who.competition_id), reason=fields.text(name, "name"))


def further_places(store: Store, who: Visitor) -> tuple[tuple[str, ...], ...]:
    """The places that were put beside the built-in ones."""
    with store.reading() as tx:
        require_read(tx, who, "entrants")
        rows = imports.places(tx, str(who.competition_id))
    return tuple(tuple(row[key] for key in PLACE) for row in rows)
