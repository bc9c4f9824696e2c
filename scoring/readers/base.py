"""What a reader is: a pure function from one file's bytes to what the file says, and how it refuses.

A reader gets bytes alone, never a path: facts are cached by blob, and a blob may stand at many paths.
Raise a reader's version whenever its facts would differ for the same bytes; every blob is then read again.
"""

from collections.abc import Callable
from typing import NamedTuple

from scoring.facts import FileFacts


class Unreadable(Exception):
    """The file can't be read; `reason` is a short phrase for the coverage page ("Python 2", "template", ...)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Reader(NamedTuple):
    """`name` and `version` are the key of its cached facts; `read` raises Unreadable and nothing else."""

    name: str
    version: int
    read: Callable[[bytes], FileFacts]
