"""Who did what, kept for good. Never a secret in it."""

from typing import Any

from django.db.models import Model

from debtboard.models import AuditEvent, Person


def record(action: str, thing: Model, by: Person | None, **detail: Any) -> None:
    """One row: noun.verb, the thing, the person (None: Debtboard itself), and what it was about."""
    AuditEvent.objects.create(
        action=action, noun=thing._meta.model_name, noun_id=str(thing.pk), actor=by, detail=detail
    )
