"""What a killed worker left behind goes within a round of the reconciler, and nothing that is still in use."""

import os
import time

import pytest

from debtboard.domain import scheduling, sweeping
from debtboard.models import Scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirrors(tmp_path, settings):
    settings.MIRRORS = tmp_path / "mirrors"
    return settings.MIRRORS


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(sweeping.tempfile, "gettempdir", lambda: str(folder))
    return folder


def half_clone(mirrors, component):
    folder = mirrors / str(component.repository_id) / ".mirror.git.abcd"
    (folder / "new").mkdir(parents=True)
    return folder


def handed(temporary, name: str, seconds: float):
    folder = temporary / name
    folder.mkdir()
    (folder / "key").write_text("a private key")
    os.utime(folder, (time.time() - seconds,) * 2)
    return folder


def test_nothing_there_is_nothing_to_do(mirrors, temporary):
    scheduling.reconcile()
    assert not mirrors.exists()


def test_clone_that_a_scan_is_making_stays(mirrors, temporary, component):
    folder = half_clone(mirrors, component)
    Scan.objects.create(
        component=component, repository=component.repository, due_at="2026-11-16T09:00:00Z", status="running"
    )
    scheduling.reconcile()
    assert folder.is_dir()


def test_call_that_may_still_run_keeps_its_folder_and_others_are_left_alone(temporary, settings, tmp_path):
    mine = handed(temporary, "debtboard-ssh-x", settings.CELERY_TASK_TIME_LIMIT - 60)
    other = handed(temporary, "somebody-else", 1e6)
    kept = tmp_path / "kept"
    kept.mkdir()
    (temporary / "debtboard-ssh-link").symlink_to(kept)
    sweeping.remove_handed_credentials()
    assert [path.exists() for path in (mine, other, kept)] == [True] * 3


def test_half_a_clone_goes_and_the_mirror_before_it_stays(mirrors, temporary, component):
    folder = half_clone(mirrors, component)
    mirror = folder.parent / "mirror.git"
    mirror.mkdir()
    scheduling.reconcile()
    assert (folder.exists(), mirror.is_dir()) == (False, True)


def test_mirror_that_was_set_aside_when_the_worker_died_comes_back(mirrors, temporary, component):
    folder = half_clone(mirrors, component)
    (folder / "new").rename(folder / "old")
    scheduling.reconcile()
    assert (folder.exists(), (folder.parent / "mirror.git").is_dir()) == (False, True)


@pytest.mark.parametrize("name", ["debtboard-ssh-x", "debtboard-ask-x"])
def test_credential_that_was_handed_to_a_dead_call_goes(temporary, settings, name):
    folder = handed(temporary, name, settings.CELERY_TASK_TIME_LIMIT + 60)
    sweeping.remove_handed_credentials()
    assert not folder.exists()
