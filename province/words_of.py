"""What several of the province's pages say of a competition."""

from collections.abc import Iterable
from itertools import groupby

from competition.province.standing import Summary
from ui.access import Visit, saying
from ui.html import Markup, element
from words import t

_say = saying("province.screen")


def invented(now: Visit, there: Iterable[Summary]) -> str:
    """The mark of invented data, where any competition's are."""
    kinds = {one.invented for one in there if one.invented}
    return _say(now, "sample") if kinds else ""


def awards(now: Visit, made: Summary) -> Markup:
    """Each prize with those who were given it, by certificates; empty before."""
    groups = [
        element("li", element("b", prize or t("prize.list", now.lang)), " ",
                _say(now, "between").join(f"{one.county}{one.village}" for one in members))
        for prize, members in groupby(made.awards, key=lambda one: one.prize)
    ]  # fmt: skip
    return element("ul", *groups, cls="p-list") if groups else Markup("")
