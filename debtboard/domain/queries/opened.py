"""Every number opens into its arithmetic: the rows, their anchors, weights and segments, and the three equations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from django.urls import reverse

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.measures import Bar
from debtboard.domain.queries.stored import StoredReport, once
from debtboard.domain.queries.wording import DASH, STATES, amount, applying, count, number, percent, were
from scoring.catalog.litmus import Question
from scoring.findings import ON_TRIAL, Outcome, SignalResult
from scoring.scores.answers import DebtScore, LitmusAnswer, LitmusComponent, Term
from scoring.scores.debts import rows_of, terms_of

SMALL_SHARE = 5
PARTS = ("weight", "bad", "good", "unseen")


@dataclass(frozen=True, slots=True)
class SumRow:
    """One row of the table, every cell as it is printed."""

    id: str
    measure: str
    url: str
    measured: str
    anchors: str
    badness: str
    weight: str
    bad: str
    good: str
    unseen: str
    evidence: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    weight: str
    bad: str
    good: str
    unseen: str


@dataclass(frozen=True, slots=True)
class Sum:
    """An opened score."""

    slug: str
    title: str
    caption: str
    noun: str
    bar: Bar
    rows: tuple[SumRow, ...]
    total: Total
    equation: str
    blame: str
    ruler: str
    closing: str


def bar_of(answer: DebtScore | LitmusAnswer) -> Bar:
    index, segments = answer.index, answer.segments
    return Bar(
        segments.bad,
        segments.good,
        segments.unseen,
        index.best,
        index.value,
        index.worst,
        answer.coverage,
        answer.state,
    )


@once
def evidence_seen(report: StoredReport) -> float:
    """Of the evidence that the page needs, the share that was seen: the mean coverage of what applies on it."""
    shares = [answer.coverage for answer in (*report.litmus, *report.debts) if answer.segments.bad is not None]
    return sum(shares) / len(shares) if shares else 0.0


def open_debt(score: DebtScore, report: StoredReport, findings_url: str) -> Sum | None:
    """The arithmetic of a debt; None where it was scored by rows that this version no longer has."""
    debt = catalogue.debts_by_slug().get(score.slug)
    by_id = {result.id: result for result in report.signals}
    if debt is None or not all(row.id in by_id for row in rows_of(debt)):
        return None
    results = [by_id[row.id] for row in rows_of(debt)]
    terms = terms_of(debt, by_id)
    bar = bar_of(score)
    members = _groups(results)
    rows = [_signal_row(result, terms, members, findings_url) for result in results]
    seen = sum(term.unseen < term.weight for term in terms)
    return Sum(
        slug=score.slug,
        title=_title(catalogue.debt_title(score.slug), bar),
        caption=(
            f"{applying(len(terms), 'signal')} with a weight; {seen} {were(seen)} seen at least in "
            "part. Good to bad: the measure that is good, then the one that is bad."
        ),
        noun="Signal",
        bar=bar,
        rows=tuple(rows),
        total=_total(terms),
        equation=equation(terms, bar),
        blame=", ".join(f"{part.signal} {percent(part.share)}" for part in score.blame[:5]),
        ruler=f"{report.ruler.version}, hash {report.ruler.hash[:8]}",
        closing=_closing(results),
    )


def open_litmus(question: Question, answer: LitmusAnswer, report: StoredReport) -> Sum | None:
    """The arithmetic of a litmus answer; None where it does not apply."""
    if answer.segments.bad is None or not answer.terms:
        return None
    bar = bar_of(answer)
    declared = {part.name: part for part in question.components}
    members: dict[str, list[str]] = {}
    for part in question.components:
        if part.group:
            members.setdefault(part.group, []).append(part.name)
    by_name = {term.name: term for term in answer.terms}
    rows = []
    for component in answer.components:
        part = declared.get(component.name)
        group = part.group if part else ""
        rows.append(_component_row(component, part.measure if part else "", by_name, group, members.get(group, [])))
    seen = sum(term.unseen < term.weight for term in answer.terms)
    return Sum(
        slug=question.slug,
        title=_title(f"{question.id} {question.short}", bar),
        caption=f"{applying(len(answer.terms), 'measure')}; {seen} {were(seen)} seen.",
        noun="Measure",
        bar=bar,
        rows=tuple(rows),
        total=_total(answer.terms),
        equation=equation(answer.terms, bar),
        blame="",
        ruler=f"{report.ruler.version}, hash {report.ruler.hash[:8]}",
        closing="",
    )


def open_answer(slug: str, report: StoredReport) -> Sum | None:
    """The litmus answer of that slug, opened; None where there is none or it does not apply."""
    question = catalogue.questions_by_slug().get(slug)
    answer = next((answer for answer in report.litmus if answer.slug == slug), None)
    return None if question is None or answer is None else open_litmus(question, answer, report)


def equation(terms: Sequence[Term], bar: Bar) -> str:
    """The three numbers, ending in what the page shows."""
    weight, bad, good, unseen = (_summed(terms, part) for part in PARTS)
    if not weight:
        return "No row with a weight applies."
    left = (
        f"{bad:.3f} / {weight:.3f}",
        f"({bad:.3f} + {unseen:.3f}) / {weight:.3f}",
        f"{bad:.3f} / ({bad:.3f} + {good:.3f})",
    )
    width = max(map(len, left))
    value = number(bar.value) if bar.value is not None else f"{DASH} "
    last = "by what was seen" if bar.value is not None else "not shown: not enough evidence"
    return "\n".join(
        (
            f"best  = {left[0]:<{width}} = {number(bar.best):>3}    every unseen row turns out good",
            f"worst = {left[1]:<{width}} = {number(bar.worst):>3}    every unseen row turns out bad",
            f"value = {left[2]:<{width}} = {value:>3}    {last}, coverage {percent(bar.coverage)}",
        )
    )


def _title(name: str, bar: Bar) -> str:
    if not bar.drawn:
        return f"{name} does not apply"
    between = f"between {number(bar.best)} and {number(bar.worst)}"
    if bar.value is None:
        return f"Why {name} has no value, and is {between} of 100"
    return f"Why {name} is {number(bar.value)} of 100, {between}"


def _groups(results: Sequence[SignalResult]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for result in results:
        group = result.group
        if group and result.outcome is not Outcome.NOT_APPLICABLE:
            members.setdefault(group, []).append(result.id)
    return members


def _signal_row(
    result: SignalResult, terms: Sequence[Term], members: Mapping[str, list[str]], findings_url: str
) -> SumRow:
    row = catalogue.signals_by_id()[result.id]
    shared = members.get(row.group, [])
    term, said = _term(result.id, {t.name: t for t in terms}, row.group, shared)
    evidence, link = said or _evidence(result), ""
    if result.findings:
        cost = row.effort + " each" * (result.findings > 1) if result.outcome is Outcome.FOUND else "clear"
        evidence = f"{count(result.findings, 'finding')}, {ON_TRIAL if row.on_trial else cost}"
        link = f"{findings_url}?signal={result.id}"
    elif row.weight == 0 and result.outcome is not Outcome.NOT_APPLICABLE and not said:
        evidence = f"{evidence}; counts without a weight"
    return SumRow(
        id=result.id,
        measure=row.measure,
        url=f"{reverse('catalogue_entry', args=[row.debt])}#{result.id}",
        measured=measured(result.value, result.unit, result.outcome),
        anchors=catalogue.anchors(result.anchors, result.unit, short=True),
        badness=DASH if result.badness is None else f"{result.badness:.2f}",
        evidence=evidence,
        link=link,
        **_segments(term),
    )


def _component_row(
    component: LitmusComponent, measure: str, terms: Mapping[str, Term], group: str, shared: Sequence[str]
) -> SumRow:
    term, said = _term(component.name, terms, group, shared)
    signal = catalogue.signals_by_id().get(component.signal)
    outcome = Outcome(component.outcome)
    return SumRow(
        id=component.name,
        measure=measure,
        url=f"{reverse('catalogue_entry', args=[signal.debt])}#{signal.id}" if signal else "",
        measured=measured(component.value, component.unit, outcome),
        anchors=catalogue.anchors(component.anchors, component.unit, short=True),
        badness=_badness(component),
        evidence=said or component.reason or _population(component) or STATES[outcome.value],
        **_segments(term),
    )


def _term(name: str, terms: Mapping[str, Term], group: str, shared: Sequence[str]) -> tuple[Term | None, str]:
    """The term of a row; a group's term stands at its first member, and the others say so."""
    if name in terms:
        return terms[name], ""
    if group and group in terms:
        if shared and shared[0] == name:
            return terms[group], f"one group with {', '.join(shared[1:])}: the largest counts"
        return None, f"counted with {shared[0]}" if shared else ""
    return None, ""


