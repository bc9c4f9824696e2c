"""Docstrings of public functions and classes (doc.2): what needs one, and what another text says already.

The catalogue asks for one on every public function and class of a file that imports an algorithm or data library; where
the model is hosted, what calls it is that file. Left out is what would only say a name again: records whose fields are
their text (enumerations, dataclasses, tables of an object-relational mapper, empty subclasses), methods that fill in
one of a base class, where the text belongs, and functions that take nothing and whose one line gives what their
annotation says. A class whose constructor has one is described there. What lacks one is counted and not listed: of a
single function its owner rightly says that it can wait, and of a share that nobody new finds the way.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.callers import has_callers
from scoring.analyses.memo import Answers, Asking, Latest, Memo
from scoring.analyses.modules import module_paths
from scoring.analyses.python_file import BUILD_FILES
from scoring.analyses.view import PythonFile, View
from scoring.facts import Class, Function
from scoring.findings import Answer, Measure, NotApplicable
from scoring.knowledge import interfaces

SHORT = 3
"""Lines of body, up to which an annotated function says all by its name and annotation."""
_TELLING = ("overload", "override", ".setter", ".deleter", "validator")
"""Ends of decorators of what is a form only, or a check of the field that they name."""
MAX_DEPTH = 8
"""Base classes above one another that are looked through."""


_IMPORTABLE = re.compile(
    r"^(?!(?:.*/)?(?:asv_bench|benchmarks?|_?internals?|_[^/]+)/)(?:.*/)?(?!_(?!_))[^\W\d]\w*\.py$", re.IGNORECASE
)
"""A public module that another can import by name; what one called 03-clean.py defines is nobody's to call, and what a
folder of benchmarks holds is called by their runner."""


class _Item(NamedTuple):
    """A public function or class that may need a docstring."""

    name: str
    line: int
    documented: bool
    owner: str
    """Of a method: its class."""


class _Kin(NamedTuple):
    """A class: its bases as they resolve, its methods, and those of them that say what they do."""

    name: str
    bases: tuple[str, ...]
    methods: frozenset[str]
    documented: frozenset[str]


class _Read(NamedTuple):
    items: tuple[_Item, ...]
    classes: tuple[_Kin, ...]


def docstring_share(view: View) -> Answer:
    """Of what needs a docstring in ML files, the share that has one."""
    total = documented = 0
    kin = _kindred(view)
    _told_above.rest_on(kin, kin.told_above)
    for file in (file for file in view.product_once if _works_with_models(file)):
        if not (_is_importable(file) and has_callers(view, file)):
            continue
        share = _share_of(file, _told_above)
        total += share.total
        documented += share.documented
    if not total:
        return NotApplicable("no public function or class in ML files")
    return Measure(documented / total, total, note=f"{documented} of {total} have one")


def _works_with_models(file: PythonFile) -> bool:
    """An ML file, or one that calls a hosted model."""
    return file.ml or file.hosted


def _can_be_imported(file: PythonFile) -> bool:
    return _IMPORTABLE.search(file.path) is not None and file.path.rpartition("/")[2] not in BUILD_FILES


_is_importable = Memo(_can_be_imported)


class _Share(NamedTuple):
    """What one file adds."""

    total: int
    documented: int


def _count(file: PythonFile, told_above: Callable[[tuple[str, str]], frozenset[str]]) -> _Share:
    items = [
        item for item in _read(file).items if not (item.owner and item.name in told_above((file.path, item.owner)))
    ]
    return _Share(len(items), sum([item.documented for item in items]))


_share_of: Asking[PythonFile, tuple[str, str], frozenset[str], _Share] = Asking(_count)
_told_above: Answers[tuple[str, str], frozenset[str]] = Answers()


# ---------------------------------------------------------------- what needs one


def _read_file(file: PythonFile) -> _Read:
    facts = file.facts
    classes = {item.name: item for item in facts.classes}
    records = _records(facts.classes)
    made = {item.owner for item in facts.functions if item.documented and item.name == "__init__"}
    items = [
        _Item(item.name, item.line, item.documented, item.owner if item.owner in classes else "")
        for item in facts.functions
        if item.public and not _is_told(item, classes)
    ]
    items += [
        _Item(_last(item.name), item.line, item.documented or item.name in made, "")
        for item in facts.classes
        if item.public and item.methods and item.name not in records
        if item.documented or not _fills_in(item, facts.functions)
    ]
    methods: dict[str, list[Function]] = {item.name: [] for item in facts.classes}
    for function in facts.functions:
        if function.owner in methods:
            methods[function.owner].append(function)
    kin = tuple([_kin(item, methods[item.name]) for item in facts.classes])
    return _Read(tuple(sorted(items, key=lambda item: (item.line, item.name))), kin)


def _kin(item: Class, methods: list[Function]) -> _Kin:
    names = frozenset([method.name for method in methods])
    return _Kin(item.name, item.bases, names, frozenset([method.name for method in methods if method.documented]))


_read: Memo[PythonFile, _Read] = Memo(_read_file)


def _records(classes: tuple[Class, ...]) -> frozenset[str]:
    """Classes that hold named fields or cases, by a decorator or a base, be it by way of a class of the same file."""
    found: set[str] = set()
    for item in sorted(classes, key=lambda entry: entry.line):
        decorated = any(_last(name.removesuffix("()")) in interfaces.RECORD_MAKERS for name in item.decorators)
        if decorated or any(base in found or _is_record(base) for base in item.bases):
            found.add(item.name)
    return frozenset(found)


def _is_record(base: str) -> bool:
    return base.removesuffix("()").endswith(interfaces.RECORDS)


def _is_told(item: Function, classes: Mapping[str, Class]) -> bool:
    """A form only (an overload, the other half of a property), a getter whose name and annotation say all, the start of
    a program, or a framework's method."""
    if item.annotated and not item.documented and item.body_lines <= (SHORT if item.listed else 1):
        return True
    if any(name.removesuffix("()").endswith(_TELLING) for name in item.decorators):
        return True
    owner = classes.get(item.owner)
    if item.name in interfaces.HOSTED and owner is not None and any(map(knowledge.of_hosted, owner.bases)):
        return True
    of_framework = item.name in interfaces.METHODS or item.name.startswith(interfaces.HOOKS)
    return item.name == "main" or (owner is not None and bool(owner.bases) and of_framework)


