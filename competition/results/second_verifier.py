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
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
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
EXACT = (*PRINTED, *BY_JUDGE, "least_squares")
"""Methods of which every figure is computed here."""
INEXACT_KEYS = ("reading", "precision")
"""Keys that are not computed here: both take an iterated fit."""
RECORD, RESULT, WINNERS = "arena-record-1", "arena-result-1", "arena-winners-1"
BUNDLE, MANIFEST = "arena-bundle-1", "manifest.json"
PROOFS = ("record.json", "result.json")
MOST_FILES, MOST_BYTES = 5000, 300_000_000
DEEP = 10**40
"""Roots are taken to forty places."""


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
        self.snapshot = snapshot
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
        self.totals = self._totals()

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

    def _totals(self) -> dict[str, dict[str, Fraction]]:
        """Entrant -> judge -> total of a complete sheet, rounded to the sheet's decimals."""
        sheets: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for entrant, judge, criterion, value in self.content["marks"]:
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

    def figure(self, value: Fraction) -> str:
        """A score as it is printed."""
        return printed(self.units(value, self.rules["decimals"]), self.rules["decimals"])

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
        """The gross scores by one of `EXACT`."""
        if method == "least_squares":
            return self.adjusted(self.fitted())
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
        sheets = Counter(judge for own in self.totals.values() for judge in own)
        return {
            entrant: {judge: total for judge, total in own.items() if sheets[judge] > 1}
            for entrant, own in self.totals.items()
        }

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

    def half_width(self) -> tuple[int, str]:
        """H in units of the last printed decimal, and why it is zero by rule."""
        fitted = {entrant: own for entrant, own in self.fitted().items() if own}
        if self.rules["at_cut"] in ("exact", "extend"):
            return 0, "exact"
        if self.rules["official"] in BY_JUDGE or not fitted:
            return 0, "not in points"
        sheets = sum(map(len, fitted.values()))
        freedom = sheets - len(fitted) - len({j for own in fitted.values() for j in own}) + 1
        if not connected(fitted) or freedom < 10:
            return 0, "few degrees of freedom"
        square = mean_square_of_a_difference(fitted, freedom)
        decimals = self.rules["decimals"]
        scaled = Fraction(str(self.rules["band"])) ** 2 * square * 100**decimals
        half = (isqrt((4 * scaled).__floor__()) + 1) // 2
        if self.rules["band_max"] is not None:
            half = min(half, self.units(Fraction(str(self.rules["band_max"])), decimals))
        return half, ""


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
    hashed = sha256(canonical({"rules": one.content["rules"], "rubric": one.rubric}))
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


def shown_scores(one: Round) -> dict[str, tuple[str, str, str]]:
    """Score -> method, name of its rank, name of its tie; only those computed here."""
    official = one.rules["official"]
    announced = official if official in PRINTED else "trimmed"
    return {
        name: (method, rank, tie)
        for name, method, rank, tie in (
            ("official", official, "rank", "tied"),
            ("announced", announced, "announced_rank", ""),
            ("adjusted", "least_squares", "adjusted_rank", ""),
        )
        if method in EXACT
    }


def other_scores(one: Round) -> Iterator[str]:
    """Announced, adjusted and official figures, deductions and the number of sheets."""
    for entrant, line in one.lines.items():
        if line["counted"] != len(one.totals[entrant]):
            yield f"entrant {entrant}: {len(one.totals[entrant])} sheets, not {line['counted']}"
        if Fraction(line["deduction"]) != one.costs.get(entrant, Fraction(0)):
            yield f"entrant {entrant}: another deduction"
    ranked = {entrant for entrant, line in one.lines.items() if line["official"] is not None}
    for name, (method, _, _) in shown_scores(one).items():
        scores = one.net(one.score(method))
        for entrant in sorted(ranked):
            figure = one.figure(scores[entrant]) if entrant in scores else None
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
        for entrant, figure in figures.items():
            line = one.lines[entrant]
            place = 1 + sum(count for other, count in held.items() if other > figure)
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
    if one.quotas and not chosen.is_known:
        yield from other_quotas(one, units, selected)
        return
    if not one.quotas:
        wanted, extends = min(one.rules["top"], len(units)), one.rules["at_cut"] == "extend"
        if len(selected) != wanted and not (extends and len(selected) > wanted):
            yield f"{len(selected)} are selected, not {wanted}"
    for entrant in units:
        row, is_in = one.lines[entrant], entrant in chosen.inside
        state = "open" if entrant in chosen.open else "in" if is_in else "out"
        if row["label"] != state or (state != "open" and row["selected"] != is_in):
            yield f"entrant {entrant}: {state} by H = {chosen.half}, not {row['label']}"


