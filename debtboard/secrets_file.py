"""What the embedded mode keeps in its data folder so that nobody has to think of it: two keys and a socket's place."""

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel's limit is 108, the name included."""


def kept_secret(data: Path, name: str, *, fernet: bool = False) -> str:
    """The secret in data/name, made on first use, readable by its owner alone."""
    path = data / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    value = Fernet.generate_key().decode() if fernet else secrets.token_urlsafe(48)
    fresh = path.with_name(f".{name}.{os.getpid()}")
    fresh.write_text(value, encoding="ascii")
    fresh.chmod(0o600)
    try:
        os.link(fresh, path)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    finally:
        fresh.unlink()
    return value


def socket_folder(data: Path, temporary: Path) -> Path:
    """data/run, or a short private folder where that path is too long for a unix socket."""
    folder = data / "run"
    if len(os.fsencode(folder)) + len("/broker.sock") <= LONGEST_SOCKET_PATH:
        return folder
    digest = hashlib.blake2b(os.fsencode(data), digest_size=6).hexdigest()
    return temporary / f"debtboard-{os.getuid()}-{digest}"
