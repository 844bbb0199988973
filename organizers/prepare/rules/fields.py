"""The fields of a round's rules, in groups, and the order of the tie-break's steps."""

from collections.abc import Mapping, Sequence

import streamlit as st

from competition.rounds.overtime import BY
from competition.rounds.rubric import CriterionView
from competition.rounds.rules import ANNOUNCE, HALL, PUBLISHED, RECUSAL_LEVELS
from competition.rounds.typed_rules import KEYS, OFFICIALS
from organizers.prepare.rules import quotas as quota_fields
from scoring.input.rules import AT_CUTS, TRIM_LEVELS
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from words import t

_say = saying("organizers.rules")


def fields(
    now: Visit,
    form: Form,
    typed_rules: Mapping[str, str],
    criteria: Sequence[CriterionView],
    counties: Sequence[tuple[str, int]],
) -> None:
    """Draw every field, beginning with what ``typed_rules`` holds."""
    names = {c["id"]: c["name"] for c in criteria}
    group(now, "seats")
    seats(now, form, typed_rules)
    quota_fields.fields(now, form, typed_rules, counties)
    group(now, "score")
    official = _score(now, form, typed_rules)
    group(now, "ties")
    ties(now, form, typed_rules, names)
    group(now, "procedure")
    _procedure(now, form, typed_rules)
    with st.expander(_say(now, "advanced")):
        _advanced(now, form, typed_rules, official)


def group(now: Visit, name: str) -> None:
    """The heading of a group of fields."""
    st.html(element("h2", _say(now, f"group.{name}"), cls="a-h2 a-over"))


def seats(now: Visit, form: Form, was: Mapping[str, str], at_cuts: Sequence[str] = AT_CUTS) -> None:
    """How many are selected, and how where scores are close."""
    form.text("top", _say(now, "field.top"), was["top"], hint=_say(now, "hint.top"), width=200)
    cut = form.choose(
        "at_cut",
        _say(now, "field.at_cut"),
        at_cuts,
        was["at_cut"],
        lambda name: _say(now, f"at_cut.{name}.name"),
        hint=_say(now, "hint.at_cut"),
    )
    if cut in ("statistical", "jury"):
        with st.container(horizontal=True, gap="small"):
            form.text("band", _say(now, "field.band"), was["band"], hint=_say(now, "hint.band"))
            form.text(
                "band_max",
                _say(now, "field.band_max"),
                was["band_max"],
                hint=_say(now, "hint.band_max"),
            )


def _score(now: Visit, form: Form, was: Mapping[str, str]) -> str:
    official = form.pick(
        "official",
        _say(now, "field.official"),
        OFFICIALS,
        was["official"],
        lambda name: t(f"method.{name}", now.lang),
    )
    st.html(element("div", t(f"method_note.{official}", now.lang), cls="a-hint"))
    if official == "trimmed":
        with st.container(horizontal=True, gap="small"):
            form.text("trim_high", _say(now, "field.trim_high"), was["trim_high"])
            form.text("trim_low", _say(now, "field.trim_low"), was["trim_low"])
        st.html(element("div", _say(now, "hint.trim"), cls="a-hint"))
    if official == "clip":
        form.text("clip", _say(now, "field.clip"), was["clip"], hint=_say(now, "hint.clip"))
    form.text(
        "decimals", _say(now, "field.decimals"), was["decimals"], hint=_say(now, "hint.decimals")
    )
    return official


def ties(
    now: Visit,
    form: Form,
    was: Mapping[str, str],
    names: Mapping[str, str],
    among: Sequence[str] = KEYS,
    room: str = "organizers.rules",
) -> None:
    """The steps of the tie-break in their order; of ``first_criteria`` also which.

    ``room`` is where their words are.
    """
    place = form.key("keys")
    st.session_state.setdefault(place, was["keys"])
    keys = [key for key in str(st.session_state[place]).split(",") if key]
    form.is_changed |= str(st.session_state[place]) != was["keys"]
    for at, key in enumerate(keys):
        with st.container(
            horizontal=True, gap="small", vertical_alignment="center", key=f"key-{key}"
        ):
            name = element("span", f"{at + 1}. ", t(f"{room}.key.{key}", now.lang), cls="a-item")
            st.html(name, width="stretch")
            if not form.disabled:
                _key_buttons(now, place, keys, at)
    rest = [key for key in among if key not in keys]
    if rest and not form.disabled:
        with st.container(horizontal=True, gap="small", wrap=True, key="more-keys"):
            st.html(element("span", _say(now, "key_more"), cls="a-reason"), width="content")
            for key in rest:
                label = f"+ {t(f'{room}.key.{key}', now.lang)}"
                st.button(label, key=f"add-{key}", on_click=_put, args=(place, [*keys, key]))
    if "first_criteria" in keys:
        _first(now, form, was, names, room)


