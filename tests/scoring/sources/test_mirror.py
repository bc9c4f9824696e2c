"""Mirrors of listed folders: cloning, fetching, damage, quotas."""

import os
from pathlib import Path

import pytest

from scoring.sources.addresses import Address, Policy, parse_address
from scoring.sources.git import GitRepository
from scoring.sources.git_errors import (
    EmptyRepository,
    MissingDefaultBranch,
    NotARepository,
    RefusedRepository,
    TooLarge,
)
from scoring.sources.mirror import Mirror, is_sound, mirror
from scoring.sources.transfer import Remote
from tests.scoring.sources.git_lab import Lab


def listed(lab: Lab) -> tuple[Address, Policy]:
    policy = Policy(folders=(lab.path.parent,))
    return parse_address(str(lab.path), policy), policy


def update(lab: Lab, into: Path, *, suspect: bool = False) -> bool:
    address, policy = listed(lab)
    return mirror(address, into, policy=policy, suspect=suspect).cloned


# ---------------------------------------------------------------- cloning and fetching


def test_clone_then_fetch_brings_every_branch(lab: Lab, into: Path) -> None:
    first = lab.one({"a": "1"})
    side = lab.point(lab.commit(lab.files({"b": "1"}), (first,)), "refs/heads/side")
    assert update(lab, into)
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    lab.git("update-ref", "-d", "refs/heads/side")
    lab.point(side, "refs/heads/later")
    assert not update(lab, into)
    with GitRepository(into, contained=True) as repository:
        assert repository.default_revision() == second
        assert repository.references() == (("later", "main"), ())
    assert oct(into.stat().st_mode & 0o777) == "0o700"
    assert [entry.name for entry in into.parent.iterdir()] == ["one.git"]
    assert list((into / "objects" / "info").glob("commit-graph*"))


def test_force_push_and_new_default_branch_are_followed(lab: Lab, into: Path) -> None:
    lab.one({"a": "1"})
    update(lab, into)
    other = lab.commit(lab.files({"a": "rewritten"}))
    lab.point(other)
    lab.point(lab.commit(lab.files({"t": "1"})), "refs/heads/trunk")
    lab.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    update(lab, into)
    with GitRepository(into) as repository:
        assert repository.resolve("main") == other
        assert repository.default_revision() == repository.resolve("trunk")


def test_probe_tells_branches_and_clones_nothing(lab: Lab, into: Path) -> None:
    lab.one({"a": "1"})
    address, policy = listed(lab)
    assert Mirror(address, into, policy=policy).probe() == Remote("main", ("main",))
    assert not into.parent.exists()


def test_empty_and_tag_only_repositories_are_said_plainly(lab: Lab, into: Path) -> None:
    with pytest.raises(EmptyRepository, match="no commits yet"):
        update(lab, into)
    lab.point(lab.commit(lab.files({"a": "1"})), "refs/tags/v1")
    with pytest.raises(MissingDefaultBranch, match="tags but no branch"):
        update(lab, into)
    assert list(into.parent.iterdir()) == []


def test_missing_default_branch_falls_back_to_one_that_exists(lab: Lab, into: Path) -> None:
    sha = lab.point(lab.commit(lab.files({"a": "1"})), "refs/heads/develop")
    update(lab, into)
    update(lab, into)
    with GitRepository(into) as repository:
        assert repository.default_revision() == sha


def test_deleted_source_keeps_the_mirror(lab: Lab, into: Path) -> None:
    sha = lab.one({"a": "1"})
    update(lab, into)
    address, policy = listed(lab)
    lab.path.rename(lab.path.with_name("gone"))
    with pytest.raises(NotARepository):
        mirror(address, into, policy=policy)
    with GitRepository(into) as repository:
        assert repository.default_revision() == sha


