"""How wide the plug is for another algorithm: the share of files that build models (glu.1)."""

from collections.abc import Sequence

from scoring.analyses.adapters import adapter_kind
from scoring.analyses.memo import Latest
from scoring.analyses.placing import placed
from scoring.analyses.plugs import Built, Plugs, plugs_of
from scoring.analyses.view import View
from scoring.findings import Answer, Hit, Measure, NotApplicable

NEARLY_ALL = 0.8
"""Share of the files that have to build one model before they are named, where an interface stands before the models:
fewer are its implementations."""

SHOWN = 4
"""Files that build one model, from which on it is named: two or three are a training, a tuning and a check, edited
together."""

_latest: Latest[Answer] = Latest()


def spread(view: View) -> Answer:
    """Share of the ML modules that build models beside others of the same program; a single one is the plug itself."""
    plugs, kind = plugs_of(view), adapter_kind(view)
    return _latest((plugs, kind), lambda: _spread(view, plugs, kind))


def _spread(view: View, plugs: Plugs, kind: str) -> Answer:
    if not plugs.built and not plugs.alone:
        return NotApplicable("no module that builds a model was seen")
    if not plugs.built and len(plugs.alone) > 1:
        return NotApplicable("the files that build models share no code: each is a program by itself")
    if not plugs.built:
        return Measure(0.0, plugs.files, note=f"{plugs.alone[0]} alone builds models")
    usual = [pair for pair in plugs.repeated if not kind or pair[1] >= NEARLY_ALL * len(plugs.built)]
    told = [pair for pair in usual if pair[1] >= SHOWN][:1] if plugs.wide else []
    return Measure(plugs.share, plugs.files, tuple([_hit(view, plugs.built, name, files) for name, files in told]))


def _hit(view: View, built: Sequence[Built], name: str, files: int) -> Hit:
    """The first file that builds the usual model speaks for all: one factory for it serves them all."""
    item, line, scope = next(
        (item, line, scope) for item in built for model, line, scope in item.places if model == name
    )
    hit = Hit(
        line=line,
        key="model",
        symbol=scope,
        message=f"This file builds {name} itself, and so do {files - 1} other files; to try another algorithm in its "
        f"place means to edit all {files}.",
        evidence={"models": ", ".join(item.names), "files": files},
    )
    return placed(hit, view.product_by_path[item.path])
