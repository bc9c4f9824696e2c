"""What `GitRepository` tells of history: the log, the first parents, one line's blame."""

from pathlib import Path

import pytest

from scoring.sources.git import CommitStamp, DamagedRepository, GitRepository, UnknownRevision
from tests.scoring.sources.git_lab import DAY, START, Lab


def test_log_tells_authors_times_parents_and_changes(lab: Lab) -> None:
    first = lab.commit(lab.files({"a.py": "1\n", "b.py": "2\n"}), time=START)
    second = lab.commit(
        lab.files({"a.py": "3\n", "c.py": "2\n"}),
        (first,),
        author="B\xf6b <B@x.org>",
        time=START + DAY,
        message="feat: c\n\nbody",
    )
    with GitRepository(lab.path) as repository:
        newest, oldest = repository.log(second)
    assert (oldest.id, oldest.parents, oldest.committed, oldest.name, oldest.email) == (
        first,
        (),
        START,
        "Ada",
        "ada@example.org",
    )
    assert [(change.status, change.path) for change in oldest.changes] == [("A", "a.py"), ("A", "b.py")]
    assert (newest.parents, newest.authored, newest.name, newest.subject) == (
        (first,),
        START + DAY,
        "B\xf6b",
        "feat: c",
    )
    assert [(change.status, change.old_path, change.path) for change in newest.changes] == [
        ("M", "a.py", "a.py"),
        ("R", "b.py", "c.py"),
    ]
    assert newest.changes[0].old == oldest.changes[0].new


@pytest.mark.parametrize(
    ("message", "approved"),
    [
        ("x\n\nReviewed-by: Bob <bob@example.org>\n", True),
        ("x\n\nThe text.\n\nDifferential Revision: https://example.org/D1\n", False),
        ("x\n\nDifferential-Revision: https://example.org/D1\n", True),
        ("Reviewed-by: is a trailer only at the end", False),
        ("x\n\nSigned-off-by: Ada <ada@example.org>\n", False),
    ],
)
def test_log_tells_whether_a_trailer_names_a_review(lab: Lab, message: str, approved: bool) -> None:
    sha = lab.commit(lab.files({"a.py": "1\n"}), message=message)
    with GitRepository(lab.path) as repository:
        (commit,) = repository.log(sha)
    assert commit.approved is approved


def test_log_stands_missing_blobs(lab: Lab) -> None:
    first = lab.one({"a": "gone", "b": "stays"})
    second = lab.point(lab.commit(lab.files({"c": "gone", "b": "new"}), (first,)))
    lab.loose(lab.blob(b"gone")).unlink()
    with GitRepository(lab.path) as repository:
        assert [[change.status for change in commit.changes] for commit in repository.log(second)] == [
            ["M", "R"],
            ["A", "A"],
        ]


def test_log_with_a_missing_parent_is_said_plainly(lab: Lab) -> None:
    first = lab.one({"a": "1"})
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    lab.loose(first).unlink()
    with GitRepository(lab.path) as repository, pytest.raises(DamagedRepository, match="clone it again"):
        repository.log(second)


@pytest.mark.parametrize(
    "time", [0, 1, 600_000_000, 4_102_444_800, 18_446_744_073_709_551_615, "99999999999999999999999", -5]
)
def test_wild_dates_are_none(lab: Lab, time: int | str) -> None:
    sha = lab.commit(lab.files({"a": "1"}), time=time)
    with GitRepository(lab.path) as repository:
        (commit,) = repository.log(sha)
        assert (commit.authored, commit.committed) == (None, None)
        assert repository.first_parents(sha) == (CommitStamp(sha, commit.tree, None),)


def test_authors_without_name_or_with_odd_bytes_are_read(lab: Lab) -> None:
    data = f"tree {lab.files({'a': '1'})}\n".encode()
    data += b"author \xff\xfe <\xe9@x> 1700000000 +0000\ncommitter <> 1700000000 +9999\n\n\xff subject\n"
    sha = lab._object("commit", data)
    with GitRepository(lab.path) as repository:
        (commit,) = repository.log(sha)
    assert (commit.committed, [change.path for change in commit.changes]) == (START, ["a"])


