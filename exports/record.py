"""A round's record as one file to hand out: events, second verifier, and how to run it."""

import io
import zipfile

from words import t

RECORD, VERIFIER = "record.json", "second_verifier.py"


def bundle(record: bytes, verifier: bytes, page: bytes, lang: str) -> bytes:
    """A zip of the record, the verifier's source, the page and a text that says how to check it.

    Parameters
    ----------
    record, verifier
        As `competition.results.record` gives them.
    page
        As `exports.open_me` makes it.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(RECORD, record)
        packed.writestr(VERIFIER, verifier)
        packed.writestr(page_name(lang), page)
        said = t("exports.record.how", lang, record=RECORD, verifier=VERIFIER)
        packed.writestr(t("exports.record.name", lang), said.encode("utf-8-sig"))
    return buffer.getvalue()


def page_name(lang: str) -> str:
    """The name of the page that computes the result again."""
    return t("exports.open_me.file", lang) + ".html"
