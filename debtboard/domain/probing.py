"""Asking a server, or looking into a folder of this host, before anything is kept: is the branch there, the folder?

Touches no database. Everything raises Refused in plain words.
"""

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from django.conf import settings

from debtboard.domain import fetching
from debtboard.domain.refusals import Refused
from scoring.sources.addresses import Address
from scoring.sources.credentials import Credential
from scoring.sources.git import GitRepository
from scoring.sources.git_errors import GitError, MissingDefaultBranch, UnknownRevision
from scoring.sources.mirror import Mirror

BRANCH = re.compile(r"(?!-)[\w./+@-]{1,250}")


def address_of(text: str) -> Address:
    """The address in parts, if it may be reached at all."""
    try:
        return fetching.vetted(text)
    except (GitError, fetching.Refused) as error:
        raise Refused(str(error), "address") from None


def branch_name(text: str) -> str:
    """What git could call a branch; "" for the default one."""
    if text and not BRANCH.fullmatch(text):
        raise Refused("The branch is not a name that git allows: give it without refs/heads/.", "branch")
    return text


def folder_name(text: str) -> str:
    """A folder of a repository, "" for its root."""
    path = PurePosixPath(text.strip().strip("/") or ".")
    if ".." in path.parts or "\\" in text or any(ord(letter) < 32 for letter in text):
        raise Refused("The path is none of a repository: name a folder in it, like services/churn.", "path")
    return "" if path == PurePosixPath() else str(path)


def look(address: Address, branch: str, path: str, credential: Credential | None) -> None:
    """Whether the repository answers and has the branch; of a folder of this host, whether it has the path too."""
    try:
        if address.folder is not None:
            with GitRepository(address.folder, contained=True) as repository:
                _look_for(repository, _newest_commit(repository, branch), path)
        else:
            _ask_server(address, branch, credential)
    except MissingDefaultBranch as error:
        raise Refused(str(error), "branch") from None
    except GitError as error:
        raise Refused(str(error), "address") from None


def _ask_server(address: Address, branch: str, credential: Credential | None) -> None:
    policy = fetching.policy()
    remote = Mirror(address, settings.MIRRORS / "probe", credential=credential, policy=policy).probe()
    if branch and branch not in remote.branches:
        raise _no_branch(branch, remote.branches, remote.default_branch)


def _newest_commit(repository: GitRepository, branch: str) -> str:
    """Of the branch, or of the default one. Raises GitError of the repository as a whole."""
    if not branch:
        return repository.default_revision()
    try:
        return repository.resolve(f"refs/heads/{branch}")
    except UnknownRevision:
        branches, tags = repository.references()
        if not branches and not tags:
            return repository.default_revision()  # which says that nothing is there yet
        raise _no_branch(branch, branches, _default_branch(repository, branches)) from None


def _default_branch(repository: GitRepository, branches: Collection[str]) -> str:
    """One that stands where the default one does; "" where that is gone."""
    try:
        newest = repository.default_revision()
    except GitError:
        return ""
    return next((name for name in sorted(branches) if repository.resolve(f"refs/heads/{name}") == newest), "")


def _no_branch(branch: str, there: Collection[str], default: str) -> Refused:
    nearest = default if default in there else min(there, default="")
    others = f", such as {nearest!a}" if there else ""
    return Refused(f"There is no branch {branch!a} there: check its spelling, or name another{others}.", "branch")


def _look_for(repository: GitRepository, commit: str, path: str) -> None:
    if path and not any(entry.path.startswith(path + "/") for entry in repository.tree(commit).entries):
        raise Refused(f"{path} is no folder of the newest commit: check its spelling.", "path")