def other_quotas(one: Round, units: dict[str, int], selected: set[str]) -> Iterator[str]:
    """With caps and floors: the number selected, each county's share, and no seat out of turn."""
    by_county: dict[str, list[str]] = defaultdict(list)
    for entrant in units:
        by_county[one.lines[entrant]["county"]].append(entrant)
    if len(selected) > one.rules["top"]:
        yield f"{len(selected)} are selected, more than {one.rules['top']}"
    for county, members in sorted(by_county.items()):
        inside = [entrant for entrant in members if entrant in selected]
        cap, floor = one.cap(county), one.floor(county)
        if cap is not None and len(inside) > cap:
            yield f"{county}: {len(inside)} are selected, at most {cap}"
        if len(inside) < min(floor, len(members)):
            yield f"{county}: {len(inside)} are selected, at least {floor}"
        outside = [units[entrant] for entrant in members if entrant not in selected]
        if inside and outside:
            lowest = min(units[entrant] for entrant in inside)
            if max(outside) - lowest > 2 * one.chosen.half:
                yield f"{county}: a seat goes to one more than 2H below another of the county"


class Chosen:
    """The selection by the rules: caps of counties, then their floors, then the other seats.

    ``is_known`` is False where a key that is not computed here decides: then ``open`` still holds
    of the round's line, and ``inside`` of those clearly above it.
    """

    def __init__(self, one: Round) -> None:
        self.one, self.units = one, one.units_by_entrant()
        self.half, _ = one.half_width()
        self.open: set[str] = set()
        self.by: dict[str, str] = {}
        self.waiting: set[str] = set()
        self.is_known = True
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
            if key is None:
                self.is_known = False
                return admitted
            values = key(left)
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
        if classes is None:  # a key that is not computed here orders them
            if any(one.lines[e]["place"] not in range(place, place + len(tied)) for e in tied):
                yield f"places {place} to {place + len(tied) - 1} are not those of {tied}"
            place += len(tied)
            continue
        for members, key in classes:
            for entrant in members:
                row, by = one.lines[entrant], one.chosen.by.get(entrant, key)
                if row["place"] != place:
                    yield f"entrant {entrant}: place {place}, not {row['place']}"
                elif entrant not in one.chosen.open and row["decided_by"] != by:
                    yield f"entrant {entrant}: {by} decides, not {row['decided_by']}"
            place += len(members)


def arranged(
    tied: list[str], keys: list[tuple[str, "Key | None"]]
) -> list[tuple[list[str], str]] | None:
    """Equals in order, by classes, each with its key; None where a key is not computed here."""
    if len(tied) == 1:
        return [(tied, "official")]
    for at, (name, key) in enumerate(keys):
        if key is None:
            return None
        values = key(tied)
        if values is None and name in ("ruling", "lots"):
            break  # it waits
        if values is None or len(set(values.values())) == 1:
            continue
        classes: list[tuple[list[str], str]] = []
        for level in sorted(set(values.values()), reverse=True):
            members = [entrant for entrant in tied if values[entrant] == level]
            more = [(members, name)] if len(members) == 1 else arranged(members, keys[at + 1 :])
            if more is None:
                return None
            classes += more
        return classes
    return [(tied, "official")]


def to_units(figure: str) -> int:
    """A printed figure as a whole number of its last decimal."""
    return int(figure.replace(".", ""))


def other_order(one: Round) -> Iterator[str]:
    """The seats of the open zones by the keys that are computed here, in the declared order."""
    chosen = one.chosen
    if not chosen.is_known:
        return  # a key that is not computed here decides; `unchecked` names it
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


def declared_keys(one: Round, *, is_cut: bool = True) -> Iterator[tuple[str, Key | None]]:
    """The round's keys in order, with `None` for one that is not computed here."""
    if is_cut and one.rules["at_cut"] == "jury":
        yield "reading", None
    if one.rules["official"] == "median" and "majority_judgment" not in one.rules["keys"]:
        yield "majority_judgment", partial(majority_judgment, one)
    for name in one.rules["keys"]:
        if name == "first_criteria":
            for criterion in one.rules["first_criteria"]:
                yield f"{name}:{criterion}", partial(on_criterion, one, criterion)
        elif name == "least_squares_tied":
            yield name, partial(among_the_tied, one)
        elif name == "more_decimals" and one.rules["official"] in EXACT:
            yield name, partial(by_score, one, one.rules["official"], 6)
        elif name == "mean_all":
            yield name, partial(by_score, one, "mean", one.rules["decimals"])
        elif name == "countback":
            yield name, partial(countback, one)
        elif name == "majority_judgment":
            yield name, partial(majority_judgment, one)
        elif name == "ruling":
            yield name, partial(ruling, one)
        elif name == "lots":
            yield name, partial(lots, one)
        else:
            yield name, None


