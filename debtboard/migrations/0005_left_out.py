from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0004_points_written")]

    operations = [
        migrations.AddField(model_name="snapshot", name="files_left_out", field=models.PositiveIntegerField(default=0)),
    ]
