"""The worst finding of a signal: the severest, then the largest by what it counts, then by place.

What is larger is told by the finding's evidence, of which the first name of SIZES that it has is its size. A signal's
findings are sizes of one kind, so they can be told apart by it; those of two signals can't.
"""

from collections.abc import Iterable

from scoring.findings import SEVERITIES, Finding

SIZES = (
    *("body_lines", "code_lines", "complexity", "lines", "globals", "parameters", "flags", "fields", "public_methods"),
    *("cases", "bases", "items", "same", "repeated", "entries", "without", "bare", "written", "packages", "places"),
    *("files", "keys", "features", "reads", "draws", "estimators", "fitted", "calls", "days", "times", "changes"),
    *(
        "cut_offs",
        "measures",
        "steps",
        "tests",
        "endpoints",
        "managers",
        "reasons",
        "breaches",
        "programs",
        "names",
        "commands",
    ),
    *("megabytes", "modules", "notebooks", "cells", "models", "commits"),
)
"""Names of evidence whose number grows with what is wrong, the most telling of several first."""
UNTOLD = "other"
"""The kind of an admission whose words name no kind of debt: what it costs is less plain."""


def size_of(found: Finding) -> float:
    """How much a finding counts, in the unit of its signal; 0 where it counts nothing."""
    for name in SIZES:
        size = found.evidence.get(name)
        if isinstance(size, int | float):
            return size
    return 0


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one signal: by severity, whether their kind is told, size, then path and line."""
    return sorted(
        findings,
        key=lambda found: (
            -SEVERITIES.index(found.severity),
            found.evidence.get("kind") == UNTOLD,
            -size_of(found),
            found.path,
            found.line,
            found.id,
        ),
    )
