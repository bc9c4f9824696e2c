"""Training by classes of the component's own: where `Model(...).train()` in a script comes to a fit in the class."""

from typing import TYPE_CHECKING

from scoring import knowledge
from scoring.analyses.calls import calls_of, calls_where
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
    """Those of METHODS that a class of this file defines and fits a model in, there or in a part of it; with the class
    too, for calls on an object that is known to be of it."""
    facts = file.facts
    if not file.product or not file.alg or not trains_inside(facts):
        return frozenset()
    scopes = {call.scope.rpartition(".")[0] for call in calls_of(facts, "FIT")}
    owners = scopes & {item.name for item in facts.classes}
    pairs = [(item.owner, item.name) for item in facts.functions if item.owner in owners and item.name in METHODS]
    return frozenset([name for _, name in pairs] + [f"{owner}.{name}" for owner, name in pairs])


def _called_methods(file: PythonFile) -> frozenset[str]:
    """Those of METHODS that the file calls on an object other than a network or its own; on what looks like a network,
    with its class."""
    return frozenset([method for call in _telling_to_train(file.facts) if (method := _method(call))])


def _method(call: Call) -> str:
    owner, _, method = call.name.rpartition(".")
    if method not in METHODS or (owner and "(" not in owner) or knowledge.in_library(call.name, "ALG"):
        return ""
    bare = not call.arguments and not call.keywords
    if not bare or not call.receiver.rpartition(".")[2].lower().endswith((*NETWORKS, "self")):
        return method
    return f"{owner.removesuffix('()').rpartition('.')[2]}.{method}" if owner.endswith("()") else ""


_telling_to_train = calls_where(lambda name: name.rpartition(".")[2] in METHODS)
fitting_methods = Memo(_fitting_methods)
called_methods = Memo(_called_methods)


def starts_training(view: "View", file: PythonFile) -> bool:
    """Whether a file that something runs calls `train` or `fit` of an own class that it imports, at most by way of one
    other module, and that fits a model there."""
    called = called_methods(file)
    if not called:
        return False
    imports = imports_by_path(view)
    near = imports[file.path]
    reached = near.union(*(imports[path] for path in sorted(near)))
    return any(other.path in reached and not called.isdisjoint(fitting_methods(other)) for other in view.product)
