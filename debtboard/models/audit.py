from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """Who did what to which thing, and when. Never a secret in it."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Null: Debtboard itself."""
    action = models.CharField(max_length=60)
    """noun.verb: repository.registered, scan.cancelled, person.signed-in."""
    noun = models.CharField(max_length=40)
    noun_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["noun", "noun_id"], name="audit_noun")]

    def __str__(self) -> str:
        return f"{self.action} {self.noun_id}"
