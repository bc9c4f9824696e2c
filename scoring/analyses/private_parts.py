"""Private parts of packages in use (glu.4): names that begin with an underscore, modules that their makers call
private, and attributes of packages that are replaced by code of one's own."""

import re
from collections.abc import Iterable, Mapping, Sequence
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
from scoring.knowledge.private import MODULES, private_part, public_path


class Place(NamedTuple):
    """The first place in a file where it uses a private part, with what stands on the same line of the same package."""

    name: str
    line: int
    uses: int
    instead: str = ""
    """What offers it in public."""
    beside: tuple[str, ...] = ()


class Used(NamedTuple):
    """A private part on one line."""

    name: str
    line: int
    instead: str


_OF_AN_ELEMENT = re.compile(r"\b(?:(?:Module|Parameter)(?:List|Dict)|Sequential)\(\)\[\]\._")
"""A private method of an element of a container of modules, which may be anybody's."""
_OF_ANYBODY = re.compile(
    r"[\[\]]|\b(?:\w*load\w*|copy|deepcopy|get\w*|unwrap\w*|apply|compile|script|trace|prepare|wraps?|namedtuple|partial)"
    r"\(\)|\)\.[^_]|\(\)\("
)
"""What a call handed back may be of a class of one's own: what was loaded, copied or wrapped, and what lies deeper."""
PATCHED = "="
"""Stands before the name of an attribute that is replaced."""


def _read(file: CodeFile) -> tuple[Used, ...]:
    """Private parts of imports and calls of what may be a package's, by line."""
    facts = file.facts
    found = [_used(item.dotted, item.line) for item in facts.imports if not item.guarded and _may_be(item)]
    names = ("._", *{item.name for item in found if item.name in MODULES})
    for call in _may_reach(facts):
        name = call.name
        if _OF_AN_ELEMENT.search(name):
            continue
        if "._" in name or (len(names) > 1 and name.startswith(names)):
            found.append(_used(name, call.line))
    found += [_used(item.subject, item.line) for item in _told(file, "private") if not _OF_ANYBODY.search(item.subject)]
    found += [Used(PATCHED + item.subject, item.line, "") for item in _told(file, "patched")]
    found = [item for item in found if item.name[:1] not in ("", ".")]
    handled = _handled(file) if found else []
    left = [item for item in found if not any(part.line <= item.line <= part.end_line for part in handled)]
    return tuple(sorted(left, key=lambda item: (item.line, item.name)))


def _used(dotted: str, line: int) -> Used:
    return Used(private_part(dotted), line, public_path(dotted))


def _handled(file: CodeFile) -> list[Idiom]:
    """Where it goes on without the private part: a release that moves it breaks nothing there."""
    return _told(file, "handled")


def _told(file: CodeFile, kind: str) -> list[Idiom]:
    return of_kind(file.facts, kind) if isinstance(file.facts, PythonFacts) and file.facts.idioms else []


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
    places = [(file, place) for file in files for place in _places(file, roots[file.path])]
    by_name: dict[str, list[tuple[PythonFile, Place]]] = {}
    for file, place in places:
        if place.instead:
            by_name.setdefault(place.name, []).append((file, place))
    hits = [_hit(*told[0], len(told)) for told in by_name.values()]
    return Measure(len(places) / view.ten_klocs, len(view.ml), tuple(hits), _note(len(places), by_name))


def _note(places: int, told: Mapping[str, Sequence[object]]) -> str:
    left = places - sum(map(len, told.values()))
    return f"{left} of them without a public path that is known are not listed" if left else ""


def _places(file: PythonFile, roots: set[str]) -> list[Place]:
    """One for each private part, by line."""
    found: dict[str, list[Used]] = {}
    gone = {item.subject.partition(" ")[0] for item in of_kind(file.facts, "expired")}  # abs.9 tells these
    for used in _private_in(file):
        if used.name in gone:
            continue
        if used.name.lstrip(PATCHED).partition(".")[0] in roots:
            found.setdefault(used.name, []).append(used)
    places: dict[tuple[int, str], Place] = {}
    for name, uses in found.items():
        first = next((used for used in uses if used.instead), uses[0])
        lines = len({used.line for used in uses})
        at = (first.line, name.partition(".")[0])  # one that is replaced begins with its mark, and stands alone
        place = places.setdefault(at, Place(name, first.line, lines, first.instead))
        if place.name != name:
            own = place if place.instead or not first.instead else Place(name, first.line, lines, first.instead)
            other = name if own is place else place.name
            places[at] = own._replace(uses=max(place.uses, lines), beside=(*place.beside, other))
    return list(places.values())


def _hit(file: PythonFile, place: Place, files: int) -> Hit:
    package = place.name.partition(".")[0]
    lines = f" ({place.uses} lines of this file use it)" if place.uses > 1 else ""
    lines = f" ({files} files use it)" if files > 1 else lines
    more = f" and {len(place.beside)} more on this line are" if place.beside else " is"
    says = (
        f"`{place.name}`{more} private to {package}{lines}: any release may move or change it without notice, and "
        f"{place.instead} is there for all."
    )
    evidence: dict[str, str | int | float] = {"package": package, "lines": place.uses, "files": files}
    return placed(Hit(line=place.line, key=place.name, message=says, evidence=evidence), file)
