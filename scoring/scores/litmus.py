"""The five litmus answers: natural units, each with its band (Sculley et al. 2015; catalogue, section 9)."""

from collections import defaultdict
from collections.abc import Callable, Mapping

import msgspec

from scoring.analyses import algorithm_changes, newcomer, onboarding
from scoring.analyses.memo import Latest
from scoring.analyses.view import View
from scoring.catalog.litmus import LITMUS, Component, Question
from scoring.findings import (
    LEVEL,
    PKG,
    PY,
    SHARE,
    STABLE,
    Answer,
    Measure,
    NotApplicable,
    Outcome,
    SignalResult,
    Unknown,
    badness,
)
from scoring.scores.answers import (
    ESTIMATE,
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
    ("Q1", "config-only share"): algorithm_changes.config_only_share,
    ("Q5", "ramp"): newcomer.ramp,
    ("Q5", "breadth"): newcomer.breadth,
    ("Q5", "truck factor"): newcomer.truck_factor,
    ("Q5", "solo share"): newcomer.solo_share,
    ("Q5", "hot and solo"): newcomer.hot_and_solo,
    ("Q5", "one-command set-up"): onboarding.one_command_setup,
    ("Q5", "tribal data"): onboarding.tribal_data,
}
ESTIMATES = {("Q1", "swap footprint"): algorithm_changes.footprint_or_estimate}
"""Measures that say what a component's signal does, and estimate where that has nothing to go by."""

FROM_SWAPS = ("swap footprint", "config-only share")
ESTIMATE_COVERAGE = 0.4
"""An estimate is seen by so much (catalogue, section 9, Q1)."""

ADAPTER_BONUS = 0.2
"""Taken off the share of files that build an estimator where an adapter stands before them (catalogue, Q1)."""

OUTCOMES_OF_Q4 = ("excess degradation", "zero-sum ratio")
"""Without either, Q4 knows structure only (catalogue, section 9)."""

Results = Mapping[str, SignalResult]

_latest_answers: defaultdict[str, Latest[LitmusAnswer]] = defaultdict(Latest)
_latest_rows: defaultdict[tuple[str, str], Latest[tuple[LitmusComponent, Term | None]]] = defaultdict(Latest)


def answer_litmus(view: View, results: Results, places: Mapping[str, tuple[str, ...]]) -> tuple[LitmusAnswer, ...]:
    """Always five answers. `places` are the first places of each signal that is found."""
    if not view.ml_code:
        return tuple(_does_not_apply(question, view) for question in LITMUS)
    return tuple(_answer(question, view, results, places) for question in LITMUS)


def _does_not_apply(question: Question, view: View) -> LitmusAnswer:
    return LitmusAnswer(
        slug=question.slug,
        state=UNKNOWN if view.ml_undecided else NOT_APPLICABLE,
        index=Index(best=0.0, worst=100.0) if view.ml_undecided else Index(),
        segments=Segments(bad=0.0, good=0.0, unseen=1.0) if view.ml_undecided else Segments(),
        coverage=0.0,
        headline="Files went unread or are left out, so ML code may be there."
        if view.ml_undecided
        else "No ML code found.",
    )


def _answer(question: Question, view: View, results: Results, places: Mapping[str, tuple[str, ...]]) -> LitmusAnswer:
    rows = tuple([_row(question, component, view, results) for component in question.components])
    components = tuple([row for row, _ in rows])
    said = headline(question.id, {row.name: row for row in components}, view.history)
    evidence = tuple([place for row in components for place in places.get(row.signal, ())])

    def answer() -> LitmusAnswer:
        terms = grouped(
            (component.group, term)
            for component, (_, term) in zip(question.components, rows, strict=True)
            if term is not None
        )
        index, segments, coverage = bar(terms)
        return LitmusAnswer(
            slug=question.slug,
            state=_state(question, components, coverage),
            index=index,
            segments=segments,
            coverage=coverage,
            headline=said,
            components=components,
            evidence=evidence,
            terms=terms,
        )

    return _latest_answers[question.id]((rows, said, evidence), answer)


def _state(question: Question, components: tuple[LitmusComponent, ...], coverage: float) -> str:
    if coverage == 0:
        return UNKNOWN
    seen = {row.name for row in components if row.value is not None}
    if question.id == "Q1" and any(_is_estimate(row) for row in components):
        return ESTIMATE
    if question.id == "Q4" and not seen.intersection(OUTCOMES_OF_Q4):
        return STRUCTURAL_ONLY
    return MEASURED


def _is_estimate(row: LitmusComponent) -> bool:
    return row.reason.startswith(algorithm_changes.ESTIMATED)


def _row(question: Question, component: Component, view: View, results: Results) -> tuple[LitmusComponent, Term | None]:
    """The component as it is shown, and its term; no term where it does not apply."""
    rests_on: tuple[object, ...] = tuple([results[signal] for signal in component.signals])
    name = question.id, component.name
    asked = OWN_MEASURES.get(name) or ESTIMATES.get(name)
    answer = asked(view) if asked else None
    unread = _unread(component, view) if asked else 0.0
    return _latest_rows[name]((rests_on, answer, unread), lambda: _shown(question, component, results, answer, unread))


