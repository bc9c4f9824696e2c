"""What can be wrong with a repository: one sentence that says what, and what to do.

The message is shown on pages and on the command line, so it never carries a credential, a server's answer or a
resolved address. `GitError` is what callers catch.
"""


class GitError(Exception):
    """Something about the repository stops the scan; `str()` is a sentence for people."""


class NotARepository(GitError):
    """The folder holds no git repository that may be opened."""


class RefusedRepository(GitError):
    """It is a repository, but reading it would lead out of its folder, or needs a format that git cannot read here."""


class EmptyRepository(GitError):
    """No commit exists yet."""


class MissingDefaultBranch(GitError):
    """HEAD names a branch that does not exist; others may."""


class UnknownRevision(GitError):
    """No commit has that name."""


class MissingObject(GitError):
    """An object that the history needs is absent: a partial clone, or damage."""


class DamagedRepository(GitError):
    """Git could not read what the repository holds."""


class TimedOut(GitError):
    """Git did not end within its time."""


class TooLarge(GitError):
    """Git's answer, or the repository, is larger than the limit."""


class RefusedAddress(GitError):
    """The address may not be cloned; nothing was started or connected."""


class Unreachable(GitError):
    """The server could not be reached, or refused."""
