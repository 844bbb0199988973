"""A judge's hand on the sheet, in a test: what is tapped, and what the database then holds."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from streamlit.testing.v1 import AppTest

from competition.marks import marking
from competition.marks.marking import Line, SheetView
from tests.opening import Open, Sample, html

TAGS = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


@dataclass
class Pad:
    """One judge's sheet of one entrant, open on a page."""

    at: AppTest
    sample: Sample
    role: str
    entrant: str

    @property
    def now(self) -> datetime:
        """The time of whatever is done beside the page."""
        return datetime.now(UTC)

    @property
    def view(self) -> SheetView:
        """The sheet as the server holds it now, not as the page shows it."""
        return marking.sheet_view(
            self.sample.store,
            self.sample.who(self.role),
            self.sample.round_id,
            self.entrant,
            at=self.now,
        )

    @property
    def stored(self) -> list[str | None]:
        """The stored marks in the order of the rubric."""
        return [line.value for line in self.view.lines]

    @property
    def words(self) -> str:
        """All that the page says, without its markup."""
        return " ".join(TAGS.sub(" ", html(self.at)).split())

    def line(self, number: int) -> Line:
        """A criterion by its place from 0."""
        return self.view.lines[number]

    def open(self, number: int) -> None:
        """Tap a criterion's row."""
        self.run(self.at.button(key=f"open-{self.line(number).id}").click())

    def anchor(self, number: int, anchor: int) -> None:
        """Tap an anchor of the open criterion."""
        self.run(self.anchors(number).set_value(anchor))

    def anchors(self, number: int) -> Any:
        """The anchors of the open criterion."""
        return self.at.button_group(key=f"anchor-{self.entrant}-{self.line(number).id}")

    def keys(self, number: int, anchor: int | str) -> Any:
        """The level keys of an anchor of the open criterion."""
        return self.at.button_group(key=f"level-{self.entrant}-{self.line(number).id}-{anchor}")

    def tap(self, number: int, anchor: int, mark: str) -> None:
        """Tap a level key."""
        self.run(self.keys(number, anchor).set_value(mark))

    def typed(self, number: int) -> Any:
        """The field for any mark of the open criterion."""
        return self.at.text_input(key=f"typed-{self.entrant}-{self.line(number).id}")

    def enter(self, number: int, text: str) -> None:
        """Type a mark and enter it."""
        self.typed(number).set_value(text)
        self.run(self.at.button(key=f"enter-{self.line(number).id}").click())

    def clear(self, number: int) -> None:
        """Clear the mark of the open criterion."""
        self.run(self.at.button(key=f"clear-{self.line(number).id}").click())

    def press(self, key: str) -> None:
        """Press a button by its key."""
        self.run(self.at.button(key=key).click())

    def fill(self, *, but: int = 0) -> None:
        """Mark every criterion by typing, except the last few."""
        for number, line in enumerate(self.view.lines[: len(self.view.lines) - but]):
            self.open(number)
            self.enter(number, line.maximum)

    def run(self, act: Any) -> None:
        """Do something on the page and run it."""
        act.run()
        assert not self.at.exception, [error.value for error in self.at.exception]

    @property
    def shown(self) -> str:
        """The entrant in the address: the one whose sheet is open."""
        found = self.at.query_params["entrant"]
        return found if isinstance(found, str) else found[0]

    @property
    def button_keys(self) -> set[str]:
        """The keys of the buttons there are."""
        return {button.key for button in self.at.button if button.key}


def untouched(sample: Sample, *, place: int = 0) -> tuple[str, str]:
    """A judge and an entrant they are expected for and have not begun."""
    with sample.store.reading() as tx:
        rows = tx.rows(
            """SELECT x.number, a.entrant_id FROM assignments a
            JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
            LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
                AND s.person_id = a.person_id
            WHERE a.round_id = :r AND a.state = 'expected' AND s.id IS NULL
            ORDER BY x.number, a.entrant_id""",
            r=sample.round_id,
        )
    return f"judge{rows[place]['number']}", str(rows[place]["entrant_id"])


def pair(sample: Sample, state: str) -> tuple[str, str]:
    """A judge and an entrant in a state of assignment: recused, absent."""
    with sample.store.reading() as tx:
        rows = tx.rows(
            """SELECT x.number, a.entrant_id FROM assignments a
            JOIN seats x ON x.round_id = a.round_id AND x.person_id = a.person_id
            WHERE a.round_id = :r AND a.state = :s ORDER BY x.number, a.entrant_id""",
            r=sample.round_id,
            s=state,
        )
    return f"judge{rows[0]['number']}", str(rows[0]["entrant_id"])


def open_pad(open_page: Open, sample: Sample, role: str, entrant: str, *, lang: str = "zh") -> Pad:
    """Open a judge's sheet of an entrant."""
    at = open_page(role, lang, "judges/sheet.py")
    at.query_params["entrant"] = entrant
    pad = Pad(at, sample, role, entrant)
    pad.run(at)
    return pad
