"""Repositories that try to harm, and ordinary ones: what `GitRepository` says of each."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from scoring.sources import git_process
from scoring.sources.git import (
    CommitStamp,
    DamagedRepository,
    EmptyRepository,
    GitRepository,
    MissingDefaultBranch,
    MissingObject,
    NotARepository,
    RefusedRepository,
    TimedOut,
    TooLarge,
    UnknownRevision,
)
from tests.scoring.sources.git_lab import DAY, START, Lab


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path / "repository.git")


def paths(repository: GitRepository, sha: str) -> list[str]:
    return [entry.path for entry in repository.tree(sha)]


# ---------------------------------------------------------------- opening


def test_open_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match="does not exist"):
        GitRepository(tmp_path / "nowhere")


def test_open_plain_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match="not a git repository"):
        GitRepository(tmp_path)


def test_open_alternates_are_refused(lab: Lab, tmp_path: Path) -> None:
    lab.one({"a": "1"})
    (lab.path / "objects" / "info" / "alternates").write_text(f"{tmp_path}/other/objects\n")
    with pytest.raises(RefusedRepository, match="borrows objects"):
        GitRepository(lab.path)


def test_open_unreadable_head_is_refused(lab: Lab) -> None:
    (lab.path / "HEAD").write_text("ref: ../../etc/passwd\n")
    with pytest.raises(NotARepository, match="HEAD cannot be read"):
        GitRepository(lab.path)


def test_open_broken_config_is_refused(lab: Lab) -> None:
    (lab.path / "config").write_text("[core\n")
    with pytest.raises(NotARepository, match="config file"):
        GitRepository(lab.path)


def test_open_unknown_format_is_refused(lab: Lab) -> None:
    (lab.path / "config").write_text("[extensions]\n\trefStorage = reftable\n")
    with pytest.raises(RefusedRepository, match="not supported"):
        GitRepository(lab.path)


def test_gitfile_is_followed_only_for_the_operator(lab: Lab, tmp_path: Path) -> None:
    sha = lab.one({"a": "1"})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ".git").write_text(f"gitdir: {lab.path}\n")
    with pytest.raises(RefusedRepository, match="leads elsewhere"):
        GitRepository(outside, contained=True)
    with GitRepository(outside) as repository:
        assert repository.default_revision() == sha


def test_gitfile_to_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nonexistent/place\n")
    with pytest.raises(NotARepository, match="names no git directory"):
        GitRepository(tmp_path)


def test_linked_worktree_has_its_own_head(lab: Lab, tmp_path: Path) -> None:
    first = lab.one({"a": "1"})
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)), "refs/heads/side")
    lab.git("worktree", "add", "-q", str(tmp_path / "tree"), "side")
    with GitRepository(tmp_path / "tree") as repository:
        assert repository.default_revision() == second
        assert repository.resolve("main") == first
    with pytest.raises(RefusedRepository):
        GitRepository(tmp_path / "tree", contained=True)


def test_linked_objects_are_refused_when_contained(lab: Lab, tmp_path: Path) -> None:
    lab.one({"a": "1"})
    (lab.path / "objects").rename(tmp_path / "objects")
    (lab.path / "objects").symlink_to(tmp_path / "objects")
    with pytest.raises(RefusedRepository, match="symbolic links"):
        GitRepository(lab.path, contained=True)


def test_git_directory_without_config_is_read(lab: Lab) -> None:
    sha = lab.one({"a": "1"})
    (lab.path / "config").unlink()
    with GitRepository(lab.path) as repository:
        assert repository.default_revision() == sha


def test_close_leaves_no_folder_and_no_process(lab: Lab) -> None:
    sha = lab.one({"a": "1"})
    repository = GitRepository(lab.path)
    shadow = repository._shadow.path
    entry = repository.tree(sha).entries[0]
    assert list(repository.blobs([entry.blob])) == [(entry.blob, b"1")]
    repository.close()
    assert not shadow.exists()
    assert repository._tree_cat._process is None


# ---------------------------------------------------------------- names


def test_empty_repository_is_said_plainly(lab: Lab) -> None:
    with GitRepository(lab.path) as repository, pytest.raises(EmptyRepository, match="no commits yet"):
        repository.default_revision()


def test_missing_default_branch_names_another(lab: Lab) -> None:
    lab.point(lab.commit(lab.files({"a": "1"})), "refs/heads/trunk")
    with GitRepository(lab.path) as repository, pytest.raises(MissingDefaultBranch, match=r"'main'.*'trunk'"):
        repository.default_revision()


def test_tags_only_are_said_plainly(lab: Lab) -> None:
    sha = lab.point(lab.commit(lab.files({"a": "1"})), "refs/tags/v1")
    with GitRepository(lab.path) as repository:
        with pytest.raises(MissingDefaultBranch, match=r"no branch.*'v1'"):
            repository.default_revision()
        assert repository.resolve("v1") == sha


def test_detached_head_to_missing_commit_is_said_plainly(lab: Lab) -> None:
    lab.one({"a": "1"})
    (lab.path / "HEAD").write_text("1" * 40 + "\n")
    with GitRepository(lab.path) as repository, pytest.raises(MissingObject, match="HEAD"):
        repository.default_revision()


@pytest.mark.parametrize(
    "rev", ["", "nothing", "--all", "--output=x", "a b", "a\nb", "main:a", ":/change", "-", "x" * 301]
)
def test_resolve_unknown_names_are_refused(lab: Lab, rev: str) -> None:
    lab.one({"a": "1"})
    with GitRepository(lab.path) as repository, pytest.raises(UnknownRevision):
        repository.resolve(rev)


def test_resolve_absent_commit_says_so(lab: Lab) -> None:
    with GitRepository(lab.path) as repository, pytest.raises(MissingObject, match="111111111111"):
        repository.resolve("1" * 40)


def test_resolve_follows_tags_and_short_names(lab: Lab) -> None:
    first = lab.one({"a": "1"})
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    lab.git("-c", "user.name=A", "-c", "user.email=a@example.org", "tag", "-a", "-m", "x", "v1", first)
    with GitRepository(lab.path) as repository:
        assert [repository.resolve(rev) for rev in ("main", "v1", "main~1", second[:10], second)] == [
            second,
            first,
            first,
            second,
            second,
        ]


def test_option_like_branch_writes_nothing(lab: Lab, tmp_path: Path) -> None:
    sha = lab.commit(lab.files({"a": "1"}))
    name = "--output=" + "pwned"
    (lab.path / "packed-refs").write_text(f"{sha} refs/heads/{name}\n")
    (lab.path / "HEAD").write_text(f"ref: refs/heads/{name}\n")
    with GitRepository(lab.path) as repository:
        assert repository.default_revision() == sha
        assert repository.references() == ((name,), ())
        assert repository.resolve(f"refs/heads/{name}") == sha
    assert not list(tmp_path.rglob("pwned*"))


@pytest.mark.parametrize("name", ["HEAD", "main", "--all", "a" * 39, "A" * 40])
def test_only_full_names_reach_git(lab: Lab, name: str) -> None:
    with GitRepository(lab.path) as repository:
        for call in (repository.tree, repository.log, repository.first_parents, repository.root_commit):
            with pytest.raises(ValueError, match="full name"):
                call(name)
        with pytest.raises(ValueError, match="full name"):
            list(repository.blobs([name]))
        with pytest.raises(ValueError, match="full name"):
            repository.sizes([name])


# ---------------------------------------------------------------- trees


def test_tree_lists_every_kind_of_entry(lab: Lab) -> None:
    one = lab.blob(b"1")
    folder = lab.tree(("100755", b"run", one))
    tree = lab.tree(("40000", b"bin", folder), ("120000", b"link", one), ("160000", b"module", "2" * 40))
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.commit(tree))
    assert [(entry.path, entry.is_file, entry.is_link, entry.is_submodule) for entry in listing] == [
        ("bin/run", True, False, False),
        ("link", False, True, False),
        ("module", False, False, True),
    ]
    assert (listing.truncated, listing.problems) == (False, ())


def test_hostile_names_become_problems(lab: Lab) -> None:
    one = lab.blob(b"1")
    inner = lab.tree(("100644", b"config", one))
    tree = lab.tree(
        ("100644", b"..", one),
        ("100644", b".", one),
        ("40000", b".GIT", inner),
        ("100644", b"a/b", one),
        ("100644", b"fine", one),
        ("100644", b"fine", lab.blob(b"2")),
        ("110000", b"odd", one),
    )
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert [(entry.path, entry.blob) for entry in listing] == [("fine", one)]
    assert listing.problems == (
        ("..", "a name that no work tree may hold"),
        (".", "a name that no work tree may hold"),
        (".GIT", "a name that no work tree may hold"),
        ("a/b", "a name that no work tree may hold"),
        ("fine", "the name stands twice"),
        ("odd", "an unknown kind of entry"),
    )


def test_names_that_are_no_text_come_back_byte_for_byte(lab: Lab) -> None:
    one = lab.blob(b"1")
    names = [b"\xff\xfe.py", b"caf\xc3\xa9.py", b"new\nline.py", b"-rf"]
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.tree(*(("100644", name, one) for name in names)))
    assert [os.fsencode(entry.path) for entry in listing] == names


def test_missing_folder_is_reported_and_the_rest_listed(lab: Lab) -> None:
    gone = lab.files({"x": "1"})
    tree = lab.tree(("100644", b"a", lab.blob(b"1")), ("40000", b"gone", gone))
    lab.loose(gone).unlink()
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert [entry.path for entry in listing] == ["a"]
    assert (listing.truncated, listing.problems) == (True, (("gone/", "the folder's object is missing or damaged"),))


def test_missing_root_tree_is_said_plainly(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    sha = lab.commit(tree)
    lab.loose(tree).unlink()
    with GitRepository(lab.path) as repository, pytest.raises(MissingObject, match="clone the repository again"):
        repository.tree(sha)


def test_half_a_tree_is_reported(lab: Lab) -> None:
    tree = lab._object("tree", b"100644 a\0" + bytes.fromhex(lab.blob(b"1")) + b"100644 b\0short")
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.tree(("40000", b"d", tree)))
    assert ([entry.path for entry in listing], listing.truncated) == (["d/a"], True)


def test_tree_bomb_stops_at_the_limit(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    for _ in range(12):
        tree = lab.tree(*(("40000", b"%d" % number, tree) for number in range(10)))
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert (len(listing), listing.truncated) == (50_000, True)
    assert listing.entries[0].path == "0/" * 12 + "x"


def test_deep_tree_stops_at_the_limit(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    for _ in range(150):
        tree = lab.tree(("100644", b"a", lab.blob(b"1")), ("40000", b"d", tree))
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert (len(listing), listing.truncated) == (100, True)
    assert listing.problems == (("d/" * 99 + "d", "deeper than 100 folders"),)


def test_too_long_path_becomes_a_problem(lab: Lab) -> None:
    name = b"n" * 4097
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.tree(("100644", name, lab.blob(b"1"))))
    assert (listing.entries, listing.problems) == ((), ((name.decode(), "a path of more than 4096 bytes"),))


def test_folder_moved_between_weeks_keeps_its_paths_apart(lab: Lab) -> None:
    folder = lab.files({"x": "1"})
    before, after = lab.tree(("40000", b"old", folder)), lab.tree(("40000", b"new", folder))
    with GitRepository(lab.path) as repository:
        assert (paths(repository, before), paths(repository, after)) == (["old/x"], ["new/x"])


def test_each_tree_is_read_once_for_all_weeks(lab: Lab) -> None:
    shas = [lab.commit(lab.files({"a/b/x": "same", "c/y": str(week)})) for week in range(30)]
    with GitRepository(lab.path) as repository:
        repository.load_trees(shas)
        listings = [repository.tree(sha) for sha in shas]
        assert len(repository._trees._raw) == 30 + 30 + 2
    assert {id(listing.entries[0]) for listing in listings} == {id(listings[0].entries[0])}


# ---------------------------------------------------------------- blobs


def test_missing_and_foreign_objects_are_none_and_the_rest_is_read(lab: Lab) -> None:
    good, gone, also = lab.blob(b"good"), lab.blob(b"gone"), lab.blob(b"also")
    tree = lab.tree(("100644", b"a", good))
    lab.loose(gone).unlink()
    with GitRepository(lab.path) as repository:
        asked = [good, gone, tree, also]
        assert list(repository.blobs(asked)) == [(good, b"good"), (gone, None), (tree, None), (also, b"also")]
        assert repository.sizes(asked) == {good: 4, gone: None, tree: None, also: 4}


def test_truncated_object_costs_only_itself(lab: Lab) -> None:
    oids = [lab.blob(os.urandom(2000)) for _ in range(300)]
    broken = lab.loose(oids[5])
    broken.chmod(0o644)
    broken.write_bytes(broken.read_bytes()[:900])
    with GitRepository(lab.path) as repository:
        answers = dict(repository.blobs(oids))
        assert [oid for oid in oids if answers[oid] is None] == [oids[5]]
        assert repository.sizes(oids)[oids[6]] == 2000


def test_corrupt_pack_is_reported_not_raised(lab: Lab) -> None:
    sha = lab.one({f"f{number}": os.urandom(3000) for number in range(20)})
    lab.git("repack", "-adq")
    pack = next((lab.path / "objects" / "pack").glob("*.pack"))
    pack.chmod(0o644)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = b"\0" * 40
    pack.write_bytes(bytes(data))
    with GitRepository(lab.path) as repository:
        blobs = [entry.blob for entry in repository.tree(sha)]
        answers = [data for _, data in repository.blobs(blobs)]
        assert 0 < answers.count(None) < 20
        assert len(answers) == 20
        assert set(repository.damaged()) <= set(blobs)


def test_git_that_is_killed_costs_one_answer(lab: Lab) -> None:
    oids = [lab.blob(b"%d" % number) for number in range(300)]
    with GitRepository(lab.path) as repository:
        reading = repository.blobs(oids)
        assert next(reading) == (oids[0], b"0")
        process = repository._blob_cats[0]._process
        assert process is not None
        process.kill()
        process.wait()
        rest = dict(reading)
        assert [oid for oid in oids[1:] if rest[oid] is None] == list(repository.damaged())
        assert len(repository.damaged()) <= 1


def test_large_blob_is_not_loaded_but_measured(lab: Lab) -> None:
    big, small = lab.blob(b"\0" * 3_000_000), lab.blob(b"1")
    with GitRepository(lab.path) as repository:
        assert list(repository.blobs([big, small], limit=1000)) == [(big, None), (small, b"1")]
        assert repository.sizes([big, small]) == {big: 3_000_000, small: 1}


def test_abandoned_and_interleaved_reading_stay_in_step(lab: Lab) -> None:
    oids = [lab.blob(b"%d" % number) for number in range(400)]
    with GitRepository(lab.path) as repository:
        first, second = repository.blobs(oids), repository.blobs(list(reversed(oids)))
        assert next(first) == (oids[0], b"0")
        assert next(second) == (oids[-1], b"399")
        first.close()
        assert list(repository.blobs(oids[200:202])) == [(oids[200], b"200"), (oids[201], b"201")]


def test_partial_clone_fetches_nothing(lab: Lab, tmp_path: Path) -> None:
    gone = lab.blob(b"gone")
    sha = lab.one({"a": b"gone"})
    canary = tmp_path / "canary"
    config = lab.path / "config"
    config.write_text(
        config.read_text() + '[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\tpromisor = true\n'
        f"\turl = ext::touch {canary}\n\tuploadpack = touch {canary};\n[protocol]\n\tallow = always\n"
    )
    lab.loose(gone).unlink()
    with GitRepository(lab.path) as repository:
        assert list(repository.blobs([gone])) == [(gone, None)]
        assert len(repository.log(sha)) == 1
    assert not canary.exists()


# ---------------------------------------------------------------- what the repository's own settings may not do


def test_hostile_config_and_hooks_never_act(lab: Lab, tmp_path: Path) -> None:
    first = lab.one({"a.py": "1\n", ".gitattributes": "*.py diff=evil filter=evil\n"})
    sha = lab.point(lab.commit(lab.files({"a.py": "2\n", ".gitattributes": "*.py diff=evil\n"}), (first,)))
    canary = tmp_path / "canary"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    config = lab.path / "config"
    config.write_text(
        config.read_text()
        + f"""[core]
