from django.db import models
from django.db.models import F, Q

from debtboard.models.fields import public_id


class Component(models.Model):
    """A repository and a path in it: what is scored. A monorepo has several."""

    class Profile(models.TextChoices):
        PRODUCTION = "production", "production"
        PROTOTYPE = "prototype", "prototype"
        LIBRARY = "library", "library"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    """Stands in addresses."""
    repository = models.ForeignKey("debtboard.Repository", on_delete=models.CASCADE, related_name="components")
    path = models.CharField(max_length=500, blank=True)
    """A folder of the repository, "" for its root."""
    name = models.CharField(max_length=200)
    profile = models.CharField(max_length=12, choices=Profile.choices, default=Profile.PRODUCTION)
    """The one that it is scored by; another is asked for in `approvals`."""
    excludes = models.JSONField(default=list, blank=True)
    """Patterns of paths that are not read, each of them approved (`approvals`); shown on the page."""
    current = models.ForeignKey(
        "debtboard.Snapshot", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    """The newest complete snapshot: what pages show."""
    stale_since = models.DateTimeField(null=True, blank=True)
    """When a scan first failed or stayed partial since the current snapshot; null: fresh."""
    stale_reason = models.CharField(max_length=500, blank=True)
    points_written = models.PositiveBigIntegerField(default=0, editable=False)
    """How often points of it were written: what a web process keeps of them holds as long as this does."""
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["repository", "path"], name="component_path_once")]

    def __str__(self) -> str:
        return self.name


class ComponentTeam(models.Model):
    """A component belongs to a team for a period: past weeks stay with the team that had it then."""

    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="periods")
    team = models.ForeignKey("debtboard.Team", on_delete=models.PROTECT, related_name="periods")
    since = models.DateField()
    """The Monday of its first week."""
    until = models.DateField(null=True, blank=True)
    """The Monday of the first week that is another team's; null: still theirs."""

    class Meta:
        ordering = ["component", "since"]
        constraints = [
            models.UniqueConstraint(fields=["component"], condition=Q(until=None), name="component_one_team"),
            models.UniqueConstraint(fields=["component", "since"], name="component_period_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="component_period_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.component} of {self.team} since {self.since}"
