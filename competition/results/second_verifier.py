"""A second verifier of a contest's record, written from docs/en/record.md alone.

One file, the standard library, exact fractions; it shares no code with the program that wrote the
record.  ``python3 verify.py [FILE] [--head G.N.HASH …]`` prints numbered checks and ends with 0 if
all hold, with 1 if one fails, with 2 if the file is no record.  FILE is a bundle (.zip, or the
folder it was unpacked to: by default the one this file lies in), a record (.json), or the page
that shows it (.html).  It is one file so that a reader can take it along and read it whole.
"""

import argparse
import hashlib
import json
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property, partial
from itertools import accumulate, pairwise
from math import isqrt, lcm
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]
FIRST = "0" * 64
HASHED = ("competition_id", "n", "round_id", "at", "actor", "kind", "subject", "payload")
MARKING = ("marks_recorded", "sheet_submitted", "marks_resent")
PRINTED = ("mean", "trimmed", "median", "clip")
BY_JUDGE = ("zscore", "minmax", "rank")
FITTED = ("huber", "precision")
"""Methods that come near to their figures step by step."""
STEPPED = (*FITTED, "reading")
"""Methods and keys that are computed in decimals of `DIGITS` digits, all others in fractions."""
RECORD, RESULT, WINNERS = "arena-record-1", "arena-result-1", "arena-winners-1"
COMPOSITE = "arena-composite-1"
BUNDLE, MANIFEST = "arena-bundle-1", "manifest.json"
PROOFS = ("record.json", "result.json")
BALLOTS = "code_sha256,entrants"
"""The first line of a list of ballots."""
MOST_FILES, MOST_BYTES = 5000, 300_000_000
DEEP = 10**40
"""Roots are taken to forty places."""
DIGITS = 50
"""Of the decimals in which the iterated fits are computed."""


# ---- the text that is hashed


