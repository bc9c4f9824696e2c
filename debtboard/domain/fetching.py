"""Where a repository lies on this host, how its server is reached, and bringing its mirror up to date."""

from ipaddress import ip_network
from pathlib import Path

from django.conf import settings
from django.db.models.functions import Now

from debtboard.domain import credentials
from debtboard.models import Repository
from scoring.sources.addresses import DEFAULT_PORTS, Address, Policy, parse_address
from scoring.sources.credentials import Credential
from scoring.sources.git_errors import DamagedRepository, EmptyRepository, RefusedAddress
from scoring.sources.mirror import Mirror


class Refused(Exception):
    """It can't be reached as it is registered: one sentence, what and what to do."""


def policy() -> Policy:
    """What the operator allows besides https and ssh to public hosts."""
    return Policy(
        networks=tuple(ip_network(word) for word in settings.EGRESS_ALLOW),
        ports=frozenset(DEFAULT_PORTS.values()) | frozenset(settings.EGRESS_PORTS),
        folders=tuple(settings.LOCAL_FOLDERS),
        authorities=settings.CA_BUNDLE,
    )


def vetted(address: str) -> Address:
    """The address in parts. Raises RefusedAddress, or Refused for a folder, with a sentence."""
    try:
        return parse_address(address, policy())
    except RefusedAddress:
        if address.strip().startswith("/") and address.isprintable():
            local_folder(address.strip())
        raise


def local_folder(address: str) -> Path:
    """The folder that a local address names, if the operator still allows it. Raises Refused."""
    path = Path(address).resolve()
    if not any(path.is_relative_to(folder.resolve()) for folder in settings.LOCAL_FOLDERS):
        raise Refused(
            "Folders of this host are read only where its operator names them:"
            " set DEBTBOARD_LOCAL_FOLDERS to this one or its parent and start Debtboard again, or give a URL."
        )
    if not path.is_dir():
        raise Refused(f"{address} is no folder of this host: name a git work tree or a bare repository.")
    return path


def mirror_folder(repository: Repository) -> Path:
    return settings.MIRRORS / str(repository.pk) / "mirror.git"


def place(repository: Repository) -> Path:
    """The git directory or work tree to read. Raises Refused."""
    if repository.kind == Repository.Kind.LOCAL:
        return local_folder(repository.address)
    return mirror_folder(repository)


def credential_of(repository: Repository) -> Credential | None:
    """What its server asks for. Raises Refused."""
    try:
        secret = credentials.opened(repository.credential)
    except (credentials.NoKey, credentials.Undecipherable) as error:
        raise Refused(str(error)) from None
    return credential(secret)


def credential(secret: str) -> Credential | None:
    """A token or a deploy key as git is given it; None for none."""
    return Credential(secret, known_hosts=_known_hosts()) if secret else None


def _known_hosts() -> str:
    return Path(settings.SSH_KNOWN_HOSTS).read_text(encoding="utf-8") if settings.SSH_KNOWN_HOSTS else ""


def fetch(repository: Repository) -> None:
    """Bring the mirror up to date; a local folder needs none. Raises GitError or Refused.

    One caller at a time: the scan's lease sees to it. A mirror that is damaged is cloned anew once.
    """
    if repository.kind == Repository.Kind.LOCAL:
        local_folder(repository.address)
        return
    mirror = _mirror(repository)
    try:
        mirror.update()
    except DamagedRepository:
        mirror.update(suspect=True)
    Repository.objects.filter(pk=repository.pk).update(fetched_at=Now())


def note(repository_id: int, error: Exception) -> None:
    """What became of the repository, where a scan could not read it."""
    state = Repository.State.EMPTY if isinstance(error, EmptyRepository) else Repository.State.UNREACHABLE
    repository = Repository.objects.filter(pk=repository_id)
    repository.update(state=state, state_reason=str(error)[:500])
    if state == Repository.State.UNREACHABLE:
        repository.filter(unreachable_since=None).update(unreachable_since=Now())


def mended(repository: Repository) -> bool:
    """Whether the mirror, which could not be read, was damaged and is cloned anew. Raises GitError or Refused."""
    return repository.kind == Repository.Kind.REMOTE and _mirror(repository).update(suspect=True).cloned


def _mirror(repository: Repository) -> Mirror:
    return Mirror(
        vetted(repository.address), mirror_folder(repository), credential=credential_of(repository), policy=policy()
    )
