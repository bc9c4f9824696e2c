"""Pipeline code that two files which fit models hold alike (abs.2): duplicate-code, asked of those files alone.

Both rows count these lines, each in its debt; the finding is told once, by abs.2, which says more of it.
"""

from collections.abc import Sequence, Set

from scoring.analyses.clones import Clones, clones_of
from scoring.analyses.copies import MIN_LINES, Copy, copies_of, may_share, scope_of, twin_name
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.python_file import trains_inside
from scoring.analyses.signatures import PREPARERS
from scoring.analyses.training import guessed_fits_of
from scoring.analyses.view import PythonFile, View
from scoring.findings import Answer, Hit, Measure, NotApplicable

_latest: Latest[Answer] = Latest()


def _fitting(file: PythonFile) -> bool:
    if not file.is_runtime or "research" in file.roles or not trains_inside(file.facts):
        return False
    preparing = _preparing(file)
    return any(fit.scope.rpartition(".")[0] not in preparing for fit in guessed_fits_of(file))


def _preparing(file: PythonFile) -> frozenset[str]:
    """Classes that hand back other columns and predict nothing: what they fit is a step of a pipeline."""
    methods: dict[str, set[str]] = {}
    for item in file.facts.functions:
        if item.owner:
            methods.setdefault(item.owner, set()).add(item.name)
    return frozenset([owner for owner, names in methods.items() if names & PREPARERS and "predict" not in names])


_fits = Memo(_fitting)


def _modules(view: View) -> tuple[PythonFile, ...]:
    """Those that fit models. The study that this follows leaves notebooks out; experiments are copied, run and left as
    they were."""
    return tuple([file for file in view.product_once if not file.is_notebook and _fits(file)])


def model_clones(view: View) -> Answer:
    """Share of the code of modules that fit models which another such module holds too."""
    fitting, clones = _modules(view), clones_of(view)
    shown = frozenset([copy for copy in told_of_models(view) if copy.is_shown and may_share(view, copy)])
    return _latest((fitting, clones, shown), lambda: _answer(fitting, clones, shown))


def told_of_models(view: View) -> frozenset[Copy]:
    """The copies that `model_clones` tells: nobody else has to."""
    fitting, clones = _modules(view), clones_of(view)
    if not view.ml_code:
        return frozenset()
    return _latest_copies((fitting, clones), lambda: frozenset(_copies(fitting, clones)))


_latest_copies: Latest[frozenset[Copy]] = Latest()


def _copies(fitting: Sequence[PythonFile], clones: Clones) -> list[Copy]:
    paths = {file.path for file in fitting}
    return [copy for copy in copies_of(clones) if len(paths) > 1 and _between(copy, paths)]


def _answer(fitting: Sequence[PythonFile], clones: Clones, shown: Set[Copy]) -> Answer:
    lines = {file.path: file.facts.code_lines for file in fitting}
    if len(lines) < 2:
        return NotApplicable("no two modules fit models")
    copies = _copies(fitting, clones)
    copied: dict[str, int] = {}
    for copy in copies:
        path = copy.regions[0].file.path
        copied[path] = min(lines[path], copied.get(path, 0) + copy.code_lines)
    hits = tuple([_hit(copy) for copy in copies if copy in shown])
    return Measure(sum(copied.values()) / max(1, sum(lines.values())), len(lines), hits)


def _between(copy: Copy, paths: Set[str]) -> bool:
    region = copy.longest
    ends = {region.file.path, region.twin.path}
    return len(ends) == 2 and ends <= paths and region.lines >= MIN_LINES


def _hit(copy: Copy) -> Hit:
    region = copy.best
    hit = Hit(
        line=region.line,
        end_line=region.end_line,
        key=region.twin.path,
        message=f"This module and {region.twin.path} both fit models and share {copy.lines} lines, from "
        f"{twin_name(region)} on: what is mended in one stays wrong in the other.",
        evidence={"lines": copy.lines, "equals": twin_name(region), "in": scope_of(region)},
    )
    return placed(hit, region.file)
