"""Which parts of a package are not for others to use, from the TOML file of the same name."""

import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("private.toml").read_text("utf-8"))
MODULES: tuple[str, ...] = tuple(_TABLE["modules"])
"""Modules that their makers call private."""
_PUBLIC: frozenset[str] = frozenset(_TABLE["public"])
_REGISTRIES: tuple[str, ...] = tuple(_TABLE["registries"])


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
