"""The ML Test Score, edition 2017: 28 tests in four sections, their bands (Breck et al., IEEE Big Data 2017).

Titles and rules are in our words. An earlier draft of 2016 has other tests, another scale (0 to 2 a test) and other
bands; scores of the two are never mixed. The rubric asks whether a test exists and runs, not whether it passes.
One table of 28 tests: longer than a module should be, and not to be cut.
"""

from dataclasses import dataclass

from scoring.catalog.attestations import MANUAL_DAYS, MONITOR_DAYS

RUBRIC_EDITION = "2017"

SECTIONS = ("data", "model", "infra", "monitor")
SECTION_TITLES = {"data": "Data", "model": "Model", "infra": "Infrastructure", "monitor": "Monitoring"}

BANDS: tuple[tuple[str, float], ...] = (
    ("research", 0.0),
    ("holes", 1.0),
    ("first-pass", 2.0),
    ("reasonable", 3.0),
    ("strong", 5.0),
    ("exceptional", 7.0),
)
"""(slug, highest score of the band): each begins above the one before (Table V)."""

BAND_MEANING = {
    "research": "more a research project than a production system",
    "holes": "some testing; expect serious holes in reliability",
    "first-pass": "a first pass at production; more is needed",
    "reasonable": "reasonably tested; more could be automated",
    "strong": "strongly automated; fit for mission-critical use",
    "exceptional": "exceptional automation and monitoring",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricTest:
    """One test: what earns a whole point (it runs by itself) and half a point (by hand, with a shared result)."""

    slug: str
    title: str
    full: str
    half: str
    question: str
    """For the weekly review."""
    precision: str
    """How surely machine evidence tells it: H, M or L."""
    signals: tuple[str, ...] = ()
    """Rows of the ruler that bear on it; credit still needs a run that was seen, or an attestation."""
    attested: bool = False
    """No machine evidence is read for it so far: people attest it."""

    @property
    def section(self) -> str:
        return self.slug.partition("-")[0]

    @property
    def valid_days(self) -> int:
        """How long an attestation of it stands."""
        return MONITOR_DAYS if self.section == "monitor" else MANUAL_DAYS


TESTS: tuple[RubricTest, ...] = (
    RubricTest(
        slug="data-1",
        title="What is expected of each feature is written in a schema",
        full="A schema or suite of checks covers at least 80 % of the model's inputs and runs in CI or on a schedule.",
        half="A schema file is there, and one recorded check against it.",
        question="Where is the schema, and when did it last fail?",
        precision="H",
        signals=("dat.1", "dat.2", "dat.3"),
    ),
    RubricTest(
        slug="data-2",
        title="Every feature has been shown to help",
        full="A scheduled job leaves features out or permutes them, and a threshold decides what stays.",
        half="An ablation run or report of the last 180 days.",
        question="Which feature was last removed because it didn't help?",
        precision="M",
        signals=("udd.5", "eps.1"),
    ),
    RubricTest(
        slug="data-3",
        title="No feature costs more than it is worth",
        full="Cost, latency or size per feature is measured, or a budget is tested in CI.",
        half="A table of costs in the documentation.",
        question="Which feature is the dearest, and is it worth it?",
        precision="L",
        attested=True,
    ),
    RubricTest(
        slug="data-4",
        title="Features keep the rules about what may be used",
        full="A deny-list, policy check or scanner for personal data runs in CI.",
        half="A documented review against the rules.",
        question="Which fields may never be used, and who enforces it?",
        precision="M",
    ),
    RubricTest(
        slug="data-5",
        title="Privacy is controlled along the whole pipeline",
        full="Access policy as code, tags that follow the columns, and a job that propagates deletions.",
        half="A privacy review on file.",
        question="If a user asks to be deleted, how long until the models forget?",
        precision="L",
    ),
    RubricTest(
        slug="data-6",
        title="A new feature can be added quickly",
        full="The median time from first commit to first production run of a feature is measured and at most 60 days.",
        half="The number, attested.",
        question="How long did the last feature take?",
        precision="M",
        attested=True,
    ),
    RubricTest(
        slug="data-7",
        title="The code that makes features is tested",
        full="CI runs tests that reach at least 60 % of the feature functions.",
        half="Tests exist, and were run by hand.",
        question="Which feature file has no test?",
        precision="H",
    ),
    RubricTest(
        slug="model-1",
        title="Every model specification is reviewed and in the repository",
        full="At least 90 % of the changes to model code and settings came through review; runs carry their commit.",
        half="All of it is in git; the review is attested.",
        question="Was every change of the model reviewed?",
        precision="M",
        signals=("cul.5", "cfg.21"),
    ),
    RubricTest(
        slug="model-2",
        title="The offline metric tracks the effect online",
        full="A scheduled job relates offline to online results over at least five releases.",
        half="One study.",
        question="Did a gain offline ever fail online?",
        precision="L",
        attested=True,
    ),
    RubricTest(
        slug="model-3",
        title="All hyper-parameters have been tuned",
        full="A search runs as part of the pipeline: a parent run with ten children or more within 180 days.",
        half="A sweep by hand.",
        question="Which were never tuned?",
        precision="H",
        signals=("cfg.2",),
    ),
    RubricTest(
        slug="model-4",
        title="The cost of a stale model is known",
        full="A job scores old versions again, or an experiment compares old with new.",
        half="One report.",
        question="How bad is a model that is a month old?",
        precision="L",
        attested=True,
    ),
    RubricTest(
        slug="model-5",
        title="A simpler model isn't better",
        full="A baseline is trained and compared each time, in CI or in the training pipeline.",
        half="One comparison.",
        question="By how much do we beat a linear model?",
        precision="M",
        signals=("sim.1", "sim.2"),
    ),
    RubricTest(
        slug="model-6",
        title="Quality holds on the slices that matter",
        full="Metrics per slice are logged with each run, and a threshold gates on them.",
        half="A report.",
        question="Which slice is the worst, and what is its number?",
        precision="M",
        signals=("pbi.3",),
    ),
    RubricTest(
        slug="model-7",
        title="The model has been tested for fairness",
        full="A fairness metric with a gate is part of the pipeline.",
        half="An audit on file.",
        question="Who could be harmed, and how was it checked?",
        precision="M",
    ),
    RubricTest(
        slug="infra-1",
        title="Training can be repeated",
        full="A job trains twice and compares, or three repeats of one run spread by less than 1 %.",
        half="One double run by hand.",
        question="Same commit, same data: the same model?",
        precision="M",
        signals=("rep.6", "rep.1"),
    ),
    RubricTest(
        slug="infra-2",
        title="The model specification has unit tests",
        full="CI runs tests that build the model and take a step, overfit a batch or check shapes.",
        half="Such tests exist, and were run by hand.",
        question="What breaks if a layer changes?",
        precision="H",
    ),
    RubricTest(
        slug="infra-3",
        title="The whole pipeline is tested from end to end",
        full="A CI job runs the pipeline on small data, nightly or on each change.",
        half="A script that does so, run by hand.",
        question="When did the whole pipeline last run from scratch?",
        precision="M",
        signals=("jun.10",),
    ),
    RubricTest(
        slug="infra-4",
        title="A model's quality is checked before it serves",
        full="A gate compares with the previous version before the alias or stage moves.",
        half="A checklist.",
        question="Has the gate ever refused?",
        precision="M",
    ),
    RubricTest(
        slug="infra-5",
        title="One prediction can be followed step by step",
        full="A tool traces a single example through the pipeline, or explanations are served with logged features.",
        half="A documented demonstration.",
        question="How long does it take to explain one wrong prediction?",
        precision="L",
    ),
    RubricTest(
        slug="infra-6",
        title="A new model meets a small share of the traffic first",
        full="Manifests hold a canary, shadow or weighted roll-out, or CI loads the model in the serving image.",
        half="A ramp by hand.",
        question="What share of the traffic saw the last model first?",
        precision="H",
    ),
    RubricTest(
        slug="infra-7",
        title="A model can be rolled back quickly and safely",
        full="The rollback is a job, the previous version is kept, and it was exercised within 180 days.",
        half="A drill, noted.",
        question="When was the last rollback drill?",
        precision="M",
        signals=("res.3",),
    ),
    RubricTest(
        slug="monitor-1",
        title="Changes of what the model depends on are announced",
        full="Upstream alerts, schema changes and contract checks reach the model's own receiver.",
        half="A mailing list, attested.",
        question="How do you hear about changes upstream?",
        precision="M",
        signals=("ups.3", "uns.6"),
    ),
    RubricTest(
        slug="monitor-2",
        title="Data keeps its invariants when served",
        full="A living rule or a daily report checks the serving data against its invariants.",
        half="A check now and then.",
        question="The last invariant alert: true or false?",
        precision="H",
        signals=("mon.1",),
    ),
    RubricTest(
        slug="monitor-3",
        title="Training and serving compute the same features",
        full="A job compares logged serving features with recomputed ones, or an alert watches the skew.",
        half="Shared feature code, or one comparison.",
        question="What share of the features was skewed last week?",
        precision="M",
        signals=("abs.4", "mul.3"),
    ),
    RubricTest(
        slug="monitor-4",
        title="Models don't go stale unnoticed",
        full="A living rule limits the age of every production model.",
        half="A dashboard that somebody watches.",
        question="How old is every production model?",
        precision="H",
        signals=("mon.1",),
    ),
    RubricTest(
        slug="monitor-5",
        title="The model stays numerically stable",
        full="A guard against NaN and infinity, with an alert.",
        half="Checked in the training logs.",
        question="Who is told at the first NaN?",
        precision="M",
        signals=("mon.1",),
    ),
    RubricTest(
        slug="monitor-6",
        title="Speed, throughput and memory don't regress",
        full="Rules watch latency, throughput and memory, slow leaks included.",
        half="A report of a load test.",
        question="Is it slower than last month?",
        precision="H",
        signals=("mon.1", "prc.6"),
    ),
    RubricTest(
        slug="monitor-7",
        title="Quality on served data doesn't regress",
        full="A rule watches quality on labelled or proxy labels, by slice.",
        half="Samples checked by hand.",
        question="What was the live quality this week, against offline?",
        precision="H",
        signals=("mon.1", "pbi.1", "pbi.2"),
    ),
)
