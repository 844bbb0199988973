"""A chart that is shown on a page and taken away as SVG or PNG, always in the light colours."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from charts import picture
from charts.palette import LIGHT, Palette
from exports.bundle import safe
from exports.paper import round_name
from ui.access import Visit
from ui.downloads import download
from ui.drawn import Drawable, show_chart
from ui.theme import current_palette, theme
from words import t


@dataclass(frozen=True)
class Picture:
    """A chart that can be drawn in any palette.

    Attributes
    ----------
    name
        Its words are at ``charts.name.<name>``.
    read
        The right that the picture needs, asked again when it is taken.
    draw
        Makes it in the colours of a palette.
    """

    name: str
    read: str
    draw: Callable[[Palette], Drawable]


Caption = Callable[[], str]
"""Says of what the picture is and how it stands; asked when it is taken."""


def drawn(one: Picture, caption: Caption) -> str:
    """The picture as SVG."""
    spec = one.draw(LIGHT).to_json(validate=False, indent=None)
    return picture.svg(spec, caption=caption())


FORMATS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "svg": (str.encode, "image/svg+xml"),
    "png": (picture.png, "image/png"),
}
"""What makes each format of an SVG, and its media type."""


def show(
    now: Visit, one: Picture, state: Hashable, caption: Caption, *, of_round: bool = True
) -> None:
    """Show a chart, and below it the links by which it is taken.

    Parameters
    ----------
    state
        All that the chart depends on but name, language and theme.
    """
    with st.container(width="content", gap="small"):
        show_chart((one.name, state, now.lang, theme()), lambda: one.draw(current_palette()))
        links(now, one, caption, of_round=of_round)


def links(now: Visit, one: Picture, caption: Caption, *, of_round: bool = True) -> None:
    """Offer a chart in each format."""
    named = [t(f"charts.name.{one.name}", now.lang)]
    if of_round and now.round is not None:
        named.append(round_name(now.round, now.lang))
    with st.container(key=f"picture-{one.name}", horizontal=True, gap="small"):
        for ending, (write, media_type) in FORMATS.items():
            download(
                now,
                t("charts.take", now.lang, format=ending.upper()),
                key=f"picture-{one.name}-{ending}",
                read=one.read,
                name=f"{safe(' '.join(named))}.{ending}",
                media_type=media_type,
                build=partial(_file, write, one, caption),
                of_round=of_round,
            )


def _file(write: Callable[[str], bytes], one: Picture, caption: Caption) -> bytes:
    return write(drawn(one, caption))
