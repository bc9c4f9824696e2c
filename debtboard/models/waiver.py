from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Waiver(models.Model):
    """Findings that a team lives with: until a date, or because the finding is wrong. No index moves by it."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "accepted until a date"
        FALSE_POSITIVE = "false-positive", "false positive"
        NOT_WORSE = "not-worse", "not worse than now"

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "withdrawn"

    organisation = models.ForeignKey("debtboard.Organisation", on_delete=models.CASCADE, related_name="waivers")
    components = models.ManyToManyField("debtboard.Component", related_name="waivers")
    findings = models.ManyToManyField("debtboard.Finding", related_name="waivers", blank=True)
    signal = models.CharField(max_length=40, blank=True)
    """The whole signal in those components; "" for single findings."""
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    limit = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waivers_asked")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="waivers_approved"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    """Its last day; the findings return by themselves the day after."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="false-positive") | Q(until__gte=F("since")), name="waiver_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")), name="waiver_approved_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} waiver {self.pk}, {self.state}"
