"""dbt projects as they are written: their models, and what their properties files say of models and sources.

No template is rendered: what is switched on by a variable counts as on, and a name that is worked out stays unknown.
Packages that dbt installs, and projects that only test one, are no projects of the repository's own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from scoring.analyses.in_place import InPlace
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.view import View
from scoring.facts import ConfigFacts, Setting, TextFacts

PROJECT_FILES = ("dbt_project.yml", "dbt_project.yaml")
_NOT_OWN = re.compile(r"(?:^|/)(?:dbt_(?:packages|modules)|integration_tests\w*)/")
_SKIPPED = frozenset({"test", "docs", "generated"})
_YAML = (".yml", ".yaml")

_ENTRY = re.compile(r"(models|sources)\.(\d+)\.(.+)", re.DOTALL)
_TESTS = re.compile(r"(?:^|\.)(?:data_)?tests(?:\.|$)")
_NAMES_TEST = re.compile(r"(?:^|\.)(?:(?:data_)?tests(?:\.\d+)?|test_name|name)$")
_KEY = re.compile(r"uniq|distinct|dupl|primary|grain|overlap|exclusive|(?:^|[._])pk(?:[._]|$)", re.IGNORECASE)
_CONSTRAINT = re.compile(r"(?:^|\.)constraints\.\d+\.type$")
_TABLE = re.compile(r"tables\.(\d+)\.name")


class Described(NamedTuple):
    """A model as a properties file describes it."""

    path: str
    line: int
    has_key_test: bool
    aside: bool
    """It says that the model is switched off or ephemeral."""


class SourceTables(NamedTuple):
    """A source with its tables, as one properties file declares it."""

    name: str
    tables: tuple[str, ...]
    keyed: frozenset[str]
    """Tables with a test of their key."""


class _Properties(NamedTuple):
    models: tuple[tuple[str, Described], ...]
    sources: tuple[SourceTables, ...]


class Model(NamedTuple):
    name: str
    item: InPlace[TextFacts]
    settings: dict[str, str]
    """What its own `config` says, else what the project says of its folder."""

    @property
    def enabled(self) -> bool:
        return self.settings.get("enabled", "").lower() != "false"

    @property
    def is_table(self) -> bool:
        """It stands in the warehouse: an ephemeral one is text within others."""
        return self.enabled and self.settings.get("materialized") != "ephemeral"


class Project(NamedTuple):
    models: tuple[Model, ...]
    """By path; those switched off too."""
    parents: dict[str, dict[str, int]]
    """Of each model that is switched on: models of the project that it asks for, with the line where it first does."""
    described: dict[str, Described]
    sources: tuple[SourceTables, ...]
    tested_by_query: frozenset[str]
    """Models of which a test of its own, written as a query, counts groups."""
    unread: frozenset[str]
    """Its properties files that were not read whole; of some no name of a model is known."""

    @property
    def keyed_sources(self) -> frozenset[str]:
        """ "source.table" of those with a test of their key."""
        return frozenset([f"{source.name}.{table}" for source in self.sources for table in source.keyed])


_roots: Latest[tuple[str, ...]] = Latest()
_projects: Latest[tuple[Project, ...]] = Latest()


def dbt_roots(view: View) -> tuple[str, ...]:
    """Folders of dbt projects, with their slash, sorted."""
    return _roots((view.paths,), lambda: _found_roots(view.paths))


def _found_roots(paths: Iterable[str]) -> tuple[str, ...]:
    parted = [path.rpartition("/") for path in paths if path.endswith(PROJECT_FILES)]
    return tuple(sorted([folder + slash for folder, slash, name in parted if name in PROJECT_FILES]))


def dbt_projects(view: View) -> tuple[Project, ...]:
    """Each project of the component; () where there is none."""
    roots = tuple([root for root in dbt_roots(view) if not _NOT_OWN.search(root)])
    if not roots:
        return ()
    texts = tuple([item for item in view.of(TextFacts) if item.entry.path.startswith(roots)])
    configs = tuple([item for item in view.of(ConfigFacts) if item.entry.path.startswith(roots)])
    skipped = tuple([entry.path for entry in view.files if entry.skipped and entry.path.endswith(_YAML)])
    return _projects((roots, texts, configs, skipped), lambda: _put_together(view, roots))


def _put_together(view: View, roots: tuple[str, ...]) -> tuple[Project, ...]:
    texts: dict[str, list[InPlace[TextFacts]]] = defaultdict(list)
    configs: dict[str, list[InPlace[ConfigFacts]]] = defaultdict(list)
    for text in view.of(TextFacts):
        if text.entry.language == "sql" and (root := _root_of(text.entry.path, roots)) is not None:
            texts[root].append(text)
    for config in view.of(ConfigFacts):
        if config.entry.path.endswith(_YAML) and (root := _root_of(config.entry.path, roots)) is not None:
            configs[root].append(config)
    unread: dict[str | None, set[str]] = defaultdict(set)
    for entry in view.files:
        if entry.skipped and entry.path.endswith(_YAML):
            unread[_root_of(entry.path, roots)].add(entry.path)
    return tuple([_project(root, texts[root], configs[root], frozenset(unread[root])) for root in roots])


def _root_of(path: str, roots: tuple[str, ...]) -> str | None:
    """The innermost project that the path lies in."""
    if _NOT_OWN.search(path):
        return None
    return max([root for root in roots if path.startswith(root)], key=len, default=None)


def _project(
    root: str, texts: list[InPlace[TextFacts]], configs: list[InPlace[ConfigFacts]], unread: frozenset[str]
) -> Project:
    own = [item for item in configs if item.entry.path in (root + name for name in PROJECT_FILES)]
    settings = {setting.key: setting for item in own for setting in item.facts.settings}
    folders = _folders(settings, root, ("model-paths", "source-paths"), "models")
    tests = _folders(settings, root, ("test-paths",), "tests")
    rules = _folder_rules(settings, folders)
    found = [item for item in texts if item.entry.path.startswith(folders)]
    models = [_model(item, rules) for item in found if item.facts.code_lines and not item.entry.roles & _SKIPPED]
    described: dict[str, Described] = {}
    sources: list[SourceTables] = []
    for config in configs:
        said = _properties(config)
        described.update([(name, model) for name, model in said.models if name not in described])
        sources.extend(said.sources if not config.entry.roles & _SKIPPED else ())
    queries = [item.facts.dbt for item in texts if item.entry.path.startswith(tests)]
    return Project(
        models=tuple(models),
        parents=_parents([model for model in models if model.enabled]),
        described=described,
        sources=tuple(sources),
        tested_by_query=frozenset(
            [name.lower() for query in queries if query and query.counts_groups for name, _ in query.refs]
        ),
        unread=unread | {item.entry.path for item in configs if item.facts.truncated},
    )


def _parents(models: list[Model]) -> dict[str, dict[str, int]]:
    named = {model.name: dict[str, int]() for model in models}
    for model in models:
        for name, line in model.item.facts.dbt.refs if model.item.facts.dbt else ():
            if name.lower() in named and name.lower() != model.name:
                named[model.name].setdefault(name.lower(), line)
    return named


def _folders(settings: dict[str, Setting], root: str, keys: tuple[str, ...], default: str) -> tuple[str, ...]:
    listed = [settings[key].value for key in keys if key in settings]
    names = listed[0].strip("[]").split(", ") if listed else [default]
    return tuple([f"{root}{name.strip('/')}/" for name in names if name])


def _folder_rules(settings: dict[str, Setting], folders: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(folder, name, value) of what the project sets for all models of a folder, the outermost first."""
    name = settings["name"].value if "name" in settings else ""
    found: list[tuple[str, str, str]] = []
    for key, setting in settings.items():
        below, _, last = key.rpartition(".")
        if last.lstrip("+") in ("enabled", "materialized") and f"{below}.".startswith(f"models.{name}."):
            inside = below[len(f"models.{name}.") :].replace(".", "/")
            found += [
                (f"{folder}{inside}/" if inside else folder, last.lstrip("+"), setting.value) for folder in folders
            ]
    return sorted(found, key=lambda rule: (len(rule[0]), rule))


