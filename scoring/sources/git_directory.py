"""Where a repository's objects and references are, and a folder of our own that stands before them.

Git is never started inside the repository: its `config` (fsmonitor, textconv, promisor remotes, included files),
its hooks, grafts and attributes are not ours to trust. `Shadow` is a private bare git directory with a config that we
write; it borrows objects and references by symbolic links. So whatever the
repository's own config says cannot act, and a missing object is only missing: nobody is asked for it.
"""

import os
import re
import tempfile
from pathlib import Path

import msgspec

from scoring.sources import git_process
from scoring.sources.git_errors import NotARepository, RefusedRepository

GITFILE_BYTES = 4096
_HEAD = re.compile(r"(?:ref: refs/[^\x00-\x20\x7f]+|[0-9a-f]{40}|[0-9a-f]{64})\s*")
KNOWN_EXTENSIONS = frozenset(
    {"objectformat", "partialclone", "preciousobjects", "worktreeconfig", "noop", "refstorage"}
)


class GitDirectory(msgspec.Struct, frozen=True):
    """`own` holds HEAD; `common` holds objects and references (they differ in a linked work tree)."""

    own: Path
    common: Path


def locate(path: Path, *, contained: bool) -> GitDirectory:
    """The git directory of a bare repository or of a work tree.

    `contained` refuses whatever leads out of the folder (a .git file, a commondir, symbolic links): for folders that
    others write to. An operator's own work tree may be a linked one.
    """
    if not path.is_dir():
        raise NotARepository("The folder does not exist: check the path.")
    inner = path / ".git"
    own = inner if inner.is_dir() else path
    if inner.is_file():
        if contained:
            raise RefusedRepository("Its .git is a file that leads elsewhere: name the repository that it leads to.")
        own = _follow(inner, "gitdir: ")
    common = own
    if (own / "commondir").is_file():
        if contained:
            raise RefusedRepository("It shares another repository's objects: name that repository instead.")
        common = _follow(own / "commondir", "")
    if not (own / "HEAD").is_file() or not (common / "objects").is_dir() or not (common / "refs").is_dir():
        raise NotARepository("The folder is not a git repository: name one that holds .git, or a bare one.")
    links = [place for place in (own, common / "objects", common / "refs", own / "HEAD") if place.is_symlink()]
    if contained and links:
        raise RefusedRepository("Parts of it are symbolic links that lead elsewhere: clone it afresh.")
    return GitDirectory(own.resolve(), common.resolve())


def _follow(pointer: Path, prefix: str) -> Path:
    """The folder that a .git or commondir file names."""
    with pointer.open("rb") as file:
        text = os.fsdecode(file.read(GITFILE_BYTES)).rstrip("\r\n")
    target = Path(text.removeprefix(prefix))
    if not text.startswith(prefix) or "\0" in text or not (pointer.parent / target).is_dir():
        raise NotARepository(
            "Its .git file names no git directory: repair the work tree, or name the repository itself."
        )
    return pointer.parent / target


def refuse_alternates(directory: GitDirectory) -> None:
    """Borrowed objects may be anybody's files."""
    for name in ("alternates", "http-alternates"):
        file = directory.common / "objects" / "info" / name
        if file.is_symlink() or (file.is_file() and file.stat().st_size):
            raise RefusedRepository(
                "It borrows objects of another repository: run `git repack -a -d`, or clone it whole."
            )


class Shadow:
    """The folder of our own; `environment` is what makes git see the repository through it."""

    def __init__(self, directory: GitDirectory) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="debtboard-git-")
        self.path = Path(self._folder.name)
        try:
            self.sha256 = self._read_format(directory)
            self.head = self._lay_out(directory)
        except BaseException:
            self.close()
            raise
        self.environment = {"GIT_DIR": str(self.path)}
        self.shallow = (directory.common / "shallow").is_file()

    def _read_format(self, directory: GitDirectory) -> bool:
        """Whether object names are SHA-256. The config is read as data, without what it includes."""
        config = directory.common / "config"
        if not config.is_file():
            return False
        arguments = ["config", "--file", str(config), "--no-includes", "-z", "--get-regexp", r"^extensions\."]
        code, answer, _ = git_process.run(git_process.command(arguments), {"GIT_DIR": "/nonexistent"}, seconds=10)
        if code not in (0, 1):
            raise NotARepository("Its config file cannot be read: clone it again.")
        pairs = [entry.partition("\n")[::2] for entry in answer.decode("utf-8", "replace").split("\0") if entry]
        settings = {key.removeprefix("extensions.").lower(): value.lower() for key, value in pairs}
        strange = sorted(settings.keys() - KNOWN_EXTENSIONS)
        form, storage = settings.get("objectformat", "sha1"), settings.get("refstorage", "files")
        if strange or form not in ("sha1", "sha256") or storage != "files":
            raise RefusedRepository("It is kept in a format that is not supported here: clone it with an older git.")
        return form == "sha256"

    def _lay_out(self, directory: GitDirectory) -> str:
        with (directory.own / "HEAD").open("rb") as file:
            head = os.fsdecode(file.read(GITFILE_BYTES))
        if not _HEAD.fullmatch(head):
            raise NotARepository("Its HEAD cannot be read: clone it again.")
        form = "sha256" if self.sha256 else "sha1"
        config = f"[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = {form}\n"
        config += "[uploadpack]\n\tallowFilter = true\n"  # for a mirror that is cloned from here
        (self.path / "config").write_text(config)
        (self.path / "HEAD").write_bytes(os.fsencode(head))
        for name in ("objects", "packed-refs", "shallow"):
            (self.path / name).symlink_to(directory.common / name)
        (self.path / "refs").symlink_to(directory.common / "refs")
        return head.strip()

    def close(self) -> None:
        self._folder.cleanup()
