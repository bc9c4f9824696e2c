"""Settings written into the code: hyper-parameters in calls of algorithm libraries, and paths of one machine.

A hyper-parameter is a keyword of a call that builds or fits a model. Where a library's constructors take little else
(scikit-learn, gradient boosting) every keyword with a number counts; elsewhere only names that are hyper-parameters in
any library, so that the layers of a network, which are its architecture, are left alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scoring import knowledge
from scoring.analyses.view import is_estimator
from scoring.facts import Call, Function, PythonFacts
from scoring.findings import Hit, Tally
from scoring.knowledge.hyperparameters import LAYERS, NAMES, OTHER, TABULAR

OFF = frozenset({"0", "0.0", "None"})
"""Values that switch a setting off."""
NEUTRAL = OFF | {"1", "1.0"}
"""Those with which a factor, too, does nothing."""
UNTRIED = frozenset(
    {("ngram_range", "(1, 1)"), ("n_components", "2"), ("n_components", "3"), ("n_estimators", "100"), ("n_init", "10")}
    | {("C", "1.0"), ("n_neighbors", "5"), ("beta_1", "0.9"), ("beta_2", "0.999"), ("betas", "(0.9, 0.999)")}
    | {("epsilon", "1e-08"), ("eps", "1e-08")}
)
"""What the libraries take by themselves, and the axes of a picture: nothing was tried here."""
NUMBER = re.compile(r"-?\d[\d_.]*(?:e[-+]?\d+)?", re.IGNORECASE)
SHOWN = 4
RECORDS = ("HParams", "Config", "Params", "Arguments")
"""How the names of records end that hold the settings themselves."""
PICTURES = frozenset({"TSNE", "MDS", "UMAP", "Isomap", "SpectralEmbedding", "LocallyLinearEmbedding"})
"""Embeddings: with two or three axes they are made to be looked at."""
AXES = frozenset({"2", "3"})


@lru_cache(maxsize=1 << 14)
def _kind(name: str) -> str:
    """tabular | any | "": which keywords of a call of this name are hyper-parameters."""
    if name.startswith(LAYERS) or name.endswith(RECORDS):
        return ""
    if is_estimator(name):
        return "tabular" if name.startswith(TABULAR) else "any"
    return "any" if knowledge.is_call(name, "FIT") else ""


def _hyperparameters(call: Call) -> Iterator[tuple[str, str]]:
    kind = _kind(call.name)
    if not kind or _draws_a_picture(call) or _SPLITS(call.name) or ("shuffle", "False") in call.keywords:
        return
    for name, literal in call.keywords:
        number = NUMBER.fullmatch(literal) is not None
        if name in NAMES or (kind == "tabular" and name not in OTHER and (number or not literal)):
            if literal in (NEUTRAL if kind == "any" else OFF) or (name, literal) in UNTRIED:
                continue
            yield name, literal if number or literal.startswith(("(", "[")) else ""


_SPLITS = re.compile(r"(?:Split|KFold|Fold)$").search
"""What divides rows: how often it does so is no setting of a model."""


def _draws_a_picture(call: Call) -> bool:
    axes = dict(call.keywords).get("n_components", "2")
    return call.name.rpartition(".")[2] in PICTURES and axes in AXES


def _around(facts: PythonFacts, lines: Iterable[int]) -> dict[int, frozenset[str]]:
    """Of each line, the names of the functions that it lies in."""
    functions = sorted(facts.functions, key=lambda item: -item.line)
    found: dict[int, frozenset[str]] = {}
    begun: list[Function] = []
    for line in sorted(set(lines)):
        while functions and functions[-1].line <= line:
            begun.append(functions.pop())
        begun = [item for item in begun if line <= item.end_line]
        found[line] = frozenset([item.name for item in begun])
    return found


def _is_default(call: Call, around: frozenset[str]) -> bool:
    """Whether a call stands for an argument that nobody gives: `def build(optimizer=Adam(lr=0.1))`."""
    return not around.issubset(call.scope.split("."))


def _is_set_by_others(name: str, settings: list[tuple[str, str]]) -> bool:
    """Whether it is a part of an optimiser's formula beside a rate that is taken from elsewhere: what is tried is that
    rate."""
    return name in FORMULA and any(other in RATES and not literal for other, literal in settings)


FORMULA = frozenset({"betas", "beta_1", "beta_2", "eps", "epsilon"})
RATES = frozenset({"lr", "learning_rate"})


def written_hyperparameters(facts: PythonFacts) -> Tally | None:
    """Of the hyper-parameters that calls name, those given as numbers; one hit for each call."""
    examined = count = 0
    hits: list[Hit] = []
    told = [(call, settings) for call in facts.calls if call.keywords and (settings := sorted(_hyperparameters(call)))]
    around = _around(facts, [call.line for call, _ in told]) if told else {}
    for call, settings in told:
        if _is_default(call, around[call.line]):
            continue
        fixed = [(name, literal) for name, literal in settings if literal and not _is_set_by_others(name, settings)]
        examined += len(settings)
        count += len(fixed)
        if fixed:
            hits.append(_call_hit(call, fixed))
    return Tally(examined, count, tuple(hits)) if examined else None


def _call_hit(call: Call, fixed: list[tuple[str, str]]) -> Hit:
    callee = call.name.removesuffix("()").rpartition(".")[2]
    shown = ", ".join(f"{name}={literal}" for name, literal in fixed[:SHOWN])
    more = f" and {len(fixed) - SHOWN} more" if len(fixed) > SHOWN else ""
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{call.name}:{','.join(name for name, _ in fixed)}",
        symbol=call.scope,
        message=f"{callee} gets {shown}{more} in the code, so each trial is an edit and no file says what was tried.",
        evidence={"call": call.name, "written": len(fixed)},
    )
