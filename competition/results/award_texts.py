"""The texts of 奖状, to a village or a county, and 荣誉证书, to a presenter: samples to edit."""

from collections.abc import Mapping
from datetime import datetime

from competition import fields
from competition.acting import acting
from competition.errors import BadFields, BadInput, Refused
from competition.placeholders import Placeholders
from competition.rights import require_read
from competition.visitor import Visitor
from db import Store, Transaction
from db import award_texts as rows
from words import t

KINDS = ("award", "county", "honour")
"""奖状 of an entrant, 奖状 of a county (组织奖), 荣誉证书."""
PARTS = {"title": 20, "addressed": 80, "body": 300, "wish": 60, "signers": 120, "day": 40}
"""Parts of a text in the order they are printed, with the most characters each may have."""
PLACEHOLDERS = Placeholders(
    ("competition", "round", "place", "village", "title", "presenter", "prize")
)
FRAMES = ("drawn", "none")
"""A drawn frame, or none: for stock with a printed one."""


def set_award_texts(
    store: Store, who: Visitor, round_id: str, kind: str, texts: Mapping[str, str], *, at: datetime
) -> None:
    """Set some parts of one kind's text; an empty one brings back the sample.

    Raises
    ------
    BadFields
        If a part names something in braces that `PLACEHOLDERS` does not list, or the frame is
        none of `FRAMES`; nothing is written.
    """
    if kind not in KINDS:
        raise BadInput(field="kind", value=kind[:20])
    with acting(store, who, "set_award_texts", round_id, at=at) as (act, tx):
        before = rows.of_round(tx, round_id)
        for part, line in _checked(texts).items():
            if line and line != before.get((kind, part)):
                row = {"round_id": round_id, "kind": kind, "part": part, "text": line}
                tx.put("award_texts", row)
            elif not line:
                tx.remove("award_texts", round_id=round_id, kind=kind, part=part)
        if not tx.changes:
            return act.unchanged()
        act.record("award_text_set")


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    """Each part as one line; all faults at once, each at its field."""
    lines, problems = {}, {}
    for part, text in texts.items():
        try:
            if part != "frame" and part not in PARTS:
                raise BadInput(field=part[:20], value=text[:20])
            lines[part] = fields.text(text, part, longest=PARTS.get(part, 10))
            PLACEHOLDERS.check(lines[part], part)
            if part == "frame" and lines[part] not in ("", *FRAMES):
                raise BadInput(field=part, value=text[:20])
        except Refused as problem:
            problems[part] = problem
    if problems:
        raise BadFields(problems)
    return lines


def award_texts(store: Store, who: Visitor, round_id: str, lang: str) -> dict[str, dict[str, str]]:
    """Every kind's text by part, unfilled; the sample where none was set."""
    with store.reading() as tx:
        require_read(tx, who, "award_texts", round_id)
        return {kind: texts_of(tx, round_id, kind, lang) for kind in KINDS}


def texts_of(tx: Transaction, round_id: str, kind: str, lang: str) -> dict[str, str]:
    """Inside a read: one kind's text by part, and its frame."""
    own = rows.of_round(tx, round_id)
    named = PLACEHOLDERS.as_named()
    texts = {
        part: own.get((kind, part)) or t(f"results.award_text.{kind}.{part}", lang, **named)
        for part in PARTS
    }
    return texts | {"frame": own.get((kind, "frame"), FRAMES[0])}
