"""Use of networks in training programs: modes, forward calls, deterministic kernels, logarithms (catalogue section 6).

mls-13 and rep.2 look in the same direction: a switch that is set is never a finding, whatever some tools say.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from scoring import knowledge
from scoring.analyses.calls import calls_of
from scoring.analyses.idioms import of_kind, tallied
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.python_file import trains
from scoring.analyses.randomness import parts_of, program_of, seeded_by
from scoring.analyses.seeding import kept_programs, untrained
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import Call, ConfigFacts, Idiom, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable, Tally

LIGHTNING = frozenset({"lightning", "pytorch_lightning", "ignite", "fastai", "accelerate", "transformers"})
"""They switch the mode themselves."""
THE_NETWORK = re.compile(r"^(?:self\.)?(?:model|net|network)$", re.IGNORECASE)
"""What a function trains, by its name: another network in it may well stay in eval mode."""
NO_NETWORK = re.compile(r"^(?:super|ctx)|reference|hook|(?:^|[._])(?:task|trainer|pipeline|strategy)$", re.IGNORECASE)
STEPS = re.compile(r"step|train|valid|predict|infer|evaluate|loss", re.IGNORECASE)
SWITCHING_KEYWORDS = frozenset({"deterministic", "full_determinism"})
OF_NETWORKS = frozenset({"torch", "tensorflow", "keras", "jax"})
PLAIN = ("numpy.", "math.")
LOSS = re.compile(r"loss|entropy|nll|likelihood|kl_?div|perplexity", re.IGNORECASE)
DRAWING = re.compile(r"sampl|mask|gumbel|log_prob", re.IGNORECASE)
BY_TIMING = frozenset({("cudnn.benchmark", "True"), ("cudnn.deterministic", "False")})
"""(switch, value): either lets kernels be chosen by what is fastest that day."""


def uses(facts: PythonFacts, *modules: str) -> bool:
    return not _roots_of(facts).isdisjoint(modules)


def _roots(facts: PythonFacts) -> frozenset[str]:
    return frozenset([item.module.partition(".")[0] for item in facts.imports if item.level == 0])


_roots_of = Memo(_roots)


# ---------------------------------------------------------------- modes


def modes_left(facts: PythonFacts) -> Tally | None:
    """Networks put into eval mode in a loop that trains them, in a file that never puts them back."""
    if not facts.code_lines or not uses(facts, "torch"):
        return None
    if uses(facts, *LIGHTNING):
        return None
    modes = [call for call in calls_of(facts, "MODE") if _of_network(call)]
    turned = {item.line for item in of_kind(facts, "turned")}
    hits = []
    if not any(call.name.endswith(".train") for call in modes):
        hits = [_mode_hit(call) for call in modes if call.line in turned and THE_NETWORK.search(call.receiver)]
    return Tally(facts.code_lines, len(hits), tuple(hits))


def _of_network(call: Call) -> bool:
    return call.arguments == 0 or call.first in {"True", "False"}


def _mode_hit(call: Call) -> Hit:
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{call.receiver}.eval",
        symbol=call.scope,
        message=f"{call.receiver or 'The network'} is put into eval mode in the loop that trains it, and nothing "
        "in this file puts it back: from here on dropout is off and batch statistics stand still.",
    )


# ---------------------------------------------------------------- gradients


def uncleared_gradients(facts: PythonFacts) -> Tally | None:
    """Steps along gradients to which every turn adds, one hit for each function or loop."""
    if not facts.code_lines or not uses(facts, "torch"):
        return None
    return tallied(facts, of_kind(facts, "uncleared"), lambda item: f"{item.subject}.step", _uncleared_message)


def _uncleared_message(item: Idiom) -> str:
    return (
        f"{item.subject}.step() follows backward() again and again, and nothing in this file clears the gradients: "
        "each step goes along the sum of all gradients so far."
    )


# ---------------------------------------------------------------- forward


def forward_calls(facts: PythonFacts) -> Tally | None:
    """Calls of a network's forward method by name."""
    if not facts.code_lines or not uses(facts, "torch"):
        return None
    plain = {item.name for item in facts.classes if all(base == "object" or "Task" in base for base in item.bases)}
    made = {(call.scope, call.target) for call in facts.calls if call.name.endswith("Function")}
    calls = [
        call
        for call in calls_of(facts, "FORWARD")
        if _runs_network(call)
        and (call.scope, call.receiver) not in made
        and not (call.receiver == "self" and call.scope.rpartition(".")[0] in plain)
    ]
    first = {(call.scope, call.receiver): call for call in reversed(calls)}
    hits = tuple(
        Hit(
            line=call.line,
            end_line=call.end_line,
            key=f"{call.receiver}.forward",
            symbol=call.scope,
            message=f"{call.receiver}.forward(...) passes by the hooks that calling {call.receiver} would run.",
        )
        for call in sorted(first.values(), key=lambda call: call.line)
    )
    return Tally(facts.code_lines, len(hits), hits)