def _fills_in(item: Class, functions: Iterable[Function]) -> bool:
    """Whether a class only fills in what its base asks for: methods of a framework, of Python, or private ones."""
    if not item.bases:
        return False
    public = [other for other in functions if other.owner == item.name and not other.name.startswith("_")]
    return all(_is_told(other, {item.name: item}) for other in public)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


# ---------------------------------------------------------------- methods of base classes


class _Placed(NamedTuple):
    """A class where it stands."""

    place: tuple[str, str]
    """Its path and its name."""
    last: str
    bases: tuple[str, ...]
    told: frozenset[str]
    """Methods that need no second text: documented, or asked for one there."""


def _placed_classes(file: PythonFile) -> tuple[_Placed, ...]:
    asked = _works_with_models(file)
    return tuple(
        [
            _Placed((file.path, item.name), _last(item.name), item.bases, item.methods if asked else item.documented)
            for item in _read(file).classes
        ]
    )


_classes_of: Memo[PythonFile, tuple[_Placed, ...]] = Memo(_placed_classes)


def _kindred(view: View) -> "_Kindred":
    modules = module_paths(view)
    classes = tuple([found for file in view.product if file.facts.classes and (found := _classes_of(file))])
    return _latest_kindred((modules, classes), lambda: _Kindred(modules, classes))


class _Kindred:
    """The component's classes by place, and what those above a class say of its methods."""

    def __init__(self, modules: Mapping[str, str], classes: Iterable[tuple[_Placed, ...]]) -> None:
        self._modules = modules
        self._all = [item for of_file in classes for item in of_file]
        self._classes = {item.place: item for item in self._all}
        self._above: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def _named(self) -> dict[str, list[tuple[str, str]]]:
        """The last part of a name -> the classes that bear it."""
        named: dict[str, list[tuple[str, str]]] = {}
        for item in self._all:
            named.setdefault(item.last, []).append(item.place)
        return named

    def told_above(self, place: tuple[str, str]) -> frozenset[str]:
        """The methods that a class above, in this file or another of the component, has with their text."""
        told = self._above.get(place)
        if told is None:
            told = self._above[place] = frozenset(self._told_above(place))
        return told

    def _told_above(self, start: tuple[str, str]) -> Iterator[str]:
        seen = {start}
        layer = [start] if start in self._classes else []  # gone since it was last asked for
        for _ in range(MAX_DEPTH):
            above = {base for place in layer for base in self._bases(place)}
            layer = [place for place in above if place not in seen]
            if not layer:
                return
            seen.update(layer)
            for place in layer:
                yield from self._classes[place].told

    def _bases(self, place: tuple[str, str]) -> Iterator[tuple[str, str]]:
        path, _ = place
        for base in self._classes[place].bases:
            module, _, name = base.rpartition(".")
            found = (path, base) if (path, base) in self._classes else (self._modules.get(module, ""), name)
            if found in self._classes:
                yield found
            elif module.partition(".")[0] in self._modules and len(self._named.get(name, ())) == 1:
                yield self._named[name][0]  # handed on by a package of the component's own


_latest_kindred: Latest[_Kindred] = Latest()
