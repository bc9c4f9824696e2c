"""Where a service listens, as far as the module says: on its own machine alone, or for whoever reaches it."""

import ast
from typing import Any

from scoring.readers.python.state import State

LOCAL, OPEN = "local", "open"
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYBODY = frozenset({"0.0.0.0", "::"})  # noqa: S104 -- what is looked for
_WORDS = (b"127.0.0.1", b"localhost", b"0.0.0.0")
_NAMES = frozenset({"host", "hostname", "address", "bind", "server_name", "listen", "ip"})
_OPTIONS = frozenset({"add_argument", "option", "Option"})
_STARTS = frozenset({"run", "serve", "launch", "run_simple", "make_server", "run_app", "create_server", "Config"})


def listens(state: State, source: bytes) -> str:
    """ "open" where anything says so, "local" where all that is said is the own machine; "" where nothing is."""
    if not any(word in source for word in _WORDS):
        return ""
    said = {value for _, call in state.asked for value in _said_by(call)}
    said |= {value for seen in state.functions for value in _defaults(seen.node)}
    if said & _EVERYBODY:
        return OPEN
    return LOCAL if said & _OWN_MACHINE else ""


def _said_by(call: ast.Call) -> list[str]:
    """Addresses that a call starts a service on, or that an option of its name has by default."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in _OPTIONS:
        named = [item.value for item in call.args if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        if not any(item.lstrip("-").replace("-", "_") in _NAMES for item in named):
            return []
        return _texts([item.value for item in call.keywords if item.arg == "default"])
    if name in _STARTS:
        return _texts([item.value for item in call.keywords if item.arg in _NAMES])
    return []


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Addresses that a parameter of such a name has by default."""
    arguments = node.args
    listed = [*arguments.posonlyargs, *arguments.args]
    pairs: list[tuple[ast.arg, Any]] = list(
        zip(listed[len(listed) - len(arguments.defaults) :], arguments.defaults, strict=True)
    )
    pairs += list(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    return _texts([value for name, value in pairs if name.arg in _NAMES and value is not None])


def _texts(nodes: list[Any]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
