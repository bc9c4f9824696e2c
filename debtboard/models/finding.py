from django.conf import settings
from django.db import models
from django.db.models import Q

from debtboard.models.fields import public_id


class Finding(models.Model):
    """One debt in one place, the same one across scans: through line moves, reformatting and renames.

    The text is that of the newest snapshot that has it.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        FIXED = "fixed", "fixed"
        REOPENED = "reopened", "reopened"
        ACCEPTED = "accepted", "accepted until a date"
        FALSE_POSITIVE = "false-positive", "false positive"

    class Severity(models.IntegerChoices):
        LOW = 1, "low"
        MEDIUM = 2, "medium"
        HIGH = 3, "high"
        CRITICAL = 4, "critical"

    STANDING = (State.OPEN, State.REOPENED)
    """Seen in the current snapshot, and nobody has said anything about it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    """Stands in addresses."""
    component = models.ForeignKey("debtboard.Component", on_delete=models.CASCADE, related_name="findings")
    fingerprint = models.CharField(max_length=16)
    """Its present identity in its file (scoring.findings.Finding.id); earlier ones are in `keys`."""
    anchor = models.CharField(max_length=16)
    """Its identity without the path: what a rename carries over."""
    signal = models.CharField(max_length=40)
    debt = models.CharField(max_length=60)
    path = models.CharField(max_length=4096)
    line = models.PositiveIntegerField()
    end_line = models.PositiveIntegerField()
    symbol = models.CharField(max_length=500, blank=True)
    message = models.TextField()
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    confidence = models.FloatField()
    effort = models.CharField(max_length=8)
    evidence = models.JSONField(default=dict, blank=True)
    remedy = models.TextField(blank=True)

    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    present = models.BooleanField(default=True)
    """The current snapshot has it, whatever people have said of it."""
    first_seen_at = models.DateTimeField()
    """as_of of the earliest snapshot that has it."""
    last_seen_at = models.DateTimeField()
    first_snapshot = models.ForeignKey("debtboard.Snapshot", on_delete=models.RESTRICT, related_name="+")
    last_snapshot = models.ForeignKey("debtboard.Snapshot", on_delete=models.RESTRICT, related_name="+")
    fixed_at = models.DateTimeField(null=True, blank=True)
    """as_of of the first snapshot without it; null while it stands."""
    reopened_at = models.DateTimeField(null=True, blank=True)
    accepted_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["component", "fingerprint"], name="finding_once")]
        indexes = [
            models.Index(fields=["component", "state", "-severity"], name="finding_component_state"),
            models.Index(fields=["component", "anchor"], name="finding_anchor"),
            models.Index(fields=["component", "path"], name="finding_path"),
            models.Index(
                fields=["component", "debt", "signal", "severity", "state"],
                condition=Q(present=True),
                name="finding_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal} {self.path}:{self.line}"


class FindingKey(models.Model):
    """Every fingerprint a finding has had: a past week, or a rename undone, leads to the same finding."""

    component = models.ForeignKey("debtboard.Component", on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=16)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["component", "fingerprint"], name="finding_key_once")]

    def __str__(self) -> str:
        return self.fingerprint


class Observation(models.Model):
    """Which findings one snapshot has, and where: compact, a few bytes each."""

    snapshot = models.OneToOneField(
        "debtboard.Snapshot", on_delete=models.CASCADE, primary_key=True, related_name="observation"
    )
    body = models.BinaryField()
    """zlib of JSON: [[finding's pk, line], ...] sorted by pk (domain.reports)."""

    def __str__(self) -> str:
        return f"findings of snapshot {self.pk}"
