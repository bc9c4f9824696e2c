"""The configuration files of a component itself, and what its defaults lists choose."""

import re
from functools import lru_cache

from scoring.analyses.memo import Memo
from scoring.analyses.view import InPlace, View
from scoring.facts import ConfigFacts, Setting

LEFT_OUT = frozenset({"test", "docs", "generated", "migration"})
_MADE = re.compile(r"(?:^|/)(?:locales?|i18n|l10n|auto[-_]?generated)/").search
"""Texts in many languages, and what a program wrote."""
DEFAULTS = "defaults."
MACHINE = frozenset({"apiVersion", "$schema", "architectures", "model_type", "transformers_version", "_class_name"})
"""Top keys of files that another program reads: manifests, exported models."""


def _is_own(item: InPlace[ConfigFacts]) -> bool:
    facts, roles = item.facts, item.entry.roles
    if (
        "config" not in roles
        or roles & LEFT_OUT
        or _MADE(item.entry.path)
        or facts.format == "env"
        or not facts.settings
    ):
        return False
    return not (facts.template or facts.truncated) and MACHINE.isdisjoint([setting.key for setting in facts.settings])


_own = Memo(_is_own)


@lru_cache(maxsize=1)
def own_configs(view: View) -> tuple[InPlace[ConfigFacts], ...]:
    """Configuration of the component itself: no test's, no tool's, no manifest, nothing that a template makes."""
    return tuple([item for item in view.configs if _own(item)])


def group(setting: Setting) -> tuple[str, str]:
    """(group, choice) of an entry of a defaults list: `defaults: [{model: small}]`."""
    if not setting.key.startswith(DEFAULTS):
        return "", ""
    parts = setting.key.split(".")
    if len(parts) == 3 and parts[1].isdigit():
        named = parts[2].split("@")[0].removeprefix("override ").removeprefix("optional ").strip("/ ")
        return named.rpartition("/")[2], setting.value
    return "", ""
