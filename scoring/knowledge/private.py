"""Which parts of a package are not for others to use, from the TOML file of the same name."""

import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("private.toml").read_text("utf-8"))
MODULES: tuple[str, ...] = tuple(_TABLE["modules"])
"""Modules that their makers call private."""
_PUBLIC: frozenset[str] = frozenset(_TABLE["public"])
_REGISTRIES: tuple[str, ...] = tuple(_TABLE["registries"])
_INSTEAD: dict[str, str] = _TABLE["instead"]


@lru_cache(maxsize=1 << 16)
def public_path(name: str) -> str:
    """What offers in public the part that a dotted name holds; "" where nothing is known to. A name that begins with an
    underscore in a private module is nowhere else."""
    parts = name.split(".")
    for length in range(len(parts), 1, -1):
        found = _INSTEAD.get(".".join(parts[:length]))
        if found is not None:
            return "" if any(part[:1] == "_" for part in parts[length:]) else found
    return ""


@lru_cache(maxsize=1 << 16)
def private_part(name: str) -> str:
    """A dotted name up to its first private part: "torch.hub._get_torch_home"; "" where it has none."""
    if name.startswith(_REGISTRIES):
        return ""
    for module in MODULES:
        if name == module or name.startswith(module + "."):
            return module
    if "._" not in name:
        return ""
    first, *rest = name.split(".")
    for place, part in enumerate(rest, start=1):
        if part[:1] == "_" and part[:2] != "__" and part.partition("(")[0] not in _PUBLIC:
            return ".".join([first, *rest[:place]]).partition("[")[0]
    return ""
