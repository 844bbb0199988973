"""A prize's name and the reason of each entry, in words."""

from competition.results.prizes import PrizeGroup, Reason
from competition.results.recipe_words import number
from scoring.exact import published, quantize
from words import t

PLACES = 2


def group_name(group: PrizeGroup, lang: str) -> str:
    """The name of a prize as declared, or what the undivided list is called."""
    return group.name or t(f"prize.{group.kind}", lang)


def reason_said(reason: Reason, lang: str) -> str:
    """入选理由: 名次, 县市保底, 同分处理第 n 条 and so on."""
    values: dict[str, object] = {"rank": reason.rank, "step": reason.step, "by": reason.key}
    if reason.code == "tie":
        values["by"] = t(f"key.{reason.key}", lang)
    if reason.code == "decided":
        return t("prize.reason.decided", lang, reason=reason.key)
    if reason.code == "county":
        values["by"] = t(f"prize.formula.{reason.key}", lang)
    if reason.value is not None:
        units = quantize(reason.value, PLACES)
        shown = published(units, PLACES)
        values["value"] = number(shown) if reason.code == "criterion" else f"{shown.normalize():f}"
    return t(f"prize.reason.{reason.code}", lang, **values)
