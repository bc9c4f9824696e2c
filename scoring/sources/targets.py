"""A target as a person names it on the command line: a work tree, a bare repository, or an address."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from scoring.sources.addresses import Policy, parse_address, parse_networks, parse_ports
from scoring.sources.git import GitRepository
from scoring.sources.git_errors import GitError, NotARepository, RefusedAddress
from scoring.sources.mirror import mirror

T = TypeVar("T")
UNCOMMITTED = "HEAD is scanned; what is not committed in the work tree is not read."


@contextlib.contextmanager
def opened(target: str, scratch: Path, policy: Policy | None = None) -> Iterator[tuple[GitRepository, str]]:
    """(the repository, a note on what is not read, or ""). An address is cloned into the folder `scratch` first.

    Whoever types a path on their own machine is its operator, so any folder may be named. Raises GitError.
    """
    note = ""
    if _is_address(target):
        policy = policy or _policy()
        path = mirror(parse_address(target, policy), scratch / "mirror.git", policy=policy).path
    else:
        path = _folder(target)
        note = UNCOMMITTED if (path / ".git").exists() else ""
    with GitRepository(path) as repository:
        yield repository, note


def _folder(target: str) -> Path:
    """The folder that a person means. Raises NotARepository where it is plain that they mean another."""
    path = Path(target).expanduser()
    if not target:
        raise NotARepository("The target is empty: name a folder or an address.")
    if shutil.which("git") is None:
        raise GitError("There is no git on this machine's PATH: install it, then try again.")
    if path.is_file():
        raise NotARepository(f"{target} is a file; name the repository that holds it, to scan with --component FOLDER.")
    if not path.is_dir():
        raise NotARepository(f"There is no folder {target}: check the path, or begin an address with https://.")
    if not _holds_git(path):
        outer = next((parent for parent in path.absolute().parents if (parent / ".git").exists()), None)
        if outer is not None:
            inner = path.absolute().relative_to(outer).as_posix()
            raise NotARepository(
                f"{target} is a folder of a repository: name {outer}, to scan with --component {inner}."
            )
    return path


def _holds_git(path: Path) -> bool:
    return (path / ".git").exists() or (path / "HEAD").is_file()


def _is_address(target: str) -> bool:
    return not Path(target).expanduser().exists() and ("://" in target or "::" in target or "@" in target)


def _policy() -> Policy:
    """The command line's own: the settings of the board, and the ssh keys of whoever runs it."""
    networks = _setting("DEBTBOARD_EGRESS_ALLOW", parse_networks)
    ports = _setting("DEBTBOARD_EGRESS_PORTS", parse_ports)
    authorities = os.environ.get("DEBTBOARD_CA_BUNDLE", "")
    if authorities and not os.path.isfile(authorities):
        raise RefusedAddress(f"DEBTBOARD_CA_BUNDLE: there is no file {authorities!a}.")
    return Policy(networks=networks, ports=ports, authorities=authorities, own_keys=True)


def _setting(name: str, parse: Callable[[str], T]) -> T:
    """Raises RefusedAddress, with the name and the reason."""
    try:
        return parse(os.environ.get(name, ""))
    except ValueError as problem:
        raise RefusedAddress(f"{name}: {problem}") from None