def _shown(
    question: Question, component: Component, results: Results, answer: Answer | None, unread: float
) -> tuple[LitmusComponent, Term | None]:
    result = _observed(question, component, results, answer, unread)
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
    if result.outcome is Outcome.NOT_APPLICABLE:
        return shown, None
    term = split(result, component.weight)
    return shown, _partly(term, ESTIMATE_COVERAGE) if _is_estimate(shown) else term


def _partly(term: Term, share: float) -> Term:
    """The term with no more than this share of it seen."""
    bad, good = term.bad * share, term.good * share
    return msgspec.structs.replace(term, bad=bad, good=good, unseen=term.weight - bad - good)


def _observed(
    question: Question, component: Component, results: Results, answer: Answer | None, unread: float
) -> SignalResult:
    """By the answer of its own measure, where it has one, and else by its signals."""
    rests_on = [results[signal] for signal in component.signals]
    if rests_on and rests_on[0].lifecycle != STABLE and component.name not in ANY_OF:
        return _of_answer(component, Unknown(f"{rests_on[0].id} is experimental: shown, not scored"))
    if answer is not None:
        return _of_answer(component, answer, unread)
    if not rests_on:
        return _of_answer(component, Unknown(f"needs {component.needs}" if component.needs else "not measured yet"))
    return OF_SIGNALS.get((question.id, component.name), _of_signals)(component, rests_on)


def _unread(component: Component, view: View) -> float:
    """Share of what an own measure rests on that went unread."""
    if component.name in FROM_SWAPS:
        return max(view.unread(PY), algorithm_changes.unread_share(view))
    return view.unread(PKG) if component.name == "one-command set-up" else 0.0


def _plug_width(component: Component, results: list[SignalResult]) -> SignalResult:
    """The share of files that build an estimator, less where an adapter stands between (catalogue, section 9, Q1).

    Where nobody knows whether one does, what it would take off is unseen: neither bad nor good.
    """
    width, adapter = results
    if width.value is None:
        return _like(component, width, None)
    seen = adapter.lifecycle == STABLE and adapter.outcome in (Outcome.FOUND, Outcome.CLEAR)
    if seen:
        value = max(0.0, width.value - ADAPTER_BONUS * (adapter.value or 0.0))
        unread = max(width.unread, adapter.unread)
        found = msgspec.structs.replace(width, value=round(value, 6) + 0.0, unread=unread)
        return _like(component, found, badness(value, component.anchors))
    if adapter.lifecycle == STABLE and adapter.outcome is Outcome.NOT_APPLICABLE:
        return _like(component, width, badness(width.value, component.anchors))
    return _between(component, width, max(0.0, width.value - ADAPTER_BONUS))


def _between(component: Component, result: SignalResult, least: float) -> SignalResult:
    """A component whose value lies somewhere from `least` to the result's: bad by the least of it, good by the most."""
    low, high = badness(least, component.anchors), badness(result.value or 0.0, component.anchors)
    good = (1 - high) * (1 - result.unread)
    unread = 1 - good / (1 - low) if low < 1 else result.unread
    found = _like(component, msgspec.structs.replace(result, unread=round(unread, 9) + 0.0), high)
    return msgspec.structs.replace(found, badness=low)


def _manual_steps(component: Component, results: list[SignalResult]) -> SignalResult:
    """The most steps that any of the signals counts; what none of them saw is no proof that there are none."""
    applying = [result for result in results if result.outcome is not Outcome.NOT_APPLICABLE]
    if not applying:
        return _like(component, results[0], None)
    seen = [result for result in applying if result.lifecycle == STABLE and result.value is not None]
    if not seen:
        shown = " and ".join(result.id for result in applying)
        return _of_answer(component, Unknown(f"{shown}: not measured, or experimental and not scored"))
    most = max(seen, key=lambda result: result.value or 0.0)
    unread = 1.0 if len(seen) < len(applying) else max(result.unread for result in seen)
    found = msgspec.structs.replace(most, unread=unread)
    return _like(component, found, badness(most.value or 0.0, component.anchors))


ANY_OF = ("one-command pipeline",)
"""Components that any of their signals can answer, not the first alone."""

OF_SIGNALS: Mapping[tuple[str, str], Callable[[Component, list[SignalResult]], SignalResult]] = {
    ("Q1", "plug width"): _plug_width,
    ("Q1", "one-command pipeline"): _manual_steps,
}


def _of_signals(component: Component, results: list[SignalResult]) -> SignalResult:
    """The first signal's value at the component's anchors; the others can only make it worse (catalogue 2.6), and
    what is not bad is good only once all of them are observed."""
    first = results[0]
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
        lifecycle=STABLE,
        population=population,
        kind=kind,
        unread=unread,
        reason=reason,
        findings=0,
        group=component.group,
    )
