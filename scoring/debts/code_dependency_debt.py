"""Packages nobody needs, pins or declares.

Why: Every package is somebody else's release schedule. One that is used in a single line costs the same upgrades as
one that carries the system; one that is imported without being declared works until another package drops it; two
managers disagree about what is installed. In a study of 74 ML projects the management of dependencies was the
biggest obstacle to running them again.

What is read: Requirements, setup files, pyproject, conda, Pipfile and lock files: how many direct dependencies,
through how many managers, from which addresses. Python imports: packages used in one place only, and two packages
for one purpose. Pins and undeclared imports are measured under reproducibility (rep.3, rep.4) and listed here too.

Remedy: Declare runtime packages in one place and lock them. Pin an address to a commit. Where a package serves one
call, write the call or use the one you already have. Drop the second of two with the same purpose when next you
touch its code.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, after
Morgenthaler et al., Searching for Build Debt (2012). van Oort et al., The Prevalence of Code Smells in Machine
Learning Projects (2021); mllint.
"""

import re

from scoring.analyses.declarations import declarations, is_versioned
from scoring.analyses.declared import Declared
from scoring.analyses.dependencies import used_packages
from scoring.analyses.freezes import freezes
from scoring.analyses.package_use import Overlap, Sparse, managers, overlaps, sparse
from scoring.analyses.placing import placed
from scoring.analyses.published import needed_to_run
from scoring.analyses.view import CodeFile, View
from scoring.findings import (
    LARGE,
    LEVEL,
    PKG,
    SMALL,
    Answer,
    Debt,
    H,
    Hit,
    M,
    Measure,
    NotApplicable,
    Unknown,
)

debt = Debt(__name__, section="4.32", ml_only=False)

MANY_PACKAGES = 30
ONE_MANAGER = 1
FEW_SPARSE = 3
"""The good anchors: up to them nothing is found, so nothing is listed."""


def _nothing_declared(view: View) -> NotApplicable | Unknown:
    """Why there is no declared package to measure: a list that is not there is never a short one."""
    known = declarations(view)
    if known.uncertain:
        return Unknown(known.uncertain)
    if used_packages(view):
        return Unknown("packages are imported and none is declared")
    return NotApplicable("nothing but Python's own modules is declared or imported")


@debt.signal(
    "pkg.1",
    source=PKG,
    anchors=(30, 120),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="packages",
    lifecycle="experimental",  # drawn afresh, none of three was acted on: the owner knows
    effort=LARGE,
    caution="Size alone says little.",
    remedy="Drop what serves one call or none, and move what only developing needs into a group of its own.",
    bad={"requirements.txt": "".join(f"package-{n}==1.0\n" for n in range(60))},
    good={"requirements.txt": "scikit-learn==1.4.2\n"},
)
def declared_packages(view: View) -> Answer:
    """Runtime dependencies declared directly."""
    known = declarations(view)
    frozen = freezes(known)
    needed = needed_to_run(view)
    direct = [item for item in needed if item.path not in frozen]
    if needed and not direct:
        return NotApplicable("the list is a freeze of all that was installed")
    direct = _of_largest_place(direct)
    names = {item.name for item in direct}
    if not names or (known.uncertain and len(names) <= MANY_PACKAGES):
        return _nothing_declared(view)
    hits: tuple[Hit, ...] = ()
    if len(names) > MANY_PACKAGES:
        files = {item.path for item in direct}
        hit = Hit(
            path=min(files, key=lambda path: (path.count("/"), path)),
            line=1,
            key="many packages",
            message=f"{len(names)} packages are declared to run in {_files(files)}, each with releases and security "
            "notices of its own.",
            evidence={"packages": len(names)},
        )
        hits = (hit,)
    return Measure(len(names), len(names), hits)


def _of_largest_place(items: list[Declared]) -> list[Declared]:
    """Those of the place that declares most: services and solutions beside each other are installed each by itself."""
    places: dict[str, list[Declared]] = {}
    for item in items:
        places.setdefault(item.place, []).append(item)
    return max(places.values(), key=lambda listed: len({item.name for item in listed}), default=[])


def _files(paths: set[str]) -> str:
    return next(iter(paths)) if len(paths) == 1 else f"{len(paths)} files"


@debt.signal(
    "pkg.2",
    source=PKG,
    anchors=(1, 3),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="managers",
    caution="A lock or export generated from one source is no second manager, nor is a list beside a library's own for "
    "who develops it.",
    remedy="Declare the runtime packages in one place, and make the other lists from it.",
    bad={"requirements.txt": "scikit-learn==1.4.2\n", "environment.yml": "dependencies:\n  - scikit-learn=1.5.0\n"},
    good={"requirements.txt": "scikit-learn==1.4.2\n"},
)
def package_managers(view: View) -> Answer:
    """Dependency managers that declare runtime packages at once."""
    places = managers(view)
    if not places:
        return _nothing_declared(view)
    place = max(places, key=lambda key: (len(places[key]), -len(key)))
    hits = tuple(_managers_hit(found) for found in places.values() if len(found) > ONE_MANAGER)
    return Measure(len(places[place]), sum(len(found) for found in places.values()), hits)


def _managers_hit(found: dict[str, str]) -> Hit:
    """At the second list by path: one finding for a place, however many managers it has."""
    (_, (name, path), *_) = sorted(found.items(), key=lambda pair: pair[1])
    return Hit(
        path=path,
        line=1,
        key=f"second manager {name}",
        message=f"{_words(found)} declare packages for the same code: what is installed depends on which of them a "
        "person happens to use.",
        evidence={"managers": len(found)},
    )


