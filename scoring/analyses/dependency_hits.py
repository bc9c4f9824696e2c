"""What findings about dependencies say: the sentence, the place and the evidence of each."""

import re

from scoring.analyses.declarations import declarations
from scoring.analyses.declared import Declared
from scoring.analyses.dependencies import DEVELOPMENT, MISSING, STANDARD, TRANSITIVE, UNUSED, Fault, Package, faults
from scoring.analyses.landing import landing
from scoring.analyses.pinning import Image, looseness
from scoring.analyses.placing import placed
from scoring.analyses.reliance import ASIDE_ONLY, CODE, MODEL, NOTHING, RANKS, UNKNOWN
from scoring.analyses.view import CodeFile, View
from scoring.findings import Hit
from scoring.knowledge.packages import normalised

SHOWN_NAMES = 5
LOW_RANK, MEDIUM_RANK = 1, 2
_PATCH_OPEN = re.compile(r"(?:==|=)?\s*\d+\.\d+(?:\.\d+)*\.\*|~=\s*\d+\.\d+(?:\.\d+)+")
"""==1.27.*, ~=1.27.0"""
_INSTALLING = re.compile(r"\b(?:(?:pip[\d.]*|conda|mamba)\s+install|uv\s+(?:pip\s+install|add))\b")
_OF_CONDA = {"pytorch": "torch"}
_PINNED = re.compile(r"(?<!\S)[A-Za-z][\w.-]*==?[\"']?\d")
_NAME = re.compile(r"(?<!\S)[A-Za-z][\w.-]*")

SENTENCES = {
    MISSING: "{files} {name} and no file declares it: it is there only by chance, by hand or through another package.",
    TRANSITIVE: "{files} {name}, which is there only because another package needs it today: an upgrade of that one "
    "can remove it.",
    DEVELOPMENT: "{files} {name}, which is declared for development only: production goes without it.",
    UNUSED: "{name} is declared and nothing imports it: it is installed, upgraded and checked for nothing.",
    STANDARD: "{name} is declared and is part of Python itself: the package of that name is an old copy or a "
    "stranger's.",
}
"""Kind of fault -> what a finding says of it."""

_BROUGHT = "{files} {name} and no file declares it: it comes with {bringer}, at whatever version that one takes."

_OTHERWISE = {
    MODEL: "differ from the one that trained the model",
    CODE: "bring another version to the code that imports it",
    ASIDE_ONLY: "bring another version, though no code that trains or predicts imports it at module level "
    "without a condition",
    NOTHING: "bring another version, though nothing here imports it",
    UNKNOWN: "bring another version",
}
"""What rests on a package -> what the next install can do."""


def loose_hit(item: Declared, rests: str, severity: int) -> Hit:
    """rep.3: a declaration that any later version satisfies, by what rests on it; one that leaves the last part alone
    open is low."""
    rank = min(severity, RANKS[rests])
    nearly = _PATCH_OPEN.fullmatch(item.requirement.specifier) is not None
    return Hit(
        path=item.path,
        line=item.line,
        key=item.name,
        severity=min(rank, LOW_RANK) if nearly else rank,
        message=f"{item.name} is declared {looseness(item.requirement)}{', open in its last part alone,' * nearly} and "
        f"no lock file holds it: the next install can {_OTHERWISE[rests]}.",
        evidence={"package": item.name, "declared": item.requirement.specifier or "any version", "used by": rests},
    )


def undeclared_hit(view: View, missing: tuple[Package, ...], severity: int) -> Hit:
    """rep.3: one finding for all packages that are neither declared nor locked."""
    count = len(missing)
    if declarations(view).own:
        file = next(file for file in view.python if file.path == missing[0].first.path)
        hit = Hit(
            line=missing[0].first.line,
            key="undeclared",
            severity=severity,
            message=f"The code imports {_packages(count)} that no file declares or locks ({_listed(missing)}): what "
            "it runs with is whatever is installed.",
            evidence={"packages": count},
        )
        return placed(hit, file)
    pinned = sum([len(_PINNED.findall(text)) for text in _installing(view)])
    stands = 2 * pinned >= count
    ends = "those that a page's commands name are read by no tool" if stands else "nobody can install what it ran with"
    return Hit(
        path=landing(view, "packaging", "training", "code"),
        line=1,
        key="no declaration",
        severity=min(severity, MEDIUM_RANK) if stands else severity,
        message=f"The code imports {_packages(count)} and no requirements, lock or environment file says which "
        f"versions: {ends}.",
        evidence={"packages": count},
    )


def nothing_declared_hit(view: View, found: tuple[Fault, ...]) -> Hit:
    """rep.4: one finding in place of one for each package, where nothing is declared at all."""
    names = sorted({fault.name for fault in found})
    left = sorted(set(names) - _told_to_install(view))
    told = f"a page's commands install {len(names) - len(left)} of them"
    if len(left) == len(names):
        message = f"({_first(names)}) and no file declares any: a newcomer installs by trial and error."
    elif left:
        message = f"and no file declares any: {told} and leave out {_first(left)}."
    else:
        message = "and no file declares any: a page's commands install them, which no tool reads."
    return Hit(
        path=landing(view, "packaging", "training", "code"),
        line=1,
        key="no declaration",
        severity=0 if left else LOW_RANK,
        message=f"The code imports {_packages(len(names))} {message}",
        evidence={"packages": len(names)},
    )


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
    """rep.4: one finding for each mismatch of imports and declarations."""
    by_path = view.python_by_path
    return tuple(_fault_hit(fault, by_path.get(fault.path)) for fault in faults(view))


def _fault_hit(fault: Fault, file: CodeFile | None) -> Hit:
    hit = Hit(
        path=fault.path,
        line=fault.line,
        key=f"{fault.kind} {fault.name}",
        severity=LOW_RANK if fault.bringer else 0,
        message=(_BROUGHT if fault.bringer else SENTENCES[fault.kind]).format(
            name=fault.name, files=_files(fault.files), bringer=fault.bringer
        ),
        evidence={"package": fault.name, "fault": fault.kind, "files": fault.files},
    )
    return placed(hit, file) if file else hit


def _files(count: int) -> str:
    return "1 file imports" if count == 1 else f"{count} files import"


def _packages(count: int) -> str:
    return "1 package" if count == 1 else f"{count} packages"


def image_hit(image: Image, severity: int) -> Hit:
    """rep.9: a base image that is named by a tag."""
    return Hit(
        path=image.path,
        line=image.line,
        key=f"image {image.name}",
        severity=severity,
        message=f"The base image {image.name} has no digest: a build next month may start from another system.",
        evidence={"image": image.name},
    )


def environment_hit(path: str, severity: int) -> Hit:
    """rep.9: an environment file or lock that holds versions only."""
    return Hit(
        path=path,
        line=1,
        key="no digests",
        severity=severity,
        message=f"{path.rpartition('/')[2]} names versions without digests: what it installs can change under the same "
        "version.",
    )
