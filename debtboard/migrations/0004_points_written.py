"""How often the points of a component were written, so that whoever keeps them knows when to read them anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0003_approval")]

    operations = [
        migrations.AddField(
            model_name="component",
            name="points_written",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
    ]
