"""What every debt and every signal keeps (the design's section 4), over all of them.

The ruler's first edition is kept beside this test as a copy of the catalogue's tables, made by a script, so that a
drift is seen. `ours` there says what the tables leave open and was decided here.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.debts import all_debts, all_signals
from scoring.facts import HistoryFacts
from scoring.findings import (
    CONFIDENCE,
    COUNT,
    DENSITY,
    GIT,
    LARGE,
    LEVEL,
    MEDIUM,
    NB,
    PY,
    REPOSITORY,
    SEVERITY_WEIGHT,
    SHARE,
    SMALL,
    Debt,
    Outcome,
    Signal,
)
from scoring.measuring import measure
from scoring.tallying import RUN
from scoring.testing import ML_FILE, check_clear, check_found, component_from, facts_from, result_of

HERE = Path(__file__).parent
RULER = json.loads((HERE.parent / "ruler_first_edition.json").read_text())
ROWS, OURS = RULER["rows"], RULER["ours"]

SOURCES = REPOSITORY | {"LIN", "MON", "XR", "ATT"}
GROUPS = {"Data", "Models", "System", "World", "Work"}
ALARM = re.compile(
    r"\b(dangerous|terribl|catastroph|nightmare|horribl|disast|alarming|fatal|sever(e|ely)|urgent|warning|beware"
    r"|must never|scar(y|ier))\b",
    re.IGNORECASE,
)
OTHER_CODE = {"main.go": "package main\n\nfunc main() {\n\tprintln(1)\n}\n"}
"""Code of no source that a signal reads: the component is not empty, and the source is absent."""

BUILT = [signal for signal in all_signals() if signal.built]
FROM_FILES = [signal for signal in BUILT if signal.sources <= REPOSITORY - {GIT}]
FROM_GIT = [signal for signal in BUILT if GIT in signal.sources]


def by_id(signals: list[Signal]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("signal", signals, ids=[signal.id for signal in signals])


every_debt = pytest.mark.parametrize("debt", all_debts(), ids=lambda debt: debt.slug)
every_signal = pytest.mark.parametrize("signal", all_signals(), ids=lambda signal: signal.id)


# ---------------------------------------------------------------- the page


@every_debt
@pytest.mark.parametrize(
    ("name", "fewest", "most"), [("Why", 25, 90), ("What is read", 15, 90), ("Remedy", 15, 90), ("Source", 4, 80)]
)
def test_page_says_why_what_and_remedy_briefly(debt: Debt, name: str, fewest: int, most: int) -> None:
    assert fewest <= len(debt.paragraph(name).split()) <= most


@every_debt
def test_page_has_a_title_of_its_own(debt: Debt) -> None:
    assert 2 <= len(debt.title.split()) <= 12
    assert [other.slug for other in all_debts() if other.title == debt.title] == [debt.slug]


@every_debt
def test_page_has_no_alarm_words(debt: Debt) -> None:
    text = " ".join([debt.title, *(debt.paragraph(name) for name in ("Why", "What is read", "Remedy"))])
    assert ALARM.findall(text) == []


@every_debt
def test_page_source_names_a_work_and_its_place(debt: Debt) -> None:
    assert re.search(r"\((\w+ )?\d{4}\)|Combine", debt.paragraph("Source"))


@every_debt
def test_debt_is_placed(debt: Debt) -> None:
    assert re.fullmatch(r"[45]\.\d+", debt.section)
    assert debt.group in GROUPS
    assert (HERE.parents[2] / "scoring" / "debts" / f"{debt.slug.replace('-', '_')}.py").is_file()


def test_sections_are_the_catalogues_in_order() -> None:
    expected = [f"4.{n}" for n in range(1, 36)] + [f"5.{n}" for n in range(1, 11)]
    assert [debt.section for debt in all_debts()] == expected


# ---------------------------------------------------------------- the ruler


def test_rows_are_those_of_the_first_edition() -> None:
    assert sorted(signal.id for signal in all_signals()) == sorted(ROWS)
    assert set(OURS) <= set(ROWS)


@every_signal
def test_row_equals_the_first_edition(signal: Signal) -> None:
    assert {
        "anchors": list(signal.anchors),
        "debt": signal.debt,
        "precision": signal.precision,
        "severity": signal.severity,
        "source": signal.source,
    } == ROWS[signal.id]


@every_signal
def test_row_is_declared_in_words(signal: Signal) -> None:
    assert len(signal.measure.split()) >= 3
    assert not signal.measure.endswith(".")
    assert signal.unit
    assert signal.sources <= SOURCES
    assert signal.kind in {COUNT, DENSITY, SHARE, LEVEL}
    assert signal.effort in {SMALL, MEDIUM, LARGE}
    assert signal.lifecycle in {"stable", "experimental", "retired"}
    assert signal.scope in {"ml", "product", RUN}


@every_signal
def test_row_read_as_a_count_has_a_good_anchor_of_zero(signal: Signal) -> None:
    """Only findings in files are divided by the size of the code, and only where none is good (catalogue 2.5)."""
    if signal.kind == COUNT:
        assert signal.anchors[0] == 0
    if signal.unit in {"yes/no", "0, 0.5, 1"}:
        assert signal.kind == LEVEL
        assert set(signal.anchors) == {0, 1}
    assert (signal.kind == DENSITY) == (signal.unit == "per KLOC")


@pytest.mark.parametrize("signal", [s for s in all_signals() if s.id.startswith("mls-")], ids=lambda signal: signal.id)
def test_smell_of_ml_code_is_shown_and_weighs_nothing(signal: Signal) -> None:
    assert signal.weight == 0


def test_weights_of_fixed_thresholds_are_those_of_the_worked_example() -> None:
    rows = [signal for signal in all_signals() if signal.id.startswith("thr.")]
    weights = {row.id: round(SEVERITY_WEIGHT[row.severity] * CONFIDENCE[row.precision], 3) for row in rows}
    assert weights == {
        "thr.1": 0.315,
        "thr.2": 0.175,
        "thr.3": 0.315,
        "thr.4": 0.175,
        "thr.5": 0.1,
        "thr.6": 0.175,
        "thr.7": 0.175,
    }


@every_signal
def test_row_without_a_source_in_the_repository_is_not_built(signal: Signal) -> None:
    assert not signal.built or signal.sources & REPOSITORY


# ---------------------------------------------------------------- built signals


def many(files: Mapping[str, str]) -> dict[str, str]:
    """The example in 20 different files: a density counts against five KLOC at least, so one hit is not yet bad."""
    copies = {f"part_{n}/{path}": f"{text}\nPART = {n}\n" for n in range(20) for path, text in files.items()}
    return copies if all(path.endswith(".py") for path in files) else dict(files)


@by_id(FROM_FILES)
def test_built_signal_has_examples(signal: Signal) -> None:
    assert signal.bad, "bad={...} shows what it finds"
    assert signal.good, "good={...} shows what it accepts"


@by_id(BUILT)
def test_built_signal_has_a_test_file_of_its_debt(signal: Signal) -> None:
    assert (HERE / f"test_{signal.debt.replace('-', '_')}.py").is_file()


@by_id([signal for signal in BUILT if signal.bad])
def test_bad_example_is_found(signal: Signal) -> None:
    check_found(signal.id, many(signal.bad) if signal.kind == DENSITY else signal.bad)


@by_id([signal for signal in BUILT if signal.good])
def test_good_example_is_clear(signal: Signal) -> None:
    check_clear(signal.id, signal.good)


@by_id([signal for signal in BUILT if signal.bad])
def test_same_facts_give_the_same_answer_and_stay_as_they_were(signal: Signal) -> None:
    component = component_from({**ML_FILE, **signal.bad})
    before = msgspec.json.encode(component)
    first, second = measure(View(component)), measure(View(component))
    assert (first.results, first.findings) == (second.results, second.findings)
    assert msgspec.json.encode(component) == before


# ---------------------------------------------------------------- a source that is gone never gives clear


def outcome(signal: Signal, files: Mapping[str, str | bytes], **declared: object) -> Outcome:
    return result_of(signal.id, facts_from(files, **declared))[0].outcome


def around(signal: Signal) -> dict[str, str | bytes]:
    """Files that none of the signal's sources reads, with ML code among them where that is no source of its own."""
    return dict(OTHER_CODE) if signal.sources & {PY, NB} else {**OTHER_CODE, **ML_FILE}


@by_id(FROM_FILES)
def test_removed_source_is_never_clear(signal: Signal) -> None:
    assert outcome(signal, {}) is Outcome.NOT_APPLICABLE
    assert outcome(signal, around(signal)) is not Outcome.CLEAR


@by_id([signal for signal in FROM_FILES if signal.bad])
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\x00\xff\xfe{{[[(((\x00: :\n\t- <%"], ids=["empty", "blank", "broken"]
)
def test_emptied_or_broken_source_is_never_clear(signal: Signal, content: bytes) -> None:
    files = {**around(signal), **dict.fromkeys(signal.bad, content)}
    assert outcome(signal, files) is not Outcome.CLEAR


@by_id(FROM_GIT)
@pytest.mark.parametrize("history", [None, HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_absent_or_empty_history_is_never_clear(signal: Signal, history: HistoryFacts | None) -> None:
    assert outcome(signal, {**ML_FILE, **OTHER_CODE}, history=history) is not Outcome.CLEAR


@by_id([signal for signal in all_signals() if not signal.built])
def test_declared_row_is_never_clear(signal: Signal) -> None:
    assert outcome(signal, ML_FILE) in {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE}
