"""The table of report cards equals the lists of findings judged by hand."""

from scoring.debts import all_signals
from scoring.knowledge.report_cards import REPORT_CARDS, Judged
from tests.benchmarks import report_cards


def _row(verdict: str, status: str = "", sample: str = "") -> dict[str, str]:
    return {"signal": "s.1", "verdict": verdict, "status": status, "sample": sample}


def test_signal_that_nobody_judged_has_no_card() -> None:
    assert report_cards.counted([]) == {}


def test_wrong_finding_that_was_mended_is_no_more_judged() -> None:
    (counts,) = report_cards.counted([_row("false"), _row("wrong", sample="2026-11-21"), _row("true")]).values()
    assert Judged(**counts) == Judged(judged=1, right=1, mended=2, sample=0, sample_right=0)


def test_right_finding_that_was_withdrawn_speaks_for_nothing() -> None:
    assert report_cards.counted([_row("true", "withdrawn", "2026-11-21")]) == {}


def test_open_wrong_finding_counts_against_the_signal() -> None:
    rows = [_row("false", "open", "2026-11-21"), _row("true", sample="2026-11-21"), _row("right")]
    (counts,) = report_cards.counted(rows).values()
    assert Judged(**counts) == Judged(judged=3, right=2, mended=0, sample=2, sample_right=1)


def test_table_equals_the_judged_rows() -> None:
    counts = report_cards.counted(report_cards.rows())
    assert {signal: Judged(**row) for signal, row in counts.items()} == REPORT_CARDS
    assert report_cards.main(["--check"]) == 0, "run python tests/benchmarks/report_cards.py"


def test_every_card_is_of_a_signal_of_the_catalogue() -> None:
    assert sorted(set(REPORT_CARDS) - {signal.id for signal in all_signals()}) == []
