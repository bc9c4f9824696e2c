"""A component may ask to be handed to another team."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0007_snapshot_branch")]

    operations = [
        migrations.AlterField(
            model_name="approval",
            name="kind",
            field=models.CharField(
                choices=[("exclude", "exclude"), ("profile", "profile"), ("team", "move to")], max_length=8
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="approvals_asked",
                to="debtboard.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(kind="team", team__isnull=False) | ~models.Q(kind="team") & models.Q(team=None),
                name="approval_names_team",
            ),
        ),
    ]
