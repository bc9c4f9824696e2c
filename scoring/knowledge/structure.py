"""Words that tell how code is built (structure.toml beside this module)."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from scoring import knowledge

_TABLE = tomllib.loads(files(knowledge).joinpath("structure.toml").read_text("utf-8"))

SWITCH: re.Pattern[str] = re.compile(_TABLE["switch"])
REPORTING: frozenset[str] = frozenset(_TABLE["reporting"])
SETTINGS: frozenset[str] = frozenset(_TABLE["settings"])
EXPERIMENT: re.Pattern[str] = re.compile(_TABLE["experiment"], re.IGNORECASE)
MODE: re.Pattern[str] = re.compile(_TABLE["mode"])
VERBS: frozenset[str] = frozenset(_TABLE["verbs"])
ACCESSORS: frozenset[str] = frozenset(_TABLE["accessors"])
ANYTHING: frozenset[str] = frozenset(_TABLE["anything"])
RUNTIMES: Mapping[str, str] = _TABLE["runtimes"]["modules"]
"""Import name -> the language that it joins Python to."""
RUNTIME_CALLS: Mapping[str, str] = _TABLE["runtimes"]["calls"]
RUNTIME_COMMANDS: Mapping[str, str] = _TABLE["runtimes"]["commands"]
