"""debtboard.toml, what a scanned repository declares about itself (contracts, section 4).

Every unknown key and every bad value is a problem with its line, and the rest of the file still counts. A file that is
no TOML is one problem. Values are only checked for their form here: whether a path or a test exists is for others.
"""

import datetime
import difflib
import re
from typing import Any

from scoring.facts import DeclarationFacts
from scoring.readers import toml_source
from scoring.readers.base import Reader
from scoring.readers.toml_source import TomlError, TomlSource

VERSION = 2
MAX_PROBLEMS = 200
MAX_ENTRIES = 2_000
MAX_TEXT = 500
MAX_PATTERN = 200

PROFILES = ("production", "prototype", "library")
CREDITS = (0.5, 1.0)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
"""No name, path or pattern has one, and no database or terminal should get one."""
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""The same, where a text may have several lines."""
_ATTESTABLE = re.compile(r"(?:data|model|infra|monitor)-[1-7]|[Aa](?:[1-9]|1\d|20)")

_TABLES = ("scan", "component", "models", "consumers", "datasets", "experiments", "attest")
_SCAN_KEYS = ("exclude",)
_COMPONENT_KEYS = ("team", "profile")
_MODEL_KEYS = ("entry_point", "outputs", "owner", "slo", "retrain")
_CONSUMER_KEYS = ("declared",)
_DATASET_KEYS = ("aliases",)
_EXPERIMENT_KEYS = ("until",)
_ATTEST_KEYS = ("credit", "by", "evidence", "on")


class _Declaration:
    """One file on its way to facts: takes what is right, notes what is not."""

    def __init__(self, source: TomlSource) -> None:
        self.source = source
        self.problems: list[tuple[int, str]] = []

    def problem(self, path: tuple[str, ...], sentence: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append((self.source.line_of(*path) or 1, sentence))

    def known(self, table: dict[str, Any], keys: tuple[str, ...], path: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key[:50], keys, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(keys)}."
                self.problem((*path, key), f"Unknown key {_named((*path, key))}; {hint}")

    def entries(self, *path: str) -> dict[str, dict[str, Any]]:
        """The tables under a table, by name; what is no table is a problem."""
        value: Any = self.source.values
        for depth, key in enumerate(path, start=1):
            value = value.get(key, {})
            if not isinstance(value, dict):
                self.problem(path[:depth], f"{_named(path[:depth])} must be a table.")
                return {}
        found: dict[str, dict[str, Any]] = {}
        for name, entry in list(value.items())[:MAX_ENTRIES]:
            if _CONTROL.search(name):
                self.problem((*path, name), f"{_named((*path, name))} must be a name without control characters.")
            elif isinstance(entry, dict):
                found[name] = entry
            else:
                self.problem((*path, name), f"{_named((*path, name))} must be a table.")
        return found

    def text(self, table: dict[str, Any], path: tuple[str, ...], *, needed: bool = False) -> str:
        """The text at the path's last key, or "" with a problem where it is none."""
        value = table.get(path[-1])
        if value is None:
            if needed:
                self.problem(path, f"{_named(path[:-1])} needs {path[-1]}.")
            return ""
        if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT:
            self.problem(path, f"{_named(path)} must be text of 1 to {MAX_TEXT} characters.")
            return ""
        if _CONTROL_IN_TEXT.search(value):
            self.problem(path, f"{_named(path)} must be text without control characters.")
            return ""
        return value

    def listed(self, table: dict[str, Any], path: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts; those with control characters are a problem each, and the rest of the list counts."""
        value = table.get(path[-1], [])
        if not isinstance(value, list) or not all(
            isinstance(item, str) and 0 < len(item) <= MAX_TEXT for item in value
        ):
            self.problem(path, f"{_named(path)} must be a list of texts.")
            return ()
        for item in value[:MAX_ENTRIES]:
            if _CONTROL.search(item):
                self.problem(path, f"{_named(path)} holds {_shown(item)}, which has control characters.")
        return tuple(item for item in value[:MAX_ENTRIES] if not _CONTROL.search(item))

    def patterns(self, table: dict[str, Any], path: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts short enough for patterns; a longer one is a problem at its own line."""
        found = self.listed(table, path)
        line = self.source.line_of(*path) or 1
        for item in found:
            if len(item) > MAX_PATTERN and len(self.problems) < MAX_PROBLEMS:
                said = f"{_named(path)} holds {_shown(item)}..., a pattern of more than {MAX_PATTERN} characters."
                self.problems.append((self.source.line_of_text(item, line), said))
        return tuple(item for item in found if len(item) <= MAX_PATTERN)

    def day(self, table: dict[str, Any], path: tuple[str, ...]) -> str:
        """A date as ISO text; a date written as text counts too."""
        value = table.get(path[-1])
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, str):
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                value = None
        if not isinstance(value, datetime.date):
            self.problem(path, f"{_named(path)} must be a date, as 2027-01-31.")
            return ""
        return value.isoformat()


def _named(path: tuple[str, ...]) -> str:
    return ".".join(_shown(key) for key in path)


def _shown(text: str) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text[:80])


