"""The five litmus answers: natural units, each with its band (Sculley et al. 2015; catalogue, section 9)."""

from collections.abc import Callable, Mapping
from functools import cache

import msgspec

from scoring.analyses import newcomer, onboarding
from scoring.analyses.memo import Latest
from scoring.analyses.view import View
from scoring.catalog.litmus import LITMUS, Component, Question
from scoring.findings import LEVEL, PKG, SHARE, Answer, Measure, NotApplicable, Outcome, SignalResult, Unknown, badness
from scoring.scores.answers import (
    MEASURED,
    NOT_APPLICABLE,
    STRUCTURAL_ONLY,
    UNKNOWN,
    Index,
    LitmusAnswer,
    LitmusComponent,
    Segments,
    Term,
)
from scoring.scores.headlines import headline
from scoring.scores.segments import bar, grouped, split

OWN_MEASURES: Mapping[tuple[str, str], Callable[[View], Answer]] = {
    ("Q5", "ramp"): newcomer.ramp,
    ("Q5", "breadth"): newcomer.breadth,
    ("Q5", "truck factor"): newcomer.truck_factor,
    ("Q5", "solo share"): newcomer.solo_share,
    ("Q5", "hot and solo"): newcomer.hot_and_solo,
    ("Q5", "one-command set-up"): onboarding.one_command_setup,
    ("Q5", "tribal data"): onboarding.tribal_data,
}

OUTCOMES_OF_Q4 = ("excess degradation", "zero-sum ratio")
"""Without either, Q4 knows structure only (catalogue, section 9)."""

PLUGS = ("glu.1", "glu.3")
ADAPTED = 0.2
"""What an adapter takes from the share of files that build a model (catalogue, section 9, Q1)."""

Results = Mapping[str, SignalResult]


def answer_litmus(view: View, results: Results, places: Mapping[str, tuple[str, ...]]) -> tuple[LitmusAnswer, ...]:
    """Always five answers. `places` are the first places of each signal that is found."""
    if not view.ml_code:
        return tuple(_does_not_apply(question, view) for question in LITMUS)
    return tuple(_answer(question, view, results, places) for question in LITMUS)


def _does_not_apply(question: Question, view: View) -> LitmusAnswer:
    state = UNKNOWN if view.ml_undecided else NOT_APPLICABLE
    return LitmusAnswer(
        slug=question.slug,
        state=state,
        index=Index(best=0.0, worst=100.0) if view.ml_undecided else Index(),
        segments=Segments(bad=0.0, good=0.0, unseen=1.0) if view.ml_undecided else Segments(),
        coverage=0.0,
        headline="Files went unread or are left out, so ML code may be there."
        if view.ml_undecided
        else "No ML code found.",
    )


def _answer(question: Question, view: View, results: Results, places: Mapping[str, tuple[str, ...]]) -> LitmusAnswer:
    rows = [_row(question, component, view, results) for component in question.components]
    terms = grouped(
        (component.group, term)
        for component, (_, term) in zip(question.components, rows, strict=True)
        if term is not None
    )
    index, segments, coverage = bar(terms)
    components = tuple(row for row, _ in rows)
    return LitmusAnswer(
        slug=question.slug,
        state=_state(question, components, coverage),
        index=index,
        segments=segments,
        coverage=coverage,
        headline=headline(question.id, {row.name: row for row in components}, results),
        components=components,
        evidence=tuple(place for row in components for place in places.get(row.signal, ())),
        terms=terms,
    )


def _state(question: Question, components: tuple[LitmusComponent, ...], coverage: float) -> str:
    if coverage == 0:
        return UNKNOWN
    seen = {row.name for row in components if row.value is not None}
    if question.id == "Q4" and not seen.intersection(OUTCOMES_OF_Q4):
        return STRUCTURAL_ONLY
    return MEASURED


def _row(question: Question, component: Component, view: View, results: Results) -> tuple[LitmusComponent, Term | None]:
    """The component as it is shown, and its term; no term where it does not apply."""
    if component.signals and (question.id, component.name) not in OWN_MEASURES:
        rests_on = tuple(results[signal] for signal in component.signals)
        return _latest_of(question.id, component.name)(rests_on, lambda: _shown(question, component, view, results))
    return _shown(question, component, view, results)


