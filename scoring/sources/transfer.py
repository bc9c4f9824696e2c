"""Git over a network: one call to a vetted, pinned address, over one protocol, its errors in words of our own."""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from scoring.sources import git_process
from scoring.sources.credentials import Handover
from scoring.sources.git_errors import (
    DamagedRepository,
    EmptyRepository,
    GitError,
    MissingDefaultBranch,
    NotARepository,
    RefusedRepository,
    TimedOut,
    TooLarge,
    Unreachable,
)

MAX_BYTES = 1 << 30
CLONE_SECONDS = 600.0
PROBE_SECONDS = 30.0
_TRANSFER_LIMITS = {"t": 600, "f": MAX_BYTES}

TRANSFER_FLAGS = (
    "http.followRedirects=false",
    "http.proxy=",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=20",
    "http.emptyAuth=false",
    "transfer.fsckObjects=true",
    *(
        f"{section}.fsck.{old}=ignore"  # without these, well-known old repositories cannot be cloned
        for section in ("fetch", "receive")
        for old in ("badTimezone", "missingSpaceBeforeDate", "zeroPaddedFilemode", "missingTaggerEntry")
    ),
)

_MEANINGS: tuple[tuple[str, type[GitError], str], ...] = (
    (
        r"authentication failed|could not read (username|password)|terminal prompts disabled|permission denied"
        r"|error: 40[13]|invalid credentials",
        Unreachable,
        "The server refuses the credential, or asks for one: give one that may read the repository.",
    ),
    (r"host key verification failed", Unreachable, "The server's ssh key is not known: add it to the known hosts."),
    (
        r"no space left on device",
        GitError,
        "There is no space left for the repository: free some on this machine, then scan again.",
    ),
    (
        r"repository not found|not found|does not appear to be a git repository|does not exist",
        NotARepository,
        "There is no repository at that address: check it, or give a credential if it is private.",
    ),
    (
        r"fsck error|badtree|malformed|is not valid: .*|invalid tree|gitmodules",
        RefusedRepository,
        "The repository holds objects that git refuses as malformed: repair its history with git fsck.",
    ),
    (
        r"unable to update url base from redirection|error: 30[0-9]",
        Unreachable,
        "The server redirects: give the address where it ends.",
    ),
    (
        r"file size limit|file too large|out of memory|mmap failed",
        TooLarge,
        "The repository is larger than the limit of 1 GB.",
    ),
)
_DAMAGE = re.compile(
    r"bad object|loose object|corrupt|missing (?:blob|tree|commit)|unable to read|invalid sha1|not a git repository"
    r"|bad ref|broken|does not point to|could not (?:parse|read (?!from remote))|inflate|did not send all",
    re.IGNORECASE,
)


class Remote(msgspec.Struct, frozen=True):
    """What a server says of a repository before anything is cloned."""

    default_branch: str
    branches: tuple[str, ...]


class Route(msgspec.Struct, frozen=True):
    """An address with what git needs to reach it and nothing else."""

    url: str
    protocol: str
    flags: tuple[str, ...]
    hand_over: Callable[[], AbstractContextManager[Handover]]
    """Gives the credential to one call: a pipe is read once."""

    def run(self, arguments: Sequence[str], *, directory: Path | None = None, seconds: float = CLONE_SECONDS) -> bytes:
        """stdout of a call that may use this protocol alone; its failures in words of our own."""
        words = git_process.command(arguments, flags=(*TRANSFER_FLAGS, *self.flags), limits=_TRANSFER_LIMITS)
        with self.hand_over() as handover:
            environment = {**handover.environment, "GIT_ALLOW_PROTOCOL": self.protocol}
            if directory is not None:
                environment["GIT_DIR"] = str(directory)
            code, answer, said = _timed(git_process.dying_with_parent(words), environment, seconds, handover)
        if code:
            raise _meaning(said)
        return answer


def _timed(words: list[str], environment: dict[str, str], seconds: float, handover: Handover) -> tuple[int, bytes, str]:
    try:
        return git_process.run(words, environment, seconds=seconds, pass_fds=handover.descriptors)
    except TimedOut:
        raise TimedOut("The server is too slow: try again later, or clone it by hand and name the folder.") from None


def _meaning(said: str) -> GitError:
    """What git's error means; git's own words may hold addresses and a server's text, and are not passed on."""
    text = said.lower()
    for pattern, kind, sentence in _MEANINGS:
        if re.search(pattern, text):
            return kind(sentence)
    if _DAMAGE.search(text):
        return DamagedRepository("The repository is damaged: run git fsck where it is kept.")
    return Unreachable("The repository could not be fetched: check the address and the network, then try again.")


def remote_of(route: Route) -> Remote:
    """Branches and the default one. Raises EmptyRepository, or MissingDefaultBranch where there are only tags."""
    rows = [line.split("\t") for line in _listed(route)]
    names = [row[1] for row in rows if len(row) == 2]
    heads = tuple(sorted(name.removeprefix("refs/heads/") for name in names if name.startswith("refs/heads/")))
    if not heads and any(name.startswith("refs/tags/") for name in names):
        raise MissingDefaultBranch("The repository has tags but no branch: push a branch, then scan again.")
    if not heads:
        raise EmptyRepository("The repository has no commits yet: push one, then scan again.")
    pointed = [row[0].removeprefix("ref: refs/heads/") for row in rows if row[0].startswith("ref: refs/heads/")]
    default = pointed[0] if pointed and pointed[0] in heads else ""
    return Remote(default or next((name for name in ("main", "master") if name in heads), heads[0]), heads)


def _listed(route: Route) -> list[str]:
    answer = route.run(["ls-remote", "--symref", "--", route.url], seconds=PROBE_SECONDS)
    return os.fsdecode(answer).split("\n")
