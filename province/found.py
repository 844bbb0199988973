"""What a work over all competitions found of one of them, in words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ui.access import Visit, saying
from ui.icons import state_label

_say = saying("province.works")
Said = Mapping[str, Any]


def lines(now: Visit, key: str, said: Said) -> Iterator[object]:
    """Each round's outcome; why there is none."""
    if "fault" in said:
        yield state_label("attention", now.lang, word=_say(now, "unread"))
        return
    for one in said["found"]:
        if "fault" in one:
            lacking = "not_ready" if key == "forecast" else "not_computed"
            yield _say(now, lacking, round=one["round"])
        else:
            yield WORDS[key](now, one)
    if not said["found"] and key in ("annex", "simulate"):
        yield _say(now, "none_certified")


def _verified(now: Visit, one: Said) -> object:
    state, word = ("attention", "findings") if one["findings"] else ("done", "clean")
    return state_label(state, now.lang, word=_say(now, word, count=one["findings"]))


def _forecast(now: Visit, one: Said) -> object:
    share = round(100 * one["correct"] / one["top"])
    return _say(now, "forecast", round=one["round"], top=one["top"], share=share, zone=one["zone"])


def _annex(now: Visit, one: Said) -> object:
    icc = one["figures"]["icc"]
    said = _say(now, "unknown") if icc is None else f"{icc:.2f}"
    count = len(one["entrants"])
    return _say(now, "annex", round=one["round"], entrants=count, judges=one["judges"], icc=said)


def _simulated(now: Visit, one: Said) -> object:
    shares = {key: round(100 * share) for key, share in one["correct"].items()}
    return _say(now, "simulate", round=one["round"], top=one["top"], **shares)


WORDS: dict[str, Callable[[Visit, Said], object]] = {
    "verify": _verified,
    "forecast": _forecast,
    "annex": _annex,
    "simulate": _simulated,
}
"""A work to the words of what it found."""
