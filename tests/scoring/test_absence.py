"""No data is never a good score: each signal's source removed, broken and emptied in turn (catalogue 2.5, rule 3).

A row that asks for a file may be found where the file is gone. Nothing may ever be clear.
"""

from collections.abc import Mapping

import pytest

from scoring.debts import all_signals
from scoring.facts import HistoryFacts
from scoring.findings import REPOSITORY, Outcome, Signal
from scoring.testing import ML_FILE, facts_from, result_of

BUILT = [signal for signal in all_signals() if signal.built]
FROM_FILES = [signal for signal in BUILT if signal.sources & (REPOSITORY - {"GIT"})]
FROM_HISTORY = [signal for signal in BUILT if "GIT" in signal.sources]

BROKEN = {
    ".py": b"def broken(:\n",
    ".ipynb": b'{"cells": [',
    ".toml": b"[project\n",
    ".yml": b"a: [\n",
    ".yaml": b"a: [\n",
    ".json": b'{"a": ',
    ".cfg": b"[metadata\nname",
    ".lock": b"[[package]\n",
}
NOT_TEXT = b"\x00\xff\xfe broken \x00" * 9
CODE = (".py", ".ipynb")


def identified(signals: list[Signal]) -> list[object]:
    return [pytest.param(signal, id=signal.id) for signal in signals]


def own_files(signal: Signal, files: Mapping[str, str]) -> list[str]:
    """The paths of an example that the signal's sources speak of."""
    code = bool(signal.sources & {"PY", "NB"})
    other = bool(signal.sources & {"PKG", "CFG", "SQL"})
    own = [path for path in files if (path.endswith(CODE) and code) or (not path.endswith(CODE) and other)]
    return own if any(path not in ML_FILE for path in own) else list(files)


def broken(path: str) -> bytes:
    return next((text for suffix, text in BROKEN.items() if path.endswith(suffix)), NOT_TEXT)


def example(signal: Signal) -> dict[str, str]:
    return {**ML_FILE, **(signal.good or signal.bad)}


@pytest.mark.parametrize("signal", identified(FROM_FILES))
def test_source_removed_is_never_clear(signal: Signal) -> None:
    files = example(signal)
    gone = own_files(signal, files)
    result, _ = result_of(signal.id, facts_from({path: text for path, text in files.items() if path not in gone}))
    assert result.outcome is not Outcome.CLEAR


@pytest.mark.parametrize("signal", identified(FROM_FILES))
def test_source_broken_is_never_clear(signal: Signal) -> None:
    files: dict[str, str | bytes] = dict(example(signal))
    files.update({path: broken(path) for path in own_files(signal, example(signal))})
    result, _ = result_of(signal.id, facts_from(files))
    assert result.outcome is not Outcome.CLEAR


@pytest.mark.parametrize("signal", identified(FROM_FILES))
def test_source_emptied_is_never_clear(signal: Signal) -> None:
    files: dict[str, str | bytes] = dict(example(signal))
    files.update(dict.fromkeys(own_files(signal, example(signal)), b""))
    result, _ = result_of(signal.id, facts_from(files))
    assert result.outcome is not Outcome.CLEAR


@pytest.mark.parametrize("signal", identified(FROM_HISTORY))
@pytest.mark.parametrize(
    "history",
    [None, HistoryFacts(reason="the clone is shallow"), HistoryFacts()],
    ids=["removed", "broken", "emptied"],
)
def test_history_absent_is_never_clear(signal: Signal, history: HistoryFacts | None) -> None:
    result, _ = result_of(signal.id, facts_from(ML_FILE, history=history))
    assert result.outcome not in (Outcome.CLEAR, Outcome.FOUND)


@pytest.mark.parametrize("signal", identified([signal for signal in all_signals() if not signal.built]))
def test_unbuilt_row_is_never_clear(signal: Signal) -> None:
    result, _ = result_of(signal.id, facts_from(ML_FILE))
    assert result.outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)


def test_component_without_code_has_nothing_that_applies() -> None:
    view = facts_from({"README.md": "# Hello\n", "data.csv": "a,b\n"})
    assert {result_of(signal.id, view)[0].outcome for signal in BUILT} == {Outcome.NOT_APPLICABLE}
