"""The arithmetic of the scores as properties, groups and whole debts included (validation V12).

`test_segments.py` holds the same for a bar of single rows.
"""

from dataclasses import dataclass
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.catalog.rubric import SECTIONS, TESTS
from scoring.debts import all_debts
from scoring.findings import LEVEL, SHARE, Outcome, SignalResult, badness
from scoring.measuring import measure
from scoring.scores import answers
from scoring.scores.answers import Index
from scoring.scores.debts import score_debts
from scoring.scores.rubric import _rubric
from scoring.scores.segments import bar, blame, grouped, split
from scoring.testing import ML_FILE, facts_from

TOLERANCE = 2e-6
WEIGHTS = (0.1, 0.175, 0.25, 0.315, 0.45, 0.7)


@dataclass(frozen=True)
class Row:
    group: str
    weight: float
    badness: float | None
    unread: float
    kind: str
    population: int


ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["", "", "g", "h"]),
        st.sampled_from(WEIGHTS),
        st.none() | st.floats(0, 1),
        st.sampled_from([0.0, 0.25, 1.0]) | st.floats(0, 1),
        st.sampled_from([LEVEL, SHARE]),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=12,
)


def result(name: str, row: Row) -> SignalResult:
    outcome = Outcome.UNKNOWN if row.badness is None else Outcome.FOUND if row.badness else Outcome.CLEAR
    return SignalResult(
        id=name,
        debt="d",
        source="PY",
        outcome=outcome,
        value=row.badness,
        unit="",
        anchors=(0, 1),
        badness=row.badness,
        severity=1,
        precision="H",
        lifecycle="stable",
        population=row.population,
        kind=row.kind,
        unread=row.unread,
        reason="",
        findings=0,
    )


def terms_of(drawn: list[Row]):
    return grouped((row.group, split(result(f"s.{i}", row), row.weight)) for i, row in enumerate(drawn))


def index_of(drawn: list[Row]) -> Index:
    return bar(terms_of(drawn))[0]


def changed(drawn: list[Row], position: int, seen: float | None) -> list[Row]:
    row = drawn[position]
    return [
        *drawn[:position],
        Row(row.group, row.weight, seen, row.unread, row.kind, row.population),
        *drawn[position + 1 :],
    ]


@given(ROWS)
def test_shares_of_grouped_rows_add_up_and_none_is_negative(drawn: list[Row]) -> None:
    terms = terms_of(drawn)
    index, segments, coverage = bar(terms)
    assert min(part for term in terms for part in (term.bad, term.good, term.unseen)) >= -TOLERANCE
    assert segments.bad + segments.good + segments.unseen == pytest.approx(1, abs=TOLERANCE)
    assert coverage == pytest.approx(1 - segments.unseen, abs=TOLERANCE)
    assert 0 <= index.best <= index.worst <= 100


@given(ROWS, st.randoms(use_true_random=False))
def test_grouped_bar_does_not_depend_on_the_order(drawn: list[Row], random: Random) -> None:
    pairs = [(row.group, split(result(f"s.{i}", row), row.weight)) for i, row in enumerate(drawn)]
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert bar(grouped(pairs)) == bar(grouped(shuffled))


@given(ROWS)
def test_blame_of_grouped_rows_adds_up_to_one(drawn: list[Row]) -> None:
    parts = blame(terms_of(drawn))
    assert not parts or sum(part.share for part in parts) == pytest.approx(1, abs=TOLERANCE)


@given(ROWS, st.floats(0, 1), st.integers(0, 11))
def test_observing_one_more_row_of_a_group_never_raises_worst_nor_lowers_best(
    drawn: list[Row], seen: float, which: int
) -> None:
    position = which % len(drawn)
    old, new = index_of(changed(drawn, position, None)), index_of(changed(drawn, position, seen))
    assert new.worst <= old.worst + TOLERANCE
    assert new.best >= old.best - TOLERANCE


