"""What `debtboard init` takes names for, from the TOML file of the same name."""

import tomllib
from importlib.resources import files
from typing import NamedTuple

from scoring.knowledge import Pattern

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("proposals.toml").read_text("utf-8"))


class Names(NamedTuple):
    """Parts of names, endings of files and calls, each as the TOML file says."""

    training: frozenset[str]
    other: frozenset[str]
    generic: frozenset[str]
    preparing: Pattern
    preparing_methods: frozenset[str]
    preparing_receivers: frozenset[str]
    model_files: tuple[str, ...]
    data_files: tuple[str, ...]
    schemes: tuple[str, ...]
    registered_keywords: frozenset[str]
    registering: Pattern
    saving: frozenset[str]
    not_data: frozenset[str]


NAMES = Names(
    training=frozenset(_TABLE["training"]["words"]),
    other=frozenset(_TABLE["training"]["other"]),
    generic=frozenset(_TABLE["training"]["generic"]),
    preparing=Pattern(_TABLE["preparing"]["functions"]),
    preparing_methods=frozenset(_TABLE["preparing"]["methods"]),
    preparing_receivers=frozenset(_TABLE["preparing"]["receivers"]),
    model_files=tuple(_TABLE["files"]["model"]),
    data_files=tuple(_TABLE["files"]["data"]),
    schemes=tuple(_TABLE["files"]["schemes"]),
    registered_keywords=frozenset(_TABLE["registered"]["keywords"]),
    registering=Pattern(_TABLE["registered"]["functions"]),
    saving=frozenset(_TABLE["settings"]["saving"]),
    not_data=frozenset(_TABLE["settings"]["not_data"]),
)
