from django.conf import settings
from django.db import models


class Repository(models.Model):
    """A git repository that is scanned: where it lies, how it is reached, and how that went last."""

    class Kind(models.TextChoices):
        REMOTE = "remote", "address"
        LOCAL = "local", "folder on this host"

    class State(models.TextChoices):
        NEW = "new", "not fetched yet"
        OK = "ok", "reachable"
        EMPTY = "empty", "no commits"
        UNREACHABLE = "unreachable", "unreachable"

    class Schedule(models.TextChoices):
        HOURLY = "hourly", "every hour"
        DAILY = "daily", "every day"
        WEEKLY = "weekly", "every week"
        OFF = "off", "only on demand"

    organisation = models.ForeignKey("debtboard.Organisation", on_delete=models.CASCADE, related_name="repositories")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=1000)
    """An https or ssh address without credentials, or an absolute folder."""
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REMOTE)
    branch = models.CharField(max_length=250, blank=True)
    """Empty: the default branch of the remote."""
    credential = models.BinaryField(blank=True, default=b"", editable=False)
    """Encrypted (domain.credentials); empty where none is needed."""
    credential_hint = models.CharField(max_length=40, blank=True)
    """What kind of credential is kept, never a part of it."""
    schedule = models.CharField(max_length=8, choices=Schedule.choices, default=Schedule.DAILY)
    history_weeks = models.PositiveSmallIntegerField(default=104)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    state_reason = models.CharField(max_length=500, blank=True)
    unreachable_since = models.DateTimeField(null=True, blank=True)
    head_commit = models.CharField(max_length=64, blank=True)
    root_commit = models.CharField(max_length=64, blank=True)
    """Of its first-parent line: what a report calls the repository."""
    fetched_at = models.DateTimeField(null=True, blank=True)
    rewritten_at = models.DateTimeField(null=True, blank=True)
    """When its history was last found rewritten: a break on the trend."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "repositories"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "address"], name="repository_address_once"),
        ]

    def __str__(self) -> str:
        return self.name
