"""Features taken by a pattern instead of by name, and conditions bound to a day (bun.2, cfg.23)."""

import re

from scoring.analyses.calls import has_call
from scoring.analyses.idioms import of_kind, tallied
from scoring.analyses.memo import Memo
from scoring.analyses.own_configs import own_configs
from scoring.analyses.placing import placed
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Idiom, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable, Tally

_INPUT = re.compile(r"^[xX]\d?$|^X_|_X$")
"""Names that only inputs of a model bear; the others are features where something is fitted."""
_CONDITION = re.compile(r"(?:[<>]=?\s*[\"']?|=\s*[\"'])(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d")
"""A bare `day=2020-01-01` is a part of a path."""
LEAST = len("<2020-01-01")
_ASSERTION = re.compile(r"expression_is_true|accepted_range|\.(?:min|max)_value$|description")
"""Keys of a check of the data itself: a limit it must keep, and no choice of rows."""


# ---------------------------------------------------------------- features


def features_by_pattern(facts: PythonFacts) -> Tally | None:
    """Assignments of features that take whatever columns match."""
    modelled = has_call(facts, "FIT", "SPLIT", "PRED")
    found = [item for item in of_kind(facts, "pattern") if modelled or _INPUT.search(item.subject)]
    if not found and not modelled:
        return None
    return tallied(facts, found, lambda item: f"{item.subject} {item.detail}", _pattern_message)


def _pattern_message(item: Idiom) -> str:
    return (
        f"`{item.subject}` takes its columns {item.detail}: a column that is added to the table becomes a feature "
        "that nobody chose or judged."
    )


# ---------------------------------------------------------------- days


def dated_conditions(view: View) -> Answer:
    """Comparisons with a written day in code that handles data, and in values of configuration."""
    files, configs = view.ml_once, own_configs(view)
    if not files and not configs:
        return NotApplicable("no code that handles data, and no configuration")
    hits = [hit for file in files for hit in _in_code(file)] + [hit for item in configs for hit in _in_config(item)]
    return Measure(len(hits) / view.ten_klocs, len(files) + len(configs), tuple(hits))


def _of_file(file: PythonFile) -> tuple[Hit, ...]:
    return tuple(placed(_dated_hit(item), file) for item in of_kind(file.facts, "dated"))


def _dated_hit(item: Idiom) -> Hit:
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key=item.subject,
        symbol=item.scope,
        message=f"`{item.subject}` decides by a day that is written into the code; why that day, and until when, "
        "nothing says, and data of another period is treated otherwise.",
        evidence={"day": item.detail},
    )


_in_code = Memo(_of_file)


def _of_config(item: InPlace[ConfigFacts]) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            path=item.entry.path,
            line=max(1, setting.line),
            key=setting.key,
            symbol=setting.key,
            message=f"`{setting.key}` holds a condition on a day (`{setting.value}`); what is selected depends on it.",
        )
        for setting in item.facts.settings
        if len(setting.value) >= LEAST
        and setting.kind in ("string", "reference")
        and _CONDITION.search(setting.value)
        and not _ASSERTION.search(setting.key)
    )


_in_config = Memo(_of_config)
