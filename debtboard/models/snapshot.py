from django.db import models


class Snapshot(models.Model):
    """What one complete scan found: immutable. The headline scores are columns; the rest is the report.

    Litmus numbers are indices, 0 good to 100 bad; the rubric is 0 to 7. Null: not known, or does not apply.
    """

    component = models.ForeignKey("debtboard.Component", on_delete=models.CASCADE, related_name="snapshots")
    commit = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    engine = models.CharField(max_length=40)
    ruler = models.ForeignKey("debtboard.Ruler", on_delete=models.PROTECT, related_name="snapshots")
    inputs = models.CharField(max_length=64)
    """Digest of everything but the commit that the answer rests on: profile, excludes, declarations, evidence."""
    branch = models.CharField(max_length=250, blank=True)
    """Which one it was read from; empty: the default one of its time."""
    as_of = models.DateTimeField()
    week = models.DateField()
    """The Monday (UTC) of its ISO week."""
    week_latest = models.BooleanField(default=False)
    """The last snapshot before the end of its week: that week's point on every trend."""
    backfilled = models.BooleanField(default=False)
    """Read from history, not watched live."""

    profile = models.CharField(max_length=12)
    ml_code = models.BooleanField()
    files = models.PositiveIntegerField(default=0)
    files_read = models.PositiveIntegerField(default=0)
    files_left_out = models.PositiveIntegerField(default=0)
    """By settings, beyond what every component leaves out; counted for the newest snapshot of a scan alone."""
    findings_open = models.PositiveIntegerField(default=0)
    worst_open = models.CharField(max_length=8, blank=True)
    """critical, high, medium, low, or "" for none."""

    rubric_worst = models.FloatField(null=True)
    rubric_value = models.FloatField(null=True)
    rubric_best = models.FloatField(null=True)
    rubric_band = models.CharField(max_length=20, blank=True)
    q1_best = models.FloatField(null=True)
    q1_value = models.FloatField(null=True)
    q1_worst = models.FloatField(null=True)
    q2_best = models.FloatField(null=True)
    q2_value = models.FloatField(null=True)
    q2_worst = models.FloatField(null=True)
    q3_best = models.FloatField(null=True)
    q3_value = models.FloatField(null=True)
    q3_worst = models.FloatField(null=True)
    q4_best = models.FloatField(null=True)
    q4_value = models.FloatField(null=True)
    q4_worst = models.FloatField(null=True)
    q5_best = models.FloatField(null=True)
    q5_value = models.FloatField(null=True)
    q5_worst = models.FloatField(null=True)

    scan = models.ForeignKey(
        "debtboard.Scan", null=True, blank=True, on_delete=models.SET_NULL, related_name="snapshots"
    )
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["component", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["component", "commit", "engine", "ruler", "inputs", "as_of"], name="snapshot_once"
            ),
            models.UniqueConstraint(
                fields=["component", "week"], condition=models.Q(week_latest=True), name="snapshot_one_point_per_week"
            ),
        ]
        indexes = [models.Index(fields=["component", "-as_of"], name="snapshot_component_newest")]

    def __str__(self) -> str:
        return f"{self.component_id} at {self.commit[:12]}, {self.as_of:%Y-%m-%d}"


class Report(models.Model):
    """A snapshot's report (contracts, section 2), compressed: what is shown on one page only."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.CASCADE, primary_key=True, related_name="report")
    body = models.BinaryField()
    """zlib of the report's bytes (domain.reports)."""

    def __str__(self) -> str:
        return f"report of snapshot {self.pk}"


class Measure(models.Model):
    """What a point is of: the small number behind a slug, so that six million points stay narrow."""

    slug = models.CharField(max_length=80, unique=True)
    """A litmus slug, a debt's slug, "rubric", "rubric-data", "findings-open", "findings-high", ..."""

    def __str__(self) -> str:
        return self.slug


class Point(models.Model):
    """One week of one measure of one component, clustered by its key: what every trend reads."""

    pk = models.CompositePrimaryKey("component_id", "measure_id", "week")
    component = models.ForeignKey(
        "debtboard.Component", on_delete=models.CASCADE, related_name="points", db_index=False
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="points", db_index=False)
    week = models.DateField()
    """The Monday (UTC) of the ISO week."""
    best = models.FloatField(null=True)
    value = models.FloatField(null=True)
    worst = models.FloatField(null=True)
    coverage = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.component_id} {self.measure_id} {self.week}"
