"""What to do first: by severity, then by gain for the effort, one of each debt, and nothing that is on trial."""

import msgspec
import pytest

from scoring.engine import assess
from scoring.findings import EXPERIMENTAL, Outcome
from scoring.scores.answers import Assessment
from scoring.scores.tasks import COSTS, FIRST, Task, one_per_debt, tasks
from scoring.testing import component_from

TRAIN = "import numpy as np\nfrom sklearn.svm import SVC\n\nX = np.random.rand(9, 2)\nSVC().fit(X, X[:, 0] > 0.5)\n"


@pytest.fixture(scope="module")
def answer() -> Assessment:
    return assess(
        component_from({"train.py": TRAIN + "# TODO: sort by day\n", "requirements.txt": "numpy\n"}), "0" * 40
    )


def task(signal: str, debt: str = "fixed-thresholds", **fields: object) -> Task:
    plain: dict[str, object] = {"outcome": "found", "badness": 1.0, "findings": 1, "severity": 2, "fall": 4.0}
    plain |= {"per_hour": 1.0, "debt_worst": 50.0}
    return Task(signal=signal, debt=debt, **(plain | fields))  # type: ignore[arg-type]  # -- any field may be replaced


def test_order_is_by_what_is_found_then_severity_then_gain_for_the_effort() -> None:
    lead = task("a.1", outcome="clear", severity=4)
    severe, rich, cheap, plain = task("b.1", severity=3), task("c.1", fall=9.0), task("d.1", per_hour=2.0), task("e.1")
    ranked = sorted([plain, lead, rich, cheap, severe], key=lambda one: one.place_in_order(2))
    assert ranked == [severe, cheap, rich, plain, lead]
    assert plain.place_in_order(3) < severe.place_in_order(2)


def test_first_ones_are_of_as_many_debts() -> None:
    ranked = [task(f"s.{number}", debt) for number, debt in enumerate("aabbccdd")]
    assert [one.signal for one in one_per_debt(ranked, lambda one: one.debt)] == ["s.0", "s.2", "s.4"]
    assert FIRST == 3


def test_gain_is_what_the_debts_worst_case_falls_by_and_never_less_than_nothing(answer: Assessment) -> None:
    made = tasks(answer.signals, answer.debts)
    assert any(one.fall > 0 for one in made)
    assert [one for one in made if one.fall < 0] == []
    rep = next(one for one in made if one.signal == "rep.1")
    assert rep.per_hour == rep.fall / (rep.findings * COSTS["small"])


def test_what_is_on_trial_or_unknown_to_this_version_gains_nothing(answer: Assessment) -> None:
    tried = [msgspec.structs.replace(result, lifecycle=EXPERIMENTAL) for result in answer.signals]
    assert tasks(tried, answer.debts) == ()
    gone = msgspec.structs.replace(answer.signals[0], id="old.1", debt="gone", outcome=Outcome.FOUND, findings=2)
    assert [(one.signal, one.fall, one.debt_worst) for one in tasks([gone], ())] == [("old.1", 0.0, None)]
