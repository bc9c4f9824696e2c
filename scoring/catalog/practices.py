"""The 25 practices of McAteer, Nitpicking Machine Learning Technical Debt (2020), in our words.

A practice is present when all its signals are observed and their badness is under .3, partial when any is. No hit of
a bad pattern is not a practice followed (catalogue 2.5, rule 13): where signals can't give positive evidence, people
attest it.
"""

from dataclasses import dataclass

GOOD_ENOUGH = 0.3
"""Badness below which a signal speaks for a practice (catalogue, section 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeText:
    slug: str
    title: str
    signals: tuple[str, ...] = ()
    also: str = ""
    """Further evidence, in words, that no row of the ruler holds."""
    attested: bool = False
    """No row of the ruler feeds it so far: people attest it."""


PRACTICES: tuple[PracticeText, ...] = (
    PracticeText(
        slug="bp-01-interpretability",
        title="Use interpretability tools",
        also="An explanation library is called and its output is kept; an import alone is partial.",
    ),
    PracticeText(
        slug="bp-02-explainable-models",
        title="Use explainable models where they serve",
        signals=("sim.1",),
        also="The share of production models that are linear, trees or rules; never held against image or text models.",
    ),
    PracticeText(
        slug="bp-03-retrain-downstream",
        title="Retrain downstream models, in order",
        signals=("cas.7",),
    ),
    PracticeText(
        slug="bp-04-access-sla",
        title="Keep access keys, permissions and service agreements",
        signals=("und.5", "und.6", "und.9"),
    ),
    PracticeText(slug="bp-05-data-versioning", title="Version the data", signals=("rep.8", "uns.1")),
    PracticeText(
        slug="bp-06-drop-unused",
        title="Drop unused files and redundant features",
        signals=("udd.1", "udd.3", "leg.1", "leg.2", "leg.3", "leg.4", "cor.1", "dec.4"),
    ),
    PracticeText(
        slug="bp-07-dependency-tracking",
        title="Track data dependencies with a tool",
        signals=("sta.2", "sta.3", "sta.7"),
    ),
    PracticeText(
        slug="bp-08-independence",
        title="Check the independence assumptions",
        signals=("dfl.8",),
        also="Splits respect groups and time where such columns exist.",
    ),
    PracticeText(
        slug="bp-09-reviews-linters",
        title="Review code, and run linters",
        signals=("cul.5",),
        also="A linter is configured and runs in CI or before each commit.",
    ),
    PracticeText(
        slug="bp-10-wrap-apis",
        title="Wrap general packages behind interfaces of your own",
        signals=("glu.1", "glu.3"),
    ),
    PracticeText(
        slug="bp-11-redesign-jungles",
        title="Redesign pipeline jungles from above",
        signals=("jun.1", "jun.4", "jun.7"),
        also="Falling over two quarters.",
    ),
    PracticeText(
        slug="bp-12-remove-code",
        title="Remove code by fixed criteria, and quarantine experiments",
        signals=("dec.2", "dec.3", "cul.2"),
    ),
    PracticeText(
        slug="bp-13-abstractions",
        title="Keep up with settled abstractions",
        signals=("abs.1", "abs.9"),
    ),
    PracticeText(
        slug="bp-14-types-decimal",
        title="Use types, and exact numbers where they count",
        signals=("pod.1", "pod.3", "pod.7"),
    ),
    PracticeText(slug="bp-15-clean-wip", title="Leave no works in progress about", signals=("pro.6",)),
    PracticeText(
        slug="bp-16-endpoints-languages",
        title="Account for endpoints, and keep languages alike",
        signals=("mul.2", "mul.3"),
        also="The routes in the code are the routes in the specification.",
    ),
    PracticeText(
        slug="bp-17-one-config",
        title="Set paths and hyper-parameters in one place",
        signals=("cfg.2", "cfg.3", "cfg.4"),
    ),
    PracticeText(
        slug="bp-18-monitor-performance",
        title="Monitor performance and decision boundaries",
        signals=("mon.1", "thr.3"),
    ),
    PracticeText(
        slug="bp-19-label-distribution",
        title="Compare predicted with observed labels",
        signals=("pbi.1", "pbi.2"),
    ),
    PracticeText(
        slug="bp-20-decision-limits",
        title="Limit what a model can decide",
        signals=("act.1", "act.2", "act.3", "act.4"),
    ),
    PracticeText(
        slug="bp-21-input-assumptions",
        title="Check what is assumed of the inputs",
        signals=("dat.1", "dat.2", "dat.3", "ups.1"),
    ),
    PracticeText(
        slug="bp-22-overfit-check",
        title="Show that the model can overfit",
        also="A test or tagged run overfits one batch.",
    ),
    PracticeText(slug="bp-23-repro-checklist", title="Use a reproducibility checklist", signals=("rep.11", "rep.3")),
    PracticeText(slug="bp-24-runtimes", title="Compare run times", signals=("prc.4", "prc.6")),
    PracticeText(slug="bp-25-debt-time", title="Set time aside for debt", signals=("cul.1", "cul.7")),
)
