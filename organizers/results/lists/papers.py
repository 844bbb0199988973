"""The files of a result: built from what was certified, or marked as not yet certified."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import streamlit as st

from competition.invented import invented
from competition.lineup.seat_words import seat_changes
from competition.results.awards import AwardList
from competition.results.certification import Certificate
from competition.results.composing import CertifiedPart
from competition.results.record import record
from competition.results.standing_lines import line_content
from competition.results.standings import RoundStandings
from competition.results.typed_in_words import typed_in
from competition.rounds.composites import percent
from competition.times import parse
from exports import (
    EXPORTS,
    PaperMeta,
    Snapshot,
    Table,
    award_list,
    file_name,
    round_name,
    standings_sheet,
)
from exports.bundle import page_name
from exports.composite_sheet import PartColumn, composite_sheet
from exports.explanation import announced_name
from exports.open_me import page
from organizers.offers import can
from organizers.results.lists.boards import BOARD, board_file
from ui.access import Visit
from ui.downloads import download
from words import t


def downloads(now: Visit, table: Table, read: str, *, primary: str = "") -> None:
    """Offer a table in every format there is; ``primary`` names the one to take first.

    ``read`` is the right that the table needs, asked again when a file is taken.
    """
    with st.container(key=f"files-{table.key}", horizontal=True, gap="small"):
        for key, export in EXPORTS.items():
            form = t(f"exports.format.{key}", now.lang)
            download(
                now,
                t("organizers.download", now.lang, format=form),
                key=f"{table.key}-{key}",
                read=read,
                name=file_name(table, key),
                media_type=export.mime,
                build=partial(export.render, table),
                primary=key == primary,
            )


def board_downloads(now: Visit) -> None:
    """Offer the award board as a picture."""
    with st.container(key="files-board", horizontal=True, gap="small"):
        for form, media_type in BOARD.items():
            download(
                now,
                t("organizers.awards.board.take", now.lang, format=form.upper()),
                key=f"board-{form}",
                read="award_list",
                name=f"{t('organizers.awards.board.name', now.lang)}.{form}",
                media_type=media_type,
                build=partial(board_file, now, form),
            )


def open_me_download(now: Visit) -> None:
    """Offer the page that computes the result again, alone."""
    if not can(now, "record"):
        return
    download(
        now,
        t("organizers.awards.open_me", now.lang),
        key="open-me",
        read="record",
        name=page_name(now.lang),
        media_type="text/html; charset=utf-8",
        build=lambda: page(record(now.store, now.who, now.round_id), now.lang),
    )


def shown_sheet(result: RoundStandings, lang: str) -> Table:
    """The table of scores of uncertified standings."""
    meta = PaperMeta(
        competition=result.competition["title"],
        round=result.round["title"],
        round_name=round_name(result.round, lang),
        top=result.top,
        official="adjusted" if result.official_is_adjusted else "announced",
        announced=announced_name(result.round),
        decimals=result.rules.scoring.decimals,
        invented=invented(result.competition),
        timezone=result.competition["timezone"],
        head=result.head,
        remarks=(*seat_changes(result.substitutions, lang), *typed_in(result, lang)),
    )
    lines = [line_content(line) for line in result.lines]
    if result.parts:
        return composite_sheet(lines, _columns([p.content() for p in result.parts]), meta, lang)
    return standings_sheet(lines, meta, lang)


def certified_sheet(result: RoundStandings, certificate: Certificate, lang: str) -> Table:
    """The table of scores as it was certified, figure by figure from the snapshot."""
    content = certificate["content"]
    rules = result.rules
    meta = PaperMeta(
        competition=content["competition"]["title"],
        round=content["round"]["title"],
        round_name=round_name(result.round, lang),
        top=rules.scoring.top,
        official="adjusted" if result.official_is_adjusted else "announced",
        announced=announced_name(result.round),
        decimals=rules.scoring.decimals,
        are_scores_public=rules.published == "scores",
        snapshot=_edition(certificate),
        invented=invented(content["competition"]),
        timezone=result.competition["timezone"],
        remarks=(*seat_changes(result.substitutions, lang), *typed_in(result, lang)),
    )
    if "parts" in content:
        return composite_sheet(content["entrants"], _columns(content["parts"]), meta, lang)
    return standings_sheet(content["entrants"], meta, lang)


def _columns(parts: Sequence[CertifiedPart]) -> list[PartColumn]:
    """The parts of a composite as columns, in their order."""
    return [
        PartColumn(part["title"], percent(Fraction(part["weight"])), part["scores"])
        for part in parts
    ]


def winners_sheet(awards: AwardList, lang: str) -> Table:
    """The award list of a certified round."""
    return award_list(awards.winners, awards_meta(awards, lang), lang, awards.prize_of)


def awards_meta(awards: AwardList, lang: str) -> PaperMeta:
    """What every paper of an award list says besides its rows."""
    return PaperMeta(
        competition=awards.competition,
        round=awards.round,
        round_name=round_name(vars(awards), lang),
        top=awards.top,
        official="adjusted" if awards.official_is_adjusted else "announced",
        decimals=awards.decimals,
        are_scores_public=awards.published == "scores",
        snapshot=Snapshot(awards.version, awards.sha256, parse(awards.at), awards.head),
        invented=awards.invented,
        timezone=awards.timezone,
    )


def _edition(certificate: Certificate) -> Snapshot:
    at = parse(certificate["at"])
    return Snapshot(certificate["version"], certificate["sha256"], at, certificate["head"])
