"""The harness of V2: what a label says, which files are CI, and the two accuracies."""

from pathlib import Path

import pytest

from tests.benchmarks import bench_ci as bench
from tests.benchmarks.bench_ci import Judged

HEAD = "\ufeffGitHub Repo,Commits,Continuous Integration\n"


def labels_file(folder: Path, *rows: str) -> Path:
    path = folder / "NICHE.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), "utf-8")
    return path


def test_even_rows_are_never_read(tmp_path: Path) -> None:
    path = labels_file(tmp_path, "a/one,5,Travis used", "a/two,none,", "a/three,7,X CI is not used on the project.")
    assert bench.labels(path) == [("a/one", 5, True), ("a/three", 7, False)]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("CI is not used on the project.", False),
        ("No indications of using CI services", False),
        ("No evidence of CI used", False),
        ("Project used Jenkins once but seems to have removed it", False),
        ("The project uses CI but not sure what is it", True),
        ("Travis used", True),
    ],
)
def test_text_of_a_label_says_whether_ci_is_used(text: str, used: bool) -> None:
    assert bench.says_used(text) is used


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([], False),
        (["copied/library/.travis.yml", "environment.yml"], False),
        ([".github/actions/set-up/action.yml"], False),
        (["README.md", ".taskcluster.yml"], True),
        ([".github/workflows/tests.yml"], True),
    ],
)
def test_files_of_a_tree_tell_ci(paths: list[str], found: bool) -> None:
    assert bench.has_ci(paths) is found


def test_accuracy_forgives_only_what_a_person_looked_up() -> None:
    judged = [
        Judged("a/agrees", True, True),
        Judged("a/label", False, True),
        Judged("a/detector", False, True),
        Judged("a/nobody", True, False),
    ]
    assert bench.accuracy(judged, {"a/label": "label", "a/detector": "detector"}) == (0.25, 0.5)


def test_every_disagreement_names_who_is_wrong() -> None:
    assert set(bench.wrong_by_hand().values()) == {"label", "detector"}


def test_folder_without_a_labelled_repository_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(str(labels_file(tmp_path, "a/one,5,Travis used")), str(tmp_path)) == 2
    assert capsys.readouterr().err == "no labelled repository of an odd row lies in the folder\n"
