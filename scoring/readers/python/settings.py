"""How the code uses its settings: which keys of cfg, args and the like it names, and every word that could be a key."""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from scoring.facts import Settings, SettingUse
from scoring.readers.python.lines import Lines
from scoring.readers.python.state import MARK, Frame, State

ROOTS = frozenset(
    {"cfg", "config", "conf", "hparams", "args", "settings", "params", "FLAGS", "opt", "opts", "options", "hyp", "hp"}
)
"""Names that settings go by."""

_ROOTS_OR_SELF = ROOTS | {"self"}

MAX_CHAIN = 12
MAX_TEXT = 80

_TEXT = re.compile(rb"-{0,2}[A-Za-z_][\w./-]{0,79}").fullmatch
_UNPACKED = re.compile(rb"\*\*\s*+((?:self\.)?+\w++)((?:\.\w++|\[[\"'][\w-]++[\"']\])*+)\s*+(?=[,)}])")
_ROOT = re.compile(rb"(?:self\.)?(?:" + "|".join(sorted(ROOTS)).encode() + rb")\b")
_KEY = re.compile(r"\w[\w-]*")


_LINKS: frozenset[Any] = frozenset({ast.Attribute, ast.Subscript})


class _Chain(NamedTuple):
    root: str
    keys: list[str]
    inner: list[ast.AST]


def settings(state: State, source: bytes, lines: Lines) -> Settings | None:
    """How the code uses its settings; None where nothing says that it has any."""
    if not (b"config" in source or b"cfg" in source or b"yaml" in source) and ROOTS.isdisjoint(state.used):
        return None
    words = state.words | state.used
    uses = _unpacked(source)
    guards: tuple[SettingUse, ...] = ()
    if not ROOTS.isdisjoint(words):
        uses += _chained(state, source, lines)
        guards = tuple(_guards(state))
    return Settings(tuple(sorted({*uses}, key=_order)), " ".join(sorted(words - _MARKS)), _texts(source), guards)


_MARKS = frozenset({"N", "C", "(", "[", "{", "[]", ":", "**", "a"}) | frozenset(
    mark + kind.__name__ for kind in vars(ast).values() if isinstance(kind, type) for mark in ("", MARK)
)


def _texts(source: bytes) -> str:
    """Distinct short strings that could be a key, a file name or a dotted target."""
    pieces = {*source.replace(b"'", b'"').split(b'"')}
    return b" ".join(sorted(filter(_TEXT, pieces))).decode("ascii")


def _chained(state: State, source: bytes, lines: Lines) -> list[SettingUse]:
    """Chains of attributes and keys that begin at a name of settings."""
    chains: dict[Any, tuple[str, _Chain]] = {}
    inner: set[ast.AST] = set()
    for frame, node in _candidates(state):
        found = _chain(node)
        if found is not None:
            chains[node] = (frame.scope, found)
            inner.update(found.inner)
    if not chains:
        return []
    events: list[tuple[Frame, Any]] = state.events
    named = {node.value for _, node in events if node.__class__ is ast.Assign and node.targets[0].__class__ is ast.Name}
    return _tested(source) + [
        SettingUse(chain.root, ".".join(chain.keys), node.lineno, scope, _how(node, named, lines.texts))
        for node, (scope, chain) in chains.items()
        if node not in inner
    ]


def _guards(state: State) -> Iterator[SettingUse]:
    """What the conditions of branches test: a setting by itself or its negation, or against a constant."""
    for frame, branch in state.branches:
        todo: list[Any] = [branch.test]
        while todo:
            node, how = todo.pop(), ""
            if node.__class__ is ast.BoolOp:
                todo += node.values[::-1]
                continue
            if node.__class__ is ast.UnaryOp:
                node = node.operand
            if node.__class__ is ast.Compare and node.comparators[0].__class__ is ast.Constant:
                node, how = node.left, "compared"
            found = _asked(node)
            if found is not None and found.keys and "*" not in found.keys:
                yield SettingUse(found.root, ".".join(found.keys), branch.lineno, frame.scope, how)


