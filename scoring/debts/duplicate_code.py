"""Code copied instead of shared.

Why: Experiments start as copies: a training script becomes five with small differences, and a correction made in
one stays missing in the others. Over time nobody can tell which difference is meant. A study of 74 ML projects
found it to be widespread.

What is read: Python files and notebook cells: blocks of 50 tokens or more that occur twice after names and literals
are levelled out. Each place is named with the one it equals; identical notebooks count once. Shown are whole modules,
and 15 lines or more of one function in two places of one program; constructors, settings and cells only count. What is
marked `# Copied from a.b.c`, for a tool to keep equal, is a copy by design and counted apart.

Remedy: Move the shared block into a module that both import, and let its arguments be the differences. Begin with
the copies that change most often; leave cold ones alone.

Source: van Oort, Cruz, Aniche and van Deursen, The Prevalence of Code Smells in Machine Learning Projects (2021).
"""

from collections.abc import Iterator

from scoring.analyses.clones import Clones, clones_of
from scoring.analyses.copies import Copy, copies_of, may_share, scope_of, twin_name
from scoring.analyses.lessons import is_no_course
from scoring.analyses.memo import Latest
from scoring.analyses.model_clones import told_of_models
from scoring.analyses.placing import placed
from scoring.analyses.view import View
from scoring.findings import PY, SHARE, Answer, Debt, H, Hit, Measure, NotApplicable

debt = Debt(__name__, section="5.10", ml_only=False)


_COPIED = """def load_{0}(path, rows, limit=9):
    found = [row.strip().split(",") for row in path.open() if row]
    for row in found[:limit]:
        if len(row) > 3 and row[0] not in rows:
            rows[row[0]] = float(row[1]) * 2 - row.count("x")
        elif not row[2].startswith("#"):
            rows.update(other=row[2] or None, last=row[-1])
    total = sum(value for value in rows.values() if value is not None)
    return {{name: value / total for name, value in rows.items()}}
"""


@debt.signal(
    "duplicate-code",
    source=PY,
    anchors=(0.03, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of code",
    feeds=("abstraction-debt",),
    applies=is_no_course,
    bad={"one.py": _COPIED.format("a"), "two.py": "LIMIT = 1\n\n\n" + _COPIED.format("b")},
    good={"one.py": _COPIED.format("a"), "two.py": "from one import load_a\n\nload_a(1, 2)\n"},
)
def duplicate_code(view: View) -> Answer:
    """Share of the code that occurs in two places or more."""
    clones, told = clones_of(view), told_of_models(view)
    shown = tuple([copy for copy in copies_of(clones) if copy.is_shown and may_share(view, copy)])
    return _latest_answer((clones, told, shown), lambda: _answer(clones, told, shown))


_latest_answer: Latest[Answer] = Latest()


def _answer(clones: Clones, told: frozenset[Copy], shown: tuple[Copy, ...]) -> Answer:
    if not clones.code_lines:
        return NotApplicable("no Python code")
    share = clones.copied_lines / clones.code_lines
    hits = tuple(_hit(copy) for copy in shown if copy not in told)
    return Measure(share, clones.files, hits, "; ".join(_notes(clones, sum(copy in told for copy in shown))))


def _notes(clones: Clones, told: int) -> Iterator[str]:
    if clones.kept_lines:
        yield f"{clones.kept_lines} lines more are marked as copies that a tool keeps equal"
    if told:
        copies = "a copy" if told == 1 else f"{told} copies"
        yield f"of these, abs.2 tells {copies} between modules that fit models"


def _hit(copy: Copy) -> Hit:
    """One for each pair of files, at the region to begin with."""
    region, places = copy.best, len(copy.regions)
    lines, aside = region.lines, " (fields, options and docstrings between them left out)" if region.left_out else ""
    more = f" ({copy.lines} lines in {places} places, all in all)" if places > 1 else ""
    said = f"These {lines} lines{aside} equal those at {twin_name(region)} in all but names and values{more}"
    if region.whole:
        said = f"This file of {region.file.facts.code_lines} lines of code is {region.twin.path} once more"
    hit = Hit(
        line=1 if region.whole else region.line,
        end_line=region.end_line,
        key=region.twin.path,
        message=f"{said}; a correction made in one stays missing in the other.",
        evidence={"lines": copy.lines, "places": places, "equals": twin_name(region), "in": scope_of(region)},
    )
    return placed(hit, region.file)
