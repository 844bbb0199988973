"""Papers that follow a certificate: 公示, 通报, 建议与审定名单, 更换公告; made from its id."""

from collections.abc import Iterator, Sequence

from competition.results.awards import AwardList, Winner, winner_of
from competition.results.deciding import MAIN, Lists
from competition.results.prize_words import group_name, reason_said
from competition.results.prizes import PrizeGroup
from competition.results.publishing import Course
from competition.results.standing_lines import CertifiedLine
from competition.results.versions import Moved, Replacement
from competition.saying import listed
from competition.times import local
from exports.papers.document import Block, Cell, Document, Grid, Heading, NewPage, Paragraph
from exports.papers.document import Signatures as Sign
from exports.papers.frame import Frame, Words, framed
from words import t

SHORT = 12
MORE = {"winners": (), "ranks": ("old", "new"), "scores": ("old", "new", "score")}
"""What a replacement says of each that moves, by what the rules make public."""
SIGN_DECIDED = ("organizer", "supervisor", "leader")


def public_notice(awards: AwardList, course: Course, lang: str) -> Document:
    """公示: the suggested list by prize, in an order that says nothing, with how to object.

    Days, contact and how to object as they were recorded; blanks before that.
    """
    say, facts = Words("notice", lang), course.fact("noticed").details
    values = {
        "competition": awards.competition,
        "round": awards.round,
        "count": len(awards.winners),
    }
    recorded = "_recorded" if facts else ""
    blocks: tuple[Block, ...] = (
        Paragraph(""),
        Paragraph(say("text", **values)),
        Paragraph(say(f"period{recorded}", **facts)),
        Paragraph(say(f"contact{recorded}", **facts)),
        Heading(say(f"list_{_stage(awards)}")),
        *_prizes(say, awards, awards.groups, is_by_code=True),
        Paragraph(say("order")),
        *_closing(say),
    )
    return framed(frame_of_awards(awards), "notice", lang, blocks)


def commendation(
    awards: AwardList, course: Course, lists: Lists, objections: int, lang: str
) -> Document:
    """通报: the decision's text, the decided list as its annex; blanks for what is not recorded."""
    say = Words("commendation", lang)
    groups = lists.decided if lists.is_decided else awards.groups
    at = local(awards.at, awards.timezone)
    noticed, commended = course.fact("noticed").details, course.fact("commended").details
    values = {
        "competition": awards.competition,
        "round": awards.round,
        "count": len([one for group in groups if group.kind in MAIN for one in group.members]),
        "version": awards.version,
        "at": f"{at:%Y-%m-%d}",
        "objections": objections,
    }
    text = say("text_recorded", **values, **noticed) if noticed else say("text", **values)
    number = [Paragraph(commended["number"], align="center")] if commended else []
    blocks: tuple[Block, ...] = (
        *number,
        Paragraph(""),
        Paragraph(say("addressed"), align="left"),
        Paragraph(text),
        Paragraph(say("hope")),
        Paragraph(""),
        Paragraph(say("annex_line")),
        *_closing(say, commended.get("day", "")),
        NewPage(),
        Heading(say("annex")),
        Paragraph(say(f"list_{_stage(awards)}"), align="center"),
        *_prizes(say, awards, groups),
    )
    return framed(frame_of_awards(awards), "commendation", lang, blocks)


def decided_lists(awards: AwardList, lists: Lists, lang: str) -> Document:
    """建议名单 and 审定名单 one below the other, each change between them, to be signed."""
    say = Words("decided", lang)
    head = say.head("entrant", "before", "after", "reason", "signed")
    rows = [
        (
            Cell(f"{one.county} {one.place}"),
            Cell(_named(say, one.before)),
            Cell(_named(say, one.prize)),
            Cell(one.reason),
            Cell(listed([one.entered_by, one.confirmed_by or "—"], lang)),
        )
        for one in lists.changes
        if one.state != "withdrawn"
    ]
    changes = Grid((head, *rows), widths=(3, 2, 2, 4, 2.6), size=12)
    blocks: tuple[Block, ...] = (
        Heading(say("suggested")),
        *_reasons(say, lists.suggested),
        Heading(say("changes")),
        changes if rows else Paragraph(say("no_changes")),
        Heading(say("decided" if lists.is_decided else "not_decided")),
        *_reasons(say, lists.decided),
        Sign(tuple(say(f"sign.{who}") for who in SIGN_DECIDED)),
    )
    return framed(frame_of_awards(awards), "decided", lang, blocks)


def _named(say: Words, prize: str | None) -> str:
    return say("out") if prize is None else prize or say("in")


