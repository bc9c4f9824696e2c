from django.db import models


class Connection(models.Model):
    """An outside source of evidence: a lineage, monitoring or CI system of one team, or of the organisation."""

    class State(models.TextChoices):
        NEW = "new", "not asked yet"
        OK = "ok", "answers"
        FAILING = "failing", "fails"
        OFF = "off", "switched off"

    organisation = models.ForeignKey("debtboard.Organisation", on_delete=models.CASCADE, related_name="connections")
    team = models.ForeignKey(
        "debtboard.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="connections"
    )
    """Null: the whole organisation's."""
    kind = models.CharField(max_length=40)
    """The system: prometheus, mlflow, marquez, ..."""
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=1000, blank=True)
    credential = models.BinaryField(blank=True, default=b"", editable=False)
    every_minutes = models.PositiveIntegerField(default=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    reason = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "team", "name"], name="connection_name_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"
