"""The county's list as a workbook to print, sign and keep."""

from competition.filing.shapes import FilingView
from competition.invented import invented
from counties.clock_words import when
from exports import EXPORTS, Column, Table
from exports.formats import safe_name
from ui.access import Visit, saying
from ui.downloads import download

_say = saying("counties.paper")

XLSX = EXPORTS["xlsx"]


def list_file(now: Visit, view: FilingView) -> None:
    """A link by which the present list is taken as a workbook."""
    download(
        now,
        _say(now, "take"),
        key="county-list",
        read="own_filing",
        of_round=False,
        name=safe_name([_say(now, "name")], XLSX.suffix),
        media_type=XLSX.mime,
        build=lambda: XLSX.render(_table(now, view)),
    )


def _table(now: Visit, view: FilingView) -> Table:
    columns = (
        Column("number", _say(now, "column.number"), "number"),
        Column("township", _say(now, "column.township")),
        Column("village", _say(now, "column.village")),
        Column("code", _say(now, "column.code"), "code"),
        Column("title", _say(now, "column.title"), width=36),
        Column("presenter", _say(now, "column.presenter")),
        Column("post", _say(now, "column.post")),
        Column("papers", _say(now, "column.papers"), "number"),
    )
    rows = tuple(
        (n, o.township, o.village, o.code, o.title, o.presenter, o.post, len(o.papers))
        for n, o in enumerate(view.listed, start=1)
    )
    filed = view.row["filed_at"]
    state = _say(now, "filed", at=when(now, filed)) if filed else _say(now, "draft")
    if view.is_changed:
        state = _say(now, "changed")
    return Table(
        "filing",
        now.lang,
        _say(now, "name"),
        _say(now, "heading", county=view.row["county"]),
        columns,
        rows,
        subtitle=(now.competition["title"] if now.competition else "", state),
        signatures=(_say(now, "signed"), _say(now, "stamped")),
        invented=invented(now.competition),
    )
