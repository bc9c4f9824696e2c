"""The names, prompts and indexes of hosted language models that a module writes down.

Only modules that import a library of them come here (`hosted`). What becomes of a completion's text is told by
`hosted_flow`.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

from scoring.facts import HostedUse
from scoring.knowledge import of_hosted
from scoring.knowledge.hosted import (
    DEFAULTS,
    MODEL_KEY,
    NAMED_FIRST,
    NAMED_LAST,
    PROMPT_CLASSES,
    PROMPT_KEY,
    PROMPT_METHODS,
    moving_name,
)
from scoring.readers.python.hosted_calls import called, known_names, last_part
from scoring.readers.python.hosted_flow import text_uses
from scoring.readers.python.hosted_indexes import indexes
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

LONG_PROMPT = 50
"""Words of a prompt that deserves a file of its own."""
MAX_STEPS = 64
MAX_NAME = 80
MAX_NAMES = 1 << 12
"""Whose roles are kept in mind."""

_CHOOSING = frozenset({"getenv", "get", "Field", "field", "str", "Option", "setdefault", "pop"})
"""Calls whose result may be a text that they are given."""
_COUNTING = re.compile("token|cost|price|pricing|encod", re.IGNORECASE)
"""In the name of a function that asks about a model, and never asks it."""
_FORMATTING = frozenset({"format", "strip", "lstrip", "rstrip", "dedent", "cleandoc", "replace", "join"})
_TEXTS = frozenset({ast.Constant, ast.JoinedStr, ast.BinOp, ast.Call})


_Held = tuple[str, Any]
"""What a value is held by (a name, a keyword, a key), and the value."""


class _Roles(dict[str, str]):
    """Name -> "model" or "prompt" for what it says that it holds, "" for all other names."""

    def __missing__(self, name: str) -> str:
        model, prompt = MODEL_KEY.search(name), name == "content" or PROMPT_KEY.search(name)
        role = ("model " if model else "") + ("prompt" if prompt else "")
        if len(self) < MAX_NAMES:
            self[name] = role
        return role


_ROLES = _Roles()


def hosted_uses(state: State, scopes: Scopes) -> tuple[HostedUse, ...]:
    """By line."""
    held = _held(state)
    known = known_names(state)
    calls = list(_named(state, known))
    found = [
        *_models(held, calls, state, scopes),
        *_defaults(calls, scopes),
        *_prompts(held, calls, scopes),
        *indexes(state, calls, scopes),
        *text_uses(state, known),
    ]
    return tuple(sorted(set(found), key=lambda item: (item.line, item.end_line, item.kind, item.subject, item.at)))


def _named(state: State, known: Set[str]) -> Iterator[tuple[ast.Call, str]]:
    """Calls that may name a model, make a prompt or build an index, with their resolved names."""
    for _, node in state.asked:
        func: Any = node.func
        kind = func.__class__
        if kind is ast.Attribute:
            if func.attr not in NAMED_LAST:
                continue
        elif kind is ast.Name and func.id not in known:
            continue
        if name := called(node, state):
            yield node, name


def _held(state: State) -> list[_Held]:
    """Every value that something holds whose name says that it is a model's or a prompt, and that name."""
    roles = _ROLES
    found = [(item.arg or "", item.value) for _, node in state.asked for item in node.keywords if roles[item.arg or ""]]
    found += [
        (key.value, value)
        for node in state.dictionaries
        for key, value in zip(node.keys, node.values, strict=True)
        if key.__class__ is ast.Constant and isinstance(key.value, str) and roles[key.value]
    ]
    node: Any
    for _, node in state.events:
        if node.__class__ is not ast.Compare:
            targets = node.targets if node.__class__ is ast.Assign else [node.target]
            found += [
                (name, node.value)
                for item in targets
                if roles[name := item.id if item.__class__ is ast.Name else _name(item)]
            ]
    for part in (*_kept_apart(state), *(pair for seen in state.functions for pair in _defaulted(seen.node.args))):
        if roles[part[0]]:
            found.append(part)
    return found


def _kept_apart(state: State) -> Iterator[_Held]:
    """What rarer kinds of nodes hold."""
    node: Any
    for _, node in state.seldom:
        if node.__class__ is ast.ClassDef:
            yield from [(item.arg or "", item.value) for item in node.keywords]
        elif node.__class__ is ast.AugAssign:
            yield _name(node.target), node.value
        elif node.__class__ is ast.Lambda:
            yield from _defaulted(node.args)


def _defaulted(arguments: ast.arguments) -> list[_Held]:
    """Parameters and their defaults."""
    found: list[_Held] = []
    if arguments.defaults:
        listed = [*arguments.posonlyargs, *arguments.args]
        found += [
            (argument.arg, value)
            for argument, value in zip(listed[-len(arguments.defaults) :], arguments.defaults, strict=True)
        ]
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            found.append((argument.arg, default))
    return found


def _name(target: Any) -> str:
    if target.__class__ is ast.Subscript:
        key = getattr(target.slice, "value", None)
        return key if isinstance(key, str) else ""
    return str(getattr(target, "id", getattr(target, "attr", "")))


