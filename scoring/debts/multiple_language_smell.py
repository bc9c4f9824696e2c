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

from scoring.analyses.contests import is_kept_up
from scoring.analyses.dbt_languages import chosen_spread
from scoring.analyses.language_hands import languages_of_one
from scoring.analyses.languages import Share, unchecked_languages
from scoring.analyses.seams import Seam, seams
from scoring.analyses.view import View
from scoring.facts import PythonFacts
from scoring.findings import (
    GIT,
    LARGE,
    LEVEL,
    PKG,
    PY,
    XR,
    Answer,
    Debt,
    H,
    Hit,
    M,
    Measure,
    NotApplicable,
    Tally,
    Unknown,
)

debt = Debt(__name__, section="4.18", ml_only=False)

FEW_LANGUAGES = 1.2
"""The good anchor: up to it nothing is found."""


@debt.signal(
    "mul.1",
    source=PY,
    anchors=(1.2, 3),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="languages",
    effort=LARGE,
    caution="SQL counts half, and not at all beside a dbt project, whose shape it is; short shell scripts and user "
    "interfaces are left out.",
    remedy="Keep one language from training to serving where you can; where you can't, make the seam one "
    "declared interface with a parity test that runs the same cases through both sides.",
    bad={"score.R": "".join(f"x{n} <- read(p, {n})\n" for n in range(40))},
    good={"score.sh": "python score.py\n"},
)
def effective_languages(view: View) -> Answer:
    """Effective number of languages on the way from training to serving: exp of their entropy."""
    found = chosen_spread(view)
    if "Python" not in {item.name for item in found.shares}:
        return Unknown(f"{found.unread} could not be read") if found.unread else NotApplicable("no Python on the way")
    value, lines = found.effective, sum(item.lines for item in found.shares)
    if value <= FEW_LANGUAGES:
        # What went unread may be another language: too much of it to call the way one of a single language.
        return Unknown(f"{found.unread} could not be read") if found.unread else Measure(value, lines)
    return Measure(value, lines, note=", ".join(map(_said, found.shares)))


def _said(item: Share) -> str:
    return f"{100 * item.share:.0f} % {item.name}"


@debt.file_signal(
    "mul.2",
    PythonFacts,
    source=PY,
    anchors=(0, 4),
    severity=2,
    precision=M,
    unit="calls",
    effort=LARGE,
    scope="product",
    lifecycle="experimental",
    caution="A command that is put together at run time can't be told, and is left out; so are guarded imports.",
    bad={"train.py": "import subprocess\n\nsubprocess.run(['Rscript', 'train.r'], check=True)\n"},
    good={"train.py": "import subprocess\n\nsubprocess.run(['git', 'describe'], check=True)\n"},
)
def runtime_calls(facts: PythonFacts) -> Tally | None:
    """Calls into another language's runtime, each way of a file once."""
    if not facts.imports:
        return None
    hits = tuple(_seam_hit(seam) for seam in seams(facts))
    return Tally(1, len(hits), hits)


def _seam_hit(seam: Seam) -> Hit:
    return Hit(
        line=seam.line,
        key=f"{seam.language} {seam.way}",
        symbol=seam.scope,
        message=f"{seam.way} joins this module to {seam.language}: types and missing values may change at the seam, "
        "and every test needs both.",
        evidence={"language": seam.language},
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


@debt.signal(
    "mul.4",
    source=GIT,
    also=PY,
    anchors=(0, 2),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="languages",
    lifecycle="experimental",  # right in 33 of 43 that were judged, and in none of two drawn afresh
    effort=LARGE,
    caution="Under 100 lines or three files a language is not asked for, nor shell, nor a component of one language, "
    "nor a team under four. An account that a team shares counts as one person.",
    remedy="Let a second person make the next changes in this language, or move the code to one that more write.",
)
def written_by_one(view: View) -> Answer:
    """Languages that only one person writes: a truck factor of one by the degree of authorship."""
    return languages_of_one(view)


@debt.signal(
    "mul.5",
    source=PKG,
    also=PY,
    anchors=(0, 1),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="languages",
    caution="Under 100 lines a language is not asked for, and shell never.",
    remedy="Give the language a CI job that at least builds or lints it, and a test of the seam to the others.",
    applies=is_kept_up,
    bad={"score.R": "".join(f"x{n} <- read(p, {n})\n" for n in range(200))},
    good={
        "score.R": "".join(f"x{n} <- read(p, {n})\n" for n in range(200)),
        ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n"
        "      - run: Rscript score.R\n      - run: pytest\n",
    },
)
def checked_by_nothing(view: View) -> Answer:
    """Languages that no test or CI job covers."""
    return unchecked_languages(view)
