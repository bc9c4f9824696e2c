"""Faults F22, F23 and F25: a mirror that rots, a server whose repository is damaged, empty, or without a branch."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from debtboard.domain import fetching, scanning
from debtboard.models import Component, Repository, Scan
from tests.conftest import HISTORY
from tests.scoring.sources.git_lab import ENVIRONMENT

pytestmark = pytest.mark.django_db(transaction=True)

LATER = [("2026-11-12T10:00:00Z", {"evaluate.py": "import sklearn\n"})]


def scanned(component: Component) -> Scan:
    last = Scan.objects.filter(component=component).order_by("due_at").last()
    due_at = last.due_at + timedelta(seconds=1) if last else None
    scan = scanning.queue(component, due_at=due_at)
    scanning.run(scan.pk, worker="test")
    scan.refresh_from_db()
    component.refresh_from_db()
    return scan


def spoiled(pack: Path) -> None:
    """Every byte of the objects turned round; head and tail stay."""
    pack.chmod(0o600)
    data = pack.read_bytes()
    pack.write_bytes(data[:12] + bytes(byte ^ 0xFF for byte in data[12:-20]) + data[-20:])


def forget_facts(component: Component) -> None:
    """So that the files have to be read again."""
    for left in fetching.mirror_folder(component.repository).parent.glob("facts*"):
        left.unlink()


def packs(git: Path) -> list[Path]:
    return sorted((git / "objects" / "pack").glob("*.pack"))


@pytest.mark.parametrize("new", [False, True], ids=["nothing-new", "a-commit-more"])
def test_f23_rotten_mirror_is_cloned_anew_in_the_same_scan(remote, repository_of, new):
    first = scanned(remote.component)
    mirror = fetching.mirror_folder(remote.component.repository)
    forget_facts(remote.component)
    for pack in packs(mirror):
        spoiled(pack)
    if new:
        repository_of(commits=LATER)
    second = scanned(remote.component)
    assert (first.status, second.status, second.reason) == (Scan.Status.DONE, Scan.Status.DONE, "")
    assert second.snapshot.files_read == second.snapshot.files == first.snapshot.files + new
    fsck = subprocess.run(["git", "fsck", "--full"], cwd=mirror, env=ENVIRONMENT, capture_output=True, check=False)
    assert fsck.returncode == 0


def test_f23_single_rotten_file_is_not_counted_as_skipped(remote):
    first = scanned(remote.component)
    mirror = fetching.mirror_folder(remote.component.repository)
    forget_facts(remote.component)
    name = ["git", "rev-parse", "main:serve.py"]
    blob = subprocess.run(name, cwd=mirror, env=ENVIRONMENT, capture_output=True, check=True).stdout.decode().strip()
    listing = ["git", "verify-pack", "-v", packs(mirror)[0].with_suffix(".idx")]
    told = subprocess.run(listing, cwd=mirror, env=ENVIRONMENT, capture_output=True, check=True).stdout.decode()
    offset = next(int(line.split()[4]) for line in told.splitlines() if line.startswith(blob))
    pack = packs(mirror)[0]
    pack.chmod(0o600)
    data = bytearray(pack.read_bytes())
    data[offset + 6] ^= 0xFF
    pack.write_bytes(data)
    second = scanned(remote.component)
    assert (second.status, second.reason) == (Scan.Status.DONE, "")
    assert (second.snapshot.files_read, first.snapshot.files_read) == (second.snapshot.files, second.snapshot.files)


def test_f23_locks_of_a_power_cut_do_not_stop_a_scan(remote, repository_of):
    scanned(remote.component)
    mirror = fetching.mirror_folder(remote.component.repository)
    for name in ("shallow.lock", "packed-refs.lock", "config.lock", "HEAD.lock"):
        (mirror / name).touch()
    repository_of(commits=LATER)
    assert scanned(remote.component).status == Scan.Status.DONE
    assert not list(mirror.glob("*.lock"))


def test_f22_damaged_server_keeps_the_last_snapshot_and_says_so(remote, source, repository_of):
    scanned(remote.component)
    kept = remote.component.current
    repository_of(commits=LATER)
    subprocess.run(["git", "repack", "-adq"], cwd=source, env=ENVIRONMENT, check=True)
    for pack in packs(source):
        spoiled(pack)
    failed = scanned(remote.component)
    assert failed.status in (Scan.Status.FAILED, Scan.Status.QUEUED)
    assert failed.reason.startswith("The repository is damaged") or "could not be fetched" in failed.reason
    assert (remote.component.current, failed.snapshot) == (kept, None)


@pytest.mark.parametrize(
    ("keep", "reason", "state"),
    [
        ("nothing", "The repository has no commits yet: push one, then scan again.", Repository.State.EMPTY),
        (
            "tags",
            "The repository has tags but no branch: push a branch, then scan again.",
            Repository.State.UNREACHABLE,
        ),
    ],
)
def test_f25_server_without_a_branch_is_said_and_invents_nothing(remote, source, keep, reason, state):
    scanned(remote.component)
    kept = remote.component.current
    if keep == "tags":
        subprocess.run(["git", "tag", "v1"], cwd=source, env=ENVIRONMENT, check=True)
    subprocess.run(["git", "update-ref", "-d", "refs/heads/main"], cwd=source, env=ENVIRONMENT, check=True)
    failed = scanned(remote.component)
    assert (failed.status, failed.reason) == (Scan.Status.FAILED, reason)
    assert (remote.component.current, remote.component.stale_reason) == (kept, reason)
    assert Repository.objects.get().state == state


def test_f25_branch_that_is_gone_is_said(remote, source):
    scanned(remote.component)
    Repository.objects.update(branch="release")
    remote.component.refresh_from_db()
    failed = scanned(remote.component)
    assert failed.status == Scan.Status.FAILED
    assert "release" in failed.reason
    assert remote.component.stale_since is not None


def test_f37_sha256_repository_is_scanned(remote, source, tmp_path):
    """GitPython can't read one; git itself can."""
    shutil.rmtree(source.parent)
    run = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    tree = source.parent
    subprocess.run([*run, "init", "-q", "-b", "main", "--object-format=sha256", tree], env=ENVIRONMENT, check=True)
    (tree / "train.py").write_text(str(HISTORY[0][1]["train.py"]))
    subprocess.run([*run, "add", "-A"], cwd=tree, env=ENVIRONMENT, check=True)
    subprocess.run([*run, "commit", "-qm", "first"], cwd=tree, env=ENVIRONMENT, check=True)
    done = scanned(remote.component)
    assert (done.status, done.reason, len(done.commit)) == (Scan.Status.DONE, "", 64)
