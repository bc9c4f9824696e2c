"""The credential that a repository is read with: given, replaced and taken away, and never shown to anybody again."""

from django.db import transaction

from debtboard.domain import auditing, credentials, fetching, keeping, probing, scanning
from debtboard.domain.refusals import Refused
from debtboard.models import Component, Person, Repository, Scan

FIELD = "token"
NONE_GIVEN = "Give a token, or a deploy key for an ssh address."
NONE = {"credential": b"", "credential_hint": ""}


def give(component: Component, secret: str, by: Person) -> None:
    """The server must take it before it is kept; then all components of the repository are scanned. Raises Refused."""
    repository = _changeable(component, by)
    if not secret.strip():
        raise Refused(NONE_GIVEN, FIELD)
    address = probing.address_of(repository.address)
    if address.folder is not None:
        raise Refused("A folder of this host is read without a token: none is needed.", FIELD)
    try:
        probing.look(address, "", "", fetching.credential(secret))
    except Refused as refused:
        raise Refused(str(refused), FIELD) from None
    try:
        sealed = credentials.sealed(secret)
    except credentials.NoKey as error:
        raise Refused(str(error), FIELD) from None
    hint = credentials.hint(address.scheme)
    with transaction.atomic():
        components = keeping.held(repository)
        what = "replaced" if repository.credential else "set"
        Repository.objects.filter(pk=repository.pk).update(credential=sealed, credential_hint=hint)
        auditing.record(f"repository.token-{what}", repository, by, kind=hint)
        for each in components:
            scanning.queue(each, Scan.Trigger.MANUAL, by, weeks=scanning.weeks_due(each))
    component.refresh_from_db()


def take_away(component: Component, by: Person) -> None:
    """Nothing is asked of the server: a token that leaked must go, whatever becomes of the scans. Raises Refused."""
    repository = _changeable(component, by)
    with transaction.atomic():
        if not Repository.objects.filter(pk=repository.pk).exclude(credential=b"").update(**NONE):
            raise Refused("There is none any more: somebody else removed it.")
        auditing.record("repository.token-removed", repository, by, kind=repository.credential_hint)
    component.refresh_from_db()


def _changeable(component: Component, by: Person) -> Repository:
    if not keeping.keeps_all(component, by):
        raise Refused(keeping.SHARED, FIELD)
    return Repository.objects.get(pk=component.repository_id)
