"""One path through several languages.

Why: A second language often comes for one convenient library. From then on every test, every build and every new
colleague needs both, and the seam between them is where types and missing values change without a word. It also
narrows who can take over a piece.

What is read: All code files: how evenly the lines on the way from training to serving spread over languages (SQL at
half weight; user interfaces left out). Python: calls into other runtimes. Git: languages that only one person
writes. CI: languages that no job tests. Across repositories: one feature in two languages.

Remedy: Keep one language from training to serving where you can. Where you can't, make the seam one declared
interface with a parity test that runs the same cases through both sides, and give each language a CI job and a
second person.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Common Smells:
multiple languages. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 16.
"""

from scoring.findings import GIT, LARGE, LEVEL, PKG, PY, XR, Debt, H, M

debt = Debt(__name__, section="4.18", ml_only=False)

debt.row(
    "mul.1",
    "Effective number of languages on the way from training to serving: the exponential of the entropy of "
    "their line shares",
    source=PY,
    anchors=(1.2, 3),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="languages",
    effort=LARGE,
    caution="SQL counts half; short shell scripts and user interfaces are left out.",
)
debt.row(
    "mul.2",
    "Calls into another language's runtime",
    source=PY,
    anchors=(0, 4),
    severity=2,
    precision=M,
    unit="calls",
    effort=LARGE,
)
debt.row(
    "mul.3",
    "Features computed in two languages without a parity test",
    source=XR,
    anchors=(0, 2),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="features",
)
debt.row(
    "mul.4",
    "Languages that only one person writes",
    source=GIT,
    anchors=(0, 2),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="languages",
    effort=LARGE,
)
debt.row(
    "mul.5",
    "Languages that no test or CI job covers",
    source=PKG,
    anchors=(0, 1),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="languages",
)