@given(ROWS, st.floats(0, 1), st.floats(0, 1), st.integers(0, 11))
def test_a_larger_badness_in_a_group_never_improves_a_bar(
    drawn: list[Row], one: float, other: float, which: int
) -> None:
    position = which % len(drawn)
    less, more = (index_of(changed(drawn, position, value)) for value in sorted((one, other)))
    assert more.best >= less.best - TOLERANCE
    assert more.worst >= less.worst - TOLERANCE


ANCHORS = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)).filter(lambda pair: abs(pair[0] - pair[1]) > 1e-3)


@given(ANCHORS, st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_badness_is_within_its_bounds_and_grows_towards_the_bad_anchor(
    anchors: tuple[float, float], one: float, other: float
) -> None:
    good, bad = anchors
    nearer, further = sorted((one, other), key=lambda value: (value - good) * (1 if bad > good else -1))
    assert 0 <= badness(nearer, anchors) <= badness(further, anchors) <= 1
    assert (badness(good, anchors), badness(bad, anchors)) == (0, pytest.approx(1))


FILES = {
    **ML_FILE,
    "train.py": "import numpy as np\n\nx = np.random.rand(9)\nif x[0] == np.nan:\n    print(1)\n",
    "requirements.txt": "numpy\n",
}


@pytest.mark.parametrize("seed", range(5))
def test_debts_do_not_depend_on_the_order_of_results(seed: int) -> None:
    measured = measure(facts_from(FILES))
    shuffled = list(measured.results)
    Random(seed).shuffle(shuffled)
    assert score_debts(shuffled, measured.findings) == score_debts(measured.results, measured.findings)


@pytest.mark.parametrize("seed", range(5))
def test_observing_any_row_of_any_debt_narrows_its_bar(seed: int) -> None:
    random = Random(seed)
    measured = measure(facts_from(FILES))
    before = {debt.slug: debt.index for debt in score_debts(measured.results, measured.findings)}
    unknown = [row for row in measured.results if row.outcome is Outcome.UNKNOWN]
    seen = random.choice(unknown)
    share = round(random.random(), 3)
    known = msgspec.structs.replace(seen, outcome=Outcome.FOUND, badness=share, value=share, population=9)
    results = [known if row.id == seen.id else row for row in measured.results]
    after = {debt.slug: debt.index for debt in score_debts(results, measured.findings)}
    assert len(before) == len(all_debts())
    for slug, index in after.items():
        assert (index.worst or 0) <= (before[slug].worst or 0) + TOLERANCE
        assert (index.best or 0) >= (before[slug].best or 0) - TOLERANCE


POINTS = st.lists(st.sampled_from([None, 0.0, 0.5, 1.0]), min_size=len(TESTS), max_size=len(TESTS))


def rubric(points: list[float | None]):
    states = zip(TESTS, points, strict=True)
    return _rubric(tuple(answers.TestResult(slug=test.slug, points=value, state="x") for test, value in states), True)


@given(POINTS)
def test_final_score_is_the_lowest_of_four_sums(points: list[float | None]) -> None:
    scored = rubric(points)
    assert len(scored.sections) == len(SECTIONS)
    assert scored.score.worst == min(section.score.worst for section in scored.sections)
    assert scored.score.best == min(section.score.best for section in scored.sections)
    assert 0 <= scored.score.worst <= scored.score.best <= 7
    assert scored.score.value == scored.score.worst


@given(POINTS, st.integers(0, len(TESTS) - 1), st.sampled_from([0.0, 0.5, 1.0]))
def test_knowing_one_more_test_never_lowers_worst_nor_raises_best(
    points: list[float | None], which: int, known: float
) -> None:
    before = rubric([*points[:which], None, *points[which + 1 :]]).score
    after = rubric([*points[:which], known, *points[which + 1 :]]).score
    assert after.worst >= before.worst
    assert after.best <= before.best
