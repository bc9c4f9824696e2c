"""What hands predictions on, what names their origin, where they go, what turns a model off (predictions.toml)."""

import re
from importlib.resources import files
from tomllib import loads

from scoring.knowledge import CALLS, WORDS

_TABLE = loads(files("scoring.knowledge").joinpath("predictions.toml").read_text("utf-8"))

FIGURES = frozenset(_TABLE["flow"]["figures"])
CARRIERS = (WORDS.keeping_methods | WORDS.keeping_functions | frozenset(_TABLE["flow"]["carriers"])) - FIGURES
PREDICTING = re.compile(_TABLE["flow"]["predicting"])
SERVING = re.compile(_TABLE["flow"]["serving"])
MODELS = re.compile(_TABLE["flow"]["models"])
ORIGIN = re.compile(_TABLE["origin"]["words"], re.IGNORECASE)
ANSWERS = re.compile(_TABLE["origin"]["answers"])
MODEL_KEYS = frozenset(_TABLE["origin"]["keys"])
TRIALS = re.compile(_TABLE["trials"]["words"], re.IGNORECASE)
ARRAYS = frozenset(_TABLE["trials"]["arrays"])
KEEPS_MODELS = frozenset(_TABLE["trials"]["models"])
TABLES = (CALLS["WRITE"].methods | frozenset(_TABLE["trials"]["tables"])) - ARRAYS - KEEPS_MODELS
MEDIA = re.compile(_TABLE["trials"]["media"], re.IGNORECASE)
SHARED = re.compile(_TABLE["shared"]["words"])
OPENING = frozenset(_TABLE["shared"]["open"])
SWITCHES = re.compile(_TABLE["switches"]["keys"], re.MULTILINE)
"""Of keys and names in small letters, one a line."""
SWITCH_LIBRARIES = frozenset(_TABLE["switches"]["libraries"])
