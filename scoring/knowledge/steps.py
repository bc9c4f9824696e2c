"""Which commands carry out a step of a pipeline, from the TOML file of the same name."""

import re
import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("steps.toml").read_text("utf-8"))

PROGRAM: re.Pattern[str] = re.compile("|".join(_TABLE["programs"]))
TOOL: re.Pattern[str] = re.compile("|".join(_TABLE["tools"]))
PIPELINE: re.Pattern[str] = re.compile(_TABLE["pipeline"])
OTHER: re.Pattern[str] = re.compile(_TABLE["others"])
