"""The algorithms that calls choose, and configuration by name (catalogue, section 9, Q1)."""

from collections.abc import Iterator

from scoring.analyses.calls import calls_where
from scoring.analyses.own_configs import DEFAULTS, group
from scoring.facts import Call, ConfigFacts
from scoring.knowledge.algorithms import NAMED, algorithm_of, is_choice, is_name, same_algorithm


def algorithm_called(call: Call) -> str:
    """The algorithm that a call chooses, whatever its result is bound to; "" where it chooses none."""
    if "(" in call.name:
        return ""
    return algorithm_of(call.name, "", call.first if call.name.rpartition(".")[2] in NAMED else "")


def _may_choose(name: str) -> bool:
    return "(" not in name and (name.rpartition(".")[2] in NAMED or algorithm_of(name) != "")


choosing = calls_where(_may_choose)
"""The calls of a file that may choose an algorithm; of some only their first argument tells."""


def choices_in(facts: ConfigFacts, path: str) -> Iterator[tuple[str, str, int]]:
    """(key, name of the algorithm that it chooses, line) of each such key, in the order of the file."""
    for setting in facts.settings:
        if setting.kind != "string":
            continue
        key = setting.key
        if key.startswith(DEFAULTS):
            key = group(setting)[0] or key
        if is_choice(key, path) and is_name(setting.value):
            value = setting.value.rpartition(".")[2] if key.endswith("_target_") else setting.value
            yield key, same_algorithm(value), setting.line


def choices_of(facts: ConfigFacts, path: str) -> dict[str, str]:
    """Key -> the algorithm that it chooses, as far as a file's settings name any."""
    return {key: name for key, name, _ in choices_in(facts, path)}
