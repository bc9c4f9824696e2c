"""What findings about dependencies say: the sentence, the place and the evidence of each."""

import re
from collections.abc import Iterable

from scoring.analyses.declared import Declared
from scoring.analyses.dependencies import NOTEBOOKS, TOOLS, Package, hosted_notebooks
from scoring.analyses.dependency_faults import DEVELOPMENT, MISSING, STANDARD, TRANSITIVE, UNUSED, Fault, faults
from scoring.analyses.landing import landing
from scoring.analyses.lessons import is_course
from scoring.analyses.pinning import Environment, Image, looseness
from scoring.analyses.placing import placed
from scoring.analyses.reliance import ASIDE_ONLY, CODE, MODEL, NOTHING, RANKS, UNKNOWN
from scoring.analyses.view import CodeFile, View
from scoring.findings import Hit
from scoring.knowledge.packages import bringers_of, is_doubtful, normalised

SHOWN_NAMES = 5
NO_DIGESTS = "versions are named, digests are not"
LOW_RANK, MEDIUM_RANK = 1, 2
_PATCH_OPEN = re.compile(r"(?:==|=)?\s*\d+\.\d+(?:\.\d+)*\.\*|~=\s*\d+\.\d+(?:\.\d+)+|=\s*\d+\.\d+(?:\.\d+)*")
"""==1.27.*, ~=1.27.0, and conda's =1.27"""
_INSTALLING = re.compile(r"\b(?:(?:pip[\d.]*|conda|mamba)\s+install|uv\s+(?:pip\s+install|add))\b")
_OF_CONDA = {"pytorch": "torch"}
_PINNED = re.compile(r"(?<!\S)[A-Za-z][\w.-]*==?[\"']?\d")
_NAME = re.compile(r"(?<!\S)[A-Za-z][\w.-]*")

SENTENCES = {
    MISSING: "{files} {name} and no file declares it: it is there only by chance, by hand or through another package.",
    TRANSITIVE: "{files} {name}, which is there only because another package needs it today: an upgrade of that one "
    "can remove it.",
    DEVELOPMENT: "{files} {name}, which is declared for development only: production goes without it.",
    UNUSED: "{name} is declared{also} and nothing imports it: it is installed, upgraded and checked for nothing.",
    STANDARD: "{name} is declared{also} and is part of Python itself: the package of that name is an old copy or a "
    "stranger's.",
}
"""Kind of fault -> what a finding says of it."""


_OTHERWISE = {
    MODEL: "differ from the one that trained the model",
    CODE: "bring another version to the code that imports it",
    ASIDE_ONLY: "bring another version, though no code that trains or predicts imports it at module level "
    "without a condition",
    NOTHING: "bring another version, though nothing here imports it",
    UNKNOWN: "bring another version",
}
"""What rests on a package -> what the next install can do."""


def loose_hits(weighed: Iterable[tuple[Declared, str]], severity: int) -> list[Hit]:
    """rep.3: one finding for each file that leaves versions open, which is one decision.

    From the second declaration on, whatever their number: told one by one up to a limit, those that are left when some
    were pinned would be more findings than before. That the last part of a version is open is waved away.
    """
    files: dict[str, list[tuple[Declared, str]]] = {}
    hits: list[Hit] = []
    for item, rests in weighed:
        if _PATCH_OPEN.fullmatch(item.requirement.specifier):
            continue
        files.setdefault(item.path, []).append((item, rests))
    for path, items in files.items():
        each = [loose_hit(item, rests, severity) for item, rests in items]
        hits += each if len(items) == 1 else [_open_file_hit(path, items, each)]
    return hits


def _open_file_hit(path: str, items: list[tuple[Declared, str]], each: list[Hit]) -> Hit:
    """At the declaration on which most rests, the first of them."""
    ranked = sorted(range(len(items)), key=lambda at: (-each[at].severity, at))
    first, rests = items[ranked[0]]
    names = _first([items[at][0].name for at in ranked])
    follows = f"and no lock file holds them: the next install can {_OTHERWISE[rests]}."
    return Hit(
        path=path,
        line=first.line,
        key="many loose",
        severity=each[ranked[0]].severity,
        message=f"{path.rpartition('/')[2]} leaves the version of {len(items)} packages open ({names}) {follows}",
        evidence={"packages": len(items), "used by": rests},
    )


