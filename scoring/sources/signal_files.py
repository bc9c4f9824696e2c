"""The files of an operator's own signals, read from the folder that the operator names; nothing of them is run here.

What stands in that folder is run with the rights of whoever scans, in a child with limits. So the folder and its files
are refused where anybody on the host may write them, and a link that leads out of the folder is not followed.
"""

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 50
MOST_BYTES = 200_000
MOST_NAME = 50
NAME = re.compile(r"[a-z][a-z0-9_]*\.py")
APART = ("_", "test_")
"""How the names of files begin that hold no signals: a package's own, and tests that stand beside them."""


class UnusableFolder(Exception):
    """The folder can't be used at all: one sentence, what and what to do."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its bytes, or why they were not taken, in words that follow its name."""

    name: str
    source: bytes
    problem: str = ""


def read_folder(folder: Path) -> tuple[SourceFile, ...]:
    """Its files of signals, by name. Raises UnusableFolder."""
    root = usable_folder(folder)
    try:
        names = sorted(entry.name for entry in os.scandir(root) if entry.name.endswith(".py"))
    except OSError as error:
        raise UnusableFolder(f"{folder} can't be read ({error.strerror}); let this user read it.") from None
    wanted = [name for name in names if not name.startswith(APART)]
    if len(wanted) > MOST_FILES:
        raise UnusableFolder(f"{folder} holds {len(wanted)} files of signals; keep it to {MOST_FILES}.")
    return tuple(_read(root, name) for name in wanted)


def usable_folder(folder: Path) -> Path:
    """The folder itself, links resolved. Raises UnusableFolder."""
    try:
        root = folder.resolve(strict=True)
        mode = root.stat().st_mode
    except (OSError, RuntimeError):
        raise UnusableFolder(f"{folder}: there is no such folder; name the one that holds your signals.") from None
    if not stat.S_ISDIR(mode):
        raise UnusableFolder(f"{folder} is no folder; name the one that holds your signals.")
    if mode & stat.S_IWOTH:
        raise UnusableFolder(
            f"{folder} may be written by anybody on this host, and what stands in it is run: chmod o-w it."
        )
    return root


def _read(root: Path, name: str) -> SourceFile:
    def refused(why: str) -> SourceFile:
        return SourceFile(name, b"", why)

    if not NAME.fullmatch(name) or len(name) > MOST_NAME:
        return refused("has a name that is not of small letters, digits and _ alone, with a letter first")
    try:
        path = (root / name).resolve(strict=True)
        if root not in path.parents:
            return refused("is a link that leads out of the folder")
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return refused("is no file")
        if mode & stat.S_IWOTH:
            return refused("may be written by anybody on this host: chmod o-w it")
        with path.open("rb") as file:
            source = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError) as error:
        circle = not isinstance(error, OSError) or error.errno == errno.ELOOP
        said = "its links go in a circle" if circle else getattr(error, "strerror", "")
        return refused(f"can't be read ({said})")
    return refused(f"is longer than {MOST_BYTES // 1000} KB") if len(source) > MOST_BYTES else SourceFile(name, source)