def _reasons(say: Words, groups: Sequence[PrizeGroup]) -> Iterator[Block]:
    for group in groups:
        name = group_name(group, say.lang)
        yield Heading(say("prize", name=name, count=len(group.members)), level=2)
        rows = [
            (
                Cell(one.county),
                Cell("" if one.line is None else one.line["village"] or one.line["township"]),
                Cell(reason_said(one.reason, say.lang)),
            )
            for one in group.members
        ]
        if rows:
            head = say.head("county", "village", "why")
            yield Grid((head, *rows), widths=(2.4, 3, 6), size=12)


def replacement(awards: AwardList, replaced: Replacement, lang: str) -> Document:
    """更换公告: the version in force, the one it replaced, why, and who moves.

    Ranks and scores only where the rules make them public; else who is in and who is out.
    """
    say = Words("replacement", lang)
    old, new = replaced.old, replaced.new
    shown = [
        one
        for one in replaced.moves
        if awards.published != "winners" or one.change in ("in", "out")
    ]
    values = {
        "competition": awards.competition,
        "round": awards.round,
        "old": old.version,
        "new": new.version,
        "old_code": old.sha256[:SHORT],
        "new_code": new.sha256[:SHORT],
    }
    because = [Paragraph(say("because", reason=old.reason))] if old.reason else []
    blocks: tuple[Block, ...] = (
        Paragraph(""),
        Paragraph(say("text", **values)),
        *because,
        _moves(say, shown, awards.published) if shown else Paragraph(say("no_moves")),
        *_closing(say),
    )
    return framed(frame_of_awards(awards), "replacement", lang, blocks)


def _moves(say: Words, moves: Sequence[Moved], published: str) -> Grid:
    columns = ["change", "county", "township", "village"]
    more = MORE[published]
    rows = [
        (
            Cell(t(f"organizers.versions.change.{one.change}", say.lang)),
            Cell(one.new["county"]),
            Cell(one.new["township"]),
            Cell(one.new["village"]),
            *(Cell(value) for value in _figures(one)[: len(more)]),
        )
        for one in moves
    ]
    widths = (1.8, 2, 2.4, 2.4, *[1.4] * len(more))
    return Grid((say.head(*columns, *more), *rows), widths=widths, size=12)


def _figures(one: Moved) -> tuple[str, str, str]:
    old, new = (str(line["rank"] or "—") for line in (one.old, one.new))
    return old, new, str(one.new["official"] or "—")


def _prizes(
    say: Words, awards: AwardList, groups: Sequence[PrizeGroup], *, is_by_code: bool = False
) -> Iterator[Block]:
    """Each prize with those who get it, counties as one line; the undivided list as one table."""
    by_id = {one.entrant_id: one for one in awards.winners}
    for group in groups:
        if group.name:
            yield Heading(say("prize", name=group.name, count=len(group.members)), level=2)
        if group.kind == "organizing":
            counties = [one.county for one in group.members]
            yield Paragraph(listed(counties, say.lang), align="center")
            continue
        lines = [one.line for one in group.members if one.line is not None]
        getting = [by_id.get(one["entrant_id"]) or _other(awards, one) for one in lines]
        yield winners(say, sorted(getting, key=lambda one: one.code) if is_by_code else getting)
    if any(group.unordered for group in groups) and not is_by_code:
        yield Paragraph(say("unordered"))


def _other(awards: AwardList, line: CertifiedLine) -> Winner:
    """An entrant on the list that scores do not select."""
    return winner_of(line, awards.presenters[line["entrant_id"]])


def _closing(say: Words, day: str = "") -> tuple[Paragraph, ...]:
    """Office and date: the date four characters from the right, the office over its middle."""
    return (
        Paragraph(""),
        Paragraph(say("office"), align="right", space=2),
        Paragraph(day or say("day"), align="right", space=4),
    )


def winners(say: Words, listed: Sequence[Winner]) -> Grid:
    """A table of winners without ranks."""
    columns = ("at", "county", "township", "village", "title", "presenter")
    head = Words("winners", say.lang).head(*columns)
    rows = [
        (
            Cell(str(at)),
            Cell(one.county),
            Cell(one.township),
            Cell(one.village),
            Cell(one.title),
            Cell(one.presenter),
        )
        for at, one in enumerate(listed, start=1)
    ]
    aligns = ("center", "center", "center", "center", "left", "center")
    return Grid((head, *rows), widths=(0.7, 1.6, 2, 1.9, 3.7, 1.9), size=12, aligns=aligns)


def _stage(awards: AwardList) -> str:
    return "final" if awards.stage == "final" else "advancing"


def frame_of_awards(awards: AwardList) -> Frame:
    """The round of an award list, by its certificate."""
    return Frame(
        competition=awards.competition,
        round_title=awards.round,
        code=awards.sha256[:SHORT],
        invented=awards.invented,
        version=awards.version,
        head=awards.head,
    )
