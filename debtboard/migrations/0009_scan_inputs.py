"""Which settings a scan was made under, so that whoever ends it for a worker that is gone knows whether they changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0008_approval_team")]

    operations = [
        migrations.AddField(
            model_name="scan",
            name="inputs",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
