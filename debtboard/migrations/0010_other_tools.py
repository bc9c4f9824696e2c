"""What other tools said of a component, as somebody handed it over: the newest of each tool is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("debtboard", "0009_scan_inputs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ToolUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("tool", models.CharField(max_length=100)),
                ("version", models.CharField(blank=True, max_length=50)),
                ("commit", models.CharField(max_length=64)),
                ("commit_said", models.BooleanField()),
                ("ran_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=16)),
                ("taken", models.PositiveIntegerField()),
                ("debts", models.JSONField(default=list)),
                ("left_out", models.JSONField(default=list)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tool_uploads",
                        to="debtboard.component",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tool_uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["component", "key"],
            },
        ),
        migrations.CreateModel(
            name="ToolResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("debt", models.CharField(blank=True, max_length=80)),
                ("rule", models.CharField(max_length=200)),
                ("level", models.CharField(max_length=8)),
                ("path", models.CharField(max_length=4100)),
                ("line", models.PositiveIntegerField()),
                ("end_line", models.PositiveIntegerField()),
                ("message", models.CharField(max_length=500)),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="debtboard.toolupload",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="toolupload",
            constraint=models.UniqueConstraint(fields=("component", "key"), name="tool_upload_once"),
        ),
        migrations.AddIndex(
            model_name="toolresult",
            index=models.Index(fields=["upload", "debt"], name="tool_result_by_debt"),
        ),
    ]
