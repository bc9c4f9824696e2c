"""Indexes of vectors that are kept, and whether their module records what they were built with, from and when."""

import ast
import re
from collections.abc import Iterator

from scoring.facts import HostedUse
from scoring.knowledge import of_hosted
from scoring.knowledge.hosted import BUILDING, INDEXING, KEPT, MEMORY, RECORDED, RECORDERS, WRITING
from scoring.readers.python.hosted_calls import called, last_part
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

_EMBEDS = re.compile("embed", re.IGNORECASE)
"""A class that keeps the vectors it is given, in a module that makes none, knows nothing of their model."""
_LOGGED = frozenset({"log_params", "log_param", "dict", "update", "set_tags", "log_dict"})


def indexes(state: State, calls: list[tuple[ast.Call, str]], scopes: Scopes) -> Iterator[HostedUse]:
    """Each function that builds or writes one, with what is not recorded; none where model and date are."""
    built = [(node, name, shown) for node, name in calls if (shown := _builds(node, name))]
    if not built or any(last_part(node.func) in RECORDERS for _, node in state.asked):
        return
    if not any(_EMBEDS.search(called(node, state) or last_part(node.func)) for _, node in state.asked):
        classes = {node.name for _, node in state.seldom if isinstance(node, ast.ClassDef)}
        built = [
            item for item in built if item[1] not in INDEXING or scopes.at(item[0].lineno).split(".")[0] not in classes
        ]
    recorded = _recorded(state)
    missing = [part for part in RECORDED if part not in recorded]
    if "model" not in missing and "date" not in missing:
        return
    told: set[tuple[str, str]] = set()
    for node, _, shown in sorted(built, key=lambda item: (item[0].lineno, item[0].col_offset)):
        line, scope = node.lineno, scopes.at(node.lineno)
        if (index := (shown.partition(".")[0], scope)) not in told:
            told.add(index)
            yield HostedUse("index", line, node.end_lineno or line, shown, " ".join(missing), scope)


def _builds(node: ast.Call, name: str) -> str:
    """How people call what builds a kept index; "" where it builds none."""
    if not name or not of_hosted(name):
        return ""
    if name in INDEXING:
        return _short(name)
    head, bracket, rest = name.partition("(")
    if bracket:
        return _short(name) if rest.rpartition(".")[2] in WRITING else ""
    owner, _, method = head.rpartition(".")
    owner = owner.rpartition(".")[2]
    if method not in BUILDING or owner not in KEPT:
        return ""
    keys = {item.arg for item in node.keywords}
    if any(getattr(item.value, "value", None) in MEMORY for item in node.keywords):
        return ""
    return f"{owner}.{method}" if not KEPT[owner] or not KEPT[owner].isdisjoint(keys) else ""


def _short(name: str) -> str:
    """The class or module and the method: "FAISS.save_local", "faiss.write_index"."""
    head, bracket, rest = name.partition("(")
    if not bracket:
        return ".".join(name.split(".")[-2:])
    parts = [part for part in head.split(".") if part[:1].isupper()] or [head.rpartition(".")[2]]
    return f"{parts[0]}.{rest.rpartition('.')[2]}"


def _recorded(state: State) -> frozenset[str]:
    """Of model, source and date, what one record of the module tells: the record that tells the most, two at least."""
    records = [_keys(node) for node in state.dictionaries]
    records += [
        [item.arg or "" for item in node.keywords] for _, node in state.asked if last_part(node.func) in _LOGGED
    ]
    told = [frozenset(part for part, words in RECORDED.items() if any(map(words.search, keys))) for keys in records]
    best = max(told, key=lambda parts: (len(parts), sorted(parts)), default=frozenset())
    return best if len(best) > 1 else frozenset()


def _keys(node: ast.Dict) -> list[str]:
    return [key.value for key in node.keys if key.__class__ is ast.Constant and isinstance(key.value, str)]
