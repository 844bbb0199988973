"""A county lists its own places: an entrant that lies in another county stops."""

from intake.gazetteer import Gazetteer
from intake.placing import Placed
from intake.tables import Row


def stop_elsewhere(row: Row, placed: Placed, county: str, gazetteer: Gazetteer) -> None:
    """Stop at an entrant of another county; its namesakes in this county are proposed."""
    column = row.anchor("village_code", "village", "township_code", "township")
    here = gazetteer.named(placed.village, county) if placed.village else []
    ways = [row.put(column, village.code, village.shown) for village in here]
    row.stop(
        "other_county",
        column,
        choices=[*ways, row.drop()],
        value=f"{placed.village or placed.township} {placed.code}",
        county=gazetteer.counties.get(county, county),
    )