def _asked(node: Any) -> _Chain | None:
    """The chain of a setting that is read: `cfg.depth`, `cfg["depth"]`, `cfg.get("depth")`."""
    if node.__class__ in _LINKS:
        return _chain(node)
    if node.__class__ is not ast.Call or not node.args or getattr(node.func, "attr", "") != "get":
        return None
    callee: Any = node.func
    found, key = _chain(callee.value), _key(node.args[0])
    return _Chain(found.root, [*found.keys, key], found.inner) if found is not None else None


def _tested(source: bytes) -> list[SettingUse]:
    """Keys that are asked for before they are read: `"depth" in cfg`."""
    found = []
    for asks in (b'" in ', b"' in ", b'" not in ', b"' not in "):
        at = source.find(asks)
        while at >= 0:
            match = _ROOT.match(source, at + len(asks))
            key = source[source.rfind(asks[:1], 0, at) + 1 : at]
            if match and _TEXT(key):
                found.append(SettingUse(match[0].decode(), key.decode(), 0, "", "tested"))
            at = source.find(asks, at + 1)
    return found


def _candidates(state: State) -> list[tuple[Frame, Any]]:
    """Chains that may begin at a name of settings, or at self and one."""
    name, subscript, roots = ast.Name, ast.Subscript, _ROOTS_OR_SELF
    chains: list[tuple[Frame, Any, Any]] = state.chains
    found: list[tuple[Frame, Any]] = [
        (frame, node)
        for frame, node, root in chains
        if root.__class__ is name
        and root.id in roots
        and (root.id != "self" or (node.value is not root and _is_rooted(node)))
    ]
    found += [(frame, node) for frame, node, root in chains if root.__class__ is subscript and _is_rooted(root)]
    found += [item for item in state.subscripts if _is_rooted(item[1])]
    return found


def _is_rooted(node: Any) -> bool:
    link = node
    while node.__class__ in _LINKS:
        link, node = node, node.value
    if node.__class__ is not ast.Name:
        return False
    return node.id in ROOTS or (node.id == "self" and getattr(link, "attr", "") in ROOTS)


def _order(use: SettingUse) -> tuple[int, str, str, str, str]:
    return use.line, use.root, use.path, use.scope, use.how


def _how(node: Any, named: set[Any], lines: Sequence[bytes]) -> str:
    if node.ctx.__class__ is not ast.Load:
        return "set"
    line = lines[node.end_lineno - 1] if node.end_lineno <= len(lines) else b""
    if line[node.end_col_offset : node.end_col_offset + 1] == b"(":
        return "called"
    return "named" if node in named else ""


def _chain(node: Any) -> _Chain | None:
    keys: list[str] = []
    inner: list[ast.AST] = []
    for _ in range(MAX_CHAIN):
        kind = node.__class__
        if kind is ast.Attribute:
            keys.append(node.attr)
        elif kind is ast.Subscript:
            keys.append(_key(node.slice))
        elif kind is ast.Name:
            return _rooted(node.id, keys, inner)
        else:
            return None
        node = node.value
        inner.append(node)
    return None


def _rooted(name: str, keys: list[str], inner: list[ast.AST]) -> _Chain | None:
    keys.reverse()
    if name in ROOTS:
        return _Chain(name, keys, inner)
    if name == "self" and len(keys) > 1 and keys[0] in ROOTS:
        return _Chain(f"self.{keys[0]}", keys[1:], inner)
    return None


def _key(node: Any) -> str:
    """The key of a subscript: its text, "*" where that is not written out."""
    value = node.value if node.__class__ is ast.Constant else None
    return value if isinstance(value, str) and len(value) <= MAX_TEXT and _KEY.fullmatch(value) else "*"


def _unpacked(source: bytes) -> list[SettingUse]:
    """What is unpacked into a call or a mapping, whatever its name."""
    found = []
    line, seen = 1, 0
    at = source.find(b"**")
    while at >= 0:
        match = _UNPACKED.match(source, at)
        if match:
            path = ".".join(word.decode() for word in re.findall(rb"[\w-]+", match[2]))
            line, seen = line + source.count(b"\n", seen, at), at
            found.append(SettingUse(match[1].decode("utf-8", "replace"), path, line, "", "unpacked"))
        at = source.find(b"**", at + 2)
    return found
