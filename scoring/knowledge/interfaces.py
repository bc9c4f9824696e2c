"""Which methods a framework's documentation describes already (interfaces.toml beside this module)."""

import tomllib
from importlib.resources import files

from scoring import knowledge

_TABLE = tomllib.loads(files(knowledge).joinpath("interfaces.toml").read_text("utf-8"))

METHODS: frozenset[str] = frozenset(_TABLE["methods"])
"""Names of methods that classes derived from a framework's fill in."""

HOOKS: tuple[str, ...] = tuple(_TABLE["hooks"])
"""Beginnings of the names of such methods."""

HOSTED: frozenset[str] = frozenset(_TABLE["hosted"])
"""Names of methods that classes derived from those of libraries of hosted language models fill in."""

RECORDS: tuple[str, ...] = tuple(_TABLE["records"])
"""Ends of the names of base classes whose subclasses only name fields or cases."""

RECORD_MAKERS: frozenset[str] = frozenset(_TABLE["record_makers"])
"""Decorators that make such a class, without their module."""
