"""YAML as a bounded tree with lines, for readers of untrusted files.

Nodes are composed by libyaml and turned into plain values here, so no YAML type is ever constructed: no timestamp can
raise, no tag can act, "on" stays "on". An aliased node is turned once and shared, and a merge key copies references
into a dict, where equal keys fall together; so the time is bounded by the size of the file, and the bombs of
PyYAML's constructor (robustness 0, item 7) have nothing to multiply. Readers that walk the tree count their steps.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import is_
from typing import Any

import yaml
from yaml.resolver import Resolver

from scoring.readers.base import Unreadable
from scoring.readers.decoding import text_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 100
MAX_OPEN = 500
"""Flow brackets that may be open at once: libyaml's composer recurses in C, and its stack ends the process."""
MAX_INDENT = 1_000
MAX_MERGES = 100
MAX_MERGED_KEYS = 20_000
MAX_DOCUMENTS = 500

_TAG = "tag:yaml.org,2002:"
_KINDS = {
    f"{_TAG}int": "number",
    f"{_TAG}float": "number",
    f"{_TAG}bool": "boolean",
    f"{_TAG}null": "null",
    f"{_TAG}str": "string",
    f"{_TAG}timestamp": "string",
    f"{_TAG}value": "string",
    f"{_TAG}merge": "string",
}
_MERGE, _STRING = f"{_TAG}merge", f"{_TAG}str"
_LONGEST_WORD = 6
"""Of the words that are no strings: what begins with a letter and is longer is one."""
_SHORT = 40
_RESOLVER = Resolver()
_BLOCKS = ("|", ">")
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d*)?[eE][-+]?\d+")
_BRACKETS = re.compile(r"[\[\]{}]")
_DEEP_INDENT = re.compile(rf"^[ \t?:-]{{{MAX_INDENT}}}", re.MULTILINE)
_OPENCV = re.compile(r"\A%YAML:[\d.]+")


class Text(str):
    """A scalar as written, with its 1-based line and its kind: number, string, boolean, null or reference."""

    __slots__ = ("block", "kind", "line")
    line: int
    kind: str
    block: bool
    """Written as a block ("|" or ">"): its text begins on the next line."""

    @classmethod
    def of(cls, value: str, line: int, kind: str, *, block: bool = False) -> "Text":
        text = cls(value)
        text.line = line
        text.kind = kind
        text.block = block
        return text


Tree = dict[str, Any] | list[Any] | Text
"""A mapping has Text keys; values are trees."""


@lru_cache(maxsize=1)
def documents(data: bytes) -> list[Tree]:
    """The non-empty documents of a file; raises Unreadable for what is no YAML, or larger or deeper than the limits.
    Several readers read one file in turn: what comes back is theirs to look at, not to change."""
    text = _OPENCV.sub("#", text_of(data, MAX_BYTES))
    _refuse_depth(text)
    try:
        nodes = list(_compose(text))
    except yaml.YAMLError:
        raise Unreadable("not valid YAML") from None
    except (ValueError, OverflowError, UnicodeError, RecursionError):
        raise Unreadable("not valid YAML") from None
    return [_Builder().build(node) for node in nodes]


def document(data: bytes) -> Tree:
    """The first document, or an empty mapping."""
    found = documents(data)
    return found[0] if found else {}


@lru_cache(maxsize=2048)
def _implicit_tag(value: str) -> str:
    """The tag of a plain scalar."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]  # -- PyYAML's
    return tag


class _Composer(yaml.CSafeLoader):
    """Composes nodes with the tags of PyYAML's resolver, which is asked once for each short word."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str | None:
        if kind is not yaml.ScalarNode:
            return None
        if not implicit[0] or (len(value) > _LONGEST_WORD and value[0].isalpha()):
            return _STRING
        return _implicit_tag(value) if len(value) <= _SHORT else _implicit_tag.__wrapped__(value)

    descend_resolver: Any = staticmethod(is_)
    ascend_resolver: Any = staticmethod(tuple)
    """No tag rests on where a node stands: what is called for each node does nothing, and is no function of Python."""


