"""The glossary as a page: what the guides explain, in the language asked for."""

import pytest

from commands import ROOT
from tests.routes.client import Client
from ui.glossary import terms
from words import LANGS, t


@pytest.mark.parametrize("lang", LANGS)
def test_the_glossary_is_a_page_without_a_sign_in(client: Client, lang: str):
    """Every term of the guide, and no script."""
    answer = client.ask("GET", f"/glossary?lang={lang}")
    page = answer.body.decode()
    assert answer.status == 200
    assert t("ui.glossary.title", lang) in page
    assert len(terms(lang)) == (ROOT / "docs" / lang / "glossary.md").read_text().count("\n| ") - 1
    assert all(term.split(",")[0].split("、")[0] in page for term, _, _ in terms(lang))
    assert "<script" not in page
