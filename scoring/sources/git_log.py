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
_CHANGES = (":", "\n:")
_BLANKS = " \t\n\r\v\f"
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


def believable(digits: bytes | str) -> int | None:
    """The date as an integer, None outside EARLIEST..LATEST."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
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


def tokens(pieces: Iterable[bytes]) -> Iterator[str]:
    """The NUL-separated words of a stream."""
    return chain.from_iterable(_lists_of_words(pieces))


def _lists_of_words(pieces: Iterable[bytes]) -> Iterator[list[str]]:
    """Decoded by the piece, not by the word: a log has millions of words, nearly all of them ASCII."""
    rest = b""
    for piece in pieces:
        whole, end, after = piece.rpartition(b"\0")
        if not end:
            rest += piece
            continue
        yield _text(rest + whole).split("\0")
        rest = after
    if rest.strip():
        yield [_text(rest)]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def parse(pieces: Iterable[bytes]) -> Iterator[LoggedCommit]:
    """Commits of the output of `git log --raw -z --no-abbrev -M100% --format=FORMAT`."""
    words = tokens(pieces)
    kept: dict[str, str] = {}
    keep = kept.setdefault  # a path stands in a log many times: one text for all
    word = next(words, None)
    while word is not None:
        # a commit without changes is followed by its neighbour at once, one with changes by "\n:" or ":"
        fields = [word.lstrip("\n"), *islice(words, HEADER_FIELDS - 1)]
        fields += [""] * (HEADER_FIELDS - len(fields))
        changes: list[Change] = []
        word = next(words, None)
        while word is not None and word.startswith(_CHANGES):
            _, _, old, new, status = word.split(" ")
            path = old_path = next(words, "")
            path = old_path = keep(path, path)
            if status[0] in "RC":
                path = next(words, "")
                path = keep(path, path)
            changes.append(Change(status[0], path, old_path, old, new))
            word = next(words, None)
        yield _commit(fields, tuple(changes), kept)


def _commit(fields: list[str], changes: tuple[Change, ...], kept: dict[str, str]) -> LoggedCommit:
    commit, tree, parents, authored, committed, name, email, subject, reviews = fields
    return LoggedCommit(
        kept.setdefault(commit, commit),
        tree,
        tuple([kept.setdefault(parent, parent) for parent in parents.split()]),
        believable(authored),
        believable(committed),
        kept.setdefault(name, name),
        kept.setdefault(email, email),
        _printable(subject)[:SUBJECT_LENGTH],
        changes,
        bool(reviews.strip(_BLANKS)),
    )


def _printable(text: str) -> str:
    """The text with a mark in place of each byte that is no UTF-8, as decoding it alone would have it."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
