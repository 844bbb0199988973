"""A tablet's file on the page of paper sheets: what is believed of it is said beside it."""

import json
from datetime import UTC, datetime

from competition.marks.recovering import FORMAT, recover_marks
from competition.sign_ins import visitor_of
from tests.opening import Open, Sample, html
from words import t

PAGE = "organizers/live/collect/transcribing.py"


def test_the_page_says_that_a_file_does_not_count_by_itself(open_page: Open, sample: Sample):
    """The organizer is offered to read one; a supervisor, who approves, is not."""
    for lang in ("zh", "en"):
        assert t("organizers.transcribing.file_trust", lang) in html(
            open_page("organizer", lang, PAGE)
        )
    assert t("organizers.transcribing.file_trust", "zh") not in html(
        open_page("supervisor", "zh", PAGE)
    )


def test_what_a_file_asks_for_is_approved_by_another_person(open_page: Open, sample: Sample):
    """The request says whose file it was and its check code; who read it sees no button."""
    with sample.store.reading() as tx:
        pair = tx.one(
            """SELECT a.entrant_id, a.person_id FROM assignments a
            LEFT JOIN sheets s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
                AND s.person_id = a.person_id
            WHERE a.round_id = :r AND a.state = 'expected' AND s.id IS NULL""",
            r=sample.round_id,
        )
        criterion = tx.value("SELECT id FROM criteria WHERE round_id = :r", r=sample.round_id)
        organizer = tx.value("SELECT person_id FROM grants WHERE role = 'organizer'")
        who = visitor_of(tx, organizer)
    assert pair is not None
    entry = {"kind": "mark", "id": "x", "round": sample.round_id, "value": 5000}
    entry |= {"entrant": pair["entrant_id"], "criterion": criterion, "after": ""}
    whole = {"format": FORMAT, "event": who.competition_id, "seat": pair["person_id"]}
    content = json.dumps({**whole, "entries": [entry]}).encode()
    reason = t("organizers.transcribing.file_reason", "zh", sha256="abc", name=who.name)
    recover_marks(sample.store, who, sample.round_id, content, reason=reason, at=datetime.now(UTC))
    shown = open_page("supervisor", "zh", PAGE)
    assert reason in html(shown)
    assert any(str(button.key).startswith("change-approve-") for button in shown.button)
