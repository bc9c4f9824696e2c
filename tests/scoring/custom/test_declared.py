"""What the files of a folder declare, and what becomes of one that declares nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from scoring import debts
from scoring.analyses.view import View
from scoring.custom.asking import LIMITS
from scoring.custom.declared import IMPORT, Signals, asker_of_own, halved, installed, least
from scoring.debts import all_debts, all_signals
from scoring.edition import engine_version
from scoring.engine import assess
from scoring.findings import Outcome
from scoring.measuring import measure
from scoring.scores.ruler import ruler_stamp
from scoring.testing import ML_FILE, component_from
from tests.scoring.custom.folders import EXAMPLES, FAST, GOOD, PAGE, folder_of, whole

BAD_FILES = {"serve.py": "import acme_features\n", **ML_FILE}


UNLOADABLE = [
    ("while True:\n    pass\n", "took more than 0.8 s of CPU"),
    ("def broken(:\n", "does not parse: invalid syntax (line 1)"),
    ('x = "\0"\n', "raises SyntaxError: source code string cannot contain null bytes"),
    ("import nowhere_at_all\n", "raises ModuleNotFoundError at line 1: No module named 'nowhere_at_all'"),
    ("raise SystemExit(3)\n", "raises SystemExit at line 1: 3"),
    ("import os\nos._exit(4)\n", "ended its process (exit 4)"),
    ("x = bytearray(2 ** 31)\n", "needs more memory than it may have"),
    ("x = 1\n", "declares no `debt = CustomDebt(__name__)`"),
    ("debt = 7\n", "declares no `debt = CustomDebt(__name__)`"),
    (PAGE, "declares a debt without a signal"),
    (GOOD.replace("(__name__)", "('scoring.custom')"), "declares a debt that is not CustomDebt(__name__)"),
    (
        GOOD.replace("x-acme.1", "thr.1"),
        "raises ValueError at line 19: thr.1: is no id of your own: write x-, your team's name, a dot and a number"
        " from 1, like x-acme.1",
    ),
    (
        whole("return 1") + whole("return 2").removeprefix(PAGE),
        "raises ValueError at line 24: x-acme.1 is declared twice in x-f12",
    ),
    (
        GOOD.replace("severity=3", "severity=9"),
        "raises ValueError at line 19: x-acme.1: severity=9: give 1 (low) to 4 (critical)",
    ),
    (
        GOOD.replace("anchors=(0, 4)", "anchors=(0, 0)"),
        "raises ValueError at line 19: x-acme.1: anchors=(0, 0): give two different numbers, the good one first",
    ),
    (
        GOOD.replace("source=PY", "source='LIN'"),
        "raises ValueError at line 19: x-acme.1: source='LIN': a file of yours reads CFG, GIT, NB, PKG, PY, SQL,"
        " joined by +",
    ),
    (
        GOOD.replace("Read the features", "Read\\0the features"),
        "declares a text with a NUL in it, or one of over 20000 characters",
    ),
    (
        GOOD + 'from dataclasses import replace\ndebt.rows["x-acme.1"] = replace(debt.rows["x-acme.1"], severity=9)\n',
        "declares 'x-acme.1', which severity=9: give 1 (low) to 4 (critical)",
    ),
]


def test_file_that_does_not_load_is_a_debt_in_error(tmp_path: Path) -> None:
    files = {f"f{n:02}.py": text for n, (text, _) in enumerate(UNLOADABLE)}
    folder = folder_of(tmp_path, {**files, "good.py": GOOD.replace("x-acme.1", "x-good.1")})
    with installed(folder, FAST) as signals, asker_of_own() as ask:
        assert signals is not None
        told = signals.files()
        assert [file.problem for file in told] == [*(problem for _, problem in UNLOADABLE), ""]
        assert [(file.name, file.debt, file.signals) for file in told] == [
            *((f"f{n:02}.py", f"x-f{n:02}", ()) for n in range(len(files))),
            ("good.py", "x-good", ("x-good.1",)),
        ]
        assert signals.problems()[0] == f"f00.py {UNLOADABLE[0][1]}."
        assessment = assess(component_from(BAD_FILES), "0" * 40, ask=ask)
    results = {result.id: result for result in assessment.signals if result.id.startswith("x-")}
    assert results.pop("x-good.1").outcome is Outcome.FOUND
    assert {(id_, result.outcome, result.reason) for id_, result in results.items()} == {
        (f"x-f{n:02}.0", Outcome.ERROR, f"it does not load: f{n:02}.py {problem}")
        for n, (_, problem) in enumerate(UNLOADABLE)
    }
    debt = next(debt for debt in assessment.debts if debt.slug == "x-f00")
    assert (debt.index.best, debt.index.value, debt.index.worst) == (0, None, 100)


def test_id_that_another_file_has_is_refused_with_the_file_that_has_it(tmp_path: Path) -> None:
    with installed(folder_of(tmp_path, {"a.py": GOOD, "b.py": GOOD}), FAST) as signals:
        assert signals is not None
        assert signals.problems() == ("b.py declares x-acme.1, which a.py declares already.",)


def test_files_that_hold_no_signals_are_passed_over(tmp_path: Path) -> None:
    files = {"__init__.py": "raise 1\n", "_shared.py": "raise 1\n", "test_a.py": "raise 1\n", "notes.txt": "x"}
    signals = Signals(folder_of(tmp_path, files), FAST)
    assert (signals.debts(), signals.digest) == ((), "")


def test_own_signals_stand_after_the_catalogue_while_they_are_installed(tmp_path: Path) -> None:
    before = (engine_version(), ruler_stamp().hash, [debt.slug for debt in all_debts()])
    with installed(folder_of(tmp_path, {"acme_rules.py": GOOD}), FAST):
        assert [debt.slug for debt in all_debts()] == [*before[2], "x-acme-rules"]
        assert [signal.id for signal in all_signals() if signal.own] == ["x-acme.1"]
        assert engine_version().startswith(f"{before[0]}.x")
        assert len(engine_version()) <= 40
        assert ruler_stamp().hash != before[1]
    assert (engine_version(), ruler_stamp().hash, [debt.slug for debt in all_debts()]) == before
    assert debts.own() is None


@pytest.mark.parametrize("declared", [f"source=PY, {EXAMPLES}", f"source=PY, severity=3, {EXAMPLES}"])
def test_signal_without_anchors_or_severity_is_shown_and_moves_no_score(tmp_path: Path, declared: str) -> None:
    before = (engine_version(), ruler_stamp().hash)
    text = whole("return Measure(1, 1)", declared=declared)
    with installed(folder_of(tmp_path, {"acme_rules.py": text}), FAST), asker_of_own() as ask:
        assert engine_version() != before[0]
        assert ruler_stamp().hash == before[1]
        (signal,) = [signal for signal in all_signals() if signal.own]
        assert (signal.lifecycle, signal.weight, signal.anchors) == ("experimental", 0.0, (0.0, 1.0))
        result = measure(View(component_from(BAD_FILES)), ask=ask).results[-1]
    assert (result.id, result.outcome) == ("x-acme.1", Outcome.FOUND)


def test_other_bytes_are_another_engine_though_they_declare_the_same(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"acme_rules.py": GOOD})
    first = Signals(folder, FAST).digest
    (folder / "acme_rules.py").write_text(GOOD.replace('acme_features"]', 'acme_other"]'))
    assert Signals(folder, FAST).digest != first


def test_own_signal_moves_no_index_of_the_catalogue(tmp_path: Path) -> None:
    component = component_from(BAD_FILES)
    before = assess(component, "0" * 40)
    with installed(folder_of(tmp_path, {"acme_rules.py": GOOD}), FAST), asker_of_own() as ask:
        after = assess(component, "0" * 40, ask=ask)
    assert after.debts[:-1] == before.debts
    assert (after.debts[-1].slug, after.debts[-1].index.value) == ("x-acme-rules", 25.0)
    assert (after.litmus, after.rubric, after.practices) == (before.litmus, before.rubric, before.practices)
    assert [finding for finding in after.findings if finding.signal != "x-acme.1"] == list(before.findings)
    assert (before.own, [file.signals for file in after.own]) == ((), [("x-acme.1",)])


def test_each_import_that_ends_its_child_leaves_less_time_to_the_next() -> None:
    limits, left = IMPORT, []
    for _ in range(4):
        left.append((limits.cpu_seconds, limits.seconds))
        limits = halved(limits)
    assert left == [(4.0, 12.0), (2.0, 6.0), (1.5, 3.0), (1.5, 3.0)]
    assert least(FAST, IMPORT) == replace(FAST, seconds=12.0)
    assert least(LIMITS, IMPORT) == replace(LIMITS, cpu_seconds=4.0, seconds=12.0)
