"""What a certificate says, as its text is parsed."""

from typing import Any, NotRequired, TypedDict

from competition.results.composing import CertifiedPart
from competition.results.standing_lines import CertifiedLine


class CertificateContent(TypedDict):
    """A certificate's parsed text, as far as pages and papers read it.

    ``marks`` are entrant, judge, criterion and thousandths; a certificate of an older version
    has no ``prizes``.
    """

    competition: dict[str, Any]
    round: dict[str, Any]
    rules: dict[str, Any]
    rubric: list[dict[str, Any]]
    entrants: list[CertifiedLine]
    marks: list[tuple[str, str, str, int]]
    parts: NotRequired[list[CertifiedPart]]
    prizes: NotRequired[dict[str, Any]]
