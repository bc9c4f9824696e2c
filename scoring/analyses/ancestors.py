"""The classes of a component and what they derive from, by way of each other."""

from collections.abc import Iterator, Mapping

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.plugs import last_of
from scoring.analyses.view import PythonFile, View

Bases = Mapping[str, tuple[str, ...]]
"""Class without its module -> its bases as they are known."""
MOST_ABOVE = 100
"""Classes above one that are gone through: nobody writes more, and a chain made to be slow costs no more."""


def _classes(file: PythonFile) -> Bases:
    return {last_of(item.name): item.bases for item in file.facts.classes if item.bases}


_classes_of = Memo(_classes)
_latest: Latest[Bases] = Latest()


def bases_of(view: View) -> Bases:
    """Of the classes of product code that have any."""
    parts = tuple([_classes_of(file) for file in view.product if file.facts.classes])
    return _latest((parts,), lambda: {name: bases for part in parts for name, bases in part.items()})


def all_above(owner: str, bases: Bases) -> Iterator[str]:
    """The bases of a class and of those, as they are known."""
    seen: set[str] = set()
    ahead = [last_of(owner)]
    while ahead and len(seen) < MOST_ABOVE:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            above = bases.get(name, ())
            yield from above
            ahead += map(last_of, above)
