"""Two things that a model can't say.

The cache has its table. And SQLite stores the points clustered by their key (performance 5): WITHOUT ROWID. Django would
lose that if it rebuilt the table, so a migration that alters Point repeats this step.
"""

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def cluster_points(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    table = apps.get_model("debtboard", "Point")._meta.db_table
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        (statement,) = cursor.fetchone()
    schema_editor.execute(f'ALTER TABLE "{table}" RENAME TO "{table}_before"')
    schema_editor.execute(f"{statement} WITHOUT ROWID")
    schema_editor.execute(f'INSERT INTO "{table}" SELECT * FROM "{table}_before"')  # noqa: S608 -- a model's name
    schema_editor.execute(f'DROP TABLE "{table}_before"')


class Migration(migrations.Migration):
    dependencies = [("debtboard", "0001_first")]
    operations = [
        migrations.RunPython(cluster_points, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
