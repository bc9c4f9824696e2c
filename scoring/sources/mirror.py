"""A bare mirror of our own: cloned into a new folder, renamed when complete, fetched afterwards.

Never a checkout, no submodules, no LFS. The address is vetted and its redirects followed before git starts
(`addresses`, `redirects`); git gets the final address, pinned, with redirects off. A mirror that git can no longer
read is cloned again beside the old one and takes its place. One caller at a time per mirror: a scan's lease sees to it.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from scoring.sources import git_directory, git_process
from scoring.sources.addresses import Address, Policy, Resolver, pinned, system_resolver
from scoring.sources.credentials import Credential, handed_to_https, handed_to_ssh
from scoring.sources.git_errors import (
    DamagedRepository,
    GitError,
    TooLarge,
    Unreachable,
)
from scoring.sources.redirects import destination
from scoring.sources.transfer import MAX_BYTES, PROBE_SECONDS, Remote, Route, remote_of

MAX_COMMITS = 200_000
CHECK_SECONDS = 300.0
FILTER = "blob:limit=20m"
"""Larger blobs are read by nobody; a server that knows no filters sends them all the same."""
HEADS = "+refs/heads/*:refs/heads/*"
MAX_NEW_FILTERS = 20_000


class Mirrored(msgspec.Struct, frozen=True):
    """A complete mirror."""

    path: Path
    bytes: int
    commits: int
    cloned: bool
    """False when an existing mirror was fetched."""


class Mirror:
    """One repository's mirror at the folder `into`, taken from a vetted address."""

    def __init__(
        self,
        address: Address,
        into: Path,
        *,
        credential: Credential | None = None,
        policy: Policy | None = None,
        resolver: Resolver = system_resolver,
    ) -> None:
        self._address = address
        self._into = into
        self._credential = credential
        self._policy = policy or Policy()
        self._resolver = resolver

    def probe(self) -> Remote:
        """Ask what is there, cloning nothing: what a registering form needs. Raises GitError, in plain words."""
        with self._route() as route:
            return remote_of(route)

    def update(self, *, suspect: bool = False) -> Mirrored:
        """Clone, or fetch what is new. `suspect`: reading it failed, so it is checked first, and replaced if damaged.

        Raises GitError; what stood before then still stands."""
        self._into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(self._into)
        with self._route() as route:
            remote = remote_of(route)
            if self._into.exists() and not (suspect and not is_sound(self._into)):
                try:
                    _fetch(route, self._into, remote)
                    return _checked(self._into, cloned=False)
                except DamagedRepository:
                    pass  # it is replaced below, from the server
            return self._clone(route, remote)

    def _clone(self, route: Route, remote: Remote) -> Mirrored:
        fresh = Path(tempfile.mkdtemp(prefix=f".{self._into.name}.", dir=self._into.parent))
        try:
            inner = fresh / "new"
            arguments = ["clone", "--bare", "--no-local", "--no-tags", "--no-recurse-submodules", f"--filter={FILTER}"]
            route.run([*arguments, "--template=", "--", route.url, str(inner)])
            _write_commit_graph(inner)
            mirrored = _checked(inner, cloned=True)
            inner.chmod(0o700)
            if self._into.exists():
                self._into.rename(fresh / "old")
            inner.rename(self._into)
            return msgspec.structs.replace(mirrored, path=self._into)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    @contextlib.contextmanager
    def _route(self) -> Iterator[Route]:
        """How git reaches the repository, with all that must be vetted vetted."""
        address = self._address
        if address.folder is not None:
            shadow = git_directory.Shadow(_contained(address.folder))
            try:
                yield Route(str(shadow.path), "file", (), partial(handed_to_https, None))
            finally:
                shadow.close()
        elif address.scheme == "ssh":
            pin = pinned(address, self._policy, self._resolver)
            if self._credential is None and not self._policy.own_keys:
                raise Unreachable("An ssh address needs a deploy key: add one that may read the repository.")
            yield Route(address.url, "ssh", (), partial(handed_to_ssh, self._credential, address, pin))
        else:
            end = destination(address, self._credential, self._policy, self._resolver)
            pin = f"[{end.pin}]" if ":" in end.pin else end.pin
            flags = [f"http.curloptResolve={end.address.host}:{end.address.port}:{pin}"]
            if self._policy.authorities:
                flags.append(f"http.sslCAInfo={self._policy.authorities}")
            yield Route(end.address.url, end.address.scheme, tuple(flags), partial(handed_to_https, end.credential))


