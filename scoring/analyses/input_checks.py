"""Tables that models learn from, and whether anything checks what is in them (catalogue: dat.1).

A read is checked where its file imports a library of checks of data, or where it names the columns or types that it
takes and fails on others. Whether a file checks what it reads can't be told where it asserts or raises something, is
joined to a module with such a library, or defines or imports something named after a check: its reads count neither
way. What is left has nothing of the kind.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scoring.analyses.calls import calls_of, has_call
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.placing import placed
from scoring.analyses.python_file import ASIDE, PythonFile, imported_sets
from scoring.analyses.table_reads import COLUMNS, TYPES, table_reads
from scoring.analyses.traces import traces
from scoring.analyses.view import View
from scoring.facts import Call
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

_CHECKS = re.compile(
    r"(?:^|_)(?:check|valid|validate|validation|validator|verify|assert|expect|ensure|sanity|quality|schema|drift"
    r"|profile|profile_?report)(?:s|ed)?(?:_|$)",
    re.IGNORECASE,
)
"""In the name of a function, or of what is imported."""
_SUITE = re.compile(
    r"(?:^|/)(?:data[-_](?:checks?|tests?|validation|quality)|(?:check|test|validate)[-_]data)/[^/]+\.py$",
    re.IGNORECASE,
)
"""A step of a pipeline that only checks."""
_NAMED = COLUMNS | TYPES
_FAILS = _NAMED - {"names", "**"}
"""Keywords that make a read fail on other columns or types; `names` only names what comes."""
_SHOWS = re.compile(
    r"(?:^|/)(?:dashboards?|bench\w*)/|(?:^|[/_])(?:app|dashboard|plot|plots|report|\w*analysis|visuali[sz]\w*|evaluat\w*|infer\w*|serv\w*|predict)"
    r"(?:_\w*)?\.(?:py|ipynb)$",
    re.IGNORECASE,
)
"""Files that show or use what a model gave, by their name: what they read is no input of it."""
_KEEPS_FILE = re.compile(r"(?:^|[/_])(?:(?:de)?seriali[sz]\w*|materiali[sz]ers?|caches?|caching)(?:\.py$|/)")
_KEEPS = re.compile(
    r"(?:Materiali[sz]er|Seriali[sz]er|Cache)\b|(?:^|[._])(?:(?:de)?seriali[sz]e\w*|unpickle|restore"
    r"|load_(?:from_)?(?:cached?|checkpoint|artifacts?|predictions?)|from_(?:cache|disk|checkpoint|artifact))(?:_|$)"
)
"""Files, classes and functions that read back what the component itself put down."""
_CARRIES = re.compile(
    r"(?:^|_)(?:to_csv|from_csv|export|dump|backup|average|blend|ensemble|submit|submission|predict|infer)(?:_|$)",
    re.IGNORECASE,
)
"""Functions that carry tables out and back, or put predictions together, by their name: nothing learns from these."""
_OWN = re.compile(
    r"(?:^|_)(?:processed|preprocessed|cleaned|interim|preds?|predictions?|submissions?)(?:_|\.|$)", re.IGNORECASE
)
"""Names of files that a step before, or a model, made."""
_KEPT_FORMATS = frozenset({"hdf", "feather", "parquet", "orc"})
"""In which a pipeline keeps what stands between its steps; rows from outside mostly come as text or from a database."""


def unchecked_inputs(view: View) -> Answer:
    """Share of the tables read on the way to a model that something checks."""
    files = _reading(view)
    made = _made_here(view) if files else _NOTHING
    reading = [(file, reads) for file in files if (reads := [call for call in _reads(file) if not made.holds(call)])]
    if not reading:
        if view.python_unseen or any(_reads_tables(file) for file in view.product_once):
            return Unknown("no table is known to be read on the way to a model; others are, or files went unread")
        return NotApplicable("no table is read")
    joined = frozenset(_joined_paths(view))
    left = [(file, loose) for file, reads in reading if (loose := _unchecked(file, reads, joined))]
    if left and ("data-1" in traces(view) or any(map(_SUITE.search, view.paths))):
        return Unknown("a suite of checks is here, and which of the tables it looks at can't be told")
    checked = sum([_is_checked(file, call) for file, reads in reading for call in reads])
    decided = checked + sum([len(loose) for _, loose in left])
    if not decided:
        return Unknown("whether what is asserted, raised or imported checks the tables can't be told")
    return Measure(checked / decided, decided, tuple([_hit(file, loose) for file, loose in left]))


def _is_checked(file: PythonFile, call: Call) -> bool:
    return _has_library(file) or not _FAILS.isdisjoint([name for name, _ in call.keywords])


def _unchecked(file: PythonFile, reads: list[Call], joined: frozenset[str]) -> list[Call]:
    """Those that surely nothing checks."""
    if _has_library(file) or _may_check(file) or file.path in joined:
        return []
    return [call for call in reads if _NAMED.isdisjoint([name for name, _ in call.keywords])]


def _reading(view: View) -> list[PythonFile]:
    """Files that make a model or are imported by one that does, and read tables: modules where some do, else notebooks.
    What lies deeper mostly reads what a package brings along."""
    files = [file for file in view.product_once if _reads(file)]
    if not files:
        return []
    makers = [file for file in view.product if not file.roles & ASIDE and _makes(file)]
    modules = [file for file in makers if not file.is_notebook]
    imports = imports_by_path(view)
    near = {file.path for file in modules or makers}.union(*[imports[file.path] for file in modules or makers])
    return [file for file in files if file.path in near]


def _read(file: PythonFile) -> tuple[Call, ...]:
    """Of examples none; of a notebook that trains nothing none: it looks at the data itself."""
    if file.roles & ASIDE or (file.is_notebook and not file.trains) or _SHOWS.search(file.path):
        return ()
    if _KEEPS_FILE.search(file.path):
        return ()
    return tuple([call for call in table_reads(file.facts) if not _is_own(call)])


def _is_own(call: Call) -> bool:
    """Whether a table is one of the component's own making, by where it is read or by its name."""
    if _KEEPS.search(call.scope):
        return True
    return _CARRIES.search(call.scope.rpartition(".")[2]) is not None or _OWN.search(_place(call.first)) is not None


