"""What several of the province's pages say of a competition."""

from itertools import groupby

from competition.province.standing import Summary
from ui.access import Visit, saying
from ui.html import Markup, element
from words import t

_say = saying("province.screen")


def invented(now: Visit, made: Summary | None) -> str:
    """The mark of a competition whose data are invented; empty for any other."""
    return t(f"exports.paper.{made.invented}", now.lang) if made and made.invented else ""


def awards(now: Visit, made: Summary) -> Markup:
    """Each prize with those who were given it, by certificates; empty before."""
    groups = [
        element("li", element("b", prize or t("prize.list", now.lang)), " ",
                _say(now, "between").join(f"{one.county}{one.village}" for one in members))
        for prize, members in groupby(made.awards, key=lambda one: one.prize)
    ]  # fmt: skip
    return element("ul", *groups, cls="p-list") if groups else Markup("")
