"""A village's head with its three states, and what its panels share."""

from competition.programme.plans import PLANS
from competition.programme.village import VillageView
from overview.figures import about_by, marked, said
from ui.access import Visit, saying
from ui.html import Markup, card, element, join, tag
from words import t

_say = saying("overview.village")
PARTS = "overview.village"


def head(now: Visit, view: VillageView) -> Markup:
    """Name, place, code, people, and three states."""
    one, line = view.village, view.line
    code = one["code"]
    met, asked = marked(line.met, "met_of", code), marked(line.needs, "needs_of", code)
    tags = [
        tag(element("span", said(now.lang, f"{PARTS}.steps_done", **steps_done_of(view)))),
        tag(element("span", said(now.lang, f"{PARTS}.needs_met", met=met, count=asked))),
    ]
    if line.overdue:
        days = marked(line.days_late, "late_of", code)
        word = said(now.lang, f"{PARTS}.late", step=line.overdue, days=days)
        tags.insert(0, tag(element("span", word), state="attention", tone="alert"))
    else:
        tags.insert(0, tag(_say(now, "on_time"), state="done", tone="ok"))
    where: list[object] = [one["county"], one["township"], code]
    if one["households"] is not None and one["residents"] is not None:
        people = {key: marked(one[key], "place", code, key) for key in ("households", "residents")}
        where.append(said(now.lang, f"{PARTS}.people", **people))
    title = element("h2", one["village"], cls="o-name")
    note = element("span", about_by(now, "steps", view.day), cls="a-reason")
    return element(
        "div",
        title,
        element("span", join((element("span", part, cls="a-nb") for part in where), " · ")),
        *tags,
        note,
        cls="o-head o-block",
    )


def steps_done_of(view: VillageView) -> dict[str, Markup]:
    """How many steps of how many are done, each marked."""
    return {
        "done": marked(view.line.steps_done, "steps_done", view.village["code"]),
        "count": marked(len(view.steps), "steps"),
    }


def about_what(now: Visit, view: VillageView, about: str) -> str:
    """The step, plan or need that a file shows."""
    if about.isdecimal():
        return _say(now, "about_step", number=about)
    if about in PLANS:
        return t(f"programme.plan.{about}", now.lang)
    text = next((need["text"] for need in view.needs if need["id"] == about), "")
    return _say(now, "about_need", text=text)


def panel(now: Visit, view: VillageView, key: str, title: object, *body: object) -> Markup:
    """A panel that says its question, source and date."""
    return card(title, *body, note=about_by(now, key, view.day))


def counted(now: Visit, view: VillageView, key: str, count: int) -> Markup:
    """A panel's title with how many there are."""
    return said(now.lang, f"{PARTS}.{key}", count=marked(count, key, view.village["code"]))