def mirror(
    address: Address,
    into: Path,
    *,
    credential: Credential | None = None,
    policy: Policy | None = None,
    suspect: bool = False,
) -> Mirrored:
    """Clone into the folder, or fetch what is new there: `Mirror(...).update()`."""
    return Mirror(address, into, credential=credential, policy=policy).update(suspect=suspect)


def is_sound(path: Path) -> bool:
    """Whether every object that the mirror's history needs is there and whole; its connectivity alone would not tell
    of a blob that rotted."""
    arguments = ["fsck", "--full", "--no-dangling", "--no-progress"]
    try:
        code, _, _ = git_process.run(git_process.command(arguments), {"GIT_DIR": str(path)}, seconds=CHECK_SECONDS)
    except GitError:
        return False
    return code == 0


def _fetch(route: Route, path: Path, remote: Remote) -> None:
    _remove_locks(path)
    _quietly(["config", "--replace-all", "remote.origin.url", route.url], path)
    arguments = [
        "fetch",
        "--prune",
        "--no-tags",
        "--no-recurse-submodules",
        "--no-write-fetch-head",
        "--no-auto-maintenance",
    ]
    route.run([*arguments, "origin", HEADS], directory=path)
    _quietly(["symbolic-ref", "HEAD", f"refs/heads/{remote.default_branch}"], path)
    _write_commit_graph(path)


def _checked(path: Path, *, cloned: bool) -> Mirrored:
    """The mirror within its quotas. Raises TooLarge, or DamagedRepository when its commits cannot be counted."""
    size = sum(entry.lstat().st_size for entry in path.rglob("*") if entry.is_file())
    if size > MAX_BYTES:
        raise TooLarge(f"The repository takes {size / 1e9:.1f} GB, over the limit of 1 GB: scan a smaller part of it.")
    arguments = ["rev-list", "--all", "--count", f"--max-count={MAX_COMMITS + 1}"]
    count = int(_quietly(arguments, path, seconds=CHECK_SECONDS) or 0)
    if count > MAX_COMMITS:
        raise TooLarge(f"The repository has more than {MAX_COMMITS:,} commits: it is over the limit.")
    return Mirrored(path, size, count, cloned)


def _write_commit_graph(path: Path) -> None:
    """Makes blame and the log several times cheaper; a mirror without it is whole too, so a failure is no matter."""
    arguments = ["commit-graph", "write", "--reachable", "--changed-paths", f"--max-new-filters={MAX_NEW_FILTERS}"]
    words = git_process.command([*arguments, "--no-progress"])
    with contextlib.suppress(GitError):
        git_process.run(words, {"GIT_DIR": str(path)}, seconds=CHECK_SECONDS)


def _quietly(arguments: Sequence[str], path: Path, *, seconds: float = PROBE_SECONDS) -> bytes:
    """stdout of a call on the mirror itself. Raises DamagedRepository."""
    code, answer, _ = git_process.run(git_process.command(arguments), {"GIT_DIR": str(path)}, seconds=seconds)
    if code:
        raise DamagedRepository("The mirror is damaged: scan again, and it is cloned anew.")
    return answer


def _contained(folder: Path) -> git_directory.GitDirectory:
    directory = git_directory.locate(folder, contained=True)
    git_directory.refuse_alternates(directory)
    return directory


def sweep(into: Path) -> None:
    """Remove what an interrupted clone of this mirror left behind."""
    for left in into.parent.glob(f".{into.name}.*"):
        if (left / "old").is_dir() and not into.exists() and not (left / "new").exists():
            (left / "old").rename(into)
        shutil.rmtree(left, ignore_errors=True)


def _remove_locks(path: Path) -> None:
    """A power cut leaves locks; nobody else writes here while the scan holds its lease."""
    for lock in [*path.glob("*.lock"), *(path / "refs").rglob("*.lock"), *(path / "objects" / "info").rglob("*.lock")]:
        lock.unlink(missing_ok=True)
