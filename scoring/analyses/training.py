"""Programs that train by a class of the component's own: `Model(...).train()` in a script, the fit in a base class."""

from typing import TYPE_CHECKING

from scoring import knowledge
from scoring.analyses.memo import Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.python_file import PythonFile, trains_inside
from scoring.facts import Call

if TYPE_CHECKING:
    from scoring.analyses.view import View

METHODS = frozenset({"train", "fit"})
NETWORKS = ("model", "net", "network", "module", "encoder", "decoder", "generator", "discriminator", "backbone")
"""Ends of names on which `.train()` without arguments only switches a network's layers to training."""


def _fitting_methods(file: PythonFile) -> frozenset[str]:
    """Those of METHODS that a class of this file defines and fits a model in."""
    if not file.product or not file.alg or not trains_inside(file.facts):
        return frozenset()
    classes = {item.name for item in file.facts.classes}
    scopes = {call.scope for call in file.facts.calls if knowledge.is_call(call.name, "FIT")}
    pairs = [scope.rpartition(".") for scope in scopes]
    return frozenset(method for owner, _, method in pairs if owner in classes and method in METHODS)


def _called_methods(file: PythonFile) -> frozenset[str]:
    """Those of METHODS that the file calls on an object other than a network or its own."""
    return frozenset(method for call in file.facts.calls if (method := _method(call)))


def _method(call: Call) -> str:
    owner, _, method = call.name.rpartition(".")
    if method not in METHODS or (owner and "(" not in owner) or knowledge.in_library(call.name, "ALG"):
        return ""
    bare = not call.arguments and not call.keywords
    return "" if bare and call.receiver.rpartition(".")[2].lower().endswith((*NETWORKS, "self")) else method


_fitting = Memo(_fitting_methods)
_called = Memo(_called_methods)


def starts_training(view: "View", file: PythonFile) -> bool:
    """Whether a file that something runs calls `train` or `fit` of an own class that it imports, at most by way of one
    other module, and that fits a model there."""
    called = _called(file)
    if not called:
        return False
    imports = imports_by_path(view)
    near = imports[file.path]
    reached = near.union(*(imports[path] for path in sorted(near)))
    return any(other.path in reached and not called.isdisjoint(_fitting(other)) for other in view.product)
