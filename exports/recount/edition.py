"""What heads a workbook: its name, the round, its edition and head."""

from competition.invented import invented
from competition.results.composite_explaining import Summary
from competition.results.tally_sheets import TallySheets
from exports import seal
from words import t


def heading(of: TallySheets | Summary, name: str, lang: str) -> list[str]:
    """The sheet's name, marked where the event is invented; below it competition and edition."""
    result = of.standings
    mark = invented(result.competition)
    edition = (
        t("exports.recount.certified", lang, version=of.version, sha256=of.sha256[:12])
        if of.version
        else t("exports.recount.uncertified", lang)
    )
    about = t(
        "exports.recount.about",
        lang,
        competition=result.competition["title"],
        round=result.round["title"],
        edition=edition,
        head=seal.shown(of.head),
    )
    return [" · ".join([name, *([t(f"exports.paper.{mark}", lang)] if mark else [])]), about]
