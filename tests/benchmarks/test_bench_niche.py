"""The harness of V1: odd rows alone, the labelled commit, and an AUC with its interval."""

from pathlib import Path

import pytest

from tests.benchmarks import bench_niche as bench
from tests.benchmarks import niche_figures as figures
from tests.scoring.sources.git_lab import DAY, START, Lab

HEAD = "\ufeffGitHub Repo,Engineered ML Project,Stars,Commits\n"


def labels_file(folder: Path, *rows: str) -> Path:
    path = folder / "NICHE.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), "utf-8")
    return path


def test_even_rows_are_never_read(tmp_path: Path) -> None:
    path = labels_file(tmp_path, "a/one,Y,1,5", "a/two,broken,1,none", "a/three,N,1,7")
    assert bench.labels(path) == [figures.Label("a/one", True, 5), figures.Label("a/three", False, 7)]


def test_history_that_is_too_short_has_no_labelled_commit(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "r.git")
    first = lab.commit(lab.files({"a.py": "1\n"}), time=START)
    second = lab.commit(lab.files({"a.py": "2\n"}), (first,), time=START + DAY)
    lab.point(second)
    found = [bench.labelled_commit(lab.path, number) for number in (0, 1, 2, 3)]
    assert found == [None, first, second, None]


def test_folder_without_a_labelled_repository_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([str(labels_file(tmp_path, "a/one,Y,1,5")), str(tmp_path)]) == 2
    assert capsys.readouterr().err == "no labelled repository of an odd row lies in the folder\n"


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [([2.0], [1.0], 1.0), ([1.0], [2.0], 0.0), ([1.0], [1.0], 0.5), ([3.0, 1.0], [2.0, 1.0], 0.625)],
)
def test_auc_counts_pairs_and_halves_equals(positive: list[float], negative: list[float], area: float) -> None:
    assert figures.auc(positive, negative) == area


def scored(engineered: bool, debts: float) -> figures.Scored:
    return figures.Scored(figures.Label(f"a/{engineered}{debts}", engineered, 1), debts, debts, 0.0)


MANY = [scored(True, value) for value in (9.0, 7.0, 5.0)] + [scored(False, value) for value in (6.0, 4.0, 2.0)]


def test_one_class_alone_has_no_auc() -> None:
    said = figures.compared(MANY[:3], lambda one: one.debts, 1, 50)
    assert said == "no AUC: 3 engineered, 0 not"


def test_interval_is_the_same_for_the_same_seed_and_holds_the_auc() -> None:
    said = [figures.compared(MANY, lambda one: one.debts, 1, 200) for _ in range(2)]
    assert said[0] == said[1]
    assert said[0].startswith("AUC 0.889 (")


def test_other_tool_is_compared_where_both_have_a_score() -> None:
    peer = {one.label.repository: -one.debts for one in MANY[1:]}
    assert figures.paired(MANY, lambda one: one.debts, peer, 1, 50).startswith(
        "the other tool AUC 0.167, lead +0.667 ("
    )


def of_report(*debts: tuple[str, float | None, str]) -> dict[str, object]:
    shown = [{"evidence": ["train.py:1"]}, {"evidence": []}]
    return {
        "debts": [{"slug": slug, "index": {"worst": worst}, "state": state} for slug, worst, state in debts],
        "rubric": {"sections": [{"score": {"value": value}, "tests": shown} for value in (1.0, 2.0)]},
    }


def test_score_leaves_out_what_does_not_apply_and_what_nobody_saw() -> None:
    unseen, inapplicable = ("monitoring", 100.0, "unknown"), ("notebooks", None, "not_applicable")
    report = of_report(("tests", 40.0, "measured"), unseen, inapplicable)
    assert bench.scores(report) == (30.0, 60.0, 1.5, 2, {"tests": 40.0})
    assert bench.scores(of_report(unseen, inapplicable)) is None


def test_design_defects_are_one_among_the_debts_seen() -> None:
    defects = [(f"defect-{n}", worst, "measured") for n, worst in enumerate((0.0, 20.0, 100.0))]
    seen = bench.seen_of(of_report(("tests", 80.0, "measured"), *defects, ("defect-unseen", 100.0, "unknown")))
    assert seen == {"tests": 80.0, "design-defects": 40.0}


def of_debts(engineered: bool, name: str, **worst: float) -> figures.Scored:
    mean = 100 - sum(worst.values()) / len(worst)
    return figures.Scored(figures.Label(name, engineered, 1), mean, mean, 0.0, 0, worst)


TOLD = [
    of_debts(True, "a/one", tests=10.0, smells=50.0, unknown=100.0),
    of_debts(True, "a/two", tests=20.0, smells=40.0, unknown=100.0),
    of_debts(False, "a/three", tests=90.0, smells=10.0, unknown=100.0),
    of_debts(False, "a/four", tests=30.0, smells=0.0, unknown=100.0),
]


def test_debts_are_told_one_by_one_and_what_pulls_the_most_comes_first() -> None:
    assert figures.by_debt(TOLD) == [("smells", 0.0, -0.5), ("tests", 1.0, 0.5)]


def test_debt_of_one_class_alone_tells_nothing() -> None:
    assert figures.by_debt(TOLD[:2]) == []


def test_halves_hold_each_repository_once_whatever_the_order() -> None:
    first, second = figures.halves(TOLD)
    assert sorted(one.label.repository for one in (*first, *second)) == ["a/four", "a/one", "a/three", "a/two"]
    backwards = figures.halves(TOLD[::-1])
    assert [sorted(one.label.repository for one in part) for part in (first, second)] == [
        sorted(one.label.repository for one in part) for part in backwards
    ]


def test_leaving_one_out_gives_the_range_of_the_auc() -> None:
    found = figures.without_one(MANY, lambda one: one.seen)
    assert found is not None
    assert list(found) == pytest.approx([5 / 6, 1.0])
    assert figures.without_one(MANY[:3], lambda one: one.seen) is None


def test_report_that_was_kept_is_not_made_again(tmp_path: Path) -> None:
    label = figures.Label("a/one", True, 1)
    (tmp_path / f"a+one.{'0' * 12}.json").write_text('{"debts": []}', "utf-8")
    assert bench.kept(label, tmp_path / "nowhere", "0" * 40, tmp_path) == {"debts": []}
