"""Cut-offs as text: what of a comparison is compared between versions of a file (thr.3)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from scoring.facts import Comparison, PythonFacts
from scoring.readers.cut_offs import folded

ORDER = frozenset({"<", "<=", ">", ">="})
"""Equality with a number asks for a class, and is no cut-off."""
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_MARGIN = 0.001
"""What lies nearer to 0 is the tolerance of a check and no cut-off of a score."""
_OVERLAP = re.compile(r"iou|nms|overlap|jaccard|loss|mask", re.IGNORECASE)
"""Of what is compared where boxes, masks or errors are, and no score of a case; of functions that train."""
_MEASURING = re.compile(
    r"(?:^|_)(?:train|fit|step|accuracy|acc|metrics?|plot|show|draw|visuali[sz]e|evaluat(?:e|ion)|eval|valid(?:ate|ation)?"
    r"|test|targets?|confusion|f1|precision|recall|performance|stats|statistics|distribution|histogram)(?:_|$)",
    re.IGNORECASE,
)
"""Functions that train, measure or draw: what they cut is counted, and no case is decided by it."""
_HELD_OUT = re.compile(r"(?:^|_)(?:tests?|val|valid|validation|dev|oof|holdout)(?:_|\b)", re.IGNORECASE)
"""In the name of a prediction at the top of a program: of rows that it is measured on."""
_PREDICTED = re.compile(
    r"(?:\b|_)(?:prob|proba|probability|pred|prediction|predicted)(?:s|as|ies)?(?:\b|_)", re.IGNORECASE
)
"""In a name that nothing but a model's answer bears: of scores and confidences many are sums of rules."""
_DRAWN = re.compile(
    r"keep|drop|transition|prior|synthe|simulat|seed|generat|mutat|cross|sampl|flip|swap|aug|edge|replac|mask|accept|mock|stub|random|noise|error|bias|loss|diff",
    re.IGNORECASE,
)
"""Probabilities of what a program does by chance or makes up, and what is worked out of a prediction to judge it."""
_PARTS = re.compile(r"(.+?)(<=|>=|<|>)([-+.\deE_]+)", re.DOTALL)


def cut_offs_in(facts: PythonFacts) -> tuple[Comparison, ...]:
    """Comparisons of a prediction with a number between 0 and 1, but for the overlap of boxes."""
    return tuple(
        [item for item in facts.comparisons if item.kind == "score" and item.operator in ORDER and _cuts(item)]
    )


def decides(item: Comparison, *, in_notebook: bool) -> bool:
    """Whether a cut-off may decide a case: not where a function trains, measures or draws, nor in a cell that looks."""
    if not item.scope and in_notebook:
        return False
    if not item.scope and _HELD_OUT.search(item.subject):
        return False
    return _cuts(item) and not measures(item.scope.rpartition(".")[2])


def measures(name: str) -> bool:
    """Whether a function of this name trains, measures or draws."""
    return _MEASURING.search(name) is not None


def deciding(facts: PythonFacts) -> list[Comparison]:
    """Comparisons of a prediction with a written number that may decide a case, by line."""
    scores = [item for item in facts.comparisons if item.kind == "score" and item.operator in ORDER]
    in_notebook = facts.notebook is not None
    found = [item for item in (*scores, *named_predictions(facts)) if decides(item, in_notebook=in_notebook)]
    found.sort(key=lambda item: item.line)
    return found


def named_predictions(facts: PythonFacts) -> Iterator[Comparison]:
    """Comparisons whose subject is a prediction by its name alone: `if probability >= 0.7` in a function of its own."""
    for item in facts.comparisons:
        if item.kind != "score_name" or not _PREDICTED.search(item.subject):
            continue
        if _DRAWN.search(f"{item.subject} {item.scope}") or _OVERLAP.search(f"{item.subject} {item.scope}"):
            continue
        if not any(call.target == item.subject and "rand" in call.name for call in facts.calls):
            yield item


def _cuts(item: Comparison) -> bool:
    if _OVERLAP.search(f"{item.subject} {item.scope}"):
        return False
    try:
        return _MARGIN < float(item.literal) < 1 - _MARGIN
    except ValueError:
        return False


def key_of(item: Comparison) -> str:
    """The comparison, white space folded."""
    return folded(f"{item.subject}{item.operator}{item.literal}")


@lru_cache(maxsize=1 << 10)
def expression_of(key: str) -> re.Pattern[str]:
    """What matches the comparison in a folded line, whichever side the number stands on."""
    parts = _PARTS.fullmatch(key)
    if parts is None:
        return re.compile(re.escape(key))
    subject, sign, number = re.escape(parts[1]), parts[2], re.escape(parts[3])
    return re.compile(
        rf"(?<![\w.]){subject}{re.escape(sign)}{number}(?![\w.])"
        rf"|(?<![\w.]){number}{re.escape(_MIRRORED[sign])}{subject}(?![\w.(\[])"
    )
