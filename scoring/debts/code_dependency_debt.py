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

Source: Sculley et al. (NeurIPS 2015), section 3, after Morgenthaler et al., Searching for Build Debt (2012). van
Oort et al. (2021); mllint.
"""

from scoring.findings import LARGE, LEVEL, PKG, SMALL, Debt, H, M

debt = Debt(__name__, section="4.32", ml_only=False)

debt.row(
    "pkg.1",
    "Runtime dependencies declared directly",
    source=PKG,
    anchors=(30, 120),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="packages",
    effort=LARGE,
    caution="Size alone says little.",
)
debt.row(
    "pkg.2",
    "Dependency managers that declare runtime packages at once",
    source=PKG,
    anchors=(1, 3),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="managers",
    caution="A lock or export generated from one source is no second manager.",
)
debt.row(
    "pkg.3",
    "Dependencies from a git or web address without a commit hash",
    source=PKG,
    anchors=(0, 2),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="packages",
    effort=SMALL,
)
debt.row(
    "pkg.4",
    "Packages imported in exactly one file and called twice at most",
    source="PY+PKG",
    anchors=(3, 15),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="packages",
    effort=SMALL,
    caution="Plugins and command-line tools.",
)
debt.row(
    "pkg.5",
    "Pairs of packages that serve one purpose",
    source=PKG,
    anchors=(0, 4),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="pairs",
    caution="Migrations in progress.",
)
