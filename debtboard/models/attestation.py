from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Attestation(models.Model):
    """What a person states about a rubric test or a question, with evidence, until a day."""

    organisation = models.ForeignKey("debtboard.Organisation", on_delete=models.CASCADE, related_name="attestations")
    components = models.ManyToManyField("debtboard.Component", related_name="attestations")
    """One statement may cover several components, which inherit it traceably."""
    subject = models.CharField(max_length=60)
    """A rubric test (infra-7), a question (A15) or a signal (rep.6)."""
    answer = models.JSONField(null=True, blank=True)
    credit = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    evidence_url = models.URLField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attestations")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Of another team; a whole point needs one."""
    reviewed_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    """Its last day; the day after, the credit is unknown again, in the trend too."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="attestation_forward"),
            models.CheckConstraint(
                condition=Q(credit=None) | Q(credit__in=["0.0", "0.5", "1.0"]), name="attestation_credit_known"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | ~Q(reviewer=F("by")), name="attestation_reviewed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} until {self.valid_until}"
