"""One spelling for one content: canonical JSON and its SHA-256."""

import hashlib
import json
import unicodedata
from typing import Any

import orjson

_SCALARS = frozenset({str, int, bool, type(None)})


def canonical(content: Any) -> str:
    """JSON with sorted keys, no spaces, NFC text and no floats.

    orjson spells it as Python's own encoder does, in a tenth of the time; what it does not take is
    left to that one.

    Raises
    ------
    TypeError
        If a float is inside: a float has no one spelling, so it is never hashed.
    """
    if _is_simple(content):
        try:
            text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
        except orjson.JSONEncodeError:  # an integer of more than 64 bits, half a character
            return _spelt(content)
        if unicodedata.is_normalized("NFC", text):
            return text
    return _spelt(content)


def _is_simple(content: Any) -> bool:
    """Whether all of it is of JSON's own types, without a float."""
    kind = type(content)
    if kind in _SCALARS:
        return True
    if kind is dict:
        for key, value in content.items():
            if type(key) is not str or not (type(value) in _SCALARS or _is_simple(value)):
                return False
        return True
    return kind is list and all(map(_is_simple, content))


def _spelt(content: Any) -> str:
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
