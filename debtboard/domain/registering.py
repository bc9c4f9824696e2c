"""Taking a repository and a team in: checked in plain words first, then scanned at once."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction

from debtboard.domain import access, approving, auditing, credentials, fetching, founding, probing, scanning
from debtboard.domain.refusals import Refused
from debtboard.models import Component, ComponentTeam, Person, Repository, Scan, Team
from scoring.sources.addresses import Address
from scoring.sources.credentials import Credential

FIRST_MONDAY = date(1970, 1, 5)
"""A new component's whole past is its team's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a person asks for."""

    address: str
    team: Team
    """One that is there, or one that is planned (founding)."""
    name: str = ""
    path: str = ""
    branch: str = ""
    token: str = field(default="", repr=False)
    """A token for https, a private key for ssh."""
    profile: str = Component.Profile.PRODUCTION
    excludes: tuple[str, ...] = ()
    schedule: str = Repository.Schedule.DAILY
    history_weeks: int = 104


@dataclass(frozen=True, slots=True)
class Checked:
    """A registration whose every part was looked at."""

    wanted: Registration
    address: Address
    path: str
    existing: Repository | None
    """The same repository, if it is registered already."""

    @property
    def branch(self) -> str:
        """The one that will be read, "" for the default one: a repository has one for all of its components."""
        return self.existing.branch if self.existing is not None else self.wanted.branch


@dataclass(frozen=True, slots=True)
class Probed:
    """A registration whose address answered. Only these are kept."""

    checked: Checked
    by_kept_credential: bool
    """It answered to the credential kept for it, not to one of the person's own or to none."""


def register(wanted: Registration, by: Person) -> Component:
    """Check it, keep it and queue its first scan. Raises Refused."""
    checked = check(wanted, by)
    return keep(probe(checked, credential_for(checked, by)), by)


def check(wanted: Registration, by: Person) -> Checked:
    """Everything that needs no connection. Raises Refused."""
    if wanted.team.pk is None:
        founding.planned(wanted.team.name, by)
    elif not access.registrable_teams(by).filter(pk=wanted.team.pk).exists():
        raise Refused("Only a lead or an admin of the team may register for it: ask one.", "team")
    address = probing.address_of(wanted.address)
    path = probing.folder_name(wanted.path)
    approving.check_excludes(wanted.excludes)
    probing.branch_name(wanted.branch)
    existing = Repository.objects.filter(organisation=wanted.team.organisation, address=address.url).first()
    if existing is not None:
        _refuse_twice(existing, path, by)
        if wanted.branch and wanted.branch != existing.branch:
            raise Refused(
                "Its other components are read from another branch: leave this empty to follow them.", "branch"
            )
    return Checked(wanted, address, path, existing)


def _refuse_twice(existing: Repository, path: str, by: Person) -> None:
    there = Component.objects.filter(repository=existing, path=path).first()
    if there is None:
        return
    if access.visible_components(by).filter(pk=there.pk).exists():
        if there.retired_at is not None:
            said = f"It is registered already, as {there.name}, and retired: take it back in its settings."
            raise Refused(said, "address")
        raise Refused(f"It is registered already, as {there.name}: open it on the portfolio.", "address")
    raise Refused("It is registered already, for a team that you are not in: ask an admin to share it.", "address")


def probe(checked: Checked, credential: Credential | None) -> Probed:
    """Ask the server, or the folder, what is there. Raises Refused in plain words. Touches no database."""
    probing.look(checked.address, checked.branch, checked.path, credential)
    return Probed(checked, by_kept_credential=credential is not None and not checked.wanted.token)


def credential_for(checked: Checked, by: Person) -> Credential | None:
    """The one given; else the one kept, for those alone who look after the repository already. Raises Refused."""
    try:
        if checked.wanted.token:
            return fetching.credential(checked.wanted.token)
        if checked.existing is None or not _keeps(by, checked.existing):
            return None
        return fetching.credential_of(checked.existing)
    except fetching.Refused as refused:
        raise Refused(str(refused), "token") from None


def _keeps(by: Person, repository: Repository) -> bool:
    """Whether the person registers for a team that has one of its components now."""
    teams = access.registrable_teams(by)
    return teams.filter(periods__component__repository=repository, periods__until=None).exists()


def keep(probed: Probed, by: Person) -> Component:
    """Write it, with its team where that is planned, and queue the first scan with its past.

    Raises Refused where somebody was quicker, and where the person has no way of their own to the repository: its
    scans use the credential kept for it.
    """
    checked = probed.checked
    if probed.by_kept_credential and (checked.existing is None or not _keeps(by, checked.existing)):
        raise Refused("It is registered already, for a team that you are not in: ask an admin to share it.", "address")
    wanted = checked.wanted
    try:
        with transaction.atomic():
            if wanted.team.pk is None:
                founding.found(wanted.team, by)
            repository = checked.existing or _new_repository(checked, by)
            component = Component.objects.create(
                repository=repository,
                path=checked.path,
                name=wanted.name or _name(checked),
            )
            ComponentTeam.objects.create(component=component, team=wanted.team, since=FIRST_MONDAY)
            approving.ask(component, by, wanted.excludes, wanted.profile)
            auditing.record("component.registered", component, by, team=wanted.team.slug, address=repository.address)
            scanning.queue(component, Scan.Trigger.REGISTERED, by, weeks=repository.history_weeks)
    except IntegrityError:
        raise Refused("It was registered by somebody else just now: open it on the portfolio.", "address") from None
    except credentials.NoKey as error:
        raise Refused(str(error), "token") from None
    component.refresh_from_db()
    return component


def _new_repository(checked: Checked, by: Person) -> Repository:
    wanted, address = checked.wanted, checked.address
    return Repository.objects.create(
        organisation=wanted.team.organisation,
        name=_called(address)[:200],
        address=address.url,
        kind=Repository.Kind.LOCAL if address.folder is not None else Repository.Kind.REMOTE,
        branch=wanted.branch,
        credential=credentials.sealed(wanted.token) if wanted.token else b"",
        credential_hint=credentials.hint(address.scheme) if wanted.token else "",
        schedule=wanted.schedule,
        history_weeks=wanted.history_weeks,
        created_by=by,
    )


def _name(checked: Checked) -> str:
    whole = _called(checked.address)
    return f"{whole}/{checked.path}"[:200] if checked.path else whole[:200]


def _called(address: Address) -> str:
    """The last part of the address; its parent's where that says only that it is a repository."""
    place = PurePosixPath(address.url)
    if address.folder is not None and place.name in {"repo", ".git"} and place.parent.name:
        place = place.parent
    return place.name.removesuffix(".git")
