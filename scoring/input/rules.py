"""The rules of a round: every choice that changes a number, frozen, JSON both ways."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from scoring.errors import InvalidRule, UnknownRule
from scoring.exact import ROUNDINGS, fraction
from scoring.input.allowed import as_json, number, one_of, whole

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
EVERY = "*"
"""The group whose numbers hold for every group not named."""


@dataclass(frozen=True)
class Groups:
    """Fewest and most of one group (a county) among the selected.

    Parameters
    ----------
    caps, floors
        One number for every group, or group -> number, `EVERY` for those not named; None for
        no such limit.
    """

    caps: Quota = None
    floors: Quota = None

    def cap(self, group: str) -> int | None:
        """At most so many of this group, or None."""
        return _of(self.caps, group)

    def floor(self, group: str) -> int:
        """At least so many of this group."""
        floor = _of(self.floors, group)
        return 0 if floor is None else floor

    @property
    def named(self) -> frozenset[str]:
        """Groups with a separate number."""
        mappings = [quota for quota in (self.caps, self.floors) if isinstance(quota, Mapping)]
        return frozenset(group for quota in mappings for group in quota) - {EVERY}

    def __bool__(self) -> bool:
        return bool(self.caps) or bool(self.floors)

    def __hash__(self) -> int:
        return hash(json.dumps([self.caps, self.floors], sort_keys=True))


def _of(quota: Quota, group: str) -> int | None:
    return quota.get(group, quota.get(EVERY)) if isinstance(quota, Mapping) else quota


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
        for limit in quota.values() if isinstance(quota, Mapping) else [quota]:
            if limit is not None:
                whole("groups", limit, 0, 10**6)
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
        Most random draws behind p_top and rank intervals, 0 for none; no more are drawn than a
        standard error of .007 asks.
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
        for name in ("top", "band", "band_max", "scale_max", "clip", "draws"):
            object.__setattr__(self, name, as_json(getattr(self, name)))
        for name in ("keys", "first_criteria"):
            value = getattr(self, name)
            listed = isinstance(value, list | tuple)
            if not listed or not all(isinstance(item, str) for item in value):
                raise InvalidRule(field=name, value=value, allowed="[…]")
            object.__setattr__(self, name, tuple(value))
        one_of("official", self.official, OFFICIALS)
        one_of("at_cut", self.at_cut, AT_CUTS)
        one_of("rounding", self.rounding, ROUNDINGS)
        one_of("trim_level", self.trim_level, TRIM_LEVELS)
        for key in self.keys:
            one_of("keys", key, KEY_NAMES)
        self._check_numbers()

    def _check_numbers(self) -> None:
        whole("top", self.top, 1, 10**6)
        whole("decimals", self.decimals, 0, 6)
        whole("clip_decimals", self.clip_decimals, 0, 6)
        if self.sheet_decimals is not None:
            whole("sheet_decimals", self.sheet_decimals, 0, 6)
        whole("trim_low", self.trim_low, 0, 100)
        whole("trim_high", self.trim_high, 0, 100)
        whole("draws", self.draws, 0, 10**6)
        number("band", self.band, 1)
        number("scale_max", self.scale_max, above=True)
        if self.band_max is not None:
            number("band_max", self.band_max)
        if self.clip is not None:
            number("clip", self.clip, above=True)
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
        return row

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
        if not isinstance(row, Mapping):
            raise InvalidRule(field="rules", value=row, allowed="{…}")
        names = {f.name for f in fields(cls)}
        for name in row:
            if name not in names:
                raise UnknownRule(field=name, allowed=", ".join(sorted(names)))
        return cls(**row)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises
        ------
        UnknownRule, InvalidRule
        """
        try:
            row = json.loads(text)
        except ValueError:
            raise InvalidRule(field="rules", value=text, allowed="{…}") from None
        return cls.from_dict(row)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON with every number as a decimal string."""
        row = self.to_dict()
        for name in ("band", "band_max", "scale_max", "clip"):
            if row[name] is not None:
                exact = self.exact(name)
                row[name] = f"{exact.numerator}/{exact.denominator}"
        text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(quota: Quota) -> Any:
    return dict(quota) if isinstance(quota, Mapping) else quota
