"""An event of the log in words."""

from competition.event_kinds import words_key
from competition.log import LoggedEvent
from competition.saying import listed
from organizers import naming
from words import t


def kind_words(event: LoggedEvent, lang: str) -> str:
    """``评委04 提交 39号``: who, did what, about whom."""
    parts = [actor(event, lang), t(words_key(event["kind"]), lang), subject(event, lang)]
    return " ".join(part for part in parts if part)


def actor(event: LoggedEvent, lang: str) -> str:
    """Who did it, and on whose device by PIN; the command line has no name."""
    name = str(event["actor"] or t("event.by_command", lang))
    device = event["machine_of"]
    return t("organizers.log.by_pin", lang, name=name, device=device) if device else name


def subject(event: LoggedEvent, lang: str) -> str:
    """What it was about: entrants by number, people by name, a round or session by title."""
    words = [
        naming.number(place["number"], lang) if place["number"] else naming.title(place)
        for place in event["entrants"]
    ]
    words += [person["name"] for person in event["people"] if person["name"] != event["actor"]]
    return listed(words + event["titles"], lang)


def changes(event: LoggedEvent, lang: str) -> str:
    """What a correction changed, from what to what; of a person's name only that it did."""
    words = []
    for field, before, after in event["changes"]:
        name = t(f"organizers.entrants.field.{field}", lang)
        key = "organizers.log.changed" if before or after else "organizers.log.changed_only"
        words.append(t(key, lang, field=name, before=before or "—", after=after or "—"))
    return t("organizers.log.between", lang).join(words)
