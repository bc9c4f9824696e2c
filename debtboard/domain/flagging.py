"""Taking an export of feature flags: read first, then kept whole, or not at all. Each change is scanned anew."""

import msgspec
from django.db import transaction
from django.utils import timezone

from debtboard.domain import auditing, scanning
from debtboard.domain.refusals import Refused
from debtboard.models import Component, FlagUpload, Person, Scan
from scoring.facts import FlagExport
from scoring.readers.flag_exports import MAX_BYTES, NotFlags, read_flags

TOO_LARGE = f"The file is larger than {MAX_BYTES // 1_000_000} MB: export the one project that the code asks."


def take(component: Component, data: bytes, by: Person) -> FlagExport:
    """The export replaces the one before. Raises Refused."""
    try:
        export = read_flags(data, timezone.now().replace(microsecond=0))  # as a scan's due time has it
    except NotFlags as refusal:
        raise Refused(str(refusal), "file") from None
    with transaction.atomic():
        Component.objects.select_for_update().get(pk=component.pk)
        FlagUpload.objects.filter(component=component).delete()
        FlagUpload.objects.create(
            component=component,
            system=export.system,
            flags=len(export.flags),
            document=msgspec.json.encode(export).decode(),
            uploaded_at=export.taken_at,
            uploaded_by=by,
        )
        auditing.record("component.flags-uploaded", component, by, system=export.system, flags=len(export.flags))
        _scan(component, by)
    return export


def forget(component: Component, by: Person) -> bool:
    """What was handed over counts no more; False where nothing was."""
    with transaction.atomic():
        found = FlagUpload.objects.select_for_update().filter(component=component).first()
        if found is None:
            return False
        auditing.record("component.flags-forgotten", component, by, system=found.system)
        found.delete()
        _scan(component, by)
    return True


def _scan(component: Component, by: Person) -> None:
    if not component.scans.exists():
        return
    try:
        scanning.queue(component, Scan.Trigger.MANUAL, by, weeks=scanning.weeks_due(component))
    except scanning.NotPossible as refused:
        raise Refused(str(refused), "file") from None