def _model(item: InPlace[TextFacts], rules: list[tuple[str, str, str]]) -> Model:
    path = item.entry.path
    settings = {name: value for folder, name, value in rules if path.startswith(folder)}
    settings.update(item.facts.dbt.settings if item.facts.dbt else ())
    return Model(path.rpartition("/")[2].removesuffix(".sql").lower(), item, settings)


# ---------------------------------------------------------------- properties files


def _read_properties(item: InPlace[ConfigFacts]) -> _Properties:
    entries: dict[tuple[str, int], list[tuple[str, Setting]]] = defaultdict(list)
    for setting in item.facts.settings:
        match = _ENTRY.fullmatch(setting.key) if setting.key.startswith(("models.", "sources.")) else None
        if match:
            entries[match[1], int(match[2])].append((match[3], setting))
    path = item.entry.path
    models: list[tuple[str, Described]] = []
    sources: list[SourceTables] = []
    for (kind, _), said in entries.items():
        named = next((setting for rest, setting in said if rest == "name"), None)
        if named and kind == "models":
            models.append((named.value.lower(), _described(path, named.line, said)))
        elif named:
            sources.append(_source(named.value, said))
    return _Properties(tuple(models), tuple(sources))


_properties = Memo(_read_properties)


def _described(path: str, line: int, said: list[tuple[str, Setting]]) -> Described:
    off = {("config.enabled", "false"), ("config.materialized", "ephemeral")}
    return Described(
        path,
        line,
        has_key_test=any(_tests_key(rest, setting.value) for rest, setting in said),
        aside=any((rest.replace("+", ""), setting.value.lower()) in off for rest, setting in said),
    )


def _tests_key(rest: str, value: str) -> bool:
    if _CONSTRAINT.search(rest):
        return _KEY.search(value) is not None
    tests = _TESTS.search(rest)
    if not tests:
        return False
    return bool(_KEY.search(rest, tests.start())) or (bool(_NAMES_TEST.search(rest)) and bool(_KEY.search(value)))


def _source(name: str, said: list[tuple[str, Setting]]) -> SourceTables:
    tables: dict[str, str] = {}
    keyed: set[str] = set()
    for rest, setting in said:
        table = _TABLE.fullmatch(rest)
        if table:
            tables[table[1]] = setting.value
        elif rest.startswith("tables.") and _tests_key(rest, setting.value):
            keyed.add(rest.split(".", 2)[1])
    with_key = frozenset([name for place, name in tables.items() if place in keyed])
    return SourceTables(name, tuple(tables.values()), with_key)
