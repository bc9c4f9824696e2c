"""What an operator's own signal does wrong costs that signal alone: an error with its reason, and nothing else."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.custom.asking import Asker
from scoring.custom.declared import asker_of_own, installed
from scoring.debts import all_signals
from scoring.facts import Component, HistoryFacts
from scoring.findings import Finding, Outcome, SignalResult
from scoring.measuring import Failed, TallyCache, measure
from scoring.sandbox.pipe import Limits
from scoring.testing import ML_FILE, component_from
from tests.scoring.custom.folders import FAST, GOOD, PAGE, SCORED, folder_of, whole

FILES = {"serve.py": "import os\nimport acme_features\n", **ML_FILE}
SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2"
DAYS = [datetime(2026, 3, day, tzinfo=UTC) for day in range(2, 7)]
Answered = dict[str, tuple[SignalResult, list[Finding]]]


def answered(ask: Asker, view: View) -> Answered:
    measured = measure(view, ask=ask)
    return {
        result.id: (result, [finding for finding in measured.findings if finding.signal == result.id])
        for result in measured.results
        if result.id.startswith("x-")
    }


@pytest.fixture
def asked(tmp_path: Path) -> Callable[[dict[str, str]], Answered]:
    def ask_all(files: dict[str, str]) -> Answered:
        with installed(folder_of(tmp_path, files), FAST), asker_of_own() as ask:
            return answered(ask, View(component_from(FILES)))

    return ask_all


SPOILING = [
    ("", "view.loc.clear()"),
    ("import builtins\nbuiltins.len = lambda _: 0", ""),
    ("from scoring.analyses.view import View\nView.loc = property(lambda view: {})", ""),
    ("", "from scoring.custom import child\nchild.Runner._ask = lambda runner, asked: None"),
    ("", "import scoring.findings\nscoring.findings.Measure.__init__ = None\nimport sys\nsys.modules.clear()"),
]


@pytest.mark.parametrize(("at_import", "when_asked"), SPOILING, ids=range(len(SPOILING)))
def test_file_that_changes_the_engine_or_python_changes_no_other_files_answer(
    asked: Callable[[dict[str, str]], Answered], at_import: str, when_asked: str
) -> None:
    spoils = whole(f"{when_asked}\nreturn NotApplicable('nothing')", id="x-b.1").replace(
        "debt = CustomDebt", f"{at_import}\ndebt = CustomDebt"
    )
    counts = [whole("return Measure(len(view.loc), 1)", id=f"x-{name}.1") for name in "ac"]
    answers = asked({"a.py": counts[0], "b.py": spoils, "c.py": counts[1]})
    assert [answers[id][0].value for id in ("x-a.1", "x-c.1")] == [1.0, 1.0]


MISBEHAVING = [
    ("raise ValueError(f'no {view.paths and 1}')", "it raises ValueError at line 22: no 1"),
    ("raise KeyboardInterrupt", "it raises KeyboardInterrupt at line 22"),
    (f"raise RuntimeError('token={SECRET}')", "it raises RuntimeError at line 22: token=••••••••"),
    ("return signal(view)", "it nests its calls too deep"),
    ("while True:\n    pass", "it took more than 0.8 s of CPU"),
    ("import time\ntime.sleep(60)", "it took longer than 15 s"),
    ("import os\nos._exit(5)", "it ended its process (exit 5)"),
    ("import os\nos.kill(os.getpid(), 9)", "it ended its process (signal 9)"),
    ("return [0] * 10 ** 9", "it needs more memory than it may have"),
    ("return Unknown('x' * 40_000_000)", "it answers with more than 32 MB"),
    ("return None", "it returns None, and no Measure, NotApplicable or Unknown"),
    ("return 'three'", "it returns a str, and no Measure, NotApplicable or Unknown"),
    ("return Measure('three', 1)", "it answers with wrong types: Expected `float`, got `str` - at `$[1].value`"),
    ("return Measure(float('nan'), 1)", "it measures nan, which is no number"),
    ("return Measure(object(), 1)", "it raises TypeError: Encoding objects of type object is unsupported"),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='m', path='/etc/passwd'),))",
        "it finds something in /etc/passwd, which is no path of the component",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='m'),))",
        "it finds something in no file, which is no path of the component",
    ),
    (
        "return Measure(1, 1, (Hit(line=-1, key='k', message='m', path='serve.py'),))",
        "it finds something at line -1 of serve.py",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message=' ', path='serve.py'),))",
        "it gives a finding without a message",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='a\\0b', path='serve.py'),))",
        "it gives a text with a NUL in it",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='m' * 3000, path='serve.py'),))",
        "it gives a text of 3000 characters, more than 2000",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='m', path='serve.py', severity=7),))",
        "it gives a finding the severity 7, and not 1 to 4, or 0 for the signal's",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='m', path='serve.py', evidence={'x': float('inf')}),))",
        "it gives evidence that is no number",
    ),
    (
        "return Measure(1, 1, (Hit(line=1, key='k', message='m', path='serve.py'),) * 6000)",
        "it finds 6000 places, more than 5000",
    ),
]


def test_signal_that_misbehaves_is_an_error_and_costs_no_other(asked: Callable[[dict[str, str]], Answered]) -> None:
    files = {f"f{n:02}.py": whole(body, f"x-f{n:02}.1") for n, (body, _) in enumerate(MISBEHAVING)}
    found = asked({**files, "good.py": GOOD.replace("x-acme.1", "x-good.1")})
    good, places = found.pop("x-good.1")
    assert [(result.outcome, findings) for result, findings in found.values()] == [(Outcome.ERROR, [])] * len(files)
    assert [result.reason for result, _ in found.values()] == [reason for _, reason in MISBEHAVING]
    assert (good.outcome, [(place.path, place.line) for place in places]) == (Outcome.FOUND, [("serve.py", 2)])


def test_file_signal_that_returns_no_tally_is_an_error(asked: Callable[[dict[str, str]], Answered]) -> None:
    text = GOOD.replace("return Tally", "return 3\n    return Tally")
    assert asked({"a.py": text})["x-acme.1"][0].reason == "it returns an int of a file, and no Tally or None"


def test_signal_may_print_and_read_without_breaking_the_pipe(asked: Callable[[dict[str, str]], Answered]) -> None:
    body = "import os, sys\nprint('x' * 9999)\nos.write(1, b'y' * 9999)\nsys.stdin.read()\nreturn Measure(1, 1)"
    assert asked({"a.py": whole(body)})["x-acme.1"][0].outcome is Outcome.FOUND


def test_signal_sees_no_environment_and_writes_no_file(
    asked: Callable[[dict[str, str]], Answered], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DEBTBOARD_SECRET_KEY", "canary")
    target = tmp_path / "written"
    body = (
        f"import os, signal as s\ns.signal(s.SIGXFSZ, s.SIG_IGN)\n"
        f"try:\n    open({str(target)!r}, 'w').write('x' * 99999)\nexcept OSError:\n    pass\n"
        "return Unknown(str(sorted(os.environ)))"
    )
    result = asked({"a.py": whole(body)})["x-acme.1"][0]
    assert (result.outcome, "DEBTBOARD" in result.reason) == (Outcome.UNKNOWN, False)
    assert target.stat().st_size == 0


def test_answers_are_the_three_kinds(asked: Callable[[dict[str, str]], Answered]) -> None:
    bodies = {
        "a.py": "return Unknown('none')",
        "b.py": "return NotApplicable('none')",
        "c.py": "return Measure(0, 3)",
    }
    found = asked({name: whole(body, f"x-{name[0]}.1") for name, body in bodies.items()})
    assert {id_: (result.outcome, result.reason) for id_, (result, _) in found.items()} == {
        "x-a.1": (Outcome.UNKNOWN, "none"),
        "x-b.1": (Outcome.NOT_APPLICABLE, "none"),
        "x-c.1": (Outcome.CLEAR, ""),
    }


def test_what_is_found_is_identified_and_masked_as_ours_is(tmp_path: Path) -> None:
    body = (
        f"hit = Hit(line=2, key='k', message='use {SECRET}', path='serve.py', evidence={{'as': '{SECRET}'}})\n"
        "return Measure(2, 2, (hit, hit))"
    )
    with installed(folder_of(tmp_path, {"a.py": whole(body)}), FAST), asker_of_own() as ask:
        first = answered(ask, View(component_from(FILES)))["x-acme.1"][1]
        moved = {**FILES, "serve.py": "\n\n\n" + FILES["serve.py"]}
        second = answered(ask, View(component_from(moved)))["x-acme.1"][1]
    assert [SECRET in msgspec.json.encode(finding).decode() for finding in first] == [False, False]
    assert len({finding.id for finding in first}) == 2
    assert [finding.id for finding in first] == [finding.id for finding in second]


def test_signal_of_history_reads_it(tmp_path: Path) -> None:
    declared = SCORED.replace("source=PY", "source=GIT")
    body = "return Measure(view.component.history.commits, 1) if view.component.history else Unknown('no history')"
    with installed(folder_of(tmp_path, {"a.py": whole(body, declared=declared)}), FAST), asker_of_own() as ask:
        seen = [
            answered(ask, View(component_from(FILES, history=history)))["x-acme.1"][0]
            for history in (None, HistoryFacts(commits=3), HistoryFacts(commits=2))
        ]
    assert [(result.outcome, result.value) for result in seen] == [
        (Outcome.UNKNOWN, None),
        (Outcome.FOUND, 3.0),
        (Outcome.FOUND, 2.0),
    ]


def test_signal_that_changes_its_facts_is_told_where_that_is_watched(tmp_path: Path) -> None:
    body = "view.component.history.churn_12m['x'] = 1\nreturn Measure(1, 1)"
    with installed(folder_of(tmp_path, {"a.py": whole(body)}), FAST) as signals:
        assert signals is not None
        (signal,) = [signal for signal in all_signals() if signal.own]
        component = component_from(FILES, history=HistoryFacts(churn_12m={"serve.py": 1}))
        with signals.asker(watch=True) as ask:
            assert ask(signal, View(component)) == Failed("changes the facts that it reads")


def test_weeks_of_a_history_send_what_is_new_and_answer_as_each_alone(tmp_path: Path) -> None:
    base = component_from(FILES)
    other = component_from({**FILES, "more.py": "import acme_features\nimport acme_features\n"})
    weeks = [other, base, msgspec.structs.replace(base, history=HistoryFacts(commits=1)), other]
    with installed(folder_of(tmp_path, {"a.py": GOOD}), FAST), asker_of_own() as ask:
        tallies = TallyCache()
        together = [measure(tallies.view_of(week), tallies, ask) for week in weeks]
        alone = []
        for week in weeks:
            with asker_of_own() as fresh:
                alone.append(measure(View(week), ask=fresh))
    assert [(week.results, week.findings) for week in together] == [(week.results, week.findings) for week in alone]
    assert [measured.results[-1].value for measured in together] == [3.0, 1.0, 1.0, 3.0]


FORGETFUL = {
    "remembers": "SEEN.append(len(view.paths))\nreturn Measure(sum(SEEN), 1)",
    "dies": "import os\nif len(view.paths) > 4:\n    os._exit(1)\nreturn Measure(1, 1)",
    "loops": "while len(view.paths) == 5:\n    pass\nreturn Measure(1, 1)",
    "dated": "return Measure(view.component.as_of.day, 1)",
}


@pytest.mark.parametrize("body", FORGETFUL.values(), ids=FORGETFUL)
def test_answer_for_a_week_depends_on_no_other_week_and_on_no_death(tmp_path: Path, body: str) -> None:
    text = whole(body).replace("debt = CustomDebt", "SEEN = []\ndebt = CustomDebt")
    weeks = [
        component_from({**{f"f{n}.py": "import acme_features\n" for n in range(size - 1)}, **ML_FILE}, as_of=day)
        for day, size in zip(DAYS, (3, 5, 6, 7, 8), strict=True)
    ]
    quiet = msgspec.structs.replace(weeks[0], as_of=DAYS[-1])

    def walked(order: list[Component]) -> list[SignalResult]:
        tallies = TallyCache()
        with asker_of_own() as ask:
            return [measure(tallies.view_of(week), tallies, ask).results[-1] for week in order]

    with installed(folder_of(tmp_path, {"a.py": text}), FAST):
        order = [weeks[0], quiet, *weeks[1:]]
        forwards, backwards, alone = walked(order), walked(order[::-1])[::-1], [walked([week])[0] for week in order]
    assert forwards == backwards == alone


def test_file_that_ends_the_process_it_came_from_costs_no_other_file(
    asked: Callable[[dict[str, str]], Answered],
) -> None:
    kills = {"b.py": whole("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)", id="x-b.1")}
    answers = asked({f"{n}.py": whole("return Measure(len(view.loc), 1)", id=f"x-{n}.1") for n in "ac"} | kills)
    assert [(answers[id][0].outcome, answers[id][0].reason) for id in ("x-a.1", "x-b.1", "x-c.1")] == [
        (Outcome.FOUND, ""),
        (Outcome.ERROR, "it ended its process (signal 9)"),
        (Outcome.FOUND, ""),
    ]


def test_process_that_ended_is_replaced_for_the_next_signal_of_its_file(tmp_path: Path) -> None:
    text = whole("import os\nos._exit(1)", id="x-a.1") + whole("return Measure(1, 1)", id="x-a.2").removeprefix(PAGE)
    with installed(folder_of(tmp_path, {"a.py": text}), FAST), asker_of_own() as ask:
        found = answered(ask, View(component_from(FILES)))
    assert [(result.outcome, result.reason) for result, _ in found.values()] == [
        (Outcome.ERROR, "it ended its process (exit 1)"),
        (Outcome.FOUND, ""),
    ]


def test_nothing_is_started_where_there_is_no_signal_of_ones_own() -> None:
    before = set(os.listdir(f"/proc/{os.getpid()}/task"))
    with asker_of_own() as ask:
        measure(View(component_from(FILES)), ask=ask)
        assert ask._child is None
    assert set(os.listdir(f"/proc/{os.getpid()}/task")) == before


def test_child_and_its_fork_end_with_the_asker(tmp_path: Path) -> None:
    with installed(folder_of(tmp_path, {"a.py": GOOD}), FAST), asker_of_own() as ask:
        answered(ask, View(component_from(FILES)))
        assert ask._child is not None
        pid = ask._child._process.pid
        fork = int(Path(f"/proc/{pid}/task/{pid}/children").read_text())
    deadline = time.monotonic() + 5
    while any(map(os.path.exists, (f"/proc/{pid}", f"/proc/{fork}"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [os.path.exists(f"/proc/{each}") for each in (pid, fork)] == [False, False]


def test_child_that_can_not_start_is_an_error_with_its_reason(tmp_path: Path) -> None:
    source = (folder_of(tmp_path, {"a.py": GOOD}) / "a.py").read_bytes()
    with installed(tmp_path / "signals", FAST):
        (signal,) = [signal for signal in all_signals() if signal.own]
    with Asker({"x-acme.1": ("a", source)}, limits=Limits(open_files=3)) as ask:
        assert ask(signal, View(component_from(FILES))) == Failed("has no process to run in: none could be started")
