"""The harness of V5: which files count, which moment, and the tolerance."""

from pathlib import Path

import pytest

from tests.benchmarks import bench_truck_factor as bench
from tests.scoring.sources.git_lab import DAY, START, Lab


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("README.md", False),
        ("docs/guide.js", False),
        ("src/vendor/other.js", False),
        ("dist/own.js", False),
        ("src/own.min.js", False),
        ("src/own.js", True),
        ("spec/own-spec.coffee", True),
        ("vendor.js", True),
    ],
)
def test_own_source_code_counts(path: str, counts: bool) -> None:
    assert bench.is_source(path) is counts


@pytest.mark.parametrize(
    ("published", "found", "within"), [(4, None, False), (4, 2, False), (4, 6, False), (4, 3, True), (4, 5, True)]
)
def test_one_more_or_less_is_within(published: int, found: int | None, within: bool) -> None:
    assert bench.within(published, found) is within


def history(folder: Path) -> Path:
    """Ada writes two files; a day later Bo writes three more."""
    lab = Lab(folder)
    hers: dict[str, bytes | str] = {"a.js": "1\n", "b.js": "2\n"}
    his: dict[str, bytes | str] = {"c.js": "3\n", "d.js": "4\n", "e.js": "5\n", "docs/f.js": "6\n"}
    first = lab.commit(lab.files(hers), time=START, author="Ada <ada@example.org>")
    lab.point(lab.commit(lab.files(hers | his), (first,), time=START + DAY, author="Bo <bo@example.org>"))
    return lab.path


def test_history_that_begins_later_tells_nothing(tmp_path: Path) -> None:
    assert bench.knowledge_at(history(tmp_path / "r.git"), START - 1) is None


def test_commits_after_the_moment_do_not_count(tmp_path: Path) -> None:
    path = history(tmp_path / "r.git")
    before, after = bench.knowledge_at(path, START), bench.knowledge_at(path, START + DAY)
    assert before is not None
    assert after is not None
    assert (before.truck_factor, before.solo) == (1, ("a.js", "b.js"))
    assert (after.truck_factor, after.solo) == (1, ("a.js", "b.js", "c.js", "d.js", "e.js"))


def test_folder_without_a_published_project_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(str(tmp_path)) == 2
    assert capsys.readouterr().err.endswith("none of the published projects lies in the folder\n")
