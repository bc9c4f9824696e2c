from django.conf import settings
from django.db import models


class FlagUpload(models.Model):
    """The feature flags that a component's code asks for, as somebody handed them over: the newest export is kept."""

    component = models.OneToOneField("debtboard.Component", on_delete=models.CASCADE, related_name="flag_upload")
    system = models.CharField(max_length=40)
    flags = models.PositiveIntegerField()
    document = models.TextField()
    """What is read of the export, as JSON (scoring.facts.FlagExport): no rule, and no person."""
    uploaded_at = models.DateTimeField()
    """The moment that it speaks of."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="flag_uploads"
    )

    def __str__(self) -> str:
        return f"{self.system} of component {self.component_id}"
