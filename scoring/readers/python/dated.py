"""Conditions that are bound to a day: comparisons with a date that is written down (cfg.23)."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from scoring.facts import Idiom
from scoring.readers.python.nodes import inside
from scoring.readers.python.oversights import idiom
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.state import State

_MAYBE_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        rb"-(?:[01]?\d-[0-3]?\d|(?:19|20)\d\d['\"])",
        rb"/[0-3]?\d/\d",
        rb"\((?:19|20)\d\d, ?\d",
        rb"20[0-2]\d[01]\d[0-3]\d['\"]",
    )
)
"""What the source of a date has in it; each begins with a plain character, which makes it five times as fast as one
pattern for all."""
_DATE = re.compile(
    r"(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?:[T ]\d\d?:\d\d\S*)?"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/](?:0?[1-9]|[12]\d|3[01])[-/](?:19|20)\d\d"
)
_MAKERS = frozenset(
    {
        "datetime", "date", "Timestamp", "to_datetime", "datetime64", "strptime", "fromisoformat", "isoparse", "parse",
        "parse_date", "to_date", "lit",
    }
)  # fmt: skip
_KEEPING = frozenset({"replace", "date", "timestamp", "tz_localize", "tz_convert", "normalize", "isoformat"})
_NO_DATE_OF_DATA = re.compile(r"version|revision|release|api_|commit|sha", re.IGNORECASE)
_DRAWN = re.compile(r"(?:^|_)(?:plots?|plt|figs?|axe?s?|axis|chart|viz|drawn?|shown?)(?:_|\d*$)")
YEARS = range(1900, 2100)


def dated(state: State, source: bytes, scopes: Scopes) -> Iterator[Idiom]:
    """Comparisons with a day that is written down, beside the comparison or in a constant of the module. What is only
    shown or asserted decides nothing; one for each statement."""
    if not state.compares or not any(pattern.search(source) for pattern in _MAYBE_DATED):
        return
    constants = _days(state)
    told: ast.stmt | None = None
    for statement, node in state.compares:
        if statement is None or statement is told or _decides_nothing(statement):
            continue
        for side in (node.left, *node.comparators):
            day = _day(side) or (constants.get(side.id, "") if side.__class__ is ast.Name else "")
            if day and not _NO_DATE_OF_DATA.search(condition := ast.unparse(node)):
                told = statement
                yield idiom("dated", node, scopes.at(node.lineno), " ".join(condition.split()), day)
                break


def _decides_nothing(statement: Any) -> bool:
    """It shows, asserts, or picks what is drawn."""
    if statement.__class__ is ast.Assign:
        return _DRAWN.search(getattr(statement.targets[0], "id", "")) is not None
    return statement.__class__ in (ast.Expr, ast.Assert)


def _days(state: State) -> dict[str, str]:
    """Names that the module binds to a day, and to nothing else."""
    event: Any
    bound: dict[str, set[str]] = {}
    for _, event in state.events:
        if event.__class__ is ast.Assign and event.targets[0].__class__ is ast.Name:
            bound.setdefault(event.targets[0].id, set()).add(_day(event.value))
    told = {name: max(days) for name, days in bound.items() if len(days) == 1 and "" not in days}
    if not told:
        return told
    given = {item.arg for seen in state.functions for item in inside(seen.node.args) if item.__class__ is ast.arg}
    return {name: day for name, day in told.items() if name not in given}


def _day(node: Any) -> str:
    """The day that an expression stands for, as written; "" for anything else."""
    kind = node.__class__
    if kind is ast.Constant:
        value = node.value
        return value if value.__class__ is str and len(value) < 40 and _DATE.fullmatch(value.strip()) else ""
    if kind is not ast.Call:
        return ""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in _MAKERS and node.args:
        first = node.args[0]
        numbers = [item.value for item in node.args if item.__class__ is ast.Constant and item.value.__class__ is int]
        if len(numbers) == len(node.args) > 2 and numbers[0] in YEARS:
            return "-".join(str(number).zfill(2) for number in numbers[:3])
        return _day(first) if first.__class__ is ast.Constant else ""
    return _day(node.func.value) if name in _KEEPING and node.func.__class__ is ast.Attribute else ""
