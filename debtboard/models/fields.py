"""Identifiers that stand in addresses: random, so that none can be guessed or counted."""

import secrets


def public_id() -> str:
    """12 letters, digits, - or _: 72 random bits."""
    return secrets.token_urlsafe(9)
