"""The algorithms that configuration chooses by name (catalogue, section 9, Q1)."""

from scoring.analyses.own_configs import group
from scoring.facts import ConfigFacts
from scoring.knowledge.algorithms import is_choice, is_name, same_algorithm


def choices_of(facts: ConfigFacts, path: str) -> dict[str, str]:
    """Key -> the name of an algorithm that it chooses, as far as a file's settings name any."""
    found: dict[str, str] = {}
    for setting in facts.settings:
        if setting.kind != "string":
            continue
        key = group(setting)[0] or setting.key
        if is_choice(key, path) and is_name(setting.value):
            value = setting.value.rpartition(".")[2] if key.endswith("_target_") else setting.value
            found[key] = same_algorithm(value)
    return found
