"""What an answer comes to: unknown and not applicable are never clear, and what is bad stays bad."""

import pytest

from scoring.findings import Answer, Measure, NotApplicable, Outcome, Signal, Unknown
from scoring.outcomes import NONE_READ, to_result

SIGNAL = Signal(id="x.1", debt="glue-code", measure="m", anchors=(0, 4), severity=1, precision="H", source="PY")


@pytest.mark.parametrize(
    ("answer", "unread", "outcome", "reason"),
    [
        (Unknown("not connected"), 0.0, Outcome.UNKNOWN, "not connected"),
        (NotApplicable("nothing"), 0.25, Outcome.UNKNOWN, "nothing; 25 % of its files went unread"),
        (NotApplicable("nothing"), 0.0, Outcome.NOT_APPLICABLE, "nothing"),
        (Measure(0.0, 0), 0.0, Outcome.UNKNOWN, NONE_READ),
        (Measure(0.0, 3), 1.0, Outcome.UNKNOWN, NONE_READ),
    ],
)
def test_answer_without_a_measure_has_no_value(answer: Answer, unread: float, outcome: Outcome, reason: str) -> None:
    result = to_result(SIGNAL, answer, unread)
    assert (result.outcome, result.reason) == (outcome, reason)
    assert (result.value, result.badness, result.population) == (None, None, None)


def test_faulty_signal_is_an_error_and_not_unknown() -> None:
    result = to_result(SIGNAL, Unknown("the signal failed"), 0.0, error=True)
    assert (result.outcome, result.value, result.reason) == (Outcome.ERROR, None, "the signal failed")


@pytest.mark.parametrize(
    ("value", "unread", "outcome", "badness"),
    [(0.0, 0.0, Outcome.CLEAR, 0.0), (0.0, 0.5, Outcome.CLEAR, 0.0), (1.0, 1.0, Outcome.FOUND, 0.25)],
)
def test_measure_keeps_its_unread_share(value: float, unread: float, outcome: Outcome, badness: float) -> None:
    result = to_result(SIGNAL, Measure(value, 3), unread)
    assert (result.outcome, result.value, result.badness, result.unread) == (outcome, value, badness, unread)


def test_severity_of_the_answer_goes_before_that_of_the_signal() -> None:
    assert to_result(SIGNAL, Measure(1.0, 3, severity=3), 0.0).severity == 3
    assert to_result(SIGNAL, Measure(1.0, 3), 0.0).severity == 1
