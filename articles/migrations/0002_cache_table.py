"""The table of the database cache, which counts attempts at logging in across processes."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS cache")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_the_corpus")]
    operations = [migrations.RunPython(make, drop)]
