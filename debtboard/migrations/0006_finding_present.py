"""An index of the findings that stand: every page counts them, by debt and by signal."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0005_left_out")]

    operations = [
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                fields=["component", "debt", "signal", "severity", "state"],
                condition=Q(present=True),
                name="finding_present",
            ),
        ),
    ]
