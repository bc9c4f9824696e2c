"""What a setup.py puts together of literals: a text of parts, and a table that takes some entries of another."""

import ast
from collections.abc import Mapping
from typing import NamedTuple

Names = Mapping[str, ast.expr]
"""Name -> the expression that it is bound to at the top of the file."""
MAX_PART = 300
"""Characters of a text that others are made of: a name or a version is shorter, and many of a long one fill memory."""


# ---------------------------------------------------------------- texts


def made_text(node: ast.expr, names: Names) -> str:
    """The text of `"{}=={}".format(name, "1.0")`, `f"{name}==1.0"` or `name + "==1.0"`, where each part is a literal or
    bound to one; "" for anything else."""
    texts = [_text(part, names) for part in _parts(node)]
    return "".join(texts) if all(texts) else ""


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.JoinedStr(values=values) if all(map(_is_plain, values)):
            return [getattr(value, "value", value) if _is_field(value) else value for value in values]
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format"), args=args, keywords=[]):
            between = text.split("{}")
            if len(between) == len(args) + 1:
                pairs = zip(map(ast.Constant, between), [*args, ast.Constant("")], strict=True)
                return [part for pair in pairs for part in pair if getattr(part, "value", None) != ""]
    return []


def _is_field(node: ast.expr) -> bool:
    return isinstance(node, ast.FormattedValue)


def _is_plain(node: ast.expr) -> bool:
    return not isinstance(node, ast.FormattedValue) or (node.conversion == -1 and node.format_spec is None)


def _text(node: ast.expr, names: Names) -> str:
    bound = names.get(node.id, node) if isinstance(node, ast.Name) else node
    text = bound.value if isinstance(bound, ast.Constant) and isinstance(bound.value, str) else ""
    return text if len(text) <= MAX_PART else ""


# ---------------------------------------------------------------- tables


class _Condition(NamedTuple):
    keys: frozenset[str]
    wanted: bool


class Choice(NamedTuple):
    table: ast.Name
    conditions: tuple[_Condition, ...]

    def takes(self, key: str) -> bool:
        return all((key in condition.keys) == condition.wanted for condition in self.conditions)


def choice_of(node: ast.DictComp) -> Choice | None:
    """`{key: value for key, value in table.items() if key not in ["a"]}`; None for any other comprehension."""
    if len(node.generators) != 1:
        return None
    source = node.generators[0]
    match source.target, source.iter, node.key, node.value:
        case (
            ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]),
            ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="items"), args=[]),
            ast.Name(id=key_taken),
            ast.Name(id=value_taken),
        ) if (key, value) == (key_taken, value_taken):
            known = [found for test in source.ifs if (found := _condition(test, key))]
            return Choice(table, tuple(known)) if len(known) == len(source.ifs) else None
    return None


def _condition(test: ast.expr, key: str) -> _Condition | None:
    """The keys that `key not in ["a", "b"]` or `key != "a"` names; None for any other test."""
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[other]) if name == key:
            is_list = isinstance(op, ast.In | ast.NotIn)
            texts = [_text(item, {}) for item in (getattr(other, "elts", ()) if is_list else [other])]
            if texts and all(texts) and isinstance(op, ast.In | ast.NotIn | ast.Eq | ast.NotEq):
                return _Condition(frozenset(texts), isinstance(op, ast.In | ast.Eq))
    return None
