"""Endpoints of web services, and whether they ask who is calling (und.5, mon.5)."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Endpoint
from scoring.knowledge.serving import DECORATORS, FRAMEWORKS, IDENTITY
from scoring.readers.python.nodes import inside
from scoring.readers.python.state import FunctionSeen, State

_MAKES = frozenset({"FastAPI", "APIRouter", "add_middleware", "include_router", "Api", "LoginManager", "HTTPTokenAuth"})
_ROUTES = {"add_api_route": "endpoint", "add_url_rule": "view_func"}
"""Methods that make a function an endpoint without a decorator -> the argument that names it."""
_INJECTS = frozenset({"Depends", "Security"})
_LOGS = frozenset({"info", "warning", "log", "debug", "observe", "inc", "labels", "log_metric", "send", "put"})


def endpoints(tree: ast.Module, state: State) -> tuple[Endpoint, ...]:
    """By line; one with the path "*" stands for identity that the whole service asks for."""
    if not any(item.module.partition(".")[0] in FRAMEWORKS for item in state.imports):
        return ()
    found = []
    injects = any(item.name in _INJECTS for item in state.imports)
    asking = frozenset([seen.node.name for seen in state.functions if _guarded(seen.node)] if injects else [])
    for seen in state.functions:
        node = seen.node
        for decorator in node.decorator_list:
            path = _path(decorator)
            if path is not None:
                scope = seen.frame.scope
                guarded = _guarded(node) or _depends(node, asking)
                found.append(Endpoint(node.lineno, path, scope, guarded, _reports(node)))
                break
        else:
            if any(getattr(item, "attr", "") == "before_request" for item in node.decorator_list) and _guarded(node):
                found.append(Endpoint(node.lineno, "*", "", True, False))
    calls: list[Any] = [node for node in inside(tree) if node.__class__ is ast.Call]
    found += [Endpoint(call.lineno, "*", "", True, False) for call in calls if _asks(call)]
    routes = [call for call in calls if getattr(call.func, "attr", "") in _ROUTES]
    named = {item.node.name: item for item in reversed(state.functions)} if routes else {}
    found += [item for call in routes for item in _routed(call, named)]
    return tuple(sorted(found, key=lambda item: (item.line, item.path)))


def _routed(call: Any, functions: dict[str, FunctionSeen]) -> Iterator[Endpoint]:
    """The endpoint that a call makes of a function of the same module."""
    named = {item.arg: item.value for item in call.keywords}
    handler = named.get(_ROUTES[call.func.attr]) or (call.args[-1] if len(call.args) > 1 else None)
    path = getattr(call.args[0], "value", None) if call.args else None
    name = getattr(handler, "id", getattr(handler, "attr", ""))
    seen = functions.get(name)
    if seen is not None and isinstance(path, str) and path[:1] == "/":
        guarded = "dependencies" in named or _guarded(seen.node)
        yield Endpoint(seen.node.lineno, path, seen.frame.scope, guarded, _reports(seen.node))


_HOLDERS = re.compile(r"(?:app|api|router|bp|blueprint|server)$", re.IGNORECASE)
"""Attributes that hold a service: `@self.app.post("/predict")`."""


def _path(node: Any) -> str | None:
    """The path of a decorator that makes an endpoint, "?" where it is no literal, None for other decorators."""
    if node.__class__ is not ast.Call or node.func.__class__ is not ast.Attribute or node.func.attr not in DECORATORS:
        return None
    first = node.args[0] if node.args else next((item.value for item in node.keywords if item.arg == "path"), None)
    holder = node.func.value
    if first is None or not (holder.__class__ is ast.Name or _HOLDERS.search(getattr(holder, "attr", ""))):
        return None
    if first.__class__ is ast.Constant:
        return first.value if isinstance(first.value, str) and first.value[:1] in ("/", "") else None
    return "?"


def _guarded(node: Any) -> bool:
    """A decorator, a parameter, or the body names what identifies a caller."""
    return any(_tells(part) for part in inside(node))


def _depends(node: Any, asking: frozenset[str]) -> bool:
    """A function of the module that asks who calls is a dependency of this one: `config = Depends(read_config)`."""
    calls = [part for part in inside(node.args) if part.__class__ is ast.Call]
    given = [item for call in calls if getattr(call.func, "id", "") in _INJECTS for item in call.args[:1]]
    return any(getattr(item, "id", "") in asking for item in given)


def _tells(node: Any) -> bool:
    kind = node.__class__
    if kind is ast.Name:
        return IDENTITY.search(node.id) is not None
    if kind is ast.Attribute:
        return IDENTITY.search(node.attr) is not None
    if kind is ast.arg:
        return IDENTITY.search(node.arg) is not None
    if kind is ast.keyword:
        return bool(node.arg == "dependencies")
    text = node.value if kind is ast.Constant else None
    return isinstance(text, str) and len(text) < 40 and IDENTITY.search(text) is not None


def _reports(node: Any) -> bool:
    """The body logs or counts something."""
    return any(
        part.__class__ is ast.Call and part.func.__class__ is ast.Attribute and part.func.attr in _LOGS
        for part in inside(node)
    )


def _asks(call: Any) -> bool:
    """It makes or extends a service: FastAPI(...), include_router(...), and names what identifies a caller."""
    if getattr(call.func, "attr", getattr(call.func, "id", "")) not in _MAKES:
        return False
    if any("CORS" in str(getattr(item, "id", "")) for item in call.args):
        return False
    return any(_tells(part) for part in inside(call))
