"""Every number opens into rows that add up to it, in print too."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from debtboard.domain.queries import series as s
from debtboard.domain.queries.changes import Period, change, midpoint_parts
from debtboard.domain.queries.opened import bar_of, equation
from debtboard.domain.queries.team import team_line
from debtboard.domain.queries.wording import applying
from scoring.scores.answers import DebtScore, Term
from scoring.scores.segments import bar

WORKED = (
    Term(name="thr.1", weight=0.315, bad=0.23625, good=0.07875, unseen=0.0),
    Term(name="thr.2", weight=0.175, bad=0.0583, good=0.1167, unseen=0.0),
    Term(name="thr.3", weight=0.315, bad=0.0, good=0.0, unseen=0.315),
    Term(name="thr.4", weight=0.175, bad=0.175, good=0.0, unseen=0.0),
    Term(name="thr.5", weight=0.1, bad=0.0, good=0.1, unseen=0.0),
    Term(name="thr.6", weight=0.175, bad=0.0, good=0.0, unseen=0.175),
    Term(name="thr.7", weight=0.175, bad=0.0, good=0.0, unseen=0.175),
)
"""The catalogue's worked example: fixed-thresholds, best 33, worst 79, value 61."""


def test_equation_ends_in_what_the_page_shows():
    index, segments, coverage = bar(WORKED)
    score = DebtScore(
        slug="fixed-thresholds",
        state="measured",
        index=index,
        segments=segments,
        coverage=coverage,
        worst_open=None,
        findings=0,
    )
    lines = equation(WORKED, bar_of(score)).splitlines()
    assert [re.search(r"= +(\S+)  ", line[8:])[1] for line in lines] == ["33", "79", "61"]
    assert lines[2].endswith("coverage 53 %")


def test_equation_without_evidence_gives_no_value():
    terms = (Term(name="x", weight=1.0, bad=0.0, good=0.1, unseen=0.9),)
    index, segments, coverage = bar(terms)
    score = DebtScore(
        slug="x", state="unknown", index=index, segments=segments, coverage=coverage, worst_open=None, findings=0
    )
    assert "not shown: not enough evidence" in equation(terms, bar_of(score))


@pytest.mark.parametrize(
    ("number_of", "said"),
    [
        (0, "No signals or groups apply"),
        (1, "1 signal or group applies"),
        (1200, "1,200 signals or groups apply"),
    ],
)
def test_rows_that_apply_are_counted_in_words_that_agree(number_of, said):
    assert applying(number_of, "signal") == said


def test_sum_of_what_rounding_left_is_printed_as_nothing():
    terms = (Term(name="x", weight=0.3, bad=0.1, good=0.2, unseen=-5e-17),)
    index, segments, coverage = bar(terms)
    score = DebtScore(
        slug="x", state="measured", index=index, segments=segments, coverage=coverage, worst_open=None, findings=0
    )
    assert "(0.100 + 0.000) / 0.300" in equation(terms, bar_of(score))


NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
WEEKS = [date(2026, 11, 2) + timedelta(weeks=index) for index in range(3)]
LINE = "litmus-transitive-closure"


def numbers(best: float, worst: float) -> tuple[float, float, float]:
    return best, 100 * best / (best + 100 - worst), worst


def made(rows: dict[int, list[tuple[float, float] | None]]) -> tuple[list[Period], s.Series]:
    """Components' (best, worst) per week; None is a week without a scan."""
    points = [
        (component, LINE, WEEKS[index].isoformat(), *numbers(*pair))
        for component, pairs in rows.items()
        for index, pair in enumerate(pairs)
        if pair is not None
    ]
    series = s.Series(points)
    origins = ((component, date.fromisoformat(week), "r", False, week, NOON) for component, _, week, *_ in points)
    series.add_origins(origins)
    return [Period(component, f"c{component}", f"c{component}", date(2020, 1, 6), None) for component in rows], series


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_parts_of_a_change_add_up_in_print(seed):
    from random import Random

    rng = Random(seed)
    rows = {n: [(rng.uniform(0, 50), rng.uniform(50, 90)) for _ in WEEKS] for n in range(1, 5)}
    periods, series = made(rows)
    said = change(team_line(LINE, periods, series, WEEKS), periods, series)
    parts = [float(row.points.replace("−", "-")) for row in said.rows]
    assert round(float(said.before) + sum(parts), 1) == float(said.after)


def test_team_without_any_scan_in_a_week_has_a_gap():
    periods, series = made({1: [(10, 60), None, (10, 60)], 2: [(20, 70), None, (20, 70)]})
    assert [point.gap for point in team_line(LINE, periods, series, WEEKS).points] == [False, True, False]


def test_component_that_was_not_scanned_keeps_its_last_point_in_the_team():
    periods, series = made({1: [(10, 60), (10, 60), (10, 60)], 2: [(20, 70), None, None]})
    assert [point.best for point in team_line(LINE, periods, series, WEEKS).points] == [15.0, 15.0, 15.0]


def test_past_weeks_stay_with_the_team_that_had_the_component():
    _, series = made({1: [(10, 60)] * 3, 2: [(30, 80)] * 3})
    periods = [
        Period(1, "c1", "c1", date(2020, 1, 6), None),
        Period(2, "c2", "c2", WEEKS[1], None),
    ]
    assert [point.best for point in team_line(LINE, periods, series, WEEKS).points] == [10.0, 20.0, 20.0]


def parts_of(rows: dict[int, list[tuple[float, float] | None]]) -> dict[str, str]:
    periods, series = made(rows)
    said = change(team_line(LINE, periods, series, WEEKS), periods, series)
    return {row.name: row.points for row in said.rows}


@pytest.mark.parametrize("seed", range(8))
def test_parts_of_the_same_components_need_no_remainder(seed):
    from random import Random

    rng = Random(seed)
    pairs = {n: tuple((rng.uniform(0, 50), rng.uniform(10, 50)) for _ in range(2)) for n in range(1, rng.randint(3, 7))}
    means = [[sum(pair[week][part] for pair in pairs.values()) / len(pairs) for part in (0, 1)] for week in (0, 1)]
    before, after = (100 * bad / (bad + good) for bad, good in means)
    assert sum(midpoint_parts(pairs).values()) == pytest.approx(after - before, abs=1e-9)


def test_component_that_got_worse_is_shown_worse_beside_one_that_only_saw_more():
    parts = parts_of({1: [(5, 20), (5, 20), (8, 10)], 2: [(5, 20), (5, 20), (5, 24)]})
    assert parts == {"c1": "+1.2", "c2": "+0.2"}


def test_component_that_joins_is_the_remainder_and_the_unchanged_one_moved_nothing():
    parts = parts_of({1: [(10, 20), (10, 20), (10, 20)], 2: [None, None, (40, 60)]})
    assert parts == {"c1": "0.0", "components that came or left": "+18.3"}


def test_component_that_leaves_is_the_remainder():
    _, series = made({1: [(10, 20)] * 3, 2: [(40, 60)] * 3})
    periods = [Period(1, "c1", "c1", date(2020, 1, 6), None), Period(2, "c2", "c2", date(2020, 1, 6), WEEKS[2])]
    said = change(team_line(LINE, periods, series, WEEKS), periods, series)
    assert [(row.name, row.why) for row in said.rows] == [
        ("c1", "no change"),
        ("components that came or left", "c2"),
    ]
    assert said.rows[0].points == "0.0"
