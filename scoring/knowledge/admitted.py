"""Which kind of debt a comment admits, by its words and the role of its file, from the TOML file of the same name.

People who labelled the sample of the study agreed only on .63 at first, so a kind is a suggestion.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("admitted.toml").read_text("utf-8"))


class Kind(NamedTuple):
    """A label of the study, and the debt it points to."""

    label: str
    debt: str
    clear: bool = False
    """A cue tells it, and not a single word or the file's name."""


def _kind(row: dict[str, Any]) -> Kind:
    return Kind(row["label"], row["debt"])


def _patterns(key: str) -> tuple[tuple[re.Pattern[str], Kind], ...]:
    rows = [row for row in _TABLE["kind"] if key in row]
    return tuple((re.compile(r"\b(?:" + "|".join(row[key]) + ")", re.IGNORECASE), _kind(row)) for row in rows)


_CUES, _HINTS = _patterns("cues"), _patterns("hints")
_ROLES = tuple(
    (re.compile("|".join(row["roles"]), re.IGNORECASE), _kind(row)) for row in _TABLE["kind"] if "roles" in row
)
OTHER = _kind(_TABLE["other"])


@lru_cache(maxsize=1 << 14)
def kind_of(text: str, path: str) -> Kind:
    """The kind of debt that a comment in this file most likely points to."""
    for cue, kind in _CUES:
        if cue.search(text):
            return kind._replace(clear=True)
    by_hint = next((kind for hint, kind in _HINTS if hint.search(text)), None)
    return by_hint or next((kind for role, kind in _ROLES if role.search(path)), OTHER)
