"""What implements a rubric test or a practice: calls, classes, files, commands and keys (artefacts.toml).

Slugs are those of the tests (Breck et al. 2017) and practices (McAteer 2020); see catalogue, sections 7 and 8.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from scoring import knowledge
from scoring.facts import Setting
from scoring.knowledge import Pattern

_TABLE: Mapping[str, Mapping[str, Any]] = tomllib.loads(files(knowledge).joinpath("artefacts.toml").read_text("utf-8"))
_INSTALLING = re.compile(r"\b(?:pip3?|pipx|conda|mamba|apt|apt-get|brew|poetry|uv|pdm|npm|yarn)\b.*\b(?:install|add)\b")
_OFF = frozenset({"False", "0", "0.0", "None"})
"""Values of an argument that leave it off."""


class Traced(NamedTuple):
    """What is said of one test or practice."""

    found: str
    missing: str
    whole: bool
    """What is found is the practice itself and no part of it."""


TRACED: Mapping[str, Traced] = {
    slug: Traced(row["found"], row["missing"], row.get("whole", False)) for slug, row in _TABLE.items()
}


def _column(key: str) -> dict[str, list[str]]:
    return {slug: row[key] for slug, row in _TABLE.items() if key in row}


def _by_value(key: str) -> Mapping[str, tuple[str, ...]]:
    """Value -> slugs."""
    found: dict[str, list[str]] = {}
    for slug, values in _column(key).items():
        for value in values:
            found.setdefault(value, []).append(slug)
    return {value: tuple(slugs) for value, slugs in found.items()}


def _expressions(key: str, slugs: Iterable[str] = _TABLE) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = _column(key)
    return tuple((slug, re.compile("|".join(f"(?:{item})" for item in rows[slug]))) for slug in slugs if slug in rows)


def _calls() -> Mapping[str, tuple[tuple[str, Pattern], ...]]:
    """First part of a name -> (slug, names) of the rows that speak of such a library."""
    roots: dict[str, dict[str, list[str]]] = {}
    for slug, names in _column("calls").items():
        for name in names:
            roots.setdefault(name.partition(".")[0], {}).setdefault(slug, []).append(name)
    return {root: tuple((slug, Pattern(names)) for slug, names in rows.items()) for root, rows in roots.items()}


_CALLS = _calls()
ROOTS = frozenset(_CALLS)
"""First parts of the names that any row speaks of."""
_BASES = _by_value("bases")
_KEYS = _by_value("keys")
KEYS = frozenset(_KEYS) | {"kind"}
"""Last parts of the keys that any row speaks of; of `kind` the value tells."""
_KINDS = _by_value("kinds")
_KEYWORDS = _by_value("keywords")
_PATHS = _expressions("paths")
_WORDS = tuple(sorted({word for words in _column("words").values() for word in words}))
_COMMANDS = _expressions("commands")
_IN_CI = frozenset(slug for slug, row in _TABLE.items() if row.get("in_ci"))
_TESTS = _expressions("tests")


@lru_cache(maxsize=1 << 14)
def traced_call(name: str) -> tuple[str, ...]:
    """Slugs that a call of this resolved name implements."""
    return tuple([slug for slug, names in _CALLS.get(name.partition(".")[0], ()) if name in names])


def traced_keywords(keywords: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Slugs that the arguments (name, literal) of a trainer implement."""
    on = (name for name, value in keywords if value not in _OFF)
    return tuple([slug for name in on for slug in _KEYWORDS.get(name, ())])


def traced_base(name: str) -> tuple[str, ...]:
    """Slugs that a class deriving from this one implements."""
    return _BASES.get(name, ())


@lru_cache(maxsize=1 << 16)
def traced_path(path: str) -> tuple[str, ...]:
    """Slugs that a file at this path implements."""
    if not any(word in path for word in _WORDS):
        return ()
    return tuple([slug for slug, expression in _PATHS if expression.search(path)])


@lru_cache(maxsize=1 << 14)
def traced_command(text: str, *, in_ci: bool) -> tuple[str, ...]:
    """Slugs that a command implements, where CI runs it and elsewhere. To install a tool is not to run it."""
    if _INSTALLING.search(text):
        return ()
    return tuple([slug for slug, expression in _COMMANDS if (in_ci or slug not in _IN_CI) and expression.search(text)])


def traced_settings(settings: Iterable[Setting]) -> Iterator[tuple[str, int]]:
    """(slug, line) of what a configuration file or manifest implements."""
    for setting in settings:
        key = setting.key
        last = key[key.rfind(".") + 1 :]
        if last in _KEYS or key == "kind":
            for slug in _KINDS.get(setting.value, ()) if key == "kind" else _KEYS[last]:
                yield slug, max(setting.line, 1)


@lru_cache(maxsize=1 << 14)
def traced_test(name: str) -> tuple[str, ...]:
    """Slugs that a test function of this name implements."""
    return tuple([slug for slug, expression in _TESTS if expression.search(name)])
