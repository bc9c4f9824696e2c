"""Repositories that try to harm, and ordinary ones: what `GitRepository` says of each."""

from pathlib import Path

import pytest

from scoring.sources.git import (
    EmptyRepository,
    GitRepository,
    MissingDefaultBranch,
    MissingObject,
    NotARepository,
    RefusedRepository,
    UnknownRevision,
)
from tests.scoring.sources.git_lab import Lab

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
        assert [entry.path for entry in repository.tree(sha)] == ["a"]
    assert not (tmp_path / "trace").exists()
