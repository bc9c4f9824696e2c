"""Private parts of packages in use (glu.4): names that begin with an underscore, modules that their makers call
private, and attributes of packages that are replaced by code of one's own."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from scoring.analyses.calls import calls_where
from scoring.analyses.idioms import of_kind
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.third_party import Use, third_party
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.facts import Idiom, Import, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge import packages
from scoring.knowledge.private import MODULES, private_part


class Place(NamedTuple):
    """The first place in a file where it uses a private part, with what stands on the same line of the same package."""

    path: str
    name: str
    line: int
    uses: int
    beside: tuple[str, ...] = ()


_OF_AN_ELEMENT = re.compile(r"\b(?:(?:Module|Parameter)(?:List|Dict)|Sequential)\(\)\[\]\._")
"""A private method of an element of a container of modules, which may be anybody's."""
PATCHED = "="
"""Stands before the name of an attribute that is replaced."""


def _read(file: CodeFile) -> tuple[tuple[str, int], ...]:
    """(private part, line) of imports and calls of what may be a package's, by line."""
    facts = file.facts
    found = [(private_part(item.dotted), item.line) for item in facts.imports if not item.guarded and _may_be(item)]
    names = ("._", *{name for name, _ in found if name in MODULES})
    for call in _may_reach(facts):
        name = call.name
        if _OF_AN_ELEMENT.search(name):
            continue
        if "._" in name or (len(names) > 1 and name.startswith(names)):
            found.append((private_part(name), call.line))
    found += [(PATCHED + item.subject, item.line) for item in _patches(file)]
    found = [item for item in found if item[0][:1] not in ("", ".")]
    handled = _handled(file) if found else []
    left = [item for item in found if not any(part.line <= item[1] <= part.end_line for part in handled)]
    return tuple(sorted(left, key=lambda item: (item[1], item[0])))


def _handled(file: CodeFile) -> list[Idiom]:
    """Where it goes on without the private part: a release that moves it breaks nothing there."""
    return of_kind(file.facts, "handled") if isinstance(file.facts, PythonFacts) and file.facts.idioms else []


def _patches(file: CodeFile) -> list[Idiom]:
    return of_kind(file.facts, "patched") if isinstance(file.facts, PythonFacts) and file.facts.idioms else []


def _may_be(item: Import) -> bool:
    module = item.module
    return not item.level and (item.name[:1] == "_" or "._" in module or module.startswith(MODULES))


_may_reach = calls_where(lambda name: "._" in name or name.startswith(MODULES))
_private_in = Memo(_read)
_latest: Latest[Answer] = Latest()


def private_parts(view: View) -> Answer:
    """Places where ML files use private parts of packages, per 10 KLOC of ML code."""
    files = tuple([file for file in view.ml_once if _private_in(file)])
    uses = third_party(view) if files else ()
    return _latest((files, uses, len(view.ml), view.ml_kloc), lambda: _answer(view, files, _roots(uses, files)))


def _roots(uses: Iterable[Use], files: Iterable[PythonFile]) -> dict[str, set[str]]:
    """path -> packages that the file imports and that are known, of these files."""
    of_file: dict[str, set[str]] = {file.path: set() for file in files}
    for use in uses:
        if use.path in of_file and packages.is_known(use.root):
            of_file[use.path].add(use.root)
    return of_file


def _answer(view: View, files: Iterable[PythonFile], roots: dict[str, set[str]]) -> Answer:
    if not view.ml:
        return NotApplicable("no ML file")
    hits = [_hit(file, place) for file in files for place in _places(file, roots[file.path])]
    return Measure(len(hits) / view.ten_klocs, len(view.ml), tuple(hits))


def _places(file: PythonFile, roots: set[str]) -> list[Place]:
    """One for each private part, by line."""
    found: dict[str, list[int]] = {}
    gone = {item.subject.partition(" ")[0] for item in of_kind(file.facts, "expired")}  # abs.9 tells these
    for name, line in _private_in(file):
        if name in gone:
            continue
        if name.lstrip(PATCHED).partition(".")[0] in roots:
            found.setdefault(name, []).append(line)
    places: dict[tuple[int, str], Place] = {}
    for name, lines in found.items():
        at = (lines[0], name.partition(".")[0])  # one that is replaced begins with its mark, and stands alone
        first = places.setdefault(at, Place(file.path, name, lines[0], len(set(lines))))
        if first.name != name:
            places[at] = first._replace(uses=max(first.uses, len(set(lines))), beside=(*first.beside, name))
    return list(places.values())


def _hit(file: PythonFile, place: Place) -> Hit:
    name = place.name.lstrip(PATCHED)
    package = name.partition(".")[0]
    lines = f" ({place.uses} lines of this file use it)" if place.uses > 1 else ""
    more = f" and {len(place.beside)} more on this line are" if place.beside else " is"
    says = f"`{name}`{more} private to {package}{lines}: any release may move or change it without notice."
    if name != place.name:
        says = (
            f"`{name}` of {package} is replaced by code of this file: whoever else calls it gets that, and a release "
        )
        says += "that moves it undoes the patch."
    evidence: dict[str, str | int | float] = {"package": package, "lines": place.uses}
    return placed(Hit(line=place.line, key=place.name, message=says, evidence=evidence), file)
