"""Signals that a team adds to the catalogue: Python files in a folder that the operator names.

Such a file has the shape of a debt's: its docstring is the page, its `debt` holds the signals. It is a debt of its own,
`x-` and the file's name: it is shown apart, takes part in no other debt's index, and can't collide with the catalogue.

    debt = CustomDebt(__name__, beside="fixed-thresholds")

    @debt.file_signal("x-acme.1", PythonFacts, source=PY, anchors=(0, 4), severity=2, bad={...}, good={...})

A signal is scored where the file gives it both anchors and a severity; without them it is on trial: shown, and weighs
nothing. The operator trusts the file, yet it is only ever run in a child with limits (`child`), which is asked from
`asking`: what it raises, loops or eats is an outcome `error` of that signal alone.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from scoring.findings import (
    CONFIDENCE,
    COUNT,
    DENSITY,
    LARGE,
    LEVEL,
    MEDIUM,
    OWN,
    REPOSITORY,
    SEVERITY_WEIGHT,
    SHARE,
    SMALL,
    Debt,
    M,
    Signal,
)

YOURS = "Yours"
"""The group of such debts, where ours have Data, Models, System, World and Work."""
SECTION = "yours"

ID = re.compile(r"x-[a-z0-9]+(?:-[a-z0-9]+)*\.[1-9][0-9]{0,3}")
MOST_ID = 40
"""Characters, as many as a stored finding keeps."""
LIFECYCLES = frozenset({"stable", "experimental"})
CHOICES: Mapping[str, frozenset[str]] = {
    "precision": frozenset(CONFIDENCE),
    "kind": frozenset({COUNT, DENSITY, SHARE, LEVEL}),
    "effort": frozenset({SMALL, MEDIUM, LARGE}),
    "lifecycle": LIFECYCLES,
    "scope": frozenset({"ml", "product"}),
}


class CustomDebt(Debt):
    """A debt of an operator's own. `beside` names the debt of the catalogue that it belongs to, if any.

    Raises ValueError at a declaration that can't be right, with what is wrong.
    """

    def __init__(self, module: str, *, ml_only: bool = True, beside: str = "") -> None:
        super().__init__(module, SECTION, ml_only=ml_only, group=YOURS)
        self.slug = OWN + self.slug
        self.beside = beside

    def row(self, id: str, measure: str, **declared: Any) -> None:
        """A row that nobody reads has no place here."""
        raise ValueError(f"{id}: a row without a function measures nothing; declare a signal")

    def signal(self, id: str, **declared: Any) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """As `Debt.signal`; anchors and severity may be left out, and the signal is then on trial."""
        return super().signal(id, **_filled(declared))

    def file_signal(
        self, id: str, reads: type, **declared: Any
    ) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """As `Debt.file_signal`; anchors and severity may be left out, and the signal is then on trial."""
        return super().file_signal(id, reads, **_filled(declared))

    def _add(self, signal: Signal) -> None:
        if wrong := misdeclared(signal):
            raise ValueError(f"{signal.id}: {wrong}")
        super()._add(signal)


def _filled(declared: Mapping[str, Any]) -> dict[str, Any]:
    scored = "anchors" in declared and "severity" in declared
    lifecycle = "stable" if scored else "experimental"
    return {"anchors": (0, 1), "severity": 2, "precision": M, "lifecycle": lifecycle, "unit": "places", **declared}


def misdeclared(signal: Signal) -> str:
    """What is wrong with the declaration, and what would be right; "" where nothing is."""
    if not isinstance(signal.id, str) or not ID.fullmatch(signal.id) or len(signal.id) > MOST_ID:
        return "is no id of your own: write x-, your team's name, a dot and a number from 1, like x-acme.1"
    if not signal.sources <= REPOSITORY:
        return f"source={signal.source!r}: a file of yours reads {', '.join(sorted(REPOSITORY))}, joined by +"
    if not _are_anchors(signal.anchors):
        return f"anchors={signal.anchors!r}: give two different numbers, the good one first"
    if signal.severity not in SEVERITY_WEIGHT or isinstance(signal.severity, bool):
        return f"severity={signal.severity!r}: give 1 (low) to 4 (critical)"
    for name, allowed in CHOICES.items():
        if (value := getattr(signal, name)) not in allowed:
            return f"{name}={value!r}: give one of {', '.join(sorted(allowed))}"
    if signal.kind == COUNT and signal.anchors[0] != 0:
        return "a count is good at 0: its first anchor is 0, or its kind is another (share, level, density)"
    for name in ("bad", "good"):
        files = getattr(signal, name)
        if not isinstance(files, Mapping) or not all(isinstance(text, str) for pair in files.items() for text in pair):
            return f"{name}= holds examples as {{path: text}}"
    return ""


def _are_anchors(pair: object) -> bool:
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        return False
    numbers = [item for item in pair if isinstance(item, int | float) and math.isfinite(item)]
    return len(numbers) == 2 and numbers[0] != numbers[1]
