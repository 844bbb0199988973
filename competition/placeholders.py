"""Texts with names in braces that people edit: each name is one of a list, and none is a format."""

import re
from collections.abc import Iterator, Mapping, Sequence

from competition.errors import UnknownPlaceholder


class Placeholders:
    """The names that a text may have in braces."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._named = re.compile(r"\{(" + "|".join(self.names) + r")\}")

    def check(self, text: str, field: str) -> None:
        """Refuse braces around anything else: no format is ever run on a text.

        Raises
        ------
        UnknownPlaceholder
        """
        left = self._named.sub("", text)
        for sign in "{}":
            if sign in left:
                at = left.index(sign)
                raise UnknownPlaceholder(field=field, value=left[at : at + 20])

    def fill(self, text: str, values: Mapping[str, str]) -> str:
        """The text with each name replaced once by its value; a value's braces stay."""
        return self._named.sub(lambda match: values[match[1]], text)

    def parts(self, text: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The filled text in pieces, each with the name it came from; empty for typed text."""
        at = 0
        for match in self._named.finditer(text):
            yield text[at : match.start()], ""
            yield values[match[1]], match[1]
            at = match.end()
        yield text[at:], ""

    def as_named(self) -> dict[str, str]:
        """Each name as itself in braces, for a sample that is shown unfilled."""
        return {name: f"{{{name}}}" for name in self.names}
