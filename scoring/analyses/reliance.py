"""What rests on a declared package (rep.3): the model, the code around it, or nothing that anybody can see.

The catalogue gives every loose dependency the same weight. A new version of an algorithm library changes the model; one
of a plotting library that a tool imports changes a picture. So a finding weighs what imports the package: the files
that train or predict with what these import, and there only imports that every run needs.
"""

from functools import lru_cache

from scoring import knowledge
from scoring.analyses.declarations import indexes
from scoring.analyses.declared import Declared, Names
from scoring.analyses.memo import Latest
from scoring.analyses.model_paths import model_path
from scoring.analyses.python_file import ASIDE
from scoring.analyses.third_party import Use, leaves_imports_unseen, third_party
from scoring.analyses.view import View

MODEL = "model"
"""Imported wherever a model is trained or used, and of those whose version changes what it computes."""
CODE = "code"
"""Imported there too, for tables, plots or anything else; or by any code of a component without a model."""
ASIDE_ONLY = "aside"
"""Imported in a function or a trial only, or by code that neither trains nor predicts."""
NOTHING = "nothing"
UNKNOWN = "unknown"
"""Python went unread, or there is none: nobody knows what else imports it."""

RANKS = {MODEL: 3, CODE: 2, ASIDE_ONLY: 1, NOTHING: 1, UNKNOWN: 2}
"""What rests on a package -> severity of a loose declaration."""


def reliance_on(view: View, item: Declared) -> str:
    """What rests on a declared package: one of RANKS. Files that went unread may rest more on it than those read."""
    found = _seen_reliance(view, item)
    unread = leaves_imports_unseen(view) or not view.python
    return UNKNOWN if unread and found != MODEL else found


def _seen_reliance(view: View, item: Declared) -> str:
    """What rests on it in the files that were read."""
    uses = _uses(view).get(item.name, ())
    if not uses:
        return NOTHING
    needed = [use for use in uses if not use.guarded and not use.lazy and use.path in _product(view)]
    if not view.ml_code:
        return CODE if needed else ASIDE_ONLY
    on_the_path = [use for use in needed if use.path in model_path(view)]
    if any(knowledge.changes_models(use.module) for use in on_the_path):
        return MODEL
    return CODE if on_the_path else ASIDE_ONLY


@lru_cache(maxsize=1)
def _uses(view: View) -> dict[str, list[Use]]:
    """Declared package -> the imports that it may provide."""
    imported, names = third_party(view), indexes(view).runtime.names
    return _latest_uses((imported, names), lambda: _by_provider(imported, names))


_latest_uses: Latest[dict[str, list[Use]]] = Latest()


def _by_provider(imported: tuple[Use, ...], names: Names) -> dict[str, list[Use]]:
    modules: dict[str, list[Use]] = {}
    for use in imported:
        modules.setdefault(use.module, []).append(use)
    found: dict[str, list[Use]] = {}
    for module, uses in modules.items():
        for name in {names.names[place] for place in names.listed(module) or names.like(uses[0].root)}:
            found.setdefault(name, []).extend(uses)
    return found


@lru_cache(maxsize=1)
def _product(view: View) -> frozenset[str]:
    return frozenset(file.path for file in view.product if not file.roles & ASIDE)
