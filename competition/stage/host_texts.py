"""The host's lines: sample texts that organizers and host may edit, filled for an entrant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from competition import fields
from competition.acting import acting
from competition.errors import BadInput
from competition.placeholders import Placeholders
from competition.rights import require_read
from competition.rounds.rule_words import spelled
from competition.rounds.rules import RoundRules
from competition.stage.spoken import in_characters
from competition.visitor import Visitor
from db import Store, Transaction
from db import competitions as competition_rows
from db import host_texts as rows
from db.shapes import RoundRow
from words import t

KINDS = ("opening", "introduction", "answering", "thanks", "break", "closing")
"""Lines in the order they are spoken."""
PLACEHOLDERS = (
    *("competition", "round", "number", "place", "village", "title", "speaker", "limits"),
)
"""What a text may name in braces; of an entrant empty where it is said to all."""
LONGEST = 600
_NAMES = Placeholders(PLACEHOLDERS)


def set_host_texts(
    store: Store, who: Visitor, round_id: str, texts: Mapping[str, str], *, at: datetime
) -> None:
    """Set some of the host's texts, by kind; an empty one brings back the sample.

    Raises
    ------
    UnknownPlaceholder
        If one names something in braces that is not in `PLACEHOLDERS`; nothing is written.
    """
    with acting(store, who, "set_host_text", round_id, at=at) as (act, tx):
        before = rows.of_round(tx, round_id)
        for kind, text in texts.items():
            if kind not in KINDS:
                raise BadInput(field="kind", value=kind[:20])
            line = fields.text(text, kind, longest=LONGEST)
            _NAMES.check(line, kind)
            if line and line != before.get(kind):
                tx.put("host_texts", {"round_id": round_id, "kind": kind, "text": line})
            elif not line:
                tx.remove("host_texts", round_id=round_id, kind=kind)
        if not tx.changes:
            return act.unchanged()
        act.record("host_text_set")


def host_texts(store: Store, who: Visitor, round_id: str, lang: str) -> dict[str, str]:
    """Every text as it stands, unfilled; the sample where none was set."""
    with store.reading() as tx:
        require_read(tx, who, "host", round_id)
        return texts_of(tx, round_id, lang)


def texts_of(tx: Transaction, round_id: str, lang: str) -> dict[str, str]:
    """Inside a read: as `host_texts`."""
    own = rows.of_round(tx, round_id)
    themselves = _NAMES.as_named()
    return {
        kind: own.get(kind) or t(f"organizers.host.text.{kind}", lang, **themselves)
        for kind in KINDS
    }


def filled(
    tx: Transaction, row: RoundRow, text: str, place: Mapping[str, Any] | None, lang: str
) -> str:
    """A text with its placeholders filled, for an entrant or for all."""
    values = dict.fromkeys(PLACEHOLDERS, "")
    values["competition"] = str(competition_rows.get(tx, row["competition_id"])["title"])
    values["round"] = row["title"]
    values["limits"] = limits(RoundRules.from_json(row["rules"]), lang)
    if place is not None:
        values |= {
            "number": t("list.number", lang, number=place["number"]),
            "place": "".join((place["county"], place["township"], place["village"])),
            "village": place["village"] or place["township"],
            "title": place["title"],
            "speaker": _speaker(place, lang),
        }
    said = _NAMES.fill(text, values)
    return " ".join(said.split()) if lang == "en" else said.strip()


def _speaker(place: Mapping[str, Any], lang: str) -> str:
    name, post = place["presenter"], place["post"]
    said = f"{post}{name}" if lang == "zh" else f"{name} {post}".strip()
    return t("organizers.host.speaker", lang, who=said) if said else ""


def limits(rules: RoundRules, lang: str) -> str:
    """How long an entrant may speak, as it is said; empty where no time is taken."""
    said = []
    for key, seconds in (("present", rules.present_seconds), ("answer", rules.answer_seconds)):
        if seconds:
            whole = lang == "zh" and not seconds % 60
            minutes = in_characters(str(seconds // 60)) if whole else ""
            time = (
                t("organizers.host.minutes", lang, minutes=minutes)
                if whole
                else spelled(seconds, lang)
            )
            said.append(t(f"organizers.host.limit.{key}", lang, time=time))
    if not said:
        return ""
    return t("organizers.host.limits", lang, limits=t("organizers.host.comma", lang).join(said))
