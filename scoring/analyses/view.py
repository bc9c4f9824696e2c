"""One component, as the debts read it: facts grouped by what they are, each derived once, all pure functions of it."""

from functools import cached_property
from typing import Any, TypeVar

from scoring.analyses.entry_points import run_by_command
from scoring.analyses.in_place import InPlace, Known, file_of
from scoring.analyses.published import put_aside, shown
from scoring.analyses.python_file import PRODUCT_EXCLUDES, CodeFile, PythonFile, is_estimator, once, trains
from scoring.analyses.training import training_paths
from scoring.analyses.unread import unread_shares
from scoring.facts import (
    LEFT_OUT,
    CiFacts,
    CodeFacts,
    Component,
    ConfigFacts,
    DocFacts,
    DockerFacts,
    FileEntry,
    HistoryFacts,
    OwnersFacts,
    PackagingFacts,
    PythonFacts,
    TaskFacts,
    TextFacts,
)
from scoring.findings import GIT, PY
from scoring.readers.places import language_of

__all__ = ["PRODUCT_EXCLUDES", "CodeFile", "InPlace", "Known", "PythonFile", "View", "is_estimator", "once", "trains"]

Kind = TypeVar("Kind")

NO_PROGRAM = frozenset({"docs", "config", "packaging", "ci"})
NOT_CODE = frozenset({"yaml", "json", "toml", "markdown", "text", "xml", "csv", "svg", "ini", "rst", "html", "css"})


