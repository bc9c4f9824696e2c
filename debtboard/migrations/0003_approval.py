"""What a component asks for, and who approved it. What counted without anybody's approval asks for it from now on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def ask_for_what_counts(apps, schema_editor):
    approvals = apps.get_model("debtboard", "Approval").objects
    for component in apps.get_model("debtboard", "Component").objects.select_related("repository"):
        wishes = [("exclude", pattern) for pattern in dict.fromkeys(component.excludes)]
        if component.profile != "production":
            wishes.append(("profile", component.profile))
        for kind, what in wishes:
            asked_by = component.repository.created_by_id
            approvals.create(component=component, kind=kind, what=what, asked_by_id=asked_by)
        if wishes:
            component.excludes, component.profile = [], "production"
            component.save(update_fields=["excludes", "profile"])


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0002_beyond_models")]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("exclude", "exclude"), ("profile", "profile")], max_length=8)),
                ("what", models.CharField(max_length=1000)),
                ("declared", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "waits"), ("approved", "approved"), ("rejected", "rejected")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="approvals_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="debtboard.component",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="approvals_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["component", "kind", "what"],
                "constraints": [models.UniqueConstraint(fields=("component", "kind", "what"), name="approval_once")],
            },
        ),
        migrations.RunPython(ask_for_what_counts, migrations.RunPython.noop),
    ]
