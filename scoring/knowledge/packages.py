"""Which distribution provides a module, which ones serve without an import, and which serve one purpose.

The tables are distributions.toml and purposes.toml beside this module. Names of distributions are normalised (PEP 503).
"""

import re
import sys
import tomllib
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from scoring import knowledge

_SEPARATORS = re.compile(r"[-_.]+")


class Purpose(NamedTuple):
    """What several distributions are for: one of them is enough."""

    name: str
    packages: frozenset[str]
    offered: bool = False
    """A module that imports two of them leaves the choice to who runs it."""


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(knowledge).joinpath(f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=1 << 14)
def normalised(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return _SEPARATORS.sub("-", name).lower()


def all_normalised(words: Collection[str]) -> frozenset[str]:
    """Many at once, none of which holds a line end."""
    return frozenset(_SEPARATORS.sub("-", "\n".join(words)).lower().split("\n")) if words else frozenset()


_MODULES: dict[str, tuple[str, ...]] = {key: tuple(names) for key, names in _table("distributions")["modules"].items()}
_CONDA: dict[str, str] = _table("distributions")["conda"]
_UNIMPORTED: dict[str, list[str]] = _table("distributions")["unimported"]
_SILENT = frozenset(_UNIMPORTED["names"])
INSTALLING = frozenset(_table("distributions")["installing"]["names"])
_SYSTEM = frozenset(_UNIMPORTED["system"])
BROUGHT = frozenset(_table("distributions")["brought"]["names"])
_BRINGS: dict[str, list[str]] = _table("distributions")["brings"]
_LOADED: dict[str, list[str]] = _table("distributions")["loaded_by"]
BACKPORTS = frozenset(_table("distributions")["backports"]["names"])
_EXTRAS: dict[str, list[str]] = _table("distributions")["extras"]
_PLATFORM = frozenset(_table("distributions")["platform"]["names"])
_PLATFORM_MODULES = tuple(f"{name}." for name in sorted(_PLATFORM))

STANDARD: frozenset[str] = sys.stdlib_module_names | frozenset(_table("distributions")["standard"]["names"])
"""Top-level modules of the standard library, with those that it has lost since Python 2."""

PURPOSES: tuple[Purpose, ...] = tuple(
    Purpose(row["name"], frozenset(row["packages"]), row.get("offered", False)) for row in _table("purposes")["purpose"]
)

WITH_PURPOSE = frozenset().union(*(purpose.packages for purpose in PURPOSES))

_DISTRIBUTIONS = frozenset(name for names in _MODULES.values() for name in names).union(
    WITH_PURPOSE, BROUGHT, _BRINGS, *_BRINGS.values(), _CONDA.values()
)
_KNOWN_ROOTS = frozenset(
    name.partition(".")[0] for names in (_MODULES, *knowledge.LIBRARIES.values()) for name in names
)


@lru_cache(maxsize=1 << 14)
def is_provided(module: str) -> bool:
    """Whether Python itself or the platform it runs on provides a dotted module."""
    root = module.partition(".")[0]
    return root in STANDARD or root in _PLATFORM or f"{module}.".startswith(_PLATFORM_MODULES)


def is_known(root: str) -> bool:
    """Whether a top-level module is that of a third-party package by name."""
    return root in _KNOWN_ROOTS


@lru_cache(maxsize=1 << 14)
def distributions_of(module: str) -> tuple[str, ...]:
    """The distributions that may provide a dotted module, the likeliest first; a name may end in "*"."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        listed = _MODULES.get(".".join(parts[:length]))
        if listed is not None:
            return listed + _by_name(parts[:length])
    return _by_name(parts)


def _by_name(parts: list[str]) -> tuple[str, ...]:
    root = normalised(parts[0])
    longer = tuple(normalised("-".join(parts[:length])) for length in range(2, min(len(parts), 3) + 1))
    return (root, f"python-{root}", f"py{root}", f"{root}-python", f"{root}-py", *longer)


@lru_cache(maxsize=1 << 18)
def likely_distribution(module: str) -> str:
    """The name under which a dotted module is most likely installed."""
    return next((name for name in distributions_of(module) if not name.endswith("*")), normalised(module))


def from_conda(name: str) -> str:
    """What the Python index calls a package of conda."""
    return _CONDA.get(name, name)


def is_system(name: str) -> bool:
    """Whether conda installs a tool or system library by this name, and no Python module."""
    return name in _SYSTEM or (name.startswith("r-") and name != "r-")


def serves_unimported(name: str) -> bool:
    """Whether a distribution is of use without an import: a tool, a plugin, a back-end, stubs."""
    return (
        name in _SILENT
        or name in _SYSTEM
        or name.startswith(tuple(_UNIMPORTED["prefixes"]))
        or name.endswith(tuple(_UNIMPORTED["suffixes"]))
    )


def brought_by_extra(name: str, extra: str) -> list[str]:
    """What an extra of a distribution brings."""
    return _EXTRAS.get(f"{name}[{extra}]", [])


def loaders_of(name: str) -> tuple[str, ...]:
    """The distributions that may load this one by themselves, where code only names what it is for."""
    return tuple(sorted(loader for loader, loaded in _LOADED.items() if name in loaded))


PUT_TOGETHER = 15
"""Letters of a name from which on it is of several words (`plottingfunctions`)."""


def is_doubtful(root: str) -> bool:
    """Whether a module that nothing provides is rather one of the component's own that is not there: its name is put
    together, by its length at least, and nobody knows a package by it."""
    return ("_" in root.strip("_") or len(root) >= PUT_TOGETHER) and not is_distribution(normalised(root))


def is_distribution(name: str) -> bool:
    """Whether a name is known to be that of a package of Python."""
    return name in _DISTRIBUTIONS or is_known(name.replace("-", "_"))


def bringers_of(name: str) -> tuple[str, ...]:
    """The distributions that have always needed this one, and so bring it, by name."""
    return tuple(sorted(bringer for bringer, brought in _BRINGS.items() if name in brought))
