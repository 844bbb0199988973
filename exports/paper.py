"""The lines on every paper: competition, edition, hash, confidentiality."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from exports import seal
from words import t

HASH_SHOWN = 12
"""Characters of the hash where the whole of it has no room."""


@dataclass(frozen=True)
class Snapshot:
    """A certified result: its version from 1, its SHA-256 in hex, the time it was certified.

    ``head`` is the whole head it stands on.
    """

    version: int
    sha256: str
    certified_at: datetime
    head: str = ""


@dataclass(frozen=True)
class PaperMeta:
    """Facts of a paper besides its rows.

    Attributes
    ----------
    competition, round
        Titles as the organizer wrote them.
    round_name
        The round as ``round_name`` writes it, for file names.
    top
        Places to win or to advance.
    official
        Which of the two scores the rules make official.
    announced
        Word key of the printed score: ``announced`` or ``judges_mean``.
    decimals
        Decimals of a published score.
    are_scores_public
        Whether the rules let scores be published.
    snapshot
        None before certifying; the paper is then marked confidential.
    head
        The whole head of a standing that is not certified.
    invented
        Whether the data is invented.
    timezone
        Time zone of the printed times.
    remarks
        Notes under the table about the course of the round.
    """

    competition: str
    round: str
    top: int
    official: Literal["announced", "adjusted"]
    announced: str = "announced"
    decimals: int = 2
    are_scores_public: bool = False
    snapshot: Snapshot | None = None
    invented: str = ""
    timezone: str = "Asia/Shanghai"
    remarks: tuple[str, ...] = ()
    round_name: str = ""
    head: str = ""


def round_name(of: Mapping[str, Any], lang: str) -> str:
    """Return a round by its place in the competition, stage and group: 第2轮决赛村级组.

    Nothing in it was typed, so a file's name may carry it.

    Parameters
    ----------
    of
        Row of a round: ``position``, ``stage``, ``category``.
    """
    group = "" if of["category"] == "all" else t(f"category.{of['category']}", lang)
    stage = t(f"round_stage.{of['stage']}", lang)
    name = t("exports.paper.round", lang, position=of["position"], stage=stage, group=group)
    return name.strip()


def paper_lines(meta: PaperMeta, lang: str) -> dict[str, Any]:
    """Return the fields of a ``Table`` that are the same on every paper of a round."""
    marks = []
    if meta.invented:
        marks.append(t(f"exports.paper.{meta.invented}", lang))
    snapshot = meta.snapshot
    whole = snapshot.head if snapshot else meta.head
    head = [t("exports.paper.head", lang, head=seal.shown(whole))] if whole else []
    if snapshot is None:
        marks.append(t("exports.paper.provisional", lang))
        return {
            "marks": tuple(marks),
            "round": meta.round_name,
            "invented": meta.invented,
            "foot_line": " ".join([t("exports.paper.no_snapshot", lang), *head]),
            "head": whole,
        }
    at = snapshot.certified_at.astimezone(ZoneInfo(meta.timezone))
    values = {"version": snapshot.version, "at": at.strftime("%Y-%m-%d %H:%M")}
    return {
        "marks": tuple(marks),
        "round": meta.round_name,
        "invented": meta.invented,
        "foot_line": " ".join(
            [t("exports.paper.foot", lang, sha256=snapshot.sha256, **values), *head]
        ),
        "head": whole,
        "edition": t("exports.paper.edition", lang, sha256=snapshot.sha256[:HASH_SHOWN], **values),
        "stem": f"v{snapshot.version}-{snapshot.sha256[:8]}",
    }
