"""A finding's place and its evidence, as people say them."""

from collections.abc import Mapping
from typing import Any

from debtboard.domain.queries.wording import count, percent, plain
from scoring.masking import masked

NOTEBOOK = ".ipynb"


def cell_of(path: str, evidence: Mapping[str, Any]) -> int | None:
    """The number of the notebook's cell, counted from 1; None outside notebooks, and for one as a whole."""
    cell = evidence.get("cell")
    return cell if path.endswith(NOTEBOOK) and isinstance(cell, int) and not isinstance(cell, bool) else None


def line_said(path: str, line: int, evidence: Mapping[str, Any]) -> str:
    """line 12; cell 7, line 3; the whole notebook."""
    cell = cell_of(path, evidence)
    if cell is not None:
        return f"cell {cell}, line {line}"
    return "the whole notebook" if path.endswith(NOTEBOOK) else f"line {line}"


def place_said(path: str, line: int, evidence: Mapping[str, Any]) -> str:
    """train.py:12; explore.ipynb, cell 7, line 3."""
    return f"{path}, {line_said(path, line, evidence)}" if path.endswith(NOTEBOOK) else f"{path}:{line}"


COUNTED = {
    "body_lines": ("Length of its body", "line"),
    "breaches": ("Broken rules", "breach"),
    "cells": ("Code cells", "cell"),
    "commits": ("Commits looked at", "commit"),
    "days": ("Age", "day"),
    "draws": ("Random draws", "draw"),
    "files": ("Files", "file"),
    "functions": ("Functions here", "function"),
    "lines": ("Length", "line"),
    "managers": ("Package managers", "manager"),
    "models": ("Models", "model"),
    "packages": ("Packages", "package"),
    "parameters": ("Parameters", "parameter"),
    "places": ("Found again in", "place"),
    "reasons": ("Obstacles", "reason"),
    "times": ("Written", "time"),
    "uses": ("Used in", "place"),
    "written": ("Values written into the call", "value"),
}
"""key -> (what it is, its unit)"""
PLURALS = {"breach": "breaches"}
SHARES = {
    "changed": "Entry points changed since",
    "degree": "Changed together with the strongest",
    "share": "Share",
}
NAMED = {
    "address": "Address",
    "bare": "Without a docstring",
    "call": "Call",
    "complexity": "Cyclomatic complexity",
    "debt": "Debt that it admits",
    "declared": "Declared as",
    "equals": "The same as",
    "fault": "What is wrong",
    "first": "First draw",
    "folder": "Folder",
    "generator": "Random generator",
    "highest_count": "Highest run count",
    "image": "Image",
    "in": "Inside",
    "kind": "Kind",
    "language": "Language",
    "limit": "Limit",
    "literal": "Number as written",
    "megabytes": "Size",
    "model": "Model",
    "of": "Out of",
    "operator": "Comparison",
    "package": "Package",
    "part": "Missing part",
    "public": "Public functions and classes",
    "purpose": "Purpose",
    "strongest": "Strongest with",
    "tag": "Marker",
    "without": "Without type hints",
}
UNITS = {"megabytes": "MB", "of": "lines"}


def evidence_said(path: str, evidence: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(what it is, its value with its unit), by the key; the cell is part of the place and left out."""
    shown = {key: value for key, value in evidence.items() if key != "cell" or cell_of(path, evidence) is None}
    said = {key: _said(key, value) for key, value in sorted(shown.items())}
    if {"lines", "places", "equals"} <= said.keys():  # the message tells the lines of the one copy that it is about
        said["lines"] = ("Copies all together", said["lines"][1])
    return tuple(said.values())


def _said(key: str, value: Any) -> tuple[str, str]:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if key in COUNTED and number and value == int(value):
        what, unit = COUNTED[key]
        return what, count(int(value), unit, PLURALS.get(unit, ""))
    if key in SHARES and number:
        return SHARES[key], percent(value)
    what = NAMED.get(key) or COUNTED.get(key, ("",))[0] or SHARES.get(key) or key.replace("_", " ").capitalize()
    return what, f"{plain(value)} {UNITS.get(key, '')}".strip() if number else masked(str(value))
