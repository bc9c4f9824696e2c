"""One file's bytes to facts: the readers, and which of them read a path.

Every module here that reads has `READERS`, a tuple of `Reader`. A reader's name begins with its module's; modules are
imported when one of their readers is first asked for, so that choosing costs no parser.
"""

import pkgutil
from functools import cache, lru_cache
from importlib import import_module

from scoring.readers.base import Reader, Unreadable
from scoring.readers.choice import PATH_CACHE, reader_names

__all__ = ["Reader", "Unreadable", "all_readers", "readers_for"]


@cache
def _modules() -> tuple[str, ...]:
    """The modules of this package: a walk, so that a new file is a new reader."""
    return tuple(module.name for module in pkgutil.iter_modules(__path__))


@cache
def _readers_of(module: str) -> dict[str, Reader]:
    """A module's readers by name; none where it only serves other readers, or is not there."""
    if module not in _modules():
        return {}
    readers: tuple[Reader, ...] = getattr(import_module(f"scoring.readers.{module}"), "READERS", ())
    return {reader.name: reader for reader in readers}


@lru_cache(maxsize=PATH_CACHE)
def readers_for(path: str) -> tuple[Reader, ...]:
    """The readers of a path, in a fixed order; () where no reader reads such a path."""
    chosen = ((name, _readers_of(name.partition(".")[0])) for name in reader_names(path))
    return tuple(readers[name] for name, readers in chosen if readers)


def all_readers() -> tuple[Reader, ...]:
    """Every reader, sorted by name."""
    return tuple(
        sorted((reader for module in _modules() for reader in _readers_of(module).values()), key=lambda r: r.name)
    )
