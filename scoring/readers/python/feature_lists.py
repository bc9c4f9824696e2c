"""Lists of names that are called the features (ent.7)."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.oversights import idiom, text
from scoring.readers.python.state import State

SPOKEN = (b"eature", b"EATURE", b"redictors", b"REDICTORS")
"""One of them stands in every source that has such a list."""
_FEATURES = re.compile(r"(?:^|_)(?:features?|predictors)(?:_(?:names|columns|cols|list|order))?$", re.IGNORECASE)
_LISTS = frozenset({ast.List, ast.Tuple})
LEAST = 2


def feature_lists(state: State, source: bytes) -> Iterator[Idiom]:
    """`FEATURES = ["age", "price"]`, with the number of different names."""
    if not any(word in source for word in SPOKEN):
        return
    event: Any
    for frame, event in state.events:
        kind = event.__class__
        if kind is not ast.Assign and kind is not ast.AnnAssign:
            continue
        parts = getattr(event.value, "elts", ()) if event.value.__class__ in _LISTS else ()
        if len(parts) < LEAST:
            continue
        target = event.targets[0] if kind is ast.Assign else event.target
        if target.__class__ is ast.Name and _FEATURES.search(target.id):
            names = {text(item) for item in parts}
            if "" not in names:
                yield idiom("features", event, frame.scope, target.id, str(len(names)))