def by_score(
    one: Round, method: str, decimals: int, tied: list[str]
) -> dict[str, tuple[Any, ...]] | None:
    """A net score at some decimals; no key where one of the tied has none."""
    scores = one.net(one.score(method))
    if any(entrant not in scores for entrant in tied):
        return None
    return {entrant: (one.units(scores[entrant], decimals),) for entrant in tied}


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
    return {e: (one.units(value, decimals),) for e, value in values.items() if value is not None}


def among_the_tied(one: Round, tied: list[str]) -> dict[str, tuple[Any, ...]] | None:
    """Least squares of the tied and the judges who marked two of them, net of deductions."""
    fitted = one.fitted()
    shared = Counter(judge for entrant in tied for judge in fitted[entrant])
    own = {e: {j: t for j, t in fitted[e].items() if shared[j] > 1} for e in tied}
    sheets, judges = sum(map(len, own.values())), sum(count > 1 for count in shared.values())
    if not all(own.values()) or not connected(own) or sheets - len(own) - judges + 1 <= 0:
        return None
    scores = one.net(one.adjusted(own))
    return {entrant: (one.units(scores[entrant], one.rules["decimals"]),) for entrant in tied}


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


def unchecked(one: Round) -> list[str]:
    """What of a certificate is not computed here, for the reader."""
    parts = []
    if one.rules["official"] not in EXACT:
        parts.append(f"official figures by {one.rules['official']}")
    decided = Counter(row["decided_by"] for row in one.lines.values() if row["label"] == "open")
    for key, count in sorted(decided.items()):
        if key in INEXACT_KEYS:
            parts.append(f"the order of {count} entrants in the open zone by {key}")
    if one.quotas and not one.chosen.is_known:
        parts.append("the zones of the counties' own lines")
    if one.tables is None:
        parts.append("whether the marks are those of the events: a public result has none")
    return parts


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


def certificates(events: Sequence[Row]) -> list[Row]:
    """Every certificate's row, of rounds, by round and version."""
    stored = replay(events, sys.maxsize)["snapshots"].values()
    rounds = [row for row in stored if row["kind"] == "certify" and '"marks"' in row["content"]]
    return sorted(rounds, key=lambda row: (str(row["round_id"]), int(row["version"])))


def check_certificate(snapshot: Row, events: Sequence[Row]) -> Iterator[tuple[str, list[str]]]:
    """The checks of one certificate, and of the chain it stands on."""
    stands_on = json.loads(snapshot["content"])["event"]
    hashes = {event["n"]: event["hash"] for event in events}
    on_chain = hashes.get(stands_on["n"]) == stands_on["hash"]
    broken = [] if on_chain else [f"event {stands_on['n']} is another"]
    yield "on the chain", [*broken, *broken_links(events)]
    yield from check_round(lambda: Round(snapshot, events))


def check_round(read: Callable[[], Round]) -> Iterator[tuple[str, list[str]]]:
    """The checks of one certificate beside its events, or alone where it is public."""
    one: list[Round] = []

    def asked(of_round: Callable[[Round], Iterator[str]]) -> Iterator[str]:
        if not one:
            one.append(read())
        yield from of_round(one[0])

    for name, of_round in ROUND_CHECKS.items():
        yield name, found(partial(asked, of_round))


def found(ask: Callable[[], Iterator[str]]) -> list[str]:
    """What a check finds; what cannot even be read is a fault, too."""
    try:
        return list(ask())
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return [f"cannot be read: {type(error).__name__} {error}"]


def check(record: Row, heads: Sequence[str] = ()) -> Iterator[tuple[str, list[str]]]:
    """Every check in turn: its name, and what it found wrong."""
    if record["format"] != RECORD:
        yield from check_public(record, heads)
        return
    events: list[Row] = record["events"]
    for name, of_events in EVENT_CHECKS.items():
        yield name, found(partial(of_events, events))
    yield f"heads from paper and tablets ({len(heads)})", list(foreign_heads(events, heads))
    for snapshot in certificates(events):
        content = json.loads(snapshot["content"])
        title = f"{content['round']['title']}, version {content['version']}"
        for name, faults in check_certificate(snapshot, events):
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
        yield from check_round(lambda: Round(snapshot, None, record))


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
    if record["format"] == RESULT:
        snapshot = {"content": record["content"], "sha256": record["sha256"]}
        rounds = [Round(snapshot, None, record)]
    else:
        rounds = [Round(row, record["events"]) for row in certificates(record["events"])]
    return [f"{one.content['round']['title']}: {part}" for one in rounds for part in unchecked(one)]


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
        held = {RECORD: "events", RESULT: "content", WINNERS: "certificate"}[read["format"]]
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
    if held["format"] == RECORD:
        own = [row for row in certificates(held["events"]) if row["round_id"] == held["round"]]
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
    for part in found(lambda: iter(left_out(record) if record is not None else ())):
        sys.stdout.write(f"not computed here: {part}\n")
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
