"""A round's record as one file to hand out: events, second verifier, and how to run it."""

import io
import zipfile

from words import t

RECORD, VERIFIER = "record.json", "second_verifier.py"


def bundle(record: bytes, verifier: bytes, lang: str) -> bytes:
    """A zip of the record, the verifier's source and a text that says how to check it.

    Parameters
    ----------
    record, verifier
        As `competition.results.record` gives them.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(RECORD, record)
        packed.writestr(VERIFIER, verifier)
        said = t("exports.record.how", lang, record=RECORD, verifier=VERIFIER)
        packed.writestr(t("exports.record.name", lang), said.encode("utf-8-sig"))
    return buffer.getvalue()
