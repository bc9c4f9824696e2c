"""One file's bytes to facts: the readers, and which of them read a path.

Every module here that reads has `READERS`, a tuple of `Reader`. A reader's name begins with its module's; modules are
imported when one of their readers is first asked for, so that choosing costs no parser.
"""

from functools import cache, lru_cache
from importlib import import_module

from scoring.readers.base import Reader, Unreadable
from scoring.readers.choice import PATH_CACHE, reader_names

__all__ = ["Reader", "Unreadable", "all_readers", "readers_for"]

MODULES = ("ci", "config", "packaging", "python", "text")


@cache
def _readers_of(module: str) -> dict[str, Reader]:
    if module not in MODULES:
        return {}
    readers: tuple[Reader, ...] = import_module(f"scoring.readers.{module}").READERS
    return {reader.name: reader for reader in readers}


@lru_cache(maxsize=PATH_CACHE)
def readers_for(path: str) -> tuple[Reader, ...]:
    """The readers of a path, in a fixed order; () where no reader reads such a path."""
    chosen = ((name, _readers_of(name.partition(".")[0])) for name in reader_names(path))
    return tuple(readers[name] for name, readers in chosen if readers)


def all_readers() -> tuple[Reader, ...]:
    """Every reader, sorted by name."""
    return tuple(
        sorted((reader for module in MODULES for reader in _readers_of(module).values()), key=lambda r: r.name)
    )
