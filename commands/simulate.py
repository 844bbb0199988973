"""``arena.py simulate``: simulated contests of known order: how many of the best are selected."""

import json
import sys
from collections.abc import Callable
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
        click.echo("\n".join(as_lines(what, recovery, rules, lang)))


def as_lines(scenario: Scenario, recovery: Recovery, rules: Rules, lang: str) -> list[str]:
    """The result as text tables."""
    lines = [t("simulate.title", lang, top=rules.top, **plain(scenario)), ""]
    rows = [[t(f"simulate.column_{name}", lang) for name in ("rule", "correct", "se", "gain")]]
    for rule, row in recovery.correct.iterrows():
        gain = f"{row['gain']:+.2f} ± {row['gain_se']:.2f}"
        rows.append([rule_word(str(rule), lang), f"{row['mean']:.2f}", f"{row['se']:.2f}", gain])
    lines += [*align(rows), ""]
    names = ("band", "zone", "largest", "inversions", "decided")
    rows = [[t(f"simulate.column_{name}", lang) for name in names]]
    for band, row in recovery.zones.iterrows():
        keys = ", ".join(f"{key} {n}" for key, n in list(recovery.decided[str(band)].items())[:3])
        figures = [f"{row['mean']:.1f}", f"{row['largest']:.0f}", f"{row['inversions']:.0f}"]
        rows.append([str(band), *figures, keys])
    lines += [*align(rows, left=(0, 4)), ""]
    rows = [[t(f"simulate.column_{name}", lang) for name in ("tenth", "n", "said", "came")]]
    for tenth, row in recovery.calibration.iterrows():
        rows.append([str(tenth), f"{row['n']:.0f}", f"{row['said']:.3f}", f"{row['came']:.3f}"])
    return [*lines, *align(rows), "", *_intervals(recovery, lang), "", *_judge(recovery, lang)]


def _intervals(recovery: Recovery, lang: str) -> list[str]:
    rows = [[t(f"simulate.column_{name}", lang) for name in ("among", "n", "held", "width")]]
    for among, row in recovery.intervals.iterrows():
        figures = [f"{row['n']:.0f}", f"{row['held']:.3f}", f"{row['width']:.1f}"]
        rows.append([t(f"simulate.among_{among}", lang), *figures])
    belong = {"said": f"{recovery.said_to_belong:.2f}", "came": f"{recovery.belong:.2f}"}
    return [*align(rows), "", t("simulate.belong", lang, **belong)]


def _judge(recovery: Recovery, lang: str) -> list[str]:
    names = ("cause", "n", "truth", "estimate", "held", "flagged")
    rows = [[t(f"simulate.column_{name}", lang) for name in names]]
    for cause, row in recovery.judge.iterrows():
        figures = [f"{row[name]:.3f}" for name in names[2:]]
        rows.append([t(f"simulate.cause_{cause}", lang), f"{row['n']:.0f}", *figures])
    flagged = f"{recovery.order_flagged:.3f}"
    return [*align(rows), "", t("simulate.order_flagged", lang, flagged=flagged)]


def rule_word(rule: str, lang: str) -> str:
    """A method's name, or a band."""
    if rule.startswith("band "):
        return t("simulate.band", lang, band=rule.removeprefix("band "))
    return t(f"method.{rule}", lang)
