"""The arithmetic of a bar (catalogue 2.3, 2.5; validation V12)."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.findings import LEVEL, SHARE, Outcome, SignalResult
from scoring.scores.answers import Term
from scoring.scores.segments import bar, blame, grouped, merge, split

TOLERANCE = 2e-6
"""Numbers are rounded to six digits: each of two may be off by half a unit, and a unit is not exact as a float."""


def result(
    name: str, badness: float | None, *, kind: str = LEVEL, population: int = 9, unread: float = 0.0
) -> SignalResult:
    outcome = Outcome.UNKNOWN if badness is None else Outcome.FOUND if badness else Outcome.CLEAR
    return SignalResult(
        id=name,
        debt="d",
        source="PY",
        outcome=outcome,
        value=badness,
        unit="",
        anchors=(0, 1),
        badness=badness,
        severity=1,
        precision="H",
        lifecycle="stable",
        population=population,
        kind=kind,
        unread=unread,
        reason="",
        findings=0,
    )


@dataclass(frozen=True)
class Row:
    weight: float
    badness: float | None
    unread: float
    kind: str
    population: int


rows = st.lists(
    st.builds(
        Row,
        st.sampled_from([0.1, 0.175, 0.25, 0.315, 0.45, 0.7]),
        st.none() | st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from([LEVEL, SHARE]),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=12,
)


def terms_of(drawn: list[Row]) -> list[Term]:
    return [
        split(result(f"s.{i}", row.badness, kind=row.kind, population=row.population, unread=row.unread), row.weight)
        for i, row in enumerate(drawn)
    ]


def test_bar_without_weight_is_all_null() -> None:
    index, segments, coverage = bar([])
    assert (index.best, index.value, index.worst) == (None, None, None)
    assert (segments.bad, segments.good, segments.unseen, coverage) == (None, None, None, 0.0)


def test_bar_of_unknowns_is_all_hatch() -> None:
    index, segments, coverage = bar([split(result("a", None), 0.45)])
    assert (index.best, index.value, index.worst) == (0, None, 100)
    assert (segments.bad, segments.good, segments.unseen, coverage) == (0, 0, 1, 0)


def test_bar_of_the_worked_example() -> None:
    weights = {
        "thr.1": 0.315,
        "thr.2": 0.175,
        "thr.3": 0.315,
        "thr.4": 0.175,
        "thr.5": 0.1,
        "thr.6": 0.175,
        "thr.7": 0.175,
    }
    badness = {"thr.1": 0.75, "thr.2": 1 / 3, "thr.4": 1.0, "thr.5": 0.0}
    terms = [split(result(name, badness.get(name)), weight) for name, weight in weights.items()]
    index, segments, coverage = bar(terms)
    assert [round(n) for n in (index.best, index.worst, index.value)] == [33, 79, 61]
    shares = (segments.bad, segments.good, segments.unseen, coverage)
    assert [round(n, 3) for n in shares] == [0.328, 0.207, 0.465, 0.535]
    assert [(part.signal, round(part.share, 2)) for part in blame(terms)] == [
        ("thr.1", 0.5),
        ("thr.4", 0.37),
        ("thr.2", 0.12),
    ]


def test_value_is_withheld_below_the_coverage_it_needs() -> None:
    below = [split(result("a", 1.0), 0.34), split(result("b", None), 0.66)]
    at = [split(result("a", 1.0), 0.35), split(result("b", None), 0.65)]
    assert bar(below)[0].value is None
    assert bar(at)[0].value == 100


def test_split_of_a_small_share_is_damped_and_never_good() -> None:
    term = split(result("a", 0.5, kind=SHARE, population=2), 1.0)
    assert (term.bad, term.good, term.unseen) == (0.2, 0.5, pytest.approx(0.3))


def test_split_of_a_source_read_in_part_moves_good_to_unseen() -> None:
    term = split(result("a", 0.25, unread=0.4), 1.0)
    assert (term.bad, term.good, term.unseen) == (0.25, pytest.approx(0.45), pytest.approx(0.3))


def test_group_takes_the_larger_weight_and_the_largest_badness() -> None:
    merged = merge("g", [split(result("a", 0.2), 0.3), split(result("b", 0.8), 0.25)])
    assert (merged.weight, merged.bad, merged.good, merged.unseen) == (
        0.3,
        pytest.approx(0.24),
        pytest.approx(0.06),
        pytest.approx(0),
    )


def test_group_with_an_unseen_member_has_no_good() -> None:
    merged = merge("g", [split(result("a", 0.2), 0.3), split(result("b", None), 0.3)])
    assert (merged.bad, merged.good, merged.unseen) == (pytest.approx(0.06), 0, pytest.approx(0.24))


def test_grouped_keeps_terms_without_a_group_apart() -> None:
    def term(name: str, weight: float) -> Term:
        return Term(name=name, weight=weight, bad=0, good=weight, unseen=0)

    terms = grouped([("", term("a", 1)), ("g", term("b", 1)), ("", term("c", 1)), ("g", term("d", 2))])
    assert [(term.name, term.weight) for term in terms] == [("a", 1), ("g", 2), ("c", 1)]


@given(rows)
def test_bar_shares_add_up_and_numbers_are_ordered(drawn: list[Row]) -> None:
    index, segments, coverage = bar(terms_of(drawn))
    assert segments.bad + segments.good + segments.unseen == pytest.approx(1, abs=TOLERANCE)
    assert coverage == pytest.approx(1 - segments.unseen, abs=TOLERANCE)
    assert 0 <= index.best <= index.worst <= 100
    if index.value is not None:
        assert index.best <= index.value <= index.worst


@given(rows, st.randoms(use_true_random=False))
def test_bar_does_not_depend_on_the_order(drawn: list[Row], random: object) -> None:
    terms = terms_of(drawn)
    shuffled = list(terms)
    random.shuffle(shuffled)
    assert bar(terms) == bar(shuffled)


@given(rows, st.floats(0, 1), st.integers(0, 11))
def test_observing_one_more_signal_never_raises_worst_nor_lowers_best(
    drawn: list[Row], seen: float, which: int
) -> None:
    position = which % len(drawn)
    before = [*drawn]
    before[position] = Row(drawn[position].weight, None, 0.0, LEVEL, 9)
    after = [*before]
    after[position] = Row(
        drawn[position].weight, seen, drawn[position].unread, drawn[position].kind, drawn[position].population
    )
    old, new = bar(terms_of(before))[0], bar(terms_of(after))[0]
    assert new.worst <= old.worst + TOLERANCE
    assert new.best >= old.best - TOLERANCE


@given(rows, st.floats(0, 1), st.floats(0, 1), st.integers(0, 11))
def test_a_larger_badness_never_improves_a_bar(drawn: list[Row], one: float, other: float, which: int) -> None:
    position = which % len(drawn)
    row = drawn[position]
    bars = []
    for badness in sorted((one, other)):
        changed = [*drawn]
        changed[position] = Row(row.weight, badness, row.unread, row.kind, row.population)
        bars.append(bar(terms_of(changed))[0])
    assert bars[1].best >= bars[0].best - TOLERANCE
    assert bars[1].worst >= bars[0].worst - TOLERANCE


@given(rows)
def test_blame_adds_up_to_one(drawn: list[Row]) -> None:
    parts = blame(terms_of(drawn))
    assert not parts or sum(part.share for part in parts) == pytest.approx(1, abs=TOLERANCE)
