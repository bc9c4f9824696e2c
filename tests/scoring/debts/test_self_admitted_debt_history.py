"""sat.2 and sat.3: comments that admit debt and have stood for over a year."""

import json

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Finding, Outcome, SignalResult
from scoring.measuring import TallyCache, measure
from scoring.testing import ML_FILE, component_from, facts_from, result_of

CODE = "# TODO: drop this column\nx = 1\n# FIXME: units differ\ny = 2\n"


def answer(files: dict[str, str], history: HistoryFacts | None) -> tuple[SignalResult, tuple[Finding, ...]]:
    return result_of("sat.3", facts_from({**ML_FILE, **files}, history=history))


@pytest.mark.parametrize(
    "history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone"), HistoryFacts(old_comments=None)], ids=str
)
def test_sat_3_files_of_a_year_before_unread_is_unknown(history: HistoryFacts | None) -> None:
    assert answer({"clean.py": CODE}, history)[0].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("content", ["", "x = 1\n"])
def test_sat_3_no_admission_does_not_apply(content: str) -> None:
    assert answer({"clean.py": content}, HistoryFacts(old_comments=()))[0].outcome is Outcome.NOT_APPLICABLE


def test_sat_3_unreadable_code_is_unknown() -> None:
    assert answer({"clean.py": "print 'python 2'\n"}, HistoryFacts(old_comments=()))[0].outcome is Outcome.UNKNOWN


def test_sat_3_fresh_admissions_are_clear() -> None:
    result, findings = answer({"clean.py": CODE}, HistoryFacts(old_comments=()))
    assert (result.outcome, result.value, findings) == (Outcome.CLEAR, 0.0, ())


def test_sat_3_old_admission_that_sat_2_lists_is_measured_and_not_listed_again() -> None:
    result, findings = answer({"clean.py": CODE}, HistoryFacts(old_comments=(("clean.py", 3),)))
    assert (result.outcome, result.value, result.population) == (Outcome.FOUND, 0.5, 2)
    assert findings == ()


def test_sat_3_old_admission_of_an_example_is_neither_listed_nor_counted() -> None:
    files = {"pyproject.toml": "[project]\nname = 'apples'\n", "examples/clean.py": CODE, "apples.py": "x = 1\n" * 9}
    result, _ = answer(files, HistoryFacts(old_comments=(("examples/clean.py", 3),)))
    assert result.outcome is Outcome.NOT_APPLICABLE


UNPROVED = "def test_clean():\n    # TODO: assert the units\n    clean()\n"


def test_sat_3_old_admission_of_a_test_counts_and_is_not_listed() -> None:
    path = "tests/test_clean.py"
    result, findings = answer({path: CODE}, HistoryFacts(old_comments=((path, 3),)))
    assert (result.outcome, result.value, result.population, findings) == (Outcome.FOUND, 0.5, 2, ())


def test_sat_3_test_that_asserts_nothing_yet_is_found_at_its_line() -> None:
    path = "tests/test_clean.py"
    _, (finding,) = answer({path: UNPROVED}, HistoryFacts(old_comments=((path, 2),)))
    assert (finding.path, finding.line, finding.severity) == (path, 2, "medium")
    assert "assert the units" in finding.message


def test_sat_3_identity_survives_a_move_of_the_line() -> None:
    path = "tests/test_clean.py"
    _, before = answer({path: UNPROVED}, HistoryFacts(old_comments=((path, 2),)))
    _, after = answer({path: "import json\n" + UNPROVED}, HistoryFacts(old_comments=((path, 3),)))
    assert [finding.id for finding in before] == [finding.id for finding in after]
    assert len(before) == 1


def kinds(history: HistoryFacts | None) -> tuple[Finding, ...]:
    return result_of("sat.2", facts_from({**ML_FILE, "clean.py": CODE}, history=history))[1]


@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_sat_2_says_no_age_that_is_not_known(history: HistoryFacts | None) -> None:
    assert ["over a year" in finding.message for finding in kinds(history)] == [False, False]


def test_sat_2_says_which_comment_is_old_and_stays_the_same_finding() -> None:
    aged = kinds(HistoryFacts(old_comments=(("clean.py", 3),)))
    assert ["over a year" in finding.message for finding in aged] == [False, True]
    assert [finding.id for finding in aged] == [finding.id for finding in kinds(None)]


@pytest.mark.parametrize(
    ("link", "told"),
    [
        *[("", False), (" see #12", True), (", see https://a.example/1", True), (" (TRACK-45)", True)],
        *[(" on resolution of 3186", True), (" in UTF-8", False), (" since 2019", False), (" after 1000 steps", False)],
    ],
)
def test_sat_2_sends_to_what_an_old_comment_links_to(link: str, told: bool) -> None:
    files = {**ML_FILE, "clean.py": f"# TODO: sort by day{link}\nx = 1\n"}
    history = HistoryFacts(old_comments=(("clean.py", 1),))
    (found,) = result_of("sat.2", facts_from(files, history=history))[1]
    assert ("what it links to" in found.message) is told


@pytest.mark.parametrize(("link", "count"), [("", 1), (", see #123", 0), (", TRACK-45", 0)])
def test_sat_2_young_comment_that_names_its_ticket_has_what_is_asked(link: str, count: int) -> None:
    files = {**ML_FILE, "clean.py": f"# TODO: sort by day{link}\nx = 1\n"}
    assert len(result_of("sat.2", facts_from(files, history=HistoryFacts(old_comments=())))[1]) == count


def test_sat_2_learns_of_age_in_a_quiet_week() -> None:
    tallies = TallyCache()
    moments = [HistoryFacts(old_comments=()), HistoryFacts(old_comments=(("clean.py", 3),))]
    said = []
    for history in moments:
        component = component_from({**ML_FILE, "clean.py": CODE}, history=history)
        found = measure(tallies.view_of(component), tallies).findings
        said.append(["over a year" in finding.message for finding in found if finding.signal == "sat.2"])
    assert said == [[False, False], [False, True]]


@pytest.mark.parametrize(("tasks", "told"), [(4, 4), (5, 0)])
def test_sat_2_notebook_of_many_tasks_is_an_exercise(tasks: int, told: int) -> None:
    cells = [{"cell_type": "code", "source": f"# TODO: implement part {n}\nx = {n}"} for n in range(tasks)]
    files = {**ML_FILE, "exercise.ipynb": json.dumps({"nbformat": 4, "cells": cells})}
    assert len(result_of("sat.2", facts_from(files))[1]) == told
