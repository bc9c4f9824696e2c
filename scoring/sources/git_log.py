"""The ancestors of a commit with the paths that each changed: one pass of `git log --raw`, which needs no blob.

Names and e-mails are as the commit says; .mailmap is applied by the analyses, as it stood at the commit that is
scanned, so that a past week says the same whenever it is computed. A date outside 1990..2100 is None: it is never
put in a week.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec

_REVIEWERS = "key=Reviewed-by,key=Approved-by,key=Reviewed-on,key=Differential-Revision"
FORMAT = f"%H%x00%T%x00%P%x00%at%x00%ct%x00%an%x00%ae%x00%s%x00%(trailers:{_REVIEWERS},valueonly,separator=%x20)"
HEADER_FIELDS = 9
MAX_COMMITS = 200_000
EARLIEST, LATEST = 631_152_000, 4_102_444_800
"""1990-01-01 and 2100-01-01; each analysis also sets aside what lies after the moment it speaks of."""
SUBJECT_LENGTH = 200


class Change(msgspec.Struct, frozen=True, gc=False):
    """One path that a commit changed. `status`: A added, M modified, D deleted, R renamed with the very same content,
    T changed in kind."""

    status: str
    path: str
    old_path: str
    """Where a renamed file stood; otherwise the same as `path`."""
    old: str
    new: str
    """Blobs before and after; all zeros where there is none."""


class LoggedCommit(msgspec.Struct, frozen=True, gc=False):
    """One commit. Times are seconds since 1970 in UTC, or None when no calendar would believe them."""

    id: str
    tree: str
    parents: tuple[str, ...]
    authored: int | None
    committed: int | None
    name: str
    email: str
    subject: str
    changes: tuple[Change, ...] = ()
    """Empty for a merge."""
    approved: bool = False
    """A trailer of its message names who reviewed it, or where."""


class CommitLog(msgspec.Struct, frozen=True):
    """Commits as git lists them; iterates and counts as its commits. `reason` says why some are missing, or ""."""

    commits: tuple[LoggedCommit, ...]
    reason: str = ""

    def __iter__(self) -> Iterator[LoggedCommit]:
        return iter(self.commits)

    def __len__(self) -> int:
        return len(self.commits)


class CommitStamp(msgspec.Struct, frozen=True, gc=False):
    """A commit of the first-parent line."""

    id: str
    tree: str
    time: int | None
    """Committer's date in seconds since 1970, UTC; None when no calendar would believe it."""


def believable(digits: bytes) -> int | None:
    """The date as an integer, None outside EARLIEST..LATEST."""
    if not digits.isdigit() or len(digits) > 12:
        return None
    seconds = int(digits)
    return seconds if EARLIEST <= seconds < LATEST else None


def line_of(commits: Iterable[LoggedCommit], head: str) -> tuple[CommitStamp, ...]:
    """The first-parent line of a whole log, from its head back to the root."""
    known = {commit.id: commit for commit in commits}
    line: list[CommitStamp] = []
    commit = known.get(head)
    while commit is not None:
        line.append(CommitStamp(commit.id, commit.tree, commit.committed))
        commit = known.get(commit.parents[0]) if commit.parents else None
    return tuple(line)


def tokens(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The NUL-separated words of a stream."""
    return chain.from_iterable(_lists_of_words(pieces))


def _lists_of_words(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = b""
    for piece in pieces:
        words = (rest + piece).split(b"\0")
        rest = words.pop()
        yield words
    if rest.strip():
        yield [rest]


class _Texts(dict[bytes, str]):
    """bytes -> text, each decoded once."""

    def __missing__(self, raw: bytes) -> str:
        text = self[raw] = raw.decode("utf-8", "surrogateescape")
        return text


def parse(pieces: Iterable[bytes]) -> Iterator[LoggedCommit]:
    """Commits of the output of `git log --raw -z --no-abbrev -M100% --format=FORMAT`."""
    words = tokens(pieces)
    texts = _Texts()
    word = next(words, None)
    while word is not None:
        # a commit without changes is followed by its neighbour at once, one with changes by "\n:" or ":"
        fields = [word.lstrip(b"\n"), *islice(words, HEADER_FIELDS - 1)]
        fields += [b""] * (HEADER_FIELDS - len(fields))
        changes: list[Change] = []
        word = next(words, None)
        while word is not None and word.lstrip(b"\n").startswith(b":"):
            changes.append(_change(word, words, texts))
            word = next(words, None)
        yield _commit(fields, tuple(changes), texts)


def _name(raw: bytes) -> str:
    """An object's name: most stand in a log once, so to keep them in `_Texts` would cost more than it saves."""
    return raw.decode("ascii", "replace")


def _change(word: bytes, words: Iterator[bytes], texts: _Texts) -> Change:
    _, _, old, new, status = word.split(b" ")
    path = old_path = texts[next(words, b"")]
    if status[:1] in b"RC":
        path = texts[next(words, b"")]
    return Change(status[:1].decode("ascii"), path, old_path, _name(old), _name(new))


def _commit(fields: list[bytes], changes: tuple[Change, ...], texts: _Texts) -> LoggedCommit:
    commit, tree, parents, authored, committed, name, email, subject, reviews = fields
    return LoggedCommit(
        texts[commit],
        _name(tree),
        tuple([texts[parent] for parent in parents.split()]),
        believable(authored),
        believable(committed),
        texts[name],
        texts[email],
        subject.decode("utf-8", "replace")[:SUBJECT_LENGTH],
        changes,
        bool(reviews.strip()),
    )
