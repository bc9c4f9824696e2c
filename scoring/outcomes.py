"""What an answer comes to: found, clear, unknown, not applicable or error (catalogue 2.5 rule 3, 2.6).

A source that is absent or failed gives unknown, and so does one that shows nothing of the kind while files of it went
unread; fully read, it gives not applicable. Neither ever gives clear. What was measured carries its unread share along.
"""

from scoring.findings import Answer, Measure, NotApplicable, Outcome, Signal, SignalResult, Unknown, badness

NONE_READ = "none of its files could be read"


def to_result(signal: Signal, answer: Answer, unread: float, findings: int = 0, *, error: bool = False) -> SignalResult:
    """An answer -> the result that is stored, by the rules of found, clear and unknown (catalogue 2.6)."""
    outcome, value, bad, population, reason = _outcome(signal, answer, unread, error)
    return SignalResult(
        id=signal.id,
        debt=signal.debt,
        source=signal.source,
        outcome=outcome,
        value=value,
        unit=signal.unit,
        anchors=signal.anchors,
        badness=bad,
        severity=(answer.severity if isinstance(answer, Measure) else 0) or signal.severity,
        precision=signal.precision,
        lifecycle=signal.lifecycle,
        population=population,
        kind=signal.kind,
        unread=round(unread, 6) if isinstance(answer, Measure) else 0.0,
        reason=reason,
        findings=findings,
        group=signal.group,
    )


def _outcome(
    signal: Signal, answer: Answer, unread: float, error: bool
) -> tuple[Outcome, float | None, float | None, int | None, str]:
    if error:
        return Outcome.ERROR, None, None, None, answer.reason if isinstance(answer, Unknown) else ""
    if isinstance(answer, NotApplicable):
        if unread > 0:
            return Outcome.UNKNOWN, None, None, None, f"{answer.reason}; {100 * unread:.0f} % of its files went unread"
        return Outcome.NOT_APPLICABLE, None, None, None, answer.reason
    if isinstance(answer, Unknown) or answer.population <= 0:
        reason = answer.reason if isinstance(answer, Unknown) else NONE_READ
        return Outcome.UNKNOWN, None, None, None, reason
    value = round(float(answer.value), 6) + 0.0  # never -0.0, which is equal to 0.0 and written otherwise
    bad = round(badness(value, signal.anchors), 9)
    if unread >= 1 and bad == 0:  # what is bad stays bad, though none of the good was seen
        return Outcome.UNKNOWN, None, None, None, NONE_READ
    outcome = Outcome.FOUND if bad > 0 else Outcome.CLEAR
    return outcome, value, bad, answer.population, answer.note
