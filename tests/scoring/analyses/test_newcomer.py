"""What a newcomer meets: ramp, breadth and who knows a file, by git; set-up and settings, by the files."""

from collections.abc import Callable

import pytest

from scoring.analyses.newcomer import breadth, hot_and_solo, ramp, solo_share, truck_factor
from scoring.analyses.view import View
from scoring.facts import HistoryFacts
from scoring.findings import Answer, Measure, NotApplicable, Unknown
from scoring.testing import facts_from

MEASURES = [ramp, breadth, truck_factor, solo_share, hot_and_solo]
TEAM = HistoryFacts(
    authors_12m=6,
    newcomers_24m=4,
    truck_factor=2,
    solo_files=("a.py", "b.py"),
    authored_files=8,
    hot_files=("a.py", "c.py"),
    hot_solo_files=("a.py",),
    ramp_days=96.0,
    ramp_population=3,
    breadth=0.2,
)
ONE_PERSON = HistoryFacts(authors_12m=1, newcomers_24m=1, authored_files=3, hot_files=("a.py",))


def view(history: HistoryFacts | None) -> View:
    return facts_from({"a.py": "x = 1\n"}, history=history)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_history_that_is_not_there_is_unknown(measure: Callable[[View], Answer], history: HistoryFacts | None) -> None:
    assert isinstance(measure(view(history)), Unknown)


@pytest.mark.parametrize("measure", MEASURES)
def test_one_person_is_never_measured(measure: Callable[[View], Answer]) -> None:
    assert isinstance(measure(view(ONE_PERSON)), NotApplicable)


@pytest.mark.parametrize(
    ("measure", "value", "population"),
    [(ramp, 96.0, 3), (breadth, 0.2, 4), (truck_factor, 2.0, 8), (solo_share, 0.25, 8), (hot_and_solo, 0.5, 2)],
)
def test_team_is_measured_over_its_population(measure: Callable[[View], Answer], value: float, population: int) -> None:
    assert measure(view(TEAM)) == Measure(value, population)


def test_ramp_of_too_few_tenth_commits_is_unknown() -> None:
    assert isinstance(ramp(view(HistoryFacts(newcomers_24m=5, ramp_days=None))), Unknown)


def test_files_without_an_author_are_unknown() -> None:
    history = HistoryFacts(authors_12m=6, truck_factor=None, authored_files=0)
    assert isinstance(truck_factor(view(history)), Unknown)
    assert isinstance(solo_share(view(history)), Unknown)