def _words(found: dict[str, str]) -> str:
    *first, last = sorted(found.values())
    return f"{', '.join(first)} and {last}"


@debt.signal(
    "pkg.3",
    source=PKG,
    anchors=(0, 2),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="packages",
    effort=SMALL,
    remedy="Put the commit's full hash after the address: name @ git+https://host/project.git@<40 digits>.",
    bad={"requirements.txt": "scikit-learn==1.4.2\nclip @ git+https://example.org/openai/clip.git\n"},
    good={"requirements.txt": "scikit-learn==1.4.2\nclip @ git+https://example.org/openai/clip.git@" + "0" * 40 + "\n"},
)
def moving_addresses(view: View) -> Answer:
    """Dependencies from a git or web address without a commit hash."""
    known = declarations(view)
    items = [item for item in known.own if item.requirement.group not in ("dev", "build")]
    if not items:
        return _nothing_declared(view)
    locked = frozenset().union(*(listed.digested for listed in known.resolved))
    moving = {(item.path, item.name): item for item in items if _moves(item) and item.name not in locked}
    if not moving and known.uncertain:
        return Unknown(known.uncertain)
    hits = tuple(_moving_hit(item) for item in moving.values() if not _TAGGED.search(item.requirement.specifier))
    return Measure(len({item.name for item in moving.values()}), len(items), hits)


def _moves(item: Declared) -> bool:
    pin, address = item.requirement.pin, item.requirement.specifier
    return pin == "git" or (pin == "url" and not is_versioned(address))


_TAGGED = re.compile(r"@v?\d|@[\w.-]*\d+\.\d+")
"""A tag with a version: that it can be moved counts, and is waved away."""


def _moving_hit(item: Declared) -> Hit:
    return Hit(
        path=item.path,
        line=item.line,
        key=item.name,
        message=f"{item.name} is installed from an address without a commit hash: whatever its branch holds that day.",
        evidence={"package": item.name, "address": item.requirement.specifier},
    )


@debt.signal(
    "pkg.4",
    source="PY+PKG",
    anchors=(3, 15),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="packages",
    lifecycle="experimental",  # drawn afresh, one of four was right: few calls are no reason to do without
    caution="Plugins and command-line tools.",
    remedy="Write the call yourself where that is a few lines, use a package that is there already, or keep it "
    "and know why.",
    bad={
        "requirements.txt": "".join(f"{name}==1.0\n" for name in ("arrow", "emoji", "humanize", "rich", "unidecode")),
        "clean.py": "import arrow\nimport emoji\nimport humanize\nimport rich\nimport unidecode\n\n\n"
        "def clean(text):\n    rich.print(arrow.get(emoji.demojize(unidecode.unidecode(text))))\n"
        "    return humanize.intcomma(text)\n",
    },
    good={"requirements.txt": "scikit-learn==1.4.2\n"},
)
def sparse_packages(view: View) -> Answer:
    """Packages imported in exactly one file and called twice at most."""
    found, imported = sparse(view)
    if not imported:
        return _nothing_declared(view) if not declarations(view).runtime else Unknown("no declared package is imported")
    by_path = view.python_by_path
    hits = tuple(_sparse_hit(one, by_path[one.package.first.path]) for one in found) if len(found) > FEW_SPARSE else ()
    return Measure(len(found), imported, hits)


def _sparse_hit(one: Sparse, file: CodeFile) -> Hit:
    times = "once" if one.sites == 1 else "twice"
    hit = Hit(
        line=one.package.first.line,
        key=one.item.name,
        message=f"{one.item.name} is used {times} in the whole component, here: it costs the same upgrades as one that "
        "carries the system.",
        evidence={"package": one.item.name, "uses": one.sites},
    )
    return placed(hit, file)


@debt.signal(
    "pkg.5",
    source=PKG,
    also="PY",
    anchors=(0, 4),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="pairs",
    lifecycle="experimental",  # strictly judged afresh: none of three, and 15 of 34 in all: two are kept on purpose
    caution="Migrations in progress. What no code imports is rep.4's.",
    remedy="Choose one of the two for new code, and drop the other when next you touch what uses it.",
    bad={
        "requirements.txt": "requests==2.32.0\nhttpx==0.27.0\n",
        "fetch.py": "import httpx\nimport requests\n\nprint(httpx.get('a'), requests.get('b'))\n",
    },
    good={"requirements.txt": "requests==2.32.0\n"},
)
def double_purposes(view: View) -> Answer:
    """Pairs of packages that serve one purpose."""
    found, population = overlaps(view)
    if not population or (declarations(view).uncertain and not found) or not declarations(view).runtime:
        return _nothing_declared(view)
    by_path = view.python_by_path
    hits = tuple(_overlap_hit(one, by_path.get(one.path)) for one in found)
    return Measure(len(found), population, hits)


def _overlap_hit(one: Overlap, file: CodeFile | None) -> Hit:
    hit = Hit(
        path=one.path,
        line=one.line,
        key=f"{one.first} {one.second}",
        message=f"{one.first} and {one.second} are both {one.purpose}: two to learn and to keep in step where "
        "one would do.",
        evidence={"purpose": one.purpose},
    )
    return placed(hit, file) if file else hit
