"""What makes an endpoint, what tells who calls it, what reports how it does (serving.toml)."""

import re
from importlib.resources import files
from tomllib import loads

_TABLE = loads(files("scoring.knowledge").joinpath("serving.toml").read_text("utf-8"))

FRAMEWORKS = frozenset(_TABLE["endpoints"]["frameworks"])
DECORATORS = frozenset(_TABLE["endpoints"]["decorators"])
OPEN_PATHS = frozenset(_TABLE["endpoints"]["open"])
IDENTITY = re.compile("|".join(_TABLE["identity"]["words"]), re.IGNORECASE)
IDENTITY_KINDS = frozenset(_TABLE["identity"]["kinds"])
IDENTITY_KEYS: tuple[str, ...] = tuple(_TABLE["identity"]["keys"])
REPORTS = tuple(_TABLE["reports"]["modules"])
