"""How Python asks systems of feature flags for a flag, and which flags are made to stay (flags.toml)."""

from importlib.resources import files
from tomllib import loads

_TABLE = loads(files("scoring.knowledge").joinpath("flags.toml").read_text("utf-8"))

METHODS: dict[str, dict[str, int]] = {name: said["methods"] for name, said in _TABLE["libraries"].items()}
"""Library -> method -> the place of the key among its positional arguments."""
ANY_METHOD: dict[str, int] = {name: at for methods in METHODS.values() for name, at in methods.items()}
KEYWORDS = frozenset(_TABLE["keywords"])
SYSTEMS: dict[str, frozenset[str]] = {name: frozenset(said) for name, said in _TABLE["systems"].items()}
"""System -> the libraries that ask it."""
KEPT_TAGS = frozenset(_TABLE["kept"]["tags"])
KEPT_TYPES = frozenset(_TABLE["kept"]["types"])
