"""Whether all that is measured of two classes rests on one cut-off (thr.5)."""

import re

from scoring.analyses.estimator_use import two_class_measures
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.estimators import THRESHOLD_FREE

_FREE = re.compile(r"roc|(?:^|[^a-z])(?:pr_?)?auc|auroc|average_?precision|log_?loss|brier|pr_?curve", re.IGNORECASE)
"""In a name or a text: a measure of the scores themselves."""


def cut_measures_alone(view: View) -> Answer:
    """Whether all two-class measures rest on one cut-off."""
    used = [(file, call) for file in view.product_once for call in _measures_in(file)]
    if not used:
        return NotApplicable("no measure of two classes is taken")
    if any(map(_judges_scores_in, view.product)):
        return Measure(0.0, len(used))
    file, first = used[0]
    measures = " and ".join(sorted({call.name.rpartition(".")[2] for _, call in used}))
    hit = Hit(
        line=first.line,
        end_line=first.end_line,
        key="measures",
        symbol=first.scope,
        message=f"Of two classes only {measures} is measured, here and elsewhere: it holds for one cut-off, and "
        "nothing tells whether the scores got better or the cut-off moved.",
        evidence={"measures": len(used)},
    )
    return Measure(1.0, len(used), (placed(hit, file),))


_measures_in: Memo[PythonFile, tuple[Call, ...]] = Memo(lambda file: two_class_measures(file.facts))


def _judges_scores(file: PythonFile) -> bool:
    facts = file.facts
    names = {item.dotted for item in facts.imports} | {call.name for call in facts.calls}
    if any(name in THRESHOLD_FREE or _FREE.search(name.rpartition(".")[2]) for name in names):
        return True
    texts = [text for call in facts.calls for text in (call.first, *(value for _, value in call.keywords)) if text]
    return any(_FREE.search(text) for text in (*texts, *facts.function_names))


_judges_scores_in: Memo[PythonFile, bool] = Memo(_judges_scores)
