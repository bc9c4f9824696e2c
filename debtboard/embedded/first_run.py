"""What the embedded mode needs in its database before the first page: tables, an admin, a team, a first component."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from debtboard.domain import auditing, entering, founding, registering, scheduling
from debtboard.models import AuditEvent, Component, Membership, Person, Role, Scan, Team

TEAM = "First team"
ITSELF = "component.registered-itself"


def make_tables() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        Path(settings.DATABASES["default"]["NAME"]).chmod(0o600)


def collect_static() -> None:
    """Hashed and compressed copies for the web server; only where a file changed since."""
    said = hashlib.blake2b(digest_size=16)
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                stat = path.stat()
                said.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if not stamp.exists() or stamp.read_text() != said.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(said.hexdigest())


def admin() -> Person:
    """The one who runs this board; made with the first team on an empty one."""
    person = Person.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if person is not None:
        return person
    person = Person(username="admin", is_superuser=True)
    person.set_unusable_password()
    person.save()
    if not Team.objects.exists():
        team = Team.objects.create(organisation=founding.first_organisation(), name=TEAM, slug="first-team")
        Membership.objects.create(person=person, team=team, role=Role.ADMIN)
    return person


def link_for(person: Person) -> str:
    """The way in, as long as the person has no password; "" otherwise."""
    return "" if person.has_usable_password() else entering.link_path(person)


def standing_in(folder: Path) -> Path | None:
    """The work tree that holds the folder."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def allow_folders(folder: Path) -> str:
    """Repositories of this host are read where the operator names them, and where `up` stands or stood when it
    registered one by itself. Gives the same for the environment of others."""
    place = standing_in(folder)
    itself = AuditEvent.objects.filter(action=ITSELF).order_by("pk").values_list("detail__address", flat=True)
    named = [*map(str, settings.LOCAL_FOLDERS), *([str(place)] if place else []), *filter(os.path.isdir, itself)]
    usable = [name for name in dict.fromkeys(named) if "," not in name and name != "/"]
    settings.LOCAL_FOLDERS = [Path(name) for name in usable]
    return ",".join(usable)


def register_itself(place: Path, by: Person) -> str:
    """The repository `up` stands in becomes the first component of an empty board. What is said of it."""
    if Component.objects.exists():
        return ""
    team = Team.objects.order_by("pk").first()
    if team is None:
        return ""
    try:
        component = registering.register(registering.Registration(address=str(place), team=team), by)
    except registering.Refused as refused:
        return f"The repository at {place} is not registered: {refused}"
    auditing.record(ITSELF, component, by, address=component.repository.address)
    return f"{component.name} at {place} is registered and scanned first."


def go_on() -> None:
    """Nobody else can be running: what was left running when the last `up` ended goes on at once."""
    Scan.objects.filter(status=Scan.Status.RUNNING).update(lease_until=datetime(2000, 1, 1, tzinfo=UTC), attempt=0)
    scheduling.reconcile()


def let_go() -> None:
    """`up` only watches from here on."""
    connections.close_all()
