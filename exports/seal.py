"""The head of the record on a paper: 12 signs to read, and all of it as a QR code.

A paper with only 12 signs could be met by a forger with many machines; the code holds every sign,
and what a phone reads from it is what ``verify --head`` takes.
"""

import io
from functools import lru_cache

import segno

SIGNS = 12
BORDER = 2


def shown(head: str) -> str:
    """A head with its counter, number and the first signs of its hash; empty for none."""
    if not head:
        return ""
    generation, number, hash_ = head.split(".")
    return f"{generation.partition('-')[0]}.{number}.{hash_[:SIGNS]}"


@lru_cache(maxsize=32)
def _code(head: str) -> segno.QRCode:
    return segno.make(head.upper(), error="m", micro=False)  # capitals take half the room


def svg(head: str) -> str:
    """The code as SVG text."""
    stream = io.BytesIO()
    _code(head).save(stream, kind="svg", border=BORDER, xmldecl=False, svgns=True, nl=False)
    return stream.getvalue().decode()


def data_uri(head: str) -> str:
    """The code as an address that an ``img`` shows."""
    return str(_code(head).svg_data_uri(border=BORDER, light="#fff"))


@lru_cache(maxsize=32)
def png(head: str) -> bytes:
    """The code as a picture for workbooks and DOCX."""
    stream = io.BytesIO()
    _code(head).save(stream, kind="png", border=BORDER, scale=4)
    return stream.getvalue()