def loose_hit(item: Declared, rests: str, severity: int) -> Hit:
    """rep.3: a declaration that any later version satisfies, by what rests on it."""
    declared = f"{item.name} is declared {looseness(item.requirement)}"
    follows = f"and no lock file holds it: the next install can {_OTHERWISE[rests]}."
    return Hit(
        path=item.path,
        line=item.line,
        key=item.name,
        severity=min(severity, RANKS[rests]),
        message=f"{declared} {follows}",
        evidence={"package": item.name, "declared": item.requirement.specifier or "any version", "used by": rests},
    )


def undeclared_hit(view: View, missing: tuple[Package, ...], severity: int) -> Hit:
    """rep.3: one finding for all packages where nothing is declared or locked; rep.4 and rep.9 leave it to this one."""
    count, mild = len(missing), is_course(view) or _pages_pin(view, len(missing))
    return Hit(
        path=landing(view, "packaging", "training", "code"),
        line=1,
        key="no declaration",
        severity=min(severity, MEDIUM_RANK) if mild else severity,
        message=f"The code imports {_packages(count)} ({_listed(missing)}) and no requirements, lock or environment "
        f"file says which versions: {_without_list(view, missing)}.",
        evidence={"packages": count},
    )


def _pages_pin(view: View, count: int) -> bool:
    """Whether commands of the documentation name versions for half of so many packages."""
    return 2 * sum([len(_PINNED.findall(text)) for text in _installing(view)]) >= count


def _without_list(view: View, missing: tuple[Package, ...]) -> str:
    """What it comes to that no file declares these packages."""
    if _pages_pin(view, len(missing)):
        return "those that a page's commands name are read by no tool"
    hosted = hosted_notebooks(view)
    if all(use.path in hosted for package in missing for use in package.uses):
        return "what its notebooks run with is whatever their platform has that day"
    left = sorted({package.name for package in missing} - _told_to_install(view))
    if not left:
        return "a page's commands install whatever is newest that day"
    if len(left) < len(missing):
        return f"a page's commands install some at whatever is newest that day, and leave out {_first(left)}"
    return "nobody can install what it ran with"


def _installing(view: View) -> list[str]:
    """Commands of the documentation that install packages."""
    texts = [command.text for _, facts in view.docs for command in facts.commands]
    return [text for text in texts if _INSTALLING.search(text)]


def _told_to_install(view: View) -> frozenset[str]:
    """Packages that commands of the documentation install by name."""
    names = [normalised(name) for text in _installing(view) for name in _NAME.findall(text)]
    return frozenset([_OF_CONDA.get(name, name) for name in names])


def _listed(missing: tuple[Package, ...]) -> str:
    return _first([package.name for package in missing])


def _first(names: list[str]) -> str:
    return ", ".join(names[:SHOWN_NAMES]) + (" and others" if len(names) > SHOWN_NAMES else "")


def fault_hits(view: View) -> tuple[Hit, ...]:
    """rep.4: one finding for each mismatch of imports and declarations, and one for all unused packages of a list; what
    notebooks alone import is rep.7's. What always comes with another package, or what a page tells to install, as of a
    choice that it offers, counts and is waved away."""
    by_path = view.python_by_path
    training = {file.path for file in view.training}
    told = _told_to_install(view)
    listed = [fault for fault in faults(view) if fault.where != NOTEBOOKS and not _is_waved_away(fault, told)]
    folded, left = _several_unused(listed)
    undone, left = _several_for_developers(left)
    hits = [_fault_hit(fault, by_path.get(fault.path), _how_bad(fault, training)) for fault in left]
    if undone:
        hits.append(_developers_hit(undone, by_path.get(undone[0].path)))
    return tuple(sorted([*hits, *map(_unused_hit, folded)], key=lambda hit: (hit.path, hit.line, hit.key)))


def _is_waved_away(fault: Fault, told: frozenset[str]) -> bool:
    if fault.kind == MISSING:
        return is_doubtful(fault.root) or not told.isdisjoint((fault.name, *bringers_of(fault.name)))
    return bool(fault.bringer)


def _several_unused(listed: list[Fault]) -> tuple[list[list[Fault]], list[Fault]]:
    """(unused packages of one file, where it has two or more; all other faults)."""
    by_file: dict[str, list[Fault]] = {}
    for fault in listed:
        if fault.kind == UNUSED:
            by_file.setdefault(fault.path, []).append(fault)
    several = {path: unused for path, unused in by_file.items() if len(unused) > 1}
    return list(several.values()), [fault for fault in listed if fault.kind != UNUSED or fault.path not in several]


