"""A git repository, read and never run: commits, trees, blobs, history, blame.

The speed path is git's plumbing behind `scoring.sources.git_process`; objects are asked for by their full name only.
GitPython reads the names of branches and tags (`references`), nothing else: it has no part in blobs or history, where
it costs a process per object, cannot read SHA-256 repositories and overflows on wild dates.

Nothing here but `blobs` is for several threads at once: open one `GitRepository` per thread, and close it.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from scoring.sources import git_directory, git_log, git_process
from scoring.sources.git_errors import (
    DamagedRepository,
    EmptyRepository,
    GitError,
    MissingDefaultBranch,
    MissingObject,
    NotARepository,
    RefusedRepository,
    TimedOut,
    TooLarge,
    UnknownRevision,
)
from scoring.sources.git_log import Change, CommitLog, CommitStamp, LoggedCommit
from scoring.sources.git_objects import OBJECT_NAME, CatFile
from scoring.sources.git_trees import Listing, TreeEntry, Trees

__all__ = [
    "BlamedLine",
    "Change",
    "CommitLog",
    "CommitStamp",
    "DamagedRepository",
    "EmptyRepository",
    "GitError",
    "GitRepository",
    "Listing",
    "LoggedCommit",
    "MissingDefaultBranch",
    "MissingObject",
    "NotARepository",
    "RefusedRepository",
    "TimedOut",
    "TooLarge",
    "TreeEntry",
    "UnknownRevision",
]

MAX_BLOB_BYTES = 32 << 20
"""Larger blobs are never loaded, whatever the caller asks."""
LOG_SECONDS = 300.0
BLAME_SECONDS = 20.0
_REVISION = re.compile(r"[^\x00-\x20\x7f:?*\[\\]{1,300}")


class BlamedLine(msgspec.Struct, frozen=True):
    """The commit that last touched a line."""

    commit: str
    path: str
    """Where the line stood then."""
    line: int
    time: int | None
    subject: str


class GitRepository:
    """A bare repository, or the git directory of a work tree, opened for reading.

    `contained` refuses .git files, linked work trees and symbolic links: for folders that others write to.
    Raises NotARepository or RefusedRepository.
    """

    def __init__(self, path: str | os.PathLike[str], *, contained: bool = False) -> None:
        directory = git_directory.locate(Path(path), contained=contained)
        git_directory.refuse_alternates(directory)
        self._shadow = git_directory.Shadow(directory)
        self._environment = self._shadow.environment
        self._tree_cat = CatFile(self._environment, content=True)
        self._size_cat = CatFile(self._environment, content=False)
        self._blob_cats: list[CatFile] = []
        self._idle_cats: list[CatFile] = []
        self._trees = Trees(self._tree_cat, sha256=self._shadow.sha256)
        self._roots: dict[str, bytes | None] = {}
        self._line: tuple[str, tuple[CommitStamp, ...]] = ("", ())

    def __enter__(self) -> "GitRepository":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process and remove the folder of our own."""
        for cat in (self._tree_cat, self._size_cat, *self._blob_cats):
            cat.close()
        self._shadow.close()

    @property
    def shallow(self) -> bool:
        """The clone was cut off: its history is not whole."""
        return self._shadow.shallow

    # ------------------------------------------------------------ names

    def resolve(self, rev: str) -> str:
        """The full name of the commit that a branch, tag, short or full name stands for.

        Raises UnknownRevision or MissingObject."""
        if not _REVISION.fullmatch(rev):
            raise UnknownRevision("The revision is not a name that git allows: give a branch, a tag or a commit.")
        found = self._rev_parse(rev)
        if found:
            return found
        if OBJECT_NAME.fullmatch(rev):
            raise MissingObject(f"The commit {rev[:12]} is not in this clone: fetch it, or name another.")
        raise UnknownRevision(f"There is no branch, tag or commit named {rev!a}: check its spelling, or fetch it.")

    def default_revision(self) -> str:
        """The commit that HEAD stands for. Raises EmptyRepository or MissingDefaultBranch."""
        found = self._rev_parse("HEAD")
        if found:
            return found
        branches, tags = self.references()
        if not branches and not tags:
            raise EmptyRepository("The repository has no commits yet: push one, then scan again.")
        if not branches:
            raise MissingDefaultBranch(f"The repository has tags but no branch: name one of them, such as {tags[0]!a}.")
        if self._shadow.head.startswith("ref: "):
            wanted = self._shadow.head.removeprefix("ref: refs/heads/")
            if wanted in branches:
                raise MissingObject(f"The newest commit of {wanted!a} is missing or damaged: clone it again.")
            raise MissingDefaultBranch(
                f"The default branch {wanted!a} does not exist: name one, such as {branches[0]!a}."
            )
        raise MissingObject("The commit that HEAD names is not in this clone: clone it again.")

    def references(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(branches, tags), sorted; read by GitPython from the reference files."""
        from git import Repo  # takes 0.2 s to import, and few calls need it

        with Repo(self._shadow.path) as repo:
            return (
                tuple(sorted(branch.path.removeprefix("refs/heads/") for branch in repo.branches)),
                tuple(sorted(tag.path.removeprefix("refs/tags/") for tag in repo.tags)),
            )

    def _rev_parse(self, rev: str) -> str:
        arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}"]
        code, answer, _ = git_process.run(git_process.command(arguments), self._environment)
        name = answer.decode("ascii", "replace").strip()
        return name if code == 0 and OBJECT_NAME.fullmatch(name) else ""

    # ------------------------------------------------------------ commits

    def root_commit(self, sha: str) -> str:
        """The first commit of the first-parent line: what identifies a repository across clones."""
        line = self.first_parents(sha)
        if line and len(line) < git_log.MAX_COMMITS:
            return line[-1].id
        arguments = ["rev-list", "--first-parent", "--max-parents=0", _full(sha), "--"]
        code, answer, _ = git_process.run(git_process.command(arguments), self._environment, seconds=LOG_SECONDS)
        if code or not answer.strip():
            raise DamagedRepository("The first commit of the history cannot be read: clone the repository again.")
        return answer.decode("ascii").split()[-1]

    def first_parents(self, sha: str) -> tuple[CommitStamp, ...]:
        """The first-parent line from `sha` back to its root, newest first; the last one asked for is kept."""
        if self._line[0] != sha:
            arguments = ["log", "--first-parent", "-z", "--format=%H %T %ct", f"--max-count={git_log.MAX_COMMITS}"]
            pieces = self._stream([*arguments, _full(sha), "--"])
            rows = (row.split(" ") for row in git_log.tokens(pieces) if row)
            line = tuple(CommitStamp(row[0], row[1], git_log.believable(row[2].strip())) for row in rows)
            self._line = (sha, line)
        return self._line[1]

    def log(self, sha: str) -> CommitLog:
        """All ancestors of `sha` and itself, with the paths each changed; at most 200,000 of them.

        A whole log tells the first-parent line too, so `first_parents` costs nothing after it."""
        arguments = [
            "log",
            "--raw",
            "-z",
            "--no-abbrev",
            "-M100%",
            "--no-ext-diff",
            "--no-textconv",
            "--encoding=UTF-8",
        ]
        count = f"--max-count={git_log.MAX_COMMITS + 1}"
        pieces = self._stream([*arguments, count, f"--format={git_log.FORMAT}", _full(sha), "--"])
        commits = tuple(git_log.parse(pieces))
        if len(commits) > git_log.MAX_COMMITS:
            return CommitLog(commits[: git_log.MAX_COMMITS], "the history is longer than 200,000 commits")
        if self._line[0] != sha:
            self._line = (sha, git_log.line_of(commits, sha))
        return CommitLog(commits, "the clone is shallow: its history is cut off" if self.shallow else "")

    def _stream(self, arguments: list[str]) -> Iterator[bytes]:
        return git_process.stream(git_process.command(arguments), self._environment, seconds=LOG_SECONDS)

    # ------------------------------------------------------------ trees and blobs

    def tree(self, name: str) -> Listing:
        """Every path under a commit or tree, by its full name. Raises MissingObject when the tree itself is absent."""
        return self._trees.listing(self._root(name))

    def files(self, name: str, paths: Sequence[str]) -> dict[str, str]:
        """path -> blob of those of the paths that are regular files under a commit or tree, as `tree` would list them
        but without unfolding it. Raises MissingObject as `tree` does."""
        root = self._root(name)
        found = self._trees.files(root, paths)
        if found is None:
            standing = {entry.path: entry.blob for entry in self._trees.listing(root) if entry.is_file}
            found = {path: standing[path] for path in paths if path in standing}
        return found

    def _root(self, name: str) -> bytes:
        if name not in self._roots:
            self.load_trees([name])
        root = self._roots[name]
        if root is None:
            raise MissingObject(f"The files of {name[:12]} are not in this clone: clone the repository again.")
        return root

    def load_trees(self, names: Iterable[str]) -> None:
        """Read the trees of many commits in one go, before `tree` is asked for each."""
        self._roots.update(self._trees.roots(_full(name) for name in names))

    def blobs(self, oids: Iterable[str], limit: int = MAX_BLOB_BYTES) -> Iterator[tuple[str, bytes | None]]:
        """(blob, content) in the order asked; None when it is missing, damaged, no blob, or more than `limit` bytes."""
        try:
            cat = self._idle_cats.pop()
        except IndexError:
            cat = self._another_cat()
        try:
            for oid, kind, data in cat.contents(oids, min(limit, MAX_BLOB_BYTES)):
                yield oid, data if kind == "blob" else None
        finally:
            # its answers are read batch by batch, so what an abandoned iteration leaves behind is an idle process
            self._idle_cats.append(cat)

    def _another_cat(self) -> CatFile:
        cat = CatFile(self._environment, content=True)
        self._blob_cats.append(cat)
        return cat

    def sizes(self, oids: Iterable[str]) -> dict[str, int | None]:
        """blob -> bytes, None when it is missing or no blob; loads no content."""
        return {oid: size if kind == "blob" else None for oid, kind, size in self._size_cat.sizes(oids)}

    def damaged(self) -> tuple[str, ...]:
        """Objects that ended git when they were asked for, in this repository's life."""
        found = {name.removesuffix("^{tree}") for cat in (self._tree_cat, *self._blob_cats) for name in cat.damaged}
        return tuple(sorted(found))

    # ------------------------------------------------------------ blame

    def blame_line(self, sha: str, path: str, line: int) -> BlamedLine:
        """The commit that last touched one line, within 20 s. Raises UnknownRevision when there is no such line."""
        arguments = ["blame", "--porcelain", "-L", f"{int(line)},{int(line)}", _full(sha), "--", path]
        words = git_process.command(arguments)
        code, answer, _ = git_process.run(words, self._environment, seconds=BLAME_SECONDS)
        if code or not answer:
            raise UnknownRevision(f"Line {line} of that file cannot be blamed at {sha[:12]}: scan again, then retry.")
        first, *rest = answer.split(b"\n")
        commit, then = first.split(b" ")[:2]
        told = dict(row.partition(b" ")[::2] for row in rest if not row.startswith(b"\t"))
        return BlamedLine(
            commit.decode("ascii"),
            told.get(b"filename", b"").decode("utf-8", "surrogateescape"),
            int(then),
            git_log.believable(told.get(b"committer-time", b"")),
            told.get(b"summary", b"").decode("utf-8", "replace")[: git_log.SUBJECT_LENGTH],
        )


def _full(name: str) -> str:
    """The name itself, when it is the full name of an object: no user's text reaches git as a revision."""
    if not OBJECT_NAME.fullmatch(name):
        raise ValueError("not the full name of an object")
    return name
