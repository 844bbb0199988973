"""Pictures in the documentation: one of every page, none of a page that is gone, no dead link."""

import re
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from commands import ROOT
from commands.pictures import command, listing
from words import LANGS

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ROOM = 7_000_000


def test_every_picture_has_a_name_of_its_own():
    """Two pictures of one name would overwrite each other; the landing page is among them."""
    names = [picture.name for picture in listing.pictures()]
    assert len(names) == len(set(names))
    assert {"landing", "judges-pad", "organizers-standings", "hall-score"} <= set(names)


def test_every_page_has_its_picture_in_both_languages():
    """``arena.py pictures`` takes them; ``--check`` says what is missing, and so does this."""
    outcome = CliRunner().invoke(command, ["--check"])
    assert outcome.exit_code == 0, outcome.output
    assert listing.left_over() == []


def test_the_pictures_take_little_room():
    assert sum(path.stat().st_size for path in listing.FOLDER.glob("*.png")) < ROOM


def test_a_picture_that_is_lacking_fails_the_check(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(listing, "FOLDER", tmp_path)
    (tmp_path / "of_nothing.zh.png").touch()
    outcome = CliRunner().invoke(command, ["--check"])
    assert outcome.exit_code == 1
    assert "of_nothing.zh.png" in outcome.output
    assert "organizers-standings.en.png" in outcome.output


def test_an_unknown_name_is_refused():
    assert CliRunner().invoke(command, ["--only", "nothing"]).exit_code == 1


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_paper_links_to_is_there(paper):
    """Pictures and papers alike; addresses on the network are nobody's promise."""
    text = re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL)
    wanted = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:|#", link)]
    missing = [
        link for link in wanted if not (paper.parent / unquote(link.partition("#")[0])).exists()
    ]
    assert missing == []


def test_the_guides_come_in_both_languages():
    """Every page of docs/zh is in docs/en under the same name, each with its own pictures."""
    pages = {lang: {page.name: page for page in (ROOT / "docs" / lang).iterdir()} for lang in LANGS}
    assert pages["zh"].keys() == pages["en"].keys() >= {"organizers-guide.md", "judges-guide.md"}
    for lang, named in pages.items():
        for page in named.values():
            links = LINK.findall(page.read_text(encoding="utf-8"))
            assert all(f".{lang}.png" in link for link in links if "pictures/" in link)
