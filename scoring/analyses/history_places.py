"""Which files of a snapshot the history is asked about: machine-learning code, research, production, entry points."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from scoring.analyses.artefact_names import is_kept_model
from scoring.analyses.choices import algorithm_called, choices_of, choosing
from scoring.analyses.cut_off_text import cut_offs_in, key_of
from scoring.analyses.history_kinds import is_config
from scoring.analyses.languages import language_on_the_way
from scoring.analyses.python_file import ASIDE
from scoring.analyses.threshold_keys import cuts_in
from scoring.analyses.user_interfaces import BROWSER, interface_folders, is_interface
from scoring.analyses.view import PythonFile, trains
from scoring.facts import CiFacts, ConfigFacts, DocFacts, DockerFacts, FileEntry, PackagingFacts, PythonFacts, TaskFacts


class HistoryPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """Paths inside the component, each tuple sorted."""

    files: tuple[str, ...] = ()
    ml: tuple[str, ...] = ()
    """ML-critical files: product Python that imports an algorithm or data library."""
    lines: Mapping[str, int] = {}
    """path -> lines of code, for the files of `ml`."""
    research: tuple[str, ...] = ()
    """Notebooks and experiments."""
    production: tuple[str, ...] = ()
    entry_points: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    """Folders with a training entry point of their own; "" is the component's root."""
    readme: str = ""
    choosing: tuple[str, ...] = ()
    """Python that chooses what is learnt with; notebooks, examples and research only where there is nothing else."""
    choices: tuple[str, ...] = ()
    """Configuration that names it."""
    cut_offs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(path, keys) of the cut-offs written into product code and configuration."""
    languages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(language, paths) of the code between training and serving, where it is in several."""
    trainers: tuple[str, ...] = ()
    """Modules that train when they are run."""
    kept_models: tuple[str, ...] = ()
    """Models that git keeps, or files that point to one; empty where there is no cut-off."""


class _Kind(msgspec.Struct, frozen=True):
    """What one file is to the history."""

    ml: bool = False
    lines: int = 0
    research: bool = False
    production: bool = False
    starts: bool = False
    trains: bool = False
    readme: bool = False
    runs: frozenset[str] = frozenset()
    """Scripts that its commands or console scripts name."""
    chooses: bool = False
    aside: bool = False
    names_choice: bool = False
    cut_offs: tuple[str, ...] = ()
    language: str = ""


class PlaceFinder:
    """Classifies each (path, blob) once, however many weeks it stands in."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str, bool], _Kind] = {}

    def places(self, files: Sequence[FileEntry]) -> HistoryPlaces:
        """The places of one snapshot."""
        kinds = {entry.path: self._kind(entry) for entry in files}
        self._kinds = {_key(entry): kinds[entry.path] for entry in files}
        run = frozenset().union(*(kind.runs for kind in kinds.values() if kind.runs))
        ml = [path for path, kind in kinds.items() if kind.ml]
        python = [path for path, kind in kinds.items() if kind.production or kind.research]
        cut_offs = tuple(sorted((path, kind.cut_offs) for path, kind in kinds.items() if kind.cut_offs))
        return HistoryPlaces(
            cut_offs=cut_offs,
            languages=_languages(files, kinds),
            trainers=tuple(sorted(path for path in python if kinds[path].trains and path.endswith(".py"))),
            kept_models=tuple(sorted(filter(is_kept_model, kinds))) if cut_offs else (),
            files=tuple(sorted(kinds)),
            ml=tuple(sorted(ml)),
            lines={path: kinds[path].lines for path in sorted(ml)},
            research=tuple(sorted(path for path in python if kinds[path].research)),
            production=tuple(sorted(path for path in python if kinds[path].production)),
            entry_points=tuple(sorted(path for path in python if kinds[path].starts or _is_run(path, run))),
            models=tuple(sorted({path.rpartition("/")[0] for path in python if kinds[path].trains})),
            choosing=_choosing(kinds),
            choices=tuple(sorted(path for path, kind in kinds.items() if kind.names_choice)),
            readme=min((path for path, kind in kinds.items() if kind.readme), key=_depth, default=""),
        )

    def _kind(self, entry: FileEntry) -> _Kind:
        return self._kinds.get(_key(entry)) or _classify(entry)


def places_of(files: Sequence[FileEntry]) -> HistoryPlaces:
    """The places of a single snapshot; a history of many keeps one PlaceFinder."""
    return PlaceFinder().places(files)


def _choosing(kinds: Mapping[str, _Kind]) -> tuple[str, ...]:
    found = [path for path, kind in kinds.items() if kind.chooses]
    return tuple(sorted([path for path in found if not kinds[path].aside] or found))


def _languages(files: Sequence[FileEntry], kinds: Mapping[str, _Kind]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for path, kind in kinds.items():
        if kind.language:
            found.setdefault(kind.language, []).append(path)
    if len(found) < 2:
        return ()
    for name in BROWSER & found.keys():
        interfaces = interface_folders(files)
        found[name] = [path for path in found[name] if not is_interface(path, interfaces)]
    return tuple((name, tuple(sorted(found[name]))) for name in sorted(found) if found[name])


def _chooses(python: PythonFile) -> bool:
    """Whether it makes a model of a known kind, or trains one."""
    return (python.alg and trains(python.facts)) or any(map(algorithm_called, choosing(python.facts)))


def _key(entry: FileEntry) -> tuple[str, str, bool]:
    """A link and a file may share path and blob; only the file has facts."""
    return entry.path, entry.blob, bool(entry.facts)


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _is_run(path: str, run: frozenset[str]) -> bool:
    """Whether a command names the file, by its path or the end of it."""
    parts = path.split("/")
    return any("/".join(parts[start:]) in run for start in range(len(parts)))


def _classify(entry: FileEntry) -> _Kind:
    runs: set[str] = set()
    readme = names_choice = False
    cuts: tuple[str, ...] = ()
    python: PythonFile | None = None
    for facts in entry.facts:
        if isinstance(facts, PythonFacts):
            python = PythonFile(entry, facts)
        elif isinstance(facts, CiFacts | DockerFacts | TaskFacts):
            runs.update(_scripts(command.text for command in facts.commands))
        elif isinstance(facts, PackagingFacts):
            runs.update(target.partition(":")[0].replace(".", "/") + ".py" for _, target in facts.scripts)
        elif isinstance(facts, DocFacts):
            readme = readme or facts.kind == "readme"
        elif isinstance(facts, ConfigFacts):
            names_choice = names_choice or (is_config(entry.path) and bool(choices_of(facts, entry.path)))
            cuts += tuple([f"{setting.key}={setting.value}" for setting, learnt in cuts_in(facts) if not learnt])
    language = language_on_the_way(entry)
    if python is None or not python.product:
        return _Kind(readme=readme, runs=frozenset(runs), names_choice=names_choice, cut_offs=cuts, language=language)
    research = "research" in entry.roles or python.is_notebook
    return _Kind(
        ml=python.ml,
        lines=python.facts.code_lines,
        research=research,
        production=not research,
        starts=python.facts.main_line > 0,
        trains=python.alg and trains(python.facts),
        runs=frozenset(runs),
        chooses=_chooses(python),
        aside=research or not entry.roles.isdisjoint(ASIDE),
        language=language,
        cut_offs=() if python.is_notebook else tuple(sorted({key_of(item) for item in cut_offs_in(python.facts)})),
    )


def _scripts(commands: Iterable[str]) -> Iterable[str]:
    for text in commands:
        for word in text.split():
            name = word.strip("'\"").removeprefix("./")
            if name.endswith((".py", ".ipynb")):
                yield name
