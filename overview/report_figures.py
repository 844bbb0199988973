"""The forms of people who came home and of funds: said again, they correct what was said."""

from collections.abc import Callable
from decimal import Decimal

from competition import typed
from competition.programme import plans
from competition.programme.village import VillageView
from overview.choice import Choice
from ui.access import Visit, saying
from ui.forms import Form

_say = saying("overview.report")
DAY = 200
YUAN = 10_000


def people_form(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    """How many people came home to plan."""
    form.text("figure_amount", _say(now, "people"), hint=_say(now, "zero"), width=DAY)
    _figure(now, choice, view, form, "people", _say(now, "people_list"), _count)


def fund_form(now: Visit, choice: Choice, view: VillageView, form: Form) -> None:
    """Money that came, in units of ten thousand yuan."""
    form.text("figure_amount", _say(now, "fund"), hint=_say(now, "zero"), width=DAY)
    _figure(now, choice, view, form, "fund", "", _yuan)


def _count(amount: str) -> int:
    return typed.whole(0, plans.MOST)(amount, "figure_amount")


def _yuan(amount: str) -> int:
    """Yuan of what was typed in units of ten thousand."""
    return int(Decimal(typed.decimal("0", "1000000")(amount, "figure_amount")) * YUAN)


def _figure(
    now: Visit,
    choice: Choice,
    view: VillageView,
    form: Form,
    kind: str,
    source: str,
    read: Callable[[str], int],
) -> None:
    """Source and day; a figure of the same source and day takes the place of the one before."""
    form.text("source", _say(now, f"source_{kind}"), source)
    form.text("said_on", _say(now, "said_on"), choice.today, width=DAY)
    form.send(
        _say(now, "send_figure"),
        lambda values, at: plans.report_figures(
            now.store,
            now.who,
            choice.id,
            [
                plans.FigureSaid(
                    view.line.code,
                    kind,
                    values["source"],
                    read(values["figure_amount"]),
                    values["said_on"],
                )
            ],
            at=at,
        ),
    )
