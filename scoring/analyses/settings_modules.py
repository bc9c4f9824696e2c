"""Configurations that are Python modules: `configs/small.py`, which sets values and does no more.

The rows on configuration read files of settings. Where settings stand in modules, nothing of the kind was seen is not
the same as nothing of the kind is there.
"""

import re
from collections import Counter
from functools import lru_cache

from scoring.analyses.view import PythonFile, View
from scoring.findings import Unknown

_FOLDER = re.compile(r"(?:^|/)(?:configs?|conf|cfgs?)/")
LEFT_OUT = frozenset({"test", "docs", "generated"})
MIN_LINES = 3
"""Of code; fewer set nothing worth comparing."""


def kept_in_modules(view: View) -> Unknown | None:
    """Where two modules of settings stand beside each other, what a row that reads files alone can say of them."""
    paths = settings_modules(view)
    if len(paths) < 2:
        return None
    return Unknown(f"{len(paths)} configurations are Python modules such as {paths[0]}, which this row does not read")


@lru_cache(maxsize=1)
def settings_modules(view: View) -> tuple[str, ...]:
    """Modules in folders of configuration that define no class, and no function but what others there define by the
    same name (`get_config`), by path."""
    found = [file for file in view.product if _may_set(file)]
    shared = Counter(name for file in found for name in {item.name for item in file.facts.functions})
    return tuple([file.path for file in found if all(shared[item.name] > 1 for item in file.facts.functions)])


def _may_set(file: PythonFile) -> bool:
    facts = file.facts
    if file.is_notebook or file.path.endswith("/__init__.py") or not _FOLDER.search(file.path):
        return False
    sets = not file.roles & LEFT_OUT and facts.code_lines >= MIN_LINES
    return sets and not facts.classes and not facts.acts and not facts.main_line
