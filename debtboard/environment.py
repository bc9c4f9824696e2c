"""Typed readers of the environment, which refuse odd values with the name and the reason.

Each name is also read as NAME_FILE, a file that holds the value. A value that can't be right stops the start.
"""

import base64
import ipaddress
import os
import ssl
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from scoring.sources.signal_files import UnusableFolder, usable_folder

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")
FERNET_BYTES = 32


def refuse(name: str, reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {reason}")


def text(name: str, default: str = "") -> str:
    """The value, or that of its file, without surrounding white space."""
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and file is not None:
        raise refuse(name, f"both {name} and {name}_FILE are set; keep one.")
    if file is not None:
        try:
            value = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise refuse(f"{name}_FILE", f"{file} can't be read ({type(error).__name__}).") from None
    if value is None:
        return default
    value = value.strip()
    if "\0" in value or "\n" in value:
        raise refuse(name, "it must be one line.")
    return value


def switch(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE + FALSE:
        raise refuse(name, f"{value!r} is neither yes nor no; use 1 or 0.")
    return value in TRUE


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise refuse(name, f"{value!r} is no whole number from {least} to {most}.")
    return int(value)


def words(name: str) -> list[str]:
    """Comma-separated values; empty ones are left out."""
    return [word for part in text(name).split(",") if (word := part.strip())]


def fernet_keys(name: str) -> list[str]:
    """Keys of stored credentials. What is wrong with one is told by its place, never by its text."""
    found = words(name)
    for place, word in enumerate(found, 1):
        try:
            whole = len(base64.urlsafe_b64decode(word)) == FERNET_BYTES
        except ValueError:
            whole = False
        if not whole:
            raise refuse(
                name, f"key {place} of {len(found)} is none: give {FERNET_BYTES} random bytes in URL-safe base64."
            )
    return found


def folder(name: str, default: Path) -> Path:
    value = text(name)
    path = Path(value).expanduser() if value else default
    if not path.is_absolute():
        raise refuse(name, f"{value!r} is no absolute folder.")
    if path.exists() and not path.is_dir():
        raise refuse(name, f"{value!r} is no folder.")
    return path


def folders(name: str) -> list[Path]:
    """Folders that are there, joined by commas."""
    paths = [Path(word) for word in words(name)]
    for path in paths:
        if not path.is_absolute():
            raise refuse(name, f"{str(path)!r} is no absolute folder.")
        if not path.is_dir():
            joined = ":" in str(path) and all(part.startswith("/") for part in str(path).split(":"))
            reason = "join folders by commas, not colons" if joined else "there is no such folder on this host"
            raise refuse(name, f"{str(path)!r}: {reason}.")
    return paths


def networks(name: str) -> list[str]:
    """Networks in CIDR notation, host bits refused."""
    for word in words(name):
        try:
            ipaddress.ip_network(word)
        except ValueError as error:
            raise refuse(name, f"{error}.") from None
    return words(name)


def ports(name: str) -> list[int]:
    """Port numbers, joined by commas."""
    for word in words(name):
        if not word.isascii() or not word.isdigit() or not 0 < int(word) < 65_536:
            raise refuse(name, f"{word!r} is no port; give numbers from 1 to 65535, separated by commas.")
    return [int(word) for word in words(name)]


def signals(name: str) -> Path | None:
    """A folder of signals of the operator's own, which is run in a child with limits; None where it is not set."""
    value = text(name)
    if not value:
        return None
    if not Path(value).is_absolute():
        raise refuse(name, f"{value!r} is no absolute folder.")
    try:
        return usable_folder(Path(value))
    except UnusableFolder as error:
        raise refuse(name, str(error)) from None


def file(name: str) -> str:
    """The path of a file of text that can be read; "" where it is not set."""
    value = text(name)
    if not value:
        return ""
    if not Path(value).is_absolute():
        raise refuse(name, f"{value!r} is no absolute path of a file.")
    try:
        Path(value).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(name, f"{value!r} can't be read ({type(error).__name__}).") from None
    return value


def authorities(name: str) -> str:
    """The path of a file of certificates in PEM; "" where it is not set."""
    value = file(name)
    if value:
        try:
            found = ssl.create_default_context(cafile=value).get_ca_certs()
        except ssl.SSLError:
            found = []
        if not found:
            raise refuse(name, f"{value!r} holds no authority's certificate in PEM.")
    return value


def address(name: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """A URL with one of the schemes; None where it is not set."""
    value = text(name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise refuse(name, "it is no address.") from None
    if parts.scheme not in schemes:
        raise refuse(name, f"an address that begins with {', '.join(s + '://' for s in schemes)} is wanted.")
    return parts


def send_errors(name: str) -> bool:
    """Errors go to the Sentry project of that address, where one is given; nothing of a request or of a variable does.

    Whoever wants it installs sentry-sdk beside Debtboard: it is none of its own packages.
    """
    parts = address(name, ("https", "http"))
    if parts is None:
        return False
    if not parts.username or not parts.hostname or not parts.path.rpartition("/")[2].isdigit():
        raise refuse(name, "it is no project's address: copy it from Sentry, like https://key@sentry.example.org/1.")
    try:
        sentry = import_module("sentry_sdk")
    except ImportError:
        raise refuse(name, "sentry-sdk is not installed: install it beside Debtboard, or leave this out.") from None
    sentry.init(
        dsn=parts.geturl(),
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
    )
    return True


def database(parts: SplitResult) -> dict[str, Any]:
    """Django's settings of one PostgreSQL database, with its time limits (robustness 5.1)."""
    if not parts.hostname and "host" not in dict(parse_qsl(parts.query)):
        raise refuse("DATABASE_URL", "it names no host.")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise refuse("DATABASE_URL", "it names no database.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    limits = "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": limits, **options},
    }
