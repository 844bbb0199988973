"""Papers of the overview as PDF and DOCX."""

from collections.abc import Callable
from functools import partial

from competition.invented import invented
from competition.programme.lists import LetterAt
from competition.programme.overview import Overview
from exports.formats import safe_name
from exports.papers import pdf, word
from exports.papers.document import Document
from exports.papers.frame import Frame
from exports.papers.programme import Letter, Week, dispatch_letter, weekly_report
from overview import figures
from overview.late import spoken_late
from overview.screen_parts import coming_text
from ui.access import Visit, saying
from ui.downloads import download
from words import t

_say = saying("overview.papers")
WRITERS = {"pdf": (pdf.render, pdf.MIME), "docx": (word.render, word.MIME)}
MOST_LATE = 6
REPORTED = ("finished", "reviewed", "filed", "special", "people", "met", "fund")


def _offer(now: Visit, key: str, name: str, build: Callable[[], Document]) -> None:
    """The paper in both forms."""
    for form, (render, media_type) in WRITERS.items():
        download(
            now,
            _say(now, form, name=name),
            key=f"{key}-{form}",
            read="programme",
            of_round=False,
            name=safe_name([name], f".{form}"),
            media_type=media_type,
            build=partial(lambda write: write(build()), render),
        )


def _frame(now: Visit, title: str) -> Frame:
    competition = now.competition["title"] if now.competition else ""
    return Frame(competition, title, "", invented(now.competition))


def letter_papers(now: Visit, one: LetterAt) -> None:
    """A dispatch as paper."""
    row = one.dispatch
    letter = Letter(
        row["number"],
        row["county"],
        row["reason"],
        tuple(f"{v['township']}{v['village']}" for v in one.villages),
        row["issued_on"],
        row["due_on"],
        row["answer"],
        row["answered_on"] or "",
        tuple(
            (each["answered_on"], each["answer"], each["asked_on"], each["asked"])
            for each in one.earlier
        ),
    )
    name = _say(now, "letter", number=row["number"])
    frame = _frame(now, name)
    _offer(now, f"letter-{row['id']}", name, lambda: dispatch_letter(frame, letter, now.lang))


def weekly_papers(now: Visit, view: Overview, claim: str) -> None:
    """The weekly report as paper."""
    name = _say(now, "weekly", day=view.day)
    frame = _frame(now, view.programme["title"])
    week = week_of(now, view, claim)
    _offer(now, f"weekly-{view.day}", name, lambda: weekly_report(frame, week, now.lang))


def week_of(now: Visit, view: Overview, claim: str) -> Week:
    """What the weekly report says of a programme by a day."""
    listed = []
    for key in REPORTED:
        figure = view.total.figures[key]
        unit = t(f"programme.measure.{key}_unit", now.lang)
        listed.append(
            (
                t(f"programme.measure.{key}", now.lang),
                f"{figures.value(key, figure)} {unit}",
                figures.share(figure),
                figures.change(key, figure, now.lang),
                figures.source(now, key, view),
            )
        )
    late = [
        (
            one.county,
            str(one.step),
            str(one.villages),
            figures.short_day(one.due_on),
            str(one.days_late),
        )
        for one in view.overdue
    ]
    coming = [coming_text(now, one) for one in view.coming[:4]]
    days = [figures.short_day(one.on) for one in view.coming[:4]]
    spoken = tuple(f"{day} {text}" for day, text in zip(days, coming, strict=True))
    behind = tuple(spoken_late(now, view)[:MOST_LATE])
    return Week(view.day, view.before, claim, tuple(listed), tuple(late), spoken, behind)