def canonical(value: Any) -> str:
    """JSON with sorted keys, without spaces, text in NFC."""
    return json.dumps(_nfc(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _nfc(item) for key, item in value.items()}
    return [_nfc(item) for item in value] if isinstance(value, list) else value


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


# ---- the events


def replay(events: Sequence[Row], until: int) -> Tables:
    """The tables after the event with a number: table -> key -> row."""
    tables: Tables = defaultdict(dict)
    for event in events:
        if event["n"] > until:
            break
        if "payload" not in event:
            continue
        for change in json.loads(event["payload"])["changes"]:
            key = canonical(change["key"])
            if change["row"] is None:
                tables[change["table"]].pop(key, None)
            else:
                tables[change["table"]][key] = change["row"]
    return tables


def whole(events: Sequence[Row]) -> list[Row]:
    """The events that the record shows; of other rounds it has the entry alone."""
    return [event for event in events if "payload" in event]


def rows_of(tables: Tables, table: str, round_id: str) -> list[Row]:
    """The rows of one round."""
    return [row for row in tables[table].values() if row.get("round_id") == round_id]


def broken_links(events: Sequence[Row]) -> Iterator[str]:
    """Events whose number, entry or hash does not follow from what they say and the one before."""
    before, entered = FIRST, False
    for n, event in enumerate(events, start=1):
        said = {name: event.get(name) for name in HASHED}
        if event["n"] != n or event["prev"] != before:
            yield f"event {event['n']}: does not follow event {n - 1}"
        if event["entry"] is None:
            wanted = sha256(canonical({**said, "prev": event["prev"]}))
            if entered:
                yield f"event {event['n']}: has no entry, but an earlier one has"
        else:
            entered = True
            if "payload" in event and sha256(canonical(said)) != event["entry"]:
                yield f"event {event['n']}: its entry is not the hash of what it says"
            wanted = sha256(event["prev"] + event["entry"])
        if event["hash"] != wanted:
            yield f"event {event['n']}: its hash is not that of the chain"
        before = event["hash"]


def misplaced_generations(events: Sequence[Row]) -> Iterator[str]:
    """Generations that do not rise with the chain, or do not begin where it was.

    A number may be missing: another laptop began it.
    """
    hashes = {event["n"]: event["hash"] for event in events} | {0: FIRST}
    tables = replay(events, sys.maxsize)
    begun = sorted(tables["generations"].values(), key=lambda row: row["number"])
    reached = -1
    for row in begun:
        if row["last_n"] <= reached:
            yield f"generation {row['number']}: begins before the one below it"
        reached = row["last_n"]
        if hashes.get(row["last_n"]) != row["last_hash"]:
            yield f"generation {row['number']}: its last event {row['last_n']} is not on the chain"


def foreign_heads(events: Sequence[Row], heads: Sequence[str]) -> Iterator[str]:
    """Heads, from paper or a tablet, that do not lie on the chain; a hash may be cut short."""
    hashes = {event["n"]: event["hash"] for event in events}
    for head in heads:
        parts = head.split(".")
        n = int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else 0
        if len(parts) != 3 or len(parts[2]) < 8 or not hashes.get(n, "").startswith(parts[2]):
            yield f"head {head}: not on the chain"


def marks_outside(events: Sequence[Row]) -> Iterator[str]:
    """Marks made before a round was opened, or after it was closed and not reopened."""
    open_rounds: set[str] = set()
    for event in whole(events):
        if event["kind"] in ("round_opened", "round_reopened"):
            open_rounds.add(event["round_id"])
        elif event["kind"] == "round_closed":
            open_rounds.discard(event["round_id"])
        elif event["kind"] in MARKING and event["round_id"] not in open_rounds:
            yield f"event {event['n']}: {event['kind']} while its round was not open"


def backward_times(events: Sequence[Row]) -> Iterator[str]:
    """Events that say an earlier time than the one before."""
    for before, event in pairwise(whole(events)):
        if event["at"] < before["at"]:
            yield f"event {event['n']}: {event['at']} after {before['at']}"


# ---- one certificate


class Round:
    """A certificate beside the tables of the events it names; what it says is computed again.

    Of a public result there are no events: then ``tables`` is None, and the marks' ids and the
    rulings are those the file gives.
    """

    def __init__(
        self, snapshot: Row, events: Sequence[Row] | None, public: Row | None = None
    ) -> None:
        self.snapshot, self.events = snapshot, events
        self.content: Row = json.loads(snapshot["content"])
        self.id: str = self.content["round"]["id"]
        self.tables = None if events is None else replay(events, self.content["event"]["n"])
        self.rules: Row = self.content["rules"]["scoring"]
        self.rubric: list[Row] = self.content["rubric"]
        self.lines: dict[str, Row] = {row["entrant_id"]: row for row in self.content["entrants"]}
        self.scale = Fraction(str(self.rules["scale_max"]))
        if self.tables is None:
            self.counted: list[list[Any]] = self.content["marks"]
            self.costs = {e: Fraction(row["deduction"]) for e, row in self.lines.items()}
            self.orders: list[list[str]] = (public or {}).get("rulings", [])
        else:
            self.counted = counted_marks(self.tables, self.id)
            self.costs = deductions(self.tables, self.id)
            self.orders = ruled(self.tables, self.id)
        self.ids = self._ids(public)
        self.totals = self._totals(self.content["marks"])
        self.read_again = self._totals(self.content.get("readings", []))
        self._scores: dict[str, dict[str, Fraction | None]] = {}

    def _ids(self, public: Row | None) -> list[str]:
        """The id that the tablet gave to each counted mark."""
        if self.tables is None:
            return list((public or {})["ids"])
        given = {
            (row["sheet_id"], row["criterion_id"]): row["client_id"]
            for row in self.tables["marks"].values()
        }
        sheet_of = {
            (row["entrant_id"], row["person_id"]): row["id"]
            for row in rows_of(self.tables, "sheets", self.id)
        }
        return [given[sheet_of[entrant, judge], c] for entrant, judge, c, _ in self.counted]

    def _totals(self, given: Sequence[Sequence[Any]]) -> dict[str, dict[str, Fraction]]:
        """Entrant -> judge -> total of a complete sheet, rounded to the sheet's decimals."""
        sheets: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for entrant, judge, criterion, value in given:
            sheets[entrant, judge][criterion] = value
        totals: dict[str, dict[str, Fraction]] = {entrant: {} for entrant in sorted(self.lines)}
        for (entrant, judge), marks in sorted(sheets.items()):
            if len(marks) < len(self.rubric):
                continue
            total = sum(
                (
                    Fraction(row["weight"]) * self.scale * marks[row["id"]] / row["maximum"]
                    for row in self.rubric
                ),
                Fraction(0),
            )
            decimals = self.rules["sheet_decimals"]
            totals[entrant][judge] = Fraction(self.units(total, decimals), 10**decimals)
        return totals

    def units(self, value: Fraction, decimals: int) -> int:
        """A score as a whole number of its last decimal: half up, or half to even if declared."""
        if self.rules["rounding"] == "half_even":
            even: int = round(value * 10**decimals)
            return even
        return int((value * 10**decimals + Fraction(1, 2)).__floor__())

    def units_near(self, value: Fraction, decimals: int) -> int:
        """As `units`, of what is solved for: six more decimals first, so that a half is a half."""
        return self.units(
            Fraction(round(value * 10 ** (decimals + 6)), 10 ** (decimals + 6)), decimals
        )

    def units_by(self, method: str, value: Fraction, decimals: int) -> int:
        """A score by a method as a whole number of its last decimal."""
        return (self.units if method in PRINTED else self.units_near)(value, decimals)

    def figure(self, method: str, value: Fraction) -> str:
        """A score as it is printed."""
        decimals = self.rules["decimals"]
        return printed(self.units_by(method, value, decimals), decimals)

    def units_by_entrant(self) -> dict[str, int]:
        """The official figures in their last decimal, of those who have one."""
        return {e: to_units(row["official"]) for e, row in self.lines.items() if row["official"]}

    @cached_property
    def chosen(self) -> "Chosen":
        """The selection by the rules."""
        return Chosen(self)

    @property
    def is_drawn(self) -> bool:
        """Whether an entered order is a physical draw: lots come before a ruling in the keys."""
        kinds = [key for key in self.rules["keys"] if key in ("ruling", "lots")]
        return kinds[:1] == ["lots"]

    @property
    def quotas(self) -> bool:
        """Whether counties have caps or floors."""
        groups = self.rules["groups"] or {}
        return groups.get("caps") is not None or groups.get("floors") is not None

    def cap(self, county: str) -> int | None:
        """The most of a county among the selected; None for no limit."""
        return quota((self.rules["groups"] or {}).get("caps"), county)

    def floor(self, county: str) -> int:
        """The fewest of a county among the selected."""
        return quota((self.rules["groups"] or {}).get("floors"), county) or 0

    def net(self, scores: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
        """Scores less deductions, of the entrants that have one."""
        zero = Fraction(0)
        return {e: s - self.costs.get(e, zero) for e, s in scores.items() if s is not None}

    # -- methods

    def score(self, method: str) -> dict[str, Fraction | None]:
        """The gross scores by a method."""
        if method not in self._scores:
            self._scores[method] = self._score(method)
        return self._scores[method]

    def _score(self, method: str) -> dict[str, Fraction | None]:
        if method == "least_squares":
            return self.adjusted(self.fitted())
        if method in FITTED:
            scores = fitted_scores(method, self.fitted())
            return {entrant: scores.get(entrant) for entrant in self.totals}
        if method in BY_JUDGE:
            return self.by_judge(method)
        if method == "trimmed" and self.rules["trim_level"] == "criterion":
            return {e: self.trimmed_by_criterion(e, own) for e, own in self.totals.items()}
        return {e: self.average(method, list(own.values())) for e, own in self.totals.items()}

    def trimmed_by_criterion(self, entrant: str, own: dict[str, Fraction]) -> Fraction | None:
        """The trimmed mean of each criterion, weighed; the plain mean of too few sheets."""
        low, high = self.rules["trim_low"], self.rules["trim_high"]
        if len(own) < low + high + 3:
            return mean(list(own.values())) if own else None
        score = Fraction(0)
        for row in self.rubric:
            marks = sorted(
                value
                for e, judge, criterion, value in self.content["marks"]
                if e == entrant and judge in own and criterion == row["id"]
            )
            kept = marks[low : len(marks) - high]
            share = Fraction(sum(kept), len(kept) * row["maximum"])
            score += Fraction(row["weight"]) * self.scale * share
        return score

    def by_judge(self, method: str) -> dict[str, Fraction | None]:
        """The mean of totals made comparable judge by judge."""
        judges: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for entrant, own in self.totals.items():
            for judge, total in own.items():
                judges[judge][entrant] = total
        values: dict[str, list[Fraction]] = defaultdict(list)
        for judge in sorted(judges):
            own = judges[judge]
            for entrant, total in own.items():
                values[entrant].append(normal(method, total, list(own.values()), self.scale))
        return {e: mean(values[e]) if e in values else None for e in self.totals}

    def average(self, method: str, marks: list[Fraction]) -> Fraction | None:
        """The mean, trimmed mean, lower median or clipped mean of one entrant's totals."""
        if not marks:
            return None
        ordered = sorted(marks)
        if method == "median":
            return ordered[(len(ordered) - 1) // 2]
        low, high = self.rules["trim_low"], self.rules["trim_high"]
        if method == "trimmed" and len(ordered) >= low + high + 3:
            ordered = ordered[low : len(ordered) - high]
        if method == "clip":
            middle, away = mean(ordered), Fraction(str(self.rules["clip"]))
            decimals = self.rules["clip_decimals"]
            held = [min(max(mark, middle - away), middle + away) for mark in ordered]
            ordered = [Fraction(self.units(mark, decimals), 10**decimals) for mark in held]
        return mean(ordered)

    def fitted(self) -> dict[str, dict[str, Fraction]]:
        """The totals without the judges who have a single sheet."""
        return informative(self.totals)

    def adjusted(self, totals: dict[str, dict[str, Fraction]]) -> dict[str, Fraction | None]:
        """Two-way least squares, exactly: means of the totals less their judges' severities."""
        present = {entrant: own for entrant, own in totals.items() if own}
        if not present or not connected(present):
            return dict.fromkeys(totals)
        severity = severities(present)
        return {
            entrant: mean([own[j] - severity[j] for j in sorted(own)]) if own else None
            for entrant, own in totals.items()
        }

    def half_width(self) -> int:
        """H in units of the last printed decimal; 0 where the rules or the panel give none."""
        is_exact = self.rules["at_cut"] in ("exact", "extend")
        square = None if is_exact else self.square_of_a_difference()
        if square is None:
            return 0
        decimals = self.rules["decimals"]
        scaled = Fraction(str(self.rules["band"])) ** 2 * square * 100**decimals
        half = (isqrt((4 * scaled).__floor__()) + 1) // 2
        if self.rules["band_max"] is not None:
            half = min(half, self.units(Fraction(str(self.rules["band_max"])), decimals))
        return half

    def square_of_a_difference(self) -> Fraction | None:
        """SED^2; None without a connected panel, ten degrees of freedom, a method in points."""
        fitted = {entrant: own for entrant, own in self.fitted().items() if own}
        if self.rules["official"] in BY_JUDGE or not fitted:
            return None
        sheets = sum(map(len, fitted.values()))
        freedom = sheets - len(fitted) - len({j for own in fitted.values() for j in own}) + 1
        if not connected(fitted) or freedom < 10:
            return None
        return mean_square_of_a_difference(fitted, freedom)

    def keys(self) -> Mapping[str, "Key"]:
        """The tie-break keys by name."""
        return {name: partial(key, self) for name, key in KEYS.items()}

    def criterion_key(self, name: str) -> "Key":
        """The key of one criterion."""
        return partial(on_criterion, self, name)


class Composite(Round):
    """The certificate of a result made of rounds and of scores given outside any round.

    ``ballots`` is the list of an audience's ballots as the record has it; None where it has none.
    """

    def __init__(self, snapshot: Row, events: Sequence[Row], ballots: str | None = None) -> None:
        super().__init__(snapshot, events)
        self.ballots = ballots
        self.parts: list[Row] = self.content["parts"]
        known = {(row["round_id"], row["version"]): row for row in certificates(events)}
        self.rounds = {
            part["id"]: Round(known[part["round"], part["version"]], events)
            for part in self.parts
            if part["round"]
        }

    def _totals(self, given: Sequence[Sequence[Any]]) -> dict[str, dict[str, Fraction]]:
        """Entrant -> part -> its score."""
        parts = [] if given else self.content["parts"]
        return {
            entrant: {
                part["id"]: Fraction(part["scores"][entrant])
                for part in parts
                if entrant in part["scores"]
            }
            for entrant in sorted(self.lines)
        }

    def weighed_sums(self, scores: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
        """The weighted sum of an entrant's parts; none where one is missing."""
        return {
            entrant: sum(
                (Fraction(part["weight"]) * scores[part["id"]][entrant] for part in self.parts),
                Fraction(0),
            )
            for entrant in self.lines
            if all(entrant in scores[part["id"]] for part in self.parts)
        }

    def score(self, method: str) -> dict[str, Fraction | None]:
        """The weighted sum of the published scores; ``method`` names that of the rounds' own."""
        scores: dict[str, Mapping[str, Fraction]] = {}
        for part in self.parts:
            one = self.rounds.get(part["id"])
            if one is None or method == "official":
                scores[part["id"]] = {e: Fraction(s) for e, s in part["scores"].items()}
            else:
                scores[part["id"]] = one.net(one.score(method))
        return {**dict.fromkeys(self.lines), **self.weighed_sums(scores)}

    def square_of_a_difference(self) -> Fraction | None:
        """The rounds' squares by the squares of their weights; None where one round has none."""
        whole = Fraction(0)
        for part in self.parts:
            if part["id"] in self.rounds:
                square = self.rounds[part["id"]].square_of_a_difference()
                if square is None:
                    return None
                whole += Fraction(part["weight"]) ** 2 * square
        return whole

    def keys(self) -> Mapping[str, "Key"]:
        """Those that look at single judges are passed over."""
        decimals = self.rules["decimals"]
        nothing: Mapping[str, Key] = {name: lambda _: None for name in KEYS}
        return {
            **nothing,
            "more_decimals": partial(by_score, self, "official", 6),
            "precision": partial(by_score, self, "precision", decimals),
            "mean_all": partial(by_score, self, "mean", decimals),
            "ruling": partial(ruling, self),
            "lots": partial(lots, self),
        }

    def criterion_key(self, name: str) -> "Key":
        """The published score of one part."""
        return partial(on_part, self, name)


def informative(totals: Mapping[str, Mapping[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """Totals without the judges who have a single sheet."""
    sheets = Counter(judge for own in totals.values() for judge in own)
    return {
        entrant: {judge: total for judge, total in own.items() if sheets[judge] > 1}
        for entrant, own in totals.items()
    }


def normal(method: str, total: Fraction, totals: list[Fraction], scale: Fraction) -> Fraction:
    """A total among those of its judge: z-score, share of the range, or share of sheets beaten."""
    low, high = min(totals), max(totals)
    if method == "rank":
        if len(totals) < 2:
            return scale / 2
        below = sum(other < total for other in totals)
        upto = sum(other <= total for other in totals)
        return scale * (below + upto - 1) / 2 / (len(totals) - 1)
    if method == "minmax":
        return scale * (total - low) / (high - low) if high > low else scale / 2
    if high == low:
        return Fraction(0)
    middle = mean(totals)
    variance = sum(((other - middle) ** 2 for other in totals), Fraction(0)) / (len(totals) - 1)
    return signed_root((total - middle) ** 2 / variance, -1 if total < middle else 1)


def signed_root(square: Fraction, sign: int) -> Fraction:
    """A root to forty places: a rational root exactly, any other cut off."""
    over, under = isqrt(square.numerator), isqrt(square.denominator)
    if over * over == square.numerator and under * under == square.denominator:
        return Fraction(sign * over, under)
    return Fraction(sign * isqrt((square * DEEP * DEEP).__floor__()), DEEP)


def printed(units: int, decimals: int) -> str:
    """A whole number of last decimals as text: 9124 with two decimals is 91.24."""
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean of exact numbers."""
    return sum(values, Fraction(0)) / len(values)


def connected(totals: Mapping[str, Mapping[str, Fraction]]) -> bool:
    """Whether every entrant can be compared with every other through shared judges."""
    own = {entrant: set(judges) for entrant, judges in totals.items()}
    known, left = set(next(iter(own.values()))), list(own.values())
    while left:
        touched = [judges for judges in left if judges & known]
        if not touched:
            return False
        known = known.union(*touched)
        left = [judges for judges in left if not judges & known]
    return True


def laplacian(totals: Mapping[str, Mapping[str, Fraction]], judges: list[str]) -> list[list[Any]]:
    """L = D_J - M' D_I^-1 M, exactly."""
    place = {judge: at for at, judge in enumerate(judges)}
    matrix = [[Fraction(0)] * len(judges) for _ in judges]
    for own in totals.values():
        share, held = Fraction(1, len(own)), [place[judge] for judge in own]
        for a in held:
            matrix[a][a] += 1
            for b in held:
                matrix[a][b] -= share
    return matrix


def severities(totals: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Judges' severities that sum to zero."""
    judges = sorted({judge for own in totals.values() for judge in own})
    right = dict.fromkeys(judges, Fraction(0))
    for own in totals.values():
        middle = mean(list(own.values()))
        for judge, total in own.items():
            right[judge] += total - middle
    matrix = laplacian(totals, judges)
    for row in matrix:  # L + 11'/J has one solution, and it sums to zero
        row[:] = [value + Fraction(1, len(judges)) for value in row]
    solved = solve(matrix, [[right[judge]] for judge in judges])
    return {judge: row[0] for judge, row in zip(judges, solved, strict=True)}


def solve(matrix: list[list[Fraction]], right: list[list[Fraction]]) -> list[list[Fraction]]:
    """Solve a system by elimination; each row of ``right`` may have several columns."""
    size = len(matrix)
    rows = [[*left, *values] for left, values in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = next(at for at in range(column, size) if rows[at][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column] = [value / rows[column][column] for value in rows[column]]
        for at in range(size):
            factor = rows[at][column]
            if at != column and factor:
                rows[at] = [a - factor * b for a, b in zip(rows[at], head, strict=True)]
    return [row[size:] for row in rows]


def mean_square_of_a_difference(
    totals: Mapping[str, Mapping[str, Fraction]], freedom: int
) -> Fraction:
    """SED^2 = 2 (I tr C - 1'C1) / (I (I - 1)), exactly."""
    judges = sorted({judge for own in totals.values() for judge in own})
    severity, size, count = severities(totals), len(judges), len(totals)
    scores = {e: mean([own[j] - severity[j] for j in own]) for e, own in totals.items()}
    errors = [own[j] - scores[e] - severity[j] for e, own in totals.items() for j in own]
    noise = sum((error * error for error in errors), Fraction(0)) / freedom
    matrix = [[value + Fraction(1, size) for value in row] for row in laplacian(totals, judges)]
    unit = [[Fraction(int(a == b)) for b in range(size)] for a in range(size)]
    inverse = [[value - Fraction(1, size) for value in row] for row in solve(matrix, unit)]
    place = {judge: at for at, judge in enumerate(judges)}
    pairs = [[Fraction(0)] * size for _ in judges]  # P'P
    weight = [Fraction(0)] * size  # P'1
    for own in totals.values():
        held, share = [place[judge] for judge in own], Fraction(1, len(own))
        for a in held:
            weight[a] += share
            for b in held:
                pairs[a][b] += share * share
    every = [(a, b) for a in range(size) for b in range(size)]
    single = sum((Fraction(1, len(own)) for own in totals.values()), Fraction(0))
    trace = single + sum((inverse[a][b] * pairs[b][a] for a, b in every), Fraction(0))
    whole = single + sum((weight[a] * inverse[a][b] * weight[b] for a, b in every), Fraction(0))
    return 2 * noise * (count * trace - whole) / (count * (count - 1))


# ---- fits that are come near to step by step, in decimals of `DIGITS` digits

Column = list[Decimal]
Cells = list[dict[int, Decimal]]
"""An entrant's sheets a row: place of the judge -> a number."""
Panels = list[tuple[dict[int, Decimal], list[int]]]
"""Each judge's weight, and the rows of the entrants whose sheets have these weights."""
LEAST = Decimal("1e-12")
HUBER_STEPS, PRECISION_STEPS, LEAP = 200, 500, 8


def fitted_scores(method: str, totals: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Gross scores by one of `FITTED` over a connected panel; none where it falls apart."""
    present = {entrant: own for entrant, own in sorted(totals.items()) if own}
    if not present or not connected(present):
        return {}
    judges = sorted({judge for own in present.values() for judge in own})
    with localcontext() as context:
        context.prec = DIGITS
        place = {judge: at for at, judge in enumerate(judges)}
        cells: Cells = [
            {place[judge]: decimal(own[judge]) for judge in sorted(own)} for own in present.values()
        ]
        scores = (huber if method == "huber" else precision)(cells, len(judges))
        return {e: Fraction(s) for e, s in zip(present, scores, strict=True) if s is not None}


def decimal(value: Fraction) -> Decimal:
    """A fraction to the digits of the context."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def average(values: Sequence[Decimal]) -> Decimal:
    """The mean of decimals."""
    return sum(values, Decimal(0)) / len(values)


def deviation(values: Sequence[Decimal]) -> Decimal:
    """The standard deviation, divided by their number."""
    middle = average(values)
    return average([(value - middle) ** 2 for value in values]).sqrt()


def weighed(cells: Cells, panels: Panels, judges: int) -> tuple[Column, Column]:
    """Weighted two-way least squares: entrants' scores, and severities that sum to zero."""
    matrix = [[Decimal(0)] * judges for _ in range(judges)]
    right = [Decimal(0)] * judges
    for own, rows in panels:
        load = sum(own.values(), Decimal(0))
        for at in rows:
            middle = sum((own[j] * cells[at][j] for j in own), Decimal(0)) / load
            for j, heavy in own.items():
                right[j] += heavy * (cells[at][j] - middle)
        for a, heavy in own.items():
            matrix[a][a] += heavy * len(rows)
            share = heavy * len(rows) / load
            for b, other in own.items():
                matrix[a][b] -= share * other
    raised = sum((matrix[a][a] for a in range(judges)), Decimal(0)) / judges**2
    # one solution of the singular system; which one changes no score
    matrix = [[value + raised for value in row] for row in matrix]
    shift = solved(matrix, right)
    middle = average(shift)
    shift = [value - middle for value in shift]
    scores = [Decimal(0)] * len(cells)
    for own, rows in panels:
        load = sum(own.values(), Decimal(0))
        for at in rows:
            scores[at] = sum((own[j] * (cells[at][j] - shift[j]) for j in own), Decimal(0)) / load
    return scores, shift


def solved(matrix: list[Column], right: Column) -> Column:
    """Solve a symmetric positive system by elimination; both arguments are used up."""
    size = len(matrix)
    for k in range(size):
        for at in range(k + 1, size):
            factor = matrix[at][k] / matrix[k][k]
            for column in range(k + 1, size):
                matrix[at][column] -= factor * matrix[k][column]
            right[at] -= factor * right[k]
    for k in reversed(range(size)):
        known = sum((matrix[k][at] * right[at] for at in range(k + 1, size)), Decimal(0))
        right[k] = (right[k] - known) / matrix[k][k]
    return right


def panels_of(cells: Cells, weight: Column) -> Panels:
    """The entrants by the judges who marked them, where a judge has one weight for all."""
    rows: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(cells):
        rows[tuple(row)].append(at)
    return [({j: weight[j] for j in held}, members) for held, members in rows.items()]


def left_over(cells: Cells, scores: Column, shift: Column) -> Cells:
    """Residuals: totals less the entrant's score and the judge's severity."""
    return [
        {j: value - score - shift[j] for j, value in row.items()}
        for row, score in zip(cells, scores, strict=True)
    ]


def squares(cells: Cells) -> Decimal:
    """The sum of squares."""
    return sum((value * value for row in cells for value in row.values()), Decimal(0))


def plainly(cells: Cells, judges: int) -> tuple[Column, Column, Cells, bool]:
    """Least squares: scores, severities, residuals, and whether there are any of these."""
    scores, shift = weighed(cells, panels_of(cells, [Decimal(1)] * judges), judges)
    rest = left_over(cells, scores, shift)
    middle = average([value for row in cells for value in row.values()])
    around = squares([{j: value - middle for j, value in row.items()} for row in cells])
    return scores, shift, rest, squares(rest) > LEAST * max(around, LEAST)


def huber(cells: Cells, judges: int) -> Column:
    """Least squares with a sheet further off than 1.345 sigma weighed down, until scores stay."""
    scores, _, rest, is_off = plainly(cells, judges)
    for _ in range(HUBER_STEPS if is_off else 0):
        sizes = sorted(abs(value) for row in rest for value in row.values())
        sigma = Decimal("1.4826") * average([sizes[(len(sizes) - 1) // 2], sizes[len(sizes) // 2]])
        if sigma <= LEAST:
            break
        limit, before = Decimal("1.345") * sigma, scores
        panels: Panels = [
            ({j: limit / max(abs(value), limit) for j, value in row.items()}, [at])
            for at, row in enumerate(rest)
        ]
        scores, shift = weighed(cells, panels, judges)
        rest = left_over(cells, scores, shift)
        moved = max(abs(a - b) for a, b in zip(scores, before, strict=True))
        if moved < Decimal("1e-10") * max(deviation(scores), LEAST):
            break
    return scores


class Consistency:
    """The precision model, y = b + s theta + e: where its iteration stands."""

    def __init__(
        self, cells: Cells, judges: int, shift: Column, theta: Column, s2: Decimal
    ) -> None:
        self.cells, self.judges = cells, range(judges)
        self.n = [sum(j in row for row in cells) for j in self.judges]
        self.theta, self.theta_var = theta, [s2 / len(row) for row in cells]
        self.shift = shift
        self.scale, self.scale_var = [Decimal(1)] * judges, [Decimal(0)] * judges
        self.noise = [s2] * judges
        self.spread = max(average([value * value for value in theta]), LEAST)
        self.scale_spread = Decimal("0.05")

    def step(self) -> None:
        """One round of statistics' (a) shifts, (b) thetas, (c) scales, (d) variances."""
        weight = [1 / value for value in self.noise]
        moved: Cells = [
            {j: value - (self.scale[j] - 1) * theta for j, value in row.items()}
            for row, theta in zip(self.cells, self.theta, strict=True)
        ]
        free, shift = weighed(moved, panels_of(self.cells, weight), len(self.n))
        middle = average(free)
        self.shift = [value + middle for value in shift]
        self._thetas(weight)
        if self.scale_spread:
            self._scales()
        self._variances()

    def _thetas(self, weight: Column) -> None:
        load = [w * s for w, s in zip(weight, self.scale, strict=True)]
        heavy = [
            w * (s * s + v) for w, s, v in zip(weight, self.scale, self.scale_var, strict=True)
        ]
        theta = []
        for at, row in enumerate(self.cells):
            top = sum((load[j] * (row[j] - self.shift[j]) for j in row), Decimal(0))
            self.theta_var[at] = 1 / (sum((heavy[j] for j in row), Decimal(0)) + 1 / self.spread)
            theta.append(top * self.theta_var[at])
        middle = average(theta)
        self.theta = [value - middle for value in theta]
        self.shift = [b + s * middle for b, s in zip(self.shift, self.scale, strict=True)]

    def _scales(self) -> None:
        scale, variance = [], []
        for j in self.judges:
            own = [at for at, row in enumerate(self.cells) if j in row]
            sum_theta = sum((self.theta[at] for at in own), Decimal(0))
            sum_total = sum((self.cells[at][j] for at in own), Decimal(0))
            square = sum((self.theta[at] ** 2 + self.theta_var[at] for at in own), Decimal(0))
            cross = sum((self.theta[at] * self.cells[at][j] for at in own), Decimal(0))
            square -= sum_theta**2 / self.n[j]
            cross -= sum_theta * sum_total / self.n[j]
            bottom = square / self.noise[j] + 1 / self.scale_spread
            top = cross / self.noise[j] + 1 / self.scale_spread
            scale.append(max(top / bottom, Decimal(0)))
            variance.append(1 / bottom)
        size = average(scale) or Decimal(1)
        self.scale = [value / size for value in scale]
        self.scale_var = [value / size**2 for value in variance]
        self.theta = [value * size for value in self.theta]
        self.theta_var = [value * size**2 for value in self.theta_var]

    def _variances(self) -> None:
        """Each judge's noise shrunk to the common one; the spread of entrants and of scales."""
        sums = [Decimal(0)] * len(self.n)
        for row, theta, var in zip(self.cells, self.theta, self.theta_var, strict=True):
            for j, value in row.items():
                error = value - self.shift[j] - self.scale[j] * theta
                sums[j] += error * error + self.scale[j] ** 2 * var
                sums[j] += self.scale_var[j] * (theta * theta + var)
        common = max(sum(sums, Decimal(0)) / sum(self.n), LEAST)
        self.noise = [(s + 6 * common) / (n + 6) for s, n in zip(sums, self.n, strict=True)]
        pairs = zip(self.theta, self.theta_var, strict=True)
        self.spread = average([theta * theta + var for theta, var in pairs])
        if self.spread < common * len(self.cells) / sum(self.n) / 1000:
            self.spread = LEAST * common
        both = zip(self.scale, self.scale_var, strict=True)
        self.scale_spread = average([(scale - 1) ** 2 + var for scale, var in both])
        if self.scale_spread < Decimal("0.001"):
            self.scale_spread = Decimal(0)
            self.scale = [Decimal(1)] * len(self.n)
            self.scale_var = [Decimal(0)] * len(self.n)

    def unshrunk(self) -> list[Decimal | None]:
        """Each entrant's score from its sheets alone; None where no judge tells anything."""
        load = [s / v for s, v in zip(self.scale, self.noise, strict=True)]
        means: list[Decimal | None] = []
        for row in self.cells:
            bottom = sum((load[j] * self.scale[j] for j in row), Decimal(0))
            top = sum((load[j] * (row[j] - self.shift[j]) for j in row), Decimal(0))
            means.append(top / bottom if bottom else None)
        return means


def leap(first: Decimal, second: Decimal, third: Decimal) -> Decimal:
    """Where three slow steps of a variance are heading, at most four times as far."""
    if min(first, second, third) <= 0 or first == second:
        return third
    step, last = (second / first).ln(), (third / second).ln()
    rate = last / step
    if not Decimal("0.5") < rate < 1:
        return third
    far = Decimal(4).ln()
    return third * min(max(last * rate / (1 - rate), -far), far).exp()


def precision(cells: Cells, judges: int) -> Sequence[Decimal | None]:
    """Unshrunk scores of the precision model, on the least-squares scores' mean and scale."""
    adjusted, shift, rest, is_off = plainly(cells, judges)
    sheets = sum(map(len, cells))
    freedom = sheets - len(cells) - judges + 1
    if not is_off or freedom <= 0:
        return adjusted
    middle = average([value for row in cells for value in row.values()])
    centred = [{j: value - middle for j, value in row.items()} for row in cells]
    level = average(adjusted)
    theta = [score - level for score in adjusted]
    state = Consistency(centred, judges, shift, theta, squares(rest) / freedom)
    past: list[tuple[Decimal, Decimal]] = []
    for steps in range(1, PRECISION_STEPS + 1):
        before = state.theta
        state.step()
        past = [*past[-2:], (state.scale_spread, state.spread)]
        if steps % LEAP == 0:
            state.scale_spread, state.spread = (leap(*three) for three in zip(*past, strict=True))
        size = max(deviation(before), average(state.noise).sqrt() / 1000)
        moved = max(abs(a - b) for a, b in zip(state.theta, before, strict=True))
        if moved < Decimal("1e-9") * size:
            break
    raw = state.unshrunk()
    known = [at for at, value in enumerate(raw) if value is not None]
    if not known:
        return raw
    values = [value for value in raw if value is not None]
    wanted = [adjusted[at] for at in known]
    spread, centre, level = deviation(values), average(values), average(wanted)
    stretch = deviation(wanted) / spread if spread > 0 else Decimal(1)
    return [None if value is None else (value - centre) * stretch + level for value in raw]


# ---- what the events say


def counted_marks(tables: Tables, round_id: str) -> list[list[Any]]:
    """Marks of submitted sheets of expected pairs: entrant, judge, criterion, value; sorted."""
    seats = {row["person_id"]: row for row in rows_of(tables, "seats", round_id)}
    stages = {row["entrant_id"]: row for row in rows_of(tables, "round_entrants", round_id)}
    pairs = {
        (row["entrant_id"], row["person_id"]): row
        for row in rows_of(tables, "assignments", round_id)
    }
    sheets: dict[str, tuple[str, str]] = {}
    for row in rows_of(tables, "sheets", round_id):
        entrant, judge = row["entrant_id"], row["person_id"]
        pair, seat, stage = pairs.get((entrant, judge)), seats.get(judge), stages.get(entrant)
        if pair is None or seat is None or stage is None or row["state"] != "submitted":
            continue
        holds = not seat["reserve"] or pair.get("stands_for") is not None
        if pair["state"] == "expected" and holds and stage["stage"] != "withdrawn":
            sheets[row["id"]] = (entrant, judge)
    return sorted(
        [*sheets[row["sheet_id"]], row["criterion_id"], row["value"]]
        for row in tables["marks"].values()
        if row["sheet_id"] in sheets and row["value"] is not None
    )


def counted_readings(tables: Tables, round_id: str) -> list[list[Any]]:
    """Marks of second readings: of entrants whom every reader read, each reading confirmed."""
    sheets = {row["id"]: row for row in rows_of(tables, "sheets", round_id)}
    before = {
        (sheets[row["sheet_id"]]["entrant_id"], sheets[row["sheet_id"]]["person_id"])
        for row in tables["marks"].values()
        if row["sheet_id"] in sheets and row["value"] is not None
    }
    standing = [row for row in rows_of(tables, "readings", round_id) if not row["withdrawn_by"]]
    read: dict[str, set[str]] = defaultdict(set)
    for row in standing:
        if row["confirmed_by"] and (row["entrant_id"], row["person_id"]) not in before:
            read[row["entrant_id"]].add(row["person_id"])
    readers = {row["person_id"] for row in standing}
    by_id = {
        row["id"]: row
        for row in standing
        if row["confirmed_by"] and read[row["entrant_id"]] == readers
    }
    return sorted(
        [
            by_id[row["reading_id"]]["entrant_id"],
            by_id[row["reading_id"]]["person_id"],
            row["criterion_id"],
            row["value"],
        ]
        for row in tables["reading_marks"].values()
        if row["reading_id"] in by_id
    )


def deductions(tables: Tables, round_id: str) -> dict[str, Fraction]:
    """Entrant -> points of the deductions confirmed by a second person and not withdrawn."""
    costs: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows_of(tables, "deductions", round_id):
        if row["confirmed_by"] and not row["withdrawn_reason"]:
            costs[row["entrant_id"]] += Fraction(row["amount"], 1000)
    return costs


# ---- what is compared, one function a check


def altered_text(one: Round) -> Iterator[str]:
    """The certificate's text against its hash, and the event it stands on."""
    if sha256(one.snapshot["content"]) != one.snapshot["sha256"]:
        yield "the certificate's text is not what was hashed"
    if canonical(one.content) != one.snapshot["content"]:
        yield "the certificate's text is not in its one spelling"


def other_rules(one: Round) -> Iterator[str]:
    """Rules, rubric and prizes of the certificate against those in force, and their hash."""
    whole: Row = {"rules": one.content["rules"], "rubric": one.rubric}
    if isinstance(one, Composite):
        whole["parts"] = declared_parts(one)
    hashed = sha256(canonical(whole))
    if hashed != one.content["rules_hash"]:
        yield "the hash of the rules is another one"
    if one.tables is None:
        return
    row = next(row for row in one.tables["rounds"].values() if row["id"] == one.id)
    names = ("id", "position", "name", "points", "maximum", "step", "weight", "phase", "anchors")
    stored = sorted(rows_of(one.tables, "criteria", one.id), key=lambda c: int(c["position"]))
    rubric = [{name: criterion[name] for name in names} for criterion in stored]
    if json.loads(row["rules"]) != one.content["rules"] or rubric != one.rubric:
        yield "rules or rubric are not those in force"
    if row["rules_hash"] != hashed:
        yield "the rules in force have another hash"
    plans = [json.loads(plan["content"]) for plan in rows_of(one.tables, "prize_plans", one.id)]
    if plans != ([one.content["prizes"]] if "prizes" in one.content else []):
        yield "the prizes are not those declared"


def other_marks(one: Round) -> Iterator[str]:
    """The certificate's marks against the last valid event of each."""
    said = {tuple(mark[:3]): mark[3] for mark in one.content["marks"]}
    stored = {tuple(mark[:3]): mark[3] for mark in one.counted}
    for key in sorted({*said, *stored}):
        if said.get(key) != stored.get(key):
            entrant, judge, criterion = key
            yield (
                f"entrant {entrant}, judge {judge}, criterion {criterion}: "
                f"certificate {said.get(key)}, events {stored.get(key)}"
            )
    if one.tables is not None:
        read = counted_readings(one.tables, one.id)
        if one.content.get("readings", []) != read:
            yield "the second readings are not those of the events"


def declared_parts(one: Composite) -> list[Row]:
    """The parts of a composite as they are hashed with its rules."""
    names = ("id", "position", "title", "weight", "source_id", "maximum", "step")
    stored = sorted(
        rows_of(one.tables or {}, "parts", one.id), key=lambda row: int(row["position"])
    )
    return [
        {name: row[name] for name in names}
        | ({"vote": row["vote"]} if row.get("vote") is not None else {})
        for row in stored
    ]


def other_parts(one: Composite) -> Iterator[str]:
    """The parts as declared, each with the scores of its certificate or of its confirmed lists."""
    declared = declared_parts(one)
    if [row["id"] for row in declared] != [part["id"] for part in one.parts]:
        yield "the parts are not those declared"
        return
    listing = [row["source_id"] for row in declared if row["source_id"]][-1:]
    places = {
        row["entrant_id"]
        for source in listing
        for row in rows_of(one.tables or {}, "round_entrants", source)
    }
    if places != set(one.lines):
        yield "the entrants are not those of the round that lists them"
    for row, part in zip(declared, one.parts, strict=True):
        said = {entrant: Fraction(score) for entrant, score in part["scores"].items()}
        source = one.rounds.get(part["id"])
        stated = (row["title"], row["weight"], row["source_id"] or "")
        if stated != (part["title"], part["weight"], part["round"]):
            yield f"part {part['title']}: not as it was declared"
        if source is None:
            scores = outside_scores(one, part["id"])
        else:
            scores = {e: Fraction(s["official"]) for e, s in source.lines.items() if s["official"]}
            if source.snapshot["sha256"] != part["sha256"] or not is_newest(one, source):
                yield f"part {part['title']}: another certificate"
        for entrant in sorted({*said, *scores}):
            if said.get(entrant) != scores.get(entrant):
                yield f"part {part['title']}: entrant {entrant} has another score"


def is_newest(one: Composite, source: Round) -> bool:
    """Whether a round's certificate was its newest where the composite stands."""
    stored = rows_of(one.tables or {}, "snapshots", source.id)
    newest = max(row["version"] for row in stored if row["kind"] == "certify")
    return bool(newest == source.snapshot["version"])


def outside_scores(one: Composite, part: str) -> dict[str, Fraction]:
    """Entrant -> the outside score confirmed last."""
    tables = one.tables or {}
    confirmed = [
        event["subject"]
        for event in whole(one.events or ())
        if event["kind"] == "outside_confirmed" and event["n"] <= one.content["event"]["n"]
    ]
    of_part = {
        row["id"]
        for row in rows_of(tables, "outside_lists", one.id)
        if row["part_id"] == part and row["state"] == "confirmed"
    }
    scores: dict[str, Fraction | None] = {}
    for list_id in confirmed:
        for row in tables["outside_scores"].values():
            if row["list_id"] == list_id and list_id in of_part:
                value = row["value"]
                scores[row["entrant_id"]] = None if value is None else Fraction(value, 1000)
    return {entrant: score for entrant, score in scores.items() if score is not None}


def other_votes(one: Composite) -> Iterator[str]:
    """An audience's ballots against the closing: the list, each entrant's votes, its score."""
    closed = [row for row in rows_of(one.tables or {}, "votes", one.id) if row["sha256"]]
    if one.ballots is None or not closed:
        yield "the list of ballots is missing" if closed else "ballots of a vote never closed"
        return
    row, listed = closed[0], one.ballots.split("\n")
    steps = [
        event["kind"]
        for event in whole(one.events or ())
        if event["round_id"] == one.id and event["kind"] in ("vote_opened", "vote_closed")
    ]
    if steps != ["vote_opened", "vote_closed"]:
        yield "the vote was not opened once and then closed once"
    stated = {"count": row["ballots"], "sha256": row["sha256"]}
    for part in one.parts:
        if part.get("ballots", stated) != stated or ("ballots" in part) > (
            part["id"] == row["part_id"]
        ):
            yield f"part {part['title']}: ballots other than those of the closing"
    if sha256(one.ballots) != row["sha256"]:
        yield "the list of ballots is not the one that was counted"
    if listed[0] != BALLOTS or listed[-1] != "":
        yield "the list of ballots is not in its one spelling"
    ballots = [tuple(line.split(",")) for line in listed[1:-1]]
    if len(ballots) != row["ballots"]:
        yield f"{row['ballots']} ballots counted, {len(ballots)} in the list"
    yield from other_totals(one, row, ballots)


def other_totals(one: Composite, vote: Row, ballots: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The ballots by themselves, the votes that they give, and the scores that follow."""
    part = next(row for row in declared_parts(one) if row["id"] == vote["part_id"])
    rules = json.loads(part["vote"])
    for (before, *_), (code, *_) in pairwise(ballots):
        if code <= before:
            yield f"ballot {code[:12]}: there twice, or not in its order"
    given: Counter[str] = Counter()
    for code, chosen in ballots:
        named = chosen.split(" ")
        given.update(named)
        if not 1 <= len(named) <= rules["most"] or named != sorted({*named}) or "" in named:
            yield f"ballot {code[:12]}: not from one to {rules['most']} entrants, each once"
    tables = one.tables or {}
    totals = {row["entrant_id"]: row["votes"] for row in rows_of(tables, "vote_totals", one.id)}
    for entrant, counted in sorted(totals.items()):
        if given[entrant] != counted:
            yield f"entrant {entrant}: {counted} votes counted, {given[entrant]} on the ballots"
    scores = vote_scores(totals, len(ballots), rules["scale"], part)
    kept = {
        row["entrant_id"]: row["value"]
        for row in tables["outside_scores"].values()
        if row["list_id"] == vote["list_id"]
    }
    for entrant in sorted({*scores, *kept}):
        if scores.get(entrant) != kept.get(entrant):
            yield f"entrant {entrant}: the ballots give {scores.get(entrant)} thousandths"


def vote_scores(totals: Mapping[str, int], ballots: int, scale: str, part: Row) -> dict[str, int]:
    """Entrant -> its score in thousandths by the declared scale; none where no vote was cast."""
    whole = max(totals.values(), default=0) if scale == "top" else ballots
    if not whole:
        return {}
    maximum, step = part["maximum"], part["step"]
    return {
        entrant: int((Fraction(votes * maximum, whole * step) + Fraction(1, 2)).__floor__()) * step
        for entrant, votes in totals.items()
    }


def other_sums(one: Composite) -> Iterator[str]:
    """The weighted sums, rounded once, and the number of parts of each."""
    sums, decimals = one.score("official"), one.rules["decimals"]
    for entrant, line in one.lines.items():
        exact = sums[entrant]
        figure = None if exact is None else printed(one.units(exact, decimals), decimals)
        if line["counted"] != len(one.totals[entrant]):
            yield f"entrant {entrant}: {len(one.totals[entrant])} parts, not {line['counted']}"
        for name, wanted in (("official", figure), ("announced", figure), ("adjusted", None)):
            if line[name] != wanted:
                yield f"entrant {entrant}: {name} {wanted}, not {line[name]}"
        if Fraction(line["deduction"]) != 0:
            yield f"entrant {entrant}: a deduction of a composite"


def other_root(one: Round) -> Iterator[str]:
    """The Merkle root over the counted sheets."""
    wanted = one.content.get("sheets_root")
    sheets: dict[tuple[str, str], list[list[Any]]] = {}
    for (entrant, judge, criterion, value), given in zip(one.counted, one.ids, strict=True):
        sheets.setdefault((entrant, judge), []).append([criterion, value, given])
    leaves = [
        hashlib.sha256(
            b"\0" + canonical({"entrant": e, "judge": j, "marks": marks}).encode()
        ).digest()
        for (e, j), marks in sheets.items()
    ]
    if wanted is not None and merkle(leaves).hex() != wanted:
        yield "the root over the sheets is another one"


def merkle(leaves: Sequence[bytes]) -> bytes:
    """The root of RFC 6962; that of no leaf is the hash of nothing."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + merkle(leaves[:half]) + merkle(leaves[half:])).digest()


def shown_scores(one: Round) -> dict[str, str]:
    """Score -> its method."""
    official = one.rules["official"]
    announced = official if official in PRINTED else "trimmed"
    return {"official": official, "announced": announced, "adjusted": "least_squares"}


def other_scores(one: Round) -> Iterator[str]:
    """Announced, adjusted and official figures, deductions and the number of sheets."""
    for entrant, line in one.lines.items():
        if line["counted"] != len(one.totals[entrant]):
            yield f"entrant {entrant}: {len(one.totals[entrant])} sheets, not {line['counted']}"
        if Fraction(line["deduction"]) != one.costs.get(entrant, Fraction(0)):
            yield f"entrant {entrant}: another deduction"
    ranked = {entrant for entrant, line in one.lines.items() if line["official"] is not None}
    for name, method in shown_scores(one).items():
        scores = one.net(one.score(method))
        for entrant in sorted(ranked):
            figure = one.figure(method, scores[entrant]) if entrant in scores else None
            if figure != one.lines[entrant][name]:
                yield f"entrant {entrant}: {name} {figure}, not {one.lines[entrant][name]}"


def other_ranks(one: Round) -> Iterator[str]:
    """Ranks and ties from the printed figures: 1, 2, 2, 4."""
    for name, rank, tie in (
        ("official", "rank", "tied"),
        ("announced", "announced_rank", ""),
        ("adjusted", "adjusted_rank", ""),
    ):
        figures = {e: Fraction(row[name]) for e, row in one.lines.items() if row[name] is not None}
        held = Counter(figures.values())
        descending = sorted(held, reverse=True)
        above = accumulate((held[figure] for figure in descending), initial=1)
        places = dict(zip(descending, above, strict=False))
        for entrant, figure in figures.items():
            line, place = one.lines[entrant], places[figure]
            if line[rank] != place or (tie and line[tie] != (held[figure] > 1)):
                yield f"entrant {entrant}: {name} rank {place}, not {line[rank]}"


def quota(rule: Any, group: str) -> int | None:
    """A cap or floor of a county: one number for all, or by name with ``*`` for the rest."""
    if isinstance(rule, dict):
        value = rule.get(group, rule.get("*"))
        return None if value is None else int(value)
    return None if rule is None else int(rule)


def other_line(one: Round) -> Iterator[str]:
    """Who is clearly in, open and out at the lines, and how many are selected."""
    units, chosen = one.units_by_entrant(), one.chosen
    selected = {entrant for entrant, row in one.lines.items() if row["selected"]}
    if not selected <= set(units):
        yield "an entrant without a score is selected"
    if not one.quotas:
        wanted, extends = min(one.rules["top"], len(units)), one.rules["at_cut"] == "extend"
        if len(selected) != wanted and not (extends and len(selected) > wanted):
            yield f"{len(selected)} are selected, not {wanted}"
    for entrant in units:
        row, is_in = one.lines[entrant], entrant in chosen.inside
        state = "open" if entrant in chosen.open else "in" if is_in else "out"
        if row["label"] != state or (state != "open" and row["selected"] != is_in):
            yield f"entrant {entrant}: {state} by H = {chosen.half}, not {row['label']}"


class Chosen:
    """The selection by the rules: caps of counties, then their floors, then the other seats."""

    def __init__(self, one: Round) -> None:
        self.one, self.units = one, one.units_by_entrant()
        self.half = one.half_width()
        self.open: set[str] = set()
        self.by: dict[str, str] = {}
        self.waiting: set[str] = set()
        self.inside = self._all()

    def _all(self) -> set[str]:
        one, ranked = self.one, set(self.units)
        counties: dict[str, list[str]] = defaultdict(list)
        for entrant in sorted(ranked):
            counties[one.lines[entrant]["county"]].append(entrant)
        held = sorted(counties) if one.quotas else []
        for county in held:
            cap = one.cap(county)
            if cap is not None and cap < len(counties[county]):
                ranked -= set(counties[county]) - self._cut(counties[county], cap)
        inside: set[str] = set()
        for county in held:
            own = [entrant for entrant in counties[county] if entrant in ranked]
            floor = min(one.floor(county), len(own))
            if floor:
                inside |= self._cut(own, floor)
        rest = sorted(ranked - inside)
        return inside | self._cut(rest, one.rules["top"] - len(inside))

    def _cut(self, members: Sequence[str], seats: int) -> set[str]:
        """Those of the members who get a seat at one line."""
        order = sorted(members, key=lambda entrant: -self.units[entrant])
        if len(order) <= seats:
            return set(order)
        if seats <= 0:
            return set()
        line = self.units[order[seats - 1]] + self.units[order[seats]]
        gaps = {entrant: 2 * self.units[entrant] - line for entrant in order}
        inside = {entrant for entrant in order if gaps[entrant] > 2 * self.half}
        near = [entrant for entrant in order if abs(gaps[entrant]) <= 2 * self.half]
        self.open |= set(near)
        if self.one.rules["at_cut"] == "extend":
            self.by |= dict.fromkeys(near, "extend")
            return inside | set(near)
        return inside | self._settle(near, seats - len(inside))

    def _settle(self, zone: list[str], seats: int) -> set[str]:
        """Give the seats of an open zone by the keys in turn, always among those still tied."""
        admitted: set[str] = set()
        left = zone
        for name, key in declared_keys(self.one):
            if not left:
                break
            values = key(left)
            if values is None and name in WAITING:
                break
            if values is None:
                continue
            order = sorted(left, key=lambda entrant: values[entrant], reverse=True)
            line = values[order[seats - 1]]
            above = [entrant for entrant in left if values[entrant] > line]
            below = [entrant for entrant in left if values[entrant] < line]
            equal = [entrant for entrant in left if values[entrant] == line]
            if len(above) + len(equal) == seats:
                above, equal = [*above, *equal], []
            self.by |= dict.fromkeys((*above, *below), name)
            admitted |= set(above)
            seats, left = seats - len(above), equal
        self.waiting |= set(left)
        return admitted


def other_places(one: Round) -> Iterator[str]:
    """Places: the selected first, higher figures first, equals by all keys; and what decided."""
    levels: dict[tuple[bool, int], list[str]] = defaultdict(list)
    for entrant, unit in sorted(one.units_by_entrant().items()):
        levels[bool(one.lines[entrant]["selected"]), unit].append(entrant)
    place = 1
    for level in sorted(levels, reverse=True):
        tied = levels[level]
        classes = arranged(tied, list(declared_keys(one, is_cut=False)))
        for members, key in classes:
            for entrant in members:
                row, by = one.lines[entrant], one.chosen.by.get(entrant, key)
                if row["place"] != place:
                    yield f"entrant {entrant}: place {place}, not {row['place']}"
                elif entrant not in one.chosen.open and row["decided_by"] != by:
                    yield f"entrant {entrant}: {by} decides, not {row['decided_by']}"
            place += len(members)


def arranged(tied: list[str], keys: list[tuple[str, "Key"]]) -> list[tuple[list[str], str]]:
    """Equals in order, by classes, each with its key."""
    if len(tied) == 1:
        return [(tied, "official")]
    for at, (name, key) in enumerate(keys):
        values = key(tied)
        if values is None and name in WAITING:
            break
        if values is None or len(set(values.values())) == 1:
            continue
        classes: list[tuple[list[str], str]] = []
        for level in sorted(set(values.values()), reverse=True):
            members = [entrant for entrant in tied if values[entrant] == level]
            is_one = len(members) == 1
            classes += [(members, name)] if is_one else arranged(members, keys[at + 1 :])
        return classes
    return [(tied, "official")]


def to_units(figure: str) -> int:
    """A printed figure as a whole number of its last decimal."""
    return int(figure.replace(".", ""))


def other_order(one: Round) -> Iterator[str]:
    """The seats of the open zones by the keys in the declared order."""
    chosen = one.chosen
    for entrant in sorted(chosen.open):
        row = one.lines[entrant]
        if entrant in chosen.waiting:
            continue
        is_in = entrant in chosen.inside
        if row["selected"] != is_in or row["decided_by"] != chosen.by.get(entrant, "official"):
            yield f"entrant {entrant}: {chosen.by.get(entrant)} decides otherwise"
    seats = {entrant for entrant in chosen.waiting if one.lines[entrant]["selected"]}
    if seats:
        yield "no declared key decides, yet a seat is given"


Key = Callable[[list[str]], dict[str, tuple[Any, ...]] | None]


WAITING = ("reading", "ruling", "lots")
"""Keys that people answer: without their answer the chain ends there."""


def declared_keys(one: Round, *, is_cut: bool = True) -> Iterator[tuple[str, Key]]:
    """The round's keys in order."""
    keys = one.keys()
    if is_cut and one.rules["at_cut"] == "jury" and not isinstance(one, Composite):
        yield "reading", partial(reading, one)
    if one.rules["official"] == "median" and "majority_judgment" not in one.rules["keys"]:
        yield "majority_judgment", keys["majority_judgment"]
    for name in one.rules["keys"]:
        if name == "first_criteria":
            for criterion in one.rules["first_criteria"]:
                yield f"{name}:{criterion}", one.criterion_key(criterion)
        else:
            yield name, keys[name]


def reading(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """The precision score once the second readings of the tied have joined the sheets; net."""
    readers = {frozenset(one.read_again.get(entrant, ())) for entrant in tied}
    every = next(iter(readers))
    if len(readers) > 1 or not every or any(every & one.totals[e].keys() for e in tied):
        return None
    joined = {
        entrant: {**own, **(one.read_again[entrant] if entrant in tied else {})}
        for entrant, own in one.totals.items()
    }
    return published(one, fitted_scores("precision", informative(joined)), tied)


def by_precision(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """The unshrunk precision score, net; no key where it is official."""
    if one.rules["official"] == "precision":
        return None
    return by_score(one, "precision", one.rules["decimals"], tied)


def by_score(
    one: Round, method: str, decimals: int, tied: list[str]
) -> dict[str, tuple[Any, ...]] | None:
    """A net score at some decimals; no key where one of the tied has none."""
    scores = one.net(one.score(method))
    if any(entrant not in scores for entrant in tied):
        return None
    return {entrant: (one.units_by(method, scores[entrant], decimals),) for entrant in tied}


def published(
    one: Round, scores: Mapping[str, Fraction | None], tied: list[str]
) -> dict[str, tuple[Any, ...]] | None:
    """Solved scores, net, at the published decimals; no key where one of the tied has none."""
    net, decimals = one.net(scores), one.rules["decimals"]
    if any(entrant not in net for entrant in tied):
        return None
    return {entrant: (one.units_near(net[entrant], decimals),) for entrant in tied}


def on_criterion(one: Round, criterion: str, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """The adjusted score on one criterion, on the printed scale, without deductions."""
    row = next((row for row in one.rubric if criterion in (row["id"], row["name"])), None)
    if row is None:
        return None
    marks = {(e, j): value for e, j, c, value in one.content["marks"] if c == row["id"]}
    scores = one.adjusted(
        {
            entrant: {
                judge: one.scale * marks[entrant, judge] / row["maximum"] for judge in sorted(own)
            }
            for entrant, own in one.fitted().items()
        }
    )
    values = {entrant: scores[entrant] for entrant in tied}
    if any(value is None for value in values.values()):
        return None
    decimals = one.rules["decimals"]
    return {
        e: (one.units_near(value, decimals),) for e, value in values.items() if value is not None
    }


def on_part(one: Composite, part: str, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """The published score of a part of a composite."""
    if any(part not in one.totals[entrant] for entrant in tied):
        return None
    decimals = one.rules["decimals"]
    return {entrant: (one.units(one.totals[entrant][part], decimals),) for entrant in tied}


def among_the_tied(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """Least squares of the tied and the judges who marked two of them, net of deductions."""
    fitted = one.fitted()
    shared = Counter(judge for entrant in tied for judge in fitted[entrant])
    own = {e: {j: t for j, t in fitted[e].items() if shared[j] > 1} for e in tied}
    sheets, judges = sum(map(len, own.values())), sum(count > 1 for count in shared.values())
    if not all(own.values()) or not connected(own) or sheets - len(own) - judges + 1 <= 0:
        return None
    return published(one, one.adjusted(own), tied)


def countback(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """How many judges placed an entrant among the first N, then N halved; complete panels only."""
    judged = [own for own in one.totals.values() if own]
    judges = {judge for own in judged for judge in own}
    if any(set(own) != judges for own in judged):
        return None
    by_judge = {judge: [own[judge] for own in judged] for judge in judges}
    tops, top = [], one.rules["top"]
    while top >= 1:
        tops.append(max(1, top))
        top //= 2
    return {
        entrant: tuple(
            sum(
                1 + sum(other > total for other in by_judge[judge]) <= limit
                for judge, total in one.totals[entrant].items()
            )
            for limit in tops
        )
        for entrant in tied
    }


def majority_judgment(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """Lower medians taken away one by one, each panel repeated to the same size; net."""
    longest = lcm(*(len(one.totals[entrant]) for entrant in tied))
    if not 0 < longest <= 10_000:
        return None
    values = {}
    for entrant in tied:
        own = list(one.totals[entrant].values())
        left, grades = sorted(own * (longest // len(own))), []
        while left:
            grades.append(left.pop((len(left) - 1) // 2) - one.costs.get(entrant, Fraction(0)))
        values[entrant] = tuple(grades)
    return values


def ruled(tables: Tables, round_id: str) -> list[list[str]]:
    """The orders that rulings of the panel give, confirmed and not withdrawn."""
    return [
        json.loads(row["entrants"])
        for row in rows_of(tables, "rulings", round_id)
        if row["kind"] == "order" and row["confirmed_by"] and not row["withdrawn_reason"]
    ]


def ruling(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """The order that a confirmed ruling of the panel gives."""
    return None if one.is_drawn else ordered(one, tied)


def ordered(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """The places in the orders that were confirmed; a later one replaces an earlier."""
    places: dict[str, int] = {}
    for order in one.orders:
        places |= {entrant: place for place, entrant in enumerate(order, start=1)}
    if any(entrant not in places for entrant in tied):
        return None
    return {entrant: (-places[entrant],) for entrant in tied}


def lots(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """Ascending SHA-256 of [competition, round, seed, entrant]; a physical draw as a ruling."""
    drawn = ordered(one, tied) if one.is_drawn else None
    if one.rules["seed"] is None or drawn is not None:
        return drawn
    competition = one.content["competition"]["id"]
    digests = {
        e: int(sha256(canonical([competition, one.id, one.rules["seed"], e])), 16) for e in tied
    }
    return {entrant: (-digest,) for entrant, digest in digests.items()}


KEYS: dict[str, Callable[[Round, list[str]], dict[str, tuple[Any, ...]] | None]] = {
    "precision": by_precision,
    "least_squares_tied": among_the_tied,
    "countback": countback,
    "more_decimals": lambda one, tied: by_score(one, one.rules["official"], 6, tied),
    "mean_all": lambda one, tied: by_score(one, "mean", one.rules["decimals"], tied),
    "majority_judgment": majority_judgment,
    "ruling": ruling,
    "lots": lots,
}
"""The keys but those of a criterion, by name."""


def stepped(one: Round) -> list[str]:
    """What of a certificate is computed here by steps, in long decimals and not in fractions."""
    parts = []
    if one.rules["official"] in FITTED:
        parts.append(f"official figures by {one.rules['official']}")
    decided = Counter(row["decided_by"] for row in one.lines.values())
    for key in STEPPED:
        if decided[key]:
            parts.append(f"the order of {decided[key]} entrants by {key}")
    return parts


def unchecked(one: Round) -> list[str]:
    """What of a certificate is not computed here, for the reader."""
    if one.tables is None:
        return ["whether the marks are those of the events: a public result has none"]
    return unvoted(one) if isinstance(one, Composite) else []


def unvoted(one: Composite) -> list[str]:
    """What of an audience's part does not follow from ballots."""
    tables = one.tables or {}
    faults = []
    for vote in rows_of(tables, "votes", one.id):
        if vote["sha256"] and one.ballots is None:
            faults.append("the audience's votes: the record is older and has no ballots")
        scores = one.content["parts"]
        given = next(part["scores"] for part in scores if part["id"] == vote["part_id"])
        voted = {
            row["entrant_id"]: Fraction(row["value"], 1000)
            for row in tables["outside_scores"].values()
            if row["list_id"] == vote["list_id"]
        }
        others = sum(voted.get(entrant) != Fraction(score) for entrant, score in given.items())
        if others:
            faults.append(f"{others} scores of the audience's part: entered beside the vote")
    return faults


EVENT_CHECKS: dict[str, Callable[[Sequence[Row]], Iterator[str]]] = {
    "chain of events": broken_links,
    "times never go back": backward_times,
    "generations": misplaced_generations,
    "marks only while a round is open": marks_outside,
}


ROUND_CHECKS: dict[str, Callable[[Round], Iterator[str]]] = {
    "text and hash": altered_text,
    "rules and rubric": other_rules,
    "marks": other_marks,
    "root over the sheets": other_root,
    "scores": other_scores,
    "ranks": other_ranks,
    "line and zone": other_line,
    "order in the zone": other_order,
    "places": other_places,
}


COMPOSITE_CHECKS: dict[str, Callable[[Any], Iterator[str]]] = {
    "text and hash": altered_text,
    "rules and rubric": other_rules,
    "parts": other_parts,
    "scores": other_sums,
    **{name: ROUND_CHECKS[name] for name in ("ranks", "line and zone", "order in the zone")},
    "places": other_places,
}


VOTE_CHECKS: dict[str, Callable[[Any], Iterator[str]]] = {"audience vote": other_votes}
"""Besides those of a composite, where its certificate or its record has ballots."""


def certificates(events: Sequence[Row], *, of_composites: bool = False) -> list[Row]:
    """Every certificate's row, of rounds or of composites, by round and version."""
    stored = replay(events, sys.maxsize)["snapshots"].values()
    rows = [
        row
        for row in stored
        if row["kind"] == "certify"
        and '"marks"' in row["content"]
        and ("parts" in json.loads(row["content"])) == of_composites
    ]
    return sorted(rows, key=lambda row: (str(row["round_id"]), int(row["version"])))


def check_certificate(
    snapshot: Row, events: Sequence[Row], ballots: str | None = None
) -> Iterator[tuple[str, list[str]]]:
    """The checks of one certificate, and of the chain it stands on."""
    content = json.loads(snapshot["content"])
    stands_on = content["event"]
    hashes = {event["n"]: event["hash"] for event in events}
    on_chain = hashes.get(stands_on["n"]) == stands_on["hash"]
    broken = [] if on_chain else [f"event {stands_on['n']} is another"]
    yield "on the chain", [*broken, *broken_links(events)]
    if "parts" in content:
        is_voted = ballots is not None or any("ballots" in part for part in content["parts"])
        checks = {**COMPOSITE_CHECKS, **(VOTE_CHECKS if is_voted else {})}
        yield from check_round(lambda: Composite(snapshot, events, ballots), checks)
    else:
        yield from check_round(lambda: Round(snapshot, events), ROUND_CHECKS)


def check_round(
    read: Callable[[], Round], checks: Mapping[str, Callable[[Any], Iterator[str]]]
) -> Iterator[tuple[str, list[str]]]:
    """The checks of one certificate beside its events, or alone where it is public."""
    one: list[Round] = []

    def asked(of_round: Callable[[Any], Iterator[str]]) -> Iterator[str]:
        if not one:
            one.append(read())
        yield from of_round(one[0])

    for name, of_round in checks.items():
        yield name, found(partial(asked, of_round))


def found(ask: Callable[[], Iterator[str]]) -> list[str]:
    """What a check finds; what cannot even be read is a fault, too."""
    try:
        return list(ask())
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return [f"cannot be read: {type(error).__name__} {error}"]


def check(record: Row, heads: Sequence[str] = ()) -> Iterator[tuple[str, list[str]]]:
    """Every check in turn: its name, and what it found wrong."""
    if record["format"] not in (RECORD, COMPOSITE):
        yield from check_public(record, heads)
        return
    events: list[Row] = record["events"]
    for name, of_events in EVENT_CHECKS.items():
        yield name, found(partial(of_events, events))
    yield f"heads from paper and tablets ({len(heads)})", list(foreign_heads(events, heads))
    for snapshot in (*certificates(events), *certificates(events, of_composites=True)):
        content = json.loads(snapshot["content"])
        title = f"{content['round']['title']}, version {content['version']}"
        ballots = record.get("ballots") if content["round"]["id"] == record["round"] else None
        for name, faults in check_certificate(snapshot, events, ballots):
            yield f"{title}: {name}", faults


def check_public(record: Row, heads: Sequence[str] = ()) -> Iterator[tuple[str, list[str]]]:
    """The checks of a public result: the chain by its entries alone, and what the rules publish."""
    links = [{"n": n, "hash": link} for n, link in enumerate(linked(record["entries"]), start=1)]
    is_whole = record["format"] == RESULT
    content = json.loads(record["content"]) if is_whole else record["certificate"]
    stands_on = content["event"]
    ends = links[-1]["hash"] if links else FIRST
    faults = [] if record["head"].rpartition(".")[2] == ends else ["the chain ends at another head"]
    on_chain = {one["n"]: one["hash"] for one in links}.get(stands_on["n"]) == stands_on["hash"]
    yield (
        "chain of events",
        [*faults, *([] if on_chain else [f"event {stands_on['n']} is another"])],
    )
    yield f"heads from paper and tablets ({len(heads)})", list(foreign_heads(links, heads))
    if is_whole:
        snapshot = {"content": record["content"], "sha256": record["sha256"]}
        yield from check_round(lambda: Round(snapshot, None, record), ROUND_CHECKS)


def linked(entries: Sequence[str]) -> Iterator[str]:
    """The hash of each event from the entries; one behind a = is an older event's own hash."""
    before = FIRST
    for entry in entries:
        before = entry[1:] if entry.startswith("=") else sha256(before + entry)
        yield before


def left_out(record: Row) -> list[str]:
    """What is not computed here, with the title of its round."""
    if record["format"] == WINNERS:
        return ["scores and ranks: the rules do not publish what they are computed from"]
    made = [
        Composite(row, record["events"], record.get("ballots"))
        for row in certificates(record.get("events", []), of_composites=True)
        if row["round_id"] == record["round"]
    ]
    return [part for one in (*rounds_of(record), *made) for part in titled(one, unchecked)]


def by_steps(record: Row) -> list[str]:
    """What is computed here by steps and not in fractions, with the title of its round."""
    return [part for one in rounds_of(record) for part in titled(one, stepped)]


def titled(one: Round, ask: Callable[[Round], list[str]]) -> list[str]:
    """What is said of a round, behind its title."""
    return [f"{one.content['round']['title']}: {part}" for part in ask(one)]


def rounds_of(record: Row) -> list[Round]:
    """The certificates of a record or a public result."""
    if record["format"] == WINNERS:
        return []
    if record["format"] == RESULT:
        snapshot = {"content": record["content"], "sha256": record["sha256"]}
        return [Round(snapshot, None, record)]
    return [Round(row, record["events"]) for row in certificates(record["events"])]


# ---- the files


class NoRecord(Exception):
    """A file that cannot be read as a record; ``reason`` is one of `REASONS`."""

    def __init__(self, reason: str, subject: str = "") -> None:
        super().__init__(f"{REASONS[reason]} {subject}".strip())
        self.reason, self.subject = reason, subject


REASONS = {
    "unreadable": "not a record, a bundle or a page of it",
    "name": "a name in it leads elsewhere:",
    "twice": "two files in it have one name:",
    "large": "unpacked it would be too large:",
    "no_manifest": "it has no manifest.json",
}


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of an archive, by name; one that could harm its reader is refused whole.

    Nothing is written to the disk.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            names: set[str] = set()
            for info in infos:
                require_plain(info, names)
            total = sum(info.file_size for info in infos)
            if len(infos) > MOST_FILES or total > MOST_BYTES:
                raise NoRecord("large", f"{len(infos)} files, {total} bytes")
            return {info.filename: whole_of(archive, info) for info in infos}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise NoRecord("unreadable", str(path)) from error
    except zlib.error as error:
        raise NoRecord("unreadable", str(path)) from error


def require_plain(info: zipfile.ZipInfo, names: set[str]) -> None:
    """Refuse a name that leads out of its folder, is a link, or is there twice."""
    name = info.orig_filename
    parts = name.split("/")
    is_link = info.external_attr >> 28 == 0o12
    if (
        is_link
        or name != info.filename
        or any(part in ("", ".", "..") for part in parts)
        or any(sign in name for sign in "\\:\0")
    ):
        raise NoRecord("name", repr(name))
    key = unicodedata.normalize("NFKC", name).casefold()
    if key in names:
        raise NoRecord("twice", repr(name))
    names.add(key)


def whole_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One file; an archive that lies about a size is refused before the memory is full."""
    with archive.open(info) as packed:
        data = packed.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise NoRecord("large", repr(info.filename))
    return data


def folder_files(folder: Path) -> dict[str, bytes]:
    """The files of an unpacked bundle: those that its manifest lists, and those beside them."""
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
        if len(files) > MOST_FILES:
            raise NoRecord("large", str(folder))
    return files


def data_of(page: bytes) -> Row:
    """The record that a page holds, of its data element; nothing of the page is run."""
    begin, end = b'<script type="application/json" id="data">', b"</script>"
    at = page.find(begin)
    if at < 0:
        raise NoRecord("unreadable")
    inside = page[at + len(begin) :]
    return proof(inside[: inside.index(end)])


def proof(text: bytes) -> Row:
    """A record or public result; anything else is refused."""
    try:
        read = json.loads(text)
        if "format" not in read and "entries" in read:  # a page made before there were bundles
            content = json.loads(read["content"])
            read |= {"format": RESULT, "round": content["round"]["id"], "rulings": []}
        held = {RECORD: "events", COMPOSITE: "events", RESULT: "content", WINNERS: "certificate"}[
            read["format"]
        ]
        read[held]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoRecord("unreadable") from error
    record: Row = read
    return record


def check_files(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """The checks of a bundle besides its record: the manifest, and that the page shows the same."""
    try:
        manifest = json.loads(files[MANIFEST])
        listed = {row["path"]: row["sha256"] for row in manifest["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise NoRecord("no_manifest") from error
    yield f"files of the manifest ({len(listed)})", list(other_files(listed, files))
    held = proof_of(files)
    if held is not None:
        yield "manifest names this record", found(lambda: other_manifest(manifest, held))
        yield "the page holds this record", found(lambda: other_page(files, held))


def other_files(listed: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[str]:
    """Files that are altered, missing, or not of the bundle."""
    for path in sorted({*listed, *files} - {MANIFEST}):
        if path not in files:
            yield f"{path}: is missing"
        elif path not in listed:
            yield f"{path}: is not in the manifest"
        elif hashlib.sha256(files[path]).hexdigest() != listed[path]:
            yield f"{path}: is not the file that was packed"


def proof_of(files: Mapping[str, bytes]) -> Row | None:
    """The record or public result of a bundle; None of papers before certifying."""
    names = [name for name in PROOFS if name in files]
    return proof(files[names[0]]) if names else None


def other_manifest(manifest: Row, held: Row) -> Iterator[str]:
    """The round and the certificate that the manifest names, against the record's newest."""
    if manifest["round_id"] != held["round"]:
        yield "it names another round"
    newest = held.get("sha256")
    if held["format"] in (RECORD, COMPOSITE):
        is_made = held["format"] == COMPOSITE
        rows = certificates(held["events"], of_composites=is_made)
        own = [row for row in rows if row["round_id"] == held["round"]]
        newest = own[-1]["sha256"] if own else ""
    if manifest["certificate"] != newest:
        yield "it names another certificate"


def other_page(files: Mapping[str, bytes], held: Row) -> Iterator[str]:
    """The page's own data against the record and the files beside it."""
    for name in sorted(files):
        if name.endswith(".html") and "/" not in name:
            shown = data_of(files[name])
            if any(shown.get(key) != value for key, value in held.items()):
                yield f"{name}: shows another record"
            listed = {row["path"]: row["sha256"] for row in shown.get("files", [])}
            for fault in other_files(
                listed, {path: files[path] for path in listed if path in files}
            ):
                yield f"{name} lists {fault}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the checks; see the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=Path(__file__).parent)
    parser.add_argument("--head", action="append", default=[], metavar="G.N.HASH")
    given = parser.parse_args(arguments)
    try:
        files, record = opened(given.file)
        checks = list(all_checks(files, record, given.head))
    except NoRecord as error:
        sys.stderr.write(f"{given.file}: {error}\n")
        return 2
    for number, (name, faults) in enumerate(checks, start=1):
        sys.stdout.write(f"{number}/{len(checks)} {'FAILS' if faults else 'ok   '} {name}\n")
        for fault in faults[:20]:
            sys.stdout.write(f"      {fault}\n")
    for said, ask in (("by steps", by_steps), ("not computed here", left_out)):
        for part in found(lambda ask=ask: iter(ask(record) if record is not None else ())):  # type: ignore[misc]
            sys.stdout.write(f"{said}: {part}\n")
    if files is not None:
        code = hashlib.sha256(files[MANIFEST]).hexdigest()
        sys.stdout.write(f"SHA-256 of the manifest, to compare with the one written down: {code}\n")
    return 1 if any(faults for _, faults in checks) else 0


def all_checks(
    files: Mapping[str, bytes] | None, record: Row | None, heads: Sequence[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """The checks of a bundle and of its record; `NoRecord` where its events cannot be read."""
    if files is not None:
        yield from check_files(files)
    if record is not None:
        try:
            yield from check(record, heads)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise NoRecord("unreadable", f"({type(error).__name__} {error})") from error


def opened(path: Path) -> tuple[dict[str, bytes] | None, Row | None]:
    """The files of a bundle and its record; of a single file the record alone."""
    try:
        if path.is_dir():
            files = folder_files(path)
        elif zipfile.is_zipfile(path):
            files = unpacked(path)
        else:
            text = path.read_bytes()
            return None, data_of(text) if text.lstrip()[:1] == b"<" else proof(text)
    except OSError as error:
        raise NoRecord("unreadable", str(path)) from error
    if MANIFEST in files:
        return files, proof_of(files)
    if PROOFS[0] in files:  # handed out before there were bundles
        return None, proof(files[PROOFS[0]])
    raise NoRecord("no_manifest")


if __name__ == "__main__":
    raise SystemExit(main())
