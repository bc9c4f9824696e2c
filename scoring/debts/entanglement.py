"""Models and inputs that can't be changed one at a time.

Why: A trained model mixes all its inputs. Change the distribution of one feature, a hyper-parameter, a sampling
rule or a threshold, and the weight of every other part shifts with it: changing anything changes everything. A team
that can't change one part alone can't say what a change will do, so it tests everything again or hopes. The wider a
feature is shared between models, the further each change travels.

What is read: Lineage: how many models share a dataset and how far their upstream data overlap. Git: whether the
folders of two models keep changing in the same commits, and how many files move with each file of feature code.
Experiment runs: whether one thing is changed at a time, and whether feature importances keep their order between
production runs. Monitoring: whether predictions are watched, by slice.

Remedy: Give each model its own code path and its own versioned copy of shared features, so that one can move
without the other. Where models are served as an ensemble, keep their errors uncorrelated, or isolation gains
nothing. Change one factor per experiment. Watch the prediction distribution by slice, so that a side effect is seen
on the day it happens.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 2, Entanglement:
the CACE principle.
"""

from scoring.analyses.feature_lists import largest_list
from scoring.analyses.lessons import is_no_course
from scoring.analyses.past import alone, history_of, model_folders
from scoring.analyses.view import View
from scoring.findings import (
    ATT,
    GIT,
    LARGE,
    LEVEL,
    LIN,
    MON,
    PY,
    SHARE,
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

debt = Debt(__name__, section="4.1", group="Models")

MIN_MODELS = 2
FEW_TOGETHER = 0.05
FEW_COUPLED = 1
"""The good anchors: up to them nothing is found."""

SHOWN_FOLDERS = 4

debt.row(
    "ent.1",
    "Mean number of models that use each feature or dataset of the team",
    source=LIN,
    anchors=(1.5, 5),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="models per dataset",
    effort=LARGE,
    caution="Sharing is also good reuse: only unversioned nodes count.",
)
debt.row(
    "ent.2",
    "Mean pairwise overlap (Jaccard) of the upstream datasets of the team's models",
    source=LIN,
    anchors=(0.2, 0.7),
    severity=2,
    precision=H,
    kind=LEVEL,
    unit="overlap 0..1",
    effort=LARGE,
    caution="Common raw roots inflate it: roots that feed over half of the models are left out.",
)


@debt.signal(
    "ent.3",
    source=GIT,
    also="PY",
    anchors=(0.05, 0.3),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
    effort=LARGE,
    lifecycle="experimental",  # 2 of 4 judged findings were right: a script beside its package is no second model
    caution="Chores of a monorepo: commits of over 30 files are left out.",
    applies=is_no_course,
)
def models_changed_together(view: View) -> Answer:
    """Share of commits to code of model folders that touch two models or more; a model is a folder that trains."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    folders = model_folders(view)
    if len(folders) < MIN_MODELS:
        return Unknown("files went unread") if view.unread(PY) > 0 else NotApplicable("fewer than two model folders")
    if (reason := alone(history)) is not None:
        return reason
    if history.model_cochange is None or not history.model_commits:
        return Unknown("the commits to model folders are not known, or there was none in 12 months")
    share, commits = history.model_cochange, history.model_commits
    if share <= FEW_TOGETHER:
        return Measure(share, commits)
    names = ", ".join(folder or "the root" for folder in folders[:SHOWN_FOLDERS])
    hit = Hit(
        path=view.training[0].path,
        line=1,
        key="models change together",
        message=f"{round(share * commits)} of {commits} commits to code of the {len(folders)} model folders ({names}) "
        "touch two or more of them: a change to one model often is a change to another.",
        evidence={"models": len(folders), "commits": commits, "share": round(share, 4)},
    )
    return Measure(share, commits, (hit,))


@debt.signal(
    "ent.4",
    source=GIT,
    also="PY",
    anchors=(1, 5),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="files",
    effort=LARGE,
    lifecycle="experimental",  # 1 of 3 judged findings was right: upkeep of up to 30 files counts as coupling
    caution="Needs five revisions of a file. Upkeep commits that touch many files count as coupling.",
)
def coupled_features(view: View) -> Answer:
    """Median number of files that change together (30 % or more) with each file of feature code."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.coupling_degree is None or not history.coupling_population:
        return Unknown("no file of feature code has five revisions in 12 months")
    if history.coupling_degree <= FEW_COUPLED:
        return Measure(history.coupling_degree, history.coupling_population)
    partners: dict[str, list[tuple[str, float]]] = {}
    for left, right, degree in history.coupled:
        for path, other in ((left, right), (right, left)):
            partners.setdefault(path, []).append((other, degree))
    ml = {file.path for file in view.ml}
    hits = tuple(
        _coupled_hit(path, others)
        for path, others in sorted(partners.items())
        if path in ml and len(others) > FEW_COUPLED
    )
    return Measure(history.coupling_degree, history.coupling_population, hits)


def _coupled_hit(path: str, others: list[tuple[str, float]]) -> Hit:
    strongest, degree = max(others, key=lambda pair: (pair[1], pair[0]))
    return Hit(
        path=path,
        line=1,
        key="change coupling",
        message=f"{len(others)} files keep changing in the same commits as this one, {strongest} in "
        f"{100 * degree:.0f} % of their revisions: a change here is never only here.",
        evidence={"files": len(others), "strongest": strongest, "degree": round(degree, 4)},
    )


debt.row(
    "ent.5",
    "Median turnover of feature importances between consecutive production runs: 1 minus Spearman's rank correlation",
    source=LIN,
    anchors=(0.05, 0.4),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="1 - rho",
    caution="Correlated features swap ranks without harm; needs logged importances.",
)
debt.row(
    "ent.6",
    "Share of consecutive experiment runs that differ in exactly one of code, data and one parameter group",
    source=LIN,
    anchors=(0.6, 0.1),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of run pairs",
    effort=SMALL,
    caution="Sweeps are compared inside their parent run.",
)
_MANY = ", ".join(f"'rate_{number}'" for number in range(60))


@debt.signal(
    "ent.7",
    source=PY,
    anchors=(50, 500),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="features",
    effort=LARGE,
    lifecycle="experimental",  # 4 of 4 judged findings were right, too few
    caution="Size alone says little; image and text models have one column. Only lists that are spelt out are counted.",
    remedy="Take features out one at a time, keep those without which held-out data is predicted worse, and give each "
    "an owner and a reason.",
    applies=is_no_course,
    bad={"train.py": f"import pandas\n\nFEATURES = [{_MANY}]\n"},
    good={"train.py": "import pandas\n\nFEATURES = ['age', 'rate', 'days']\n"},
)
def features_of_one_model(view: View) -> Answer:
    """Number of features of the largest single model, by the longest list that spells them out."""
    return largest_list(view)


debt.row(
    "ent.8",
    "An alert on the shift of predictions exists and is sliced",
    source=MON,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
)
debt.row(
    "ent.9",
    "Share of promotions followed within seven days by a move of two sigma or more in another model's metric, "
    "placebo rate subtracted",
    source=MON,
    anchors=(0.02, 0.2),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of promotions",
    effort=LARGE,
    caution="Seasonality.",
)
debt.row(
    "ent.10",
    "Could the team say beforehand which outputs the last change would move? (A1)",
    source=ATT,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
