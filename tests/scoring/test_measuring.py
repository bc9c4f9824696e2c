"""What was assessed before never shows in an answer's bytes."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.engine import assess
from scoring.findings import COUNT, DENSITY, Hit, Measure, Signal
from scoring.measuring import TallyCache, measure, value_of
from scoring.testing import COMMIT, ML_FILE, component_from

SIGNAL = Signal(id="x.1", debt="glue-code", measure="m", anchors=(0, 1), severity=1, precision="H", source="PY")


def hit(count: float) -> Hit:
    return Hit(path="a.py", line=1, key="k", message="m", evidence={"count": count})


def written(tallies: TallyCache, answer: Measure) -> bytes:
    return msgspec.json.encode(tallies.result_of(SIGNAL, answer, 0.0, "Mend it."))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Measure(0.0, 1), Measure(-0.0, 1)),
        (Measure(-1e-9, 1), Measure(0.0, 1)),
        (Measure(1, 1), Measure(1.0, 1)),
        (Measure(1.0, 1, (hit(1),)), Measure(1.0, 1, (hit(1.0),))),
        (Measure(1.0, 1, (hit(True),)), Measure(1.0, 1, (hit(1),))),
    ],
)
def test_equal_answer_is_written_as_it_would_be_alone(first: Measure, second: Measure) -> None:
    tallies = TallyCache()
    written(tallies, first)
    assert written(tallies, second) == written(TallyCache(), second)


def test_answer_that_repeats_itself_is_not_worked_out_again() -> None:
    tallies = TallyCache()
    first = tallies.result_of(SIGNAL, Measure(1.0, 1, (hit(2),)), 0.0, "Mend it.")
    second = tallies.result_of(SIGNAL, Measure(1.0, 1, (hit(2),)), 0.0, "Mend it.")
    assert second[0] is first[0]
    assert second[1] is first[1]


def test_other_files_under_the_same_commit_are_another_snapshot() -> None:
    whole, part = component_from({**ML_FILE, "b.py": "# TODO: x\nimport numpy\n"}), component_from(ML_FILE)
    tallies = TallyCache()
    for component in (whole, part, whole):
        assert assess(component, COMMIT, tallies) == assess(component, COMMIT)


def test_quiet_week_shares_what_all_signals_say_together() -> None:
    component = component_from(ML_FILE)
    later = msgspec.structs.replace(component, as_of=component.as_of + timedelta(days=7))
    tallies = TallyCache()
    first = measure(tallies.view_of(component), tallies)
    assert measure(tallies.view_of(later), tallies) is first
    assert measure(tallies.view_of(component_from({**ML_FILE, "b.py": "# TODO: x\n"})), tallies) is not first


def test_lines_that_were_put_aside_thin_nothing_out() -> None:
    bare = View(component_from(ML_FILE))
    whole = View(component_from({**ML_FILE, "old/a.py": "import numpy\n" + "x = 1\n" * 12_000}))
    for scope, kind in product(("ml", "product", "run"), (COUNT, DENSITY)):
        signal = replace(SIGNAL, scope=scope, kind=kind)
        assert value_of(signal, 1.0, 1, whole) == value_of(signal, 1.0, 1, bare)
