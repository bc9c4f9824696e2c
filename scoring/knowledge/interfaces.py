"""Which methods a framework's documentation describes already (interfaces.toml beside this module)."""

import tomllib
from importlib.resources import files

from scoring import knowledge

METHODS: frozenset[str] = frozenset(
    tomllib.loads(files(knowledge).joinpath("interfaces.toml").read_text("utf-8"))["methods"]
)
"""Names of methods that classes derived from a framework's fill in."""
