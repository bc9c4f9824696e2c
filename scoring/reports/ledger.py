"""The findings as a terminal shows them: what to do first, then all signals under their debts, the worst place of each.

Nothing is wider than WIDTH but a path, which is never broken, so that it can be opened from where it stands.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from scoring.findings import CONFIDENCE, ON_TRIAL, SEVERITIES, Finding, L, Outcome, SignalResult
from scoring.reports.shortening import CUT, fitted, statement, title_of, visible
from scoring.reports.words import (
    EFFORTS,
    SURE,
    counted,
    debt_title,
    measures,
    places,
    signal_name,
)
from scoring.reports.worst import worst_first
from scoring.scores.answers import NOT_APPLICABLE, Assessment, DebtScore, Index, LitmusAnswer, Segments
from scoring.scores.practices import evidence_of
from scoring.scores.tasks import one_per_debt, tasks

WIDTH = 80
BAR_CELLS = 8
HANGING = 16
"""Where what is said of a signal begins."""
CARD = 2 * (WIDTH - 5)
"""Letters of the worst place of what to do first, with what is wrong there: two lines."""
SHORTEST = 20
"""Letters under which a message tells too little to be shown."""
ENOUGH = 36
"""Letters from which on a message that is cut shares the line of its place."""


class Told(NamedTuple):
    """A signal that found something."""

    result: SignalResult
    findings: list[Finding]
    """Worst first."""

    @property
    def place_in_order(self) -> tuple[int, float, float, int, str]:
        """Severest first, then what such findings are surest of, then what costs most points."""
        worst = self.findings[0]
        severity = -SEVERITIES.index(worst.severity)
        return severity, -worst.confidence, -(self.result.badness or 0.0), EFFORTS.index(worst.effort), self.result.id


def told(assessment: Assessment) -> list[Told]:
    """Every signal with findings, the severest first."""
    found: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        found.setdefault(finding.signal, []).append(finding)
    rows = [Told(result, worst_first(found[result.id])) for result in assessment.signals if result.id in found]
    return sorted(rows, key=lambda row: row.place_in_order)


def first(assessment: Assessment, rows: Sequence[Told]) -> tuple[list[str], frozenset[str]]:
    """(what to do first, the signals that it tells of): up to three tasks of three debts, in the order of the board,
    each with its worst place."""
    mine = {row.result.id: row for row in rows}
    made = [task for task in tasks(assessment.signals, assessment.debts) if task.found and task.signal in mine]
    made.sort(key=lambda task: task.place_in_order(SEVERITIES.index(mine[task.signal].findings[0].severity) + 1))
    chosen = one_per_debt(made, lambda task: task.debt)
    lines = ["What to do first: by severity, then by what it gains for its effort"] if chosen else []
    for order, task in enumerate(chosen, 1):
        row = mine[task.signal]
        worst = row.findings[0]
        title = visible(title_of(worst.remedy) or debt_title(task.debt)).replace("…", CUT)
        lines += wrapped(f"{title} ({_cost(row)}) [{signal_name(task.signal)}]", f"{order}. ", "   ")
        place = f"{places(worst)}: "
        lines += wrapped(place + fitted(visible(worst.message), max(SHORTEST, CARD - len(place))), "   ", "   ")
    return lines, frozenset(task.signal for task in chosen)


def _cost(row: Told) -> str:
    """high, sure, small effort; low, perhaps, medium effort for each of 27."""
    worst = row.findings[0]
    each = f" for each of {len(row.findings)}" if len(row.findings) > 1 else ""
    return f"{worst.severity}, {_sure(worst)}{worst.effort} effort{each}"


def _sure(found: Finding) -> str:
    return f"{SURE[found.confidence]}, " if found.confidence in SURE else ""


def counts(rows: Sequence[Told]) -> str:
    """97 findings of 12 signals, and 8 of 3 signals on trial, not scored."""
    said: list[str] = []
    for tried in (False, True):
        mine = [len(row.findings) for row in rows if row.result.on_trial is tried]
        if mine:
            noun = f"{sum(mine)}" if said else counted(sum(mine), "finding")
            said.append(f"{noun} of {counted(len(mine), 'signal')}{f' {ON_TRIAL}' if tried else ''}")
    return ", and ".join(said) if said else "No findings"


def by_debt(assessment: Assessment, rows: Sequence[Told], above: frozenset[str]) -> list[str]:
    """Each debt with what was found of it, the severest first; then those that a measure alone speaks against.
    `above`: the signals whose worst place stands above, and is not repeated."""
    scored = [row for row in rows if row.result.outcome is Outcome.FOUND and not row.result.on_trial]
    under: dict[str, list[Told]] = {}
    for row in scored:
        under.setdefault(row.result.debt, []).append(row)
    results = {result.id: result for result in assessment.signals}
    scores = {debt.slug: debt for debt in assessment.debts}
    headed = sorted(under, key=lambda slug: _order(scores[slug], under[slug][0]))
    bare = [debt for debt in assessment.debts if debt.slug not in under and _by_measure(debt, results)]
    bare.sort(key=lambda debt: (debt.index.value is None, -(debt.index.value or debt.index.best or 0.0), debt.slug))
    if not headed and not bare:
        return []
    lines = ["By debt, severest first; 0 good to 100 bad (# bad, / unseen, . good)"]
    for slug in headed:
        lines.append(_heading(scores[slug]))
        for row in under[slug]:
            lines += _of_signal(row, above=row.result.id in above)
    for debt in bare:
        lines += [_heading(debt), _measured(debt, results)]
    return [*lines, *_others(assessment, {*headed, *(debt.slug for debt in bare)})]


def _order(score: DebtScore, worst: Told) -> tuple[int, bool, float, str]:
    value = score.index.value
    severity = -SEVERITIES.index(worst.findings[0].severity)
    return severity, value is None, -(value or score.index.best or 0.0), score.slug


def _by_measure(debt: DebtScore, results: Mapping[str, SignalResult]) -> bool:
    """Whether a measure of its own speaks against it; what an umbrella takes of others is told under these."""
    return bool(debt.index.best) and any(
        part.signal in results and results[part.signal].debt == debt.slug for part in debt.blame
    )


def _heading(debt: DebtScore) -> str:
    drawn = bar(debt)
    return f"{drawn}  {fitted(debt_title(debt.slug), WIDTH - len(drawn) - 2)}"


def _of_signal(row: Told, *, above: bool) -> list[str]:
    """How severe, how many, what, and the worst place unless it stands above: in one line where that holds it, or
    enough of it. Of the lowest severity that is less."""
    worst = row.findings[0]
    head = f"  {worst.severity:8}{len(row.findings):4}  "
    perhaps = f"; {SURE[worst.confidence]}" if worst.confidence == CONFIDENCE[L] else ""
    tail = f" [{signal_name(row.result.id)}{perhaps}]"
    message, place = visible(worst.message), places(worst)
    if above:
        return [head + fitted(message, WIDTH - len(head) - len(tail)) + tail]
    room = WIDTH - len(head) - len(place) - len(tail) - 2
    terse = worst.severity == SEVERITIES[0]
    if room >= SHORTEST and (terse or room >= ENOUGH or statement(message, room)):
        return [f"{head}{place}  {fitted(message, room)}{tail}"]
    below = place + tail
    return [head + fitted(message, WIDTH - len(head)), " " * max(4, min(HANGING, WIDTH - len(below))) + below]


def _measured(debt: DebtScore, results: Mapping[str, SignalResult]) -> str:
    """What most of the value of a debt without an open finding comes from."""
    result = next(results[part.signal] for part in debt.blame if part.signal in results)
    value = evidence_of(result).removeprefix(result.id).strip()
    head, tail = "  no finding: ", f" [{result.id}]"
    said = visible(result.reason or f"{value} ({measures()[result.id]})")
    return head + fitted(said, WIDTH - len(head) - len(tail)) + tail


def _others(assessment: Assessment, shown: set[str]) -> list[str]:
    """How many debts are left, by why: an umbrella's value is told under what it takes."""
    left = [debt for debt in assessment.debts if debt.slug not in shown]
    counted_out = Counter(map(_state, left))
    said = ", ".join(f"{counted_out[state]} {state}" for state in (AT_NOUGHT, UNSEEN, OUT, TAKEN) if counted_out[state])
    return [f"  {counted(len(left), 'more debt')}: {said}"] if left else []


