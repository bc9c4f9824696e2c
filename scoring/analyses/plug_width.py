"""How wide the plug is for another algorithm: the share of files that build models (glu.1)."""

from scoring.analyses.adapters import adapter_kind
from scoring.analyses.memo import Latest
from scoring.analyses.placing import placed
from scoring.analyses.plugs import Built, Plugs, plugs_of
from scoring.analyses.view import View
from scoring.findings import Answer, Hit, Measure, NotApplicable

NEARLY_ALL = 0.8
"""Share of the files that have to build one model before they are named, where an interface stands before the models:
fewer are its implementations."""

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
    hits = [hit for item in plugs.built if plugs.wide and (hit := _hit(view, item, usual))]
    return Measure(plugs.share, plugs.files, tuple(hits))


def _hit(view: View, item: Built, usual: list[tuple[str, int]]) -> Hit | None:
    """Of the files that build the usual model: who builds what few others do is little in the way of another one."""
    found = [(files, place) for name, files in usual for place in item.places if place[0] == name]
    if not found:
        return None
    files, (name, line, scope) = found[0]
    others = "one other file" if files == 2 else f"{files - 1} other files"
    hit = Hit(
        line=line,
        key="model",
        symbol=scope,
        message=f"This file builds {name} itself, and so {'does' if files == 2 else 'do'} {others}; to try another "
        f"algorithm in its place means to edit all {files}.",
        evidence={"models": ", ".join(item.names), "files": files},
    )
    return placed(hit, view.product_by_path[item.path])
