"""The five litmus questions and the measures that answer each (Sculley et al. 2015, closing section).

Weights and anchors are the ruler's first edition (catalogue, section 9). A component names the signals that feed it
or, where no debt owns the fact, has a measure of its own; `needs` says what has to be connected or answered before it
can be observed, and is empty where the repository alone shows it. One table of 42 terms: longer than a module should
be, and not to be cut.
"""

from dataclasses import dataclass

RUNS = "a source of experiment runs"
LINEAGE = "a source of lineage"
SERIES = "a source of monitoring series"
PEOPLE = "an answer in the weekly review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One term of an answer: good and bad anchor, weight, and where the value comes from."""

    name: str
    measure: str
    anchors: tuple[float, float]
    weight: float
    unit: str
    signals: tuple[str, ...] = ()
    """The first is what the value is; the others refine it."""
    needs: str = ""
    group: str = ""
    """Components that see one fact share a group, whose weight is the largest of theirs (catalogue 2.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    slug: str
    title: str
    short: str
    """For the label of a meter."""
    why: str
    components: tuple[Component, ...]


NEW_ALGORITHM = Question(
    id="Q1",
    slug="litmus-new-algorithm",
    title="How easily can a new algorithm be tried at full scale?",
    short="New algorithm",
    why=(
        "When trying another algorithm means touching many files, teams stop trying, and stay with what they have. "
        "Past changes of algorithm show the cost better than any plan does."
    ),
    components=(
        Component(
            name="swap footprint",
            measure="Median number of files that the last ten changes of algorithm (24 months) touched, without tests",
            anchors=(2, 15),
            weight=0.45,
            unit="files",
            signals=("glu.9",),
        ),
        Component(
            name="config-only share",
            measure="Share of the changes of algorithm that touched configuration alone",
            anchors=(0.8, 0),
            weight=0.25,
            unit="of changes",
        ),
        Component(
            name="plug width",
            measure="Share of the ML files that build an estimator, less 0.2 where an adapter stands between",
            anchors=(0.15, 0.6),
            weight=0.25,
            unit="of ML files",
            signals=("glu.1", "glu.3"),
        ),
        Component(
            name="scale switch",
            measure=(
                "Sample limits left in the training path; or share of a new algorithm's runs at full data size "
                "(0.8 good, 0.1 bad), the worse of the two"
            ),
            anchors=(0, 2),
            weight=0.30,
            unit="places",
            signals=("pro.5",),
        ),
        Component(
            name="lead time",
            measure="Median days from the first run of a new estimator to its first run at full scale",
            anchors=(3, 60),
            weight=0.35,
            unit="days",
            needs=RUNS,
        ),
        Component(
            name="one-command pipeline",
            measure="Manual steps of the pipeline: numbered scripts, and steps that no single target covers",
            anchors=(1, 8),
            weight=0.20,
            unit="steps",
            signals=("jun.7", "prc.1"),
        ),
    ),
)

TRANSITIVE_CLOSURE = Question(
    id="Q2",
    slug="litmus-transitive-closure",
    title="What is the closure of all data dependencies?",
    short="Closure",
    why=(
        "A model rests on every dataset upstream of it, known or not. A large closure is no debt in itself; not "
        "knowing it is, since then nobody can say what a change upstream will reach."
    ),
    components=(
        Component(
            name="undeclared",
            measure="Share of the closure's datasets that were observed and are declared nowhere",
            anchors=(0, 0.4),
            weight=0.50,
            unit="of datasets",
            signals=("sta.2",),
            needs=LINEAGE,
        ),
        Component(
            name="unresolved",
            measure="Share of the closure's input and output calls whose dataset can't be told from the code",
            anchors=(0.1, 0.7),
            weight=0.40,
            unit="of I/O calls",
            signals=("sta.1",),
        ),
        Component(
            name="unowned",
            measure="Share of the closure's datasets without an owner",
            anchors=(0.05, 0.6),
            weight=0.30,
            unit="of datasets",
            needs=LINEAGE,
        ),
        Component(
            name="unpinned",
            measure="Share of the closure's training inputs without a version, digest or snapshot",
            anchors=(0.1, 0.8),
            weight=0.30,
            unit="of inputs",
            signals=("uns.1",),
            needs=LINEAGE,
        ),
        Component(
            name="unmonitored roots",
            measure="Share of the closure's outside roots without a freshness or volume check",
            anchors=(0.1, 0.9),
            weight=0.30,
            unit="of roots",
            signals=("ups.1",),
            needs=LINEAGE,
        ),
        Component(
            name="depth",
            measure="Longest path of the closure, in edges",
            anchors=(5, 15),
            weight=0.15,
            unit="edges",
            needs=LINEAGE,
        ),
        Component(
            name="size",
            measure="Number of datasets in the closure, on a logarithmic scale: ln(1 + size), anchored at 20 and 200",
            anchors=(3.044522, 5.303305),
            weight=0.10,
            unit="ln(1 + datasets)",
            needs=LINEAGE,
        ),
        Component(
            name="cycles",
            measure="Loops of data that hold the model",
            anchors=(0, 1),
            weight=0.40,
            unit="loops",
            signals=("dfl.1",),
            needs=LINEAGE,
        ),
    ),
)

CHANGE_PRECISION = Question(
    id="Q3",
    slug="litmus-change-precision",
    title="How precisely can the effect of a change be measured?",
    short="Change precision",
    why=(
        "A gain smaller than the spread of repeated runs can't be told from luck. A team that doesn't know its spread "
        "releases noise, and pays for it in complexity."
    ),
    components=(
        Component(
            name="noise ratio",
            measure="Smallest change that could be seen, over the median gain of the last ten promotions",
            anchors=(0.5, 2),
            weight=0.50,
            unit="ratio",
            needs=RUNS,
        ),
        Component(
            name="unprovable promotions",
            measure="Share of promotions whose gain is below the smallest change that could be seen",
            anchors=(0.1, 0.7),
            weight=0.40,
            unit="of promotions",
            signals=("eps.2",),
            needs=RUNS,
        ),
        Component(
            name="repeats",
            measure="Share of the groups of runs equal in code, data and parameters that hold three runs or more",
            anchors=(0.3, 0),
            weight=0.20,
            unit="of groups",
            needs=RUNS,
        ),
        Component(
            name="held-out hygiene",
            measure="Leaks from test data into training",
            anchors=(0, 1),
            weight=0.45,
            unit="leaks",
            signals=("dat.7",),
        ),
        Component(
            name="traceable runs",
            measure="Share of the runs with clean commit, data digest, parameters and environment",
            anchors=(0.9, 0.1),
            weight=0.35,
            unit="of runs",
            signals=("rep.5",),
            needs=RUNS,
        ),
        Component(
            name="seeds",
            measure="Share of training entry points that seed every random generator they use",
            anchors=(1, 0),
            weight=0.30,
            unit="of entry points",
            signals=("rep.1",),
        ),
        Component(
            name="one factor at a time",
            measure="Share of consecutive runs that differ in one thing only",
            anchors=(0.6, 0.1),
            weight=0.15,
            unit="of run pairs",
            signals=("ent.6",),
            needs=RUNS,
        ),
        Component(
            name="slice metrics",
            measure="Slices logged with each run",
            anchors=(3, 0),
            weight=0.20,
            unit="slices",
            needs=RUNS,
        ),
        Component(
            name="online measurement",
            measure="Share of promotions compared online: an experiment, a shadow or a canary with its outcome",
            anchors=(0.6, 0),
            weight=0.30,
            unit="of promotions",
            needs=RUNS,
        ),
        Component(
            name="offline-online",
            measure="The relation of offline to online metric is known: 1 by a scheduled job, 0.5 by one study",
            anchors=(1, 0),
            weight=0.15,
            unit="0, 0.5, 1",
            needs=PEOPLE,
        ),
    ),
)

CROSS_DEGRADATION = Question(
    id="Q4",
    slug="litmus-cross-degradation",
    title="Does improving one model make others worse?",
    short="Cross-effects",
    why=(
        "Models that share inputs, or learn from one another, can trade gains: one team's release is another's bad "
        "week. Structure shows where that may happen; only outcomes show whether it does."
    ),
    components=(
        Component(
            name="excess degradation",
            measure="Share of promotions after which another model's metric fell, above what chance gives",
            anchors=(0, 0.2),
            weight=0.55,
            unit="of pairs",
            needs=SERIES,
        ),
        Component(
            name="zero-sum ratio",
            measure="Share of the runs that raised the primary metric and lowered a guard, both beyond the noise",
            anchors=(0.1, 0.5),
            weight=0.40,
            unit="of gains",
            needs=RUNS,
        ),
        Component(
            name="guard coverage",
            measure="Share of models with a guard metric or slice beside the primary one",
            anchors=(0.9, 0),
            weight=0.25,
            unit="of models",
            needs=RUNS,
        ),
        Component(
            name="stacking depth",
            measure="Longest chain of models in which each learns from the one before",
            anchors=(1, 3),
            weight=0.30,
            unit="models",
            signals=("cas.1",),
            needs=LINEAGE,
        ),
        Component(
            name="closure overlap",
            measure="Mean pairwise overlap of the models' upstream datasets",
            anchors=(0.2, 0.7),
            weight=0.20,
            unit="overlap 0..1",
            signals=("ent.2",),
            needs=LINEAGE,
        ),
        Component(
            name="co-change of models",
            measure="Share of the commits to model folders that touch two models or more",
            anchors=(0.05, 0.3),
            weight=0.20,
            unit="of commits",
            signals=("ent.3",),
        ),
        Component(
            name="rollbacks caused by another model",
            measure="Share of promotions rolled back within seven days of another model's promotion",
            anchors=(0, 0.1),
            weight=0.35,
            unit="of promotions",
            needs=RUNS,
        ),
    ),
)

NEWCOMER_SPEED = Question(
    id="Q5",
    slug="litmus-newcomer-speed",
    title="How fast does a new person become productive?",
    short="Newcomer speed",
    why=(
        "Every hidden dependency, undocumented dataset and single author costs a newcomer days. How long people take "
        "to become useful is the debt as they meet it. No person is ranked: under three newcomers it stays unknown."
    ),
    components=(
        Component(
            name="time to first merge",
            measure="Median working days from start to the first merged change of ten lines of code or more",
            anchors=(5, 30),
            weight=0.45,
            unit="days",
            needs=PEOPLE,
        ),
        Component(
            name="ramp",
            measure="Median days from the first to the tenth commit, newcomers of the last 24 months",
            anchors=(30, 180),
            weight=0.25,
            unit="days",
        ),
        Component(
            name="breadth",
            measure="Share of the active folders that a newcomer touches in the first 90 days",
            anchors=(0.3, 0.05),
            weight=0.10,
            unit="of folders",
        ),
        Component(
            name="truck factor",
            measure="People whose leaving would orphan half of the ML files (Avelino et al. 2016)",
            anchors=(3, 1),
            weight=0.30,
            unit="people",
            group="ownership",
        ),
        Component(
            name="solo share",
            measure="Share of the ML files with exactly one author by knowledge",
            anchors=(0.3, 0.9),
            weight=0.30,
            unit="of ML files",
            group="ownership",
        ),
        Component(
            name="hot and solo",
            measure="Share of the busiest tenth of the files that have exactly one author by knowledge",
            anchors=(0.2, 0.9),
            weight=0.25,
            unit="of hot files",
            group="ownership",
        ),
        Component(
            name="README and docs",
            measure="README parts present, of five, beside model cards and the README's age",
            anchors=(5, 1),
            weight=0.25,
            unit="of 5",
            signals=("doc.1", "doc.3", "doc.4"),
        ),
        Component(
            name="one-command set-up",
            measure="One command sets up: it exists, the README names it, and CI runs it; 0.5 where only part is true",
            anchors=(1, 0),
            weight=0.25,
            unit="0, 0.5, 1",
        ),
        Component(
            name="environment",
            measure="Share of the dependencies pinned, beside a captured environment",
            anchors=(1, 0.2),
            weight=0.15,
            unit="of dependencies",
            signals=("rep.3", "rep.9"),
        ),
        Component(
            name="tribal data",
            measure="Share of datasets without a description, or settings needed that no example file lists",
            anchors=(0.1, 0.8),
            weight=0.15,
            unit="of settings",
        ),
        Component(
            name="hand-holding",
            measure="Hours of help that the last newcomer needed",
            anchors=(8, 80),
            weight=0.25,
            unit="hours",
            needs=PEOPLE,
        ),
    ),
)

LITMUS: tuple[Question, ...] = (
    NEW_ALGORITHM,
    TRANSITIVE_CLOSURE,
    CHANGE_PRECISION,
    CROSS_DEGRADATION,
    NEWCOMER_SPEED,
)