def _segments(term: Term | None) -> dict[str, str]:
    if term is None:
        return dict.fromkeys(("weight", "bad", "good", "unseen"), DASH)
    return {
        "weight": f"{term.weight:.3f}",
        "bad": f"{term.bad:.3f}" if term.unseen < term.weight else DASH,
        "good": f"{term.good:.3f}" if term.unseen < term.weight else DASH,
        "unseen": f"{term.unseen:.3f}" if term.unseen > 0 else DASH,
    }


def _total(terms: Sequence[Term]) -> Total:
    return Total(*(f"{_summed(terms, part):.3f}" for part in PARTS))


def _summed(terms: Sequence[Term], part: str) -> float:
    """What rounding leaves below nothing is nothing: no sum is printed as -0.000."""
    return max(0.0, fsum(getattr(term, part) for term in terms))


def measured(value: float | None, unit: str, outcome: Outcome) -> str:
    """A measure in its unit; what is not known is called unseen."""
    return STATES[outcome.value] if value is None else amount(value, unit)


def _badness(component: LitmusComponent) -> str:
    if component.value is None:
        return DASH
    good, bad = component.anchors
    return f"{min(1.0, max(0.0, (component.value - good) / (bad - good))):.2f}"


def _evidence(result: SignalResult) -> str:
    if result.outcome in {Outcome.FOUND, Outcome.CLEAR}:
        few = result.kind == "share" and result.population is not None and result.population < SMALL_SHARE
        shared = result.population and result.kind == "share"
        said = f"{result.population:,} looked at" if shared else result.outcome.value
        return f"{said}, too few to be sure" if few else said
    return result.reason or STATES[result.outcome.value]


def _population(component: LitmusComponent) -> str:
    return f"{component.population:,} looked at" if component.population else ""


def _closing(results: Sequence[SignalResult]) -> str:
    """What would narrow the band, in one sentence."""
    unseen = [result for result in results if result.outcome is Outcome.UNKNOWN]
    if not unseen:
        return ""
    return f"{count(len(unseen), 'signal').capitalize()} unseen; evidence for them can only narrow the band."
