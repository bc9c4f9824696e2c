"""Where predictions go: out of endpoints and into files without their origin (pod.2), to where everybody reads
(und.6), from services that nothing turns off (act.3)."""

import re
from functools import lru_cache

from scoring.analyses.demonstrations import is_demonstration
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.serving import listens_locally
from scoring.analyses.starts import naming_unread
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, PredictionUse
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.predictions import ARRAYS, SWITCH_LIBRARIES, SWITCHES

_TRIED = re.compile(r"(?:^|[/_])(?:tests?|bench\w*|eval\w*|debug)(?=[/_.])", re.IGNORECASE)
"""In a path: a file whose writes nobody beyond reads."""

_Places = list[tuple[PythonFile, PredictionUse]]


def _uses(file: PythonFile) -> tuple[PredictionUse, ...]:
    """The first return of each endpoint, and all else."""
    found: dict[tuple[object, ...], PredictionUse] = {}
    for use in file.facts.predictions:
        returned = use.kind == "returned"
        found.setdefault((use.scope,) if returned else (use.line, use.kind, use.subject), use)
    return tuple(found.values())


_uses_in = Memo(_uses)


def _of_kind(view: View, *kinds: str) -> _Places:
    return [(file, use) for file in _predicting(view) for use in _uses_in(file) if use.kind in kinds]


@lru_cache(maxsize=1)
def _predicting(view: View) -> tuple[PythonFile, ...]:
    return tuple([file for file in view.product_once if file.facts.predictions])


def _per_code(view: View, hits: list[Hit], population: int) -> Measure:
    return Measure(len(hits) / view.ten_klocs, population, tuple(hits))


# ---------------------------------------------------------------- without their origin (pod.2)


def without_origin(view: View) -> Answer:
    """Predictions that an endpoint returns or a table holds, with nothing that tells by which model or when. Whoever
    runs a library chose the model that it asks."""
    if is_library(view):
        return NotApplicable("a library is asked with a model of its user's")
    exits = [
        (file, use)
        for file, use in _of_kind(view, "returned", "written")
        if use.kind == "returned" or (use.subject.rpartition(".")[2] not in ARRAYS and not _TRIED.search(file.path))
    ]
    if listens_locally(view):  # whoever gets the answer chose the model
        exits = [(file, use) for file, use in exits if use.kind != "returned"]
    if not exits:
        return NotApplicable("no prediction is returned to others by an endpoint or written to a table")
    origins = frozenset(use.subject for _, use in _of_kind(view, "origin"))
    bare = [(file, use) for file, use in exits if not use.bounded and origins.isdisjoint(use.detail.split())]
    returned = [use for _, use in bare if use.kind == "returned"]
    told = [(file, use) for file, use in bare if use.kind != "returned" or use is returned[0]]
    hits = [_exit_hit(file, use, len(returned) - 1) for file, use in told]
    return Measure(len(bare) / view.ten_klocs, len(exits), tuple(hits))


def _exit_hit(file: PythonFile, use: PredictionUse, others: int) -> Hit:
    """The first endpoint speaks for the `others`: what tells of the model is put in where they are all answered."""
    if use.kind == "returned":
        more = f" So do {others} more endpoints." if others > 1 else " So does one more endpoint." if others else ""
        shown = use.subject if use.subject not in ("", "?") else use.scope.rpartition(".")[2]
        message = (
            f"{shown} returns a prediction and nothing that tells which model made it or when: a wrong answer can't be "
            f"traced to a version.{more}"
        )
    else:
        message = (
            f"{use.subject} writes predictions without the version of the model, a run or a time beside them: nobody "
            "can tell later which model made a row."
        )
    hit = Hit(
        line=use.line,
        end_line=use.end_line,
        key=f"{use.kind} {use.subject}",
        symbol=use.scope,
        message=message,
        evidence={use.kind: use.subject},
    )
    return placed(hit, file)


# ---------------------------------------------------------------- where everybody reads (und.6)


def in_shared_places(view: View) -> Answer:
    """Predictions written to a shared, public or world-readable place."""
    written = _of_kind(view, "written")
    if not written:
        return NotApplicable("no prediction is written")
    hits = [_shared_hit(file, use) for file, use in written if use.place]
    return _per_code(view, hits, len(written))


