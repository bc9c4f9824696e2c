"""The checklist of Combine, Are your machine learning products in technical debt, deep?, in our words.

Eight things to do against hidden debt, each with the signals and the tests of the ML Test Score that answer it. An item
is judged as a practice is (`scores.checklist`): no hit of a bad pattern is not a thing done (catalogue 2.5, rule 13).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    slug: str
    title: str
    signals: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    """Of the ML Test Score."""
    also: str = ""
    """What counts as an answer, in words."""


CHECKLIST: tuple[ChecklistItem, ...] = (
    ChecklistItem(
        slug="combine-1-wrapped-packages",
        title="Imported packages stand behind interfaces of your own",
        signals=("glu.1", "glu.3"),
        also="The learning library is named in few files, and an adapter stands before it.",
    ),
    ChecklistItem(
        slug="combine-2-data-with-model",
        title="A versioned copy of the data is kept with its model",
        signals=("rep.8", "uns.1", "rep.5"),
        tests=("infra-1",),
        also="From a model one comes to the bytes it was trained on.",
    ),
    ChecklistItem(
        slug="combine-3-upstream-inputs",
        title="Upstream inputs are monitored and tested",
        signals=("ups.1", "ups.3", "dat.1", "dat.2", "dat.3"),
        tests=("data-1", "monitor-1", "monitor-2"),
        also="Inputs are checked before they are learnt from, and their owners announce changes.",
    ),
    ChecklistItem(
        slug="combine-4-simple-benchmark",
        title="A simple model is the benchmark",
        signals=("sim.1", "sim.2"),
        tests=("model-5",),
        also="What the large model gains over the simple one is known.",
    ),
    ChecklistItem(
        slug="combine-5-tunables",
        title="The effect of each part that can be tuned is tested",
        signals=("ent.6", "cfg.15"),
        tests=("model-3",),
        also="Runs differ in one thing at a time, and each says what it ran with.",
    ),
    ChecklistItem(
        slug="combine-6-features",
        title="Distribution and effect of the features are tested",
        signals=("udd.5", "eps.1", "dat.2"),
        tests=("data-1", "data-2"),
        also="Each feature is left out once in a while, and what it holds is checked.",
    ),
    ChecklistItem(
        slug="combine-7-predicted-observed",
        title="Predicted labels are compared with observed ones",
        signals=("pbi.1", "pbi.2", "pbi.3"),
        tests=("monitor-7",),
        also="Their distributions are held against each other, by slices.",
    ),
    ChecklistItem(
        slug="combine-8-fewer-interventions",
        title="Fewer steps of the pipeline need a person",
        signals=("prc.1", "prc.3", "res.1"),
        tests=("infra-3", "infra-4", "infra-7"),
        also="One command trains and releases, and nobody has to look after it.",
    ),
)
