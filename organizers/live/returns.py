"""What tablets prove and gave back after an older file was put in place."""

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from competition.returning import Returns, Tablet, Witness, returns_view, waive_tablet
from organizers import naming
from organizers.asking import Dialog, act_buttons, ask, reason_field
from organizers.offers import can
from ui.access import Visit, saying
from ui.html import element
from ui.icons import state_label

_say = saying("organizers.returns")


def given_back(now: Visit) -> Returns | None:
    """What tablets prove and returned, for visitors who may see it."""
    return returns_view(now.store, now.who) if can(now, "tablets") else None


def items(now: Visit) -> Iterator[Callable[[], None]]:
    """What needs a person after an older file was put back, each as what draws it."""
    seen = given_back(now)
    if seen is None:
        return
    if seen.waiting or seen.open or _apart(seen):
        yield partial(_counts, now, seen)
    for tablet in seen.waiting:
        yield partial(_waiting, now, tablet)


def _counts(now: Visit, returns: Returns) -> None:
    word = _say(now, "title")
    values = {"back": returns.back_to, "proven": returns.proven, "count": returns.returned}
    lines = [_say(now, "counts", **values)]
    if returns.open:
        lines.append(_say(now, "open", count=returns.open))
    lines += [_witness(now, one) for one in _apart(returns)]
    text = [element("p", line) for line in lines]
    st.html(
        element("div", state_label("attention", now.lang, word=word, size=18), *text, cls="a-wants")
    )


def _apart(returns: Returns) -> list[Witness]:
    return [one for one in returns.witnesses if one.state != "same"]


def _witness(now: Visit, one: Witness) -> str:
    since = naming.clock(now, one.since)
    return _say(now, f"witness_{one.state}", name=one.name, since=since, head=one.shown)


def _waiting(now: Visit, tablet: Tablet) -> None:
    word = _say(now, "waits", name=tablet.name)
    seen = naming.clock(now, tablet.seen_at)
    lines = [_say(now, "seen", seen=seen, head=tablet.shown)]
    if tablet.waiting_marks:
        lines.append(_say(now, "open", count=tablet.waiting_marks))
    text = [element("p", line) for line in lines]
    st.html(
        element("div", state_label("attention", now.lang, word=word, size=18), *text, cls="a-wants")
    )
    if can(now, "waive_tablet") and st.button(
        _say(now, "waive"), key=f"waive-{tablet.device[:16]}"
    ):
        ask("waive_tablet", device=tablet.device, name=tablet.name)


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialog in which a tablet is waived."""
    return {
        "waive_tablet": (_say(now, "waive_title"), lambda device, name: _waive(now, device, name))
    }


def _waive(now: Visit, device: str, name: str) -> None:
    st.html(element("p", _say(now, "waive_text", name=name)))
    reason = reason_field(now, "waive")
    act_buttons(
        now,
        _say(now, "waive"),
        "waive",
        lambda at: waive_tablet(now.store, now.who, device, reason=reason, at=at),
    )
