"""Features that came in as a group and were never judged alone.

Why: Under a deadline a group of features is tried, the group helps, and all of it goes in. Some members carry the
gain and the rest ride along: they cost the same to produce and watch, and add ways to fail. After the release
nobody can say which is which.

What is read: Git: commits that add ten features or more at once. Python: features taken by prefix, by type or as
"all columns but the label" instead of by name. Experiment runs: how many features a run adds to the one before.

Remedy: Judge members one by one before or soon after the release: leave each one out, keep those whose loss exceeds
the noise. Name features in a list, so that each addition shows up in a diff and in a review.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 3, Underutilized
Data Dependencies: bundled features.
"""

from scoring.analyses.selections import features_by_pattern
from scoring.facts import PythonFacts
from scoring.findings import GIT, LIN, PY, SHARE, SMALL, Debt, H, M, Tally

debt = Debt(__name__, section="4.7", group="Data", umbrella="underutilized-data-dependencies")

debt.row(
    "bun.1",
    "Share of the feature-adding commits that add ten or more at once",
    source=GIT,
    anchors=(0.1, 0.6),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
    caution="The first 30 days of a project are left out.",
)


@debt.file_signal(
    "bun.2",
    PythonFacts,
    source=PY,
    anchors=(0, 3),
    severity=2,
    precision=H,
    unit="places",
    lifecycle="experimental",  # drawn afresh, four of seven were right: examples, and columns that code made
    effort=SMALL,
    caution="Deep learning on tables, by design.",
    remedy="Write the features down as a list of names, so that each addition shows in a diff, and fail where a "
    "listed column is missing.",
    bad={
        "train.py": "import pandas\nfrom sklearn.svm import SVC\n\nframe = pandas.read_csv('a.csv')\n"
        "X = frame.drop('label', axis=1)\nSVC().fit(X, frame['label'])\n"
    },
    good={
        "train.py": "import pandas\nfrom sklearn.svm import SVC\n\nframe = pandas.read_csv('a.csv')\n"
        "X = frame[['age', 'price']]\nSVC().fit(X, frame['label'])\n"
    },
)
def chosen_by_pattern(facts: PythonFacts) -> Tally | None:
    """Features chosen by prefix, pattern, type or exclusion instead of by name."""
    return features_by_pattern(facts)


debt.row(
    "bun.3",
    "Share of the feature-adding runs that add over five features at once",
    source=LIN,
    anchors=(0.3, 0.9),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of runs",
)
