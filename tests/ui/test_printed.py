"""Head and foot of a printed page: written by the browser, and not to be written into."""

import re

from db import heads as rows
from tests.opening import Open, Sample, html
from ui.printed import text
from words import t

HOSTILE = '"; } body { display: none } </style><script>alert(1)</script>\\'


def letters(css: str) -> str:
    """What a CSS string of numbers says."""
    return "".join(chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]{6})", css))


def test_what_a_person_wrote_cannot_end_the_text():
    """Every character is its number; nothing else stands between the quotes."""
    assert re.fullmatch(r'"(\\[0-9a-f]{6})*"', text(HOSTILE))
    assert letters(text(HOSTILE)) == HOSTILE


def test_every_printed_sheet_names_competition_round_sample_code_and_page(
    open_page: Open, sample: Sample
):
    """Printed pages had lost them."""
    for page in ("organizers/overview.py", "organizers/live/collect/progress.py"):
        shown = html(open_page("organizer", "zh", page))
        style = re.search(r"<style>@page \{.*?</style>", shown, re.DOTALL)
        assert style, page
        said = letters(style[0])
        with sample.store.reading() as tx:
            row = tx.one("SELECT title, rules_hash FROM rounds WHERE id = :r", r=sample.round_id)
            title = tx.value("SELECT title FROM competitions")
            head = rows.last(tx, tx.value("SELECT id FROM competitions"))
        assert f"{title} · {row['title']}" in said
        assert t("ui.state.sample", "zh") in said
        assert t("ui.print.code", "zh", code=row["rules_hash"][:16]) in said
        assert head is not None
        assert t("exports.paper.head", "zh", head=head.short) in said
        assert "counter(page)" in style[0]
        assert "counter(pages)" in style[0]
