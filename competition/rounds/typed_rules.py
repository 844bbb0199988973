"""The rules of a round as an organizer chooses and types them: presets, fields, reading."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from competition import typed
from competition.errors import BadFields, Blank
from competition.rounds import overtime, quota_rules
from competition.rounds.errors import BadRules, BlindOnStage, NothingDropped
from competition.rounds.rules import (
    ANNOUNCE,
    HALL,
    MOST_HELD,
    PUBLISHED,
    RECUSAL_LEVELS,
    RoundRules,
)
from scoring import Rules, ScoringError
from scoring.input.rules import AT_CUTS, DEFAULT_KEYS, TRIM_LEVELS
from scoring.methods.registry import METHODS

STAGE_KEYS = ("more_decimals", "mean_all", "first_criteria", "ruling")

HELD_FIRST = 3

PRESETS: dict[str, RoundRules] = {
    "several_panels": RoundRules(
        scoring=Rules(official="least_squares", at_cut="statistical", band="0.5")
    ),
    "one_panel": RoundRules(
        scoring=Rules(official="trimmed", at_cut="exact", band="0.5", keys=STAGE_KEYS),
        hall="scores",
        held_first=HELD_FIRST,
    ),
    "consistency": RoundRules(
        scoring=Rules(official="precision", at_cut="statistical", band="0.5")
    ),
}
"""What a round's official score is made of; each says its consequence before it is chosen."""

OFFICIALS = tuple(name for name, method in METHODS.items() if method.may_be_official)
KEYS = (*DEFAULT_KEYS[:4], "more_decimals", "mean_all", "majority_judgment", "ruling", "lots")


def preset_of(rules: RoundRules) -> str:
    """The preset whose official score and cut these rules have; empty for none."""
    for name, preset in PRESETS.items():
        wanted = (preset.scoring.official, preset.scoring.at_cut)
        if wanted == (rules.scoring.official, rules.scoring.at_cut):
            return name
    return ""


def chosen(name: str, before: RoundRules) -> RoundRules:
    """A preset's rules, keeping what no preset decides: seats, decimals, quotas, procedure."""
    preset = PRESETS[name]
    scoring = replace(
        before.scoring,
        official=preset.scoring.official,
        at_cut=preset.scoring.at_cut,
        band=preset.scoring.band,
        keys=preset.scoring.keys,
        trim_low=1,
        trim_high=1,
    )
    return replace(before, scoring=scoring, hall=preset.hall, held_first=preset.held_first)


def asked_rules(preset: str, top: str) -> RoundRules:
    """The rules of a new round: method and number of places as they were asked for.

    Raises
    ------
    BadFields
        For ``preset`` and ``top``, which have no default.
    """
    form = typed.Typed({"preset": preset, "top": top})
    name = form.read("preset", _one_of(tuple(PRESETS)) if preset else typed.line(required=True), "")
    if not typed.plain(top):
        form.refuse("top", Blank(field="top"))
    places = form.read("top", typed.whole(1, 9999), 1)
    form.done()
    rules = PRESETS[name]
    return replace(rules, scoring=replace(rules.scoring, top=places))


def as_typed(rules: RoundRules) -> dict[str, str]:
    """The rules as the fields of the form show them; `read_rules` reads them back."""
    scoring = rules.scoring
    return {
        "official": scoring.official,
        "top": str(scoring.top),
        "at_cut": scoring.at_cut,
        "band": _text(scoring.band),
        "band_max": _text(scoring.band_max),
        "keys": ",".join(scoring.keys),
        "first_criteria": ",".join(scoring.first_criteria),
        "decimals": str(scoring.decimals),
        "sheet_decimals": "" if scoring.sheet_decimals is None else str(scoring.sheet_decimals),
        "trim_high": str(scoring.trim_high),
        "trim_low": str(scoring.trim_low),
        "trim_level": scoring.trim_level,
        "clip": _text(scoring.clip),
        **quota_rules.as_typed(scoring.groups),
        "recusal_level": rules.recusal_level,
        "grace_seconds": str(rules.grace_seconds),
        "published": rules.published,
        "hall": rules.hall,
        "held_first": str(rules.held_first),
        "announce": rules.announce,
        "blind": str(rules.blind),
        **_time_as_typed(rules),
    }


