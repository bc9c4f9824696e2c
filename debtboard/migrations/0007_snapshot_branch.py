"""Which branch a snapshot was read from. Those that are there were read from the branch that their repository has."""

from django.db import migrations, models


def name_branches(apps, schema_editor):
    snapshots = apps.get_model("debtboard", "Snapshot").objects
    for repository in apps.get_model("debtboard", "Repository").objects.exclude(branch=""):
        snapshots.filter(component__repository=repository).update(branch=repository.branch)


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0006_finding_present")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="branch",
            field=models.CharField(blank=True, default="", max_length=250),
            preserve_default=False,
        ),
        migrations.RunPython(name_branches, migrations.RunPython.noop),
    ]
