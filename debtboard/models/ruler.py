from django.conf import settings
from django.db import models


class Ruler(models.Model):
    """One edition of all weights, anchors and ids. A snapshot names the one that measured it."""

    organisation = models.ForeignKey(
        "debtboard.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="rulers"
    )
    """Null: an edition that ships with Debtboard."""
    version = models.CharField(max_length=40)
    hash = models.CharField(max_length=64, unique=True)
    changes = models.JSONField(default=dict, blank=True)
    """What an organisation's own edition changes."""
    reason = models.CharField(max_length=1000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.version