def _runs_network(call: Call) -> bool:
    """super().forward(x) extends a network, Class.forward(self, x) names one, and its own methods may try it out; the
    steps of its training and prediction should call it."""
    function = call.scope.rpartition(".")[2]
    if function == "__call__" or (call.receiver == "self" and not STEPS.search(function)):
        return False
    bound = call.receiver and not NO_NETWORK.search(call.receiver)
    return bool(bound) and call.arguments > 0 and call.inputs[:1] != ("self",) and not call.receiver[:1].isupper()


# ---------------------------------------------------------------- deterministic kernels


def deterministic_switch(view: View) -> Answer:
    """Whether any training program on a GPU library asks for deterministic kernels, in code or configuration. Of one
    that seeds too little rep.1 tells, and before that is mended the question does not arise."""
    training = [file for file in kept_programs(view) if _on_gpu(file.facts) and not file.is_notebook]
    if not training:
        unreached = untrained(view) if any(_on_gpu(file.facts) for file in view.alg) else None
        return unreached or NotApplicable("no training entry point uses a GPU library")
    for file in view.product:
        if switch := _switch_of(file):
            return Measure(1.0, 1, note=switch)
    for config in view.configs:
        if _is_set_in(config):
            return Measure(1.0, 1, note=config.entry.path)
    seeded = [file for file in training if _seeds_all(view, file)]
    if not seeded:
        return Measure(0.0, 1)
    first = seeded[0]
    line = next((call.line for call in calls_of(first.facts, "FIT")), 1)
    hit = Hit(
        line=line,
        key="no deterministic switch",
        message=f"{_programs(len(seeded))} on a GPU library and nothing asks it for deterministic kernels: seeds "
        "alone don't make two runs equal.",
        evidence={"programs": len(seeded)},
    )
    return Measure(0.0, 1, (placed(hit, first),))


def _seeds_all(view: View, file: PythonFile) -> bool:
    """Whether it seeds a library of networks, and all that it is known to draw from: only then do kernels make the
    difference."""
    return not program_of(view, file).unseeded and not seeded_by(view, parts_of(view, file)).isdisjoint(OF_NETWORKS)


def _sets_switch(config: InPlace[ConfigFacts]) -> bool:
    return any(item.key.rpartition(".")[2] == "deterministic" for item in config.facts.settings)


_is_set_in = Memo(_sets_switch)


def _programs(count: int) -> str:
    return "One program trains" if count == 1 else f"{count} programs train"


def _on_gpu(facts: PythonFacts) -> bool:
    return any(item.level == 0 and knowledge.in_library(item.module, "GPU") for item in facts.imports)


def _switch(file: PythonFile) -> str:
    """What asks for deterministic kernels in a file, "" where nothing does."""
    for item in file.facts.idioms:
        if item.kind == "switch" and item.detail not in {"False", "'0'"} and not item.subject.endswith("benchmark"):
            return f"{item.subject} in {file.path}"
    for call in file.facts.calls:
        if _is_switch(call.name) or (call.keywords and any(_switches(call))):
            return f"{call.name} in {file.path}"
    return ""


@lru_cache(maxsize=1 << 14)
def _is_switch(name: str) -> bool:
    """Whether a call of that name asks for deterministic kernels."""
    named = knowledge.is_call(name, "DETERMINISTIC") and "seed" not in name
    return named or "determinis" in name.rpartition(".")[2].lower()


_switch_of = Memo(_switch)


def _switches(call: Call) -> Iterator[bool]:
    return (name in SWITCHING_KEYWORDS and value not in {"False", "None"} for name, value in call.keywords)


def kernels_by_timing(facts: PythonFacts) -> Tally | None:
    """Training code that lets kernels be chosen by timing."""
    if not facts.code_lines or not _on_gpu(facts) or not trains(facts):
        return None
    switches = [item for item in of_kind(facts, "switch") if (item.subject, item.detail) in BY_TIMING]
    return tallied(facts, switches[:1], lambda item: item.subject, _timing_message)


def _timing_message(item: Idiom) -> str:
    return (
        f"{item.subject} = {item.detail} lets kernels be chosen by what is fastest that day, so two runs with one seed "
        "differ."
    )


# ---------------------------------------------------------------- logarithms


def bare_logarithms(facts: PythonFacts) -> Tally | None:
    """Logarithms of probabilities that nothing keeps from zero."""
    if not facts.code_lines:
        return None
    taken = [item for item in of_kind(facts, "logarithm") if _is_of_loss(item)]
    return tallied(facts, taken, lambda item: f"log {item.subject}", _logarithm_message)


def _is_of_loss(item: Idiom) -> bool:
    """Networks learn through their library's logarithm, whatever it stands in; that of numbers only tells a loss where
    the function is called one. Where something is drawn by chance, minus infinity keeps an item out on purpose."""
    scope = item.scope.rpartition(".")[2]
    if DRAWING.search(scope) or DRAWING.search(item.subject):
        return False
    return not item.detail.startswith(PLAIN) or LOSS.search(scope) is not None


def _logarithm_message(item: Idiom) -> str:
    return (
        f"The logarithm of {item.subject} is taken with nothing that keeps it from zero: one such value makes the loss "
        "infinite, and what follows NaN."
    )
