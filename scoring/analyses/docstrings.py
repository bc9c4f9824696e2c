"""Docstrings of public functions and classes (doc.2): what needs one, and what another text says already.

The catalogue asks for one on every public function and class of a file that imports an algorithm or data library. Left
out is what would only say a name again: records whose fields are their text (enumerations, dataclasses, tables of an
object-relational mapper, empty subclasses), methods that fill in one of a base class, where the text belongs, and
functions that take nothing and whose one line gives what their annotation says.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Memo
from scoring.analyses.placing import once, placed
from scoring.analyses.view import PythonFile, View
from scoring.facts import Class, Function
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge import interfaces

MANY_BARE = 2
ENOUGH = 0.6
"""The good anchor of doc.2: a file above it is not listed, nor one with fewer than MANY_BARE bare names."""
SHOWN_NAMES = 3
MAX_DEPTH = 8
"""Base classes above one another that are looked through."""


class _Item(NamedTuple):
    """A public function or class that may need a docstring."""

    name: str
    line: int
    documented: bool
    bases: tuple[str, ...]
    """Of a method: the last names of the bases of its class."""


class _Kin(NamedTuple):
    """A class by its last name: the last names of its bases, and its methods."""

    name: str
    bases: tuple[str, ...]
    methods: frozenset[str]


class _Read(NamedTuple):
    items: tuple[_Item, ...]
    classes: tuple[_Kin, ...]


def docstring_share(view: View) -> Answer:
    """Of what needs a docstring in ML files, the share that has one."""
    total = documented = 0
    hits: list[Hit] = []
    kin = _kin(view)
    for file in once(view.ml):
        items = [item for item in _read(file).items if not (item.bases and _is_override(item, kin))]
        bare = [item for item in items if not item.documented]
        total += len(items)
        documented += len(items) - len(bare)
        if len(bare) >= MANY_BARE and len(items) - len(bare) < ENOUGH * len(items):
            hits.append(placed(_hit(bare, len(items)), file))
    if not total:
        return NotApplicable("no public function or class in ML files")
    return Measure(documented / total, total, tuple(hits))


def _hit(bare: list[_Item], public: int) -> Hit:
    different = list(dict.fromkeys(item.name for item in bare))
    names = ", ".join(different[:SHOWN_NAMES])
    more = " and others" if len(different) > SHOWN_NAMES else ""
    return Hit(
        line=bare[0].line,
        key="docstrings",
        message=f"{len(bare)} of {public} public functions and classes here have no docstring ({names}{more}): "
        "what they expect and return is told by their code alone.",
        evidence={"bare": len(bare), "public": public},
    )


# ---------------------------------------------------------------- what needs one


def _read_file(file: PythonFile) -> _Read:
    facts = file.facts
    classes = {item.name: item for item in facts.classes}
    records = _records(facts.classes)
    bases = {item.name: tuple([_last(base) for base in item.bases]) for item in facts.classes}
    items = [
        _Item(item.name, item.line, item.documented, bases.get(item.owner, ()))
        for item in facts.functions
        if item.public and not _is_told(item, classes)
    ]
    items += [
        _Item(_last(item.name), item.line, item.documented, ())
        for item in facts.classes
        if item.public and item.methods and item.name not in records
    ]
    methods: dict[str, set[str]] = {item.name: set() for item in facts.classes}
    for function in facts.functions:
        if function.owner in methods:
            methods[function.owner].add(function.name)
    kin = (_Kin(_last(item.name), bases[item.name], frozenset(methods[item.name])) for item in facts.classes)
    return _Read(tuple(sorted(items, key=lambda item: (item.line, item.name))), tuple(kin))


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
    if item.annotated and item.listed == 0 and item.body_lines == 1 and not item.documented:
        return True
    if any(name.endswith(("overload", "override", ".setter", ".deleter")) for name in item.decorators):
        return True
    owner = classes.get(item.owner)
    of_framework = item.name in interfaces.METHODS or item.name.startswith(interfaces.HOOKS)
    return item.name == "main" or (owner is not None and bool(owner.bases) and of_framework)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


# ---------------------------------------------------------------- methods of base classes


@lru_cache(maxsize=1)
def _kin(view: View) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Last name of a class of the component -> (its methods, the last names of its bases); namesakes are one."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for file in view.product:
        for name, bases, methods in _read(file).classes:
            known = found.get(name)
            found[name] = (known[0] | methods, known[1] | set(bases)) if known else (methods, frozenset(bases))
    return found


def _is_override(item: _Item, kin: Mapping[str, tuple[frozenset[str], frozenset[str]]]) -> bool:
    """Whether a class above, here or in another file of the component, has the method too."""
    seen: set[str] = set()
    layer = set(item.bases)
    for _ in range(MAX_DEPTH):
        seen |= layer
        known = [kin[name] for name in layer if name in kin]
        if any(item.name in methods for methods, _ in known):
            return True
        layer = set().union(*(bases for _, bases in known)) - seen
        if not layer:
            return False
    return False
