"""What the command line is given to scan: a work tree, a bare repository, an address."""

import re
import subprocess
from pathlib import Path

import pytest

from scoring.sources.git_errors import GitError, NotARepository, RefusedAddress
from scoring.sources.targets import UNCOMMITTED, opened
from tests.remotes import GitServer, policy_for
from tests.scoring.sources.git_lab import ENVIRONMENT, Lab


def test_target_work_tree_says_what_is_not_read(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    run = ["git", "-C", str(tree), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run([*run, *arguments], env=ENVIRONMENT, check=True)
    with opened(str(tree), tmp_path) as (repository, note):
        assert len(repository.default_revision()) == 40
        assert note == UNCOMMITTED


def test_target_bare_repository_has_no_note(lab: Lab, tmp_path: Path) -> None:
    sha = lab.one({"a": "1"})
    with opened(str(lab.path), tmp_path) as (repository, note):
        assert (repository.default_revision(), note) == (sha, "")


def test_target_address_is_cloned_into_the_scratch_folder(lab: Lab, server: GitServer, tmp_path: Path) -> None:
    sha = lab.one({"a": "1"})
    with opened(f"http://127.0.0.1:{server.port}/source.git", tmp_path, policy_for(server)) as (repository, note):
        assert (repository.default_revision(), note) == (sha, "")
    assert (tmp_path / "mirror.git").is_dir()


def test_folder_inside_a_work_tree_is_refused_with_what_to_name(tmp_path: Path) -> None:
    tree, inner = tmp_path / "tree", tmp_path / "tree/services/churn"
    inner.mkdir(parents=True)
    subprocess.run(["git", "-C", str(tree), "init", "-q"], env=ENVIRONMENT, check=True)
    said = f"{inner} is a folder of a repository: name {tree}, to scan with --component services/churn."
    with pytest.raises(NotARepository, match=re.escape(said)), opened(str(inner), tmp_path):
        pass


@pytest.mark.parametrize("target", ["a.py", "no/folder", ""])
def test_target_that_is_no_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").touch()
    with pytest.raises(NotARepository, match=target or "The target is empty"), opened(target, tmp_path):
        pass


def test_machine_without_git_is_told_so(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.one({"a": "1"})
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with (
        pytest.raises(GitError, match="There is no git on this machine's PATH: install it"),
        opened(str(lab.path), tmp_path),
    ):
        pass


@pytest.mark.parametrize("target", ["ext::sh -c x", "https://user:x@host/x", "/nowhere", "nowhere"])
def test_bad_target_is_refused(tmp_path: Path, target: str) -> None:
    with pytest.raises(GitError), opened(target, tmp_path):
        pass


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBTBOARD_EGRESS_ALLOW", "everything"),
        ("DEBTBOARD_EGRESS_PORTS", "443-8443"),
        ("DEBTBOARD_EGRESS_PORTS", "70000"),
        ("DEBTBOARD_CA_BUNDLE", "/none/here.pem"),
    ],
)
def test_bad_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(RefusedAddress, match=name), opened("https://host/x", tmp_path):
        pass
