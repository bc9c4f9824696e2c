"""What the walk does at functions and classes: a scope of their own, and what their heads say."""

import ast

from scoring.facts import Class
from scoring.readers.python.expressions import Handler
from scoring.readers.python.names import BUILTINS, known_or_written
from scoring.readers.python.state import Frame, FunctionSeen, State
from scoring.readers.python.statements import begin

_OPEN = frozenset({ast.ClassDef, ast.Module})
"""Scopes whose names others may use."""
_FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})


def function(state: State, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    begin(state, node)
    outer = state.frame
    _define(state, node)
    owner = outer.scope if outer.node.__class__ is ast.ClassDef else ""
    inner = Frame(node, f"{outer.scope}.{node.name}" if outer.scope else node.name, outer)
    inner.public = outer.public and outer.node.__class__ in _OPEN and node.name[0] != "_"
    state.functions.append(FunctionSeen(node, inner, owner))
    stack, arguments = state.stack, node.args
    stack.append(outer)
    stack += node.body[::-1]
    stack.append(inner)
    names, tokens = inner.names, state.tokens
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if argument is not None:
            tokens.append("a")
            names[argument.arg] = ""
            if argument.annotation is not None:
                stack.append(argument.annotation)
    names.pop("self", None)  # self is looked up by its attributes
    stack += arguments.defaults
    if arguments.kw_defaults:
        stack += [default for default in arguments.kw_defaults if default is not None]
    if node.returns is not None:
        stack.append(node.returns)
    stack += node.decorator_list
    if outer.deepest <= outer.depth:
        outer.deepest = outer.depth + 1


def _define(state: State, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
    """The name is the module's own from here on; at the top its lines are no top-level code."""
    if node.name in BUILTINS or state.frame.find(node.name) is not None:
        state.frame.names[node.name] = ""
    if state.frame is state.module:
        state.bound.add(node.name)
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        state.definitions.append((first, node.end_lineno or node.lineno))


def class_(state: State, node: ast.ClassDef) -> None:
    begin(state, node)
    outer = state.frame
    _define(state, node)
    state.seldom.append((outer, node))
    scope = f"{outer.scope}.{node.name}" if outer.scope else node.name
    inner = Frame(node, scope, outer)
    inner.public = outer.public and outer.node.__class__ in _OPEN and node.name[0] != "_"
    state.classes.append(
        Class(
            scope,
            node.lineno,
            node.end_lineno or node.lineno,
            _bases(node, outer),
            sum(item.__class__ in _FUNCTIONS for item in node.body),
            ast.get_docstring(node, clean=False) is not None,
            inner.public,
            tuple([name for item in node.decorator_list if (name := known_or_written(item, outer))]),
        )
    )
    stack = state.stack
    stack.append(outer)
    stack += node.body[::-1]
    stack.append(inner)
    stack += node.keywords
    stack += node.bases
    stack += node.decorator_list


def _bases(node: ast.ClassDef, outer: Frame) -> tuple[str, ...]:
    """What it derives from; a class whose metaclass is ABCMeta is abstract as one that derives from ABC."""
    named = tuple([name for base in node.bases if (name := known_or_written(base, outer))])
    if any(item.arg == "metaclass" and known_or_written(item.value, outer) == "abc.ABCMeta" for item in node.keywords):
        return (*named, "abc.ABC")
    return named


HANDLERS: dict[type, Handler] = {
    ast.FunctionDef: function,
    ast.AsyncFunctionDef: function,
    ast.ClassDef: class_,
}