def _several_for_developers(listed: list[Fault]) -> tuple[list[Fault], list[Fault]]:
    """(what is declared for development only, where that is two packages or more; all other faults)."""
    found = [fault for fault in listed if fault.kind == DEVELOPMENT]
    return (found, [fault for fault in listed if fault.kind != DEVELOPMENT]) if len(found) > 1 else ([], listed)


def _developers_hit(undone: list[Fault], file: CodeFile | None) -> Hit:
    """One finding for several packages that one edit of a list would move, at the first import."""
    first = undone[0]
    hit = Hit(
        path=first.path,
        line=first.line,
        key="many for development",
        message=f"The code imports {len(undone)} packages that are declared for development only "
        f"({_first([fault.name for fault in undone])}): production goes without them.",
        evidence={"packages": len(undone), "fault": DEVELOPMENT},
    )
    return placed(hit, file) if file else hit


def _unused_hit(unused: list[Fault]) -> Hit:
    """One finding for a list with several packages that nothing imports, at the first of them."""
    first = unused[0]
    return Hit(
        path=first.path,
        line=first.line,
        key="many unused",
        message=f"{first.path.rpartition('/')[2]} declares {len(unused)} packages that nothing imports "
        f"({_first([fault.name for fault in unused])}): they are installed, upgraded and checked for nothing.",
        evidence={"packages": len(unused), "fault": UNUSED},
    )


def _how_bad(fault: Fault, training: set[str]) -> tuple[str, int]:
    """(sentence, severity): low for what only scripts beside the code need."""
    aside = fault.where == TOOLS and fault.path not in training
    return SENTENCES[fault.kind], LOW_RANK if aside else 0


def _fault_hit(fault: Fault, file: CodeFile | None, how: tuple[str, int]) -> Hit:
    sentence, severity = how
    hit = Hit(
        path=fault.path,
        line=fault.line,
        key=f"{fault.kind} {fault.name}",
        severity=severity,
        message=sentence.format(
            name=fault.name,
            files=_files(fault.files),
            also=f" here and in {fault.also}" if fault.also else "",
        ),
        evidence={"package": fault.name, "fault": fault.kind, "files": fault.files},
    )
    return placed(hit, file) if file else hit


def _files(count: int) -> str:
    return "1 file imports" if count == 1 else f"{count} files import"


def _packages(count: int) -> str:
    return "1 package" if count == 1 else f"{count} packages"


def _image_hits(images: Iterable[Image], severity: int) -> tuple[Hit, ...]:
    """rep.9: one finding for each base image whose tag says no version, at the first place that names it. One that is
    named by a version says what is run; that it gets patches is waved away."""
    places: dict[str, list[Image]] = {}
    for image in images:
        places.setdefault(image.name, []).append(image)
    return tuple([_image_hit(named, severity) for name, named in places.items() if not _VERSION.search(name)])


_OF_PAGES = re.compile(r"(?:^|/)(?:nginx|node|caddy|httpd)(?::|$)")
"""What builds and serves the pages before a service."""
_VERSION = re.compile(r"(?<!/python)(?<!^python):[^/\s]*\d[^/\s]*$|python:[^/\s]*\d\.\d[^/\s]*$")
"""A tag with a number in it; of Python, 3 or 3-slim alone hold whatever is newest for years."""


def _image_hit(named: list[Image], severity: int) -> Hit:
    image = named[0]
    often = f", named in {len(named)} places," if len(named) > 1 else ""
    return Hit(
        path=image.path,
        line=image.line,
        key=f"image {image.name}",
        severity=severity,
        message=f"The base image {image.name}{often} has no digest: a build next month may start from another system.",
        evidence={"image": image.name, "places": len(named)},
    )


def undigested_hits(known: Environment, severity: int) -> tuple[Hit, ...]:
    """rep.9: base images without a digest. What leaves versions open is rep.3's, and a list of versions without digests
    is waved away, as are images that a library tries itself in."""
    if severity <= LOW_RANK:
        return ()
    known_images = [image for image in known.images if not image.is_for_developing]
    loose = [image for image in known_images if not (image.is_own or image.has_digest or image.is_variable)]
    loose = [image for image in loose if not _OF_PAGES.search(image.name)]
    return _image_hits(loose, severity)


def no_environment_hit(view: View) -> Hit:
    """rep.9: nothing captures the environment."""
    return Hit(
        path=landing(view, "packaging", "readme"),
        line=1,
        key="no environment",
        message="No container file, environment file or lock file says what the code runs in: another machine gets "
        "another result.",
    )
