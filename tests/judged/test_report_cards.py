"""The report cards and the tables of the README equal the lists of findings judged by hand."""

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


def test_tables_name_each_signal_and_repository_once_in_order() -> None:
    rows = [
        {**_row("false", "open", "2026-11-21"), "repository": "o/b"},
        {**_row("true", "withdrawn"), "repository": "o/a"},
        {**_row("true", sample="2026-11-21"), "repository": "o/a", "signal": "r.1"},
    ]
    assert [line for line in report_cards.tables_of(rows).splitlines() if line.startswith(("## ", "| "))] == [
        "## The sample of 2026-11-21",
        "| Repository | Rows | Right | Share |",
        "| o/a | 1 | 1 | 100% |",
        "| o/b | 1 | 0 | 0% |",
        "| all | 2 | 1 | 50% |",
        "## Per signal",
        "| Signal | Rows | Right | Share | Still open | Withdrawn | Sample | Right in it |",
        "| r.1 | 1 | 1 | 100% | 0 | 0 | 1 | 1 |",
        "| s.1 | 2 | 1 | 50% | 1 | 1 | 1 | 0 |",
        "| all | 3 | 2 | 67% | 1 | 1 | 2 | 1 |",
    ]


def test_cards_equal_the_judged_rows() -> None:
    counts = report_cards.counted(report_cards.rows())
    assert {signal: Judged(**row) for signal, row in counts.items()} == REPORT_CARDS


def test_cards_and_readme_are_what_the_lists_say() -> None:
    assert report_cards.README.read_text("utf-8").count(report_cards.BEGIN) == 1
    assert report_cards.main(["--check"]) == 0, "run python tests/benchmarks/report_cards.py"


def test_every_card_is_of_a_signal_of_the_catalogue() -> None:
    assert sorted(set(REPORT_CARDS) - {signal.id for signal in all_signals()}) == []
