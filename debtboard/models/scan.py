from django.conf import settings
from django.db import models
from django.db.models import Q


class Scan(models.Model):
    """One attempt to measure a component. This row is the truth: the queue, the lease, the progress, the outcome.

    The broker carries its id only. Whoever holds `token` may write; every claim raises it, so that a late writer
    finds it moved on.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        PARTIAL = "partial", "partial"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    class Phase(models.TextChoices):
        WAITING = "waiting", "waiting"
        FETCHING = "fetching", "fetching"
        READING = "reading", "reading"
        SCORING = "scoring", "scoring"
        HISTORY = "history", "reading the past"
        ENDED = "ended", "ended"

    class Trigger(models.TextChoices):
        REGISTERED = "registered", "registered"
        SCHEDULE = "schedule", "on schedule"
        MANUAL = "manual", "asked for"
        CATCH_UP = "catch-up", "catching up"

    OPEN = (Status.QUEUED, Status.RUNNING)

    component = models.ForeignKey("debtboard.Component", on_delete=models.CASCADE, related_name="scans")
    repository = models.ForeignKey("debtboard.Repository", on_delete=models.CASCADE, related_name="scans")
    """The component's, repeated so that one constraint keeps a repository to one running scan."""
    due_at = models.DateTimeField()
    """Its slot; also the moment it judges at (as_of)."""
    trigger = models.CharField(max_length=12, choices=Trigger.choices, default=Trigger.SCHEDULE)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    weeks = models.PositiveSmallIntegerField(default=1)
    """How many weekly points to hold, the newest included; those already stored are skipped."""

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    """Why it failed, stayed partial or waits: one sentence."""
    attempt = models.PositiveSmallIntegerField(default=0)
    token = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    """A retry waits until then."""
    sent_at = models.DateTimeField(null=True, blank=True)
    """When its id was last handed to the broker."""
    cancel_requested = models.BooleanField(default=False)
    worker = models.CharField(max_length=120, blank=True)

    commit = models.CharField(max_length=64, blank=True)
    """The newest commit it measures, once known."""
    inputs = models.CharField(max_length=64, blank=True)
    """Digest of the component's settings as its worker read them last; empty before it began."""
    files_done = models.PositiveBigIntegerField(default=0)
    files_total = models.PositiveBigIntegerField(default=0)
    """Unique files (blobs) to read, over all weeks: what progress is shown of."""
    weeks_done = models.PositiveSmallIntegerField(default=0)
    weeks_total = models.PositiveSmallIntegerField(default=0)
    snapshot = models.ForeignKey(
        "debtboard.Snapshot", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The newest snapshot it stored or found already stored."""

    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["component", "due_at"], name="scan_slot_once"),
            models.UniqueConstraint(
                fields=["repository"], condition=Q(status="running"), name="scan_one_running_per_repository"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "lease_until"], name="scan_status_lease"),
            models.Index(fields=["component", "-due_at"], name="scan_component_newest"),
        ]

    def __str__(self) -> str:
        return f"scan {self.pk} of {self.component_id}, {self.status}"


class Pulse(models.Model):
    """When something that must keep going was last seen to: the scheduler, each worker."""

    name = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"
