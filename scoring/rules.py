"""The rules of a round: every choice that changes a number, frozen, JSON both ways."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from scoring.errors import InvalidRule, NotANumber, UnknownRule
from scoring.exact import ROUNDINGS, fraction

OFFICIALS = (
    "mean",
    "trimmed",
    "median",
    "clip",
    "zscore",
    "minmax",
    "rank",
    "least_squares",
    "huber",
    "precision",
)
AT_CUTS = ("statistical", "exact", "extend", "jury")
TRIM_LEVELS = ("total", "criterion")
DEFAULT_KEYS = (
    "precision",
    "least_squares_tied",
    "first_criteria",
    "countback",
    "ruling",
    "lots",
)
KEY_NAMES = (*DEFAULT_KEYS, "more_decimals", "mean_all", "majority_judgment")
Quota = int | Mapping[str, int] | None


@dataclass(frozen=True)
class Groups:
    """How many of one group (a county) may or must be among the selected.

    Parameters
    ----------
    caps, floors
        One number for every group, or group -> number; None for no such limit.
    """

    caps: Quota = None
    floors: Quota = None

    def cap(self, group: str) -> int | None:
        """At most so many of this group, or None."""
        return self.caps.get(group) if isinstance(self.caps, Mapping) else self.caps

    def floor(self, group: str) -> int:
        """At least so many of this group."""
        if isinstance(self.floors, Mapping):
            return self.floors.get(group, 0)
        return self.floors or 0

    def __bool__(self) -> bool:
        return bool(self.caps) or bool(self.floors)

    def __hash__(self) -> int:
        return hash(json.dumps([self.caps, self.floors], sort_keys=True))


def _whole(name: str, value: Any, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidRule(field=name, value=value, allowed=f"{low}–{high}")


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InvalidRule(field=name, value=value, allowed=", ".join(allowed))


def _number(name: str, value: Any, low: int, high: int | None = None) -> None:
    allowed = f"{low}–{high}" if high is not None else f"≥ {low}"
    try:
        number = fraction(value)
    except NotANumber:
        number = None
    if number is None or number < low or (high is not None and number > high):
        raise InvalidRule(field=name, value=value, allowed=allowed)


def _groups(value: Any) -> Groups:
    if value is None:
        return Groups()
    if isinstance(value, Mapping):
        extra = set(value) - {"caps", "floors"}
        if extra:
            raise InvalidRule(field="groups", value=sorted(extra)[0], allowed="caps, floors")
        value = Groups(value.get("caps"), value.get("floors"))
    if not isinstance(value, Groups):
        raise InvalidRule(field="groups", value=value, allowed="caps, floors")
    for quota in (value.caps, value.floors):
        numbers = quota.values() if isinstance(quota, Mapping) else [quota]
        for number in numbers:
            if number is not None:
                _whole("groups", number, 0, 10**6)
    return value


@dataclass(frozen=True)
class Rules:
    """Every choice that changes a number, with its default.

    Parameters
    ----------
    official
        The method whose score ranks: a key of `scoring.METHODS` that may be official.
    top
        Seats N at the cut.
    at_cut
        "statistical", "exact", "extend" or "jury".
    band, band_max
        Half the open zone in standard errors of a difference, 0 to 1; its limit in points.
    keys
        The tie-break chain, in order: keys of `scoring.TIE_BREAK_KEYS`.
    first_criteria
        Criteria compared by the key "first_criteria", in order.
    decimals, sheet_decimals, clip_decimals
        Printed decimals of a score, of a sheet's total, of a clipped total; `sheet_decimals`
        None leaves totals unrounded.
    scale_max
        The printed scale S.
    rounding
        "half_up" or "half_even".
    trim_low, trim_high, trim_level
        How many lowest and highest are dropped, of "total" or per "criterion".
    clip
        Distance d of the method "clip", in points of the printed scale.
    groups
        `Groups`, or {"caps": ..., "floors": ...}.
    draws
        Random draws behind p_top.
    seed
        The sealed seed of drawn lots (text), None where lots are drawn by hand.
    competition_id, round_id
        Enter the drawn lots only.
    """

    official: str = "least_squares"
    top: int = 13
    at_cut: str = "statistical"
    band: float | str | Decimal = 0.5
    band_max: float | str | Decimal | None = None
    keys: tuple[str, ...] = DEFAULT_KEYS
    first_criteria: tuple[str, ...] = ()
    decimals: int = 2
    sheet_decimals: int | None = 2
    clip_decimals: int = 2
    scale_max: float | str | Decimal = 100
    rounding: str = "half_up"
    trim_low: int = 1
    trim_high: int = 1
    trim_level: str = "total"
    clip: float | str | Decimal | None = None
    groups: Groups = field(default_factory=Groups)
    draws: int = 20000
    seed: str | int | None = None
    competition_id: str = ""
    round_id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", _groups(self.groups))
        for name in ("keys", "first_criteria"):
            value = getattr(self, name)
            if isinstance(value, str) or not all(isinstance(item, str) for item in value):
                raise InvalidRule(field=name, value=value, allowed="[…]")
            object.__setattr__(self, name, tuple(value))
        _one_of("official", self.official, OFFICIALS)
        _one_of("at_cut", self.at_cut, AT_CUTS)
        _one_of("rounding", self.rounding, ROUNDINGS)
        _one_of("trim_level", self.trim_level, TRIM_LEVELS)
        for key in self.keys:
            _one_of("keys", key, KEY_NAMES)
        self._check_numbers()

    def _check_numbers(self) -> None:
        _whole("top", self.top, 1, 10**6)
        _whole("decimals", self.decimals, 0, 6)
        _whole("clip_decimals", self.clip_decimals, 0, 6)
        if self.sheet_decimals is not None:
            _whole("sheet_decimals", self.sheet_decimals, 0, 6)
        _whole("trim_low", self.trim_low, 0, 100)
        _whole("trim_high", self.trim_high, 0, 100)
        _whole("draws", self.draws, 0, 10**6)
        _number("band", self.band, 0, 1)
        _number("scale_max", self.scale_max, 0)
        for name in ("band_max", "clip"):
            if getattr(self, name) is not None:
                _number(name, getattr(self, name), 0)
        if self.official == "clip" and self.clip is None:
            raise InvalidRule(field="clip", value=None, allowed="> 0")

    @property
    def trim_needs(self) -> int:
        """Sheets an entrant needs before any is dropped: h + l + 3."""
        return self.trim_low + self.trim_high + 3

    def exact(self, name: str) -> Fraction:
        """A numeric field that is set, as an exact fraction."""
        value = fraction(getattr(self, name))
        if value is None:
            raise InvalidRule(field=name, value=None, allowed="a number")
        return value

    def to_dict(self) -> dict[str, Any]:
        """All fields as JSON knows them, defaults filled in."""
        row: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        row["keys"] = list(self.keys)
        row["first_criteria"] = list(self.first_criteria)
        row["groups"] = {"caps": _plain(self.groups.caps), "floors": _plain(self.groups.floors)}
        return {k: str(v) if isinstance(v, Decimal) else v for k, v in row.items()}

    def to_json(self) -> str:
        """One canonical JSON object: names sorted, no spaces, UTF-8."""
        return json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """Read rules; fields left out take their defaults.

        Raises
        ------
        UnknownRule, InvalidRule
        """
        names = {f.name for f in fields(cls)}
        for name in row:
            if name not in names:
                raise UnknownRule(field=name, allowed=", ".join(sorted(names)))
        lists = {"keys", "first_criteria"}
        values: dict[str, Any] = {k: tuple(v) if k in lists else v for k, v in row.items()}
        return cls(**values)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        return cls.from_dict(json.loads(text))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON with every number as a decimal string."""
        row = self.to_dict()
        for name in ("band", "band_max", "scale_max", "clip"):
            if row[name] is not None:
                number = self.exact(name)
                row[name] = f"{number.numerator}/{number.denominator}"
        text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(quota: Quota) -> Any:
    return dict(quota) if isinstance(quota, Mapping) else quota
