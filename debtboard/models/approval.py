from django.conf import settings
from django.db import models
from django.db.models import Q


class Approval(models.Model):
    """An exclude or a profile that a component asks for. It counts once somebody of another team has approved it.

    Or the team that it is to be handed to: it is theirs once somebody there has taken it.
    """

    class Kind(models.TextChoices):
        EXCLUDE = "exclude", "exclude"
        PROFILE = "profile", "profile"
        TEAM = "team", "move to"

    class State(models.TextChoices):
        ASKED = "asked", "waits"
        APPROVED = "approved", "approved"
        REJECTED = "rejected", "rejected"

    component = models.ForeignKey("debtboard.Component", on_delete=models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    what = models.CharField(max_length=1000)
    """A pattern of paths, a profile, or the name of the team."""
    team = models.ForeignKey(
        "debtboard.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="approvals_asked"
    )
    """The one that it is to be handed to; null for all other kinds."""
    declared = models.BooleanField(default=False)
    """The repository's own debtboard.toml asks for it; otherwise a person does."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals_asked"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=500, blank=True)
    """Of the decision."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["component", "kind", "what"]
        constraints = [
            models.UniqueConstraint(fields=["component", "kind", "what"], name="approval_once"),
            models.CheckConstraint(
                condition=Q(kind="team", team__isnull=False) | ~Q(kind="team") & Q(team=None),
                name="approval_names_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.what}, {self.state}"
