"""Simplified outlines of Honghe's counties: for orientation, no statement about boundaries."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("honghe_counties.geojson")


@cache
def counties_geojson() -> dict[str, Any]:
    """Return the outlines of the counties as a GeoJSON feature collection."""
    collection: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return collection