\tfsmonitor = {script}
\thooksPath = {tmp_path}
\tsshCommand = {script}
\tpager = {script}
\taskPass = {script}
\talternateRefsCommand = {script}
[diff]
\texternal = {script}
[diff "evil"]
\ttextconv = {script}
\tcommand = {script}
[filter "evil"]
\tsmudge = {script}
\tclean = {script}
[log]
\tshowSignature = true
[gpg]
\tprogram = {script}
[alias]
\tlog = !{script}
[include]
\tpath = {tmp_path}/more
[mailmap]
\tfile = /etc/passwd
"""
    )
    (tmp_path / "more").write_text(f"[core]\n\tfsmonitor = {script}\n")
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
        (lab.path / "hooks").mkdir(exist_ok=True)
        (lab.path / "hooks" / name).write_text(script.read_text())
        (lab.path / "hooks" / name).chmod(0o755)
    with GitRepository(lab.path) as repository:
        assert repository.default_revision() == sha
        assert [len(repository.log(sha)), len(repository.first_parents(sha))] == [2, 2]
        entry = repository.tree(sha).entries[1]
        assert list(repository.blobs([entry.blob])) == [(entry.blob, b"2\n")]
        assert repository.sizes([entry.blob]) == {entry.blob: 2}
        assert repository.blame_line(sha, "a.py", 1).commit == sha
        assert repository.root_commit(sha) == first
        assert repository.references() == (("main",), ())
    assert not canary.exists()


def test_replace_refs_and_grafts_change_nothing(lab: Lab) -> None:
    first = lab.one({"a": "1"})
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    lab.git("replace", first, lab.commit(lab.files({"a": "forged"})))
    (lab.path / "info").mkdir(exist_ok=True)
    (lab.path / "info" / "grafts").write_text(f"{second}\n")
    with GitRepository(lab.path) as repository:
        assert [commit.id for commit in repository.log(second)] == [second, first]
        assert repository.root_commit(second) == first


def test_nothing_of_our_environment_reaches_git(lab: Lab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sha = lab.one({"a": "1"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare'='nonsense'")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    with GitRepository(lab.path) as repository:
        assert repository.default_revision() == sha
        assert paths(repository, sha) == ["a"]
    assert not (tmp_path / "trace").exists()


# ---------------------------------------------------------------- history


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


# ---------------------------------------------------------------- the child process


def shell(script: str) -> list[str]:
    return ["/bin/sh", "-c", script]


def test_deadline_ends_the_child_and_its_children(tmp_path: Path) -> None:
    with pytest.raises(TimedOut, match="did not end"):
        git_process.run(shell(f"sleep 60 & echo $! > {tmp_path}/pid; wait"), {}, seconds=2)
    status = Path(f"/proc/{int((tmp_path / 'pid').read_text())}/stat")
    deadline = time.monotonic() + 10
    while status.exists() and status.read_text().split()[2] != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_endless_answer_is_cut() -> None:
    with pytest.raises(TooLarge):
        git_process.run(shell("cat /dev/zero"), {}, limit=1000)


def test_stream_deadline_ends_it() -> None:
    with pytest.raises(TimedOut):
        list(git_process.stream(shell("echo x; sleep 60"), {}, seconds=0.3))


def test_stderr_is_masked_and_cut() -> None:
    code, _, said = git_process.run(shell("echo 'fatal: https://user:secret@host/x \033[31m' >&2; exit 3"), {})
    assert (code, said) == (3, "fatal: https://***@host/x  [31m")
    assert git_process.masked("token abc", ["abc"]) == "token ***"
    assert len(git_process.masked("x" * 100_000)) == 65_536


def test_children_run_under_limits_in_their_own_session() -> None:
    words = git_process.command([])
    launcher = words[: words.index("git")]
    script = "ulimit -v; ulimit -t; ulimit -n; ulimit -c; ps -o sid= -p $$; echo $$; pwd; env | cut -d= -f1 | sort"
    answer = subprocess.run(
        [*launcher, "x", "sh", "-c", script],
        env=git_process.environment({}),
        cwd="/",
        start_new_session=True,
        capture_output=True,
        check=True,
    )
    lines = answer.stdout.decode().split("\n")
    assert (lines[1], lines[2], lines[3]) == ("120", "256", "0")
    assert int(lines[0]) <= 1 << 20
    assert lines[4].strip() == lines[5]
    assert {"LD_PRELOAD", "PYTHONPATH", "SSH_AUTH_SOCK"}.isdisjoint(lines)