def _shared_hit(file: PythonFile, use: PredictionUse) -> Hit:
    where = f"`{use.detail}`" if use.detail else "a place that it opens to everybody"
    hit = Hit(
        line=use.line,
        end_line=use.end_line,
        key=f"shared {use.subject} {use.detail}",
        symbol=use.scope,
        message=f"{use.subject} writes predictions to {where}, where whoever has access can come to depend on them "
        "without asking.",
        evidence={"written": use.detail or use.subject},
    )
    return placed(hit, file)


# ---------------------------------------------------------------- what turns the model off (act.3)


NONE_GIVEN = "no service gives predictions"


def _given(view: View) -> _Places:
    return [(file, use) for file, use in _of_kind(view, "returned") if not _is_aside(file, use.scope)]


def _shows_how(view: View) -> bool:
    """A library's server, or a demonstration: somebody else deploys it, or nobody."""
    return is_library(view) or is_demonstration(view)


def given_by_service(view: View) -> _Places:
    """Where a service of the component's own gives predictions; none of a library or a demonstration."""
    return [] if _shows_how(view) else _given(view)


def switched_off(view: View) -> Answer:
    """Whether anything turns the model off, or answers in its place, where a service gives predictions."""
    served = _given(view)
    if not served:
        return NotApplicable(NONE_GIVEN)
    if _shows_how(view):
        return NotApplicable("who deploys a library's server or a demonstration keeps the switch")
    if any(map(_switches_in, view.product)) or any(map(_sets_switch_in, view.configs)):
        return Measure(1.0, len(served))
    if naming_unread(view) or view.python_unseen:
        return Unknown("settings or code that may turn the model off went unread")
    if any(map(_asks_registry_in, view.product)):
        return Unknown(
            "a stage or alias of a registry, or a variable, names the model that is served: whoever moves it "
            "may have an older one or a default there"
        )
    file, use = served[0]
    shown = use.subject if use.subject not in ("", "?") else use.scope.rpartition(".")[2]
    hit = Hit(
        line=use.line,
        key="switch",
        symbol=use.scope,
        message=f"Nothing turns the model behind {shown} off or answers in its place: no setting, no flag, no default. "
        "When it goes wrong, a release is the only way to stop it.",
        evidence={"places": len(served)},
    )
    return Measure(0.0, len(served), (placed(hit, file),))


_LESSON = re.compile(
    r"(?:^|[/_.-])(?:(?:day|week|lesson|chapter|module|lab|exercise)[ _-]?\d+|[\w-]*batch[\w-]*\.py$)", re.I
)
"""In a path: a part of a course, or a job that runs over a batch, which nobody has to turn off."""
_SHOWS = re.compile(r"(?:^|[._])(?:download|export|list|history|analytics|dashboard|report)s?(?:_|$)", re.IGNORECASE)
"""In the name of an endpoint: it shows predictions that were made before."""


def _is_aside(file: PythonFile, scope: str) -> bool:
    return "example" in file.roles or _LESSON.search(file.path) is not None or _SHOWS.search(scope) is not None


def _switches(file: PythonFile) -> bool:
    facts = file.facts
    if any(item.module.partition(".")[0] in SWITCH_LIBRARIES for item in facts.imports):
        return True
    names = [*facts.function_names, *facts.bound_at_top, *(name for name, _ in facts.environment)]
    if facts.settings is not None:
        names += [use.path for use in facts.settings.uses]
    return _names_switch(names)


_switches_in: Memo[PythonFile, bool] = Memo(_switches)


def _asks_registry(file: PythonFile) -> bool:
    """Whether what it serves is named outside the code: by a stage or alias of a registry, or by a variable."""
    facts = file.facts
    if any(_NAMED_VERSION(name) for name, _ in facts.environment):
        return True
    return any(call.name.endswith(_BY_STAGE) or call.first.strip("'\"").startswith("models:/") for call in facts.calls)


_BY_STAGE = ("get_model_version_by_alias", "get_latest_versions", "transition_model_version_stage")
_NAMED_VERSION = re.compile(
    r"MODEL.*_(?:VERSION|STAGE|ALIAS|URI|TAG|REVISION)$|^(?:STAGE|ALIAS)_.*MODEL", re.IGNORECASE
).search
_asks_registry_in: Memo[PythonFile, bool] = Memo(_asks_registry)


def _sets_switch(file: InPlace[ConfigFacts]) -> bool:
    return _names_switch([setting.key for setting in file.facts.settings])


def _names_switch(names: list[str]) -> bool:
    return SWITCHES.search("\n".join(names).lower()) is not None


_sets_switch_in: Memo[InPlace[ConfigFacts], bool] = Memo(_sets_switch)
