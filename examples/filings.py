"""Invented filings: most counties have filed, one is returned, one has faults, one nothing yet."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from competition.filing import (
    answering,
    attaching,
    handing_in,
    inviting,
    listing,
    terms,
    uploading,
    views,
)
from competition.people import links
from competition.sign_ins import visitor_of
from competition.times import local, stamp
from competition.visitor import Visitor
from db import Store
from examples.divisions import Division, divisions, tiles
from intake.county_list import read_county_list
from intake.edits import Asked

WANTED = ("规划文本", "规划图", "村民会议记录", "公示照片")
RETURNED, FAULTY, DRAFT, NOTHING = "532529", "532530", "532531", "532532"
REASON = "规划图上没有盖永久基本农田图层，请补一张叠加图。"
OPEN_FOR = timedelta(days=3)
SIZES = (4, 3, 5, 4, 3, 6, 5, 4, 7, 12, 0, 3, 0)
"""How many each county lists, by the order of the codes."""
KINDS_OF_PLAN = ("村庄规划", "梯田保护规划", "产业发展规划", "古寨风貌规划")
FAULTY_LIST = """样例·{county}参评名单
乡镇,村,成果名称,汇报人,职务
{township},{right},{right}村庄规划,样例01,村党总支书记
{township},{wrong},{wrong}村庄规划,样例02,村党总支书记
{township},{second},,样例03,村党总支书记
{township},{right},{right}产业规划,样例04,村党总支书记
"""
WRONG = {"金河镇": ("广街村", "甘塘村", "五家寨村")}
"""A township: a village, one misspelt, one without a title."""


def enter_filings(
    store: Store, organizer: Visitor, *, taken: Collection[str], at: datetime
) -> dict[str, str]:
    """Enter the filings of all thirteen counties; return a link's token for each, by its code.

    Parameters
    ----------
    taken : collection of str
        Codes of places that the event has already.
    at : datetime
        The deadline is in the evening three days later.
    """
    until = local(stamp(at + OPEN_FOR), "Asia/Shanghai").strftime("%Y-%m-%d 18:00")
    wanted = "\n".join(WANTED)
    terms.set_filing_terms(store, organizer, closes_at=until, wanted=wanted, at=at)
    counties = [(tile.county_code, tile.county) for tile in tiles()]
    tokens = inviting.invite_counties(store, organizer, counties, at=at)
    for (code, _), size in zip(counties, SIZES, strict=True):
        who = _visitor(store, tokens[code], at)
        (mine,) = views.own_filings(store, who)
        with store.writing():
            _list(store, who, mine["id"], _villages(code, size, taken), at)
            if code == FAULTY:
                _upload(store, who, mine["id"], code, at)
            elif code not in (DRAFT, NOTHING):
                handing_in.file_list(store, who, mine["id"], at=at)
            if code == RETURNED:
                first = views.own_filing(store, who, mine["id"], at=at).listed[:1]
                answering.return_filing(
                    store,
                    organizer,
                    mine["id"],
                    version=1,
                    reason=REASON,
                    entrant_ids=[one.id for one in first],
                    at=at,
                )
    return tokens


def _visitor(store: Store, token: str, at: datetime) -> Visitor:
    person = links.whose(store, token, at=at)
    assert person is not None
    with store.reading() as tx:
        return visitor_of(tx, person["id"])


def _villages(county: str, count: int, taken: Collection[str]) -> list[Division]:
    free = [
        one
        for one in divisions()
        if one.county_code == county and one.is_village and one.village_code not in taken
    ]
    return free[:: max(1, len(free) // max(1, count))][:count]


def _list(
    store: Store, who: Visitor, filing_id: str, villages: Sequence[Division], at: datetime
) -> None:
    """Entrants with their documents; every fifth lacks some."""
    for number, place in enumerate(villages):
        title = f"{place.label}{KINDS_OF_PLAN[number % len(KINDS_OF_PLAN)]}"
        line = listing.Line(
            code=place.village_code,
            township=place.township,
            village=place.label,
            title=title,
            presenter=f"样例{number + 1:02d}",
            post="村党总支书记",
        )
        entrant_id = listing.put_filed_entrant(store, who, filing_id, line, at=at)
        for kind in WANTED[: 2 if number % 5 == 1 else 3 if number % 5 == 2 else None]:
            name, content = f"{place.label}{kind}.pdf", _pdf(kind)
            attaching.add_filed_document(
                store, who, filing_id, entrant_id, name, content, kind=kind, at=at
            )


def _upload(store: Store, who: Visitor, filing_id: str, county: str, at: datetime) -> None:
    """A workbook with a misspelt village, a blank title and a village twice."""
    ((township, (right, wrong, second)),) = WRONG.items()
    name = next(tile.county for tile in tiles() if tile.county_code == county)
    text = FAULTY_LIST.format(
        county=name, township=township, right=right, wrong=wrong, second=second
    )
    content = text.encode("utf-8-sig")
    plan = read_county_list([("金平县名单.csv", content)], Asked(county=county))
    uploading.keep_upload(
        store, who, filing_id, "金平县名单.csv", content, stops=len(plan.stops), at=at
    )


def _pdf(kind: str) -> bytes:
    """A blank page with the document's kind in a comment."""
    return (
        "%PDF-1.4\n%样例 " + kind + "\n"
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()
