"""What lets one algorithm take another's place, from the TOML file of the same name."""

import re
import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("plugs.toml").read_text("utf-8"))

VERBS: frozenset[str] = frozenset(_TABLE["verbs"])
MAKERS: frozenset[str] = frozenset(_TABLE["makers"])
MADE: frozenset[str] = frozenset(_TABLE["made"])
REGISTER: re.Pattern[str] = re.compile(_TABLE["register"], re.IGNORECASE)
ENTERED: frozenset[str] = frozenset(_TABLE["entered"])
INSTANTIATE: frozenset[str] = frozenset(_TABLE["instantiate"])
CONFIGURED: frozenset[str] = frozenset(name.partition(".")[0] for name in INSTANTIATE)
"""Packages of these calls."""
IMPORTS: frozenset[str] = frozenset(_TABLE["imports"])
TARGET: tuple[str, ...] = tuple(_TABLE["target"])
MODELS: frozenset[str] = frozenset(_TABLE["models"])
FOLDERS: frozenset[str] = frozenset(_TABLE["folders"])
