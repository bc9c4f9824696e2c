from django.conf import settings
from django.db import models


class Review(models.Model):
    """A team's weekly review."""

    team = models.ForeignKey("debtboard.Team", on_delete=models.CASCADE, related_name="reviews")
    week = models.DateField()
    """The Monday of the week it looks at."""
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    body = models.JSONField(default=dict, blank=True)
    """What it showed, as it stood when it was closed."""

    class Meta:
        ordering = ["team", "-week"]
        constraints = [models.UniqueConstraint(fields=["team", "week"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.team} {self.week}"


class Decision(models.Model):
    """What a review decided; closed only by a snapshot that shows it done."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    component = models.ForeignKey(
        "debtboard.Component", null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    findings = models.ManyToManyField("debtboard.Finding", related_name="decisions", blank=True)
    text = models.CharField(max_length=1000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    due = models.DateField(null=True, blank=True)
    ticket_url = models.URLField(max_length=1000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    proved_by = models.ForeignKey(
        "debtboard.Snapshot", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:80]
