"""One spelling for one content: canonical JSON and its SHA-256."""

import hashlib
import json
import unicodedata
from typing import Any


def canonical(content: Any) -> str:
    """JSON with sorted keys, no spaces, NFC text and no floats.

    Raises
    ------
    TypeError
        If a float is inside: a float has no one spelling, so it is never hashed.
    """
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(content: Any) -> Any:
    kind = type(content)
    if kind is int or (kind is str and content.isascii()):
        return content  # most of what a certificate and an event say
    if isinstance(content, float):
        raise TypeError("a float has no one spelling; give a decimal string")
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if isinstance(content, dict):
        return {str(key): _plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    return content


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256_bytes(text.encode())


def sha256_bytes(content: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
