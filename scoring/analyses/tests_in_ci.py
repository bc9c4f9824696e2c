"""Whether CI runs the tests that there are (tst.2)."""

import re

from scoring.analyses.own_tests import tests_of
from scoring.analyses.python_file import CodeFile
from scoring.analyses.view import View
from scoring.analyses.working_ci import ci_commands, ci_unread, commands_of_ci, hooks_of_pre_commit, runs_out_of_sight
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.readers.ci_commands import parts_of, runs_tests

_SPEAKS_OF_TESTS = re.compile(r"\$\{?\w*TEST\w*|\btests?\b|\bjobs? submit\b|\bremote run\b", re.IGNORECASE)
_INSTALLS = re.compile(r"\b(?:install|add|sync|env)\b")


def tests_run(view: View) -> Answer:
    """1 where a CI definition runs the tests, 0 where none does."""
    tests = tests_of(view)
    if not tests:
        return Unknown("files went unread that may be tests") if view.python_unseen else NotApplicable("no tests here")
    if any(facts.runs_tests for _, facts in view.ci) or any(map(runs_tests, ci_commands(view))):
        return Measure(1.0, len(tests))
    if ci_unread(view):
        return Unknown("CI files went unread")
    if runs_out_of_sight(view) or any(map(runs_tests, commands_of_ci(view))):
        return Unknown("CI runs scripts or targets that may run the tests")
    hooks = hooks_of_pre_commit(view) if _runs_hooks(view) else ()
    if hooks is None or any(map(runs_tests, hooks)):
        return Unknown("CI runs the hooks of pre-commit, which may run the tests")
    parts = [part for text in ci_commands(view) for part in parts_of(text)]
    said = (*parts, *[name for _, facts in view.ci for name, _ in facts.labels])
    if any(_SPEAKS_OF_TESTS.search(text) and not _INSTALLS.search(text) for text in said):
        return Unknown("CI speaks of tests, and whether it runs these is not seen")
    return Measure(0.0, len(tests), (_not_run(view, tests),))


def _runs_hooks(view: View) -> bool:
    uses = [name for _, facts in view.ci for name in facts.uses]
    return any("pre-commit" in text for text in (*uses, *ci_commands(view)))


def _not_run(view: View, tests: tuple[CodeFile, ...]) -> Hit:
    """At the CI that leaves them out, where there is one; else at the first test."""
    working = [entry.path for entry, facts in view.ci if facts.commands]
    many = f"the {len(tests)} test files" if len(tests) > 1 else f"the one test file, {tests[0].path}"
    said = f"No step here, or of other CI in the repository, runs {many}"
    alone = f"No CI definition in the repository runs {many}"
    return Hit(
        path=working[0] if working else tests[0].path,
        line=1,
        key="tests not run",
        message=f"{said if working else alone}: they hold only for whoever remembers to run them.",
        evidence={"tests": len(tests)},
    )
