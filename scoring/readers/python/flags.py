"""Which feature flags a module asks for, by key: a text, or a name that the module binds to one at its top level.

Where the module imports a library of flags, its methods are looked at; elsewhere those of every library, since most
programs ask through an object of their own that was made in another module.
"""

import ast

from scoring.facts import FlagRead
from scoring.knowledge.flags import ANY_METHOD, KEYWORDS, METHODS
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

MOST_KEY = 200
_NAMES = frozenset(ANY_METHOD)


def flags(tree: ast.Module, state: State, scopes: Scopes) -> tuple[FlagRead, ...]:
    """By line, then key."""
    if _NAMES.isdisjoint(state.words) and _NAMES.isdisjoint(state.used):
        return ()
    found = [(call, name) for _, call in state.asked if (name := _method(call.func)) in _NAMES]
    modules = dict.fromkeys(item.module.partition(".")[0] for item in state.imports if item.level == 0)
    imported = [module for module in modules if module in METHODS]
    texts = _texts(tree)
    reads = []
    for call, name in found:
        library = next((known for known in imported if name in METHODS[known]), "")
        key = _key(call, METHODS[library][name] if library else ANY_METHOD[name], texts)
        if key and len(key) <= MOST_KEY:
            scope = scopes.at(call.lineno)
            reads.append(FlagRead(key, call.lineno, call.end_lineno or call.lineno, library, scope))
    return tuple(sorted(set(reads), key=lambda read: (read.line, read.end_line, read.key)))


def _method(callee: ast.expr) -> str:
    if isinstance(callee, ast.Attribute):
        return callee.attr
    return callee.id if isinstance(callee, ast.Name) else ""


def _key(call: ast.Call, at: int, texts: dict[str, str]) -> str:
    value = call.args[at] if at < len(call.args) else None
    if value is None:
        value = next((item.value for item in call.keywords if item.arg in KEYWORDS), None)
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else ""
    return texts.get(value.id, "") if isinstance(value, ast.Name) else ""


def _texts(tree: ast.Module) -> dict[str, str]:
    """Name -> the text that the module binds it to, once."""
    bound: dict[str, str] = {}
    twice = set()
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
            if isinstance(target, ast.Name):
                twice |= {target.id} & bound.keys()
                text = value.value if isinstance(value, ast.Constant) else None
                bound[target.id] = text if isinstance(text, str) else ""
    return {name: text for name, text in bound.items() if name not in twice}
