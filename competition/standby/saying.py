"""The second laptop in words: how far it is behind, what keeps it from following."""

from competition.standby.following import Status
from competition.standby.promoting import Promoted
from words import has, t


def problem_words(code: str, lang: str) -> str:
    """The sentence of a problem's code; a code not known here is shown as it came."""
    key = f"standby.problem.{code}"
    if has(key, lang):
        return t(key, lang)
    return t("standby.problem.other", lang, code=code[:40])


def status_words(status: Status, lang: str) -> str:
    """How far the laptop is behind, in a line."""
    values = {name: value for name, value in vars(status).items() if name != "problem"}
    values["verified"] = status.verified or "–"
    if status.problem:
        return t("standby.line.problem", lang, problem=problem_words(status.problem, lang))
    if status.state != "online":
        return t(f"standby.line.{status.state}", lang, **values)
    if status.events is None:
        return t("standby.line.first", lang)
    key = "same" if not status.events else "events" if status.seconds is None else "lag"
    return t(f"standby.line.{key}", lang, **values)


def missing_words(done: Promoted, lang: str) -> str:
    """What the copy lacks, as far as it is known."""
    if done.missing is None:
        return t("standby.page.missing_unknown", lang, head=done.head)
    key = "missing_none" if not done.missing else "missing"
    return t(f"standby.page.{key}", lang, head=done.head, count=done.missing)
