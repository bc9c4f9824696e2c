"""Which finding of a signal is shown for it: the severest, then the largest, then the first by place."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scoring.findings import Finding
from scoring.reports.worst import SIZES, size_of, worst_first

ROOT = Path(__file__).parents[3] / "scoring"
NO_SIZES = {
    **dict.fromkeys(("cell", "completion_line", "highest_count"), "a place, or a number that says nothing of harm"),
    **dict.fromkeys(
        ("of", "public", "functions", "share", "degree", "changed", "cohesion"), "what a size is a part of"
    ),
    **dict.fromkeys(("uses", "major", "newest"), "less is worse, or it is a version"),
    **dict.fromkeys(("after", "before", "folders", "methods", "nesting", "same_list"), "told beside a larger one"),
    **dict.fromkeys(("importers", "imports", "foreign", "clusters", "others"), "told beside a larger one"),
}
"""Numbers among the evidence that do not order the findings of a signal, and why."""
WORDS = {
    *("address", "at", "call", "chained", "command", "commit", "date", "day", "debt", "declared", "endpoint", "equals"),
    *("fault", "first", "flag", "folder", "generator", "image", "in", "kind", "language", "learnt_by", "limit"),
    *("literal", "model", "needs", "operator", "package", "part", "predicted_by", "purpose", "since", "strongest"),
    *("system", "table", "tag", "until", "used by", "usual", "value"),
}
"""Evidence that is text."""


def found(path: str, severity: str = "low", line: int = 1, **evidence: str | int | float) -> Finding:
    return Finding(
        id=f"{path}:{line}",
        anchor="",
        signal="thr.1",
        debt="fixed-thresholds",
        path=path,
        line=line,
        end_line=line,
        symbol="",
        message="",
        severity=severity,
        confidence=1.0,
        effort="small",
        evidence=evidence,
        remedy="",
    )


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ([found("b.py"), found("a.py", line=9), found("a.py", line=2)], ["a.py:2", "a.py:9", "b.py:1"]),
        ([found("a.py", lines=3), found("b.py", lines=40)], ["b.py:1", "a.py:1"]),
        ([found("a.py", lines=400), found("b.py", "high", lines=4)], ["b.py:1", "a.py:1"]),
        ([found("a.py", lines=400, complexity=3), found("b.py", lines=4, complexity=9)], ["b.py:1", "a.py:1"]),
        ([found("a.py", kind="other"), found("b.py", kind="reliability")], ["b.py:1", "a.py:1"]),
        ([found("a.py", cell=9), found("b.py", cell=12)], ["a.py:1", "b.py:1"]),
        ([found("a.py", lines="many"), found("b.py", lines=1)], ["b.py:1", "a.py:1"]),
    ],
)
def test_worst_is_the_severest_then_the_largest_then_the_first_by_place(given: list[Finding], order: list[str]) -> None:
    assert [item.id for item in worst_first(given)] == order
    assert [item.id for item in worst_first(reversed(given))] == order


def test_finding_without_a_number_has_no_size() -> None:
    assert (size_of(found("a.py", tag="todo")), size_of(found("a.py", draws=3, generator="NumPy"))) == (0, 3)


def named_evidence() -> Iterator[str]:
    for path in sorted([*(ROOT / "debts").glob("*.py"), *(ROOT / "analyses").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.keyword) and node.arg == "evidence"
            if named or (isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "evidence"):
                dicts = [part for part in ast.walk(node) if isinstance(part, ast.Dict)]
                yield from (str(key.value) for part in dicts for key in part.keys if isinstance(key, ast.Constant))


def test_each_name_of_evidence_is_a_size_or_said_to_be_none() -> None:
    known: Mapping[str, object] = {**dict.fromkeys(SIZES), **NO_SIZES, **dict.fromkeys(WORDS)}
    assert {name for name in named_evidence() if name not in known} == set()
    assert len(SIZES) == len(set(SIZES))
