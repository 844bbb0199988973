"""What papers of a round are made from, as the page's visitor may see it."""

from competition.heads import present_head
from competition.invented import invented
from competition.rounds.rounds import round_view
from competition.rounds.rules import RoundRules
from exports.papers.composite import composite_rules
from exports.papers.document import Document
from exports.papers.frame import Frame
from exports.papers.scoring_rules import RoundFacts, check_code, scoring_rules
from ui.access import Visit


def rules_code(now: Visit) -> str:
    """The check code of the rules of the page's round."""
    return check_code(str(now.round["rules_hash"])) if now.round else ""


def round_frame(now: Visit) -> Frame:
    """The page's round, before there is a certificate."""
    competition = now.competition
    return Frame(
        competition=competition["title"] if competition else "",
        round_title=str(now.round["title"]) if now.round else "",
        code=rules_code(now),
        invented=invented(competition),
        head=present_head(now.store, now.who),
    )


def round_facts(now: Visit) -> RoundFacts:
    """What the scoring rules of the page's round are made from."""
    view, frame = round_view(now.store, now.who, now.round_id), round_frame(now)
    return RoundFacts(
        competition=frame.competition,
        round_title=frame.round_title,
        rules=RoundRules.from_json(view["rules"]),
        criteria=view["criteria"],
        maximum=view["maximum"],
        judges=view["judges"],
        rules_hash=view["rules_hash"],
        is_fixed=view["state"] != "draft",
        invented=frame.invented,
        head=frame.head,
    )


def rules_document(now: Visit) -> Document:
    """《评分办法》 of the page's round or composite."""
    facts = round_facts(now)
    parts = round_view(now.store, now.who, now.round_id)["parts"]
    if parts:
        return composite_rules(facts, parts, now.lang)
    return scoring_rules(facts, now.lang)
