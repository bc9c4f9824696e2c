"""The segment bar says the same in its picture and in its label."""

import re

import pytest

from debtboard.charts import bars, sparklines, strips
from debtboard.domain.queries.measures import Bar, Line, Point, Points

THRESHOLDS = Bar(0.33, 0.21, 0.46, 33.0, 61.0, 79.0, 0.54, "measured")


def widths(svg: str) -> dict[str, str]:
    return dict(re.findall(r'class="(s-bad|s-good|s-unseen-e)"[^>]*? width="([^"]+)"', svg))


def test_bar_that_does_not_apply_draws_nothing():
    assert bars.segment_bar(Bar(state="not_applicable")) == '<span class="db-dim">does not apply</span>'


def test_bar_without_enough_evidence_has_no_tick():
    bar = Bar(0.12, 0.12, 0.76, 12.0, None, 88.0, 0.24, "unknown")
    assert "s-val" not in bars.segment_bar(bar)
    assert bars.spoken(bar) == "Bad 12, unseen 76, good 12 of 100. Not enough evidence for a value; between 12 and 88."


def test_bar_draws_bad_unseen_good_on_one_axis():
    svg = bars.segment_bar(THRESHOLDS)
    assert widths(svg) == {"s-bad": "33%", "s-unseen-e": "46%", "s-good": "21%"}
    assert 'aria-label="Bad 33, unseen 46, good 21 of 100. Value 61, between 33 and 79."' in svg
    assert '<line class="s-val" x1="61%" x2="61%"' in svg


@pytest.mark.parametrize(
    ("best", "worst", "labels"),
    [
        (33.0, 79.0, ["best 33", "worst 79"]),
        (50.0, 50.0, ["best and worst 50"]),
        (1.0, 6.0, ["best 1, worst 6"]),
        (0.0, 100.0, ["best 0", "worst 100"]),
    ],
)
def test_ends_of_a_large_bar_never_stand_in_each_other(best, worst, labels):
    bar = Bar(best / 100, (100 - worst) / 100, (worst - best) / 100, best, None, worst, 0.2, "unknown")
    assert re.findall(r">(best[^<]*|worst[^<]*)</text>", bars.large_bar(bar)) == labels


def test_bar_of_a_first_scan_is_one_hatch():
    assert widths(bars.segment_bar(Bar.whole_hatch())) == {"s-unseen-e": "100%"}


def test_no_bar_carries_a_style_or_a_script():
    drawn = [
        bars.segment_bar(THRESHOLDS),
        bars.large_bar(THRESHOLDS),
        bars.score_bar(Points(1.5, 1.5, 2.5)),
        bars.share_bar(0.4),
        bars.coverage_rule(0.68),
        bars.waived_bar(9),
        strips.strip("Data", ["automated", "manual", "unknown", "absent", "not_applicable"]),
        strips.mark("stale", "stale since 9 Nov"),
    ]
    assert [svg for svg in drawn if re.search(r"style=|<script|<style| on\w+=", svg)] == []


def test_label_from_outside_is_escaped():
    assert "&lt;b&gt;&quot;" in strips.strip('<b>"', ["unknown"])
    assert "<script>" not in sparklines.sparkline([1, 2], "<script>")
    assert "<i>" not in strips.mark("failed", "<i>")


@pytest.mark.parametrize(("share", "ticks"), [(0.0, 1), (0.68, 35), (1.0, 51)])
def test_coverage_rule_has_a_tick_for_every_two_percent_seen(share, ticks):
    svg = bars.coverage_rule(share)
    assert svg.count('class="l-axis"') == ticks
    assert ("unseen" in svg.split(">", 1)[1]) == (share < 1)


def test_strip_says_how_many_of_each_state():
    states = ["automated", "manual", "manual", "implemented_never_seen_running", "unknown", "absent", "absent"]
    svg = strips.strip("Infra", states)
    assert 'aria-label="Infra: 1 automated, 2 by hand, 1 implemented, never seen running, 1 unknown, 2 absent"' in svg
    assert svg.count("url(#unseen)") == 1


def test_severity_has_its_word_and_its_pips():
    assert strips.severity("high").count("p-on") == 3
    assert strips.severity("high").endswith("high</span>")
    assert strips.severity(None) == '<span class="db-dim">none open</span>'


def test_sparkline_without_a_scan_says_so():
    assert sparklines.sparkline([None, None], "x") == '<span class="db-dim">no scan yet</span>'
    assert sparklines.sparkline([None, None], "x", "–") == '<span class="db-dim">–</span>'


def test_sparkline_breaks_at_a_gap():
    assert sparklines.sparkline([1, 2, None, 3, 4], "x").count("<polyline") == 2


def test_sparkline_draws_a_change_of_one_as_one_sixth():
    svg = sparklines.sparkline([10, 11], "x")
    heights = [float(spot.split(",")[1]) for spot in re.search(r'points="([^"]+)"', svg)[1].split()]
    assert heights[0] - heights[1] == pytest.approx(16 / 6, abs=0.1)


def test_ribbon_breaks_at_a_gap(weeks):
    points = [Point(week, 20, 30, 40) for week in weeks(3)] + [Point(weeks(4)[3])] + [Point(weeks(5)[4], 20, None, 90)]
    svg = sparklines.ribbon(Line("q", "Q", tuple(points)), "Q")
    assert svg.count('class="a-bad"') == 2
    assert svg.count('class="l-val"') == 1
