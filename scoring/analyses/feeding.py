"""Predictions that feed a fit: models on models (cas.3), residuals (cas.4), labels of one's own making (dfl.3)."""

from collections.abc import Iterable
from functools import lru_cache

from scoring.analyses.calls import has_call
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View, once
from scoring.facts import Flow
from scoring.findings import Answer, Hit, Measure, NotApplicable

NEITHER = "no file both fits a model and predicts"


def cascades(view: View) -> Answer:
    """Fits on rows that hold another model's predictions, per 10 KLOC of ML code."""
    return _per_code(view, "cascade")


def residuals(view: View) -> Answer:
    """Fits to what a model leaves unexplained, per 10 KLOC of ML code."""
    return _per_code(view, "residual")


def own_labels(view: View) -> Answer:
    """Fits to labels that a model predicted."""
    files = _both(view)
    if not files:
        return NotApplicable(NEITHER)
    hits = _hits(files, "label")
    return Measure(len(hits), len(files), hits)


def _per_code(view: View, kind: str) -> Answer:
    files = _both(view)
    if not files:
        return NotApplicable(NEITHER)
    hits = _hits(files, kind)
    return Measure(len(hits) / view.ten_klocs, len(files), hits)


@lru_cache(maxsize=1)
def _both(view: View) -> tuple[PythonFile, ...]:
    return tuple([file for file in once(view.alg) if _fits_and_predicts(file)])


def _derive(file: PythonFile) -> bool:
    if file.facts.flows:
        return file.facts.flows[0].kind != "unfinished"
    return has_call(file.facts, "FIT") and has_call(file.facts, "PRED")


_fits_and_predicts: Memo[PythonFile, bool] = Memo(_derive)


def _hits(files: Iterable[PythonFile], kind: str) -> tuple[Hit, ...]:
    return tuple(_hit(file, flow) for file in files for flow in file.facts.flows if flow.kind == kind)


def _hit(file: PythonFile, flow: Flow) -> Hit:
    hit = Hit(
        line=flow.line,
        end_line=flow.end_line,
        key=f"{flow.kind} {flow.what} {flow.into}",
        symbol=flow.scope,
        message=_sentence(flow),
        evidence={"kind": flow.kind, "predicted_by": flow.what, "fitted": flow.into},
    )
    return placed(hit, file)


def _sentence(flow: Flow) -> str:
    what = flow.what or "another"
    if flow.kind == "residual":
        return (
            f"{flow.into} is fitted to the difference between the target and another model's prediction; each change "
            "of the model beneath makes it correct mistakes that are no longer made."
        )
    if flow.kind == "label":
        return (
            f"{flow.into} is fitted to labels that {what} predicted, so its mistakes are taught as truth; mark "
            "such rows and judge the model on others."
        )
    return (
        f"{flow.into} is fitted on what {what} predicts, so it has to be trained again whenever {what} "
        "changes, in that order."
    )