def _key_buttons(now: Visit, place: str, keys: list[str], at: int) -> None:
    above = [*keys[: at - 1], keys[at], keys[at - 1], *keys[at + 1 :]] if at else keys
    without = [key for key in keys if key != keys[at]]
    st.button(
        _say(now, "key_up"),
        key=f"up-{keys[at]}",
        on_click=_put,
        args=(place, above),
        disabled=at == 0,
    )
    st.button(_say(now, "key_out"), key=f"out-{keys[at]}", on_click=_put, args=(place, without))


def _put(place: str, keys: list[str]) -> None:
    st.session_state[place] = ",".join(keys)


def _first(
    now: Visit, form: Form, was: Mapping[str, str], names: Mapping[str, str], room: str
) -> None:
    if not names:
        st.html(element("div", t(f"{room}.first_none", now.lang), cls="a-hint"))
        return
    before = [one for one in was["first_criteria"].split(",") if one in names]
    form.several(
        "first_criteria",
        t(f"{room}.field.first_criteria", now.lang),
        list(names),
        before,
        lambda one: names[one],
        hint=_say(now, "hint.first_criteria"),
    )


def _procedure(now: Visit, form: Form, was: Mapping[str, str]) -> None:
    form.choose(
        "recusal_level",
        _say(now, "field.recusal_level"),
        RECUSAL_LEVELS,
        was["recusal_level"],
        lambda name: _say(now, f"recusal.{name}.name"),
        hint=_say(now, "hint.recusal"),
    )
    form.text(
        "grace_seconds",
        _say(now, "field.grace_seconds"),
        was["grace_seconds"],
        hint=_say(now, "hint.grace"),
        width=280,
    )
    _time(now, form, was)
    hall = form.choose(
        "hall",
        _say(now, "field.hall"),
        HALL,
        was["hall"],
        lambda name: _say(now, f"hall.{name}.name"),
        hint=_say(now, "hint.hall"),
    )
    if hall in ("scores", "ranks"):
        _announcing(now, form, was)
    published(now, form, was)

    is_blind = was["blind"] == str(True)
    form.tick("blind", _say(now, "field.blind"), value=is_blind, hint=_say(now, "hint.blind"))


def _announcing(now: Visit, form: Form, was: Mapping[str, str]) -> None:
    """When the hall is shown a score; how many are held first where they are not all held."""
    announce = form.choose(
        "announce",
        _say(now, "field.announce"),
        ANNOUNCE,
        was["announce"],
        lambda name: _say(now, f"announce.{name}.name"),
        hint=_say(now, "hint.announce"),
    )
    if announce != "end":
        form.text(
            "held_first",
            _say(now, "field.held_first"),
            was["held_first"],
            hint=_say(now, "hint.held_first"),
            width=280,
        )


def published(now: Visit, form: Form, was: Mapping[str, str]) -> None:
    """What is made public."""
    form.choose(
        "published",
        _say(now, "field.published"),
        PUBLISHED,
        was["published"],
        lambda name: _say(now, f"published.{name}.name"),
        hint=_say(now, "hint.published"),
    )


def _time(now: Visit, form: Form, was: Mapping[str, str]) -> None:
    with st.container(horizontal=True, gap="small"):
        for name in ("present_seconds", "answer_seconds"):
            form.text(name, _say(now, f"field.{name}"), was[name], hint=_say(now, "hint.time"))
    by = form.choose(
        "overtime_by",
        _say(now, "field.overtime_by"),
        BY,
        was["overtime_by"],
        lambda name: _say(now, f"overtime_by.{name}"),
    )
    if by != "none":
        hint = _say(now, "hint.overtime")
        form.text("overtime", _say(now, "field.overtime"), was["overtime"], hint=hint)


def _advanced(now: Visit, form: Form, was: Mapping[str, str], official: str) -> None:
    form.text(
        "sheet_decimals",
        _say(now, "field.sheet_decimals"),
        was["sheet_decimals"],
        hint=_say(now, "hint.sheet_decimals"),
        width=280,
    )
    if official == "trimmed":
        form.choose(
            "trim_level",
            _say(now, "field.trim_level"),
            TRIM_LEVELS,
            was["trim_level"],
            lambda name: _say(now, f"trim_level.{name}.name"),
            hint=_say(now, "hint.trim_level"),
        )


def typed(values: Values, was: Mapping[str, str]) -> dict[str, str]:
    """The fields as `read_rules` takes them; a field not shown keeps its default."""
    read = dict(was)
    for name, value in values.items():
        read[name] = ",".join(value) if isinstance(value, list) else str(value)
    return read
