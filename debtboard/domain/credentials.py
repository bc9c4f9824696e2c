"""Credentials of repositories and connections: encrypted at rest, written once, never shown again."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class NoKey(Exception):
    """No key is set, so no credential can be kept."""


class Undecipherable(Exception):
    """The keys in use don't open it: they were changed without keeping the old one."""


def _keys() -> MultiFernet:
    if not settings.CREDENTIAL_KEYS:
        raise NoKey("No credential can be kept: the operator must set DEBTBOARD_CREDENTIAL_KEYS first.")
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])


def sealed(secret: str) -> bytes:
    """What is stored. Raises NoKey."""
    return _keys().encrypt(secret.encode())


def hint(scheme: str) -> str:
    """What kind of credential an address of that scheme takes: all that is ever told of one that is kept."""
    return "deploy key" if scheme == "ssh" else "token"


def opened(stored: bytes | memoryview) -> str:
    """The secret, for the one call that needs it. Raises NoKey or Undecipherable."""
    if not stored:
        return ""
    try:
        return _keys().decrypt(bytes(stored)).decode()
    except InvalidToken:
        raise Undecipherable(
            "The stored credential can't be opened with the keys in use: enter it again, or bring back the old key."
        ) from None


def rekeyed(stored: bytes | memoryview) -> bytes:
    """The same secret under the first key."""
    return _keys().rotate(bytes(stored))
