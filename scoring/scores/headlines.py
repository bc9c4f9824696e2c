"""The headline of each litmus answer: what is known, in natural units, then what is not (catalogue, section 9)."""

from collections.abc import Callable, Mapping

from scoring.analyses.algorithm_changes import ESTIMATED, changes_of
from scoring.facts import HistoryFacts
from scoring.findings import Outcome
from scoring.scores.answers import LitmusComponent

Rows = Mapping[str, LitmusComponent]
History = HistoryFacts | None


def headline(question: str, rows: Rows, history: History) -> str:
    """One sentence or two for the question with this id."""
    known = [part for part in _PARTS[question](rows, history) if part]
    unseen = sum(1 for row in rows.values() if row.outcome == Outcome.UNKNOWN)
    if not known:
        return f"Not known yet: {_NEEDS[question]}."
    return (
        f"{_sentence(known)}. {unseen} of {len(rows)} measures are not seen yet." if unseen else f"{_sentence(known)}."
    )


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _people(count: float) -> str:
    return "1 person" if count == 1 else f"{count:g} people"


def _new_algorithm(rows: Rows, history: History) -> list[str]:
    footprint, width, scale, steps = (
        rows[name] for name in ("swap footprint", "plug width", "scale switch", "one-command pipeline")
    )
    return [
        *_swaps(footprint, history),
        f"{_percent(width.value)} of the ML files build an estimator themselves" if width.value is not None else "",
        _scale(scale.value) if scale.value is not None else "",
        _counted(steps.value, "manual step") if steps.value is not None else "",
    ]


def _swaps(footprint: LitmusComponent, history: History) -> list[str]:
    if footprint.value is None:
        return []
    changes = changes_of(history)
    if changes is None or footprint.reason.startswith(ESTIMATED):
        named = "1 file names" if footprint.value == 1 else f"{footprint.value:g} files name"
        return [f"no algorithm change in 24 months; as an estimate, {named} the algorithms in use"]
    files, folders = _counted(changes.files, "file"), _counted(changes.folders, "directory", "directories")
    if changes.number == 1:
        only = " and was configuration only" if changes.by_settings else ""
        return [f"the last algorithm change touched {files} in {folders}{only}"]
    were = "was" if changes.by_settings == 1 else "were"
    return [
        f"the last {changes.number} algorithm changes touched a median of {files} in {folders}",
        f"{changes.by_settings} of {changes.number} {were} configuration only",
    ]


def _counted(number: float, one: str, many: str = "") -> str:
    return f"{number:g} {one if number == 1 else many or one + 's'}"


def _scale(limits: float) -> str:
    if limits == 0:
        return "no sample limit stands in the training path"
    return "1 sample limit stands in the training path" if limits == 1 else f"{limits:g} sample limits stand there"


def _closure(rows: Rows, history: History) -> list[str]:
    unresolved = rows["unresolved"]
    return [
        f"{_percent(unresolved.value)} of the reads and writes have no name" if unresolved.value is not None else ""
    ]


def _precision(rows: Rows, history: History) -> list[str]:
    seeds, leaks = rows["seeds"], rows["held-out hygiene"]
    parts = [f"{_counted(leaks.value, 'leak')} from test data into training" if leaks.value is not None else ""]
    if seeds.value is not None and seeds.population:
        seeded = round(seeds.value * seeds.population)
        plural = "entry point seeds" if seeds.population == 1 else "training entry points seed"
        parts.append(f"{seeded} of {seeds.population} {plural} every random generator in use")
    return parts


def _side_effects(rows: Rows, history: History) -> list[str]:
    overlap = rows["co-change of models"]
    if overlap.value is None:
        return []
    return [
        "structural risk only, no outcome data",
        f"{_percent(overlap.value)} of the model commits touch two models or more",
    ]


def _newcomers(rows: Rows, history: History) -> list[str]:
    ramp, factor, hot, setup, docs = (
        rows[name] for name in ("ramp", "truck factor", "hot and solo", "one-command set-up", "README and docs")
    )
    return [
        f"new people reach their 10th change after {ramp.value:.0f} days (median of {ramp.population})"
        if ramp.value is not None
        else "",
        f"{_percent(hot.value)} of the hot ML files have one author" if hot.value is not None else "",
        f"{_people(factor.value)} leaving would orphan half of the ML files" if factor.value is not None else "",
        f"the README covers {docs.value:g} of 5 parts" if docs.value is not None else "",
        _SETUP[setup.value] if setup.value is not None else "",
    ]


_SETUP = {
    0.0: "there is no one-command set-up",
    0.5: "one-command set-up is there in part",
    1.0: "one command sets up, and CI runs it",
}

_PARTS: Mapping[str, Callable[[Rows, History], list[str]]] = {
    "Q1": _new_algorithm,
    "Q2": _closure,
    "Q3": _precision,
    "Q4": _side_effects,
    "Q5": _newcomers,
}

_NEEDS = {
    "Q1": "neither past changes of algorithm nor the code say enough",
    "Q2": "this version does not read the data-dependency graph",
    "Q3": "no training entry point was recognised, and no experiment runs are connected",
    "Q4": "fewer than two model folders were recognised, and no outcome data is connected",
    "Q5": "the history and the README say too little",
}
