"""Classes and modules that reach everywhere, code without a structure to follow, and switches that meet."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scoring.analyses.dead import dead
from scoring.analyses.experiments import flag, running
from scoring.analyses.long_functions import is_listed, is_long
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.placing import placed
from scoring.analyses.vendored import modules_of_others
from scoring.analyses.view import PythonFile, View
from scoring.facts import Class, ClassShape, Function, FunctionShape
from scoring.findings import Answer, Hit, Measure, NotApplicable

HEAVY, REACH, COHESIVE = 47, 5, 1 / 3
LONG_CLASS, MEDIUM = 400, 2
"""Lines, below which a class is not what everything passes through, whatever it does."""
LARGE_MODULE, MANY_IMPORTS = 1000, 10
RUNS_ON_IMPORT = 150
TABLE = 0.8
"""Of the calls, from which on those that make an object of a class, or an option of a command line, are a table: of
prompts, of fields, of routes."""
_MAKES = re.compile(r"(?:^|\.)(?:[A-Z]\w*[a-z]\w*(?:\.from_\w+)?|option|argument|DEFINE_\w+)$")
MANY_GLOBALS = 3
COMPLEX, DEEP = 25, 4
FEW_SWITCHES = 2
"""The good anchor: up to it nothing is found."""
SOME_SWITCHES, MANY_SWITCHES = 5, 7
"""From which on a finding is medium and high: eight ways can be tried one by one, 128 can't."""

FAMILY = 3
"""Classes that derive from another, from which on its methods meet in them, as those of an abstract one do."""

_SETTINGS = frozenset({"config", "settings", "constants", "conf", "setup", "configuration", "__init__"})
_OFF_THE_PATH = frozenset({"research", "example", "notebook", "ci", "packaging", "task"})

GOD = "class Trainer:\n" + "".join(
    f"    def step_{n}(self, data):\n        self.part_{n} = data.field_{n}\n"
    + "".join(f"        if data == {k}:\n            self.part_{n} = {k}\n" for k in range(5))
    for n in range(10)
)
"""Ten methods of complexity six that share nothing: the example of a class that runs everything."""


# ---------------------------------------------------------------- classes and modules that reach everywhere


def all_in_one(view: View) -> Answer:
    """Classes and modules that everything passes through, per 10 KLOC of ML code."""
    classes = sum([len(file.facts.classes) for file in view.product])
    if not classes and not any(file.facts.code_lines > LARGE_MODULE for file in view.product):
        return NotApplicable("no class and no large module")
    hits = [hit for file in view.product_once if file.facts.structure for hit in _gods(file)]
    if hits:
        bases = Counter(
            base.rpartition(".")[2] for file in view.product for one in file.facts.classes for base in one.bases
        )
        hits = [hit for hit in hits if bases[hit.symbol.rpartition(".")[2]] < FAMILY]
    hits += _large_modules(view)
    return Measure(len(hits) / view.ten_klocs, max(1, classes), tuple(hits))


def _gods_of(file: PythonFile) -> tuple[Hit, ...]:
    shapes = file.facts.structure.classes if file.facts.structure else ()
    shared = {item.name for item in file.facts.classes if _is_shared(item)}
    return tuple(placed(_god_hit(shape), file) for shape in shapes if shape.name not in shared and _is_god(shape))


_gods: Memo[PythonFile, tuple[Hit, ...]] = Memo(_gods_of)


def _is_shared(item: Class) -> bool:
    """A base class or mixin: its methods meet in the classes that derive from it."""
    last = item.name.rpartition(".")[2]
    abstract = any(base.rpartition(".")[2] in ("ABC", "Protocol") for base in item.bases)
    return abstract or "Mixin" in last or last.startswith(("Base", "Abstract"))


def _is_god(shape: ClassShape) -> bool:
    return shape.weight >= HEAVY and shape.foreign > REACH and shape.cohesion < COHESIVE


def _god_hit(shape: ClassShape) -> Hit:
    is_short = shape.end_line - shape.line < LONG_CLASS
    verdict = "what it does belongs in several" if is_short else "every change passes through it"
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key="god",
        severity=MEDIUM if is_short else 0,
        symbol=shape.name,
        message=f"{shape.name} has a complexity of {shape.weight}, reads {shape.foreign} attributes of other objects, "
        f"and {100 * (1 - shape.cohesion):.0f} % of the pairs of its methods share nothing: "
        f"{verdict}.",
        evidence={"complexity": shape.weight, "foreign": shape.foreign, "cohesion": shape.cohesion},
    )


def _large_modules(view: View) -> Iterator[Hit]:
    large = [file for file in view.product if file.facts.code_lines > LARGE_MODULE and not file.is_notebook]
    if not large:
        return
    imports = imports_by_path(view)
    for file in large:
        own = len(imports[file.path])
        others = sum([file.path in imports[other.path] for other in view.product])
        if own > MANY_IMPORTS and others > MANY_IMPORTS:
            yield Hit(
                path=file.path,
                line=1,
                key="module",
                message=f"{file.path} has {file.facts.code_lines} lines of code, imports {own} of the component's "
                f"modules and is imported by {others}: nearly every change passes through it.",
                evidence={"lines": file.facts.code_lines, "imports": own, "importers": others},
            )


# ---------------------------------------------------------------- no structure to follow


