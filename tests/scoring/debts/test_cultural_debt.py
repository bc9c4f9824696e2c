"""Habits, as far as git keeps a trace: what is measured, and when nothing can be said."""

import pytest

from scoring.facts import AdmittedBefore, HistoryFacts
from scoring.findings import Outcome, SignalResult
from scoring.testing import ML_FILE, facts_from, result_of

GIT_SIGNALS = ["cul.1", "cul.2", "cul.3", "cul.4", "cul.5", "cul.6"]


def answer(signal: str, history: HistoryFacts | None) -> SignalResult:
    return result_of(signal, facts_from(ML_FILE, history=history))[0]


@pytest.mark.parametrize("signal", GIT_SIGNALS)
@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_history_that_is_not_there_is_unknown(signal: str, history: HistoryFacts | None) -> None:
    assert answer(signal, history).outcome is Outcome.UNKNOWN


def test_cul_1_quiet_quarter_is_unknown_and_never_better() -> None:
    assert answer("cul.1", HistoryFacts(service_commits=0, commits_90d=0)).outcome is Outcome.UNKNOWN


def test_cul_1_quarter_of_upkeep_is_clear() -> None:
    assert answer("cul.1", HistoryFacts(service_commits=5, commits_90d=20)).outcome is Outcome.CLEAR


def test_cul_1_little_upkeep_is_found_over_its_commits() -> None:
    result = answer("cul.1", HistoryFacts(service_commits=1, commits_90d=10))
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 0.1, 10, 0.75)


def test_cul_2_quiet_year_does_not_apply() -> None:
    assert answer("cul.2", HistoryFacts(deleting_commits=0, commits_12m=0)).outcome is Outcome.NOT_APPLICABLE


def test_cul_2_third_of_removals_is_clear() -> None:
    assert answer("cul.2", HistoryFacts(deleting_commits=10, commits_12m=30)).outcome is Outcome.CLEAR


def test_cul_2_no_removal_is_found() -> None:
    result = answer("cul.2", HistoryFacts(deleting_commits=0, commits_12m=30))
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 0.0, 30, 1.0)


def test_cul_3_one_person_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=1, research_authors=1, production_authors=1, wall_overlap=None)
    assert answer("cul.3", history).outcome is Outcome.NOT_APPLICABLE


def test_cul_3_no_experiments_do_not_apply() -> None:
    history = HistoryFacts(authors_12m=4, research_authors=0, production_authors=4, wall_overlap=None)
    assert answer("cul.3", history).outcome is Outcome.NOT_APPLICABLE


def test_cul_3_mixed_team_is_clear() -> None:
    history = HistoryFacts(authors_12m=6, research_authors=5, production_authors=6, wall_overlap=0.8)
    assert answer("cul.3", history).outcome is Outcome.CLEAR


def test_cul_3_wall_is_found_over_the_smaller_group() -> None:
    history = HistoryFacts(authors_12m=9, research_authors=3, production_authors=8, wall_overlap=0.0)
    result = answer("cul.3", history)
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 0.0, 3, 1.0)


def test_cul_4_one_person_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=1, research_authors=1, production_commits=9, strange_commits=0)
    assert answer("cul.4", history).outcome is Outcome.NOT_APPLICABLE


def test_cul_4_no_experiments_do_not_apply() -> None:
    history = HistoryFacts(authors_12m=4, research_authors=0, production_commits=9, strange_commits=9)
    assert answer("cul.4", history).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "history",
    [
        HistoryFacts(authors_12m=4, research_authors=3),
        HistoryFacts(authors_12m=4, research_authors=1, production_commits=9, strange_commits=9),
    ],
)
def test_cul_4_too_little_history_is_unknown(history: HistoryFacts) -> None:
    assert answer("cul.4", history).outcome is Outcome.UNKNOWN


def test_cul_4_changes_by_those_who_know_the_experiments_are_clear() -> None:
    history = HistoryFacts(authors_12m=4, research_authors=3, production_commits=90, strange_commits=27)
    assert answer("cul.4", history).outcome is Outcome.CLEAR


def test_cul_4_hand_over_is_found_over_the_changes() -> None:
    history = HistoryFacts(authors_12m=4, research_authors=3, production_commits=90, strange_commits=54)
    result = answer("cul.4", history)
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 0.6, 90, 0.5)


@pytest.mark.parametrize("signal", GIT_SIGNALS)
def test_no_finding_points_at_people(signal: str) -> None:
    history = HistoryFacts(
        authors_12m=9,
        research_authors=3,
        production_authors=8,
        wall_overlap=0.0,
        production_commits=90,
        strange_commits=90,
        service_commits=0,
        commits_90d=9,
        deleting_commits=0,
        commits_12m=30,
    )
    assert result_of(signal, facts_from(ML_FILE, history=history))[1] == ()


def test_cul_5_one_person_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=1, untraced_commits=9, commits_12m=9)
    assert answer("cul.5", history).outcome is Outcome.NOT_APPLICABLE


def test_cul_5_quiet_year_does_not_apply() -> None:
    history = HistoryFacts(authors_12m=3, untraced_commits=0, commits_12m=0)
    assert answer("cul.5", history).outcome is Outcome.NOT_APPLICABLE


def test_cul_5_reviewed_changes_are_clear() -> None:
    history = HistoryFacts(authors_12m=3, untraced_commits=1, commits_12m=20)
    assert answer("cul.5", history).outcome is Outcome.CLEAR


def test_cul_5_direct_commits_are_found_over_all() -> None:
    result = answer("cul.5", HistoryFacts(authors_12m=3, untraced_commits=9, commits_12m=20))
    assert (result.outcome, result.value, result.population, result.badness) == (Outcome.FOUND, 0.45, 20, 0.5)


def _stayed(stood: float, standing: float, seen: int = 20, commits: int = 12) -> SignalResult:
    before = AdmittedBefore(seen=seen, stood=stood, standing=standing)
    return answer("cul.6", HistoryFacts(commits_12m=commits, admitted_before=before))


def test_cul_6_no_version_of_a_year_before_is_unknown() -> None:
    assert answer("cul.6", HistoryFacts(commits_12m=40)).outcome is Outcome.UNKNOWN


def test_cul_6_few_comments_are_unknown() -> None:
    assert _stayed(9, 0, seen=9).outcome is Outcome.UNKNOWN


def test_cul_6_quiet_year_is_unknown_and_never_worse() -> None:
    assert _stayed(20, 20, commits=11).outcome is Outcome.UNKNOWN


def test_cul_6_half_that_went_in_a_year_is_a_half_life_of_a_year() -> None:
    result = _stayed(20, 10)
    assert result.value is not None
    assert (result.outcome, round(result.value), result.population) == (Outcome.FOUND, 365, 20)


def test_cul_6_debt_of_which_nothing_is_left_is_clear() -> None:
    result = _stayed(40, 0)
    assert result.value is not None
    assert (result.outcome, round(result.value)) == (Outcome.CLEAR, 58)


def test_cul_6_debt_that_all_stands_is_no_end_but_the_worst() -> None:
    result = _stayed(20, 20)
    assert result.value is not None
    assert (result.badness, round(result.value)) == (1.0, 9993)
