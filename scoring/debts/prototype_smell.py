"""Prototypes that became the product.

Why: A notebook is the fastest way to find out whether something works and one of the slowest ways to keep it
working. When a team depends on its prototyping environment, the full-scale system is probably too hard to change;
and under time pressure the prototype itself is shipped. What held on a sample often doesn't hold at full scale.

What is read: Notebooks: whether production runs them, execution order, names used before they are defined, errors
left in, size, committed outputs, how much of the training code lives in them. Python and configuration: sample
limits left in the main path. Git: scratch folders and files called final, copy or old; how much of the work happens
in notebooks.

Remedy: Move what a notebook has proved into a module with a test, and let the notebook import it. Clear outputs
before a commit, restart and run all before a review. Turn sample sizes into settings whose production value is
"all". Delete or archive what has lain in scratch for 90 days.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Common Smells:
prototype. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 15. Notebook limits: Pynblint; runs
of published notebooks: Pimentel et al. (2019), Samuel and Mietchen (2023).
"""

from scoring.findings import ATT, GIT, LARGE, LEVEL, NB, PKG, SHARE, SMALL, Debt, H, M

debt = Debt(__name__, section="4.19", ml_only=False)

debt.row(
    "pro.1",
    "Notebooks on the production path: run by CI, a scheduler or an image, or writing what production reads",
    source=NB,
    anchors=(0, 1),
    severity=3,
    precision=H,
    unit="notebooks",
    effort=LARGE,
    caution="Parametrised by papermill and tested: one level milder.",
)
debt.row(
    "pro.2",
    "Share of notebooks with hidden state: cells run out of order, or names used before the cell that defines them",
    source=NB,
    anchors=(0.1, 0.6),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of notebooks",
    effort=SMALL,
)
debt.row(
    "pro.3",
    "Share of the fitting and feature code that lives in notebooks",
    source="NB+PY",
    anchors=(0.2, 0.8),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of code",
    effort=LARGE,
)
debt.row(
    "pro.4",
    "Mean breaches per notebook: cells with errors or never run, untitled or copied, over 50 cells, cells "
    "over 30 lines",
    source=NB,
    anchors=(1, 5),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="per notebook",
    effort=SMALL,
)
debt.row(
    "pro.5",
    "Sample limits left in the main path: nrows, head, sample, slices, tiny step counts, debug switches",
    source="PY+CFG",
    anchors=(0, 2),
    severity=3,
    precision=M,
    unit="places",
    effort=SMALL,
    caution="Tests and demonstrations are left out.",
)
debt.row(
    "pro.6",
    "Scratch folders untouched for 90 days, and files called final, copy, old or backup",
    source=GIT,
    anchors=(0, 6),
    severity=1,
    precision=H,
    unit="paths",
    effort=SMALL,
)
debt.row(
    "pro.7",
    "Share of twelve months' ML changes that fall in notebooks",
    source=GIT,
    anchors=(0.2, 0.8),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of changes",
    effort=LARGE,
)
debt.row(
    "pro.8",
    "Size of committed notebook outputs",
    source=PKG,
    anchors=(1, 50),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="MB",
    effort=SMALL,
)
debt.row(
    "pro.9",
    "Is anything in production that was first meant as a prototype? (A8)",
    source=ATT,
    anchors=(0, 1),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
