"""What estimators need and what measures rest on, from the TOML file of the same name."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from scoring.knowledge import Pattern

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("estimators.toml").read_text("utf-8"))

SCALE_SENSITIVE: frozenset[str] = frozenset(_TABLE["scale"]["sensitive"])
SCALED: tuple[str, ...] = tuple(_TABLE["scale"]["evidence"])
CHOSEN: frozenset[str] = frozenset(_TABLE["parameters"]["chosen"])
BY_THRESHOLD: frozenset[str] = frozenset(_TABLE["measures"]["by_threshold"])
THRESHOLD_FREE = Pattern(_TABLE["measures"]["free"])

_MADE = Pattern(_TABLE["models"]["made"])
BY_NAME = ("Auto", "TFAuto", "FlaxAuto")
"""Beginnings of the names of classes that pick a model by its name: they are an adapter themselves."""
ANY_MODEL: frozenset[str] = frozenset(_TABLE["models"]["any"])
PARTS: frozenset[str] = frozenset(_TABLE["models"]["parts"])
"""Models that are steps of a method more often than what is swapped."""
NO_MODELS: tuple[str, ...] = tuple(_TABLE["models"]["others"])
"""Ends of the names of classes that are no models."""
_MAKERS: frozenset[str] = frozenset(_TABLE["models"]["makers"])
_SPELT_OUT: frozenset[str] = frozenset(name for name in _TABLE["models"]["made"] if "*" not in name)


@lru_cache(maxsize=1 << 14)
def made_model(name: str) -> str:
    """The model that a call of this resolved name makes, "" where it makes none: "SVC" of "sklearn.svm.SVC", all of
    "xgboost.train"."""
    if "(" in name:
        return ""
    owner, _, last = name.rpartition(".")
    if last[:1].isupper():
        return _of_class(name)
    if last in _MAKERS:
        return _of_class(owner)
    if name.startswith(_BY_FUNCTION) and "__" not in name:
        return last
    return name if name in _SPELT_OUT else ""


@lru_cache(maxsize=1 << 14)
def _of_class(name: str) -> str:
    last = name.rpartition(".")[2]
    return "" if last.startswith(BY_NAME) or last.endswith(NO_MODELS) or name not in _MADE else last


_BY_FUNCTION: tuple[str, ...] = tuple(_TABLE["models"]["by_function"])
"""Modules whose functions make models."""