def test_merge_octopus_and_two_roots_keep_gits_counts(lab: Lab) -> None:
    left, right = lab.commit(lab.files({"a": "1"})), lab.commit(lab.files({"b": "1"}), time=START + 1)
    third = lab.commit(lab.files({"c": "1"}), (left,), time=START + 2)
    octopus = lab.commit(lab.files({"a": "1", "b": "1", "c": "1"}), (left, right, third), time=START + 3)
    with GitRepository(lab.path) as repository:
        log = repository.log(octopus)
        assert [stamp.id for stamp in repository.first_parents(octopus)] == [octopus, left]
        assert repository.root_commit(octopus) == left
    assert len(log) == int(lab.git("rev-list", "--count", octopus))
    assert next(commit for commit in log if commit.id == octopus).changes == ()


def test_commit_without_changes_does_not_swallow_its_neighbour(lab: Lab) -> None:
    tree = lab.files({"a": "1"})
    first = lab.commit(tree)
    second = lab.commit(tree, (first,), time=START + 1)
    third = lab.commit(lab.files({"a": "2", ":odd": "1"}), (second,), time=START + 2)
    with GitRepository(lab.path) as repository:
        log = repository.log(third)
    assert [(commit.id, [change.path for change in commit.changes]) for commit in log] == [
        (third, [":odd", "a"]),
        (second, []),
        (first, ["a"]),
    ]


def test_shallow_clone_says_that_its_history_is_cut(lab: Lab, tmp_path: Path) -> None:
    first = lab.one({"a": "1"})
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    lab.git("clone", "-q", "--bare", "--depth=1", f"file://{lab.path}", str(tmp_path / "shallow"))
    with GitRepository(tmp_path / "shallow") as repository:
        log = repository.log(second)
    assert ([commit.id for commit in log], log.reason) == ([second], "the clone is shallow: its history is cut off")


def test_long_history_is_cut_at_the_limit(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.sources.git_log.MAX_COMMITS", 3)
    sha = lab.commit(lab.files({"a": "0"}))
    for number in range(5):
        sha = lab.commit(lab.files({"a": str(number)}), (sha,))
    with GitRepository(lab.path) as repository:
        log = repository.log(sha)
        assert (len(log), log.reason) == (3, "the history is longer than 200,000 commits")


def test_sha256_repository_is_read(tmp_path: Path) -> None:
    lab = Lab(tmp_path / "r.git", "sha256")
    first = lab.one({"d/a.py": "1\n"})
    second = lab.point(lab.commit(lab.files({"d/a.py": "2\n"}), (first,)))
    with GitRepository(lab.path) as repository:
        assert repository.default_revision() == second
        (entry,) = repository.tree(second).entries
        assert (entry.path, len(entry.blob)) == ("d/a.py", 64)
        assert list(repository.blobs([entry.blob])) == [(entry.blob, b"2\n")]
        assert [len(commit.id) for commit in repository.log(second)] == [64, 64]
        assert repository.blame_line(second, "d/a.py", 1).commit == second
        assert repository.references() == (("main",), ())


def test_blame_follows_the_line_and_refuses_what_is_not_there(lab: Lab) -> None:
    first = lab.one({"-a.py": "1\n2\n"})
    second = lab.point(lab.commit(lab.files({"-a.py": "0\n1\n3\n"}), (first,), time=START + DAY, message="shift"))
    with GitRepository(lab.path) as repository:
        line = repository.blame_line(second, "-a.py", 2)
        assert (line.commit, line.path, line.line, line.time, line.subject) == (first, "-a.py", 1, START, "change")
        for path, number in (("-a.py", 9), ("none.py", 1), ("-a.py", -1)):
            with pytest.raises(UnknownRevision, match="cannot be blamed"):
                repository.blame_line(second, path, number)
