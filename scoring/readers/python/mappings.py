"""Settings kept in code: mappings of over thirty keys, those inside them too (cfg.16)."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.oversights import idiom, text
from scoring.readers.python.state import State

WIDE = 30
"""Keys from which on a mapping is a configuration of its own (catalogue, cfg.16)."""
LEAST_PLAIN = 0.6
LEAST_NUMBERS = 0.2
_SETTINGS = re.compile(
    r"(?:^|_)(?:configs?|configurations?|cfg|conf|settings|hparams|hyper_?param(?:eter)?s|params|parameters|options"
    r"|defaults?|presets?)(?:_|$)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"logg?(?:ing|er)|schema|url|pretrained|weights|mapping|templates?", re.IGNORECASE)


def wide_settings(state: State) -> Iterator[Idiom]:
    """Mappings of settings with over thirty keys, those inside them too."""
    event: Any
    mapping, call, comparison = ast.Dict, ast.Call, ast.Compare
    for frame, event in state.events:
        if event.__class__ is comparison:
            continue
        value = event.value
        kind = value.__class__
        if kind is not mapping and (kind is not call or getattr(value.func, "id", "") != "dict" or value.args):
            continue
        target = event.targets[0] if event.__class__ is ast.Assign else event.target
        name = getattr(target, "attr", getattr(target, "id", ""))
        if (value.end_lineno or 0) - value.lineno < 2 or _OTHERS.search(name):
            continue
        leaves, keys = _leaves(value)
        if keys > WIDE and _are_settings(name, value, leaves):
            yield idiom("wide", event, frame.scope, name, str(keys))


def _leaves(node: Any) -> tuple[list[Any], int]:
    """The values that are no mapping, and how many keys there are in all."""
    leaves: list[Any] = []
    keys = 0
    todo = [node]
    while todo:
        item = todo.pop()
        if item.__class__ is ast.Dict:
            keys += len(item.keys)
            todo += item.values
        elif item.__class__ is ast.Call and getattr(item.func, "id", "") == "dict" and not item.args:
            keys += len(item.keywords)
            todo += [keyword.value for keyword in item.keywords]
        else:
            leaves.append(item)
    return leaves, keys


def _are_settings(name: str, value: Any, leaves: list[Any]) -> bool:
    """Most are written out, some are numbers or switches; by its name, or by keys that are names themselves."""
    plain = [item for item in leaves if item.__class__ in (ast.Constant, ast.List, ast.Tuple, ast.UnaryOp)]
    numbers = [item for item in plain if item.__class__ is ast.Constant and isinstance(item.value, int | float)]
    if len(plain) < LEAST_PLAIN * len(leaves) or len(numbers) < LEAST_NUMBERS * len(leaves):
        return False
    if len(numbers) == len(leaves):
        return False
    if _SETTINGS.search(name):
        return True
    keys = [text(key) for key in value.keys] if value.__class__ is ast.Dict else []
    return len(keys) > WIDE and all(key.isidentifier() for key in keys)