# ---------------------------------------------------------------- models


def _models(held: list[_Held], calls: list[tuple[ast.Call, str]], state: State, scopes: Scopes) -> Iterator[HostedUse]:
    """Names that move: each once, where it first stands."""
    values = [value for name, value in held if "model" in _ROLES[name]]
    values += [node.args[0] for node, name in calls if name in NAMED_FIRST and node.args]
    values += [
        item.value
        for _, node in state.asked
        for item in node.keywords
        if item.arg == "default" and any("model" in _ROLES[_option(argument)] for argument in node.args[:2])
    ]
    named: dict[str, set[int]] = {}
    for value in values:
        for constant in _choices(value):
            name = moving_name(constant.value)
            if name and not _COUNTING.search(scopes.at(constant.lineno)):
                named.setdefault(name, set()).add(constant.lineno)
    for name, lines in named.items():
        first = min(lines)
        yield HostedUse("model", first, first, name, "", scopes.at(first), 0, len(lines))


def _each(todo: list[Any]) -> Iterator[Any]:
    """What is to do, with what is added meanwhile, up to a bound."""
    for _ in range(MAX_STEPS):
        if not todo:
            return
        yield todo.pop()


def _option(node: Any) -> str:
    """The name that an option of a command line sets."""
    text = getattr(node, "value", None)
    return text.lstrip("-").replace("-", "_") if isinstance(text, str) and text.startswith("-") else ""


def _choices(value: Any) -> Iterator[Any]:
    """The texts that an expression may come to: `x or "a"`, `"a" if x else "b"`, os.getenv("X", "a")."""
    todo = [value]
    for node in _each(todo):
        kind = node.__class__
        if kind is ast.Constant and isinstance(node.value, str):
            yield node
        elif kind is ast.BoolOp:
            todo += node.values
        elif kind is ast.IfExp:
            todo += (node.body, node.orelse)
        elif kind is ast.Call and last_part(node.func) in _CHOOSING:
            todo += node.args
            todo += [item.value for item in node.keywords if item.arg == "default"]


def _defaults(calls: list[tuple[ast.Call, str]], scopes: Scopes) -> Iterator[HostedUse]:
    """Objects made without saying which model: each class once."""
    made: dict[str, int] = {}
    for node, name in calls:
        keys = DEFAULTS.get(name.rpartition(".")[2])
        if keys is None or not of_hosted(name) or name.startswith("openai.") or node.args:
            continue
        given = {item.arg for item in node.keywords}
        if None not in given and keys.isdisjoint(given):
            owner = name.rpartition(".")[2]
            made[owner] = min(node.lineno, made.get(owner, node.lineno))
    for owner, line in made.items():
        yield HostedUse("default", line, line, owner, "", scopes.at(line))


# ---------------------------------------------------------------- prompts


def _prompts(held: list[_Held], calls: list[tuple[ast.Call, str]], scopes: Scopes) -> Iterator[HostedUse]:
    """Long texts that are given to a model, or are called a prompt."""
    told: set[int] = set()
    named = [item for item in held if "prompt" in _ROLES[item[0]]]
    given = [(owner, value) for node, name in calls if (owner := _makes_prompt(name)) for value in _parts(node.args)]
    for name, value in (*named, *given):
        texts = list(_texts(value))
        words = sum(_words(text) for text in texts)
        if words < LONG_PROMPT or not told.isdisjoint(map(id, texts)):
            continue
        told.update(map(id, texts))
        first = min(text.lineno for text in texts)
        last = max(text.end_lineno or text.lineno for text in texts)
        yield HostedUse("prompt", first, last, name[:MAX_NAME], "", scopes.at(first), 0, words)


def _makes_prompt(name: str) -> str:
    """The class that makes a prompt, "" where the call is another."""
    owner, _, method = name.rpartition(".")
    for candidate in (method, owner.rpartition(".")[2] if method in PROMPT_METHODS else ""):
        if candidate in PROMPT_CLASSES and of_hosted(name):
            return candidate
    return ""


def _parts(arguments: Iterable[Any]) -> Iterator[Any]:
    """Texts among arguments, those in lists of (role, text) too."""
    todo = list(arguments)
    for node in _each(todo):
        if node.__class__ is ast.List or node.__class__ is ast.Tuple:
            todo += node.elts
        elif node.__class__ in _TEXTS:
            yield node


def _texts(value: Any) -> Iterator[Any]:
    """The literals of which a text is put together."""
    todo = [value]
    for node in _each(todo):
        kind = node.__class__
        if kind is ast.JoinedStr or (kind is ast.Constant and isinstance(node.value, str)):
            yield node
        elif kind is ast.BinOp:
            todo += (node.left, node.right)
        elif kind is ast.Call and last_part(node.func) in _FORMATTING:
            todo += node.args
            todo.append(getattr(node.func, "value", None))
        elif kind is ast.List or kind is ast.Tuple:
            todo += node.elts


def _words(text: Any) -> int:
    parts: list[Any] = text.values if text.__class__ is ast.JoinedStr else [text]
    return sum(len(value.split()) for part in parts if isinstance(value := part.value, str))