AT_NOUGHT, UNSEEN, OUT, TAKEN = "measured at 0", "not seen enough", "not applicable", "told under others"


def _state(debt: DebtScore) -> str:
    if debt.state == NOT_APPLICABLE:
        return OUT
    if debt.index.best:
        return TAKEN
    return UNSEEN if debt.index.value is None else AT_NOUGHT


def set_aside(rows: Sequence[Told]) -> list[str]:
    """The signals whose findings cost no points, with how many each has: those within bounds, and those on trial."""
    within = [row for row in rows if row.result.outcome is not Outcome.FOUND and not row.result.on_trial]
    tried = [row for row in rows if row.result.on_trial]
    lines: list[str] = []
    for title, mine in (("Within bounds, costing no points", within), (ON_TRIAL.capitalize(), tried)):
        said = ", ".join(f"{signal_name(row.result.id)} {len(row.findings)}" for row in mine)
        lines += wrapped(f"{title}: {said}", "", "  ") if mine else []
    return lines


def bar(answer: DebtScore | LitmusAnswer) -> str:
    """A bar of ten cells with its value, and the least and the most that it can be."""
    segments: Segments = answer.segments
    index: Index = answer.index
    if segments.bad is None or segments.unseen is None or index.best is None or index.worst is None:
        return "does not apply".ljust(BAR_CELLS + 15)
    bad = round(segments.bad * BAR_CELLS)
    unseen = round((segments.bad + segments.unseen) * BAR_CELLS) - bad
    picture = "#" * bad + "/" * unseen + "." * (BAR_CELLS - bad - unseen)
    value = "?" if index.value is None else f"{index.value:.0f}"
    return f"{picture} {value:>3} {f'({index.best:.0f}-{index.worst:.0f})':>8}"


def wrapped(text: str, head: str, indent: str) -> list[str]:
    """Lines of at most WIDTH letters; no word is broken, a path least of all."""
    return wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
