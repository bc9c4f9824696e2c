"""ML code without tests.

Why: Code that prepares data, defines a model or trains it fails quietly: a shifted label or a wrong axis gives no error
but a slightly worse model, found weeks later if at all. Tests that nothing runs hold only for those who remember them,
and a name that is misspelt in the last line of training shows after hours. The code that nobody dares to change is
where the other debts stay.

What is read: Python: which ML files a test reaches through its imports; what CI itself runs counts as reached. CI, task
files and hooks: whether the tests are run there, and whether a linter or type checker is. Notebooks, examples and
experiments are not asked for tests. How data is tested, and whether the whole pipeline is run, stand in other debts.

Remedy: Start with one test that builds the model and takes one step on a few rows, and one for each function that
prepares features. Let CI run them on each change, with a linter beside them: both take minutes to set up. Add a test
with each mistake that you mend.

Source: Breck et al., The ML Test Score (2017), tests Data 7 and Infra 2. Serban et al., Adoption and Effects of
Software Engineering Best Practices in Machine Learning (2020): automated tests, continuous integration, static
analysis. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 9. The kind and its rows are ours:
Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 8, speaks of tests of data.
"""

from scoring.analyses.code_tests import files_reached
from scoring.analyses.contests import is_kept_up
from scoring.analyses.lessons import is_no_course
from scoring.analyses.static_checks import static_checks
from scoring.analyses.tests_in_ci import tests_run
from scoring.analyses.view import View
from scoring.findings import LEVEL, PKG, PY, SHARE, SMALL, Answer, Debt, H, M

debt = Debt(__name__, section="4.35", group="System")

_MODEL = (
    "from sklearn.svm import SVC\n\n\ndef scale(rows):\n    low, high = min(rows), max(rows)\n"
    "    return [(row - low) / (high - low) for row in rows]\n\n\ndef train(rows, labels):\n"
    "    model = SVC(random_state=1)\n    model.fit(rows, labels)\n    return model\n\n\n"
    "def score(model, rows):\n    found = model.predict(rows)\n    return list(found)\n"
)
_TEST = "from model import scale\n\n\ndef test_scale():\n    assert scale([1, 3]) == [0, 1]\n"
_CI = "on: push\njobs:\n  test:\n    steps:\n      - run: ruff check .\n      - run: pytest\n"
_RELEASE = "on: push\njobs:\n  release:\n    steps:\n      - run: python -m build\n"


@debt.signal(
    "tst.1",
    source=PY,
    also=PKG,
    anchors=(0.6, 0),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of ML files",
    caution="To be reached is not to be checked; what tests start as a program is not seen, and then it is unknown.",
    remedy="Write one test that imports this module and runs its functions on a few rows: the shape of what comes out, "
    "one value that you know, and one step of training where it trains.",
    applies=is_kept_up,
    bad={"model.py": _MODEL},
    good={"model.py": _MODEL, "tests/test_model.py": _TEST},
)
def reached_by_tests(view: View) -> Answer:
    """Share of the ML files that a test or a CI job reaches."""
    return files_reached(view)


@debt.signal(
    "tst.2",
    source=PKG,
    also=PY,
    anchors=(1, 0),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    caution="A CI whose definition lies outside of the repository is not seen.",
    remedy="Let CI run the tests on each change: a job that installs the package and calls pytest.",
    applies=is_no_course,
    bad={"tests/test_model.py": _TEST, ".github/workflows/release.yml": _RELEASE},
    good={"tests/test_model.py": _TEST, ".github/workflows/ci.yml": _CI},
)
def run_by_ci(view: View) -> Answer:
    """CI runs the tests that there are."""
    return tests_run(view)


@debt.signal(
    "tst.3",
    source=PKG,
    also=PY,
    anchors=(1, 0),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="0, 0.5, 1",
    effort=SMALL,
    caution="Checks that only an editor runs, or a service that is set up outside of the repository.",
    remedy="Add one step to CI, or a hook before each commit, that runs a linter over the code; begin with the rules "
    "for undefined names and unused imports.",
    applies=is_kept_up,
    bad={".github/workflows/release.yml": _RELEASE},
    good={".github/workflows/ci.yml": _CI},
)
def checked_before_merging(view: View) -> Answer:
    """A linter or type checker runs in CI or before each commit: 1; set up and not run: 0.5; none: 0."""
    return static_checks(view)
