"""Folders that hold a copy of another project, known by the licence that stands in them (catalogue 2.4): what stands
there is nobody's debt here. And modules that bear the copyright of others: their form is as it was there.

A licence is of others where it names none of those whom the nearest licence above it names; where one of the two names
nobody, as the Apache licence does, where it is another text, or names somebody who licenses no other folder here. Where
both are one text, or there is none above it, as in many a solution of a contest, a README and a set-up file have to
stand beside it too. The packages of a monorepo bear the same names or the same text, and stay.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scoring.analyses.python_file import imported_sets
from scoring.facts import FileEntry, LicenceFacts, PythonFacts

if TYPE_CHECKING:
    from scoring.analyses.view import View

_SETUP = frozenset({"setup.py", "pyproject.toml"})
MOST = 0.9
"""Of the lines of Python: where more of them would be copies, that is what the component is, and none is left out. Nor
is any where all ML code would go, since what is not read can't be judged."""
VENDORED = "vendored: "
"""Begins the reason for which such a path is left out."""


def vendored(files: Sequence[FileEntry]) -> dict[str, str]:
    """path -> why it is left out, of what lies in such folders, in the order of the files."""
    licences: dict[str, list[LicenceFacts]] = {}
    for entry in files:
        for facts in entry.facts:
            if facts.__class__ is LicenceFacts:
                licences.setdefault(entry.path.rpartition("/")[0], []).append(facts)
    if not licences.keys() - {""}:
        return {}
    folders = _of_others({folder: _joined(told) for folder, told in licences.items()}, _projects(files))
    found = [(entry, folder) for entry in files if (folder := _holding(entry.path, folders))] if folders else []
    if _lines([entry for entry, _ in found]) > MOST * _lines(files) or _holds_all_ml(files, found):
        return {}
    return {entry.path: f"{VENDORED}{folder}/ has a licence of others" for entry, folder in found}


def _holds_all_ml(files: Sequence[FileEntry], found: Sequence[tuple[FileEntry, str]]) -> bool:
    inside = {entry.path for entry, _ in found}
    in_copies = [entry.path in inside for entry in files if _is_ml(entry)]
    return bool(in_copies) and all(in_copies)


def _is_ml(entry: FileEntry) -> bool:
    return "test" not in entry.roles and any(
        not imported_sets(facts).isdisjoint(_ML) for facts in entry.facts if isinstance(facts, PythonFacts)
    )


_ML = frozenset({"ALG", "HOSTED", "AGENT"})
"""Sets of libraries of which ML code imports one."""


class _Licence(NamedTuple):
    """All that a folder's licences say."""

    texts: frozenset[str]
    holders: frozenset[str]


def _joined(told: Sequence[LicenceFacts]) -> _Licence:
    texts = frozenset([facts.text for facts in told if facts.text])
    return _Licence(texts, frozenset([word for facts in told for word in facts.holders]))


def _lines(files: Sequence[FileEntry]) -> int:
    return sum([facts.code_lines for entry in files for facts in entry.facts if isinstance(facts, PythonFacts)])


def _above(path: str) -> Iterator[str]:
    """The folders around a path, the innermost first; "" is the last of them."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _holding(path: str, folders: frozenset[str]) -> str:
    """The innermost of the folders that holds the path; "" where none does."""
    return next((folder for folder in _above(path) if folder in folders), "")


def _projects(files: Sequence[FileEntry]) -> frozenset[str]:
    """Folders that have a README and a set-up file; none where the root has no README."""
    found: dict[str, set[str]] = {}
    for entry in files:
        folder, _, name = entry.path.rpartition("/")
        mark = "readme" if name.lower().startswith("readme") else "setup" if name in _SETUP else ""
        if mark:
            found.setdefault(folder, set()).add(mark)
    whole = frozenset([folder for folder, marks in found.items() if len(marks) > 1])
    return whole if "readme" in found.get("", ()) else frozenset()


def _of_others(licences: Mapping[str, _Licence], projects: frozenset[str]) -> frozenset[str]:
    named = Counter([licence.holders for licence in licences.values()])
    found = []
    for folder, licence in licences.items():
        above = next((licences[outer] for outer in _above(folder) if outer in licences), None)
        if above is None:
            is_of_others = folder in projects and bool(folder and licence.holders) and named[licence.holders] == 1
        else:
            is_of_others = _is_of_others(licence, above, named) and (
                folder in projects or not _may_be_the_same(licence, above)
            )
        if is_of_others:
            found.append(folder)
    return frozenset(found)


def _is_of_others(own: _Licence, above: _Licence, named: Mapping[frozenset[str], int]) -> bool:
    if own.holders and above.holders:
        return own.holders.isdisjoint(above.holders)
    if own.holders:
        return named[own.holders] == 1
    return bool(own.texts and above.texts) and own.texts.isdisjoint(above.texts)


def _may_be_the_same(own: _Licence, above: _Licence) -> bool:
    """Whether they are one text, and one of the two leaves its place for a name empty, as many do in their own."""
    return not (own.holders and above.holders) and not own.texts.isdisjoint(above.texts)


FEW, FEWER = 0.5, 0.25
"""Shares of the modules that may name one holder who is somebody else: where a licence names its own, and where none
does."""


@lru_cache(maxsize=1)
def modules_of_others(view: "View") -> frozenset[str]:
    """Paths of modules whose head names the holders of a copyright, none of whom a licence names or many modules do."""
    named = [(file.path, file.facts.holders) for file in view.whole if file.facts.holders]
    if not named:
        return frozenset()
    own = {word for _, licence in view.of(LicenceFacts) for word in licence.holders}
    counts = Counter([word for _, holders in named for word in holders])
    most = (FEW if own else FEWER) * len(view.whole)
    return frozenset(
        [path for path, holders in named if own.isdisjoint(holders) and max([counts[word] for word in holders]) <= most]
    )
