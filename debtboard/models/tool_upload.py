from django.conf import settings
from django.db import models


class ToolUpload(models.Model):
    """What one other tool said of a component, as somebody handed it over: the newest of each tool is kept."""

    component = models.ForeignKey("debtboard.Component", on_delete=models.CASCADE, related_name="tool_uploads")
    key = models.CharField(max_length=100)
    """The tool's name, casefolded: a new upload of the same one replaces this."""
    tool = models.CharField(max_length=100)
    version = models.CharField(max_length=50, blank=True)
    commit = models.CharField(max_length=64)
    """That it looked at; where the file does not say, the one that was shown when it was handed over."""
    commit_said = models.BooleanField()
    """Whether the file says the commit."""
    ran_at = models.DateTimeField()
    """When the tool ended, or when it was handed over where the file does not say."""
    digest = models.CharField(max_length=16)
    taken = models.PositiveIntegerField()
    debts = models.JSONField(default=list)
    """[[slug, results]] of what is kept: pages count by these, and not by reading the results."""
    left_out = models.JSONField(default=list)
    """[[reason, results]] of what is not kept."""
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="tool_uploads"
    )

    class Meta:
        ordering = ["component", "key"]
        constraints = [models.UniqueConstraint(fields=["component", "key"], name="tool_upload_once")]

    def __str__(self) -> str:
        return f"{self.tool} of component {self.component_id}"


class ToolResult(models.Model):
    """One result of another tool at its place: shown apart, never scored."""

    upload = models.ForeignKey(ToolUpload, on_delete=models.CASCADE, related_name="results", db_index=False)
    debt = models.CharField(max_length=80, blank=True)
    """"" where no debt is known for its rule."""
    rule = models.CharField(max_length=200)
    level = models.CharField(max_length=8)
    path = models.CharField(max_length=4100)
    line = models.PositiveIntegerField()
    """0 where it is about the whole file."""
    end_line = models.PositiveIntegerField()
    message = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["upload", "debt"], name="tool_result_by_debt")]

    def __str__(self) -> str:
        return f"{self.rule} at {self.path}:{self.line}"
