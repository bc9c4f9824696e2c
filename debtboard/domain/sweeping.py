"""What a worker that was killed left on this host: half a clone, or the folder that a credential was handed over in."""

import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from django.conf import settings

from debtboard.models import Scan
from scoring.sources import mirror
from scoring.sources.credentials import FOLDERS


def sweep() -> None:
    remove_interrupted_clones()
    remove_handed_credentials()


def remove_interrupted_clones() -> None:
    """Those of repositories that no scan is fetching. They are listed first: what comes later is no leftover."""
    left = sorted({folder.parent for folder in settings.MIRRORS.glob("*/.mirror.git.*")})
    running = Scan.objects.filter(status=Scan.Status.RUNNING).values_list("repository_id", flat=True) if left else ()
    fetched = {str(pk) for pk in running}
    for folder in left:
        if folder.name not in fetched:
            mirror.sweep(folder / "mirror.git")


def remove_handed_credentials() -> None:
    """This user's own that are older than any call may last."""
    before = time.time() - settings.CELERY_TASK_TIME_LIMIT
    for name in FOLDERS:
        for folder in Path(tempfile.gettempdir()).glob(f"{name}*"):
            try:
                found = folder.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and found.st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)
