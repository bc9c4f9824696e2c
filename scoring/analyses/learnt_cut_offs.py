"""Whether a cut-off is learnt from data and kept (thr.4), and whether anything judges the scores themselves (thr.5)."""

import re
from collections.abc import Iterator

from scoring.analyses.calls import calls_of, calls_where, has_call
from scoring.analyses.config_keys import key_lines
from scoring.analyses.cut_off_text import deciding, measures
from scoring.analyses.estimator_use import by_threshold, threshold_measures_alone
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import Comparison, ConfigFacts, PythonFacts
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

_LEARNING = re.compile(
    r"(?:^|_)(?:find|best|optimal|optimi[sz]e[dr]?|optimi[sz]ing|tuned?|tuning|choose|chosen|select(?:ed)?|search|learn(?:ed|t)?"
    r"|calibrated?|youden|pick)_(?:\w+_)?(?:thr(?:eshold|esh)?s?|cut_?offs?)(?:_|$)"
    r"|(?:^|_)(?:thr(?:eshold|esh)?|cut_?off)s?_?(?:search|optimi[sz]\w*|tun(?:ing|er)|sweep|select(?:ion|or)|learn\w*)(?:_|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A name of what searches a cut-off, or of the one that was found."""
_JUDGES = re.compile(
    r"(?:^|[/_])(?:loss(?:es)?|metrics?|criterions?|criteria|callbacks?|evaluat\w*)(?:/|\.py$)", re.IGNORECASE
)
"""Files of losses and measures."""
_CURVE = re.compile(r"(?:precision_recall|roc|det)_curve$")
_CHOICE = re.compile(r"(?:nan)?arg(?:max|min|sort)$|idxmax$|idxmin$|searchsorted$|where$|interp$")
_TUNING = re.compile(r"TunedThresholdClassifierCV$|minimize_scalar$")
_SCORED = re.compile(
    r"(?<![a-z])(?:p?r?auc|auprc|auroc|roc|average_?precision|log_?loss|brier\w*|precision_?recall_?curve)(?![a-z])",
    re.IGNORECASE,
)
"""A name or text that speaks of a measure of the scores."""

curves_in = calls_where(lambda name: _CURVE.search(name) is not None)
choices_in = calls_where(lambda name: _CHOICE.search(name) is not None)
tuners_in = calls_where(lambda name: _TUNING.search(name) is not None)


# ---------------------------------------------------------------- a cut-off that is learnt (thr.4)


def learnt(view: View) -> Answer:
    """Whether a cut-off is searched on data and kept, where a prediction is compared with a written one."""
    if is_library(view):
        return NotApplicable("who uses a library learns the cut-off")
    cuts = _cuts(view)
    learning = [file for file in view.product if _learns_in(file)]
    named = any(map(_keeps_in, view.configs))
    if not cuts and not learning:
        unread = view.python_unseen or view.unread(CFG) > 0
        return Unknown("files went unread") if unread else NotApplicable("nothing compares a prediction with a number")
    if named or any(has_call(file.facts, "WRITE", "EXPERIMENT") for file in learning):
        return Measure(1.0, max(1, len(cuts)))
    if learning:
        return Unknown("a cut-off is learnt, and where it is kept is not seen")
    if view.python_unseen or view.unread(CFG) > 0:
        return Unknown("files went unread that may learn it")
    return Measure(0.0, len(cuts), (_unlearnt_hit(cuts),))


def _cuts(view: View) -> list[Hit]:
    """Where cases are decided by a written number. Of a number in configuration nobody knows whose scores it cuts."""
    files = [file for file in view.product_once if "example" not in file.roles]
    return [_place(file, item) for file in files for item in _deciding_in(file)]


def _deciding(file: PythonFile) -> tuple[Comparison, ...]:
    """Where the same function takes a measure, or one around it or its file does by its name, the cut is made to be
    judged."""
    if not file.facts.comparisons or _JUDGES.search(file.path):
        return ()
    judging = {call.scope for call in calls_of(file.facts, "EVAL")}
    found = [item for item in deciding(file.facts) if item.scope not in judging]
    return tuple([item for item in found if not any(map(measures, item.scope.split(".")))])


_deciding_in = Memo(_deciding)


def _place(file: PythonFile, item: Comparison) -> Hit:
    shown = f"{item.subject} {item.operator} {item.literal}"
    return placed(Hit(line=item.line, end_line=item.end_line, key="", symbol=item.scope, message=shown), file)


def _unlearnt_hit(cuts: list[Hit]) -> Hit:
    first = cuts[0]
    more = f" (and {len(cuts) - 1} more)" if len(cuts) > 1 else ""
    return Hit(
        path=first.path,
        line=first.line,
        end_line=first.end_line,
        key="no threshold is learnt",
        symbol=first.symbol,
        message=f"Cases are decided by `{first.message}`{more}, and nothing in the repository looks for a cut-off on "
        "held-out data and keeps it: after the next training nobody knows whether this one is still right.",
        evidence={"cut_offs": len(cuts), **{key: value for key, value in first.evidence.items() if key == "cell"}},
    )


def _learns(file: PythonFile) -> bool:
    facts = file.facts
    if tuners_in(facts) or _LEARNING.search("\n".join(_names(facts))):
        return True
    scopes = {call.scope for call in curves_in(facts)}
    return any(call.scope in scopes for call in choices_in(facts)) if scopes else False


_learns_in: Memo[PythonFile, bool] = Memo(_learns)


def _names(facts: PythonFacts) -> Iterator[str]:
    yield from facts.function_names
    yield from facts.bound_at_top
    for call in facts.calls:
        yield call.target
        yield call.name.rpartition(".")[2]
    if facts.settings is not None:
        yield from facts.settings.names.split()
        yield from facts.settings.texts.split()


def _keeps(item: InPlace[ConfigFacts]) -> bool:
    """A kept result that names the cut-off which was found: `best_threshold` in the metadata of a model."""
    keys = key_lines(item)
    return ("thr" in keys.lower() or "cut" in keys.lower()) and _LEARNING.search(keys.replace(".", "\n")) is not None


_keeps_in: Memo[InPlace[ConfigFacts], bool] = Memo(_keeps)


# ---------------------------------------------------------------- measures of the scores (thr.5)


def judged_at_cut_offs(view: View) -> Answer:
    """Whether two-class measures at a cut-off are all that the component judges its models by."""
    files = [file for file in view.ml_once if by_threshold(file.facts)]
    if not files:
        unread = view.python_unseen
        return Unknown("Python went unread") if unread else NotApplicable("no two-class measure at a cut-off is taken")
    if any(map(_scores_in, view.product)):
        return Measure(0.0, len(files))
    hits = [(file, hit) for file in files for hit in _alone_in(file)]
    if not hits:
        return NotApplicable("what is measured at a cut-off judges no model")
    if view.python_unseen:
        return Unknown("Python went unread that may measure the scores")
    file, hit = hits[0]
    return Measure(1.0, len(files), (placed(_whole_hit(hit, len(files)), file),))


def _alone(file: PythonFile) -> tuple[Hit, ...]:
    tally = threshold_measures_alone(file.facts)
    return tally.hits if tally is not None else ()


_alone_in = Memo(_alone)


def _scores(file: PythonFile) -> bool:
    facts = file.facts
    names = [*_names(facts), *(item.dotted for item in facts.imports)]
    names += [value for call in facts.calls for _, value in call.keywords]
    return _SCORED.search("\n".join(names)) is not None


_scores_in: Memo[PythonFile, bool] = Memo(_scores)


def _whole_hit(hit: Hit, files: int) -> Hit:
    where = "here" if files == 1 else f"in {files} files"
    return Hit(
        line=hit.line,
        end_line=hit.end_line,
        key="threshold measures alone",
        symbol=hit.symbol,
        message=f"Models are judged {where} by measures at one cut-off, and nothing in the repository measures the "
        "scores: a better or worse number may come from the cut-off as well as from the model.",
        evidence={"files": files},
    )