def _time_as_typed(rules: RoundRules) -> dict[str, str]:
    limits = {"present_seconds": rules.present_seconds, "answer_seconds": rules.answer_seconds}
    return {
        **{name: typed.minutes(value) if value else "" for name, value in limits.items()},
        "overtime_by": rules.overtime_by,
        "overtime": rules.overtime.replace(",", ", "),
    }


def _text(number: Any) -> str:
    return "" if number is None else typed.decimal("0", "1000")(str(number), "number")


def read_rules(values: Mapping[str, str], before: RoundRules) -> RoundRules:
    """The typed rules; rules that the form does not show stay as in ``before``.

    Raises
    ------
    BadFields
        With the refusal of each field.
    """
    form = typed.Typed(values)
    official = form.read("official", _one_of(OFFICIALS), "least_squares")
    trims = official == "trimmed"
    scoring: dict[str, Any] = {
        "official": official,
        "top": form.read("top", typed.whole(1, 9999), 1),
        "at_cut": form.read("at_cut", _one_of(AT_CUTS), "exact"),
        "band": form.read("band", typed.decimal("0", "1"), "0"),
        "band_max": form.read("band_max", _optional(typed.decimal("0", "100")), None),
        "keys": tuple(k for k in values["keys"].split(",") if k),
        "first_criteria": tuple(c for c in values["first_criteria"].split(",") if c),
        "decimals": form.read("decimals", typed.whole(0, 6), 2),
        "sheet_decimals": form.read("sheet_decimals", typed.optional_whole(0, 6), None),
        "trim_high": form.read("trim_high", _trim(trims=trims), 1),
        "trim_low": form.read("trim_low", _trim(trims=trims), 1),
        "trim_level": form.read("trim_level", _one_of(TRIM_LEVELS), "total"),
        "clip": form.read("clip", _optional(typed.decimal("0", "100")), None),
        "groups": quota_rules.read(form),
    }
    if official == "clip" and scoring["clip"] is None and "clip" not in form.problems:
        form.refuse("clip", BadRules(rule="clip", value=""))
    procedure: dict[str, Any] = {
        "recusal_level": form.read("recusal_level", _one_of(RECUSAL_LEVELS), "county"),
        "grace_seconds": form.read("grace_seconds", typed.whole(0, 86400), 0),
        "published": form.read("published", _one_of(PUBLISHED), "winners"),
        "hall": form.read("hall", _one_of(HALL), "progress"),
        "held_first": form.read("held_first", typed.whole(0, MOST_HELD), 0),
        "announce": form.read("announce", _one_of(ANNOUNCE), "each"),
        "blind": values.get("blind") == str(True),
        "present_seconds": form.read("present_seconds", typed.duration, 0),
        "answer_seconds": form.read("answer_seconds", typed.duration, 0),
        "overtime_by": form.read("overtime_by", _one_of(overtime.BY), "none"),
    }
    charges = procedure["overtime_by"] != "none"
    if procedure["announce"] == "end":
        procedure["held_first"] = 0
    procedure["overtime"] = form.read("overtime", overtime.read, "") if charges else ""
    if procedure["blind"] and procedure["hall"] in ("scores", "ranks"):
        form.refuse("blind", BlindOnStage(field="blind"))
    form.done()
    try:
        return replace(before, scoring=replace(before.scoring, **scoring), **procedure)
    except ScoringError as error:
        field = str(error.values.get("field", "official"))
        form.refuse(field, BadRules(rule=field, value=str(error.values.get("value", ""))))
        raise BadFields(form.problems) from error
    except BadRules as error:
        raise BadFields({str(error.values["rule"]): error}) from error


def _one_of(allowed: tuple[str, ...]) -> Any:
    def read(value: str, field: str) -> str:
        if value not in allowed:
            raise BadRules(rule=field, value=value)
        return value

    return read


def _optional(reader: Any) -> Any:
    def read(value: str, field: str) -> str | None:
        return reader(value, field) if typed.plain(value) else None

    return read


def _trim(*, trims: bool) -> Callable[[str, str], int]:
    """A reader of how many scores are dropped; none is refused where the rules drop some."""
    reader = typed.whole(0, 10)

    def read(value: str, field: str) -> int:
        count = reader(value, field)
        if trims and not count:
            raise NothingDropped(field=field)
        return count

    return read
