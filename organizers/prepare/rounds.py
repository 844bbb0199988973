"""The dialogs of rounds: a new one, its name, a new one from a copy."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from competition.results.certification import certified
from competition.results.copying import TAKES, copy_round
from competition.rounds.removing import remove_round
from competition.rounds.rounds import CATEGORIES, STAGES, create_round, round_view, update_round
from competition.rounds.typed_rules import PRESETS, asked_rules
from competition.saying import listed
from competition.states import AFTER_CERTIFYING
from organizers import naming
from organizers.asking import act_buttons, close_when_done, done
from ui.access import Visit, choose_round, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.setup")

Dialog = tuple[str, Callable[..., None]]


def dialogs(now: Visit) -> dict[str, Dialog]:
    """The dialogs that the page of set-up may open."""
    return {
        "create_round": (_say(now, "create_title"), lambda: _create(now)),
        "create_composite": (_say(now, "create_composite_title"), lambda: _compose(now)),
        "update_round": (_say(now, "update_title"), lambda round_id: _update(now, round_id)),
        "copy_round": (_say(now, "copy_title"), lambda round_id: _copy(now, round_id)),
        "remove_round": (_say(now, "remove_title"), lambda round_id: _remove(now, round_id)),
    }


def _about(form: Form, now: Visit, row: Mapping[str, Any]) -> None:
    form.text(
        "title",
        _say(now, "field.round_title"),
        row.get("title", ""),
        placeholder=_say(now, "hint.round_title"),
    )
    form.choose(
        "stage",
        _say(now, "field.stage"),
        STAGES,
        row.get("stage", "final"),
        lambda stage: t(f"round_stage.{stage}", now.lang),
    )
    form.choose(
        "category",
        _say(now, "field.category"),
        CATEGORIES,
        row.get("category", "village"),
        lambda category: t(f"category.{category}", now.lang),
    )


def _create(now: Visit) -> None:
    close_when_done("create_round")
    form = Form(now, "round-new", watch=False)
    _about(form, now, {})
    method_and_places(now, form)

    def create(values: Values, at: datetime) -> None:
        rules = asked_rules(str(values.pop("preset")), str(values.pop("top")))
        choose_round(create_round(now.store, now.who, **values, rules=rules, at=at))

    form.send(_say(now, "create_confirm"), create, after=done)


def method_and_places(now: Visit, form: Form) -> None:
    """Ask how the official score is made and how many are selected: neither has a default."""
    preset = form.choose(
        "preset",
        _say(now, "field.preset"),
        tuple(PRESETS),
        None,
        lambda name: t(f"organizers.rules.preset.{name}.name", now.lang),
        hint=_say(now, "hint.preset"),
    )
    if preset:
        st.html(element("p", t(f"organizers.rules.preset.{preset}.when", now.lang), cls="a-hint"))
    form.text(
        "top",
        t("organizers.rules.field.top", now.lang),
        hint=t("organizers.rules.hint.top", now.lang),
        width=280,
    )


def _compose(now: Visit) -> None:
    """A composite in draft; its parts are entered on the page that opens then."""
    close_when_done("create_composite")
    st.html(element("p", _say(now, "create_composite_text"), cls="a-reason"))
    form = Form(now, "composite-new", watch=False)
    _about(form, now, {"title": _say(now, "composite_title")})

    def create(values: Values, at: datetime) -> None:
        choose_round(create_round(now.store, now.who, **values, kind="composite", at=at))

    form.send(_say(now, "create_confirm"), create, after=done)


def _update(now: Visit, round_id: str) -> None:
    close_when_done("update_round")
    form = Form(now, f"round-{round_id}", watch=False)
    _about(form, now, next(row for row in now.rounds if row["id"] == round_id))
    form.send(
        _say(now, "save"),
        lambda values, at: update_round(now.store, now.who, round_id, **values, at=at),
        after=done,
    )


def _remove(now: Visit, round_id: str) -> None:
    """What goes with the round and what stays, then the act: the second of two steps."""
    row = round_view(now.store, now.who, round_id)
    counts = {
        "criteria": len(row["criteria"]),
        "entrants": row["entrants"],
        "judges": row["judges"],
        "sessions": len(row["sessions"]),
    }
    parts = [_say(now, f"remove_{key}", count=count) for key, count in counts.items() if count]
    gone = _say(now, "remove_gone", parts=listed(parts, now.lang)) if parts else ""
    texts = (
        element("b", _say(now, "remove_text", title=row["title"])),
        gone or _say(now, "remove_gone_none"),
        _say(now, "remove_stays"),
    )
    st.html(element("div", *(element("p", text, cls="a-item") for text in texts)))

    def remove(at: datetime) -> None:
        remove_round(now.store, now.who, round_id, at=at)

    act_buttons(now, _say(now, "remove_confirm"), "remove_round", remove)


def _copy(now: Visit, round_id: str) -> None:
    close_when_done("copy_round")
    row = next(row for row in now.rounds if row["id"] == round_id)
    st.html(element("p", _say(now, "copy_text", title=row["title"]), cls="a-reason"))
    form = Form(now, f"copy-{round_id}", watch=False)
    _about(form, now, {"stage": row["stage"], "category": row["category"]})
    takes = TAKES if row["state"] in AFTER_CERTIFYING else TAKES[:2]
    form_takes = form.choose(
        "takes",
        _say(now, "field.takes"),
        takes,
        takes[-1] if "selected" in takes else "none",
        lambda name: _say(now, f"takes.{name}"),
        hint="" if "selected" in takes else _say(now, "hint.takes"),
    )
    if form_takes == "selected":
        _wild_cards(now, form, round_id)
    form.tick("judges", _say(now, "field.judges"), value=True)

    def copy(values: Values, at: datetime) -> None:
        choose_round(copy_round(now.store, now.who, round_id, **values, at=at))

    form.send(_say(now, "create_confirm"), copy, after=done)


def _wild_cards(now: Visit, form: Form, round_id: str) -> None:
    """Entrants that the certified result did not select, and the reason to take some of them."""
    content = certified(now.store, now.who, round_id)["content"]
    rest = {line["entrant_id"]: line for line in content["entrants"] if not line["selected"]}
    if not rest:
        return
    names = {
        key: _say(now, "wild_name", number=line["number"], name=naming.title(line))
        for key, line in rest.items()
    }
    wild = form.several(
        "wild_cards",
        _say(now, "field.wild_cards"),
        list(rest),
        [],
        lambda key: names[key],
        hint=_say(now, "hint.wild_cards"),
    )
    if wild:
        form.text("wild_reason", _say(now, "field.wild_reason"), "")
