"""What estimators need and what measures rest on, from the TOML file of the same name."""

import tomllib
from importlib.resources import files

from scoring.knowledge import Pattern

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("estimators.toml").read_text("utf-8"))

SCALE_SENSITIVE: frozenset[str] = frozenset(_TABLE["scale"]["sensitive"])
SCALED: tuple[str, ...] = tuple(_TABLE["scale"]["evidence"])
CHOSEN: frozenset[str] = frozenset(_TABLE["parameters"]["chosen"])
BY_THRESHOLD: frozenset[str] = frozenset(_TABLE["measures"]["by_threshold"])
THRESHOLD_FREE = Pattern(_TABLE["measures"]["free"])
