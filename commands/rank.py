"""``arena.py rank``: standings from a table of scores, for people or as JSON."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

from commands import language
from commands.columns import align
from commands.score_files import Reader
from scoring import (
    Caution,
    Headline,
    Rules,
    ScoringError,
    Standings,
    compute_standings,
    decision_sentences,
    headlines,
)
from words import LANGS, t

TEXTS = ("seed", "competition_id", "round_id", "official", "at_cut", "rounding", "trim_level")
LISTS = ("keys", "first_criteria")
FIGURE = re.compile(r'"\\u0002([-+.0-9]*)\\u0003"')
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def word(key: str) -> str:
    """A word of this command's help, in the terminal's language."""
    return t(f"rank.{key}", language())


@click.command(help=word("help"))
@click.argument("scores", type=FILE)
@click.option("--rubric", type=FILE, help=word("option_rubric"))
@click.option("--entrants", type=FILE, help=word("option_entrants"))
@click.option("--assignments", type=FILE, help=word("option_assignments"))
@click.option("--rulings", type=FILE, help=word("option_rulings"))
@click.option("--method", help=word("option_method"))
@click.option("--top", help=word("option_top"))
@click.option("--at-cut", help=word("option_at_cut"))
@click.option("--band", help=word("option_band"))
@click.option("--set", "settings", multiple=True, help=word("option_set"))
@click.option("--json", "as_json", is_flag=True, help=word("option_json"))
@click.option("--lang", type=click.Choice(LANGS), default=LANGS[0], help=word("option_lang"))
def command(
    scores: Path,
    rubric: Path | None,
    entrants: Path | None,
    assignments: Path | None,
    rulings: Path | None,
    method: str | None,
    top: str | None,
    at_cut: str | None,
    band: str | None,
    settings: tuple[str, ...],
    as_json: bool,
    lang: str,
) -> None:
    """Read the tables, compute, print."""
    named = {"official": method, "top": top, "at_cut": at_cut, "band": band}
    reader = Reader(lang)
    tables = {
        name: reader.read(path, name)
        for name, path in (
            ("entrants", entrants),
            ("assignments", assignments),
            ("rulings", rulings),
            ("rubric", rubric),
        )
        if path is not None
    }
    marks = reader.read(scores, "scores")
    try:
        rules = read_rules(settings, {k: v for k, v in named.items() if v is not None}, lang)
        standings = compute_standings(marks, rules=rules, **tables)
    except ScoringError as error:
        raise click.ClickException(t(f"error.{error.code}", lang, **error.values)) from None
    if as_json:
        click.echo(as_one_object(standings, reader.fixes))
    else:
        click.echo("\n".join(as_lines(standings, reader.fixes, lang)))


def read_rules(settings: tuple[str, ...], named: dict[str, str], lang: str) -> Rules:
    """Rules from NAME=VALUE texts and named options; named options take precedence."""
    row: dict[str, Any] = {}
    for text in settings:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.ClickException(t("error.bad_setting", lang, text=text))
        row[name.strip()] = read_value(name.strip(), value.strip())
    row |= {name: read_value(name, value) for name, value in named.items()}
    return Rules.from_dict(row)


def read_value(name: str, text: str) -> Any:
    """One rule's value from its text; lists are separated by commas."""
    if text.lower() in ("none", "null"):
        return None
    if name in LISTS and not text.startswith("["):
        return [item.strip() for item in text.split(",") if item.strip()]
    if name in TEXTS:
        return text
    try:
        return json.loads(text, parse_float=str)
    except ValueError:
        return text


def as_one_object(standings: Standings, fixes: list[str]) -> str:
    """The standings as JSON; published figures keep their decimals (91.20)."""
    whole = {**standings.to_dict(), "fixes": fixes}
    text = json.dumps(whole, ensure_ascii=False, indent=1, default=_figure)
    return FIGURE.sub(r"\1", text)


def _figure(value: object) -> str:
    if isinstance(value, Decimal):
        return f"\x02{value:f}\x03"
    raise TypeError(type(value).__name__)


def as_lines(standings: Standings, fixes: list[str], lang: str) -> list[str]:
    """The standings as a text table with decisions, findings and warnings."""
    names = ("rank", "entrant", "official", "trimmed", "adjusted", "se", "n", "label")
    rows = [[t(f"rank.column_{name}", lang) for name in names]]
    rows += [table_row(row, lang) for row in standings.entrants.reset_index().to_dict("records")]
    lines = align(rows, left=(1, 7))
    top = int(standings.entrants["selected"].sum())
    if 0 < top < len(lines) - 1:
        lines.insert(1 + top, f"──── {t('rank.line', lang, top=standings.rules.top)} ────")
    method = standings.rules.official
    note = t(f"method_note.{method}", lang)
    lines += ["", t("rank.method_line", lang, method=t(f"method.{method}", lang), note=note)]
    decisions = [
        "".join(t(part.code, lang, **part.values) for part in decision_sentences(decision)).strip()
        for decision in standings.cut.decisions
    ]
    findings = [headline_text(finding, lang) for finding in headlines(standings)]
    for title, items in (
        ("decisions", decisions),
        ("headlines", findings),
        ("fixes", fixes),
        ("warnings", [caution_text(caution, lang) for caution in standings.warnings]),
    ):
        if items:
            lines += ["", t(f"rank.{title}", lang), *(f"  {item}" for item in items)]
    return lines


def table_row(row: Mapping[Any, Any], lang: str) -> list[str]:
    """One entrant's cells."""
    none = t("rank.unranked", lang)
    rank = none if pd.isna(row["rank"]) else f"{row['rank']}{'=' if row['tied'] else ''}"
    official = none if row["official"] is None else str(row["official"])
    figures = [
        none if np.isnan(row[name]) else f"{row[name]:.2f}"
        for name in ("trimmed", "adjusted", "adjusted_se")
    ]
    label = t(f"label.{row['label']}", lang)
    return [rank, str(row["entrant"]), official, *figures, str(row["n_judges"]), label]


def headline_text(finding: Headline, lang: str) -> str:
    """A finding with its evidence, in one line."""
    parts = [t(part.code, lang, **spelt(part.values, lang)) for part in finding.sentences]
    proofs = "".join(part if part.endswith("。") else f"{part} " for part in parts[1:])
    return t("rank.headline", lang, claim=parts[0], proofs=proofs).strip()


def spelt(values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Values in one line; tie-break keys by their names."""
    texts = {
        name: t("list.between", lang).join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    if "decider" in values:
        texts["decider"] = t(f"key.{values['decider']}", lang)
    return texts


def caution_text(caution: Caution, lang: str) -> str:
    """One warning as a sentence."""
    return t(f"warning.{caution.code}", lang, **caution.values)
