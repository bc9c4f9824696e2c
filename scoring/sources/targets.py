"""What a person names on the command line -> an open repository: a work tree, a bare repository, or a URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scoring.sources.mirror import clone_url, looks_like_url

from scoring.sources.git import GitRepository, NotARepository


@contextmanager
def opened(target: str, scratch: Path) -> Iterator[tuple[GitRepository, str]]:
    """(repository, a note for the person). A URL is mirrored into `scratch` first; nothing is ever checked out.

    Raises GitError with one sentence that says what is wrong and what to do.
    """
    if looks_like_url(target):
        path, note = clone_url(target, scratch / "mirror"), ""
    else:
        path = Path(target)
        if not path.exists():
            raise NotARepository(f"{target} does not exist: name a git work tree, a bare repository or an https URL.")
        note = (
            "only what is committed at HEAD is read, uncommitted changes are not." if (path / ".git").exists() else ""
        )
    with GitRepository(path) as repository:
        yield repository, note
