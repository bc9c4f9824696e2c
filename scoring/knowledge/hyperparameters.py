"""Which keywords of third-party calls are hyper-parameters, from the TOML file of the same name."""

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("hyperparameters.toml").read_text("utf-8"))

TABULAR: tuple[str, ...] = tuple(_TABLE["libraries"]["tabular"])
LAYERS: tuple[str, ...] = tuple(_TABLE["libraries"]["layers"])
NAMES: frozenset[str] = frozenset(_TABLE["names"]["any"])
OTHER: frozenset[str] = frozenset(_TABLE["names"]["other"])
