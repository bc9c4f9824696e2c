"""What holds a configuration to its keys, from the TOML file of settings."""

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("settings.toml").read_text("utf-8"))
SCHEMAS: frozenset[str] = frozenset(_TABLE["schemas"])
"""Classes with fields, schemas, and the libraries of both, by the names that code uses."""
CHECKING: tuple[str, ...] = tuple(_TABLE["checking"])
"""How functions are named that check."""
