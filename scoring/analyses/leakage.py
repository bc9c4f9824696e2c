"""Test data that reaches training (dat.7, mls-21): what the data-flow pass found, per component."""

import re
from collections.abc import Iterator
from functools import lru_cache

from scoring.analyses.calls import calls_of, has_call
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View, once
from scoring.facts import Flow
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

MIN_KLOC = 5.0
"""A density is taken over this many KLOC at least (catalogue 2.5, rule 1)."""
LEAKS = frozenset({"preparation", "overlap", "test"})
FOLLOWED = LEAKS | {"tuning", "unfinished"}
STEPS = frozenset({"backward", "minimize", "apply_gradients"})
"""Last parts of calls that move a network's weights. They take a loss and no rows: no flow of data ends there, so a
file that judges a model it trains by these alone was followed nowhere, and nobody can call it clean."""


def leaks(view: View) -> Answer:
    """Places where rows of the test part, or what was learnt of them, reach training."""
    files = _judging(view)
    if not files:
        return _none_followed(view)
    found = {(file.path, flow.line, flow.kind, flow.what): (file, flow) for file in files for flow in _leaking(file)}
    hits = tuple(_hit(file, flow) for file, flow in found.values())
    if not hits and not any(map(_knows_its_rows, files)):
        return Unknown(f"{files[0].path} gets the rows that it learns from and judges on from elsewhere")
    return Measure(len(hits), len(files), hits)


def _leaking(file: PythonFile) -> list[Flow]:
    return [flow for flow in file.facts.flows if _leaks(flow)]


def _leaks(flow: Flow) -> bool:
    """A model that only asks which of two values is larger learns nothing of how a column is scaled."""
    return flow.kind in LEAKS and not (flow.what.lower() in SCALERS and _ORDERS.search(flow.into))


SCALERS = frozenset(
    {"standardscaler", "minmaxscaler", "robustscaler", "maxabsscaler", "quantiletransformer", "powertransformer"}
    | {"arithmetic with a statistic"}
)
_ORDERS = re.compile(
    r"^(?:(?:XGB|LGBM|CatBoost|RandomForest|ExtraTrees?|GradientBoosting|HistGradientBoosting|DecisionTree)\w*"
    r"|(?:xgboost|xgb|lightgbm|lgb|catboost)\..*)$"
)
"""Trees and what is made of them."""


def tuned_on_test(view: View) -> Answer:
    """Test parts that choose a parameter, per KLOC of ML code."""
    files = _judging(view)
    if not files:
        return _none_followed(view)
    hits = tuple(_hit(file, flow) for file in files for flow in file.facts.flows if flow.kind == "tuning")
    return Measure(len(hits) / max(view.ml_kloc, MIN_KLOC), len(files), hits)


def _none_followed(view: View) -> NotApplicable | Unknown:
    if any(map(_by_steps, view.alg)):
        return Unknown("what trains moves weights step by step, and which rows reach it is not followed")
    if any(_splits(file) for file in view.with_shown if file.alg):
        return NotApplicable("only what shows a package splits data, or fits a model and judges it")
    return NotApplicable("no file splits data, or fits a model and judges it")


@lru_cache(maxsize=1)
def _judging(view: View) -> tuple[PythonFile, ...]:
    return tuple([file for file in once(view.alg) if _splits(file)])


def _derive(file: PythonFile) -> bool:
    found = next((flow.kind for flow in file.facts.flows if flow.kind in FOLLOWED), "")
    if found:
        return found != "unfinished"
    fits = has_call(file.facts, "FIT")
    return fits and (has_call(file.facts, "SPLIT") or (has_call(file.facts, "EVAL") and not _steps_alone(file)))


_splits: Memo[PythonFile, bool] = Memo(_derive)


_knows_its_rows: Memo[PythonFile, bool] = Memo(
    lambda file: (
        has_call(file.facts, "SPLIT")
        or has_call(file.facts, "READ")
        or any(flow.kind in FOLLOWED for flow in file.facts.flows)
        or any(
            call.name.startswith("sklearn.datasets.") or call.name.endswith(".load_data") for call in file.facts.calls
        )
    )
)
"""Whether the split, or the data before it, stands in the file: a part that comes as an argument may be anything."""


def _steps_alone(file: PythonFile) -> bool:
    return all(call.name.rpartition(".")[2] in STEPS for call in calls_of(file.facts, "FIT"))


_by_steps: Memo[PythonFile, bool] = Memo(
    lambda file: has_call(file.facts, "FIT") and has_call(file.facts, "EVAL") and _steps_alone(file)
)


MEDIUM = 2
BINS = "qcut"
"""Learns no more of the test part than the edges of its bins."""


def _hit(file: PythonFile, flow: Flow) -> Hit:
    """Medium in an example, whose score nobody rests on, and for edges of bins."""
    mild = "example" in file.roles or flow.what.lower() == BINS
    hit = Hit(
        severity=MEDIUM if mild else 0,
        line=flow.line,
        end_line=flow.end_line,
        key=f"{flow.kind} {flow.what}",
        symbol=flow.scope,
        message="".join(_sentence(flow)),
        evidence={"kind": flow.kind, "learnt_by": flow.what, "fitted": flow.into},
    )
    return placed(hit, file)


def _sentence(flow: Flow) -> Iterator[str]:
    learnt = flow.what[:1].upper() + flow.what[1:]
    if flow.kind == "overlap":
        yield f"{learnt} copies or invents rows before the data is split, so rows that {flow.into} is fitted to come "
        yield "back in the test part and its score is too good."
    elif flow.kind == "test":
        yield f"{learnt} is learnt from the test part itself, which single rows in production can't repeat; apply what "
        yield "was learnt from the training part."
    elif flow.kind == "tuning":
        yield f"The test part scores every value that the loop tries for {flow.into}, so the best score is no longer "
        yield "one on unseen data."
    else:
        yield f"{learnt} learns from all rows before they are split, so {flow.into} has seen something of the test "
        yield "part and its score is too good."
