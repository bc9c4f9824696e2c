"""Reading a component from another branch, or from the folder that its own was moved to.

Either changes what is measured, so all weeks are measured again. A folder only follows: while the old one is still in
the repository, a smaller one would leave files out that nobody of another team has agreed to leave out.
"""

from django.db import IntegrityError, transaction

from debtboard.domain import auditing, fetching, keeping, measuring, probing, scanning
from debtboard.domain.refusals import Refused
from debtboard.models import Component, Person, Repository, Scan

TAKEN = "That folder is a component already: retire that one, or leave this one where it is."


def relocate(component: Component, branch: str, path: str, by: Person) -> None:
    """Both, or neither. Raises Refused."""
    branch, path = probing.branch_name(branch.strip()), probing.folder_name(path)
    repository = Repository.objects.get(pk=component.repository_id)
    if (branch, path) == (repository.branch, component.path):
        raise Refused("It is read from there already: nothing is changed.")
    if branch != repository.branch:
        _check_branch(component, repository, branch, by)
    if path != component.path:
        _check_folder(component, repository, branch, path)
    try:
        with transaction.atomic():
            _write(component, repository, branch, path, by)
    except IntegrityError:
        raise Refused(TAKEN, "path") from None
    component.refresh_from_db()


def _check_branch(component: Component, repository: Repository, branch: str, by: Person) -> None:
    if not keeping.keeps_all(component, by):
        raise Refused(keeping.SHARED, "branch")
    try:
        credential = fetching.credential_of(repository)
    except fetching.Refused as refused:
        raise Refused(str(refused), "branch") from None
    probing.look(probing.address_of(repository.address), branch, "", credential)


def _check_folder(component: Component, repository: Repository, branch: str, path: str) -> None:
    """Of what was fetched last: the old folder is gone, and the new one is there."""
    before = component.path
    if not before:
        raise Refused("All of the repository is read: register a folder of it as a component of its own.", "path")
    if Component.objects.filter(repository=repository, path=path).exists():
        raise Refused(TAKEN, "path")
    try:
        with measuring.open_repository(repository) as opened:
            entries = opened.tree(measuring.newest_commit(opened, branch)).entries
    except (measuring.GitError, fetching.Refused):
        raise Refused("The repository can't be read now: scan it first, then change its folder.", "path") from None
    if any(entry.path.startswith(f"{before}/") for entry in entries):
        said = "register the other one as a component of its own, and retire this one if nothing is left in it"
        raise Refused(f"{before} is still a folder of the newest commit: {said}.", "path")
    if path and not any(entry.path.startswith(f"{path}/") for entry in entries):
        raise Refused(
            f"{path} is no folder of the newest commit that was read: check its spelling, or scan first.", "path"
        )


def _write(component: Component, repository: Repository, branch: str, path: str, by: Person) -> None:
    held = {row.pk: row for row in keeping.held(repository)}
    if component.pk not in held:
        raise Refused(scanning.IS_RETIRED)
    changed = [held[component.pk]]
    if branch != repository.branch:
        Repository.objects.filter(pk=repository.pk).update(branch=branch)
        auditing.record("repository.branch-changed", repository, by, was=repository.branch, branch=branch)
        changed = list(held.values())
    row = held[component.pk]
    if path != row.path:
        auditing.record("component.relocated", row, by, was=row.path, path=path)
        row.path = path
        row.save(update_fields=["path"])
    for each in changed:
        if each.scans.exists():
            scanning.queue(each, Scan.Trigger.MANUAL, by, weeks=scanning.weeks_due(each))
