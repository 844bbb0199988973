"""A separate file for a rehearsal, or for the next event: written beside, then renamed."""

from datetime import datetime
from pathlib import Path

from competition import Store
from competition.people import links
from competition.shapes import Competition
from competition.visitor import Visitor
from intake.rehearsal import What, enter_again
from words import t


def free_name(source: Path, what: What, lang: str) -> Path:
    """A file beside the source that does not exist: final-rehearsal.db, final-rehearsal-2.db, …."""
    ending = t(f"command.rehearse.file_{what}", lang)
    name = f"{source.stem}-{ending}"
    names = (name if count == 1 else f"{name}-{count}" for count in range(1, 1000))
    return next(path for one in names if not (path := source.with_name(f"{one}.db")).exists())


def make_file(
    source: Store,
    reader: Visitor,
    event: Competition,
    target: Path,
    *,
    what: What,
    lang: str,
    at: datetime,
) -> None:
    """Write the copy of an event to a new file; nothing is left of one that failed.

    Parameters
    ----------
    reader
        An organizer of the source's event.
    """
    work = target.with_name(f"{target.name}.part")
    try:
        made = Store(work)
        try:
            who, _ = links.begin(
                made,
                title=t(f"command.rehearse.title_{what}", lang, title=event["title"]),
                organizer=t("command.serve.first_organizer", lang),
                venue=event["venue"],
                sample=what == "rehearsal",
                rehearsal=what == "rehearsal",
                at=at,
            )
            enter_again(source, reader, made, who, what=what, at=at)
        finally:
            made.close()
        work.rename(target)
    finally:
        for left in work.parent.glob(f"{work.name}*"):
            left.unlink()
