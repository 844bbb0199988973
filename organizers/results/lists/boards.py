"""The award board: of the newest certificate, the decided list once there is one.

It is drawn without the library of the charts.
"""

from collections.abc import Sequence

from competition.results.awards import AwardList, award_list
from competition.results.deciding import MAIN, Lists, lists
from competition.results.prize_words import group_name
from competition.results.prizes import Prized, PrizeGroup
from exports import seal
from exports.papers import board
from exports.papers.board import Board, BoardGroup, Entry
from organizers import naming
from ui.access import Visit, saying
from words import t

BOARD: dict[board.Form, str] = {"svg": "image/svg+xml", "png": "image/png"}
"""The formats of the board, each with its media type."""
_say = saying("organizers.awards.board")


def board_file(now: Visit, form: board.Form) -> bytes:
    """The award board of the newest certificate, the decided list once there is one."""
    where = (now.store, now.who, now.round_id)
    return board.render(board_of(now, award_list(*where), lists(*where)), form)


def board_of(now: Visit, awards: AwardList, both: Lists) -> Board:
    """The prizes with all who get them; scores where the rules make them public."""
    groups = both.decided if both.is_decided else awards.groups
    foot = [
        _say(now, "decided" if both.is_decided else "suggested"),
        t("charts.caption.certified", now.lang, version=awards.version, code=awards.sha256[:12]),
        t("charts.caption.head", now.lang, head=seal.shown(awards.head)),
        *([t(f"exports.paper.{awards.invented}", now.lang)] if awards.invented else []),
    ]
    return Board(
        lang=now.lang,
        title=awards.competition,
        subtitle=awards.round,
        groups=tuple(_group(now, awards, group) for group in groups if group.members),
        foot="\N{IDEOGRAPHIC SPACE}".join(foot),
        creator=t("exports.xlsx.creator", now.lang),
    )


def _group(now: Visit, awards: AwardList, group: PrizeGroup) -> BoardGroup:
    scored = awards.published == "scores" and group.kind in MAIN
    members = _in_order(group)
    key = "unordered" if group.unordered else "count"
    return BoardGroup(
        name=group_name(group, now.lang),
        note=_say(now, key, count=len(members)),
        members=tuple(_entry(one, is_scored=scored) for one in members),
    )


def _in_order(group: PrizeGroup) -> Sequence[Prized]:
    """By score as listed, or by the division code where the order says nothing."""
    if not group.unordered:
        return group.members
    return sorted(group.members, key=lambda one: one.line["code"] if one.line else one.county)


def _entry(one: Prized, *, is_scored: bool) -> Entry:
    if one.line is None:
        return Entry(one.county)
    score = str(one.line["official"] or "") if is_scored else ""
    return Entry(naming.title(one.line), naming.around(one.line), one.line["title"], score)
