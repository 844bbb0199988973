"""What 奖状 and 荣誉证书 of a round say: the round's text, filled for each who is honoured."""

from collections.abc import Mapping, Sequence

from competition.invented import invented
from competition.results.award_texts import PLACEHOLDERS, award_texts
from competition.results.awards import AwardList, award_list
from competition.results.deciding import lists
from competition.results.errors import NobodyHonoured
from competition.results.prizes import Prized, PrizeGroup
from exports.papers import honours as papers
from exports.papers.honours import Honour, Honours
from ui.access import Visit
from words import t

CODE = 12
"""Signs of the certificate's hash at the foot."""


def honours_of(now: Visit, kind: str, texts: Mapping[str, str]) -> Honours:
    """The pages of one kind, prize by prize: an entrant each, a county, or a presenter."""
    awards = award_list(now.store, now.who, now.round_id)
    given = [
        _values(awards, _prize(group, now.lang), member)
        for group in lists(now.store, now.who, now.round_id).decided
        for member in group.members
        if (member.line is None) == (kind == "county")
    ]
    if kind == "honour":
        given = [values for values in given if values["presenter"]]
    values = {"version": awards.version, "code": awards.sha256[:CODE]}
    return _whole(now, texts, given, t("exports.papers.honours.foot", now.lang, **values))


def _prize(group: PrizeGroup, lang: str) -> str:
    """What an entry of the group is named: the prize, or the word for an undivided list."""
    unnamed = group.kind in ("list", "shortlist")
    return t(f"results.award_text.unnamed.{group.kind}", lang) if unnamed else group.name


def honours_file(kind: str, now: Visit) -> bytes:
    """The pages of one kind with the text as it is saved, as PDF.

    Raises
    ------
    NobodyHonoured
        If there is no page of this kind.
    """
    texts = award_texts(now.store, now.who, now.round_id, now.lang)[kind]
    made = honours_of(now, kind, texts)
    if not made.pages:
        raise NobodyHonoured
    return papers.render(made)


def none_honoured(kind: str, now: Visit) -> str:
    """Why there is no page of the kind, in words; empty where there is one."""
    texts = award_texts(now.store, now.who, now.round_id, now.lang)[kind]
    has_pages = honours_of(now, kind, texts).pages
    return "" if has_pages else t(f"organizers.honours.none.{kind}", now.lang)


def sample_of(now: Visit, texts: Mapping[str, str]) -> Honours:
    """A page with each name's meaning in its place, before there is a certificate."""
    meant = {}
    for name in PLACEHOLDERS.names:
        text = t(f"organizers.honours.named.{name}", now.lang)
        meant[name] = t("organizers.honours.meant", now.lang, text=text)
    return _whole(now, texts, [meant], "")


def _whole(
    now: Visit, texts: Mapping[str, str], filled: Sequence[Mapping[str, str]], foot: str
) -> Honours:
    mark = invented(now.competition)
    return Honours(
        lang=now.lang,
        title=texts["title"],
        wish=texts["wish"],
        signers=papers.signers(texts["signers"]),
        day=texts["day"],
        has_frame=texts["frame"] == "drawn",
        pages=tuple(_page(texts, values) for values in filled),
        foot=foot,
        watermark=t(f"exports.papers.watermark.{mark}", now.lang) if mark else "",
        mark=t(f"exports.paper.{mark}", now.lang) if mark else "",
        creator=t("exports.xlsx.creator", now.lang),
    )


def _page(texts: Mapping[str, str], values: Mapping[str, str]) -> Honour:
    pieces = PLACEHOLDERS.parts(texts["body"], values)
    body = tuple((text, name == "prize") for text, name in pieces if text)
    return Honour(PLACEHOLDERS.fill(texts["addressed"], values), body)


def _values(awards: AwardList, prize: str, member: Prized) -> dict[str, str]:
    line = member.line
    around = (line["township"], line["village"]) if line else ()
    return {
        "competition": awards.competition,
        "round": awards.round,
        "place": "".join((member.county, *around)),
        "village": (line["village"] or line["township"]) if line else member.county,
        "title": line["title"] if line else "",
        "presenter": awards.presenters.get(line["entrant_id"], "") if line else "",
        "prize": prize,
    }
