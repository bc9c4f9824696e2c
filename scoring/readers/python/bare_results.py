"""Results that a function hands back as a bare tuple or mapping, with nothing that names their items (abs.5)."""

import ast
import re
from typing import Any

from scoring.readers.python.names import written
from scoring.readers.python.nodes import inside

_BARE = re.compile(r"\b(?:dict|tuple|Dict|Tuple|Mapping|Any|object)\b")
_ALIKE = re.compile(r"(?:[Dd]ict|Mapping)\[str, (?:float|int|str|bool|bytes|(?:np|numpy|torch|tf|pd|pandas)\.\w+)\]")
"""A table of values of one kind, by its annotation."""


_PART = re.compile(r"(?:^|_)(?:train(?:ing)?|tests?|val|valid(?:ation)?|dev|hold_?out)\d*(?:_|$)", re.IGNORECASE)
"""Names of the parts of a split: x_train, y_test."""
_SIDE = re.compile(
    r"(?:^|_)(?:[xywhrc]_?(?:min|max|\d)?|(?:min|max)_?[xyrc]|top|bottom|left|right|width|height|rows?|cols?)\d?(?:_|$)",
    re.IGNORECASE,
)
"""Names of what bounds a box: x, y, w, h; top, left; y_min."""


_STEP = re.compile(
    r"^(?:next_?)?(?:s|a|r|d|obs\w*|states?|actions?|rewards?|dones?|terminals?|terminated|truncated|infos?|masks?)(?:_?\d|_?t1?"
    r"|_?next|_)?$|^next_",
    re.IGNORECASE,
)
"""Names of the parts of a step: state, action, reward, next_state, done."""


def bare_items(value: Any) -> int:
    """How many items a returned tuple holds, or a mapping that stands for a record; 0 for anything else, and for the
    parts of a split, the sides of a box or the parts of a step of reinforcement learning by their names: everybody
    knows their order."""
    if value.__class__ is ast.Tuple:
        known = any(all(_is_called(item, pattern) for item in value.elts) for pattern in (_PART, _SIDE, _STEP))
        return 0 if known else len(value.elts)
    return _named_items(value) if value.__class__ is ast.Dict else 0


def _is_called(item: ast.expr, pattern: re.Pattern[str]) -> bool:
    """Whether it is made of names of that kind alone: `x`, `x - x_offset`, `box.left`."""
    parts: list[Any] = [part for part in inside(item) if part.__class__ in (ast.Name, ast.Attribute)]
    owners = {id(part.value) for part in parts if part.__class__ is ast.Attribute}
    names = [getattr(part, "id", getattr(part, "attr", "")) for part in parts if id(part) not in owners]
    return bool(names) and all(map(pattern.search, names))


def _named_items(node: ast.Dict) -> int:
    """Keys of a record: names that are written out, of values that differ in kind. A table of things that are all made
    the same way is gone through, and no caller has to know its keys."""
    names = [getattr(key, "value", None) for key in node.keys if key.__class__ in (ast.Constant, ast.JoinedStr)]
    if len(names) < len(node.keys) or _ASKED_FOR.issubset(names) or any(name.__class__ is int for name in names):
        return 0
    made = {_maker(value) for value in node.values}
    return 0 if len(made) == 1 and "" not in made else len(names)


_ASKED_FOR = frozenset({"loss", "status"})
"""Keys that a search for hyper-parameters asks of what it calls (hyperopt)."""


def _maker(node: Any) -> str:
    """What tells how a value is made: the display or literal it is, or an object; "" for a name or an expression."""
    if node.__class__ is ast.Call:
        return "object" if written(node.func).rpartition(".")[2][:1].isupper() else ""
    return (
        node.__class__.__name__ if node.__class__ in (ast.Dict, ast.List, ast.Tuple, ast.Lambda, ast.Constant) else ""
    )


def typed(node: Any) -> bool:
    """The return annotation names something better than a dict or tuple."""
    annotation = getattr(node, "returns", None)
    if annotation is None:
        return False
    told = ast.unparse(annotation)
    return _BARE.search(told) is None or _ALIKE.search(told) is not None