@cache
def _latest_of(question: str, component: str) -> Latest[tuple[LitmusComponent, Term | None]]:
    return Latest()


def _shown(
    question: Question, component: Component, view: View, results: Results
) -> tuple[LitmusComponent, Term | None]:
    result = _observed(question, component, view, results)
    shown = LitmusComponent(
        name=component.name,
        value=result.value,
        anchors=component.anchors,
        weight=component.weight,
        outcome=result.outcome.value,
        unit=component.unit,
        population=result.population,
        reason=result.reason,
        signal=component.signals[0] if component.signals else "",
    )
    return shown, None if result.outcome is Outcome.NOT_APPLICABLE else split(result, component.weight)


def _observed(question: Question, component: Component, view: View, results: Results) -> SignalResult:
    if (question.id, component.name) in OWN_MEASURES:
        unread = view.unread(PKG) if component.name == "one-command set-up" else 0.0
        return _of_answer(component, OWN_MEASURES[question.id, component.name](view), unread)
    if not component.signals:
        return _of_answer(component, Unknown(f"needs {component.needs}" if component.needs else "not measured yet"))
    signals = [results[signal] for signal in component.signals]
    return _plug_width(component, *signals) if component.signals == PLUGS else _of_signals(component, signals)


def _plug_width(component: Component, width: SignalResult, adapter: SignalResult) -> SignalResult:
    """The share of files that build a model; an adapter that was seen takes from it, and one that was not, nothing."""
    found = _of_signals(component, [width])
    if found.value is None or adapter.lifecycle != "stable" or adapter.badness != 0:
        return found
    value = round(max(0.0, found.value - ADAPTED), 6)
    return _like(component, msgspec.structs.replace(width, value=value), badness(value, component.anchors))


def _of_signals(component: Component, results: list[SignalResult]) -> SignalResult:
    """The first signal's value at the component's anchors; the others can only make it worse (catalogue 2.6), and
    what is not bad is good only once all of them are observed."""
    first = results[0]
    if first.lifecycle != "stable":
        return _of_answer(component, Unknown(f"{first.id} is experimental: shown, not scored"))
    if first.value is None:
        return _like(component, first, None)
    others = [other for other in results[1:] if other.outcome is not Outcome.NOT_APPLICABLE]
    worst = max([badness(first.value, component.anchors), *(o.badness for o in others if o.badness is not None)])
    unread = 1.0 if any(o.badness is None for o in others) else max([first.unread, *(o.unread for o in others)])
    return _like(component, msgspec.structs.replace(first, unread=unread), worst)


def _like(component: Component, result: SignalResult, bad: float | None) -> SignalResult:
    outcome = result.outcome if bad is None else Outcome.FOUND if bad > 0 else Outcome.CLEAR
    return _result(component, outcome, result.value, bad, result.population, result.kind, result.unread, result.reason)


def _of_answer(component: Component, answer: Answer, unread: float = 0.0) -> SignalResult:
    if isinstance(answer, NotApplicable):
        return _result(component, Outcome.NOT_APPLICABLE, None, None, None, LEVEL, 0.0, answer.reason)
    if not isinstance(answer, Measure):
        return _result(component, Outcome.UNKNOWN, None, None, None, LEVEL, 0.0, answer.reason)
    kind = SHARE if component.unit.startswith("of ") else LEVEL
    value = round(float(answer.value), 6) + 0.0
    bad = badness(value, component.anchors)
    outcome = Outcome.FOUND if bad > 0 else Outcome.CLEAR
    return _result(component, outcome, value, bad, answer.population, kind, unread, answer.note)


def _result(
    component: Component,
    outcome: Outcome,
    value: float | None,
    bad: float | None,
    population: int | None,
    kind: str,
    unread: float,
    reason: str,
) -> SignalResult:
    return SignalResult(
        id=component.name,
        debt="",
        source="",
        outcome=outcome,
        value=value,
        unit=component.unit,
        anchors=component.anchors,
        badness=bad,
        severity=1,
        precision="H",
        lifecycle="stable",
        population=population,
        kind=kind,
        unread=unread,
        reason=reason,
        findings=0,
        group=component.group,
    )
