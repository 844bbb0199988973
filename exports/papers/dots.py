"""A cell's small chart for DOCX, as shapes that Word, WPS and LibreOffice draw alike."""

from typing import Any

from docx.oxml.parser import parse_xml

from exports.papers.document import Dots

WIDTH, HEIGHT = 104, 9
"""In points; shapes are placed on a grid of a tenth of that."""
GREY = "#7A8894"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHAPES = "urn:schemas-microsoft-com:vml"


def drawing(dots: Dots) -> Any:
    """The chart as one group of shapes that stands in the line like a letter."""

    def at(share: float) -> int:
        return round(share * WIDTH * 10)

    middle = HEIGHT * 5
    shapes = [
        _line(0, middle, WIDTH * 10, middle, ".4pt", GREY, dash="1 1"),
        _line(at(dots.low), middle, at(dots.high), middle, "2pt", GREY),
        _line(at(dots.mean), 0, at(dots.mean), HEIGHT * 10, "1.2pt", "black"),
    ]
    if dots.best is not None:
        style = f"position:absolute;left:{at(dots.best) - 34};top:{middle - 34};width:68;height:68"
        shapes.append(
            f'<v:shape style="{style}" coordsize="68,68" path="m0,34l34,0,68,34,34,68xe"'
            ' fillcolor="white" strokecolor="black" strokeweight="1pt"/>'
        )
    style = f"position:absolute;left:{at(dots.own) - 29};top:{middle - 29};width:58;height:58"
    shapes.append(
        f'<v:oval style="{style}" fillcolor="black" strokecolor="white" strokeweight=".6pt"/>'
    )
    return parse_xml(
        f'<w:pict xmlns:w="{_WORD}" xmlns:v="{_SHAPES}">'
        f'<v:group style="width:{WIDTH}pt;height:{HEIGHT}pt" coordorigin="0,0"'
        f' coordsize="{WIDTH * 10},{HEIGHT * 10}">{"".join(shapes)}</v:group></w:pict>'
    )


def _line(x: int, y: int, to_x: int, to_y: int, weight: str, ink: str, *, dash: str = "") -> str:
    inside = f'<v:stroke dashstyle="{dash}"/>' if dash else ""
    return (
        f'<v:line from="{x},{y}" to="{to_x},{to_y}" strokecolor="{ink}"'
        f' strokeweight="{weight}">{inside}</v:line>'
    )
