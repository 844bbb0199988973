"""The log's lines in words: for the table, for searching, and for the file."""

from collections.abc import Sequence

from competition.event_kinds import words_key
from competition.log import LoggedEvent
from exports.table import Column, Table
from organizers import naming
from organizers.event_words import actor, changes, subject
from ui.access import Visit
from words import t

COLUMNS = ("n", "at", "round", "who", "what", "about", "reason")

Line = tuple[int, str, str, str, str, str, str]
"""Number, time, round, who, what, about whom, reason."""


def line(now: Visit, event: LoggedEvent) -> Line:
    """One event in words."""
    about = (subject(event, now.lang), changes(event, now.lang), event["head"])
    return (
        event["n"],
        naming.clock(now, event["at"], day=True),
        event["round"],
        actor(event, now.lang),
        t(words_key(event["kind"]), now.lang),
        " ".join(filter(None, about)),
        _reason(now, event),
    )


def _reason(now: Visit, event: LoggedEvent) -> str:
    """The reason as it was typed; of what no person typed, in words."""
    if event["kind"] == "generation_begun":
        return t(f"organizers.log.cause.{event['reason']}", now.lang)
    if event["kind"] == "marks_resent":
        return t("organizers.log.resent", now.lang, head=event["reason"])
    return str(event["reason"])


def matching(lines: Sequence[Line], wanted: str) -> list[Line]:
    """The lines in which every word of the search stands somewhere."""
    words = wanted.casefold().split()
    return [
        one for one in lines if all(word in " ".join(map(str, one)).casefold() for word in words)
    ]


def table(now: Visit, lines: Sequence[Line]) -> Table:
    """The lines as a table for files: what a person wrote is text there, never a formula."""
    columns = tuple(
        Column(
            key,
            t(f"organizers.log.column.{key}", now.lang),
            kind="number" if key == "n" else "text",
        )
        for key in COLUMNS
    )
    name = t("organizers.log.title", now.lang)
    return Table("log", now.lang, name, name, columns, tuple(lines))
