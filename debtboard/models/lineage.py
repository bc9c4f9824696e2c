from django.db import models


class Node(models.Model):
    """A dataset, job, model, feature, endpoint or consumer, named as OpenLineage names: namespace and name."""

    class Kind(models.TextChoices):
        DATASET = "dataset"
        COLUMN = "column"
        JOB = "job"
        MODEL = "model"
        MODEL_VERSION = "model_version"
        FEATURE = "feature"
        ENDPOINT = "endpoint"
        CONSUMER = "consumer"

    organisation = models.ForeignKey("debtboard.Organisation", on_delete=models.CASCADE, related_name="nodes")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    namespace = models.CharField(max_length=500)
    name = models.CharField(max_length=1000)
    owner = models.CharField(max_length=200, blank=True)
    pinned = models.BooleanField(null=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "namespace", "name"], name="node_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}"


class Edge(models.Model):
    """Who reads, writes, trains, predicts or serves what, by which evidence, from when to when."""

    class Kind(models.TextChoices):
        READS = "reads"
        WRITES = "writes"
        TRAINS = "trains"
        PREDICTS = "predicts"
        SERVES = "serves"

    class Origin(models.TextChoices):
        DECLARED = "declared"
        OBSERVED = "observed"
        ATTESTED = "attested"

    source = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="edges_out")
    target = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="edges_in")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    confidence = models.FloatField(default=1.0)
    component = models.ForeignKey(
        "debtboard.Component", null=True, blank=True, on_delete=models.CASCADE, related_name="edges"
    )
    connection = models.ForeignKey(
        "debtboard.Connection", null=True, blank=True, on_delete=models.CASCADE, related_name="edges"
    )
    path = models.CharField(max_length=4096, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind", "origin", "component", "connection"], name="edge_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.target}"
