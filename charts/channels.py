"""What a mark encodes, each channel given by its own class.

A plain field or value is looked up by Altair among the hashes of its six hundred classes: 3 ms for
each, some forty times a chart.
"""

from typing import Any

import altair as alt


def encoded(mark: alt.Chart, **channels: Any) -> alt.Chart:
    """Return a mark with its channels: fields such as ``rank:Q``, values of ``alt.value``."""
    return mark.encode(**{name: _channel(name, given) for name, given in channels.items()})


def _channel(name: str, given: Any) -> Any:
    of = name[0].upper() + name[1:]
    if isinstance(given, str):
        return getattr(alt, of)(given)
    if isinstance(given, dict):
        return getattr(alt, f"{of}Value")(**given)
    return given
