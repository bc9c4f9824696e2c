"""A Python module or notebook in its place, with what can be told of it alone, each told once."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from scoring import knowledge
from scoring.analyses.calls import calls_of, calls_where, has_call
from scoring.analyses.memo import Memo
from scoring.facts import CodeFacts, FileEntry, NotebookFacts, PythonFacts

PRODUCT_EXCLUDES = frozenset({"test", "generated", "migration", "docs"})
"""Roles whose code is not what the team runs: left out of densities and shares (catalogue 2.4, 3.2)."""

ASIDE = frozenset({"example", "test", "docs"})
"""Roles of files whose needs are not the component's own."""

BUILD_FILES = frozenset(
    {"setup.py", "noxfile.py", "conftest.py", "tasks.py", "fabfile.py", "dodo.py", "conf.py", "hubconf.py"}
)


class CodeFile:
    """A parsed file, tests too; the same object serves every week in which the same blob stands at the same path."""

    notebook: NotebookFacts | None = None

    def __init__(self, entry: FileEntry, facts: CodeFacts) -> None:
        self.entry = entry
        self.facts = facts
        self.path = entry.path
        self.roles = entry.roles
        self.product = not (entry.roles & PRODUCT_EXCLUDES)
        sets = imported_sets(facts)
        self.alg = "ALG" in sets
        self.ml = self.alg or "DATA" in sets
        self.hosted = "HOSTED" in sets
        self.says_ml = self.alg or self.hosted or "AGENT" in sets
        self.derived: dict[object, Any] = {}

    @cached_property
    def is_runtime(self) -> bool:
        """Whether its imports are the component's own needs: no test, example, documentation or build file."""
        return self.product and not self.roles & ASIDE and self.path.rpartition("/")[2] not in BUILD_FILES

    @cached_property
    def estimator_line(self) -> int:
        """Line of the first model that it makes; 0 without one."""
        made = estimators_in(self.facts)
        return made[0].line if made else 0


class PythonFile(CodeFile):
    """A file that was read whole: every one but the modules of tests."""

    facts: PythonFacts

    def __init__(self, entry: FileEntry, facts: PythonFacts) -> None:
        super().__init__(entry, facts)
        self.notebook = facts.notebook
        self.is_notebook = facts.notebook is not None

    @cached_property
    def trains(self) -> bool:
        """It fits a model in a notebook cell, at its top level or under `__main__`, or is run and fits inside."""
        return trains(self.facts)

    @cached_property
    def io_calls(self) -> tuple[int, int]:
        """(reads and writes of data, those whose path is a literal)."""
        reads = calls_of(self.facts, "READ")
        calls = [*reads, *(call for call in calls_of(self.facts, "WRITE") if not knowledge.is_call(call.name, "READ"))]
        return len(calls), sum(1 for call in calls if call.first[:1] in ("'", '"'))

    @cached_property
    def libraries(self) -> frozenset[str]:
        """Top-level modules of known ML libraries that it imports."""
        return frozenset(
            item.module.partition(".")[0]
            for item in self.facts.imports
            if item.level == 0 and knowledge.libraries(item.module)
        )

    @cached_property
    def prepares(self) -> bool:
        """It splits or transforms data."""
        return prepares(self.facts)


def once(files: Iterable[PythonFile]) -> Iterator[PythonFile]:
    """The files without copies: identical files count once, in their first place (catalogue 2.5, rule 1)."""
    seen: set[str] = set()
    for file in files:
        if file.entry.blob not in seen:
            seen.add(file.entry.blob)
            yield file


def code_file(entry: FileEntry, facts: CodeFacts) -> CodeFile:
    """The file in its place. A module of the product that was read as a test is raises ValueError: what is not looked
    for there would count as not there."""
    if isinstance(facts, PythonFacts):
        return PythonFile(entry, facts)
    if "test" not in entry.roles:
        raise ValueError(f"{entry.path} is no test, and was read as one")
    return CodeFile(entry, facts)


GRADIENT = "backward"
"""A call that gives gradients; they may steer a sampler, or be drawn as an image, and change no weight."""


def imported_sets(facts: CodeFacts) -> frozenset[str]:
    """The library sets (ALG, DATA, ...) that a file's absolute imports belong to."""
    return _kept_sets(facts) if isinstance(facts, PythonFacts) else _imported_sets(facts)


def _imported_sets(facts: CodeFacts) -> frozenset[str]:
    names = {item.dotted for item in facts.imports if item.level == 0}
    return frozenset().union(*map(knowledge.libraries, names))


_kept_sets: Memo[PythonFacts, frozenset[str]] = Memo(_imported_sets)


@lru_cache(maxsize=1 << 14)
def is_estimator(name: str) -> bool:
    """Whether calling this resolved name makes a model: a CapWords callee of an algorithm library (catalogue 3.2)."""
    return "(" not in name and name.rpartition(".")[2][:1].isupper() and knowledge.in_library(name, "ALG")


def _trains(facts: PythonFacts) -> bool:
    """Whether running the file fits a model."""
    if not trains_inside(facts):
        return False
    fits = calls_of(facts, "FIT")
    return facts.notebook is not None or facts.main_line > 0 or any(not call.scope or call.in_main for call in fits)


trains = Memo(_trains)


def _prepares(facts: PythonFacts) -> bool:
    """Whether it splits or transforms data."""
    return has_call(facts, "SPLIT") or bool(_transforming(facts))


estimators_in = calls_where(is_estimator)
"""The calls that make a model, by place."""
_transforming = calls_where(lambda name: name.endswith(".fit_transform"))
prepares = Memo(_prepares)


def trains_inside(facts: PythonFacts) -> bool:
    """Whether something in the file fits a model, run or not; a gradient counts where an optimizer follows it."""
    fits = calls_of(facts, "FIT")
    return any(not call.name.endswith(GRADIENT) for call in fits) or (bool(fits) and _optimizes(facts))


def _optimizes(facts: PythonFacts) -> bool:
    """Whether something there takes steps along gradients: an optimizer, by the name it is imported, made or given."""
    names = [f"{item.module}.{item.name}" for item in facts.imports]
    for call in facts.calls:
        names += (call.name, call.receiver, call.target, *call.inputs)
    return any("optim" in name.lower() for name in names)
