"""The form by which a correction is asked for; under it who would move."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import streamlit as st

from competition import Store, fields
from competition.corrections.choices import Choices
from competition.corrections.effects import effect
from competition.corrections.facts import What
from competition.corrections.kinds import KINDS
from competition.corrections.requests import answer_correction, request_correction
from competition.corrections.saying import effect_lines
from competition.errors import BadFields, Blank, Refused
from competition.saying import sentence
from competition.visitor import Visitor
from organizers import naming
from organizers.offers import can
from ui.access import Visit, saying
from ui.forms import Form, Values
from ui.html import element
from ui.plain import plain
from ui.ways import to_page
from words import t

_say = saying("organizers.corrections")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "mark": ("entrant", "judge", "marks"),
    "move": ("judge", "entrant", "other"),
    "recusal": ("entrant", "judge"),
    "leave": ("judge", "first"),
    "reserve": ("judge", "taking", "first"),
    "restore": ("entrant", "judge"),
    "set_aside": ("entrant", "judge"),
}
"""What each kind asks for, in order; changed rules are typed on the pages of rules and rubric."""


def form(now: Visit, known: Choices) -> None:
    """The kinds this visitor may ask for, and the fields of the one chosen."""
    kinds = [kind for kind in FIELDS if can(now, KINDS[kind].asks)]
    if not kinds:
        return
    with st.container(border=True, key="correction-form"):
        kind = str(
            st.selectbox(
                _say(now, "kind"),
                kinds,
                format_func=lambda one: t(f"correction.kind.{one}", now.lang),
                key="correction-kind",
            )
        )
        st.html(element("p", _say(now, f"when.{kind}"), cls="a-reason"))
        _fields(now, known, kind)
    if can(now, "change_rules"):
        with st.container(horizontal=True, gap="small"):
            to_page("organizers.rules", _say(now, "to_rules"))
            to_page("organizers.rubric", _say(now, "to_rubric"))


def _fields(now: Visit, known: Choices, kind: str) -> None:
    made = Form(now, f"correction-{kind}-{now.round_id}", watch=False)
    columns = st.columns(3, gap="small")
    at = 0
    for name in FIELDS[kind]:
        if name == "marks":
            _marks(now, made, known)
        else:
            with columns[at]:
                ASKED[name](now, made, known)
            at += 1
    made.text("reason", _say(now, "reason"), hint=_say(now, "reason_hint"))
    _effect(now, known, kind, made.values())

    def send(values: Values, at: datetime) -> None:
        what = _what(known, kind, values)
        request_correction(
            now.store, now.who, now.round_id, kind, what, reason=str(values["reason"]), at=at
        )

    made.send(_say(now, "send"), send, done=_say(now, "sent"))


def _entrant(now: Visit, made: Form, known: Choices, field: str = "entrant") -> None:
    def name(key: str) -> str:
        place = known.places[key]
        return f"{naming.number(place['number'], now.lang)} {naming.title(place)}"

    made.pick(field, _say(now, f"field.{field}"), list(known.places), None, name)


def _judge(now: Visit, made: Form, known: Choices, field: str = "judge") -> None:
    made.pick(
        field,
        _say(now, f"field.{field}"),
        list(known.judges),
        None,
        lambda key: naming.seat(known.judges[key]["number"], now.lang),
    )


def _first(now: Visit, made: Form, known: Choices) -> None:
    numbers = sorted(str(place["number"]) for place in known.places.values())
    made.pick(
        "first",
        _say(now, "field.first"),
        sorted(numbers, key=int),
        None,
        lambda number: naming.number(number, now.lang),
    )


ASKED: Mapping[str, Callable[[Visit, Form, Choices], None]] = {
    "entrant": _entrant,
    "judge": _judge,
    "first": _first,
    "other": lambda now, made, known: _entrant(now, made, known, "other"),
    "taking": lambda now, made, known: _judge(now, made, known, "taking"),
}


def _marks(now: Visit, made: Form, known: Choices) -> None:
    """A field for each criterion; one left blank stays as it is."""
    st.html(element("p", _say(now, "marks"), cls="a-reason"))
    columns = st.columns(4, gap="small")
    for at, (key, criterion) in enumerate(known.criteria.items()):
        high = fields.decimal_text(criterion["maximum"], criterion["step"])
        with columns[at % 4]:
            made.text(f"mark-{key}", plain(f"{criterion['name']} 0–{high}"))


def _what(known: Choices, kind: str, values: Values) -> What:
    """What was chosen and typed; raises by field what is missing or cannot be read."""
    problems: dict[str, Refused] = {}
    made: dict[str, object] = {}
    for name in FIELDS[kind]:
        if name == "marks":
            made["marks"] = _typed(known, values, problems)
        elif not values[name]:
            problems[name] = Blank(field=name)
        else:
            made[name] = int(values[name]) if name == "first" else values[name]
    if problems:
        raise BadFields(problems)
    return made  # type: ignore[return-value]


def _typed(known: Choices, values: Values, problems: dict[str, Refused]) -> dict[str, int]:
    marks = {}
    for key, criterion in known.criteria.items():
        typed = str(values[f"mark-{key}"]).strip()
        try:
            if typed:
                marks[key] = fields.parse_mark(typed, criterion)
        except Refused as error:
            problems[f"mark-{key}"] = error
    return marks


def _effect(now: Visit, known: Choices, kind: str, values: Values) -> None:
    """Who would move if it were confirmed now; nothing while a field is missing."""
    try:
        what = _what(known, kind, values)
    except Refused:
        return

    def do(copy: Store, person: Visitor) -> None:
        asked = replace(now, store=copy)
        key = request_correction(
            copy, asked.who, now.round_id, kind, what, reason=_say(now, "title"), at=now.at
        )
        answer_correction(copy, person, key, approve=True, at=now.at)

    try:
        known_by = f"{kind} {sorted(what.items())}"
        change = effect(now.store, now.who, now.round_id, do, key=known_by, at=now.at)
        lines = effect_lines(change, now.lang)
    except Refused as error:
        lines = [t("correction.effect.refused", now.lang, why=sentence(error, now.lang))]
    head = element("b", t("correction.effect.title", now.lang))
    st.html(element("div", head, *[element("p", line) for line in lines], cls="a-effect"))