class View:
    """Derived facts of one component, each computed at most once.

    Cached facts rest on the files alone; history and time are read from the component each time.
    """

    def __init__(self, component: Component, known: Known | None = None) -> None:
        """`known` carries files from one week to the next; the view replaces what it holds."""
        self.component = component
        self._known = {} if known is None else known
        self.as_of = component.as_of
        self.profile = component.profile

    def move(self, component: Component) -> None:
        """Serve another moment of the same snapshot: only history and time differ, what the files say stays."""
        self.component = component
        self.as_of = component.as_of

    # ------------------------------------------------------------ files

    @cached_property
    def files(self) -> tuple[FileEntry, ...]:
        return self.component.files

    @cached_property
    def paths(self) -> frozenset[str]:
        return frozenset(entry.path for entry in self.files)

    def of(self, kind: type[Kind]) -> tuple[InPlace[Kind], ...]:
        """(entry, facts) of each file that has facts of this kind, by path; Python is had by `python`."""
        return tuple(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> dict[type, list[Any]]:
        known: Known = {}
        found: dict[type, list[Any]] = {}
        for entry in self.files:
            for place, facts in enumerate(entry.facts):
                key = (entry.path, entry.blob, place)
                file = self._known.get(key) or file_of(entry, facts)
                known[key] = file
                found.setdefault(CodeFacts if isinstance(facts, CodeFacts) else type(facts), []).append(file)
        self._known.clear()
        self._known.update(known)
        return found

    @cached_property
    def python(self) -> tuple[CodeFile, ...]:
        """Every Python module and notebook that was read, tests included, by path."""
        return tuple(self._by_kind.get(CodeFacts, ()))

    @cached_property
    def python_paths(self) -> tuple[str, ...]:
        return tuple(file.path for file in self.python)

    @cached_property
    def python_by_path(self) -> dict[str, CodeFile]:
        return {file.path: file for file in self.python}

    @cached_property
    def product_by_path(self) -> dict[str, PythonFile]:
        return {file.path: file for file in self.product}

    @cached_property
    def product(self) -> tuple[PythonFile, ...]:
        """Python that is neither test nor generated nor documentation, nor put aside, nor an example of a package."""
        return tuple([file for file in self.with_shown if file.path not in self.shown])

    @cached_property
    def with_shown(self) -> tuple[PythonFile, ...]:
        """The product and the examples beside it, for what is asked of those too: whether they run."""
        files = [file for file in self.whole if file.product]
        aside = put_aside(files)
        return tuple([file for file in files if file.path not in aside])

    @cached_property
    def shown(self) -> frozenset[str]:
        """Paths of examples, notebooks and benchmarks that show how a package is used, and are no part of it."""
        return shown(self, self.with_shown)

    @cached_property
    def whole(self) -> tuple[PythonFile, ...]:
        """All but the modules of tests, of which little is read."""
        return tuple(file for file in self.python if isinstance(file, PythonFile))

    @cached_property
    def product_once(self) -> tuple[PythonFile, ...]:
        """Product files without copies: identical files count once, in their first place (catalogue 2.5, rule 1)."""
        return tuple(once(self.product))

    @cached_property
    def ml_once(self) -> tuple[PythonFile, ...]:
        return tuple(once(self.ml))

    @cached_property
    def tests(self) -> tuple[CodeFile, ...]:
        return tuple(file for file in self.python if "test" in file.roles)

    @cached_property
    def ml(self) -> tuple[PythonFile, ...]:
        """Product files that import an algorithm or a data library (catalogue 3.2, ml_file)."""
        return tuple(file for file in self.product if file.ml)

    @cached_property
    def alg(self) -> tuple[PythonFile, ...]:
        return tuple([file for file in self.product if file.alg])

    @cached_property
    def notebooks(self) -> tuple[PythonFile, ...]:
        return tuple([file for file in self.whole if file.is_notebook])

    @cached_property
    def packaging(self) -> tuple[InPlace[PackagingFacts], ...]:
        return self.of(PackagingFacts)

    @cached_property
    def ci(self) -> tuple[InPlace[CiFacts], ...]:
        return self.of(CiFacts)

    @cached_property
    def configs(self) -> tuple[InPlace[ConfigFacts], ...]:
        return self.of(ConfigFacts)

    @cached_property
    def docs(self) -> tuple[InPlace[DocFacts], ...]:
        return self.of(DocFacts)

    @cached_property
    def docker(self) -> tuple[InPlace[DockerFacts], ...]:
        return self.of(DockerFacts)

    @cached_property
    def tasks(self) -> tuple[InPlace[TaskFacts], ...]:
        return self.of(TaskFacts)

    @cached_property
    def owners(self) -> tuple[InPlace[OwnersFacts], ...]:
        return self.of(OwnersFacts)

    @property
    def history(self) -> HistoryFacts | None:
        """None where history was not read; its `reason` is set where it could not be."""
        return self.component.history

    # ------------------------------------------------------------ size

    @cached_property
    def loc(self) -> dict[str, int]:
        """Lines of code by language, product files only, sorted by language; identical files count once."""
        lines: dict[str, int] = {}
        seen, left_out = set[str](), frozenset([file.path for file in self.whole]) - self.product_by_path.keys()
        for entry in self.files:
            if entry.blob in seen or entry.roles & PRODUCT_EXCLUDES or entry.path in left_out:
                continue
            seen.add(entry.blob)
            for facts in entry.facts:
                if isinstance(facts, PythonFacts):
                    key = "jupyter" if facts.notebook is not None else "python"
                    lines[key] = lines.get(key, 0) + facts.code_lines
                elif isinstance(facts, TextFacts) and entry.language:
                    lines[entry.language] = lines.get(entry.language, 0) + facts.code_lines
        return dict(sorted(lines.items()))

    @cached_property
    def kloc(self) -> float:
        """KLOC of product Python, notebooks included, identical files once."""
        return (self.loc.get("python", 0) + self.loc.get("jupyter", 0)) / 1000

    @cached_property
    def ml_kloc(self) -> float:
        return sum([file.facts.code_lines for file in self.ml_once]) / 1000

    @property
    def ten_klocs(self) -> float:
        """What a count is divided by: tens of KLOC of ML code, one at least (catalogue 2.5, rule 1)."""
        return max(1.0, self.ml_kloc / 10)

    # ------------------------------------------------------------ what kind of component this is

    @cached_property
    def has_code(self) -> bool:
        """Any program text, read or not: a repository without it has no debts of code at all."""
        return any(_is_code(entry.language) and not entry.roles & NO_PROGRAM for entry in self.files)

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Languages of the program text that the component's settings leave out: nobody knows what it holds."""
        reasons = (path for path, reason in self.component.excluded if reason == LEFT_OUT)
        return frozenset(language for path in reasons if _is_code(language := language_of(path)))

    @cached_property
    def ml_code(self) -> bool:
        """A non-test import of an algorithm or hosted-model library, or of a world for agents, who may learn without
        either; or a declared model (catalogue 2.5, rule 3)."""
        declared = self.component.declaration is not None and bool(self.component.declaration.models)
        return declared or any(file.says_ml and "test" not in file.roles for file in self.python)

    @property
    def python_unseen(self) -> bool:
        """Some Python went unread, or is left out by settings: what it does or imports nobody knows."""
        return self.unread(PY) > 0 or not self.left_out.isdisjoint({"python", "jupyter"})

    @property
    def ml_undecided(self) -> bool:
        """No ML code was seen, but Python went unread, or is left out by settings, that may hold it."""
        return not self.ml_code and self.python_unseen

    @cached_property
    def libraries(self) -> tuple[str, ...]:
        """Top-level modules of known ML libraries that product code imports, sorted."""
        return tuple(sorted(frozenset().union(*(file.libraries for file in self.product))))

    @cached_property
    def training(self) -> tuple[PythonFile, ...]:
        """Training entry points: product files that fit a model in a notebook cell, at their top level or under
        `__main__`, or that are run as a script and fit somewhere inside (catalogue 3.2). A scaler is no model."""
        paths = training_paths(self)
        return tuple([file for file in self.product if file.path in paths])

    @cached_property
    def entry_points(self) -> tuple[PythonFile, ...]:
        """Files that something runs: `__main__`, console scripts, and commands of CI, Docker, task files and docs."""
        return tuple(file for file in self.product if file.facts.main_line or file.path in self._run_by_command)

    @cached_property
    def io_calls(self) -> tuple[int, int]:
        """(reads and writes of data, those whose path is a literal), over product Python."""
        counts = [file.io_calls for file in self.product]
        return sum(calls for calls, _ in counts), sum(literal for _, literal in counts)

    @cached_property
    def commands(self) -> tuple[tuple[str, int, str], ...]:
        """(path, line, command) of every command line that the repository itself writes down, docs left out."""
        found = [
            (entry.path, command.line, command.text)
            for group in (self.ci, self.docker, self.tasks)
            for entry, facts in group
            for command in facts.commands
        ]
        return tuple(sorted(found))

    @cached_property
    def _run_by_command(self) -> frozenset[str]:
        return run_by_command(
            self.paths, [text for _, _, text in self.commands], [facts for _, facts in self.packaging]
        )

    # ------------------------------------------------------------ what went unread

    def unread(self, source: str) -> float:
        """Share of this source's files that a reader would have read and could not (catalogue 2.3)."""
        if source == GIT and (self.history is None or self.history.reason):
            return 1.0
        return self._unread.get(source, 0.0)

    @cached_property
    def _unread(self) -> dict[str, float]:
        return unread_shares(self.files, complete=self.component.complete)


def _is_code(language: str) -> bool:
    return bool(language) and language not in NOT_CODE
