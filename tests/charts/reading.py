"""Reading a chart's specification: its rows, its marks, what it says."""

import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

_read: dict[int, tuple[alt.LayerChart, dict[str, Any]]] = {}
"""The charts that were read, each with its specification: making that is dearer than all else."""


def spec_of(chart: alt.LayerChart) -> dict[str, Any]:
    """Return the specification, validated against the schema.

    One row of each data set is validated: of the others the schema asks no more than that they are
    rows as well, and takes as long for them as for all else.
    """
    if id(chart) not in _read:
        spec = chart.to_dict(validate=False)
        shown = {name: rows[:1] for name, rows in spec["datasets"].items()}
        assert all(isinstance(row, dict) for rows in spec["datasets"].values() for row in rows)
        chart.validate({**spec, "datasets": shown})
        _read[id(chart)] = chart, spec
    return _read[id(chart)][1]


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every single mark, nested layers too."""
    for layer in spec.get("layer", []):
        if "layer" in layer:
            yield from layers(layer)
        else:
            yield layer


def rows_with(chart: alt.LayerChart, column: str) -> pd.DataFrame:
    """Return the first data set that has a column."""
    for rows in spec_of(chart)["datasets"].values():
        if rows and column in rows[0]:
            return pd.DataFrame(rows)
    raise AssertionError(f"no data set with {column}")


def texts(chart: alt.LayerChart) -> set[str]:
    """Return every text in the chart's data."""
    found = set()
    for rows in spec_of(chart)["datasets"].values():
        for row in rows:
            found |= {value for value in row.values() if isinstance(value, str)}
    return found


def colours(chart: alt.LayerChart) -> set[str]:
    """Return every colour written in the specification."""
    return set(re.findall(r"#[0-9A-Fa-f]{6}\b", json.dumps(spec_of(chart))))
