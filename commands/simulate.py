"""``arena.py simulate``: simulated contests of known order: how many of the best are selected."""

import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import click

from commands import language
from commands.columns import align
from scoring import Rules, ScoringError
from scoring.result.plain import plain
from scoring.simulate.contests import HIGHEST, LOWEST, SCENARIOS, Scenario
from scoring.simulate.recovery import Recovery, summarise
from scoring.simulate.simulation import simulate
from words import LANGS, t

METHODS = "mean,trimmed,least_squares,precision"


def word(key: str) -> str:
    """A word of this command's help, in the terminal's language."""
    return t(f"simulate.{key}", language())


def number(name: str, kind: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option for one field of the scenario; by default the preset's value."""
    return click.option(f"--{name.replace('_', '-')}", type=kind, help=word(f"option_{name}"))


@click.command(help=word("help"))
@click.option(
    "--scenario", type=click.Choice(list(SCENARIOS)), default="60x12", help=word("option_scenario")
)
@number("entrants", click.IntRange(min=2))
@number("judges", click.IntRange(min=2))
@number("per_entrant", click.IntRange(min=1))
@number("criteria", click.IntRange(min=1))
@number("severity", click.FloatRange(min=0))
@number("scale", click.FloatRange(min=0))
@number("noise", click.FloatRange(min=0))
@number("halo", click.FloatRange(min=0))
@number("residual", click.FloatRange(min=0))
@number("middle", click.FloatRange(LOWEST, HIGHEST))
@number("tracks", click.IntRange(min=1))
@number("attack", click.IntRange(0, 4))
@number("taste", click.FloatRange(min=0))
@number("sharing", click.FloatRange(0, 1))
@number("drift", float)
@number("schools", click.FloatRange(min=0))
@number("tails", click.IntRange(min=0))
@number("home", float)
@number("own_drift", float)
@click.option("--top", type=int, default=13, show_default=True, help=word("option_top"))
@click.option("--repetitions", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True)
@click.option("--methods", default=METHODS, show_default=True, help=word("option_methods"))
@click.option("--bands", default="0.5", show_default=True, help=word("option_bands"))
@click.option("--draws", type=int, default=2000, show_default=True, help=word("option_draws"))
@click.option("--json", "as_json", is_flag=True, help=word("option_json"))
@click.option("--lang", type=click.Choice(LANGS), default=LANGS[0])
def command(
    scenario: str,
    top: int,
    repetitions: int,
    seed: int,
    methods: str,
    bands: str,
    draws: int,
    as_json: bool,
    lang: str,
    **changes: Any,
) -> None:
    """Simulate, select, summarise, print."""
    names = {f.name for f in fields(Scenario)}
    changed = {k: v for k, v in changes.items() if v is not None and k in names}
    what = replace(SCENARIOS[scenario], **changed)
    try:
        rules = Rules(top=top, draws=draws)
        for method in methods.split(","):
            Rules(official=method)
        steps = simulate(
            what,
            repetitions=repetitions,
            seed=seed,
            rules=rules,
            methods=methods.split(","),
            bands=bands.split(","),
        )
        label = t("simulate.progress", lang)
        with click.progressbar(steps, length=repetitions, label=label, file=sys.stderr) as bar:
            trials = list(bar)
    except ScoringError as error:
        raise click.ClickException(t(f"error.{error.code}", lang, **error.values)) from None
    recovery = summarise(trials)
    if as_json:
        click.echo(json.dumps({"scenario": plain(what), **plain(recovery)}, ensure_ascii=False))
    else:
        click.echo(as_text(what, recovery, rules, lang))


def as_text(scenario: Scenario, recovery: Recovery, rules: Rules, lang: str) -> str:
    """The result as text tables; what needs draws only where there were any."""
    drawn = (_calibration, _intervals, _belonging, _judge, _order) if rules.draws else ()
    parts = [
        [t("simulate.title", lang, top=rules.top, **plain(scenario))],
        *(part(recovery, lang) for part in (_correct, _zones, *drawn)),
        [] if rules.draws else [t("simulate.no_draws", lang)],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _table(
    names: Sequence[str],
    rows: Sequence[list[str]],
    lang: str,
    left: Sequence[int] = (0,),
    **values: str,
) -> list[str]:
    """Headings and rows; nothing without rows."""
    headings = [t(f"simulate.column_{name}", lang, **values) for name in names]
    return align([headings, *rows], left=left) if rows else []


def _correct(recovery: Recovery, lang: str) -> list[str]:
    rows = [
        [
            rule_word(str(rule), lang),
            f"{row['mean']:.2f}",
            f"{row['se']:.2f}",
            f"{row['gain']:+.2f} ± {row['gain_se']:.2f}",
        ]
        for rule, row in recovery.correct.iterrows()
    ]
    names, base = ("rule", "correct", "se", "gain"), rule_word(recovery.base, lang)
    return _table(names, rows, lang, base=base)


def _zones(recovery: Recovery, lang: str) -> list[str]:
    rows = []
    for band, row in recovery.zones.iterrows():
        keys = ", ".join(f"{key} {n}" for key, n in list(recovery.decided[str(band)].items())[:3])
        figures = [f"{row['mean']:.1f}", f"{row['largest']:.0f}", f"{row['inversions']:.0f}"]
        rows.append([str(band), *figures, keys])
    names = ("band", "zone", "largest", "inversions", "decided")
    return _table(names, rows, lang, left=(0, 4))


def _calibration(recovery: Recovery, lang: str) -> list[str]:
    rows = [
        [str(tenth), f"{row['n']:.0f}", f"{row['said']:.3f}", f"{row['came']:.3f}"]
        for tenth, row in recovery.calibration.iterrows()
        if row["n"]
    ]
    return _table(("tenth", "n", "said", "came"), rows, lang)


def _intervals(recovery: Recovery, lang: str) -> list[str]:
    rows = [
        [
            t(f"simulate.among_{among}", lang),
            f"{row['n']:.0f}",
            f"{row['held']:.3f}",
            f"{row['width']:.1f}",
        ]
        for among, row in recovery.intervals.iterrows()
        if row["n"]
    ]
    return _table(("among", "n", "held", "width"), rows, lang)


def _belonging(recovery: Recovery, lang: str) -> list[str]:
    said, came = recovery.said_to_belong, recovery.belong
    if math.isnan(said):
        return []
    return [t("simulate.belong", lang, said=f"{said:.2f}", came=f"{came:.2f}")]


def _judge(recovery: Recovery, lang: str) -> list[str]:
    names = ("truth", "estimate", "held", "flagged")
    rows = [
        [
            t(f"simulate.cause_{cause}", lang),
            f"{row['n']:.0f}",
            *(f"{row[name]:.3f}" for name in names),
        ]
        for cause, row in recovery.judge.iterrows()
    ]
    return _table(("cause", "n", *names), rows, lang)


def _order(recovery: Recovery, lang: str) -> list[str]:
    flagged = recovery.order_flagged
    if math.isnan(flagged):
        return []
    return [t("simulate.order_flagged", lang, flagged=f"{flagged:.3f}")]


def rule_word(rule: str, lang: str) -> str:
    """A method's name, or a band."""
    if rule.startswith("band "):
        return t("simulate.band", lang, band=rule.removeprefix("band "))
    return t(f"method.{rule}", lang)
