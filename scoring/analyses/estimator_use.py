"""Estimators and measures used without what they need (catalogue section 6: mls-10, mls-11, mls-22)."""

import re

from scoring import knowledge
from scoring.analyses.calls import calls_of, calls_where, has_call
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.randomness import parts_of
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.facts import Call, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable, Tally
from scoring.knowledge.estimators import BY_THRESHOLD, CHOSEN, SCALE_SENSITIVE, SCALED, THRESHOLD_FREE
from scoring.knowledge.hyperparameters import OTHER

MIN_KLOC = 5.0
"""A density is taken over this many KLOC at least (catalogue 2.5, rule 1)."""


MEASURES = re.compile(r"precision|recall|f1|scores?(?:_|$)|metric|acc(?:uracy)?(?:_|$)", re.IGNORECASE)


def unscaled_estimators(view: View) -> Answer:
    """Files that fit an estimator to which scale matters, while nothing in the program brings features to one."""
    examined = 0
    hits: list[Hit] = []
    for file in view.ml_once:
        calls = _sensitive_in(file)
        if not calls:
            continue
        examined += 1
        if not any(_scales_in(part) for part in parts_of(view, file)):
            hits.append(placed(_unscaled_hit(calls), file))
    if not examined:
        return NotApplicable("no file fits an estimator to which scale matters")
    return Measure(len(hits) / max(view.ml_kloc, MIN_KLOC), examined, tuple(hits))


def _sensitive(file: PythonFile) -> tuple[Call, ...]:
    """The calls that make an estimator to which scale matters, in a file that fits."""
    if not has_call(file.facts, "FIT"):
        return ()
    return tuple(call for call in file.facts.calls if call.name in SCALE_SENSITIVE)


_sensitive_in = Memo(_sensitive)


def _scales(file: CodeFile) -> bool:
    facts = file.facts
    names = [call.name for call in facts.calls]
    names += [f"{item.module}.{item.name}" for item in facts.imports]
    names += [*facts.function_names, *(call.target for call in facts.calls)]
    text = " ".join(names).lower()
    return any(word in text for word in SCALED)


_scales_in = Memo(_scales)


def _unscaled_hit(calls: tuple[Call, ...]) -> Hit:
    first = calls[0]
    callee = first.name.rpartition(".")[2]
    more = f" (and {len(calls) - 1} more)" if len(calls) > 1 else ""
    return Hit(
        line=first.line,
        end_line=first.end_line,
        key=callee,
        symbol=first.scope,
        message=f"{callee}{more} depends on the scale of its features and nothing in this program brings them to one: "
        "a column in larger units decides.",
        evidence={"estimators": len(calls)},
    )


def default_estimators(facts: PythonFacts) -> Tally | None:
    """Estimators made with nothing but defaults, in a file that searches and sets nothing; one hit a file."""
    if not facts.code_lines:
        return None
    made = [call for call in facts.calls if call.name in CHOSEN]
    if not made or _searches(facts):
        return Tally(facts.code_lines)
    loaded = {(call.scope, call.receiver) for call in facts.calls if call.name.endswith(".load_model")}
    made = [call for call in made if (call.scope, call.target) not in loaded]
    bare = [call for call in made if not call.arguments and all(name in OTHER for name, _ in call.keywords)]
    return Tally(facts.code_lines, len(bare), (_default_hit(bare),) if bare else ())


def _searches(facts: PythonFacts) -> bool:
    found = any(knowledge.in_library(item.dotted, "HPO") for item in facts.imports)
    return found or any(call.name.endswith("set_params") or "SearchCV" in call.name for call in facts.calls)


def _default_hit(bare: list[Call]) -> Hit:
    first = bare[0]
    names = sorted({call.name.rpartition(".")[2] for call in bare})
    are = "is" if len(names) == 1 else "are"
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return Hit(
        line=first.line,
        end_line=first.end_line,
        key=" ".join(names),
        symbol=first.scope,
        message=f"{shown} {are} made with the library's defaults only, which change with "
        "its releases and were chosen for no data in particular.",
        evidence={"estimators": len(bare)},
    )


def threshold_measures_alone(facts: PythonFacts) -> Tally | None:
    """Two-class measures that rest on a cut-off, in a file that asks for no measure of the scores; one hit a file. What
    only works a measure out judges no model."""
    if not facts.code_lines:
        return None
    used = list(by_threshold(facts))
    if used:
        predicting = {call.scope for call in calls_of(facts, "PRED")}
        used = [call for call in used if call.scope in predicting or not MEASURES.search(call.scope)]
        used = [call for call in used if "threshold" not in call.scope]
    names = {f"{item.module}.{item.name}" for item in facts.imports} | {call.name for call in facts.calls}
    if not used or any(name in THRESHOLD_FREE for name in names):
        return Tally(facts.code_lines)
    first = used[0]
    measures = " and ".join(sorted({call.name.rpartition(".")[2] for call in used}))
    hit = Hit(
        line=first.line,
        end_line=first.end_line,
        key="threshold",
        symbol=first.scope,
        message=f"The model is judged by {measures} alone, which hold for one cut-off: a measure of the scores (AUC, "
        "average precision) would tell whether the model or the cut-off changed.",
        evidence={"measures": len(used)},
    )
    return Tally(facts.code_lines, 1, (hit,))


def _by_threshold(facts: PythonFacts) -> tuple[Call, ...]:
    """The calls of two-class measures that rest on a cut-off, by line."""
    return tuple([call for call in _measures(facts) if _of_two_classes(call)])


_measures = calls_where(lambda name: name in BY_THRESHOLD)
by_threshold = Memo(_by_threshold)


def _of_two_classes(call: Call) -> bool:
    keywords = dict(call.keywords)
    return "**" not in keywords and keywords.get("average", "'binary'") == "'binary'"
