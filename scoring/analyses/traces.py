"""Where a rubric test or a practice is implemented, by what artefacts.toml knows of it (catalogue, sections 7 and 8).

Product code and tests, configuration, commands and paths are asked; documentation and examples are not.
"""

from collections.abc import Iterable
from functools import lru_cache

from scoring.analyses.calls import calls_where
from scoring.analyses.config_keys import last_names
from scoring.analyses.memo import Memo
from scoring.analyses.python_file import CodeFile, PythonFile
from scoring.analyses.view import InPlace, View
from scoring.facts import ConfigFacts
from scoring.knowledge import artefacts

Places = dict[str, tuple[str, ...]]
"""Slug -> path:line, the first of each file, by path."""

_ASIDE = frozenset({"docs", "example", "migration"})
_CODE_ASIDE = _ASIDE | {"generated"}
"""Of code; a generated file beside it, such as a lock of data, counts."""


def _of_code(file: CodeFile) -> dict[str, int]:
    """Slug -> line where the file first implements it."""
    found: dict[str, int] = {}
    for call in _telling(file.facts):
        name = call.name
        for slug in artefacts.traced_call(name):
            found.setdefault(slug, call.line)
        if call.keywords and name.endswith("Trainer"):
            for slug in artefacts.traced_keywords(call.keywords):
                found.setdefault(slug, call.line)
    if isinstance(file, PythonFile):
        for item in file.facts.classes:
            for base in item.bases:
                for slug in artefacts.traced_base(base):
                    found.setdefault(slug, item.line)
    if "test" in file.roles:
        for name in file.facts.function_names:
            for slug in artefacts.traced_test(name):
                found.setdefault(slug, 1)
    return found


def _of_settings(file: InPlace[ConfigFacts]) -> dict[str, int]:
    if artefacts.KEYS.isdisjoint(last_names(file)):
        return {}
    found: dict[str, int] = {}
    for slug, line in artefacts.traced_settings(file.facts.settings):
        found.setdefault(slug, line)
    return found


def _tells(name: str) -> bool:
    known = name.partition(".")[0] in artefacts.ROOTS
    return name.endswith("Trainer") or (known and bool(artefacts.traced_call(name)))


_telling = calls_where(_tells)
_code = Memo(_of_code)
_settings = Memo(_of_settings)


@lru_cache(maxsize=1)
def traces(view: View) -> Places:
    """Every place of the component where a test or a practice is implemented."""
    places: dict[str, set[tuple[str, int]]] = {}

    def add(path: str, found: Iterable[tuple[str, int]]) -> None:
        for slug, line in found:
            places.setdefault(slug, set()).add((path, line))

    for file in view.python:
        if (found := _code(file)) and file.roles.isdisjoint(_CODE_ASIDE):
            add(file.path, found.items())
    for config in view.configs:
        if (found := _settings(config)) and config.entry.roles.isdisjoint(_ASIDE):
            add(config.entry.path, found.items())
    for entry in view.files:
        if (slugs := artefacts.traced_path(entry.path)) and entry.roles.isdisjoint(_ASIDE):
            add(entry.path, [(slug, 1) for slug in slugs])
    for group in (view.ci, view.docker, view.tasks):
        for entry, facts in group:
            for command in facts.commands:
                slugs = artefacts.traced_command(command.text, in_ci=group is view.ci)
                add(entry.path, [(slug, command.line) for slug in slugs])
    return {slug: _first_of_each(found) for slug, found in sorted(places.items())}


def _first_of_each(found: set[tuple[str, int]]) -> tuple[str, ...]:
    lines: dict[str, int] = {}
    for path, line in sorted(found):
        lines.setdefault(path, line)
    return tuple(f"{path}:{line}" for path, line in lines.items())
