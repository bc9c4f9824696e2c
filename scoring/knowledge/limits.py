"""By which keywords and settings a trial is kept small (limits.toml beside this module)."""

import tomllib
from importlib.resources import files

from scoring import knowledge

_TABLE = tomllib.loads(files(knowledge).joinpath("limits.toml").read_text("utf-8"))

ROWS: frozenset[str] = frozenset(_TABLE["rows"])
"""How many rows a read takes."""

STEPS: frozenset[str] = frozenset(_TABLE["steps"])
"""How far training goes."""

SWITCHES: frozenset[str] = frozenset(_TABLE["switches"])
"""True for a run that only tries whether it runs."""
