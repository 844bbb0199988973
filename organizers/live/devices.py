"""设备检查 / Device check: each tablet, the hall, the printer, the backup folder, the address."""

import streamlit as st

from competition.people.printing import outdated
from competition.stage.devices import FolderCheck, TabletCheck, tablets, try_backup_folder
from exports.formats import safe_name
from exports.papers import pdf
from exports.papers.printer_test import printer_test
from organizers.address import own_addresses, reaches_tablets, server_address
from organizers.live.hall.sizes import SIZES
from organizers.offers import can
from organizers.paper_facts import round_frame
from organizers.redrawing import live
from ui.access import Visit, enter_page, saying
from ui.downloads import download
from ui.faults import megabytes
from ui.frame import page_title
from ui.html import Markup, card, element
from ui.icons import state_label
from ui.tables import Column, list_table
from words import t

_say = saying("organizers.devices")

TICKS = ("came", "opened", "stores", "returned", "on_time")
WIDE = 1280
FOLDER, PRINTED = "devices-folder", "devices-printed"


def page(now: Visit) -> None:
    """Tablets and hall, redrawn every two seconds; below them what an organizer does."""
    page_title(_say(now, "title"), note=_say(now, "note"))
    live(now, body)
    st.html(element("h2", _say(now, "by_hand"), cls="a-h2 a-over"))
    _printer(now)
    if can(now, "people"):
        _folder(now)
        _addresses(now)


def body(now: Visit) -> None:
    """A line for each seat with its ticks, what to do about the others, and the hall."""
    checks = tablets(now.store, now.who, now.round_id, at=now.at)
    ready = sum(one.is_ready for one in checks)
    note = _say(now, "ready", count=ready, of=len(checks))
    st.html(card(_say(now, "tablets"), _table(now, checks), _advice(now, checks), note=note))
    st.html(element("div", *_hall(now), cls="a-item"))


def _table(now: Visit, checks: tuple[TabletCheck, ...]) -> Markup:
    columns = [Column(_say(now, "seat")), *(Column(_say(now, f"tick.{key}")) for key in TICKS)]
    rows = [
        [
            element("b", f"{one.seat['number']:02d}"),
            *(_tick(now, one, key) for key in TICKS),
        ]
        for one in checks
    ]
    return list_table(columns, rows, now.lang)


def _tick(now: Visit, one: TabletCheck, key: str) -> Markup:
    is_set = bool(getattr(one, key))
    word = _say(now, "yes" if is_set else "not_yet")
    if key == "on_time" and one.ahead is not None:
        word = _say(now, "ahead", seconds=f"{one.ahead:+d}" if one.ahead else "0")
    return state_label("done" if is_set else "not_begun", now.lang, word=word, size=16)


def _advice(now: Visit, checks: tuple[TabletCheck, ...]) -> Markup:
    """What to do about the first tick that each seat lacks: one line for each kind."""
    lacking: dict[str, list[int]] = {}
    for one in checks:
        first = next((key for key in TICKS if not getattr(one, key)), None)
        if first:
            lacking.setdefault(first, []).append(one.seat["number"])
    lines = [
        element("li", _say(now, f"do.{key}", seats=" ".join(f"{n:02d}" for n in lacking[key])))
        for key in TICKS
        if key in lacking
    ]
    return element("div", element("ul", *lines), cls="a-pad") if lines else Markup("")


def _line(now: Visit, done: bool, key: str, **values: object) -> list[Markup]:
    """One line of the check: what it is, and what to do where it is not ticked."""
    word = _say(now, f"{key}.{'done' if done else 'todo'}", **values)
    label = state_label("done" if done else "attention", now.lang, word=_say(now, f"{key}.name"))
    return [element("p", label, " ", element("span", word))]


def _hall(now: Visit) -> list[Markup]:
    size = SIZES.largest(str(now.store.path), now.round_id)
    width, height = size or (0, 0)
    key = "hall_small" if size and width < WIDE else "hall"
    return _line(now, bool(size) and width >= WIDE, key, width=width, height=height)


def _printer(now: Visit) -> None:
    """The test page, and the tick once it was looked at."""
    address = server_address()  # known while the page is drawn, not when the file is taken
    download(
        now,
        _say(now, "printer.test"),
        key="test-page",
        read="progress",
        name=safe_name([t("exports.papers.test_page.name", now.lang)], ".pdf"),
        media_type=pdf.MIME,
        build=lambda: pdf.render(printer_test(round_frame(now), address, now.lang)),
    )
    is_printed = st.checkbox(_say(now, "printer.tick"), key=PRINTED)
    st.html(element("div", *_line(now, is_printed, "printer"), cls="a-item"))


def _folder(now: Visit) -> None:
    if st.button(_say(now, "folder.try"), key="act-try_folder"):
        st.session_state[FOLDER] = try_backup_folder(now.store, now.who)
    tried: FolderCheck | None = st.session_state.get(FOLDER)
    if tried is None or tried.problem:
        told = _say(now, "folder.untried") if tried is None else tried.problem
        lines = _line(now, False, "folder", problem=told)
    else:
        lines = _line(now, True, "folder", folder=tried.folder, free=megabytes(tried.free))
    st.html(element("div", *lines, cls="a-item"))


def _addresses(now: Visit) -> None:
    """That other devices reach this address, that there is a second, that printed cards fit."""
    address = server_address()
    lines = _line(now, reaches_tablets(address), "address", address=address)
    others = [one for one in own_addresses() if one != address and reaches_tablets(one)]
    lines += _line(now, bool(others), "second", address=" ".join(others))
    old = outdated(now.store, now.who, address)
    lines += _line(now, not old, "cards", count=len(old))
    st.html(element("div", *lines, cls="a-item"))


page(enter_page("progress", page="organizers.devices"))
