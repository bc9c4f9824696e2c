"""The 20 questions of the weekly review: what only people know. Every answer expires (catalogue, section 11)."""

from dataclasses import dataclass

MANUAL_DAYS = 180
MONITOR_DAYS = 90
"""How long an attested half point stands: of the monitoring section, and of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    id: str
    slug: str
    question: str
    answer: str
    """The kind of answer: "yes/no", "list", "number"..."""
    expires_days: int | None
    """None where it speaks of one finding and never lapses."""
    feeds: tuple[str, ...]
    """Signals, litmus questions, rubric tests and practices that the answer moves."""


ATTESTATIONS: tuple[Attestation, ...] = (
    Attestation(
        id="A1",
        slug="foreseen-effects",
        question="Could you have named beforehand which outputs the last change would move?",
        answer="yes/no",
        expires_days=30,
        feeds=("ent.10",),
    ),
    Attestation(
        id="A2",
        slug="model-stacks",
        question="Is any model trained on, or corrected by, another model's output? In which order are they retrained?",
        answer="list",
        expires_days=180,
        feeds=("cas.9",),
    ),
    Attestation(
        id="A3",
        slug="known-consumers",
        question="Who would call you if this output vanished?",
        answer="list of consumers",
        expires_days=90,
        feeds=("und.10",),
    ),
    Attestation(
        id="A4",
        slug="changed-meaning",
        question="Which input changed its meaning lately, and how did you learn of it?",
        answer="text; by notice or by surprise",
        expires_days=30,
        feeds=("uns.10",),
    ),
    Attestation(
        id="A5",
        slug="twin-inputs",
        question="Which two inputs say the same thing?",
        answer="list",
        expires_days=180,
        feeds=("cor.4",),
    ),
    Attestation(
        id="A6",
        slug="labels-by-action",
        question="Does any label exist only because a model acted?",
        answer="yes/no, which",
        expires_days=180,
        feeds=("dfl.8", "bp-08-independence"),
    ),
    Attestation(
        id="A7",
        slug="reacting-systems",
        question="Which other system reacts to what this model does?",
        answer="list",
        expires_days=180,
        feeds=("hfl.6",),
    ),
    Attestation(
        id="A8",
        slug="shipped-prototypes",
        question="Is anything in production that began as a prototype?",
        answer="list",
        expires_days=90,
        feeds=("pro.9",),
    ),
    Attestation(
        id="A9",
        slug="hand-set-cut-offs",
        question="Which cut-offs were set by hand, and when were they last checked?",
        answer="list with dates",
        expires_days=90,
        feeds=("thr.7",),
    ),
    Attestation(
        id="A10",
        slug="hourly-limit",
        question="What is the most this model can do in an hour before something stops it?",
        answer="number, or unknown",
        expires_days=180,
        feeds=("act.4",),
    ),
    Attestation(
        id="A11",
        slug="debt-hours",
        question="How many hours were set aside for debt this week, and how many were used?",
        answer="two numbers",
        expires_days=7,
        feeds=("cul.7", "bp-25-debt-time"),
    ),
    Attestation(
        id="A12",
        slug="valued-removal",
        question="Was a removal, a test or a monitor praised or reviewed like a gain in accuracy?",
        answer="yes/no",
        expires_days=30,
        feeds=("cul.8",),
    ),
    Attestation(
        id="A13",
        slug="last-newcomer",
        question="The last newcomer: start, first merge, hours of help?",
        answer="two dates, a number",
        expires_days=365,
        feeds=("litmus-newcomer-speed",),
    ),
    Attestation(
        id="A14",
        slug="manual-steps",
        question="Which manual steps does a retraining or release still need?",
        answer="number",
        expires_days=90,
        feeds=("prc.1",),
    ),
    Attestation(
        id="A15",
        slug="last-rollback",
        question="The last rollback, drill or real: when, and how many minutes?",
        answer="date, number",
        expires_days=180,
        feeds=("infra-7",),
    ),
    Attestation(
        id="A16",
        slug="tests-by-hand",
        question="Which rubric tests were run by hand this month, and where is the result?",
        answer="list with links",
        expires_days=180,
        feeds=(
            "data-3",
            "data-4",
            "data-5",
            "data-6",
            "model-2",
            "model-4",
            "model-7",
            "infra-4",
            "infra-5",
            "infra-6",
        ),
    ),
    Attestation(
        id="A17",
        slug="production-models",
        question="Which models are in production now, and who owns each?",
        answer="list",
        expires_days=30,
        feeds=("mon.6", "litmus-transitive-closure"),
    ),
    Attestation(
        id="A18",
        slug="noisy-alerts",
        question="Which alert of this week was noise?",
        answer="list",
        expires_days=7,
        feeds=("mon.3",),
    ),
    Attestation(
        id="A19",
        slug="removable-flags",
        question="Which dead flag or experiment can go?",
        answer="list",
        expires_days=30,
        feeds=("dec.2",),
    ),
    Attestation(
        id="A20",
        slug="false-findings",
        question="Was a finding of Debtboard false this week?",
        answer="a finding",
        expires_days=None,
        feeds=(),
    ),
)
