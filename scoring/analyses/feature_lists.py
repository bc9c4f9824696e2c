"""How many features the largest list of them spells out (ent.7)."""

import re

from scoring.analyses.calls import has_call
from scoring.analyses.idioms import of_kind
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.view import PythonFile, View
from scoring.facts import Idiom
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

MANY = 50
"""Features of one model, above which the list is told (the good anchor of the row)."""
_NOT_IN = re.compile(
    r"drop|exclu|ignor|unused|useless|remov|skip|leak|delet|bad|missing|candidate|forbid", re.IGNORECASE
)
"""Names of lists of what is left out."""


def largest_list(view: View) -> Answer:
    """The number of different names in the longest list that is called the features."""
    if is_library(view):
        return NotApplicable("a library has no model of its own")
    files = [file for file in view.product_once if "example" not in file.roles]
    found = [(int(item.detail), file, item) for file in files for item in _lists_in(file)]
    if not found:
        tables = any(has_call(file.facts, "TABLE") for file in files)
        if tables or view.python_unseen:
            return Unknown("no list of features is spelt out: how many a model has is not seen")
        return NotApplicable("no table is read and no features are listed")
    most = max(count for count, _, _ in found)
    hits = tuple([_hit(file, item) for count, file, item in found if count == most and most > MANY][:1])
    return Measure(float(most), len(found), hits)


def _lists(file: PythonFile) -> tuple[Idiom, ...]:
    return tuple([item for item in of_kind(file.facts, "features") if not _NOT_IN.search(item.subject)])


_lists_in: Memo[PythonFile, tuple[Idiom, ...]] = Memo(_lists)


def _hit(file: PythonFile, item: Idiom) -> Hit:
    hit = Hit(
        line=item.line,
        end_line=item.end_line,
        key=item.subject,
        symbol=item.scope or item.subject,
        message=f"`{item.subject}` lists {item.detail} features of one model: a change to any of them can move the "
        "weight of all the others, and nobody can say which are still needed.",
        evidence={"features": int(item.detail)},
    )
    return placed(hit, file)