_reads = Memo(_read)
_reads_tables: Memo[PythonFile, bool] = Memo(lambda file: any(True for _ in table_reads(file.facts)))


_makes: Memo[PythonFile, bool] = Memo(lambda file: has_call(file.facts, "FIT", "SPLIT"))


class _Made(NamedTuple):
    """What the component writes itself: a table of its own that it reads again is no input."""

    formats: frozenset[str]
    places: frozenset[str]
    """Names of files, as written."""

    def holds(self, call: Call) -> bool:
        place = _place(call.first)
        return place in self.places if place else _format(call.name) in self.formats


_NOTHING = _Made(frozenset(), frozenset())


def _made_here(view: View) -> _Made:
    writes = [call for file in view.product for call in _writes(file)]
    formats = frozenset([_format(call.name) for call in writes]) & _KEPT_FORMATS
    return _Made(formats, frozenset([place for call in writes if (place := _place(call.first))]))


_writes: Memo[PythonFile, tuple[Call, ...]] = Memo(
    lambda file: tuple([call for call in calls_of(file.facts, "WRITE") if call.name.rpartition(".")[2][:3] == "to_"])
)


def _format(name: str) -> str:
    return name.rpartition("_")[2]


def _place(literal: str) -> str:
    return literal.lstrip("rbfRBF").strip("'\"").replace("\\", "/").rpartition("/")[2]


_has_library: Memo[PythonFile, bool] = Memo(lambda file: "VALID" in imported_sets(file.facts))


def _may_check_itself(file: PythonFile) -> bool:
    facts = file.facts
    if facts.refuses:
        return True
    names = [*facts.function_names, *(item.name or item.module for item in facts.imports)]
    return any(_CHECKS.search(name.rpartition(".")[2]) for name in names)


_may_check = Memo(_may_check_itself)


def _joined_paths(view: View) -> Iterator[str]:
    """Modules that import one which imports a library of checks, or that such a one imports."""
    checking = frozenset([file.path for file in view.product if _has_library(file)])
    if not checking:
        return
    for path, imported in imports_by_path(view).items():
        if path in checking:
            yield from imported
        elif imported & checking:
            yield path


def _hit(file: PythonFile, loose: list[Call]) -> Hit:
    first = min(loose, key=lambda call: call.line)
    callee = first.name.rpartition(".")[2]
    many = len(loose) > 1
    hit = Hit(
        line=first.line,
        end_line=first.end_line,
        key="unchecked",
        symbol=first.scope,
        message=f"{f'{len(loose)} tables are' if many else 'A table is'} read here on the way to a model"
        f"{', first' if many else ''} by {callee}, and nothing checks what is in {'them' if many else 'it'}: "
        "an empty, doubled or shifted column passes without an error.",
        evidence={"reads": len(loose)},
    )
    return placed(hit, file)