def test_hostile_source_config_and_hooks_never_act(lab: Lab, into: Path, tmp_path: Path) -> None:
    lab.one({"a": "1", ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ./x\n'})
    canary, script = tmp_path / "canary", tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    config = lab.path / "config"
    config.write_text(
        config.read_text() + f"[uploadpack]\n\tpackObjectsHook = {script}\n[core]\n\tfsmonitor = {script}\n"
    )
    for name in ("post-checkout", "reference-transaction", "post-update"):
        (lab.path / "hooks").mkdir(exist_ok=True)
        (lab.path / "hooks" / name).symlink_to(script)
    update(lab, into)
    assert not canary.exists()
    assert not (into / "hooks").exists()


def test_source_that_leads_elsewhere_is_refused(lab: Lab, into: Path, tmp_path: Path) -> None:
    lab.one({"a": "1"})
    secret = Lab(tmp_path / "secret.git")
    secret.one({"secret": "1"})
    (lab.path.parent / "trap").mkdir()
    (lab.path.parent / "trap" / ".git").write_text(f"gitdir: {secret.path}\n")
    policy = Policy(folders=(lab.path.parent,))
    with pytest.raises(RefusedRepository):
        mirror(parse_address(str(lab.path.parent / "trap"), policy), into, policy=policy)
    (lab.path / "objects" / "info" / "alternates").write_text(f"{secret.path}/objects\n")
    with pytest.raises(RefusedRepository):
        update(lab, into)


def test_malformed_objects_are_refused_by_name(lab: Lab, into: Path) -> None:
    lab.point(lab.commit(lab.tree(("40000", b".git", lab.files({"config": "x"})))))
    with pytest.raises(RefusedRepository, match="malformed"):
        update(lab, into)


# ---------------------------------------------------------------- damage and quotas


def test_damaged_mirror_is_cloned_again_and_takes_its_place(lab: Lab, into: Path) -> None:
    sha = lab.one({f"f{number}": os.urandom(2000) for number in range(10)})
    update(lab, into)
    assert is_sound(into)
    for pack in (into / "objects" / "pack").iterdir():
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[:100])
    assert not is_sound(into)
    assert update(lab, into, suspect=True)
    assert is_sound(into)
    with GitRepository(into) as repository:
        assert all(data is not None for _, data in repository.blobs(entry.blob for entry in repository.tree(sha)))


def test_fetch_into_a_damaged_mirror_heals_it(lab: Lab, into: Path) -> None:
    first = lab.one({"a": "1"})
    update(lab, into)
    (into / "HEAD").write_text("nonsense\n")
    lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    assert update(lab, into)
    assert is_sound(into)


def test_stale_locks_and_leftovers_do_not_stop_a_fetch(lab: Lab, into: Path) -> None:
    first = lab.one({"a": "1"})
    update(lab, into)
    second = lab.point(lab.commit(lab.files({"a": "2"}), (first,)))
    for name in ("shallow.lock", "packed-refs.lock", "HEAD.lock", "config.lock", "refs/heads/main.lock"):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_text("")
    (into.parent / ".one.git.abandoned").mkdir()
    assert not update(lab, into)
    assert [entry.name for entry in into.parent.iterdir()] == ["one.git"]
    with GitRepository(into) as repository:
        assert repository.default_revision() == second


def test_swap_that_was_interrupted_is_undone(lab: Lab, into: Path) -> None:
    lab.one({"a": "1"})
    update(lab, into)
    left = into.parent / ".one.git.half"
    left.mkdir()
    into.rename(left / "old")
    assert not update(lab, into)


def test_quotas_refuse_and_leave_nothing(lab: Lab, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.one({"a": os.urandom(5000)})
    lab.point(lab.commit(lab.files({"a": "2"}), (lab.git("rev-parse", "main").decode().strip(),)))
    monkeypatch.setattr("scoring.sources.mirror.MAX_COMMITS", 1)
    with pytest.raises(TooLarge, match="commits"):
        update(lab, into)
    monkeypatch.setattr("scoring.sources.mirror.MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="1 GB"):
        update(lab, into)
    assert list(into.parent.iterdir()) == []
