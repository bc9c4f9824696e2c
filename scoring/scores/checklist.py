"""The checklist of Combine, judged as the 25 practices are, with the tests of the ML Test Score beside the signals.

A test that is automated speaks for its item in full. One that is run by hand, or that was never seen running, is there
without being enough: its item is partial at best.
"""

from collections.abc import Mapping, Sequence

from scoring.analyses.view import View
from scoring.catalog.checklist import CHECKLIST, ChecklistItem
from scoring.findings import Outcome, SignalResult
from scoring.scores.answers import NOT_APPLICABLE, UNKNOWN, Checked, Rubric, TestResult, state_of_test
from scoring.scores.practices import Weighed, evidence_of, state_of, weighed

TESTS_THERE = ("manual", "implemented_never_seen_running")
"""There, and not enough to be called done."""


def judge_checklist(view: View, results: Mapping[str, SignalResult], rubric: Rubric) -> tuple[Checked, ...]:
    """All eight items, in their order."""
    tests = {test.slug: test for section in rubric.sections for test in section.tests}
    nothing = not view.has_code and not view.left_out
    return tuple(
        _judge(item, [results[id_] for id_ in item.signals], [tests[slug] for slug in item.tests], nothing)
        for item in CHECKLIST
    )


def _judge(item: ChecklistItem, results: Sequence[SignalResult], tests: Sequence[TestResult], nothing: bool) -> Checked:
    rows = [weighed(result) for result in results if result.outcome is not Outcome.NOT_APPLICABLE]
    rows += [_of_test(test) for test in tests if test.state != NOT_APPLICABLE]
    if nothing or not rows:
        return Checked(slug=item.slug, state=NOT_APPLICABLE)
    evidence = [evidence_of(result) for result in results if weighed(result).observed]
    evidence += [f"{test.slug} {state_of_test(test.state)}" for test in tests if _of_test(test).observed]
    return Checked(slug=item.slug, state=state_of(rows), evidence=tuple(evidence))


def _of_test(test: TestResult) -> Weighed:
    if test.state in (UNKNOWN, NOT_APPLICABLE):
        return Weighed(observed=False, fine=False, speaks=False)
    fine = test.state == "automated"
    return Weighed(observed=True, fine=fine, speaks=fine or test.state in TESTS_THERE)
