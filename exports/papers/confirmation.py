"""成绩确认单: the certificate on paper, with what a later change would not fit."""

from competition.results.awards import AwardList
from competition.results.editions import Edition
from competition.times import local
from exports.papers.document import Block, Document, Paragraph, Signatures
from exports.papers.frame import Words, framed, in_groups
from exports.papers.publishing import frame_of_awards

SIGN = ("scorekeeper", "checker", "supervisor", "chair")


def confirmation(awards: AwardList, edition: Edition, lang: str) -> Document:
    """Its hash, the root of the sheets, the version before, when appeals end; four sign."""
    say = Words("confirmation", lang)
    at = local(edition.at, awards.timezone)
    values = {
        "competition": awards.competition,
        "round": awards.round,
        "count": len(awards.winners),
        "version": edition.version,
        "at": f"{at:%Y-%m-%d %H:%M}",
    }
    root = say("root", sheets=edition.sheets, code=in_groups(edition.root)) if edition.root else ""
    before = say("before", code=in_groups(edition.before)) if edition.before else say("first")
    lines = (
        say("text", **values),
        say("sha256", code=in_groups(edition.sha256)),
        root,
        before,
        say("appeals"),
        say("keep"),
    )
    blocks: tuple[Block, ...] = (
        *(Paragraph(line) for line in lines if line),
        Signatures(tuple(say(f"sign.{who}") for who in SIGN)),
    )
    return framed(frame_of_awards(awards), "confirmation", lang, blocks)
