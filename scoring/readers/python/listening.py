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
    defaults = [pair for seen in state.functions for pair in _defaults(seen.node)]
    if said & _EVERYBODY or any(value in _EVERYBODY for _, value in defaults):
        return OPEN
    # A client of another service has such a parameter too.
    handed = {name for _, call in state.asked for name in _handed_on(call)} if defaults else set()
    said |= {value for name, value in defaults if name in handed}
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


def _handed_on(call: ast.Call) -> list[str]:
    """Names that hold the address which a call starts a service on."""
    if getattr(call.func, "attr", getattr(call.func, "id", "")) not in _STARTS:
        return []
    given = [*call.args[:1], *(item.value for item in call.keywords if item.arg in _NAMES)]
    return [item.id for item in given if isinstance(item, ast.Name)]


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[tuple[str, str]]:
    """Parameters of such a name with the text that each has by default."""
    arguments = node.args
    listed = [*arguments.posonlyargs, *arguments.args]
    pairs: list[tuple[ast.arg, Any]] = list(
        zip(listed[len(listed) - len(arguments.defaults) :], arguments.defaults, strict=True)
    )
    pairs += list(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    return [(name.arg, text) for name, value in pairs if name.arg in _NAMES for text in _texts([value])]


def _texts(nodes: list[Any]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