def tangled(view: View) -> Answer:
    """Places on the production path that can't be followed or imported, per 10 KLOC of ML code."""
    files = [file for file in view.product_once if _is_on_the_path(file)]
    if not files:
        return NotApplicable("no module on the production path")
    run = {file.path for file in view.entry_points} | _imported(view, files)
    found = [(file, hit) for file in files if file.path in run for hit in _tangles(file)]
    told = [hit for file, hit in found if hit.key != "complex" or hit.line not in _long_lines(file)]
    copied = modules_of_others(view)
    hits = tuple([hit for hit in told if hit.path not in copied and not dead(view).holds(hit.path, hit.line)])
    return Measure(len(found) / view.ten_klocs, len(files), hits)


_long_lines: Memo[PythonFile, frozenset[int]] = Memo(
    lambda file: frozenset([item.line for item in file.facts.functions if is_long(item) and is_listed(item)])
)
"""Where functions begin that are told as too long: that they are nested too is the same work."""


def _is_on_the_path(file: PythonFile) -> bool:
    return file.facts.code_lines > 0 and not file.is_notebook and not file.roles & _OFF_THE_PATH


def _imported(view: View, files: Iterable[PythonFile]) -> frozenset[str]:
    imports = imports_by_path(view)
    return frozenset().union(*[imports[file.path] for file in files])


def _tangles_of(file: PythonFile) -> tuple[Hit, ...]:
    facts = file.facts
    deep = [item for item in facts.functions if _is_deep(item) and not facts.is_taken(item.line)]
    found = [_complex_hit(item) for item in deep]
    shapes = facts.structure.functions if facts.structure else ()
    found += [_globals_hit(shape) for shape in shapes if shape.globals > MANY_GLOBALS]
    if facts.top_level_lines > RUNS_ON_IMPORT and not facts.classes and not facts.main_line and _acts(file):
        found.append(_top_level_hit(facts.top_level_lines))
    return tuple(placed(hit, file) for hit in sorted(found, key=lambda hit: hit.line))


_tangles: Memo[PythonFile, tuple[Hit, ...]] = Memo(_tangles_of)


PAGES = "streamlit"
"""Its pages are scripts that it runs from the top at each click."""


def _is_deep(item: Function) -> bool:
    return item.complexity > COMPLEX and item.nesting > DEEP


def _acts(file: PythonFile) -> bool:
    """What runs on import does something: tables of constants and options of a command line do not."""
    if any(item.module == PAGES for item in file.facts.imports):
        return False
    folder, _, name = file.path.rpartition("/")
    stem = name.removesuffix(".py")
    if not _SETTINGS.isdisjoint({stem, stem.rpartition("_")[2], folder.rpartition("/")[2]}):
        return False
    names = [call.name for call in file.facts.calls if not call.scope and not call.in_main]
    if sum(map(bool, map(_MAKES.search, names))) >= TABLE * len(names):
        return False
    return len(names) >= MANY_IMPORTS and not any(name.startswith("setuptools") for name in names)


def _complex_hit(item: Function) -> Hit:
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key="complex",
        symbol=f"{item.owner}.{item.name}".lstrip("."),
        message=f"{item.name} has a complexity of {item.complexity} and is nested {item.nesting} deep; nobody can say "
        "which path a case takes.",
        evidence={"complexity": item.complexity, "nesting": item.nesting},
        remedy="Leave early where a case is done, give each inner loop or branch a function with a name, and test "
        "these by themselves.",
    )


def _globals_hit(shape: FunctionShape) -> Hit:
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key="globals",
        symbol=shape.scope,
        message=f"{shape.scope} takes no parameter and rebinds {shape.globals} global variables; what it does depends "
        "on what ran before it.",
        evidence={"globals": shape.globals},
        remedy="Hand over as parameters what it reads, and return what it makes; keep together in one object what "
        "belongs together.",
    )


def _top_level_hit(lines: int) -> Hit:
    return Hit(
        line=1,
        key="top level",
        message=f"{lines} lines of code run when the file is imported; it can't be tested or reused without running.",
        evidence={"lines": lines},
    )


# ---------------------------------------------------------------- switches that meet in one function


def most_switches(view: View) -> Answer:
    """The largest number of independent flags that one function tests, those of running experiments left out."""
    return _most_switches(view, running(view))


@lru_cache(maxsize=1)
def _most_switches(view: View, now: frozenset[str]) -> Answer:
    files = [file for file in view.product_once if file.facts.functions]
    if not files:
        return NotApplicable("no function")
    hits = [hit for file in files if file.facts.structure for hit in (_without(file, now) if now else _switches(file))]
    most = max((int(hit.evidence["flags"]) for hit in hits), default=0)
    return Measure(most, sum([len(file.facts.functions) for file in files]), tuple(hits))


def _switches_of(file: PythonFile) -> tuple[Hit, ...]:
    return _without(file, frozenset())


def _without(file: PythonFile, now: frozenset[str]) -> tuple[Hit, ...]:
    """Its functions with too many switches; those of running experiments don't count."""
    shapes = file.facts.structure.functions if file.facts.structure else ()
    counted = ((shape, tuple([name for name in shape.independent if flag(name) not in now])) for shape in shapes)
    return tuple(placed(_switches_hit(shape, names), file) for shape, names in counted if len(names) > FEW_SWITCHES)


_switches: Memo[PythonFile, tuple[Hit, ...]] = Memo(_switches_of)


def _switches_hit(shape: FunctionShape, names: tuple[str, ...]) -> Hit:
    count = len(names)
    shown = ", ".join(names[:4]) + (" and others" if count > 4 else "")
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key="switches",
        symbol=shape.scope,
        message=f"{shape.scope or 'The module'} tests {count} flags in branches of their own ({shown}): "
        f"up to {2**count:,} ways through it, of which few are ever tried.",
        severity=3 if count >= MANY_SWITCHES else 2 if count >= SOME_SWITCHES else 1,
        evidence={"flags": count},
    )