def _compose(text: str) -> Iterator[yaml.Node]:
    loader = _Composer(text)
    try:
        for _ in range(MAX_DOCUMENTS):
            node = loader.get_node() if loader.check_node() else None
            if node is None:
                return
            yield node
        raise Unreadable("too many YAML documents")
    finally:
        loader.dispose()


def _refuse_depth(text: str) -> None:
    if _DEEP_INDENT.search(text):
        raise Unreadable("nested too deeply")
    if text.count("[") + text.count("{") <= MAX_OPEN:
        return
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > MAX_OPEN:
            raise Unreadable("nested too deeply")


class _Builder:
    """Turns one document's nodes into a tree. Each node is turned once, however often it is aliased."""

    def __init__(self) -> None:
        self._built: dict[int, Tree | None] = {}
        self._merges = 0
        self._merged_keys = 0

    def build(self, node: yaml.Node, depth: int = 0) -> Tree:
        key = id(node)
        if key in self._built:
            built = self._built[key]
            if built is None:
                raise Unreadable("recursive YAML alias")
            return built
        if depth > MAX_DEPTH:
            raise Unreadable("nested too deeply")
        if node.__class__ is yaml.ScalarNode:
            return _scalar(node)
        self._built[key] = None
        tree: Tree
        if node.__class__ is yaml.SequenceNode:
            tree = [self.build(item, depth + 1) for item in node.value]
        else:
            tree = self._mapping(node, depth)
        self._built[key] = tree
        return tree

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        scalar = yaml.ScalarNode
        for key_node, value_node in node.value:
            if key_node.__class__ is not scalar:
                continue
            if value_node.__class__ is scalar and depth < MAX_DEPTH:
                value: Tree = _scalar(value_node)
            else:
                value = self.build(value_node, depth + 1)
            if key_node.tag == _MERGE:
                self._merge(merged, value)
            else:
                own[_scalar(key_node)] = value
        return {**merged, **own} if merged else own

    def _merge(self, merged: dict[str, Any], value: Tree) -> None:
        """Earlier mappings of a merge list win, as YAML 1.1 says."""
        self._merges += 1
        if self._merges > MAX_MERGES:
            raise Unreadable("too many YAML merge keys")
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                continue
            self._merged_keys += len(source)
            if self._merged_keys > MAX_MERGED_KEYS:
                raise Unreadable("too many YAML merge keys")
            for key, item in source.items():
                merged.setdefault(key, item)


def _scalar(node: yaml.ScalarNode) -> Text:
    value: str = node.value
    kind = _KINDS.get(node.tag, "reference")
    if kind == "string":
        if "{" in value and ("${" in value or "{{" in value):
            kind = "reference"
        elif not node.style and not value[:1].isalpha() and _EXPONENT.fullmatch(value[:40]):
            kind = "number"
    text = Text(value)
    text.line, text.kind, text.block = node.start_mark.line + 1, kind, node.style in _BLOCKS
    return text


# ---------------------------------------------------------------- access without surprises


def mapping(tree: object) -> dict[str, Any]:
    """The tree if it is a mapping, else an empty one."""
    return tree if isinstance(tree, dict) else {}


def items(tree: object) -> list[Any]:
    """The tree if it is a list, its single scalar or mapping as a list, else []."""
    if isinstance(tree, list):
        return tree
    return [tree] if isinstance(tree, dict | Text) and tree != "" else []


def texts(tree: object) -> list[Text]:
    """The scalars of a list, or the single scalar."""
    return [item for item in items(tree) if isinstance(item, Text)]


def line_of(tree: object, default: int = 0) -> int:
    """The line of a scalar, or of the first key or item of a tree."""
    for _ in range(MAX_DEPTH):
        if isinstance(tree, Text):
            return tree.line
        if not isinstance(tree, dict | list) or not tree:
            return default
        tree = next(iter(tree))
    return default
