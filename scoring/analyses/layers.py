"""Imports against the layers of a component, told by folders and endpoints (abs.3).

What serves imports what trains; what makes features imports what serves; code of the product imports from a folder of
tests, scripts or notebooks, which is run and not installed.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Latest
from scoring.analyses.modules import import_of, imports_by_path
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library, was_put_aside
from scoring.analyses.view import PythonFile, View
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

SERVING, TRAINING, FEATURES, RUN, CODE = "serving", "training", "features", "run", "code"

_SERVES = re.compile(r"(?:^|/)(?:serving|serve|inference|inference_service|api|apis|endpoints|routers|routes)/", re.I)
_TRAINS = re.compile(
    r"(?:^|/)(?:training|train|model_training|trainers?)/|(?:^|/)(?:train(?:ing|er)?(?:_(?:models?|pipeline))?)\.py$",
    re.I,
)
_FEATURES = re.compile(r"(?:^|/)(?:features?|feature_engineering|feature_store|featuri[sz]ation)/", re.I)
_RUN = re.compile(r"(?:^|/)(?:tests?|scripts?|notebooks?)/", re.IGNORECASE)
"""Folders of what is run by hand or by a job, and of tests."""
_BESIDE = re.compile(
    r"(?:^|/)(?:_?test(?:s|ing)?(?:_[^/]*)?|scripts?|notebooks?|examples?|experiments?|experimental|research|benchmarks?|sandbox"
    r"|demos?|playground|scratch|tools?|bin|ci|dev|jobs|courses?|dags?)/"
    r"|(?:^|/)(?:test_[^/]*|[^/]*_(?:test|it|tests)|[^/]*tests?_[^/]*|conftest)\.py$",
    re.IGNORECASE,
)
"""What stands beside the product: it may import whatever it runs or tests."""
_OFFERED = re.compile(r"(?:^|/)tests?/(?:__init__|(?:[^/]*/)*test_[^/]*)\.py$", re.IGNORECASE)
"""Tests that a package offers to who installs it."""
_OF_SERVICE = re.compile(_SERVES.pattern + r"|(?:^|/)(?:schemas?|dtos?|types|entities)(?:/|\.py$)", re.IGNORECASE)
"""A part of a service that speaks of training, and does none."""
_STARTS_TRAINING = re.compile(r"train|fit|learn", re.IGNORECASE)
"""In the path or the name of an endpoint: it is there to train."""

_WORDS = {
    (SERVING, TRAINING): "This module serves, and imports {target}, which trains: what the service runs on then "
    "includes all that training needs, and a change made to train differently can break answers.",
    (FEATURES, SERVING): "This module makes features, and imports {target}, which serves: features can't be made for "
    "training without the service.",
    (CODE, RUN): "This module imports {target} from a folder of what is run by hand or tests: whoever changes that "
    "does not expect the product to rest on it.",
}


class _Edge(NamedTuple):
    importer: str
    target: str
    layers: tuple[str, str]


def layer_breaches(view: View) -> Answer:
    """Imports against the layers, per 10 KLOC of ML code."""
    product = tuple([file.path for file in view.product])
    serving = frozenset([file.path for file in view.product if file.facts.endpoints and _answers(file)])
    graph = imports_by_path(view)
    library = is_library(view)
    rests_on = (graph, product, serving, library)
    among, edges = _latest(rests_on, lambda: _breaches(graph, product, serving, library=library))
    if not among:
        unread = view.python_unseen
        return Unknown("Python went unread") if unread else NotApplicable("no folder or endpoint tells a layer")
    hits = [_hit(view, edge) for edge in edges]
    return Measure(len(hits) / view.ten_klocs, among, tuple(hits))


_latest: Latest[tuple[int, tuple[_Edge, ...]]] = Latest()


def _answers(file: PythonFile) -> bool:
    """Whether it holds endpoints, none of which is there to train."""
    return not any(_STARTS_TRAINING.search(f"{item.path} {item.scope}") for item in file.facts.endpoints)


def _breaches(
    graph: dict[str, frozenset[str]], product: tuple[str, ...], serving: frozenset[str], *, library: bool
) -> tuple[int, tuple[_Edge, ...]]:
    """How many imports there are among the component's own modules, 0 where nothing tells a layer, and those against
    the layers."""
    among, found = 0, []
    told = frozenset([path for path in graph if _layer(path)]) | serving
    if not told:
        return 0, ()
    for importer in product:
        targets = graph.get(importer, frozenset())
        among += len(targets)
        if targets.isdisjoint(told) or _stands_beside(importer):
            continue
        for target in sorted(targets & told):
            pair = _against(importer, target, serving, library=library)
            if pair is not None:
                found.append(_Edge(importer, target, pair))
    return among, tuple(sorted(found))


@lru_cache(maxsize=1 << 14)
def _layer(path: str) -> str:
    """The layer of a module that others may have no business to import, "" for any other."""
    if _RUN.search(path):
        return RUN
    return TRAINING if _TRAINS.search(path) and not _OF_SERVICE.search(path) else ""


@lru_cache(maxsize=1 << 14)
def _stands_beside(path: str) -> bool:
    return not path.endswith(".py") or was_put_aside(path) or _BESIDE.search(path) is not None


def _against(importer: str, target: str, serving: frozenset[str], *, library: bool) -> tuple[str, str] | None:
    """The two layers that an import joins the wrong way round."""
    layer = _layer(target)
    if layer == RUN and "/" in importer:
        return None if importer.endswith("/__init__.py") and _OFFERED.search(target) else (CODE, RUN)
    if library:  # folders of a library are called after what others do with them
        return None
    if layer == TRAINING and not _TRAINS.search(importer):
        return (SERVING, TRAINING) if importer in serving or _is_served(importer) else None
    if target in serving and _FEATURES.search(importer):
        return FEATURES, SERVING
    return None


def _is_served(importer: str) -> bool:
    return _SERVES.search(importer) is not None and _STARTS_TRAINING.search(importer) is None


def _hit(view: View, edge: _Edge) -> Hit:
    file = view.product_by_path[edge.importer]
    item = import_of(view, file, edge.target)
    hit = Hit(
        line=item.line if item is not None else 1,
        key=f"{edge.layers[0]} imports {edge.target}",
        message=_WORDS[edge.layers].format(target=edge.target),
        evidence={"imports": edge.target},
    )
    return placed(hit, file)
