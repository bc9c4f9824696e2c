"""Pipeline code that two files which fit models hold alike (abs.2): duplicate-code, asked of those files alone."""

from scoring.analyses.clones import MIN_LINES, Clones, Copy, clones_of, copies_of, scope_of, twin_name
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.python_file import trains_inside
from scoring.analyses.training import fits_of
from scoring.analyses.view import PythonFile, View
from scoring.findings import Answer, Hit, Measure, NotApplicable

_latest: Latest[Answer] = Latest()


def _fitting(file: PythonFile) -> bool:
    return file.is_runtime and "research" not in file.roles and trains_inside(file.facts) and bool(fits_of(file))


_fits = Memo(_fitting)


def model_clones(view: View) -> Answer:
    """Share of the code of modules that fit models which another such module holds too. The study that this follows
    leaves notebooks out; experiments are copied, run and left as they were."""
    fitting = tuple([file for file in view.product_once if not file.is_notebook and _fits(file)])
    clones = clones_of(view)
    return _latest((fitting, clones), lambda: _answer({file.path: file.facts.code_lines for file in fitting}, clones))


def _answer(lines: dict[str, int], clones: Clones) -> Answer:
    if len(lines) < 2:
        return NotApplicable("no two modules fit models")
    copies = [copy for copy in copies_of(clones) if _between(copy, lines)]
    copied: dict[str, int] = {}
    for copy in copies:
        path = copy.regions[0].file.path
        copied[path] = min(lines[path], copied.get(path, 0) + copy.lines)
    return Measure(sum(copied.values()) / max(1, sum(lines.values())), len(lines), tuple(map(_hit, copies)))


def _between(copy: Copy, lines: dict[str, int]) -> bool:
    region = copy.longest
    ends = (region.file.path, region.twin.path)
    return ends[0] != ends[1] and lines.keys() >= set(ends) and region.lines >= MIN_LINES


def _hit(copy: Copy) -> Hit:
    region = copy.longest
    hit = Hit(
        line=region.line,
        end_line=region.end_line,
        key=region.twin.path,
        message=f"This module and {region.twin.path} both fit models and share {copy.lines} lines, from "
        f"{twin_name(region)} on: what is mended in one stays wrong in the other.",
        evidence={"lines": copy.lines, "equals": twin_name(region), "in": scope_of(region)},
    )
    return placed(hit, region.file)
