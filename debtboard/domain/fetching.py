"""Where a repository lies on this host, and bringing its mirror up to date."""

from pathlib import Path

from django.conf import settings

from debtboard.models import Repository


class Refused(Exception):
    """The operator does not allow it: one sentence, what and what to do."""


def local_folder(address: str) -> Path:
    """The folder that a local address names, if the operator allows it. Raises Refused."""
    path = Path(address).resolve()
    if not any(path.is_relative_to(folder.resolve()) for folder in settings.LOCAL_FOLDERS):
        raise Refused(
            "Folders of this host may be scanned only where the operator allows it:"
            " ask for its parent to be named in DEBTBOARD_LOCAL_FOLDERS."
        )
    if not path.is_dir():
        raise Refused(f"{address} is no folder of this host: name a git work tree or a bare repository.")
    return path


def mirror_folder(repository: Repository) -> Path:
    return settings.MIRRORS / str(repository.pk) / "mirror.git"


def place(repository: Repository) -> Path:
    """The git directory or work tree to read. Raises Refused."""
    if repository.kind == Repository.Kind.LOCAL:
        return local_folder(repository.address)
    return mirror_folder(repository)


def fetch(repository: Repository) -> None:
    """Bring the mirror up to date; a local folder needs none. Raises GitError or Refused."""
    if repository.kind == Repository.Kind.LOCAL:
        local_folder(repository.address)
