"""Web services: endpoints that don't ask who calls (und.5), services that report nothing (mon.5)."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from scoring.analyses.calls import has_call
from scoring.analyses.config_keys import key_lines
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Endpoint
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.serving import IDENTITY_KEYS, IDENTITY_KINDS, OPEN_PATHS, REPORTS

NONE_SEEN = "no endpoint of a web framework"


def unidentified(view: View) -> Answer:
    """Of the endpoints, those that don't ask who calls; none where the service or a gateway asks for all."""
    found = list(_endpoints(view))
    if not found:
        return NotApplicable(NONE_SEEN)
    if listens_locally(view):
        return NotApplicable("the service listens on its own machine alone, and who reaches it was let in before")
    if _asked_at_gateway(view):
        return Measure(0.0, len(found), note="a gateway asks for all of them")
    asking = _asking_folders(view)
    bare = [(file, item) for file, item in found if not item.guarded and not file.path.startswith(asking)]
    return Measure(len(bare) / len(found), len(found), tuple(_told(view, bare)))


_ANSWERS = re.compile(
    r"predict|infer|scor|recommend|rank|classif|detect|forecast|embed|generat|complet|chat|answer|query|search|similar"
    r"|estimat|segment|transcri|translat|summar|model",
    re.IGNORECASE,
)
"""In the path or the function of an endpoint: it gives what a model makes."""


def _told(view: View, bare: list[tuple[PythonFile, Endpoint]]) -> Iterator[Hit]:
    """One finding for each folder, whose endpoints one edit of their service guards; of those that give what a model
    makes. Who installs a library puts its service behind a door of his own."""
    if is_library(view):
        return
    reaching = _reaching_models(view) if bare else frozenset()
    grouped: dict[str, list[tuple[PythonFile, Endpoint]]] = {}
    for file, item in bare:
        if file.path in reaching or _ANSWERS.search(f"{item.path} {item.scope}"):
            grouped.setdefault(file.path.rpartition("/")[0], []).append((file, item))
    for alike in grouped.values():
        yield _hit(alike[0][0], [item for _, item in alike])


@lru_cache(maxsize=1)
def _reaching_models(view: View) -> frozenset[str]:
    """Paths of files that predict or ask a hosted model, or import by any way one that does."""
    starts = frozenset([file.path for file in view.product if _uses_model(file)])
    imports = imports_by_path(view)
    return _latest_reaching((starts, imports), lambda: _above(starts, imports))


_latest_reaching: Latest[frozenset[str]] = Latest()
_uses_model: Memo[PythonFile, bool] = Memo(lambda file: has_call(file.facts, "PRED") or bool(file.facts.hosted))


def _above(starts: frozenset[str], imports: Mapping[str, frozenset[str]]) -> frozenset[str]:
    importers: dict[str, list[str]] = {}
    for path, found in imports.items():
        for other in found:
            importers.setdefault(other, []).append(path)
    reached, todo = set(starts), sorted(starts)
    while todo:
        new = [path for path in importers.get(todo.pop(), ()) if path not in reached]
        reached.update(new)
        todo += new
    return frozenset(reached)


_STARTED = re.compile(r"0\.0\.0\.0|\b(?:uvicorn|gunicorn|hypercorn|waitress-serve|uwsgi|flask run|fastapi run)\b")
"""A command that starts a service on an address of its own."""


def listens_locally(view: View) -> bool:
    """Whether all that is said of where its services listen is the own machine: a tool for who runs it, or one behind
    a proxy of its platform."""
    said = {file.facts.listens for file in view.product}
    if "local" not in said or "open" in said or "Procfile" in view.paths:  # by which a platform starts it for others
        return False
    return not any(_STARTED.search(text) for _, _, text in view.commands)


def _endpoints(view: View) -> Iterator[tuple[PythonFile, Endpoint]]:
    for file in view.product_once:
        for item in file.facts.endpoints:
            if item.path != "*" and not _open(item.path):
                yield file, item


def _open(path: str) -> bool:
    """A path for machines and readers, which needs no caller."""
    words = [word.strip("_").lower() for word in path.split("/") if word]
    return not words or words[-1] in OPEN_PATHS or words[0] == "static"


def _asking_folders(view: View) -> tuple[str, ...]:
    """Folders with a service that asks for all of its endpoints."""
    asking = {file.path for file in view.product if any(item.path == "*" for item in file.facts.endpoints)}
    return tuple(sorted({path[: path.rfind("/") + 1] for path in asking}))


def _asked_at_gateway(view: View) -> bool:
    return any(map(_asks_in, view.configs))


def _asks(file: InPlace[ConfigFacts]) -> bool:
    keys = key_lines(file)
    if any(word in keys for word in IDENTITY_KEYS):
        return True
    if "\nkind\n" not in keys:
        return False
    return any(setting.key == "kind" and setting.value in IDENTITY_KINDS for setting in file.facts.settings)


_asks_in = Memo(_asks)


SHOWN = 3


def _hit(file: PythonFile, bare: list[Endpoint]) -> Hit:
    first = bare[0]
    names = list(dict.fromkeys([item.path if item.path != "?" else item.scope.rpartition(".")[2] for item in bare]))
    shown = ", ".join(names[:SHOWN]) + (" and others" if len(names) > SHOWN else "")
    said = f"endpoint {shown} answers" if len(names) == 1 else f"endpoints {shown} answer"
    whose = "its" if len(names) == 1 else "their"
    hit = Hit(
        line=first.line,
        key=first.path,
        symbol=first.scope,
        message=f"The {said} without asking who calls, so nobody knows who depends on {whose} answers.",
        evidence={"endpoint": first.path, "endpoints": len(bare)},
    )
    return placed(hit, file)


def silent_service(view: View) -> Answer:
    """Whether a service of the component exports no metric and logs nothing of its requests."""
    found = list(_endpoints(view))
    if not found:
        return NotApplicable(NONE_SEEN)
    if any(item.reports for _, item in found) or _reports(view):
        return Measure(0.0, len(found))
    file, item = found[0]
    hit = Hit(
        line=item.line,
        key="service",
        symbol=item.scope,
        message=f"The service behind {item.path} exports no metric and logs no request or prediction, so nobody sees "
        "when its answers drift or fail.",
        evidence={"endpoints": len(found)},
    )
    return Measure(1.0, len(found), (placed(hit, file),))


def _reports(view: View) -> bool:
    names = {item.module for file in view.product for item in file.facts.imports if item.level == 0}
    declared = {need.name.replace("-", "_") for _, facts in view.packaging for need in facts.requirements}
    return any(name == one or name.startswith((f"{one}.", f"{one}_")) for one in REPORTS for name in names | declared)
