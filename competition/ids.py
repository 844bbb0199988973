"""Ids and secrets: text, minted here and nowhere else."""

import secrets

from db.canonical import sha256


def mint() -> str:
    """A new id of 96 random bits."""
    return secrets.token_hex(12)


def token() -> str:
    """A secret of 128 random bits for a link or a sign-in."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> str:
    """The hash of a secret, which alone is stored."""
    return sha256(secret)