def _components(declaration: _Declaration) -> tuple[tuple[str, str, str], ...]:
    found = []
    for path, entry in declaration.entries("component").items():
        at = ("component", path)
        declaration.known(entry, _COMPONENT_KEYS, at)
        team = declaration.text(entry, (*at, "team"))
        profile = declaration.text(entry, (*at, "profile"))
        if profile and profile not in PROFILES:
            declaration.problem((*at, "profile"), f"{_named((*at, 'profile'))} must be one of {', '.join(PROFILES)}.")
            profile = ""
        found.append((path.strip("/"), team, profile))
    return tuple(found)


def _models(declaration: _Declaration) -> tuple[tuple[str, str, str, int], ...]:
    found = []
    for name, entry in declaration.entries("models").items():
        at = ("models", name)
        declaration.known(entry, _MODEL_KEYS, at)
        entry_point = declaration.text(entry, (*at, "entry_point"))
        owner = declaration.text(entry, (*at, "owner"))
        for key in ("slo", "retrain"):
            declaration.text(entry, (*at, key))
        if not isinstance(entry.get("outputs"), str):
            declaration.listed(entry, (*at, "outputs"))
        found.append((name, entry_point, owner, declaration.source.line_of(*at)))
    return tuple(found)


def _consumers(declaration: _Declaration) -> tuple[tuple[str, tuple[str, ...], int], ...]:
    found = []
    for dataset, entry in declaration.entries("consumers").items():
        at = ("consumers", dataset)
        declaration.known(entry, _CONSUMER_KEYS, at)
        found.append((dataset, declaration.listed(entry, (*at, "declared")), declaration.source.line_of(*at)))
    return tuple(found)


def _aliases(declaration: _Declaration) -> tuple[tuple[str, str], ...]:
    datasets = declaration.entries("datasets")
    declaration.known(datasets, _DATASET_KEYS, ("datasets",))
    aliases = datasets.get("aliases", {})
    texts = {name: declaration.text(aliases, ("datasets", "aliases", name)) for name in list(aliases)[:MAX_ENTRIES]}
    for name in filter(_CONTROL.search, texts):
        at = ("datasets", "aliases", name)
        declaration.problem(at, f"{_named(at)} must be a name without control characters.")
    return tuple((name, text) for name, text in texts.items() if text and not _CONTROL.search(name))


def _experiments(declaration: _Declaration) -> tuple[tuple[str, str, int], ...]:
    found = []
    for name, entry in declaration.entries("experiments").items():
        at = ("experiments", name)
        declaration.known(entry, _EXPERIMENT_KEYS, at)
        until = declaration.day(entry, (*at, "until"))
        if until:
            found.append((name, until, declaration.source.line_of(*at)))
    return tuple(found)


def _attestations(declaration: _Declaration) -> tuple[tuple[str, float, str, str, str, int], ...]:
    """Only whole attestations: what was done, how far, by whom, with which evidence, and when."""
    found = []
    for test, entry in declaration.entries("attest").items():
        at = ("attest", test)
        before = len(declaration.problems)
        declaration.known(entry, _ATTEST_KEYS, at)
        unknown_keys = len(declaration.problems) - before
        if not _ATTESTABLE.fullmatch(test):
            declaration.problem(at, f"{_named(at)} is no rubric test (data-1 to monitor-7) or question (A1 to A20).")
        credit = entry.get("credit")
        if isinstance(credit, bool) or credit not in CREDITS:
            declaration.problem((*at, "credit"), f"{_named((*at, 'credit'))} must be 0.5 or 1.")
        by = declaration.text(entry, (*at, "by"), needed=True)
        evidence = declaration.text(entry, (*at, "evidence"), needed=True)
        on = declaration.day(entry, (*at, "on"))
        if len(declaration.problems) == before + unknown_keys:
            found.append((test, float(entry["credit"]), by, evidence, on, declaration.source.line_of(*at)))
    return tuple(found)


def read(data: bytes) -> DeclarationFacts:
    """Raises Unreadable only for what is not text, or too large or too deep to be a declaration."""
    try:
        declaration = _Declaration(toml_source.parse(data))
    except TomlError as error:
        return DeclarationFacts(problems=((error.line, "debtboard.toml is not valid TOML; nothing in it counts."),))
    declaration.known(declaration.source.values, _TABLES, ())
    scan = declaration.source.values.get("scan", {})
    if not isinstance(scan, dict):
        declaration.problem(("scan",), "scan must be a table.")
        scan = {}
    declaration.known(scan, _SCAN_KEYS, ("scan",))
    exclude = declaration.patterns(scan, ("scan", "exclude"))
    components = _components(declaration)
    models, consumers = _models(declaration), _consumers(declaration)
    aliases, experiments = _aliases(declaration), _experiments(declaration)
    attestations = _attestations(declaration)
    return DeclarationFacts(
        exclude=exclude,
        components=components,
        models=models,
        consumers=consumers,
        aliases=aliases,
        experiments=experiments,
        attestations=attestations,
        problems=tuple(sorted(declaration.problems)),
    )


READERS = (Reader("declaration", VERSION, read),)
